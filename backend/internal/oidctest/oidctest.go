// Package oidctest gives tests real identity providers: Dex, with users of its own
// and with OpenLDAP behind it, and the certified npm package oidc-provider; and
// the person who signs in at them. It is the testing layer over build/rig/issuer:
// what fails there fails the test here.
//
// A test without the programs is skipped with the reason on a bare machine, and
// fails when CI=true. Nothing of an issuer stays behind after its test.
//
// OpenShift is a fake, and the only one.
package oidctest

import (
	"context"
	"errors"
	"os"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"github.com/binnacle-dev/binnacle/build/rig/faultproxy"
	"github.com/binnacle-dev/binnacle/build/rig/issuer"
)

// Issuer is a running identity provider. Its addresses, clients and users, Visit
// and its relatives, and the requests and rules of the proxy in front are the
// embedded issuer.Issuer's; cluster.Trust(t, issuer) has a cluster of kubetest
// take its tokens.
type Issuer struct {
	*issuer.Issuer
	Endpoint   oauth2.Endpoint // as the issuer's description names it
	Revocation string          // URL, "" where the issuer can't
}

// User is a person who can sign in, here so that a test needs only this package.
type User = issuer.User

// Life is how long what an issuer gives out is good.
type Life = issuer.Life

// Client is a program that an issuer knows.
type Client = issuer.Client

// Rule is what spoils requests at the proxy in front of an issuer.
type Rule = faultproxy.Rule

// Request is one that the proxy saw.
type Request = faultproxy.Request

// ErrPassword is what Visit says of a wrong name or password.
var ErrPassword = issuer.ErrPassword

// Option changes what is started.
type Option func(*issuer.Options)

// WithLDAP has Dex ask OpenLDAP. Its own users are left out unless WithLocal is given too.
func WithLDAP() Option { return func(o *issuer.Options) { o.LDAP = true } }

// WithLocal gives Dex users of its own, as it has anyway without WithLDAP.
func WithLocal() Option { return func(o *issuer.Options) { o.Local = true } }

// WithLife changes how long tokens and codes are good.
func WithLife(l Life) Option { return func(o *issuer.Options) { o.Life = l } }

// Dex runs Dex until the test ends.
func Dex(tb testing.TB, options ...Option) *Issuer {
	tb.Helper()
	return run(tb, issuer.StartDex, options)
}

// Provider runs the certified npm provider until the test ends.
func Provider(tb testing.TB, options ...Option) *Issuer {
	tb.Helper()
	return run(tb, issuer.StartProvider, options)
}

func run(tb testing.TB, start func(context.Context, issuer.Options) (*issuer.Issuer, error), options []Option) *Issuer {
	tb.Helper()
	o := issuer.Options{Dir: tb.TempDir()}
	for _, change := range options {
		change(&o)
	}
	core, err := start(tb.Context(), o)
	need(tb, err)
	tb.Cleanup(core.Close)
	tb.Cleanup(func() {
		if tb.Failed() {
			tb.Logf("the end of the log of %s:\n%s", core.URL, core.Log(30))
		}
	})
	i := &Issuer{Issuer: core}
	check(tb, i.describe(tb.Context()))
	return i
}

// need ends the test unless err is nil. A missing program only skips it, but not in CI.
func need(tb testing.TB, err error) {
	tb.Helper()
	if errors.Is(err, issuer.ErrNoBinary) && os.Getenv("CI") != "true" {
		tb.Skip(err)
		return
	}
	check(tb, err)
}

func check(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// Stop ends the provider's process and refuses connections; its sessions stay.
func (i *Issuer) Stop(tb testing.TB) {
	tb.Helper()
	check(tb, i.Issuer.Stop(tb.Context()))
}

// Restart starts a stopped provider again, on its old address and with its sessions.
func (i *Issuer) Restart(tb testing.TB) {
	tb.Helper()
	check(tb, i.Issuer.Restart(tb.Context()))
}

// Freeze stops the provider without closing anything: it accepts and never answers.
func (i *Issuer) Freeze(tb testing.TB) {
	tb.Helper()
	check(tb, i.Issuer.Freeze())
}

// Thaw lets a frozen provider go on.
func (i *Issuer) Thaw(tb testing.TB) {
	tb.Helper()
	check(tb, i.Issuer.Thaw())
}

// SetLife changes how long what is given out from now on is good.
func (i *Issuer) SetLife(tb testing.TB, l Life) {
	tb.Helper()
	check(tb, i.Issuer.SetLife(tb.Context(), l))
}

// Revoke ends the sessions of a user, or of all with the zero User, and says how
// many refresh tokens went. What a cluster was shown stays good until it expires.
func (i *Issuer) Revoke(tb testing.TB, u User) int {
	tb.Helper()
	n, err := i.Issuer.Revoke(tb.Context(), u)
	check(tb, err)
	return n
}

// SetUsers replaces the npm provider's users.
func (i *Issuer) SetUsers(tb testing.TB, users ...User) {
	tb.Helper()
	check(tb, i.Issuer.SetUsers(tb.Context(), users))
}

// Grants is how often the token endpoint was asked with this grant_type, such as refresh_token.
func (i *Issuer) Grants(grant string) int {
	return i.Count(func(r Request) bool { return r.Grant == grant })
}

// Await fails the test unless n requests that match come within the limit.
func (i *Issuer) Await(tb testing.TB, n int, limit time.Duration, match func(Request) bool) {
	tb.Helper()
	ctx, cancel := context.WithTimeout(tb.Context(), limit)
	defer cancel()
	if err := i.Wait(ctx, n, match); err != nil {
		tb.Fatalf("%d of %d requests came in %v", i.Count(match), n, limit)
	}
}
