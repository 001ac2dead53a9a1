package login_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/login"
	"github.com/binnacle-dev/binnacle/backend/secret"
)

// Two programs find at once that the tokens have expired: the issuer is asked once.
func TestTwoProgramsRenewOnce(t *testing.T) {
	live(t, func(w *world) {
		a, b := w.signedIn(), w.program()
		if !a.good().Equal(b.good()) {
			w.Fatal("two proofs")
		}
		for round := range 5 {
			time.Sleep(2 * time.Hour)
			synctest.Wait()
			before := w.issuer.called("refresh")
			proofs := make([]kubeconfig.Proof, 20)
			var members sync.WaitGroup
			for i := range proofs {
				members.Go(func() { proofs[i] = []*program{a, b}[i%2].good() })
			}
			members.Wait()
			if n := w.issuer.called("refresh") - before; n > 1 {
				w.Errorf("round %d: %d renewals", round, n)
			}
			for _, p := range proofs {
				if !p.Equal(proofs[0]) {
					w.Error("two proofs")
				}
			}
		}
		if w.issuer.reused != 0 || w.issuer.called("browser") != 1 {
			w.Errorf("%d reused", w.issuer.reused)
		}
	})
}

// A day of two programs that both keep the tokens fresh.
func TestTwoProgramsForADay(t *testing.T) {
	live(t, func(w *world) {
		a, b := w.signedIn(), w.program()
		for range 24 * 12 {
			time.Sleep(5 * time.Minute)
			a.good()
			b.good()
		}
		if n := w.issuer.called("refresh"); n < 24 || n > 40 || w.issuer.reused != 0 {
			w.Errorf("%d renewals, %d reused", n, w.issuer.reused)
		}
	})
}

// killed is a program that ends at a moment of the test's choice: nothing that it does afterwards has an effect, and its turn ends.
func (w *world) killed(moment func(verb string) bool) (p *program, dead chan struct{}) {
	dead = make(chan struct{})
	var once sync.Once
	var turn func()
	p = w.program(func(o *login.Options) {
		o.Keychain = mortal{w.vault, func(verb string) bool {
			if moment(verb) {
				once.Do(func() {
					close(dead)
					turn()
				})
			}
			select {
			case <-dead:
				return true
			default:
				return false
			}
		}}
		o.Lock = func(ctx context.Context, name string) (func(), error) {
			unlock, err := w.locks.Lock(ctx, name)
			turn = unlock
			return unlock, err
		}
	})
	return p, dead
}

// mortal is the keychain of a program that may be dead.
type mortal struct {
	*vault
	dead func(verb string) bool
}

func (m mortal) Put(ctx context.Context, account string, v secret.Value) error {
	if m.dead("put") {
		<-ctx.Done()
		return ctx.Err()
	}
	return m.vault.Put(ctx, account, v)
}

// Between the issuer's answer and the save nothing can be done: the next program is told that the session is over, and says so.
func TestKilledBetweenAnswerAndSave(t *testing.T) {
	live(t, func(w *world) {
		puts := 0
		first, dead := w.killed(func(string) bool {
			puts++
			return puts == 2 // the first is the sign-in's
		})
		first.signIn()
		first.good()
		<-dead
		next := w.program()
		time.Sleep(time.Hour)
		next.needs("has ended")
		if w.locks.held() != 0 || len(w.vault.items) != 0 {
			w.Errorf("%d turns and %d items stay", w.locks.held(), len(w.vault.items))
		}
		next.signIn()
		next.good()
	})
}

// Tokens that the keychain doesn't take are used, kept from other programs by the turn, and saved as soon as it can be.
func TestNotSaved(t *testing.T) {
	live(t, func(w *world) {
		p, other := w.signedIn(), w.program()
		p.good()
		other.good()
		w.vault.broken("put")
		time.Sleep(50 * time.Minute)
		if s := p.is(login.StateOK, "couldn't be saved and would end with Binnacle: the keychain is locked"); !s.Unsaved || s.NextTry.IsZero() {
			w.Errorf("session %+v", s)
		}
		time.Sleep(11 * time.Minute)
		p.good()
		if _, err := other.proof(kubeconfig.Proof{}); err == nil {
			w.Error("the other program got a proof of tokens that are not its own")
		} else if _, ok := errors.AsType[*kubeconfig.ProofError](err); !ok {
			w.Errorf("the other program: %v", err)
		}
		time.Sleep(time.Minute)
		other.is(login.StateFailed, "Another running Binnacle is renewing the session at idp.test and doesn't finish. Quit it, or wait.")
		w.vault.well()
		time.Sleep(time.Minute + time.Second)
		if s := p.is(login.StateOK, ""); s.Unsaved {
			w.Error("still not saved")
		}
		other.Woke()
		if !other.good().Equal(p.good()) || w.issuer.reused != 0 {
			w.Error("two proofs")
		}
	})
}

// The last moment to save is the program's end.
func TestSavedAtTheEnd(t *testing.T) {
	live(t, func(w *world) {
		w.vault.broken("put")
		p := w.signedIn()
		p.good()
		p.is(login.StateOK, "couldn't be saved")
		w.vault.well()
		p.Close()
		if w.locks.held() != 0 {
			w.Error("the turn stays")
		}
		next := w.program()
		next.good()
		if w.issuer.called("browser") != 1 {
			w.Error("the session was lost")
		}
		w.vault.broken("put")
		time.Sleep(2 * time.Hour)
		next.good()
		next.Close()
		if w.locks.held() != 0 {
			w.Error("the turn of a program that ended stays")
		}
		if !strings.Contains(w.log.String(), "could not be saved") {
			w.Error("no word about the loss")
		}
	})
}

// A renewal that waited for its turn finds that the person has signed in meanwhile, and has nothing to do.
func TestSignedInMeanwhile(t *testing.T) {
	live(t, func(w *world) {
		p := w.signedIn()
		time.Sleep(2 * time.Hour)
		unlock, err := w.locks.Lock(w.Context(), "t-"+jane().Key())
		if err != nil {
			w.Fatal(err)
		}
		p.signIn() // waits for another program's turn
		go func() { _, _ = p.proof(kubeconfig.Proof{}) }()
		synctest.Wait()
		unlock()
		p.is(login.StateOK, "")
		p.good()
		if n := w.issuer.called("refresh"); n != 0 {
			w.Errorf("%d renewals", n)
		}
	})
}

// While the keychain takes its time nobody gets the new token; the old one goes on.
func TestSavedBeforeUse(t *testing.T) {
	live(t, func(w *world) {
		p := w.signedIn()
		before := p.good()
		release := make(chan struct{})
		w.vault.set(func(verb string, _ int) fault {
			if verb == "put" {
				<-release
			}
			return none
		})
		p.until(50*time.Minute, "renewing", func() bool { return w.issuer.called("refresh") == 1 })
		if !p.good().Equal(before) {
			w.Error("a token that isn't saved is in use")
		}
		p.is(login.StateRefreshing, "")
		close(release)
		p.is(login.StateOK, "")
		if p.good().Equal(before) {
			w.Error("the old token is still in use")
		}
	})
}

// Someone else took the session out of the keychain: that ends it here, too.
func TestGoneFromKeychain(t *testing.T) {
	live(t, func(w *world) {
		p := w.signedIn()
		p.good()
		w.vault.mu.Lock()
		clear(w.vault.items)
		w.vault.mu.Unlock()
		time.Sleep(50 * time.Minute)
		p.is(login.StateNeeded, "isn't in the keychain any more")
		if w.issuer.called("refresh") != 0 || len(w.vault.items) != 0 {
			w.Error("it was renewed all the same")
		}
	})
}

func TestNoLocks(t *testing.T) {
	live(t, func(w *world) {
		p := w.program()
		w.locks.fail(errors.New("read-only file system"))
		p.signIn() // a person isn't sent away for that
		p.good()
		p.is(login.StateOK, "read-only file system")
		time.Sleep(50 * time.Minute)
		p.good()
		p.is(login.StateOK, "its lock can't be taken (read-only file system). See to Binnacle's own folder.")
		time.Sleep(time.Hour)
		p.waits("its lock can't be taken")
		if w.issuer.called("refresh") != 0 || w.vault.called("put") != 0 {
			w.Error("something was done without a turn")
		}
		w.locks.fail(nil)
		p.Woke()
		p.good()
		p.is(login.StateOK, "")
	})
}

func TestClose(t *testing.T) {
	live(t, func(w *world) {
		p := w.signedIn()
		time.Sleep(2 * time.Hour)
		answer := make(chan struct{})
		w.issuer.goes(func(string, int) mishap {
			<-answer
			return fine
		})
		go func() { _, _ = p.proof(kubeconfig.Proof{}) }()
		synctest.Wait()
		closed := make(chan struct{})
		go func() {
			p.Close()
			close(closed)
		}()
		synctest.Wait()
		close(answer) // the renewal under way is let end, or its tokens would be lost
		<-closed
		w.program().good()
		if w.issuer.called("refresh") != 1 || w.issuer.reused != 0 {
			w.Error("the renewed tokens were lost")
		}
	})
	live(t, func(w *world) {
		p := w.signedIn()
		w.issuer.goes(func(string, int) mishap { return hung })
		time.Sleep(2 * time.Hour)
		go func() { _, _ = p.proof(kubeconfig.Proof{}) }()
		p.Start(jane(), login.Choice{})
		synctest.Wait()
		began := time.Now()
		p.Close()
		if d := time.Since(began); d > 6*time.Second {
			w.Errorf("it took %v", d)
		}
	})
}
