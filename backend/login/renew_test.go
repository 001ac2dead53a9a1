package login_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/login"
)

// While someone asks, tokens are renewed ahead of time, by themselves, and never twice.
func TestRenewedEarly(t *testing.T) {
	for name, c := range map[string]struct {
		life        time.Duration
		from, until time.Duration
	}{
		"a day":          {24 * time.Hour, 18 * time.Hour, 20 * time.Hour},
		"an hour":        {time.Hour, 45 * time.Minute, 49 * time.Minute},
		"twenty seconds": {20 * time.Second, 15 * time.Second, 17 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			live(t, func(w *world) {
				w.issuer.life = c.life
				p := w.signedIn()
				before := p.good()
				after := p.until(c.life, "renewed", func() bool { return w.issuer.called("refresh") > 0 })
				if after < c.from || after > c.until {
					w.Errorf("renewed after %v, want between %v and %v", after, c.from, c.until)
				}
				p.is(login.StateOK, "")
				if p.good().Equal(before) || w.issuer.called("refresh") != 1 {
					w.Error("not renewed once")
				}
			})
		})
	}
}

func TestNotRenewed(t *testing.T) {
	live(t, func(w *world) {
		p := w.signedIn()
		time.Sleep(3 * time.Hour)
		if w.issuer.called("refresh") != 0 {
			w.Error("renewed though nobody asks")
		}
		p.is(login.StateOK, "") // it can be had again whenever someone asks
		p.good()
		if w.issuer.called("refresh") != 1 {
			w.Errorf("%d renewals", w.issuer.called("refresh"))
		}
	})
	live(t, func(w *world) {
		w.issuer.life = 0
		p := w.signedIn()
		before := p.good()
		time.Sleep(20 * time.Hour)
		if !p.good().Equal(before) || w.issuer.called("refresh") != 0 {
			w.Error("tokens of unknown lifetime are renewed when a server refuses them, not before")
		}
	})
}

func TestReadTokensAreRenewedEarly(t *testing.T) {
	live(t, func(w *world) {
		w.signedIn().Close()
		time.Sleep(10 * time.Minute)
		p := w.program()
		p.good()
		after := p.until(time.Hour, "renewed", func() bool { return w.issuer.called("refresh") > 0 })
		if after < 48*time.Minute || after > 49*time.Minute+time.Second {
			w.Errorf("renewed after %v", after)
		}
	})
}

// A program that did nothing for a while needs not wait when the tokens are merely due.
func TestDueTokensAreUsed(t *testing.T) {
	live(t, func(w *world) {
		w.issuer.goes(func(call string, _ int) mishap {
			if call == "refresh" {
				return hung
			}
			return fine
		})
		p := w.signedIn()
		time.Sleep(55 * time.Minute)
		began := time.Now()
		p.good()
		if time.Since(began) > 0 {
			w.Error("it waited for the renewal")
		}
		p.is(login.StateRefreshing, "")
		p.good()
		time.Sleep(time.Minute)
		p.is(login.StateOK, "it doesn't answer in time. Binnacle goes on trying.")
	})
}

// The timers of a program stand still while its machine sleeps.
func TestSleep(t *testing.T) {
	for name, woke := range map[string]bool{"told": true, "not told": false} {
		t.Run(name, func(t *testing.T) {
			live(t, func(w *world) {
				p := w.signedIn()
				before := p.good()
				w.skew.Store(int64(2 * time.Hour))
				if woke {
					p.Woke()
					synctest.Wait()
					if w.issuer.called("refresh") != 1 {
						w.Error("not renewed on waking")
					}
				}
				if after, err := p.proof(kubeconfig.Proof{}); err != nil || after.Equal(before) || w.issuer.called("refresh") != 1 {
					w.Errorf("%v, %d renewals", err, w.issuer.called("refresh"))
				}
			})
		})
	}
}

// Tokens that are expired when they come mean that this machine's clock is wrong: servers decide, and the issuer is left in peace.
func TestWrongClock(t *testing.T) {
	live(t, func(w *world) {
		w.skew.Store(int64(5 * time.Hour))
		p := w.signedIn()
		for range 100 {
			p.good()
		}
		p.is(login.StateOK, "")
		if w.issuer.called("refresh") != 0 {
			w.Errorf("%d renewals", w.issuer.called("refresh"))
		}
	})
}

// A network that is down ends no session, sends nobody to sign in, and is asked ever more rarely.
func TestNetworkDown(t *testing.T) {
	live(t, func(w *world) {
		p := w.signedIn()
		before := p.good()
		var tries []time.Time
		w.issuer.goes(func(string, int) mishap {
			tries = append(tries, time.Now())
			return down
		})
		time.Sleep(50 * time.Minute)
		if !p.good().Equal(before) { // it is valid, and used
			w.Error("another proof")
		}
		s := p.is(login.StateOK, "can't be renewed at the moment: it refuses the connection. Binnacle goes on trying.")
		if s.NextTry.IsZero() {
			w.Error("no next try")
		}
		time.Sleep(11 * time.Minute)
		for range 50 { // members
			p.waits("can't be renewed at the moment")
		}
		p.is(login.StateFailed, "can't be renewed")
		time.Sleep(time.Hour)
		p.waits("can't be renewed")
		if n := len(tries); n < 50 || n > 110 {
			w.Errorf("%d tries in 80 minutes", n)
		}
		for i, last := 1, time.Duration(0); i < min(6, len(tries)); i++ {
			gap := tries[i].Sub(tries[i-1])
			if gap < last || gap < 800*time.Millisecond || gap > 33*time.Second {
				w.Errorf("try %d came %v after the one before, that one %v", i, gap, last)
			}
			last = gap
		}
		w.issuer.goes(func(string, int) mishap { return fine })
		rang := p.rang()
		if after := p.until(2*time.Minute, "ok again", func() bool { return p.Sessions()[0].State == login.StateOK }); after > time.Minute {
			w.Errorf("back after %v", after)
		}
		if p.rang() == rang {
			w.Error("nobody rang")
		}
		p.is(login.StateOK, "")
		p.good()
	})
}

func TestNetworkBack(t *testing.T) {
	live(t, func(w *world) {
		p := w.signedIn()
		p.good()
		w.issuer.goes(func(string, int) mishap { return down })
		time.Sleep(90 * time.Minute)
		w.issuer.goes(func(string, int) mishap { return fine })
		p.Woke()
		synctest.Wait()
		p.is(login.StateOK, "")
	})
}

// An issuer that hangs is waited for as long as the member likes, by one renewal.
func TestHungIssuer(t *testing.T) {
	live(t, func(w *world) {
		p := w.signedIn()
		w.issuer.goes(func(string, int) mishap { return hung })
		time.Sleep(2 * time.Hour)
		began := time.Now()
		var members sync.WaitGroup
		for range 50 {
			members.Go(func() {
				_, err := p.proof(kubeconfig.Proof{})
				if wait, ok := errors.AsType[*kubeconfig.ProofError](err); !ok || wait.Why != "Renewing the session at idp.test takes long." {
					w.Errorf("got %v", err)
				}
			})
		}
		members.Wait()
		if time.Since(began) != 10*time.Second || w.issuer.called("refresh") != 1 {
			w.Errorf("%v, %d renewals", time.Since(began), w.issuer.called("refresh"))
		}
	})
}

func TestEnded(t *testing.T) {
	live(t, func(w *world) {
		p := w.signedIn()
		p.good()
		w.issuer.endAll()
		time.Sleep(50 * time.Minute)
		p.is(login.StateNeeded, "The session at idp.test has ended (invalid_grant). Sign in again.")
		p.needs("has ended")
		if len(w.vault.items) != 0 {
			w.Error("tokens stay in the keychain")
		}
		if w.issuer.called("refresh") != 1 {
			w.Errorf("%d renewals", w.issuer.called("refresh"))
		}
		p.signIn()
		p.good()
	})
}

// Another program has signed in anew while ours was told that the old session is over.
func TestEndedButReplaced(t *testing.T) {
	live(t, func(w *world) {
		p := w.signedIn()
		p.good()
		stored := w.vault.item()
		w.issuer.endAll()
		other := w.program(func(o *login.Options) { // without turns, as on a machine whose locks don't work
			o.Lock = (&locks{turns: map[string]chan struct{}{}}).Lock
		})
		other.signIn()
		replaced := w.vault.item()
		w.vault.put(stored)
		w.issuer.goes(func(call string, n int) mishap {
			if call == "refresh" && n == 1 {
				w.vault.put(replaced)
			}
			return fine
		})
		time.Sleep(50 * time.Minute)
		p.good()
		p.is(login.StateOK, "")
		if len(w.vault.items) != 1 {
			w.Error("the other's tokens were deleted")
		}
	})
}

// Tokens without anything to renew them: the person is needed when they end, and it shows without anybody asking.
func TestNothingToRenewWith(t *testing.T) {
	live(t, func(w *world) {
		w.issuer.endless, w.issuer.life = true, 90*time.Second
		p := w.signedIn()
		p.good()
		rang := p.rang()
		time.Sleep(w.issuer.life + time.Second)
		if p.rang() == rang {
			w.Error("nobody rang")
		}
		p.is(login.StateNeeded, "ask for the scope offline_access")
		p.needs("has expired")
	})
}

// An answer whose ID token is no good still took the old refresh token.
func TestRotatedInVain(t *testing.T) {
	live(t, func(w *world) {
		p := w.signedIn()
		p.good()
		w.issuer.set(func() { w.issuer.answer = errors.New("the token is from somebody else's key") })
		time.Sleep(50 * time.Minute)
		p.is(login.StateOK, "somebody else's key")
		if w.issuer.reused != 0 {
			w.Fatal("the old refresh token was used again")
		}
		w.issuer.set(func() { w.issuer.answer = nil })
		p.Close()
		next := w.program()
		time.Sleep(time.Hour)
		next.good()
		if w.issuer.reused != 0 || w.issuer.called("browser") != 1 {
			w.Error("the session was lost")
		}
	})
}

// Fresh proofs cost neither the keychain nor a turn.
func TestCheapWhenFresh(t *testing.T) {
	live(t, func(w *world) {
		p := w.signedIn()
		p.good()
		before := fmt.Sprint(w.vault.n, w.locks.taken)
		for range 1000 {
			p.good()
		}
		if after := fmt.Sprint(w.vault.n, w.locks.taken); after != before {
			w.Errorf("keychain calls and turns: %s, before %s", after, before)
		}
	})
}
