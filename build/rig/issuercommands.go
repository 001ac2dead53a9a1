package main

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"

	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"

	"github.com/binnacle-dev/binnacle/build/rig/issuer"
)

// issuerHandler does one command for an issuer.
type issuerHandler func(context.Context, *house, command, *answer) error

// issuerCommands is every op that names an issuer, dex or provider, with the
// fields that it reads. frontCommands are for it, too.
func (f *fleet) issuerCommands() map[string]issuerHandler {
	return map[string]issuerHandler{
		"stop":   func(ctx context.Context, h *house, _ command, _ *answer) error { return h.Stop(ctx) },
		"start":  func(ctx context.Context, h *house, _ command, _ *answer) error { return h.Restart(ctx) },
		"freeze": func(_ context.Context, h *house, _ command, _ *answer) error { return h.Freeze() },
		"thaw":   func(_ context.Context, h *house, _ command, _ *answer) error { return h.Thaw() },
		"life":   func(ctx context.Context, h *house, c command, _ *answer) error { return h.SetLife(ctx, c.Life.life()) },

		"trust":  f.trust,  // cluster; "" is all of them; takes ten seconds
		"revoke": revoke,   // user; "" is all of them -> count
		"remove": remove,   // user, of the provider
		"visit":  visit,    // address, user, code (of a device), deny: the person, without Chromium
		"config": f.config, // cluster, auth: kubelogin or auth-provider -> kubeconfig
	}
}

func (f *fleet) doIssuer(ctx context.Context, c command, a *answer) error {
	if c.Op == "issuer" { // ldap, local, life -> issuer
		return f.startIssuer(ctx, c, a)
	}
	h := f.issuers[c.Issuer]
	if h == nil {
		return fmt.Errorf("the issuer %q does not run", c.Issuer)
	}
	if do, known := frontCommands()[c.Op]; known {
		return do(ctx, &h.front, c, a)
	}
	if do, known := f.issuerCommands()[c.Op]; known {
		return do(ctx, h, c, a)
	}
	return fmt.Errorf("there is no op %q for an issuer", c.Op)
}

// trust tells all clusters at the same time: each takes ten seconds.
func (f *fleet) trust(ctx context.Context, h *house, c command, _ *answer) error {
	told := make(chan error)
	n := 0
	for _, m := range f.members {
		if c.Cluster != "" && c.Cluster != m.Name() {
			continue
		}
		n++
		go func() { told <- m.Trust(ctx, h.Trusted()) }()
	}
	if n == 0 {
		return fmt.Errorf("there is no cluster %q", c.Cluster)
	}
	var errs []error
	for range n {
		errs = append(errs, <-told)
	}
	return errors.Join(errs...)
}

func (h *house) user(name string) (issuer.User, error) {
	users := h.Users()
	at := slices.IndexFunc(users, func(u issuer.User) bool { return u.Name == name })
	if at < 0 {
		return issuer.User{}, fmt.Errorf("the issuer has no user %q", name)
	}
	return users[at], nil
}

func revoke(ctx context.Context, h *house, c command, a *answer) error {
	var u issuer.User
	if c.User != "" {
		var err error
		if u, err = h.user(c.User); err != nil {
			return err
		}
	}
	var err error
	a.Count, err = h.Revoke(ctx, u)
	return err
}

func remove(ctx context.Context, h *house, c command, _ *answer) error {
	if _, err := h.user(c.User); err != nil {
		return err
	}
	return h.SetUsers(ctx, slices.DeleteFunc(h.Users(), func(u issuer.User) bool { return u.Name == c.User }))
}

func visit(ctx context.Context, h *house, c command, _ *answer) error {
	u, err := h.user(c.User)
	if err != nil {
		return err
	}
	switch {
	case c.Code != "" && c.Deny:
		return h.DenyDevice(ctx, c.Address, c.Code, u)
	case c.Code != "":
		return h.VisitDevice(ctx, c.Address, c.Code, u)
	case c.Deny:
		return h.Deny(ctx, c.Address, u)
	default:
		return h.Visit(ctx, c.Address, u)
	}
}

// config writes a kubeconfig as people have it who sign in at the issuer today.
func (f *fleet) config(_ context.Context, h *house, c command, a *answer) error {
	m, err := f.find(c.Cluster)
	if err != nil {
		return err
	}
	ca := base64.StdEncoding.EncodeToString(h.CAPEM)
	auth := &clientcmdapi.AuthInfo{}
	switch c.Auth {
	case "kubelogin":
		auth.Exec = &clientcmdapi.ExecConfig{
			APIVersion: "client.authentication.k8s.io/v1", Command: "kubectl", InteractiveMode: clientcmdapi.IfAvailableExecInteractiveMode,
			Args: []string{
				"oidc-login", "get-token", "--oidc-issuer-url=" + h.URL, "--oidc-client-id=" + h.ClientID,
				"--oidc-extra-scope=email", "--oidc-extra-scope=groups", "--oidc-extra-scope=offline_access",
				"--certificate-authority-data=" + ca,
			},
		}
	case "auth-provider":
		auth.AuthProvider = &clientcmdapi.AuthProviderConfig{Name: "oidc", Config: map[string]string{
			"idp-issuer-url": h.URL, "client-id": h.ClientID, "idp-certificate-authority-data": ca,
			"extra-scopes": "email,groups,offline_access",
		}}
	default:
		return fmt.Errorf("there is no auth %q", c.Auth)
	}
	kubeconfig, err := m.KubeconfigWith(c.Auth, auth)
	if err != nil {
		return err
	}
	c.User = c.Issuer + "-" + c.Auth
	return m.hand(c, kubeconfig, a)
}
