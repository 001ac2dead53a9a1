package fleet

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestBackOffDoublesToAMinuteAndRetryBeginsAnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, m := w.cluster("a")
		f.become(refusing)
		began := time.Now()
		w.Set([]Member{m})
		s := w.wants("a", StateUnreachable)
		if wait := time.Until(s.NextTry); wait <= 0 || wait > time.Second {
			t.Errorf("the next try is in %v", wait)
		}
		if !strings.Contains(s.Cause, "Connection refused") {
			t.Errorf("cause: %q", s.Cause)
		}
		time.Sleep(6 * time.Minute)
		synctest.Wait()
		checkWaits(t, append([]time.Time{began}, w.net.dialled("a.test:6443")[1:]...))

		tries := len(w.net.dialled("a.test:6443"))
		asked := time.Now()
		w.Retry("a")
		synctest.Wait()
		time.Sleep(4 * time.Second)
		synctest.Wait()
		again := w.net.dialled("a.test:6443")[tries:]
		if len(again) < 3 || again[0] != asked {
			t.Errorf("after Retry at %v the tries were at %v", asked, again)
		}
		checkWaits(t, again)
	})
}

// checkWaits wants waits of 1, 2, 4 ... 60, 60 s, each shortened by up to a fifth, and not all by the same.
func checkWaits(t *testing.T, at []time.Time) {
	t.Helper()
	want, jitter := time.Second, map[int64]bool{}
	for i := 1; i < len(at); i++ {
		wait := at[i].Sub(at[i-1])
		if wait > want || wait < want*8/10 {
			t.Errorf("wait %d is %v, want %v or up to a fifth less", i, wait, want)
		}
		jitter[int64(1000*wait/want)] = true
		want = min(2*want, time.Minute)
	}
	if len(jitter) < 2 {
		t.Error("the waits have no jitter")
	}
}

func TestARowDoesNotFlickerWhileItIsTriedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, m := w.cluster("a")
		f.become(silent)
		w.Set([]Member{m})
		w.until("a", StateUnreachable, 6*time.Second)
		since := w.wants("a", StateUnreachable).Since
		for range 600 {
			time.Sleep(100 * time.Millisecond)
			if s := w.wants("a", StateUnreachable); s.Since != since || s.Cause == "" {
				t.Fatalf("it moved: %+v", s)
			}
		}
	})
}

func TestALossIsNoticedAndItsEndToo(t *testing.T) {
	for name, c := range map[string]struct {
		how   mode
		words string
	}{
		"silent":   {silent, "answer"},
		"refusing": {refusing, "Connection refused"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				f, m := w.cluster("a")
				w.Set([]Member{m})
				time.Sleep(3 * time.Minute)
				before := w.wants("a", StateReady)
				f.become(c.how)
				if took := w.until("a", StateUnreachable, 36*time.Second); took > 35100*time.Millisecond {
					t.Errorf("noticed after %v", took)
				}
				got := w.wants("a", StateUnreachable)
				if got.Facts.Version != before.Facts.Version || got.Seen.Before(before.Seen) || time.Since(got.Seen) > time.Minute {
					t.Errorf("facts %+v, seen %v ago", got.Facts, time.Since(got.Seen))
				}
				if !strings.Contains(got.Cause, c.words) || got.NextTry.IsZero() {
					t.Errorf("cause %q, next try %v", got.Cause, got.NextTry)
				}
				time.Sleep(10 * time.Minute)
				f.become(up)
				w.Retry("a")
				w.until("a", StateReady, time.Second)
			})
		})
	}
}

func TestALossThatEndsIsRecoveredWithoutHelp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, m := w.cluster("a")
		w.Set([]Member{m})
		w.wants("a", StateReady)
		f.become(refusing)
		w.until("a", StateUnreachable, 36*time.Second)
		time.Sleep(time.Hour)
		f.become(up)
		w.until("a", StateReady, time.Minute)
	})
}

// A connection that died without a word, as after a VPN change, is replaced while the member stays ready.
func TestADeadConnectionIsReplaced(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, m := w.cluster("a")
		w.Set([]Member{m})
		w.wants("a", StateReady)
		f.become(silent)
		time.Sleep(time.Second)
		w.Retry() // what the program does when the network changed: a request is lost on the old connection
		synctest.Wait()
		f.become(up)
		for range 30 {
			time.Sleep(100 * time.Millisecond)
			w.wants("a", StateReady)
		}
		if s := w.wants("a", StateReady); time.Since(s.Seen) > 1100*time.Millisecond {
			t.Errorf("last seen %v ago", time.Since(s.Seen))
		}
		if n := len(w.net.dialled("a.test:6443")); n != 2 {
			t.Errorf("%d connections", n)
		}
	})
}

func TestRetryGivesUpATryThatHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, m := w.cluster("a")
		f.become(silent)
		w.Set([]Member{m})
		time.Sleep(1500 * time.Millisecond)
		f.become(up) // but the dial under way waits for 5 s
		w.Retry("a")
		w.wants("a", StateReady)
	})
}

func TestRetryOfATryThatHangsBeginsTheBackOffAnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, m := w.cluster("a")
		f.become(silent)
		w.Set([]Member{m})
		time.Sleep(10 * time.Minute)
		for tries := len(w.net.dialled("a.test:6443")); len(w.net.dialled("a.test:6443")) == tries; {
			time.Sleep(time.Second)
			synctest.Wait()
		}
		time.Sleep(2 * time.Second)
		w.Retry("a")
		w.wants("a", StateConnecting)
		w.until("a", StateUnreachable, 6*time.Second)
		if wait := time.Until(w.wants("a", StateUnreachable).NextTry); wait > time.Second {
			t.Errorf("the next try is in %v", wait)
		}
	})
}

func TestRetryLeavesAFreshTryAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, m := w.cluster("a")
		f.answer("GET /version", func(rw http.ResponseWriter, r *http.Request) {
			linger(r, 900*time.Millisecond)
			reply(rw, map[string]string{"gitVersion": "v1.36.3"})
		})
		w.Set([]Member{m})
		for range 20 {
			time.Sleep(50 * time.Millisecond)
			w.Retry()
		}
		w.wants("a", StateReady)
	})
}

func TestWakeFromSleepRetriesEverything(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		fa, a := w.cluster("a")
		fb, b := w.cluster("b")
		fa.become(refusing)
		w.Set([]Member{a, b})
		time.Sleep(10 * time.Minute)
		w.wants("a", StateUnreachable)
		fa.become(up)
		tries := len(w.net.dialled("a.test:6443"))
		w.wants("b", StateReady)
		fb.forget()

		w.mu.Lock()
		w.shift = time.Hour
		w.mu.Unlock()
		time.Sleep(5 * time.Second)
		w.wants("a", StateReady)
		if len(w.net.dialled("a.test:6443")) == tries || len(fb.seen()) == 0 {
			t.Error("nothing was tried")
		}
	})
}

func TestSlept(t *testing.T) {
	zero := time.Time{}
	at := func(wall, mono time.Duration) reading { return reading{zero.Add(wall), zero.Add(mono)} }
	const tick = 5 * time.Second
	for name, c := range map[string]struct {
		after reading
		want  bool
	}{
		"a usual tick":                      {at(tick, tick), false},
		"a busy machine":                    {at(12*time.Second, 12*time.Second), false},
		"the monotonic clock stood still":   {at(time.Hour, tick), true},
		"both clocks went on":               {at(time.Hour, time.Hour), true},
		"the wall clock was set back":       {at(-time.Hour, tick), false},
		"the wall clock was put right":      {at(tick+9*time.Second, tick), false},
		"the wall clock jumped like asleep": {at(tick+11*time.Second, tick), true},
	} {
		t.Run(name, func(t *testing.T) {
			if got := slept(at(0, 0), c.after, tick); got != c.want {
				t.Errorf("slept = %v", got)
			}
		})
	}
}

// 10 black holes and 5 that refuse, among 50: at the start, after a change of network and at every sign of life the healthy ones
// are as fast as if they were alone.
func TestTheDeadDoNotDelayTheLiving(t *testing.T) {
	measured := map[bool][]time.Duration{}
	for _, dead := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t)
			var all, healthy []Member
			for i := range 50 {
				f, m := w.cluster(fmt.Sprintf("m%02d", i))
				switch {
				case i < 10:
					f.become(silent)
				case i < 15:
					f.become(refusing)
				default:
					healthy = append(healthy, m)
				}
				f.answer("GET /version", func(rw http.ResponseWriter, r *http.Request) {
					linger(r, 100*time.Millisecond) // far away
					reply(rw, map[string]string{"gitVersion": "v1.36.3"})
				})
				all = append(all, m)
			}
			if !dead {
				all = healthy
			}
			measure := func(since time.Time) {
				for _, m := range slices.Backward(healthy) {
					for w.until(m.ID, StateReady, fresh); w.wants(m.ID, StateReady).Seen.Before(since); {
						if time.Since(since) > fresh {
							t.Fatalf("nothing was heard of %s for %v", m.ID, fresh)
						}
						time.Sleep(10 * time.Millisecond)
					}
				}
				measured[dead] = append(measured[dead], time.Since(since))
			}
			began := time.Now()
			w.Set(all)
			measure(began)
			time.Sleep(5100 * time.Millisecond)
			for _, m := range all[:len(all)-len(healthy)] {
				w.wants(m.ID, StateUnreachable)
			}
			time.Sleep(10*time.Minute - time.Since(began)%(2*time.Second) - time.Millisecond) // just before this machine is looked at
			w.moveTo("elsewhere")
			measure(time.Now())
			time.Sleep(10 * time.Minute)
			for _, m := range healthy {
				if s := w.wants(m.ID, StateReady); time.Since(s.Seen) > 26*time.Second {
					t.Errorf("%s was last seen %v ago", m.ID, time.Since(s.Seen))
				}
			}
		})
	}
	for i, alone := range measured[false] {
		if among := measured[true][i]; among > alone+scatter {
			t.Errorf("the healthy ones took %v among the dead, %v alone", among, alone)
		}
	}
	if first := measured[true][0]; first > 200*time.Millisecond {
		t.Errorf("the first look took %v", first)
	}
}

func TestFactsAreRefreshed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, m := w.cluster("a")
		w.Set([]Member{m})
		if got := w.wants("a", StateReady).Facts; got.T4K.State != T4KNotInstalled || got.Version != "v1.36.3" {
			t.Fatalf("at first %+v", got)
		}
		f.set(func(f *fake) {
			f.groups, f.managers = append(f.groups, "triliovault.trilio.io/v1"), `{"status":{"releaseVersion":"5.3.1"}}`
		})
		time.Sleep(17 * time.Minute)
		if got := w.wants("a", StateReady).Facts.T4K; got != (T4K{T4KInstalled, "5.3.1"}) {
			t.Errorf("after 17 minutes %+v", got)
		}
		f.set(func(f *fake) { f.version, f.managers = "v1.37.0+k3s1", `{"status":{"releaseVersion":"5.4.0"}}` })
		time.Sleep(30 * time.Second)
		if got := w.wants("a", StateReady).Facts; got.Version != "v1.37.0+k3s1" || got.Distribution != K3s || got.T4K.Version != "5.4.0" {
			t.Errorf("after the upgrade %+v", got)
		}
	})
}
