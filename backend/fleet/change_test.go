package fleet

import (
	"errors"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

func TestSetAddsDropsAndSwitchesOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		fa, a := w.cluster("a")
		fb, b := w.cluster("b")
		_, c := w.cluster("c")
		c.Off = true
		w.Set([]Member{a, c})
		w.wants("a", StateReady)
		if _, ok := w.Status("c"); ok || len(w.net.dialled("c.test:6443")) != 0 {
			t.Error("a member that is off was contacted")
		}

		fa.forget()
		w.Set([]Member{a, b, c})
		w.wants("b", StateReady)
		if n := len(fa.seen()); n != 0 {
			t.Errorf("a was disturbed: %v", fa.seen())
		}

		old, err := w.Client("a")
		if err != nil {
			t.Fatal(err)
		}
		rung := w.rung["a"]
		a.Off = true
		w.Set([]Member{a, b, c})
		synctest.Wait()
		if s, ok := w.Status("a"); ok || s.State != StateRemoved {
			t.Errorf("a is %v, %v after it was switched off", s.State, ok)
		}
		if w.rung["a"] == rung {
			t.Error("nobody was told that a is off")
		}
		fa.forget()
		fb.forget()
		if err := old.Get(t.Context(), "/version", &struct{}{}); !errors.Is(err, errClosed) {
			t.Errorf("the old client still works: %v", err)
		}
		time.Sleep(time.Hour)
		if len(fa.seen()) != 0 || len(fb.seen()) == 0 {
			t.Errorf("in an hour a got %d requests and b %d", len(fa.seen()), len(fb.seen()))
		}

		w.Set(nil)
		synctest.Wait()
		if n := len(w.Statuses()); n != 0 {
			t.Errorf("%d members are left", n)
		}
		if _, err := w.Client("b"); !errors.Is(err, ErrNotMember) {
			t.Errorf("Client of a dropped member: %v", err)
		}
	})
}

func TestSetAndCloseReturnWhileEverythingHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, m := w.cluster("a")
		f.become(silent)
		began := time.Now()
		w.Set([]Member{m})
		w.Set(nil)
		w.Set([]Member{m})
		time.Sleep(time.Second)
		w.Close()
		w.Close()
		synctest.Wait()
		if w.net.now != 0 {
			t.Error("a dial goes on after Close")
		}
		w.Set([]Member{m}) // of no effect any more
		w.Retry()
		if d := time.Since(began); d != time.Second {
			t.Errorf("it took %v", d-time.Second)
		}
		if n := len(w.Statuses()); n != 0 {
			t.Errorf("%d members after Close", n)
		}
	})
}

// A predecessor that returns late, from a vault that heeds no context, changes nothing.
func TestALatePredecessorIsIgnored(t *testing.T) {
	for name, replace := range map[string]func(w *world, m Member){
		"renewed": func(w *world, _ Member) { w.Renew("a") },
		"other endpoint": func(w *world, _ Member) {
			f := newFake(w.t, w.net, w.ca, "other.test")
			w.Set([]Member{w.vault.put("a", credential(w.t, f.file()))})
		},
		"dropped and back": func(w *world, m Member) { w.Set(nil); w.Set([]Member{m}) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				_, m := w.cluster("a")
				release := make(chan struct{})
				w.vault.late["a"] = func() (kubeconfig.Credential, error) {
					<-release
					return kubeconfig.Credential{}, ErrNoCredential
				}
				w.Set([]Member{m})
				w.wants("a", StateConnecting)
				replace(w, m)
				before := w.wants("a", StateReady)
				client, _ := w.Client("a")
				rung := w.rung["a"]
				close(release)
				synctest.Wait()
				if w.rung["a"] != rung {
					t.Error("the predecessor rang")
				}
				if after := w.wants("a", StateReady); after.Since != before.Since {
					t.Error("the predecessor's return began the state anew")
				}
				if now, err := w.Client("a"); err != nil || now != client {
					t.Errorf("the client is another one: %v", err)
				}
				if err := client.Get(t.Context(), "/version", &struct{}{}); err != nil {
					t.Errorf("the predecessor closed the new client: %v", err)
				}
			})
		})
	}
}

// The other half of it: what an instance that was replaced reports doesn't count.
func TestAReplacedInstanceIsNotHeard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		_, m := w.cluster("a")
		w.Set([]Member{m})
		w.wants("a", StateReady)
		w.mu.Lock()
		rung := w.rung["a"]
		w.mu.Unlock()
		w.update(&member{spec: m}, func(*Status) { t.Error("it was heard") })
		if w.rung["a"] != rung {
			t.Error("it rang")
		}
	})
}

func TestARenewedCredentialSharesNothingWithTheOld(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, m := w.cluster("a")
		f.set(func(f *fake) { f.tokens = []string{"t0ken"} })
		w.Set([]Member{m})
		facts := w.wants("a", StateReady).Facts
		dialled := len(w.net.dialled("a.test:6443"))

		f.set(func(f *fake) { f.tokens = []string{"fresh"} })
		w.vault.put("a", credential(t, f.file("token: fresh")))
		hold := make(chan struct{})
		f.answer("GET /version", func(rw http.ResponseWriter, _ *http.Request) {
			<-hold
			reply(rw, map[string]string{"gitVersion": "v1.36.4"})
		})
		w.Renew("a")
		if got := w.wants("a", StateConnecting).Facts; got.Version != facts.Version {
			t.Errorf("the facts were forgotten: %+v", got)
		}
		close(hold)
		w.wants("a", StateReady)
		if n := len(w.net.dialled("a.test:6443")); n != dialled+1 {
			t.Errorf("%d connections for the new credential, want one of its own", n-dialled)
		}
	})
}

func TestFactsOfAnotherEndpointAreForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		_, m := w.cluster("a")
		w.Set([]Member{m})
		w.wants("a", StateReady)
		m.Endpoint.Server = "https://other.test:6443"
		w.Set([]Member{m})
		if got := w.wants("a", StateNeedsCredentials); got.Facts.Version != "" || !got.Seen.IsZero() {
			t.Errorf("facts of another cluster are shown: %+v", got)
		}
	})
}

func TestKnownFactsStandUntilTheMemberAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, m := w.cluster("a")
		f.become(silent)
		m.Known, m.Seen = Facts{Version: "v1.30.0"}, year(1999)
		w.Set([]Member{m})
		if got := w.wants("a", StateConnecting); got.Facts.Version != "v1.30.0" || got.Seen != year(1999) {
			t.Errorf("at first: %+v", got)
		}
		w.until("a", StateUnreachable, 10*time.Second)
		f.become(up)
		w.Retry()
		if got := w.wants("a", StateReady); got.Facts.Version != "v1.36.3" || got.Seen.Equal(year(1999)) {
			t.Errorf("then: %+v", got)
		}
	})
}

func TestOfTwoMembersWithOneIDTheFirstCounts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		_, m := w.cluster("a")
		twin := m
		twin.Endpoint.Server = "https://twin.test"
		w.Set([]Member{m, twin, {}})
		w.wants("a", StateReady)
		ids := []string{}
		for id := range w.Statuses() {
			ids = append(ids, id)
		}
		if !slices.Equal(ids, []string{"a"}) {
			t.Errorf("members: %v", ids)
		}
	})
}
