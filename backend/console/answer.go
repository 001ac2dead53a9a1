package console

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	clientauthentication "k8s.io/client-go/pkg/apis/clientauthentication/v1"

	"github.com/binnacle-dev/binnacle/backend/keychain"
	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/local"
	"github.com/binnacle-dev/binnacle/backend/login"
)

// answering marks the environment of programs that run for an answer.
const answering = "BINNACLE_ANSWERING"

// Asked is what kubectl wants from this program.
type Asked struct {
	Member string    // a member's id, or its name in any view of this machine
	Info   string    // KUBERNETES_EXEC_INFO, "" when a person asks by hand
	Person bool      // somebody sits at a terminal: a sign-in may open the browser
	Out    io.Writer // gets the ExecCredential
	Say    io.Writer // gets what the person at the terminal must know
}

// Answer is an exec credential plugin: it writes a member's credential as an ExecCredential. It starts nothing of the
// window's program and runs beside it: they share keychain and files, and take turns where tokens are renewed. Without a
// terminal it never opens a browser. Its errors are for people, and hold no secret.
func Answer(ctx context.Context, o Options, a Asked) error {
	if os.Getenv(answering) != "" {
		return errors.New("this credential asks this program again, for ever: give the cluster another kubeconfig in Binnacle")
	}
	folder, err := local.Open(o.Profile)
	if err != nil {
		return fmt.Errorf("the profile's folder can't be used: %w", err)
	}
	if o.Provider == nil {
		o.Provider = keychain.OS()
	}
	c := New(o)
	c.folder = folder
	c.keychain = keychain.Open(Service(o.Profile), o.Provider, keychain.Options{})
	defer func() { _ = c.keychain.Close() }() // a prompt that is still open ends with the process
	if c.sessions, err = openSessions(folder); err != nil {
		return fmt.Errorf("read what is signed in: %w", err)
	}
	environ := func() []string { return append(os.Environ(), answering+"=1") }
	c.programs = newPrograms(folder, slog.New(slog.DiscardHandler), environ)
	defer c.programs.Close()
	c.logins = c.newLogins(slog.New(slog.DiscardHandler))
	defer c.logins.Close()

	credential, err := c.lookFor(ctx, a.Member)
	if err != nil {
		return err
	}
	if err := sameServer(a.Info, credential); err != nil {
		return err
	}
	proof, err := c.prove(ctx, credential, a)
	if err != nil {
		return err
	}
	return json.NewEncoder(a.Out).Encode(execCredential(proof))
}

// lookFor finds a member's credential by the member's id or name, in the view used last first.
func (c *Console) lookFor(ctx context.Context, member string) (kubeconfig.Credential, error) {
	named := map[string]string{} // the member with that name, by view: an id in any view comes first
	for _, r := range c.records() {
		for id, m := range r.Sync.Document.Members {
			switch member {
			case id:
				return c.held(ctx, r.Slot, id, m.Name)
			case m.Name:
				named[r.Slot] = id
			}
		}
	}
	for _, r := range c.records() {
		if id, ok := named[r.Slot]; ok {
			return c.held(ctx, r.Slot, id, member)
		}
	}
	return kubeconfig.Credential{}, fmt.Errorf("no view on this machine has a cluster %q: open Binnacle, and copy the kubeconfig again from the cluster's menu", kubeconfig.Clean(member))
}

func (c *Console) held(ctx context.Context, slot, id, name string) (kubeconfig.Credential, error) {
	credential, err := c.credential(ctx, slot, id)
	if err != nil {
		if hint := keychain.Hint(err); hint != "" {
			return credential, fmt.Errorf("the keychain can't be used: %w. %s", err, hint)
		}
		return credential, fmt.Errorf("this machine has no credential for %q: open Binnacle and choose Replace credentials in the cluster's menu", kubeconfig.Clean(name))
	}
	return credential, nil
}

// sameServer refuses to hand a credential to a kubeconfig that would send it elsewhere.
func sameServer(info string, credential kubeconfig.Credential) error {
	if info == "" {
		return nil
	}
	var asked clientauthentication.ExecCredential
	if err := json.Unmarshal([]byte(info), &asked); err != nil {
		return fmt.Errorf("KUBERNETES_EXEC_INFO can't be read: %w", err)
	}
	if asked.Spec.Cluster == nil {
		return errors.New("the kubeconfig doesn't say which server the credential is for: it needs provideClusterInfo: true; copy it again from Binnacle")
	}
	if got, want := strings.TrimSuffix(asked.Spec.Cluster.Server, "/"), credential.Endpoint().Server; got != want {
		return fmt.Errorf("the kubeconfig names the server %s, and this credential was given for %s only: copy the kubeconfig again from Binnacle",
			kubeconfig.Clean(got), kubeconfig.Clean(want))
	}
	if asked.Spec.Cluster.InsecureSkipTLSVerify && credential.Endpoint().CA != kubeconfig.CAInsecure {
		return errors.New("the kubeconfig doesn't check the server's certificate, and this credential was given for a server that is checked: copy the kubeconfig again from Binnacle")
	}
	return nil
}

// prove gives what the cluster is shown.
func (c *Console) prove(ctx context.Context, credential kubeconfig.Credential, a Asked) (kubeconfig.Proof, error) {
	source, err := c.source(credential)
	if err != nil {
		return kubeconfig.Proof{}, err
	}
	if source == nil {
		proof, ok := credential.Proof()
		if !ok {
			return proof, errors.New("kubectl can't be given this kind of credential by a program (a password, or none): copy the kubeconfig with its secrets instead")
		}
		return proof, nil
	}
	proof, err := source.Proof(ctx, kubeconfig.Proof{})
	need, needed := errors.AsType[*kubeconfig.NeedError](err)
	signIn, signsIn := credential.SignIn()
	switch {
	case !needed:
		return proof, err
	case !signsIn || !a.Person || !c.sessions.shared(signIn.Key(), credential.Endpoint()): // the window asks about that
		return proof, fmt.Errorf("%w Open Binnacle, or run this in a terminal", need)
	}
	fmt.Fprintln(a.Say, "binnacle: "+need.Why+" The browser opens.")
	if err := c.signInNow(ctx, signIn, a.Say); err != nil {
		return proof, err
	}
	return source.Proof(ctx, kubeconfig.Proof{})
}

// signInNow signs in while somebody sits at the terminal, and waits for the end of it.
func (c *Console) signInNow(ctx context.Context, signIn kubeconfig.SignIn, say io.Writer) error {
	key, told := signIn.Key(), ""
	c.logins.Start(signIn, login.Choice{})
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		for _, s := range c.logins.Sessions() {
			switch {
			case s.Key != key:
			case s.State == login.StateOK || s.State == login.StateRefreshing:
				return nil
			case s.State == login.StateFailed || s.State == login.StateNeeded:
				return errors.New(s.Why)
			case s.URL != told:
				told = s.URL
				fmt.Fprintln(say, "binnacle: if no browser comes up, open "+told)
			}
		}
		select {
		case <-ctx.Done():
			c.logins.Cancel(key)
			return ctx.Err()
		case <-tick.C:
		}
	}
}

func execCredential(p kubeconfig.Proof) clientauthentication.ExecCredential {
	status := &clientauthentication.ExecCredentialStatus{
		Token: string(p.Token.Reveal()), ClientCertificateData: string(p.CertPEM), ClientKeyData: string(p.KeyPEM.Reveal()),
	}
	if !p.Expires.IsZero() {
		status.ExpirationTimestamp = &metav1.Time{Time: p.Expires}
	}
	return clientauthentication.ExecCredential{
		TypeMeta: metav1.TypeMeta{APIVersion: clientauthentication.SchemeGroupVersion.String(), Kind: "ExecCredential"},
		Status:   status,
	}
}
