package login_test

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/login"
	"github.com/binnacle-dev/binnacle/backend/oidc"
)

func TestSignOut(t *testing.T) {
	for name, c := range map[string]struct {
		prepare func(w *world)
		want    []error // all of these
		live    int     // sessions at the issuer afterwards
		items   int     // in the keychain
	}{
		"whole":         {},
		"can't revoke":  {prepare: func(w *world) { w.issuer.forget = true }, want: []error{oidc.ErrCannotRevoke}, live: 1},
		"issuer down":   {prepare: func(w *world) { w.issuer.goes(func(string, int) mishap { return down }) }, want: []error{errDown}, live: 1},
		"keychain full": {prepare: func(w *world) { w.vault.broken("delete") }, want: []error{login.ErrKept, errVault}, items: 1},
		"keychain shut": {prepare: func(w *world) { w.vault.broken("get", "delete") }, want: []error{login.ErrKept, errVault}, items: 1},
		"not saved": {prepare: func(w *world) {
			w.vault.broken("put")
			time.Sleep(50 * time.Minute)
			synctest.Wait()
		}},
		"no turn": {prepare: func(w *world) { w.locks.fail(errVault) }, want: []error{login.ErrKept, errVault}},
	} {
		t.Run(name, func(t *testing.T) {
			live(t, func(w *world) {
				p := w.signedIn()
				p.good()
				if c.prepare != nil {
					c.prepare(w)
				}
				err := p.SignOut(w.Context(), jane())
				for _, want := range c.want {
					if !errors.Is(err, want) {
						w.Errorf("got %v, want %v in it", err, want)
					}
				}
				if err != nil && len(c.want) == 0 {
					w.Error(err)
				}
				if err != nil && strings.Contains(err.Error(), mark) {
					w.Errorf("a token shows: %v", err)
				}
				p.needs("You signed out at idp.test.")
				p.is(login.StateNeeded, "You signed out")
				if w.issuer.sessions() != c.live || len(w.vault.items) != c.items {
					w.Errorf("%d sessions at the issuer, %d items in the keychain", w.issuer.sessions(), len(w.vault.items))
				}
				w.vault.well()
				w.issuer.goes(func(string, int) mishap { return fine })
				w.locks.fail(nil)
				p.signIn()
				p.good()
				p.Close()
				if w.locks.held() != 0 {
					w.Error("a turn stays")
				}
			})
		})
	}
}

// A session of an earlier run, that nobody has used in this one, is revoked as well.
func TestSignOutUnread(t *testing.T) {
	live(t, func(w *world) {
		w.signedIn().Close()
		p := w.program()
		if err := p.SignOut(w.Context(), jane()); err != nil || w.issuer.sessions() != 0 || len(w.vault.items) != 0 {
			w.Errorf("%v, %d sessions, %d items", err, w.issuer.sessions(), len(w.vault.items))
		}
		if err := p.SignOut(w.Context(), jane()); err != nil || w.issuer.called("revoke") != 1 {
			w.Errorf("twice: %v", err)
		}
	})
}

func TestSignOutInTheMiddle(t *testing.T) {
	live(t, func(w *world) {
		p := w.signedIn()
		w.issuer.goes(func(call string, _ int) mishap {
			if call == "refresh" {
				return hung
			}
			return fine
		})
		time.Sleep(2 * time.Hour)
		member := make(chan error)
		go func() {
			_, err := p.source.Proof(w.Context(), kubeconfig.Proof{})
			member <- err
		}()
		p.Start(jane(), login.Choice{})
		synctest.Wait()
		began := time.Now()
		if err := p.SignOut(w.Context(), jane()); err != nil {
			w.Error(err)
		}
		if time.Since(began) > 0 {
			w.Errorf("it took %v", time.Since(began))
		}
		if _, ok := errors.AsType[*kubeconfig.NeedError](<-member); !ok {
			w.Error("the member isn't told to sign in")
		}
		p.is(login.StateNeeded, "You signed out")
		if w.issuer.sessions() != 0 || len(w.vault.items) != 0 {
			w.Errorf("%d sessions, %d items", w.issuer.sessions(), len(w.vault.items))
		}
	})
}

// Who asks while the person leaves gets nothing any more.
func TestProofWhileSigningOut(t *testing.T) {
	live(t, func(w *world) {
		p := w.signedIn()
		p.good()
		w.vault.set(func(verb string, _ int) fault {
			if verb == "get" {
				return hang
			}
			return none
		})
		left := make(chan error)
		go func() { left <- p.SignOut(w.Context(), jane()) }()
		synctest.Wait()
		p.needs("idp.test")
		if err := <-left; err != nil || w.issuer.sessions() != 0 {
			w.Errorf("%v, %d sessions", err, w.issuer.sessions())
		}
	})
}

func TestForget(t *testing.T) {
	live(t, func(w *world) {
		p := w.signedIn()
		p.good()
		p.Start(jane(), login.Choice{})
		synctest.Wait()
		if err := p.Forget(w.Context(), jane().Key()); err != nil {
			w.Error(err)
		}
		if len(p.Sessions()) != 0 || len(w.vault.items) != 0 || w.issuer.revoked != 0 || w.issuer.open != 0 {
			w.Error("not forgotten, or revoked")
		}
		p.needs("aren't signed in") // a member that is just being removed
		p.source = p.Source(jane())
		p.signIn()
		p.good()
		p.Close()

		next := w.program()
		next.source = nil
		if err := next.Forget(w.Context(), jane().Key()); err != nil || len(w.vault.items) != 0 {
			w.Errorf("of an earlier run: %v, %d items", err, len(w.vault.items))
		}
		w.vault.broken("delete")
		if err := next.Forget(w.Context(), jane().Key()); !errors.Is(err, login.ErrKept) {
			w.Errorf("got %v", err)
		}
	})
}
