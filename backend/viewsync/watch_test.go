package viewsync

import (
	"context"
	"errors"
	"testing"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"

	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
)

// quickPace is usualPace for tests that wait for failures to pass.
func quickPace() pace {
	return pace{
		poll: 50 * time.Millisecond, idle: time.Hour, first: 20 * time.Millisecond, max: 100 * time.Millisecond,
		session: time.Minute,
	}
}

// watching runs Watch until the test ends; the channel tells of each change.
func watching(t *testing.T, s *Store, p Place) chan struct{} {
	t.Helper()
	rings, ended := make(chan struct{}, 100), make(chan error, 1)
	ctx, cancel := context.WithCancel(t.Context())
	go func() { ended <- s.Watch(ctx, p, func() { rings <- struct{}{} }) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("the watch ended with %v", err)
		}
	})
	return rings
}

func rung(t *testing.T, rings <-chan struct{}, limit time.Duration, what string) {
	t.Helper()
	select {
	case <-rings:
	case <-time.After(limit):
		t.Fatalf("%s wasn't seen within %v", what, limit)
	}
}

func drain(rings <-chan struct{}) {
	for len(rings) > 0 {
		<-rings
	}
}

// quiet waits until nothing rings any more.
func quiet(rings <-chan struct{}) {
	for {
		select {
		case <-rings:
		case <-time.After(300 * time.Millisecond):
			return
		}
	}
}

func TestWatchSeesOtherMachines(t *testing.T) {
	for name, watches := range map[string]bool{"watch": true, "poll": false} {
		t.Run(name, func(t *testing.T) {
			c := kubetest.Shared(t)
			u := newUser(t, c, watches)
			proxy := c.Proxy(t)
			other, s, ctx := u.store(t), u.store(t, proxy), t.Context()
			at := must(other.Write(ctx, Stored{Place: u.place()}, openEnv("1")))(t)
			rings := watching(t, s, u.place())
			rung(t, rings, 2*time.Second, "the start")
			must(s.Read(ctx, u.place()))(t)
			quiet(rings)
			must(other.Write(ctx, at, openEnv("2")))(t)
			rung(t, rings, 2*time.Second, "an edit")
			at = must(s.Write(ctx, must(s.Read(ctx, u.place()))(t), openEnv("3")))(t)
			quiet(rings)
			if err := other.Delete(ctx, at); err != nil {
				t.Fatal(err)
			}
			rung(t, rings, 2*time.Second, "the deletion")
			drain(rings)
			must(other.Write(ctx, Stored{Place: u.place()}, openEnv("4")))(t)
			rung(t, rings, 2*time.Second, "the new one")
			watches := proxy.Count(func(r kubetest.Request) bool { return r.Path == secretsPath(u.namespace) && r.Query != "" })
			if watches != 1 {
				t.Errorf("%d watches were asked for, want 1", watches)
			}
		})
	}
}

func TestOwnWritesDoNotRingForLong(t *testing.T) {
	c := kubetest.Shared(t)
	u := newUser(t, c, false)
	proxy := c.Proxy(t)
	s, ctx := u.store(t, proxy), t.Context()
	s.watching = quickPace()
	must(s.Write(ctx, Stored{Place: u.place()}, openEnv("1")))(t)
	rings := watching(t, s, u.place())
	quiet(rings)
	must(s.Write(ctx, must(s.Read(ctx, u.place()))(t), openEnv("2")))(t)
	quiet(rings)
	proxy.Clear()
	proxy.Await(5, 5*time.Second, func(kubetest.Request) bool { return true })
	if len(rings) > 0 {
		t.Error("it rings for what it wrote itself")
	}
}

func TestWatchBearsFaults(t *testing.T) {
	for name, rule := range map[string]kubetest.Rule{
		"410":       {Status: 410, Times: 2},
		"429":       {Status: 429, Times: 1},
		"500":       {Status: 500, Times: 2},
		"one 401":   {Status: 401, Times: 1},
		"cut":       {Cut: kubetest.CutBefore, Times: 2},
		"cut later": {Cut: kubetest.CutBody, CutAfter: 10, Times: 2},
		"a portal":  {Body: "<html>sign in</html>", Times: 2},
	} {
		t.Run(name, func(t *testing.T) {
			c := kubetest.Shared(t)
			u := newUser(t, c, true)
			proxy := c.Proxy(t)
			proxy.Add(rule)
			s, other, ctx := u.store(t, proxy), u.store(t), t.Context()
			s.watching = quickPace()
			rings := watching(t, s, u.place())
			at := must(other.Write(ctx, Stored{Place: u.place()}, openEnv("1")))(t)
			rung(t, rings, 5*time.Second, "the create")
			proxy.Await(rule.Times+1, 5*time.Second, func(kubetest.Request) bool { return true })
			quiet(rings)
			must(other.Write(ctx, at, openEnv("2")))(t)
			rung(t, rings, 2*time.Second, "an edit after the fault")
		})
	}
}

func TestWatchEndsWhenRefused(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		is     func(error) bool
	}{
		"401": {401, apierrors.IsUnauthorized},
		"403": {403, apierrors.IsForbidden},
	} {
		t.Run(name, func(t *testing.T) {
			cluster := kubetest.Shared(t)
			u := newUser(t, cluster, true)
			proxy := cluster.Proxy(t)
			proxy.Add(kubetest.Rule{Status: c.status})
			s := u.store(t, proxy)
			s.watching = quickPace()
			if err := s.Watch(t.Context(), u.place(), func() {}); !c.is(err) {
				t.Errorf("it ended with %v", err)
			}
		})
	}
}

func TestSetActiveWakesAPoll(t *testing.T) {
	u := newUser(t, kubetest.Shared(t), false)
	s, other, ctx := u.store(t), u.store(t), t.Context()
	s.watching = quickPace()
	s.SetActive(false)
	rings := watching(t, s, u.place())
	rung(t, rings, 2*time.Second, "the start")
	quiet(rings)
	must(other.Write(ctx, Stored{Place: u.place()}, openEnv("1")))(t)
	select {
	case <-rings:
		t.Error("it polls while nobody looks")
	case <-time.After(300 * time.Millisecond):
	}
	s.SetActive(true)
	rung(t, rings, 2*time.Second, "the edit")
}

func TestWatchNoticesADeadLink(t *testing.T) {
	c := kubetest.Shared(t)
	u := newUser(t, c, true)
	proxy := c.Proxy(t)
	s, other, ctx := u.store(t, proxy), u.store(t), t.Context()
	s.watching = quickPace()
	rings := watching(t, s, u.place())
	rung(t, rings, 2*time.Second, "the start")
	proxy.Mode(kubetest.Refusing)
	must(other.Write(ctx, Stored{Place: u.place()}, openEnv("1")))(t)
	quiet(rings)
	proxy.Mode(kubetest.Open)
	rung(t, rings, 2*time.Second, "what happened meanwhile")
}

func TestWatchEndsWithItsContext(t *testing.T) {
	u := newUser(t, kubetest.Shared(t), true)
	ctx, cancel := context.WithCancel(t.Context())
	err := u.store(t).Watch(ctx, u.place(), cancel)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
