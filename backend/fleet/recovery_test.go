package fleet

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// fresh is how soon a member must be ready once it can be reached.
const fresh = 3 * time.Second

func (w *world) shiftClock(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.shift += d
}

func (w *world) moveTo(place string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.place = place
}

// After a wake or a change of network a member is fresh within 3 s of being reachable, though the way opens only later, and
// though before that it had been left alone for a minute.
func TestFreshSoonAfterAChange(t *testing.T) {
	for name, change := range map[string]func(w *world){
		"a wake":            func(w *world) { w.shiftClock(time.Hour) },
		"another network":   func(w *world) { w.moveTo("elsewhere") },
		"no network at all": func(w *world) { w.moveTo("") },
	} {
		for _, how := range []mode{silent, refusing, unknown} {
			for _, opens := range []time.Duration{0, 1300 * time.Millisecond, 7 * time.Second, 25 * time.Second} {
				t.Run(name+", "+string(how)+", "+opens.String(), func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) {
						w := newWorld(t)
						f, m := w.cluster("a")
						f.become(how)
						w.Set([]Member{m})
						time.Sleep(20 * time.Minute)
						w.wants("a", StateUnreachable)
						change(w)
						time.Sleep(opens)
						f.become(up)
						w.until("a", StateReady, fresh)
					})
				})
			}
		}
	}
}

// A ready member goes on over a new connection: the old one may lead through a tunnel that is gone. Streams end with it.
func TestAChangeDropsEveryConnection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, m := w.cluster("a")
		fb, b := w.cluster("b")
		w.Set([]Member{m, b})
		w.wants("a", StateReady)
		f.become(silent)
		w.moveTo("elsewhere")
		time.Sleep(time.Second)
		f.become(up) // what hung on the old connections stays dead
		time.Sleep(fresh)
		got := w.wants("a", StateReady)
		if time.Since(got.Seen) > fresh || len(w.net.dialled("a.test:6443")) < 2 || len(w.net.dialled("b.test:6443")) != 2 || len(fb.seen()) == 0 {
			t.Errorf("seen %v ago over %d connections", time.Since(got.Seen), len(w.net.dialled("a.test:6443")))
		}
		dialled := len(w.net.dialled("b.test:6443"))
		time.Sleep(time.Hour)
		if n := len(w.net.dialled("b.test:6443")); n != dialled {
			t.Errorf("%d connections without a change", n-dialled)
		}
	})
}

// So it is with a ready member that loses its way then, and finds it again before or after it is told to be lost.
func TestAReadyMemberIsFreshSoonAfterAChange(t *testing.T) {
	for opens := time.Duration(0); opens < 12*time.Second; opens += 300 * time.Millisecond {
		t.Run(opens.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				f, m := w.cluster("a")
				w.Set([]Member{m})
				time.Sleep(time.Minute)
				w.wants("a", StateReady)
				f.become(silent)
				w.moveTo("elsewhere")
				time.Sleep(opens)
				f.become(up)
				open := time.Now()
				for w.status("a").State != StateReady || w.status("a").Seen.Before(open) {
					if time.Since(open) > fresh {
						t.Fatalf("%s, last seen %v ago", w.status("a").State, time.Since(w.status("a").Seen))
					}
					time.Sleep(100 * time.Millisecond)
				}
			})
		})
	}
}

// Fifty members don't begin at the same moment.
func TestAChangeIsNoStampede(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		var members []Member
		for i := range 20 {
			_, m := w.cluster("m" + itoa(i))
			members = append(members, m)
		}
		w.Set(members)
		synctest.Wait()
		w.moveTo("elsewhere")
		time.Sleep(fresh)
		synctest.Wait()
		at := map[time.Time]bool{}
		for _, m := range members {
			at[w.net.dialled(m.ID + ".test:6443")[1]] = true
		}
		if len(at) < 10 {
			t.Errorf("20 members began at %d moments", len(at))
		}
	})
}

// A change of network is nobody's wish: rows that wait for the person stay as they are.
func TestAChangeDoesNotFlicker(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, m := w.cluster("a")
		f.set(status(http.StatusUnauthorized, "Unauthorized"))
		w.Set([]Member{m})
		since := w.wants("a", StateNeedsLogin).Since
		time.Sleep(time.Minute)
		w.moveTo("elsewhere")
		time.Sleep(fresh)
		if got := w.wants("a", StateNeedsLogin); got.Since != since {
			t.Error("the state was left")
		}
	})
}

// A server that restarts comes back without a click, and soon, though nothing here changed.
func TestARestartedServerIsFreshSoon(t *testing.T) {
	for _, away := range []time.Duration{5 * time.Second, 90 * time.Second, 4 * time.Minute} {
		t.Run(away.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				f, m := w.cluster("a")
				w.Set([]Member{m})
				w.wants("a", StateReady)
				f.become(refusing)
				w.until("a", StateUnreachable, 36*time.Second)
				time.Sleep(away)
				f.become(up)
				f.set(status(http.StatusServiceUnavailable, "starting"))
				time.Sleep(fresh)
				f.set(func(f *fake) { delete(f.answers, "GET /version") })
				w.until("a", StateReady, fresh)
			})
		})
	}
}

// The server's certificate is renewed by the same CA, and the old one is gone.
func TestARenewedServerCertificate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		old, next := w.ca.server(t, year(1990), year(2020), "a.test"), w.ca.server(t, year(1990), year(2030), "a.test")
		f := newFake(t, w.net, w.ca, "a.test", old)
		w.Set([]Member{w.vault.put("a", credential(t, f.file()))})
		if got := w.wants("a", StateReady).Facts.ServerCertExpires; !got.Equal(year(2020)) {
			t.Errorf("it ends on %v", got)
		}
		f.certificate(next)
		f.become(refusing) // a restart
		f.become(up)
		time.Sleep(26 * time.Second)
		if got := w.wants("a", StateReady).Facts.ServerCertExpires; !got.Equal(year(2030)) {
			t.Errorf("then on %v", got)
		}
		f.certificate(newAuthority(t).server(t, year(1990), year(2030), "a.test"))
		f.become(refusing)
		f.become(up)
		time.Sleep(26 * time.Second)
		if got := w.wants("a", StateUnreachable); got.Action != ActionReplaceCredentials || !strings.Contains(got.Cause, "CA that this credential doesn't trust") {
			t.Errorf("another CA: %s, %q", got.Action, got.Cause)
		}
	})
}

// A server that says no to everything has shut us out; one that hides only its version hasn't.
func TestShutOutWhileReady(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, m := w.cluster("a")
		w.Set([]Member{m})
		w.wants("a", StateReady)
		f.set(status(http.StatusForbidden, "hidden"))
		f.forget()
		time.Sleep(2 * time.Minute)
		if got := w.wants("a", StateReady); time.Since(got.Seen) > 26*time.Second || !slices.Contains(f.seen(), "POST "+whoami) {
			t.Errorf("seen %v ago", time.Since(got.Seen))
		}
		f.set(func(f *fake) { f.shut = http.StatusForbidden })
		time.Sleep(26 * time.Second)
		if got := w.wants("a", StateDenied); got.Action != ActionRetry || !strings.Contains(got.Cause, "says no: nobody gets in. Ask") {
			t.Errorf("%s: %q", got.Action, got.Cause)
		}
		f.set(func(f *fake) { f.shut = 0 })
		w.until("a", StateReady, 5*time.Minute)
		f.set(func(f *fake) { f.shut = http.StatusUnauthorized })
		time.Sleep(26 * time.Second)
		w.wants("a", StateNeedsLogin)
	})
}

// The real one: it must be the same from one look to the next, or the fleet would never rest.
func TestOutlook(t *testing.T) {
	first := outlook()
	for range 50 {
		if again := outlook(); again != first {
			t.Fatalf("it changed by itself: %q, then %q", first, again)
		}
	}
	if strings.Contains(first, "127.0.0.1") {
		t.Errorf("the loopback is no place: %q", first)
	}
}

func BenchmarkOutlook(b *testing.B) {
	for b.Loop() {
		outlook()
	}
}
