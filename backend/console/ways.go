package console

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	clientcmd "k8s.io/client-go/tools/clientcmd/api/v1"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/fleet"
	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/lookup"
	"github.com/binnacle-dev/binnacle/backend/secret"
)

// LookUpIssuer adds the way of an issuer that the person typed.
func (c *Console) LookUpIssuer(ticket string, r bridge.IssuerRequest) error {
	if err := c.ready(); err != nil {
		return err
	}
	issuer := strings.TrimSpace(r.Issuer)
	if !strings.Contains(issuer, "://") {
		issuer = "https://" + issuer
	}
	c.lookups.mu.Lock()
	l := c.lookups.byTicket[ticket]
	if l == nil {
		c.lookups.mu.Unlock()
		return errNoLookup()
	}
	w := l.wayOf(issuer)
	w.trust(r.Trust)
	if r.CA != "" {
		w.signIn.IssuerCA = []byte(r.CA)
	}
	if r.ClientID != "" {
		w.signIn.ClientID = strings.TrimSpace(r.ClientID)
		w.row.ClientID = kubeconfig.Clean(w.signIn.ClientID)
	}
	c.lookups.mu.Unlock()
	c.goes(func(ctx context.Context) {
		c.askIssuer(ctx, func(f func()) { c.tellLookup(ticket, l, f) }, w)
	})
	return nil
}

// wayOf is the way of an issuer, a new one if it isn't there yet; lookups.mu is held.
func (l *lookingUp) wayOf(issuer string) *way {
	for _, w := range l.ways {
		if w.row.Kind == bridge.WayOIDC && w.signIn.Issuer == issuer {
			return w
		}
	}
	w := &way{
		signIn: kubeconfig.SignIn{Flow: kubeconfig.FlowBrowser, Issuer: issuer},
		row: bridge.Way{
			ID: fmt.Sprint("way", len(l.ways)), Kind: bridge.WayOIDC, Title: issuerTitle(issuer), From: "you", Issuer: kubeconfig.Clean(issuer),
			Scopes: []string{}, Connectors: []bridge.Connector{},
		},
	}
	l.ways = append(l.ways, w)
	return w
}

// trust takes the issuer's certificate that the person was shown.
func (w *way) trust(fingerprint string) {
	if w.pin != nil && fingerprint == w.pin.SHA256 {
		w.signIn.IssuerCA, w.row.Certificate = w.pin.PEM, nil
	}
}

// UseWay makes an import with one candidate out of a way: from there it goes on as with a kubeconfig.
func (c *Console) UseWay(ctx context.Context, ticket string, r bridge.WayRequest) (string, error) {
	if err := c.ready(); err != nil {
		return "", err
	}
	c.lookups.mu.Lock()
	l := c.lookups.byTicket[ticket]
	var chosen *way
	var found lookup.Found
	var untrusted bool
	if l != nil {
		found = l.found
		for _, w := range l.ways {
			if w.row.ID == r.Way {
				w.trust(r.TrustIssuer)
				copied := *w
				chosen, untrusted = &copied, w.row.Certificate != nil
			}
		}
	}
	c.lookups.mu.Unlock()
	if chosen == nil {
		return "", errNoLookup()
	}
	if untrusted {
		return "", bridge.Wrap(bridge.CodeInvalid, nil, "Nobody vouches for the identity provider's certificate.", "Compare its fingerprint with what its administrator says, and trust it if they are equal.")
	}
	target, err := targetOf(found, r.Trust, r.TLSName)
	if err != nil {
		return "", err
	}
	name := cmp.Or(strings.TrimSpace(r.Name), hostOf(found.Server))
	signIn := chosen.signInOf(r)
	if chosen.row.Kind == bridge.WayOpenShift {
		if signIn, err = c.openShiftAt(ctx, target); err != nil {
			return "", err
		}
		signIn.IssuerCA = chosen.signIn.IssuerCA
	}
	file, err := wayFile(chosen.row.Kind, name, target, signIn, r.Token)
	if err != nil {
		return "", bridge.Wrap(bridge.CodeInvalid, err, sentence(err.Error()), "")
	}
	return c.keepImport([]parsed{parse(file.Reveal(), found.Server, "")}), nil
}

// wayFile is the kubeconfig that the person would have been given.
func wayFile(kind bridge.WayKind, name string, t kubeconfig.Target, signIn kubeconfig.SignIn, token string) (secret.Value, error) {
	switch kind {
	case bridge.WayOIDC, bridge.WayOpenShift:
		credential, err := kubeconfig.NewSignIn(name, t, signIn)
		return credential.Kubeconfig(), err
	case bridge.WayToken:
		if token = strings.TrimSpace(token); token == "" {
			return secret.Value{}, errors.New("the token is empty")
		}
		return serverFile(name, t, clientcmd.AuthInfo{Token: token})
	case bridge.WayKubeconfig:
	}
	return secret.Value{}, errors.New("a kubeconfig is imported as a file or as text")
}

// signInOf joins what is known of a way with what the person said.
func (w *way) signInOf(r bridge.WayRequest) kubeconfig.SignIn {
	s := w.signIn
	if r.Device {
		s.Flow = kubeconfig.FlowDevice
	}
	if r.ClientID != "" && r.ClientID != s.ClientID {
		s.ClientID, s.ClientSecret = strings.TrimSpace(r.ClientID), secret.Value{}
	}
	if r.ClientSecret != "" {
		s.ClientSecret = secret.New([]byte(r.ClientSecret))
	}
	if len(r.Scopes) > 0 {
		s.Scopes = r.Scopes
	} else if len(s.Scopes) == 0 {
		s.Scopes = []string{"profile", "email", "groups", "offline_access"}
	}
	if len(r.Params) > 0 {
		s.Params = r.Params
	}
	if len(r.Redirects) > 0 {
		s.Redirects = r.Redirects
	}
	s.Audience = cmp.Or(r.Audience, s.Audience)
	s.Connector = cmp.Or(strings.TrimSpace(r.Connector), s.Connector)
	s.NameClaim = cmp.Or(r.NameClaim, s.NameClaim)
	s.RedirectHost = cmp.Or(r.RedirectHost, s.RedirectHost)
	return s
}

// targetOf is the server that was found, with the certificate that the person trusts for it and the name that they expect in it.
func targetOf(found lookup.Found, trust, tlsName string) (kubeconfig.Target, error) {
	t := kubeconfig.Target{Server: found.Server}
	if found.Kind != lookup.KindAPIServer {
		return t, bridge.Wrap(bridge.CodeInvalid, nil, "There is no Kubernetes API server at that address.", "Type the API server's address; kubectl cluster-info shows it.")
	}
	if found.TLS == nil {
		return t, nil
	}
	for _, problem := range found.TLS.Problems {
		switch problem {
		case lookup.ProblemUnknownCA:
			if trust == "" || trust != found.TLS.Pin.SHA256 {
				return t, bridge.Wrap(bridge.CodeInvalid, nil, "Nobody vouches for the server's certificate.", "Compare its fingerprint with what the cluster's administrator says, and trust it for this cluster if they are equal.")
			}
			t.CAPEM = found.TLS.Pin.PEM
		case lookup.ProblemName:
			if !slices.Contains(found.TLS.Names, tlsName) {
				return t, bridge.Wrap(bridge.CodeInvalid, nil, "The server's certificate is for other names than the address.", "Choose the name that you expect, if you are sure that this is the server.")
			}
			t.TLSName = tlsName
		case lookup.ProblemExpired, lookup.ProblemNotYet, lookup.ProblemInvalid:
			return t, bridge.Wrap(bridge.CodeInvalid, nil, "The server's certificate can't be used. "+problemWords(problem), "The cluster's administrator must renew it.")
		}
	}
	return t, nil
}

// openShiftAt asks the server, over a connection that the person's trust allows, where its people sign in.
func (c *Console) openShiftAt(ctx context.Context, t kubeconfig.Target) (kubeconfig.SignIn, error) {
	nobody, err := serverFile("openshift", t, clientcmd.AuthInfo{})
	if err != nil {
		return kubeconfig.SignIn{}, err
	}
	credential, err := kubeconfig.FromVault(nobody)
	if err != nil {
		return kubeconfig.SignIn{}, err
	}
	client, err := fleet.Dial(credential, c.userAgent())
	if err != nil {
		return kubeconfig.SignIn{}, err
	}
	defer client.Close()
	ctx, cancel := context.WithTimeout(ctx, issuerLimit)
	defer cancel()
	signIn, err := c.protocol.OpenShiftOf(ctx, func(path string) ([]byte, error) {
		var text json.RawMessage
		err := client.Get(ctx, path, &text)
		return text, err
	})
	if err != nil {
		_, words := fleet.Classify(err)
		return signIn, bridge.Wrap(bridge.CodeUnreachable, err, "The cluster doesn't tell where its people sign in. "+words, "")
	}
	return signIn, nil
}

// serverFile is a kubeconfig for a server, with a user as given.
func serverFile(name string, t kubeconfig.Target, user clientcmd.AuthInfo) (secret.Value, error) {
	text, err := json.Marshal(clientcmd.Config{
		APIVersion: "v1", Kind: "Config", CurrentContext: name,
		Clusters:  []clientcmd.NamedCluster{{Name: name, Cluster: clientcmd.Cluster{Server: t.Server, TLSServerName: t.TLSName, CertificateAuthorityData: t.CAPEM}}},
		AuthInfos: []clientcmd.NamedAuthInfo{{Name: name, AuthInfo: user}},
		Contexts:  []clientcmd.NamedContext{{Name: name, Context: clientcmd.Context{Cluster: name, AuthInfo: name}}},
	})
	if err != nil {
		return secret.Value{}, errors.New("it can't be kept") // the error may quote the token
	}
	return secret.New(text), nil
}

func hostOf(server string) string {
	u, err := url.Parse(server)
	if err != nil || u.Hostname() == "" {
		return "cluster"
	}
	return u.Hostname()
}
