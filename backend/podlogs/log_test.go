package podlogs

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

func same[T any](t *testing.T, what string, want, got T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// later lets a while pass and everything come to rest.
func later(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func TestWorkloadIsMergedAndFollowed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m0, m1 := newMember(), newMember()
		a, b := m0.pod("web-a", "app", "side"), m1.pod("web-b", "app")
		m0.write(a, "app", "one")
		time.Sleep(time.Millisecond)
		m1.write(b, "app", "two")
		time.Sleep(time.Millisecond)
		m0.write(a, "side", "three")
		l := open(t, Options{Refs: []Ref{m0.web("m0"), m1.web("m1")}}, m0, m1)
		later(time.Second)
		same(t, "lines at first", []string{"one", "two", "three"}, texts(l.Window(Query{})))

		m1.write(b, "app", "four")
		later(0)
		time.Sleep(time.Millisecond)
		m0.write(a, "app", "five")
		later(0)
		c := m0.pod("web-c", "app") // a new pod joins
		later(time.Second)
		m0.write(c, "app", "six")
		later(time.Second)
		m0.remove(a) // and an old one goes
		later(10 * time.Second)
		w := l.Window(Query{})
		same(t, "lines", []string{"one", "two", "three", "four", "five", "six"}, texts(w))
		same(t, "sources", []string{"web-a/app ended", "web-a/side ended", "web-b/app live", "web-c/app live"}, sorted(states(w)))
	})
}

func sorted(s []string) []string {
	slices.Sort(s)
	return s
}

// However the streams break, each line comes once and in its source's order.
func TestStreamsThatBreakLoseAndDoubleNothing(t *testing.T) {
	for seed := range uint64(12) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				random := rand.New(rand.NewPCG(seed, 7))
				m := newMember()
				cuts := rand.New(rand.NewPCG(seed, 8)) // of other goroutines, one at a time
				m.cut = func(string) int { return cuts.IntN(2000) }
				pods := []*fakePod{m.pod("web-a", "app", "side"), m.pod("web-b", "app", "side")}
				l := open(t, Options{Refs: []Ref{m.web("m0")}, Tail: 10_000}, m)
				want := map[string][]string{}
				for i := range 600 {
					p, c := pods[random.IntN(2)], []string{"app", "side"}[random.IntN(2)]
					text := fmt.Sprintf("line %d of %s/%s %s", i, p.name, c, strings.Repeat("x", random.IntN(300)))
					if random.IntN(4) == 0 {
						text = "the same" // at the same time too
					}
					m.write(p, c, text)
					want[p.name+"/"+c] = append(want[p.name+"/"+c], text)
					if random.IntN(3) == 0 {
						time.Sleep(time.Duration(random.Int64N(int64(300 * time.Millisecond))))
					}
				}
				m.change(func() { m.cut = nil })
				later(5 * time.Minute)
				checkOrder(t, l, want)
			})
		})
	}
}

// checkOrder holds that all lines are there once, those of each source in order and all of them by time.
func checkOrder(t *testing.T, l *Log, want map[string][]string) {
	t.Helper()
	got, last := map[string][]string{}, time.Time{}
	for from := 0; ; from += maxWindow {
		w := l.Window(Query{From: from})
		if len(w.Lines) == 0 {
			break
		}
		names := map[string]string{}
		for _, s := range w.Sources {
			names[s.Key] = s.Pod + "/" + s.Container
		}
		for _, line := range w.Lines {
			got[names[line.Source]] = append(got[names[line.Source]], line.Text)
			if line.Time.Before(last) {
				t.Fatalf("line %q of %v comes after one of %v", line.Text, line.Time, last)
			}
			last = line.Time
		}
	}
	same(t, "lines by source", want, got)
}

func TestSilentMemberDelaysNoOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		good, bad := newMember(), newMember()
		bad.hang = func(string) bool { return true }
		p := good.pod("web-a", "app")
		good.write(p, "app", "one")
		l := open(t, Options{Refs: []Ref{bad.web("m1"), good.web("m0")}}, good, bad)
		later(0)
		same(t, "lines at once", []string{"one"}, texts(l.Window(Query{})))
		later(time.Minute)
		w := l.Window(Query{})
		same(t, "sources", []string{"deployments/web/ failed", "web-a/app live"}, states(w))
		same(t, "why", "The cluster didn't answer in time. It is asked again.", w.Sources[0].Why)
		bad.change(func() { bad.hang = nil })
		bad.pod("web-z", "app")
		later(time.Minute)
		same(t, "sources once it answers", []string{"web-a/app live", "web-z/app live"}, sorted(states(l.Window(Query{}))))
	})
}

// A stream that hangs half-open is found out, and nothing is lost meanwhile.
func TestHungStreamIsReadAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMember()
		p := m.pod("web-a", "app")
		m.hang = func(path string) bool { return strings.Contains(path, "follow") }
		l := open(t, Options{Refs: []Ref{webA()}}, m)
		later(time.Second)
		m.write(p, "app", "unheard")
		later(2*quietLimit + time.Minute)
		same(t, "lines", []string{"unheard"}, texts(l.Window(Query{})))
		same(t, "sources", []string{"web-a/app live"}, states(l.Window(Query{})))
		if n := m.count(func(path string) bool { return strings.Contains(path, "/log") }); n > 8 {
			t.Errorf("a silent container took %d requests in five minutes", n)
		}
	})
}

func TestContainerThatStartsLaterAndRestarts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMember()
		p := m.pod("web-a", "app")
		m.change(func() { delete(p.logs, "app") })
		m.setStatus(p, `{"phase":"Pending","containerStatuses":[{"name":"app","state":{"waiting":{"reason":"ContainerCreating"}}}]}`)
		l := open(t, Options{Refs: []Ref{webA()}}, m)
		later(time.Minute)
		w := l.Window(Query{})
		same(t, "sources", []string{"web-a/app waiting"}, states(w))
		if !strings.Contains(w.Sources[0].Why, "ContainerCreating") {
			t.Errorf("why: %q", w.Sources[0].Why)
		}
		m.change(func() { p.logs["app"] = &fakeLog{} })
		m.setStatus(p, running)
		m.write(p, "app", "hello")
		later(time.Second) // the news of its start cuts the back-off short
		same(t, "lines", []string{"hello"}, texts(l.Window(Query{})))

		m.change(func() { p.logs["app"].over = true })
		m.setStatus(p, `{"phase":"Running","containerStatuses":[{"name":"app","restartCount":3,"state":{"waiting":{"reason":"CrashLoopBackOff"}}}]}`)
		later(time.Minute)
		w = l.Window(Query{})
		same(t, "sources", []string{"web-a/app waiting"}, states(w))
		same(t, "why", "It waits to start: CrashLoopBackOff. It was restarted 3 times.", w.Sources[0].Why)
		m.change(func() { p.logs["app"] = &fakeLog{} })
		m.write(p, "app", "hello again")
		m.setStatus(p, running)
		later(time.Second)
		same(t, "lines", []string{"hello", "hello again"}, texts(l.Window(Query{})))
	})
}

func TestContainerThatEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMember()
		p := m.pod("web-a", "app")
		l := open(t, Options{Refs: []Ref{webA()}}, m)
		m.write(p, "app", "working")
		later(time.Second)
		m.change(func() {
			p.logs["app"].open = time.Now().UTC().Format(time.RFC3339Nano) + " no newline at the end"
			p.logs["app"].over = true
		})
		m.setStatus(p, `{"phase":"Succeeded","containerStatuses":[{"name":"app","state":{"terminated":{"exitCode":0}}}]}`)
		later(time.Minute)
		w := l.Window(Query{})
		same(t, "lines", []string{"working", "no newline at the end"}, texts(w))
		same(t, "sources", []string{"web-a/app ended"}, states(w))
		asked := m.count(func(path string) bool { return strings.Contains(path, "/log") })
		later(time.Hour)
		same(t, "requests after the end", asked, m.count(func(path string) bool { return strings.Contains(path, "/log") }))
	})
}

func TestRefusals(t *testing.T) {
	for name, c := range map[string]struct {
		refuse func(path string) error
		want   string
		why    string
	}{
		"logs": {
			func(path string) error {
				if strings.Contains(path, "/log") {
					return refusal(403, `pods "web-a" is forbidden: User "ana" cannot get resource "pods/log"`)
				}
				return nil
			}, "web-a/app failed", "You may not read logs here",
		},
		"pods": {
			func(path string) error {
				if strings.Contains(path, "/pods") {
					return refusal(403, `pods is forbidden: User "ana" cannot list resource "pods"`)
				}
				return nil
			}, "deployments/web/ failed", "You may not read pods here",
		},
		"workload": {func(string) error { return refusal(404, `deployments.apps "web" not found`) }, "deployments/web/ failed", "It is not there"},
		"busy":     {func(string) error { return refusal(429, `too many requests`) }, "deployments/web/ failed", "too busy"},
		"unknown":  {func(string) error { return refusal(401, `Unauthorized`) }, "deployments/web/ failed", "Sign in again"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := newMember()
				p := m.pod("web-a", "app")
				m.write(p, "app", "one")
				m.refuse = c.refuse
				l := open(t, Options{Refs: []Ref{m.web("m0")}}, m)
				later(10 * time.Minute)
				w := l.Window(Query{})
				same(t, "sources", []string{c.want}, states(w))
				if !strings.Contains(w.Sources[0].Why, c.why) {
					t.Errorf("why: %q, want %q in it", w.Sources[0].Why, c.why)
				}
				if n := m.count(func(string) bool { return true }); n > 80 {
					t.Errorf("a refusal brought %d requests in ten minutes", n)
				}
				m.change(func() { m.refuse = nil })
				later(time.Minute)
				w = l.Window(Query{})
				same(t, "sources once it is allowed", []string{"web-a/app live"}, states(w))
				same(t, "lines", []string{"one"}, texts(w))
			})
		})
	}
}

// One who may get a pod, but neither list nor watch any, has its logs.
func TestPodThatMayOnlyBeGot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMember()
		p := m.pod("web-a", "app")
		m.write(p, "app", "one")
		m.refuse = func(path string) error {
			if strings.Contains(path, "/pods?") {
				return refusal(403, "no list")
			}
			return nil
		}
		l := open(t, Options{Refs: []Ref{webA()}}, m)
		later(time.Second)
		same(t, "lines", []string{"one"}, texts(l.Window(Query{})))
		m.remove(p)
		later(time.Minute)
		same(t, "sources", []string{"pods/web-a/ failed", "web-a/app ended"}, states(l.Window(Query{})))
	})
}

func TestPrevious(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMember()
		p := m.pod("web-a", "app", "side")
		m.change(func() { p.logs["app-previous"] = &fakeLog{} })
		m.write(p, "app-previous", "it crashed")
		m.write(p, "app", "now")
		l := open(t, Options{Refs: []Ref{webA()}, Previous: true}, m)
		later(time.Minute)
		w := l.Window(Query{})
		same(t, "lines", []string{"it crashed"}, texts(w))
		same(t, "sources", []string{"web-a/app ended", "web-a/side ended"}, states(w))
	})
}
