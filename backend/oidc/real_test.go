package oidc_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/binnacle-dev/binnacle/backend/internal/oidctest"
	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/oidc"
	"github.com/binnacle-dev/binnacle/build/rig/faultproxy"
)

// These tests run against real providers: Dex with users of its own and with LDAP behind it, and the certified oidc-provider of npm.

// patience is what a sign-in with nobody at the browser costs a failing test.
const patience = 30 * time.Second

func silent(oidc.Progress) {}

func signInAt(i *oidctest.Issuer, user oidctest.User) kubeconfig.SignIn {
	return kubeconfig.SignIn{
		Flow: kubeconfig.FlowBrowser, Issuer: i.URL, ClientID: i.ClientID, IssuerCA: i.CAPEM, Connector: user.Connector,
		Scopes: []string{"email", "groups", "offline_access"},
	}
}

// browserOf is the system's browser with a person at it.
func browserOf(t *testing.T, visit func(ctx context.Context, address string) error) func(context.Context, string) error {
	t.Helper()
	return func(ctx context.Context, address string) error {
		if err := visit(ctx, address); err != nil && ctx.Err() == nil {
			t.Errorf("the person: %v", err)
		}
		return nil
	}
}

func clientFor(t *testing.T, i *oidctest.Issuer, user oidctest.User) *oidc.Client {
	t.Helper()
	return oidc.New(oidc.Options{UserAgent: "binnacle-test", Timeout: patience, Open: browserOf(t, func(ctx context.Context, address string) error {
		return i.Visit(ctx, address, user)
	})})
}

// place is somebody at a provider.
type place struct {
	issuer *oidctest.Issuer
	user   oidctest.User
}

// places start a provider each, but for the two ways into Dex.
func places(t *testing.T) map[string]place {
	t.Helper()
	dex, op := oidctest.Dex(t, oidctest.WithLocal(), oidctest.WithLDAP()), oidctest.Provider(t)
	return map[string]place{
		"dex's own user": {dex, dex.User("lena@local.test")},
		"dex with LDAP":  {dex, dex.User("jane")},
		"oidc-provider":  {op, op.User("jane")},
	}
}

// lasting are the places where a session can be renewed, once. Dex on SQLite looks for the session that it is about to change while it holds
// the database's only connection, and hangs: at the first renewal of its own users, at the second of LDAP's.
func lasting(t *testing.T) map[string]place {
	t.Helper()
	all := places(t)
	delete(all, "dex's own user")
	return all
}

// TestRealSession is a session's whole life: sign-in, renewal, what is spent is spent, revocation by the provider.
func TestRealSession(t *testing.T) {
	for name, c := range lasting(t) {
		t.Run(name, func(t *testing.T) {
			user := c.user
			s := signInAt(c.issuer, user)
			client := clientFor(t, c.issuer, user)
			first, err := client.Browser(t.Context(), s, silent)
			if err != nil {
				t.Fatal(err)
			}
			sorted := cmpopts.SortSlices(func(a, b string) bool { return a < b })
			if first.Name != user.Email || !cmp.Equal(first.Groups, user.Groups, sorted) || first.Subject == "" || first.Refresh.Empty() {
				t.Errorf("%+v is signed in, want %+v", first, user)
			}
			kept, err := oidc.Parse(first.Secret())
			if err != nil {
				t.Fatal(err)
			}
			second, err := oidc.New(oidc.Options{}).Refresh(t.Context(), s, kept) // another run of the program
			if err != nil {
				t.Fatal(err)
			}
			if second.Refresh.Equal(first.Refresh) || second.ID.Equal(first.ID) || second.Subject != first.Subject || second.Name != first.Name {
				t.Errorf("renewed to %+v", second)
			}
			if n := c.issuer.Revoke(t, user); n == 0 {
				t.Error("the provider had no session to end")
			}
			if _, err := client.Refresh(t.Context(), s, second); !errors.Is(err, oidc.ErrEnded) {
				t.Errorf("a session that the provider has ended gave %v", err)
			}
		})
	}
}

// TestRealEnd holds that sessions that are too old end, and that a provider that is away ends none.
func TestRealEnd(t *testing.T) {
	for name, c := range lasting(t) {
		t.Run(name, func(t *testing.T) {
			user := c.user
			s := signInAt(c.issuer, user)
			client := clientFor(t, c.issuer, user)
			tokens, err := client.Browser(t.Context(), s, silent)
			if err != nil {
				t.Fatal(err)
			}
			path := "/token"
			if strings.HasPrefix(name, "dex") {
				path = "/dex/token"
			}
			for _, fault := range []oidctest.Rule{{Path: path, Status: http.StatusServiceUnavailable}, {Path: path, Cut: faultproxy.CutBefore}} {
				remove := c.issuer.Add(fault)
				if _, err := client.Refresh(t.Context(), s, tokens); err == nil || errors.Is(err, oidc.ErrEnded) {
					t.Errorf("the fault %+v gave %v", fault, err)
				}
				remove()
			}
			if _, err = client.Refresh(t.Context(), s, tokens); err != nil {
				t.Errorf("after the faults: %v", err)
			}
		})
	}
}

// TestRealOld holds how each provider says that a refresh token is too old.
func TestRealOld(t *testing.T) {
	life := oidctest.WithLife(oidctest.Life{Refresh: time.Second})
	for name, i := range map[string]*oidctest.Issuer{
		"dex":           oidctest.Dex(t, life, oidctest.WithLDAP()),
		"oidc-provider": oidctest.Provider(t, life),
	} {
		t.Run(name, func(t *testing.T) {
			user := i.Users()[0]
			s := signInAt(i, user)
			client := clientFor(t, i, user)
			tokens, err := client.Browser(t.Context(), s, silent)
			if err != nil {
				t.Fatal(err)
			}
			for deadline := time.Now().Add(10 * time.Second); !errors.Is(err, oidc.ErrEnded) && time.Now().Before(deadline); {
				<-time.After(1500 * time.Millisecond) // longer than it lives; a renewal before that starts its life anew
				tokens, err = client.Refresh(t.Context(), s, tokens)
			}
			if !errors.Is(err, oidc.ErrEnded) {
				t.Errorf("an old refresh token gave %v", err)
			}
		})
	}
}

// TestRealRevoke holds that signing out ends the session at a provider that can, and says so at one that can't.
func TestRealRevoke(t *testing.T) {
	op := oidctest.Provider(t)
	user := op.User("john")
	s := signInAt(op, user)
	client := clientFor(t, op, user)
	tokens, err := client.Browser(t.Context(), s, silent)
	if err != nil {
		t.Fatal(err)
	}
	if err := client.Revoke(t.Context(), s, tokens); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Refresh(t.Context(), s, tokens); !errors.Is(err, oidc.ErrEnded) {
		t.Errorf("a revoked session gave %v", err)
	}
	dex := oidctest.Dex(t)
	s = signInAt(dex, dex.User("lena@local.test"))
	if err := client.Revoke(t.Context(), s, tokens); !errors.Is(err, oidc.ErrCannotRevoke) {
		t.Errorf("Dex, which can't, gave %v", err)
	}
}
