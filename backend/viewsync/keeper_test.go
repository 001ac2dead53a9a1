package viewsync

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
	"github.com/binnacle-dev/binnacle/backend/view"
)

func TestTwoMachines(t *testing.T) {
	for name, watches := range map[string]bool{"watch": true, "poll": false} {
		t.Run(name, func(t *testing.T) {
			u := newUser(t, kubetest.Shared(t), watches)
			a := newMachine(t, u, nil).boot()
			a.until(StateChoosing)
			a.add("one")
			key := a.protect(ModeSealed, false)
			if s := a.until(StateSynced); s.Place != u.place() || s.Mode != ModeSealed || !s.Dirty.IsZero() || s.Synced.IsZero() {
				t.Errorf("status %+v", s)
			}
			b := newMachine(t, u, nil).boot(key)
			b.has("one")
			b.until(StateSynced)
			for n := range 3 {
				for from, to := range map[*machine]*machine{a: b, b: a} {
					group := fmt.Sprintf("%d%p", n, from)
					if err := from.group("one", group); err != nil {
						t.Fatal(err)
					}
					began := time.Now()
					to.has("one=" + group)
					if d := time.Since(began); d > 2*time.Second {
						t.Errorf("it took %v", d)
					}
				}
			}
			a.until(StateSynced)
			b.until(StateSynced)
			if !a.Document().Equal(b.Document()) {
				t.Error("the machines differ")
			}
			if strings.Contains(string(u.stored(t).Envelope.Sealed), "one") {
				t.Error("it isn't sealed")
			}
		})
	}
}

func TestTwoUsersOnOnePrimary(t *testing.T) {
	c := kubetest.Shared(t)
	u1, u2 := newUser(t, c, true), newUser(t, c, true)
	u2.namespace = u1.namespace
	c.AllowSecrets(t, u1.namespace, u2.name)
	m1, m2 := newMachine(t, u1, nil).boot(), newMachine(t, u2, nil).boot()
	for m, name := range map[*machine]string{m1: "mine", m2: "yours"} {
		m.add(name)
		m.protect(ModeSealed, false)
		m.until(StateSynced)
	}
	again := newMachine(t, u1, nil).boot(m1.key)
	again.has("mine")
	other := newMachine(t, u2, nil).boot(m2.key)
	other.has("yours")
}

func TestOfflineFirst(t *testing.T) {
	c := kubetest.Shared(t)
	u := newUser(t, c, true)
	online := newMachine(t, u, nil).boot()
	online.add("one")
	online.add("two")
	key := online.protect(ModeSealed, false)
	online.until(StateSynced)

	proxy := c.Proxy(t)
	proxy.Mode(kubetest.Refusing)
	m := newMachine(t, u, proxy).boot(key)
	m.add("three")
	if err := m.Edit(view.Add(memberID("own"), view.Member{Name: "uno", Endpoint: at("one"), Identity: u.name})); err != nil {
		t.Fatal(err)
	}
	if s := m.until(StateLocal); s.Why == "" || s.Dirty.IsZero() || !s.Synced.IsZero() {
		t.Errorf("status %+v", s)
	}
	m.halt()
	m.boot(key) // what was edited is still there
	m.has("three", "uno")
	proxy.Mode(kubetest.Open)
	m.Nudge()
	m.has("one", "three", "two")
	s := m.until(StateConflict)
	if len(s.Conflicts) != 1 || s.Conflicts[0].Field != "name" || string(s.Conflicts[0].Mine) != `"uno"` || s.Conflicts[0].When.IsZero() {
		t.Errorf("conflicts %+v", s.Conflicts)
	}
	if diff := cmp.Diff(map[string]string{memberID("own"): memberID("one")}, m.moved); diff != "" {
		t.Errorf("moved (-want +got):\n%s", diff)
	}
	online.has("one", "three", "two")
	if err := m.Settle(s.Conflicts[0].ID, true); err != nil {
		t.Error(err)
	}
	online.has("three", "two", "uno")
	m.until(StateSynced)
	if err := m.Settle(s.Conflicts[0].ID, true); !errors.Is(err, ErrNoConflict) {
		t.Errorf("settled twice: %v", err)
	}
}

func TestConcurrentEditsLoseNothing(t *testing.T) {
	c := kubetest.Shared(t)
	u := newUser(t, c, true)
	first := newMachine(t, u, nil).boot()
	first.add("start")
	key := first.protect(ModeSealed, false)
	first.until(StateSynced)
	const edits = 8
	machines := []*machine{first}
	for i := range 2 {
		proxy := c.Proxy(t)
		for n := range 5 {
			proxy.Add(kubetest.Rule{Method: "PUT", Status: 409, After: n * (i + 1), Times: 1})
		}
		machines = append(machines, newMachine(t, u, proxy).boot(key))
	}
	for _, m := range machines {
		m.has("start")
	}
	var all sync.WaitGroup
	for i, m := range machines {
		all.Go(func() {
			for n := range edits {
				name := fmt.Sprintf("m%d-%d", i, n)
				if err := m.Edit(view.Add(memberID(name), view.Member{Name: name, Endpoint: at(name)})); err != nil {
					t.Error(err)
				}
				if n%3 == 0 { // and each changes a field of its own of what all share
					if err := m.Edit(view.Change(memberID("start"), changeOf(i, n))); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	all.Wait()
	for _, m := range machines {
		m.await("all edits", func() bool { return len(m.Document().Members) == 1+edits*len(machines) })
	}
	for _, m := range machines {
		m.await("rest", func() bool { s := m.Status(); return s.State == StateSynced && m.Document().Equal(first.Document()) })
		if s := m.Document().Members[memberID("start")]; s.Group != "g6" || s.Color == "" || s.Identity != "i6" {
			t.Errorf("an edit was lost: %+v", s)
		}
	}
}

func changeOf(machine, n int) view.Changes {
	group, identity, color := fmt.Sprintf("g%d", n), fmt.Sprintf("i%d", n), view.Colors()[n%len(view.Colors())]
	return []view.Changes{{Group: &group}, {Identity: &identity}, {Color: &color}}[machine]
}

// Each fault at each call of a life of a view: in the end both machines are one, and nothing is lost.
func TestFaultsAtEveryCall(t *testing.T) {
	c := kubetest.Shared(t)
	for name, fault := range map[string]kubetest.Rule{
		"401": {Status: 401}, "403": {Status: 403}, "409": {Status: 409}, "410": {Status: 410},
		"429": {Status: 429, RetryAfter: time.Second}, "500": {Status: 500}, "hang": {Delay: 3 * time.Second},
		"cut before": {Cut: kubetest.CutBefore}, "cut after": {Cut: kubetest.CutBody, CutAfter: 20},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			calls, step := 8, 1
			if testing.Short() {
				step = 5 // all of them are some 230 lives
			}
			for n := len(name) % step; n < calls; n += step {
				fault.After, fault.Times = n, 1
				t.Run(fmt.Sprint("call", n), func(t *testing.T) { calls = max(calls, aLife(t, c, fault)) })
			}
			if calls < 15 {
				t.Errorf("a life has only %d calls", calls)
			}
		})
	}
}

// aLife is a view that is created, edited here and there, and carries a credential. It gives the number of calls of the first machine.
func aLife(t *testing.T, c *kubetest.Cluster, fault kubetest.Rule) int {
	t.Helper()
	u := newUser(t, c, true)
	proxy := c.Proxy(t)
	proxy.Add(fault)
	a := newMachine(t, u, proxy)
	if fault.Delay > 0 {
		a.limit = fault.Delay / 3
	}
	a.vault.put(memberID("one"), at("one"), hush+"-one")
	a.boot()
	a.add("one")
	key := a.protect(ModeSealed, true)
	a.until(StateSynced)
	b := newMachine(t, u, nil).boot(key)
	b.has("one")
	b.add("two")
	a.has("one", "two")
	a.add("three")
	b.has("one", "three", "two")
	b.await("the credential", func() bool { return b.vault.get(memberID("one")) == hush+"-one" })
	a.until(StateSynced)
	b.until(StateSynced)
	a.await("one document", func() bool { return a.Document().Equal(b.Document()) })
	return len(proxy.Requests())
}

func TestACrashAtEverySave(t *testing.T) {
	c := kubetest.Shared(t)
	u := newUser(t, c, true)
	b := newMachine(t, u, nil).boot()
	b.add("b0")
	key := b.protect(ModeSealed, false)
	b.until(StateSynced)
	a := newMachine(t, u, nil)
	killed := errors.New("killed")
	var want []string
	for n := range 12 {
		// From the n-th save on, nothing reaches the disk any more: what the primary got stays, what was kept here is old.
		a.crash = func(i int, _ Record) error {
			if i >= n {
				return killed
			}
			return nil
		}
		a.boot(key)
		a.Flush(t.Context())
		name := fmt.Sprintf("a%02d", n)
		err := a.Edit(view.Add(memberID(name), view.Member{Name: name, Endpoint: at(name)}))
		if err == nil {
			want = append(want, name) // it was promised
		} else if !errors.Is(err, killed) {
			t.Fatal(err)
		}
		bName := fmt.Sprintf("b%02d", n)
		b.add(bName)
		b.until(StateSynced)
		a.Flush(t.Context())
		a.halt()
		want = append(want, bName)
	}
	a.crash = nil
	a.boot(key)
	for _, m := range []*machine{a, b} {
		m.await("all that was promised", func() bool {
			for _, name := range want {
				if _, ok := m.Document().Members[memberID(name)]; !ok {
					return false
				}
			}
			return m.Status().State == StateSynced && a.Document().Equal(b.Document())
		})
	}
	if len(want) == 12 {
		t.Error("no edit of the crashing machine was kept: the crashes come too early")
	}
}

// An edit that was sent and then taken back, while the answer was lost and the program killed, doesn't come back.
func TestARemovalAfterALostAnswer(t *testing.T) {
	c := kubetest.Shared(t)
	u := newUser(t, c, true)
	proxy := c.Proxy(t)
	a := newMachine(t, u, proxy).boot()
	a.add("keep")
	a.protect(ModeOpen, false)
	a.until(StateSynced)
	sent := false
	a.mu.Lock()
	a.crash = func(_ int, r Record) error { // killed as soon as it is written there
		if sent = sent || r.Sent != nil; sent && r.Sent == nil {
			return errors.New("killed")
		}
		return nil
	}
	a.mu.Unlock()
	a.add("mistake")
	a.await("the mistake there", func() bool { return strings.Contains(string(u.stored(t).Envelope.View), "mistake") })
	a.halt()
	a.crash = nil
	proxy.Mode(kubetest.Refusing)
	a.boot()
	if err := a.Edit(view.Remove(memberID("mistake"))); err != nil {
		t.Fatal(err)
	}
	proxy.Mode(kubetest.Open)
	a.Nudge()
	a.until(StateSynced)
	a.has("keep")
}

func TestRefusedAndBack(t *testing.T) {
	c := kubetest.Shared(t)
	u := newUser(t, c, true)
	proxy := c.Proxy(t)
	m := newMachine(t, u, proxy).boot()
	m.add("one")
	m.protect(ModeOpen, false)
	m.until(StateSynced)
	for status, words := range map[int]string{401: "credentials", 403: "let you"} {
		remove := proxy.Add(kubetest.Rule{Status: status})
		m.mu.Lock()
		connects := m.connects
		m.mu.Unlock()
		m.add(fmt.Sprint("during", status))
		if s := m.until(StateLocal); !strings.Contains(s.Why, words) {
			t.Errorf("%d: why %q", status, s.Why)
		}
		m.await("a new connection", func() bool { m.mu.Lock(); defer m.mu.Unlock(); return m.connects > connects })
		remove()
		m.Nudge()
		m.until(StateSynced)
	}
	m.mu.Lock()
	m.user.name = "somebody-else"
	m.mu.Unlock()
	remove := proxy.Add(kubetest.Rule{Status: 401})
	m.Nudge()
	m.until(StateLocal)
	remove()
	m.Nudge() // it connects anew, and the cluster says another name
	m.await("why", func() bool { return strings.Contains(m.Status().Why, "somebody-else") })
}

func TestNowhereToWrite(t *testing.T) {
	c := kubetest.Shared(t)
	u := newUser(t, c, true)
	granted := u.namespace
	u.namespace = c.Namespace(t)
	m := newMachine(t, u, nil).boot()
	m.add("one")
	m.protect(ModeOpen, false)
	m.await("why", func() bool { s := m.Status(); return s.State == StateLocal && strings.Contains(s.Why, u.namespace) })
	c.AllowSecrets(t, u.namespace, u.name)
	m.Nudge()
	if s := m.until(StateSynced); s.Place.Namespace != u.namespace || s.Place.Namespace == granted {
		t.Errorf("it lies in %s", s.Place)
	}
}
