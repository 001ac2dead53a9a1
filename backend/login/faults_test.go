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

// life is what a session goes through: sign in, a renewal ahead of time, one on demand, another program, a sign-out. It never fails by
// itself; what it meets on its way is the faults'.
func (w *world) life() (signedOut error) {
	sign := func(p *program) {
		p.Start(jane(), login.Choice{})
		select {
		case w.issuer.person <- nil:
		case <-time.After(time.Second): // the issuer is down
		}
		synctest.Wait()
	}
	p := w.program()
	_, _ = p.proof(kubeconfig.Proof{})
	sign(p)
	_, _ = p.proof(kubeconfig.Proof{})
	time.Sleep(50 * time.Minute)
	got, _ := p.proof(kubeconfig.Proof{})
	_, _ = p.proof(got)
	other := w.program()
	_, _ = other.proof(kubeconfig.Proof{})
	time.Sleep(3 * time.Hour)
	_, _ = other.proof(kubeconfig.Proof{})
	_, _ = p.proof(kubeconfig.Proof{})
	time.Sleep(10 * time.Minute) // no fault lasts longer
	other.Close()
	p.recovers(sign)
	signedOut = p.SignOut(w.Context(), jane())
	p.Close()
	return signedOut
}

// recovers wants a good proof within two minutes after the faults, with no more than one sign-in.
func (p *program) recovers(sign func(*program)) {
	p.w.Helper()
	for range 120 {
		got, err := p.proof(kubeconfig.Proof{})
		if err == nil {
			if p.w.issuer.accepts(got) != nil {
				p.w.Fatal("a bad proof")
			}
			return
		}
		if _, ok := errors.AsType[*kubeconfig.NeedError](err); ok && sign != nil {
			sign(p)
			sign = nil
		}
		time.Sleep(time.Second)
	}
	p.w.Fatal("no proof within two minutes")
}

// ends wants that nothing is left after a sign-out and the end of all programs.
func (w *world) ends(signedOut error) {
	w.Helper()
	if n := len(w.vault.items); n != 0 && !errors.Is(signedOut, login.ErrKept) {
		w.Errorf("%d items stay in the keychain, and nobody is told (%v)", n, signedOut)
	}
	if w.locks.held() != 0 {
		w.Error("a turn stays")
	}
}

// Every call of the keychain goes wrong once, and from then on for ten minutes, in each way; no session is lost by it.
func TestFaultyKeychain(t *testing.T) {
	calls := 0
	live(t, func(w *world) {
		w.ends(w.life())
		calls = w.vault.n
	})
	if calls < 8 {
		t.Fatalf("only %d calls", calls)
	}
	for _, what := range []fault{refuse, late, hang} {
		for _, lasting := range []time.Duration{0, 10 * time.Minute} {
			for at := range calls {
				t.Run(fmt.Sprintf("%s %d for %v", what, at+1, lasting), func(t *testing.T) {
					live(t, func(w *world) {
						var mu sync.Mutex
						var began time.Time
						w.vault.set(func(_ string, n int) fault {
							mu.Lock()
							defer mu.Unlock()
							if n == at+1 {
								began = time.Now()
							}
							if !began.IsZero() && (n == at+1 || time.Since(began) < lasting) {
								return what
							}
							return none
						})
						w.ends(w.life())
						if w.issuer.reused != 0 {
							w.Error("a refresh token was used twice")
						}
						if n := w.issuer.called("browser"); n != 1 {
							w.Errorf("%d sign-ins", n)
						}
					})
				})
			}
		}
	}
}

// Every call of the issuer goes wrong once. Only where it took the refresh token and its answer was lost is the person needed again.
func TestFaultyIssuer(t *testing.T) {
	renewals := 0
	live(t, func(w *world) {
		w.ends(w.life())
		renewals = w.issuer.called("refresh")
	})
	if renewals < 3 {
		t.Fatalf("only %d renewals", renewals)
	}
	for _, what := range []mishap{down, lost, hung} {
		for call, times := range map[string]int{"browser": 1, "refresh": renewals, "revoke": 1} {
			for at := range times {
				t.Run(fmt.Sprintf("%s %d %s", call, at+1, what), func(t *testing.T) {
					live(t, func(w *world) {
						w.issuer.goes(func(c string, n int) mishap {
							if c == call && n == at+1 {
								return what
							}
							return fine
						})
						w.ends(w.life())
						want := 1
						if call == "refresh" && what == lost || call == "browser" && what != lost {
							want = 2
						}
						if n := w.issuer.called("browser"); n > want {
							w.Errorf("%d sign-ins", n)
						}
					})
				})
			}
		}
	}
}
