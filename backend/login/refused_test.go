package login_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/login"
)

// refuses wants the words for a cluster that takes no token of this issuer.
func (p *program) refuses(stale kubeconfig.Proof) {
	p.w.Helper()
	got, err := p.proof(stale)
	if _, ok := errors.AsType[*kubeconfig.ProofError](err); !ok || !errors.Is(err, login.ErrUnaccepted) || !got.Empty() ||
		!strings.Contains(err.Error(), `trusts the issuer https://idp.test/dex, whether its audiences have the client ID kubernetes`) {
		p.w.Fatalf("got %v", err)
	}
}

// A server that refuses a token gets a new one, once; then it is told that it doesn't accept them.
func TestRefusedToken(t *testing.T) {
	live(t, func(w *world) {
		p := w.signedIn()
		first := p.good()
		time.Sleep(5 * time.Minute)
		var members sync.WaitGroup
		for range 50 {
			members.Go(func() {
				if next, err := p.proof(first); err != nil || next.Equal(first) {
					w.Errorf("got %v", err)
				}
			})
		}
		members.Wait()
		if n := w.issuer.called("refresh"); n != 1 {
			w.Fatalf("%d renewals", n)
		}
		second := p.good()
		if late, err := p.proof(first); err != nil || !late.Equal(second) {
			w.Errorf("who comes late with the old token: %v", err)
		}
		p.refuses(second)
		if !p.good().Equal(second) { // other clusters take it
			w.Error("another proof")
		}
		p.is(login.StateOK, "")
		if n := w.issuer.called("refresh"); n != 1 {
			w.Errorf("%d renewals", n)
		}
	})
}

func TestRefusedRightAfterSignIn(t *testing.T) {
	live(t, func(w *world) {
		p := w.signedIn()
		p.refuses(p.good())
		if n := w.issuer.called("refresh"); n != 0 {
			w.Errorf("%d renewals", n)
		}
	})
}

// Twenty clusters that never accept this issuer ask every minute, all day, beside one that does.
func TestNoStorm(t *testing.T) {
	live(t, func(w *world) {
		p := w.signedIn()
		for range 24 * 60 {
			time.Sleep(time.Minute)
			for range 20 {
				got := p.good()
				for range 3 {
					again, err := p.proof(got)
					if err != nil {
						break
					}
					got = again
				}
			}
		}
		if n := w.issuer.called("refresh"); n > 24*8 {
			w.Errorf("%d renewals in a day", n)
		}
		w.said = w.said[:1] // they are all alike
	})
}

func TestRefusedWhileDown(t *testing.T) {
	live(t, func(w *world) {
		p := w.signedIn()
		first := p.good()
		time.Sleep(5 * time.Minute)
		w.issuer.goes(func(string, int) mishap { return down })
		if _, err := p.proof(first); err == nil || !strings.Contains(err.Error(), "can't be renewed at the moment") {
			w.Errorf("got %v", err)
		}
		if !p.good().Equal(first) { // other clusters may take it
			w.Error("another proof")
		}
	})
}

// Tokens that can't be renewed, as OpenShift's: a refusal means that they were withdrawn, unless they are new.
func TestRefusedForGood(t *testing.T) {
	live(t, func(w *world) {
		w.issuer.endless, w.issuer.life = true, 0
		p := w.signedIn()
		first := p.good()
		time.Sleep(5 * time.Minute)
		_, err := p.proof(first)
		if need, ok := errors.AsType[*kubeconfig.NeedError](err); !ok || !strings.Contains(need.Why, "doesn't accept the session at idp.test any more. Sign in again.") {
			w.Errorf("got %v", err)
		}
		p.is(login.StateNeeded, "any more")
		if !p.good().Equal(first) { // for clusters that haven't refused it
			w.Error("another proof")
		}
		p.signIn()
		second := p.good()
		p.is(login.StateOK, "")
		p.refuses(second)
		time.Sleep(time.Hour)
		p.refuses(second)
	})
}

// An issuer that gives no ID token, or no access token where that is what clusters want, isn't asked without end.
func TestNoTokenForClusters(t *testing.T) {
	live(t, func(w *world) {
		p := w.program()
		s := kubeconfig.SignIn{Flow: kubeconfig.FlowOpenShift, Issuer: "https://idp.test/oauth"}
		p.source = p.Source(s)
		p.Start(s, login.Choice{})
		w.issuer.person <- nil
		p.needs("it gave no token that a cluster could be shown")
	})
	live(t, func(w *world) {
		p := w.signedIn()
		p.good()
		w.issuer.set(func() { w.issuer.blank = true })
		time.Sleep(2 * time.Hour)
		p.waits("it gave no token that a cluster could be shown. Binnacle goes on trying.")
		if n := w.issuer.called("refresh"); n > 200 {
			w.Errorf("%d renewals", n)
		}
		w.issuer.set(func() { w.issuer.blank = false })
		time.Sleep(time.Minute)
		p.good()
		if w.issuer.reused != 0 {
			w.Error("the session was lost")
		}
	})
}

func TestOpenShiftRefuses(t *testing.T) {
	live(t, func(w *world) {
		w.issuer.access = true
		p := w.program()
		s := kubeconfig.SignIn{Flow: kubeconfig.FlowOpenShift, Issuer: "https://oauth.apps.test"}
		p.source = p.Source(s)
		p.Start(s, login.Choice{})
		w.issuer.person <- nil
		synctest.Wait()
		if _, err := p.proof(p.good()); !errors.Is(err, login.ErrUnaccepted) || !strings.Contains(err.Error(), "cluster's own OAuth server?") {
			w.Errorf("got %v", err)
		}
	})
}
