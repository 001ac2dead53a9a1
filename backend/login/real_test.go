package login_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/binnacle-dev/binnacle/backend/internal/oidctest"
	"github.com/binnacle-dev/binnacle/backend/keychain"
	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/login"
	"github.com/binnacle-dev/binnacle/backend/oidc"
)

// These tests run against real providers, with the real protocol, keychain layer and locks.

// person is somebody at a provider with a program, and what is needed to run more of them.
type person struct {
	t      *testing.T
	issuer *oidctest.Issuer
	user   oidctest.User
	signIn kubeconfig.SignIn
	os     keychain.Provider
	dir    string
	*login.Book
	quit   func()
	source *login.Source
}

func at(t *testing.T, issuer *oidctest.Issuer) *person {
	t.Helper()
	p := &person{t: t, issuer: issuer, user: issuer.User("jane"), os: keychain.NewMemory(keychain.WindowsLimits()), dir: t.TempDir()}
	p.signIn = kubeconfig.SignIn{
		Flow: kubeconfig.FlowBrowser, Issuer: issuer.URL, ClientID: issuer.ClientID, IssuerCA: issuer.CAPEM,
		Scopes: []string{"email", "groups", "offline_access"},
	}
	p.boot()
	return p
}

// boot starts the program, again if it ran before.
func (p *person) boot() {
	p.t.Helper()
	if p.quit != nil {
		p.quit()
	}
	p.Book, p.quit = p.another()
	p.source = p.Source(p.signIn)
}

func (p *person) another() (*login.Book, func()) {
	p.t.Helper()
	return running(p.t, p.os, p.dir, oidc.New(oidc.Options{
		UserAgent: "binnacle-test", Timeout: 30 * time.Second,
		Open: func(ctx context.Context, address string) error {
			if err := p.issuer.Visit(ctx, address, p.user); err != nil && ctx.Err() == nil {
				p.t.Errorf("the person: %v", err)
			}
			return nil
		},
	}))
}

func (p *person) signsIn() {
	p.t.Helper()
	p.Start(p.signIn, login.Choice{})
	settled(p.t, p.Book, login.StateOK)
}

func (p *person) proof() (kubeconfig.Proof, error) {
	return p.source.Proof(p.t.Context(), kubeconfig.Proof{})
}

func (p *person) good() kubeconfig.Proof {
	p.t.Helper()
	got, err := p.proof()
	if err != nil || got.Empty() || !time.Now().Before(got.Expires) {
		p.t.Fatalf("until %v: %v", got.Expires, err)
	}
	return got
}

func (p *person) needs() {
	p.t.Helper()
	_, err := p.proof()
	if _, ok := errors.AsType[*kubeconfig.NeedError](err); !ok {
		p.t.Fatalf("got %v, want a need to sign in", err)
	}
}

// Sign in once; renewals ahead of time, by rotation, from two programs and after a restart of each side; sign out.
func TestRealSession(t *testing.T) {
	life := oidctest.WithLife(oidctest.Life{Token: 4 * time.Second})
	t.Run("dex", func(t *testing.T) { lastingSession(t, at(t, oidctest.Dex(t, oidctest.WithLDAP(), life))) })
	t.Run("provider", func(t *testing.T) { lastingSession(t, at(t, oidctest.Provider(t, life))) })
}

func lastingSession(t *testing.T, p *person) {
	t.Helper()
	p.needs()
	p.signsIn()
	if s := p.Sessions()[0]; s.Name != p.user.Email {
		t.Errorf("signed in as %q, want %q", s.Name, p.user.Email)
	}
	other, quitOther := p.another()
	source := other.Source(p.signIn)
	var members sync.WaitGroup
	for began := time.Now(); time.Since(began) < 8*time.Second; time.Sleep(100 * time.Millisecond) {
		members.Go(func() { p.good() })
		members.Go(func() {
			if got, err := source.Proof(t.Context(), kubeconfig.Proof{}); err != nil || !time.Now().Before(got.Expires) {
				t.Errorf("the other program: until %v: %v", got.Expires, err)
			}
		})
	}
	members.Wait()
	if n := p.issuer.Grants("refresh_token"); n < 2 || n > 4 {
		t.Errorf("%d renewals in 8 s of two programs with tokens of 4 s", n)
	}
	quitOther()
	p.boot()
	p.good()

	p.issuer.Stop(t)
	time.Sleep(5 * time.Second) // the token ends
	_, err := p.proof()
	if _, ok := errors.AsType[*kubeconfig.ProofError](err); !ok {
		t.Errorf("while the issuer is down: %v", err)
	}
	p.issuer.Restart(t)
	p.Woke()
	p.good()
	if n := p.issuer.Grants("authorization_code"); n != 1 {
		t.Errorf("%d sign-ins", n)
	}

	err = p.SignOut(t.Context(), p.signIn)
	if cannot := p.issuer.Revocation == ""; cannot != errors.Is(err, oidc.ErrCannotRevoke) || !cannot && err != nil {
		t.Errorf("sign out: %v", err)
	}
	p.needs()
	p.boot()
	p.needs()
}

// The issuer ends the session: the person is needed, and signing in again heals.
func TestRealRevocation(t *testing.T) {
	for name, start := range map[string]func(t *testing.T) *person{
		"Dex": func(t *testing.T) *person {
			t.Helper()
			return at(t, oidctest.Dex(t, oidctest.WithLDAP()))
		},
		"certified provider": func(t *testing.T) *person {
			t.Helper()
			return at(t, oidctest.Provider(t))
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := start(t)
			p.signsIn()
			first := p.good()
			if p.issuer.Revoke(t, p.user) == 0 {
				t.Fatal("nothing to revoke")
			}
			p.good() // until a server refuses it, it is good
			p.boot() // for this program the token isn't new
			p.good()
			_, err := p.source.Proof(t.Context(), first)
			if _, ok := errors.AsType[*kubeconfig.NeedError](err); !ok {
				t.Errorf("after the revocation: %v", err)
			}
			settled(t, p.Book, login.StateNeeded)
			p.signsIn()
			p.good()
		})
	}
}
