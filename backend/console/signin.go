package console

import (
	"context"
	"errors"
	"log/slog"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/fleet"
	"github.com/binnacle-dev/binnacle/backend/keychain"
	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/login"
	"github.com/binnacle-dev/binnacle/backend/oidc"
)

// newLogins makes the book of the person's sessions.
func (c *Console) newLogins(log *slog.Logger) *login.Book {
	log = log.With(slog.String("pkg", "login"))
	return login.New(login.Options{
		Keychain: c.keychain,
		Lost: func(err error) bool {
			return errors.Is(err, keychain.ErrNotFound) || errors.Is(err, keychain.ErrCorrupt)
		},
		Protocol: c.protocol,
		Lock:     c.folder.Lock,
		Changed:  c.sessionChanged,
		Log:      log,
	})
}

// source gives what proves who the person is, for credentials that don't do so by themselves.
func (c *Console) source(credential kubeconfig.Credential) (fleet.Source, error) {
	if signIn, ok := credential.SignIn(); ok {
		return shared{c.sessions, signIn, credential.Endpoint(), c.logins.Source(signIn)}, nil
	}
	if program, ok := credential.Program(); ok {
		return c.programs.Source(program, credential.Endpoint()), nil
	}
	return nil, nil //nolint:nilnil // the credential needs none
}

// shared gives a session's proof to servers that the person gave it to, and to no other.
type shared struct {
	sessions *sessions
	signIn   kubeconfig.SignIn
	endpoint kubeconfig.Endpoint
	source   fleet.Source
}

func (s shared) Proof(ctx context.Context, stale kubeconfig.Proof) (kubeconfig.Proof, error) {
	if !s.sessions.shared(s.signIn.Key(), s.endpoint) {
		return kubeconfig.Proof{}, &kubeconfig.NeedError{Need: kubeconfig.NeedSignIn, Why: "Sign in for this cluster: its server, " + kubeconfig.Clean(s.endpoint.Server) +
			", then gets your token of " + providerTitle(s.signIn) + "."}
	}
	return s.source.Proof(ctx, stale)
}

// memberSource is source for the fleet.
func (c *Console) memberSource(id string, credential kubeconfig.Credential) (fleet.Source, error) {
	if open := c.current(); open != nil {
		if _, err := c.sessions.learn(memberAccount(open.slot, id), credential); err != nil {
			return nil, err
		}
	}
	return c.source(credential)
}

// dial connects with a credential of any kind.
func (c *Console) dial(credential kubeconfig.Credential) (*fleet.Client, error) {
	source, err := c.source(credential)
	if err != nil {
		return nil, err
	}
	return fleet.DialWith(credential, c.userAgent(), source)
}

// StartSignIn begins the sign-in that a member or a candidate needs, or joins the one that is under way. Only this ever
// opens a browser. How it goes is in the session.
func (c *Console) StartSignIn(ctx context.Context, s bridge.Subject, choice bridge.SignInChoice) error {
	_, credential, err := c.subject(ctx, s)
	if err != nil {
		return err
	}
	signIn, ok := credential.SignIn()
	if !ok {
		return bridge.Wrap(bridge.CodeInvalid, nil, "This credential does not sign in with an identity provider.", "Give the cluster another kubeconfig: the row's menu, Replace credentials.")
	}
	key := signIn.Key()
	c.sessions.meet(signIn)
	if err := c.sessions.share(key, credential.Endpoint()); err != nil {
		return err
	}
	if s.MemberID == "" && !c.sessions.used(key) { // the tokens have no owner until the candidate is a member
		if err := c.journal.Note(login.Account(key)); err != nil {
			return err
		}
		c.imports.owes(s.Ticket, key)
	}
	if !c.signedIn(ctx, signIn) {
		c.logins.Start(signIn, login.Choice{Device: choice.Device})
	}
	c.sessionChanged(key) // a session that is there already says nothing new
	return nil
}

// signedIn says whether there is a session already: then the person only gave it to another server.
func (c *Console) signedIn(ctx context.Context, signIn kubeconfig.SignIn) bool {
	ctx, cancel := context.WithTimeout(ctx, issuerLimit)
	defer cancel()
	_, err := c.logins.Source(signIn).Proof(ctx, kubeconfig.Proof{})
	return err == nil
}

// CancelSignIn ends the sign-in that is under way.
func (c *Console) CancelSignIn(key string) error {
	if err := c.ready(); err != nil {
		return err
	}
	c.logins.Cancel(key)
	return nil
}

// SignOut ends a session: here in any case, and at the provider, where that is possible.
func (c *Console) SignOut(ctx context.Context, key string) error {
	if err := c.ready(); err != nil {
		return err
	}
	signIn, err := c.sessions.signIn(key)
	if err != nil {
		return err
	}
	err = c.logins.SignOut(ctx, signIn)
	for _, id := range c.membersOf(key) {
		c.fleet.Renew(id) // nobody works on with a token of a session that has ended
	}
	switch {
	case err == nil, errors.Is(err, oidc.ErrCannotRevoke):
		return nil
	case errors.Is(err, login.ErrKept):
		return bridge.Wrap(bridge.CodeKeychain, err, "The keychain may still hold the session.", "Sign out again.")
	}
	return bridge.Wrap(bridge.CodeUnreachable, err, "You are signed out on this machine, but the identity provider could not be told.",
		"The session ends there by itself. To end it now, use the provider's own page.")
}

// membersOf are the members of the current view that use a session.
func (c *Console) membersOf(key string) []string {
	open := c.current()
	if open == nil {
		return nil
	}
	var ids []string
	document := open.keeper.Document()
	for _, id := range document.Ordered() {
		if c.sessions.of(memberAccount(open.slot, id)) == key {
			ids = append(ids, id)
		}
	}
	return ids
}

// sessionChanged is the book's bell. Members that waited for the person try again, and those of a session that ended say so.
func (c *Console) sessionChanged(key string) {
	c.ringSession()
	for _, s := range c.logins.Sessions() {
		if s.Key != key {
			continue
		}
		for _, id := range c.membersOf(key) {
			status, ok := c.fleet.Status(id)
			waited := s.State == login.StateOK && status.Action == fleet.ActionSignIn
			ended := s.State == login.StateNeeded && status.State == fleet.StateReady
			if ok && (waited || ended) {
				c.fleet.Renew(id)
			}
		}
	}
	c.imports.ringAll() // candidates wait for it, too
}

// drop is abandon for an import that has ended.
func (c *Console) drop(ctx context.Context, keys []string) {
	if err := c.abandon(ctx, keys); err != nil {
		c.Logger().Warn("sessions of an import", slog.Any("error", err)) // the journal or the next start tries again
	}
}

// abandon lets sessions go that nobody uses.
func (c *Console) abandon(ctx context.Context, keys []string) error {
	var failed []error
	for _, key := range keys {
		if c.sessions.used(key) {
			continue
		}
		err := c.logins.Forget(ctx, key)
		if err == nil {
			err = c.journal.Keep(login.Account(key))
		}
		failed = append(failed, err)
	}
	return errors.Join(failed...)
}

// Retry contacts members now; a program that failed is asked again, too.
func (c *Console) Retry(ids []string) error {
	open, err := c.viewing()
	if err != nil || len(ids) == 0 { // without ids the fleet would take all
		return err
	}
	c.goes(func(ctx context.Context) {
		for _, id := range ids {
			if status, _ := c.fleet.Status(id); status.State == fleet.StateReady {
				continue
			}
			credential, err := c.credential(ctx, open.slot, id)
			if program, ok := credential.Program(); err == nil && ok {
				c.programs.Source(program, credential.Endpoint()).Reset()
			}
		}
		c.fleet.Retry(ids...)
	})
	return nil
}
