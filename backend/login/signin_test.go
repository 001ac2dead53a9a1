package login_test

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/login"
	"github.com/binnacle-dev/binnacle/backend/oidc"
	"github.com/binnacle-dev/binnacle/backend/secret"
)

func TestFiftyMembersOneSignIn(t *testing.T) {
	live(t, func(w *world) {
		p := w.program()
		if len(p.Sessions()) != 0 {
			w.Error("a session that nobody asked for")
		}
		for range 50 {
			p.needs("You aren't signed in at idp.test. Sign in.")
		}
		p.is(login.StateNeeded, "You aren't signed in")
		if w.issuer.called("browser") != 0 {
			w.Fatal("background work opened a browser")
		}
		var members sync.WaitGroup
		for range 50 {
			members.Go(func() { p.Start(jane(), login.Choice{}) })
		}
		members.Wait()
		if s := p.is(login.StateBrowser, ""); s.URL != "https://idp.test/auth?connector_id=" {
			w.Errorf("session %+v", s)
		}
		p.needs("Finish signing in at idp.test in your browser.")
		rang := p.rang()
		w.issuer.person <- nil
		if s := p.is(login.StateOK, ""); s.Name != "jane@rig.test" || s.Expires.IsZero() || s.URL != "" || s.Issuer != jane().Issuer || s.Key != jane().Key() {
			w.Errorf("session %+v", s)
		}
		if p.rang() == rang {
			w.Error("nobody rang")
		}
		for range 50 {
			members.Go(func() {
				proof, err := p.Source(jane()).Proof(w.Context(), kubeconfig.Proof{})
				if err != nil || w.issuer.accepts(proof) != nil {
					w.Errorf("%v", err)
				}
			})
		}
		members.Wait()
		if got := fmt.Sprint(w.issuer.called("browser"), w.issuer.called("refresh"), w.vault.called("get"), w.vault.called("put"), w.locks.taken); got != "1 0 1 1 1" {
			w.Errorf("sign-ins, renewals, reads, writes and turns: %s", got)
		}
	})
}

func TestWaysToSignIn(t *testing.T) {
	live(t, func(w *world) {
		p := w.program()
		p.Start(jane(), login.Choice{Connector: "ldap"})
		if s := p.is(login.StateBrowser, ""); !strings.HasSuffix(s.URL, "=ldap") {
			w.Errorf("session %+v", s)
		}
		p.Start(jane(), login.Choice{Device: true})
		if s := p.is(login.StateDevice, ""); s.Code.UserCode != "ABCD-EFGH" || s.URL != "" {
			w.Errorf("session %+v", s)
		}
		if w.issuer.most != 1 {
			w.Error("the first sign-in went on beside the second")
		}
		p.needs("Type the code ABCD-EFGH in at https://idp.test/device")
		p.Cancel(jane().Key())
		p.Cancel("no such key")
		p.is(login.StateNeeded, "aren't signed in")
		onDevice := jane()
		onDevice.Flow = kubeconfig.FlowDevice
		p.Start(onDevice, login.Choice{})
		w.issuer.person <- nil
		p.is(login.StateOK, "")
		p.good()
		if onDevice.Key() != jane().Key() || w.issuer.called("device") != 2 {
			w.Error("the way there makes another session")
		}
	})
}

func TestSignInFails(t *testing.T) {
	for name, c := range map[string]struct {
		err   error
		state login.State
		words string
	}{
		"denied":    {&oidc.Refusal{Code: "access_denied", Text: "not you"}, login.StateFailed, "didn't work: the identity provider refused: not you"},
		"late":      {oidc.ErrTimeout, login.StateFailed, "wasn't finished in time. Start it again."},
		"down":      {errDown, login.StateFailed, "it refuses the connection. Try again."},
		"cancelled": {oidc.ErrCancelled, login.StateNeeded, "aren't signed in"},
		"address":   {&url.Error{Op: "Post", URL: "https://idp.test/?x=" + mark, Err: errDown}, login.StateFailed, "didn't work: it refuses the connection"},
		"its text":  {&url.Error{Op: "Post", URL: "https://idp.test/?x=" + mark, Err: io.ErrUnexpectedEOF}, login.StateFailed, "didn't work: unexpected EOF"},
		"hostile":   {fmt.Errorf("\u202e%s", strings.Repeat("x", 1000)), login.StateFailed, `\u202exxx`},
	} {
		t.Run(name, func(t *testing.T) {
			live(t, func(w *world) {
				p := w.program()
				p.Start(jane(), login.Choice{})
				w.issuer.person <- c.err
				if s := p.is(c.state, c.words); len(s.Why) > 400 {
					w.Errorf("%d bytes of reason", len(s.Why))
				}
				p.needs(c.words)
				p.signIn()
				p.is(login.StateOK, "")
			})
		})
	}
}

// A session that is there outlives a sign-in that comes to nothing, and is used meanwhile.
func TestSignInAgain(t *testing.T) {
	live(t, func(w *world) {
		p := w.signedIn()
		first := p.good()
		p.Start(jane(), login.Choice{})
		p.is(login.StateBrowser, "")
		if !p.good().Equal(first) {
			w.Error("another proof")
		}
		w.issuer.person <- &oidc.Refusal{Code: "access_denied"}
		p.is(login.StateOK, "didn't work")
		p.good()
		p.signIn()
		p.is(login.StateOK, "")
		if p.good().Equal(first) {
			w.Error("the same proof")
		}
	})
}

func TestNotOpened(t *testing.T) {
	live(t, func(w *world) {
		p := w.program(func(o *login.Options) { o.Protocol = headless{w.issuer} })
		p.Start(jane(), login.Choice{})
		if s := p.is(login.StateBrowser, "Copy the address"); s.URL == "" {
			w.Error("no address")
		}
	})
}

// headless is an issuer on a machine without a browser.
type headless struct{ *issuer }

func (h headless) Browser(ctx context.Context, s kubeconfig.SignIn, report func(oidc.Progress)) (oidc.Tokens, error) {
	return h.issuer.Browser(ctx, s, func(p oidc.Progress) {
		p.NotOpened = true
		report(p)
	})
}

// The keychain is read once, and a later program finds the session there.
func TestNextRun(t *testing.T) {
	live(t, func(w *world) {
		p := w.signedIn()
		before := p.good()
		p.Close()
		p.waits("quitting")
		next := w.program()
		if !next.good().Equal(before) {
			w.Error("another proof")
		}
		if s := next.is(login.StateOK, ""); s.Name != "jane@rig.test" {
			w.Errorf("session %+v", s)
		}
		if w.issuer.called("browser") != 1 || w.issuer.called("refresh") != 0 {
			w.Error("the issuer was asked again")
		}
	})
}

func TestKeychainLockedAtStart(t *testing.T) {
	live(t, func(w *world) {
		w.signedIn().Close()
		w.vault.broken("get")
		p := w.program()
		p.waits("The keychain doesn't give the session at idp.test: the keychain is locked. Unlock it")
		p.is(login.StateFailed, "Unlock it")
		if n := w.vault.called("get"); n != 2 {
			w.Errorf("%d reads", n)
		}
		w.vault.well()
		p.Woke()
		synctest.Wait()
		p.is(login.StateOK, "") // without a click
		p.good()
		if w.issuer.called("browser") != 1 {
			w.Error("signed in again")
		}
	})
}

func TestDamagedInKeychain(t *testing.T) {
	live(t, func(w *world) {
		w.vault.put(secret.New([]byte("{")))
		p := w.program()
		p.needs("aren't signed in")
		p.signIn()
		p.good()
	})
}

func TestTwoSessions(t *testing.T) {
	live(t, func(w *world) {
		p := w.signedIn()
		other := jane()
		other.Issuer = "https://another.test"
		_, err := p.Source(other).Proof(w.Context(), kubeconfig.Proof{})
		if err == nil {
			w.Error("one session's proof for another")
		}
		p.good()
		all := p.Sessions()
		if len(all) != 2 || all[0].State != login.StateNeeded || all[1].State != login.StateOK {
			w.Errorf("sessions %+v", all)
		}
	})
}
