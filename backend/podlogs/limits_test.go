package podlogs

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestManyContainersTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMember()
		var pods []*fakePod
		for i := range 6 {
			p := m.pod(fmt.Sprintf("web-%d", i), "app")
			m.write(p, "app", fmt.Sprint(i))
			time.Sleep(time.Millisecond)
			pods = append(pods, p)
		}
		l := open(t, Options{Refs: []Ref{m.web("m0")}, Limits: Limits{Streams: 3, Sources: 5}}, m)
		later(time.Second)
		w := l.Window(Query{})
		count := map[State]int{}
		for _, s := range w.Sources[1:] {
			count[s.State]++
			if s.State == Waiting && s.Why != "It waits for its turn: 3 logs are read at a time." {
				t.Errorf("%s waits because %q", s.Pod, s.Why)
			}
		}
		same(t, "states", map[State]int{Live: 3, Waiting: 2}, count)
		same(t, "the rest", "1 more containers are not shown: there are too many.", w.Sources[0].Why)
		for _, p := range pods {
			if p.name != "web-5" {
				m.remove(p)
			}
		}
		later(time.Minute)
		for _, s := range l.Window(Query{}).Sources[1:] {
			same(t, s.Pod, Ended, s.State)
		}
	})
}

// Containers whose logs hang take few of the turns.
func TestHungLogsTakeNoTurnsOfOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		good, bad := newMember(), newMember()
		bad.hang = func(path string) bool { return strings.Contains(path, "/log") }
		for i := range 50 {
			bad.pod(fmt.Sprintf("hung-%d", i), "app")
		}
		refs := []Ref{bad.web("m1")}
		l := open(t, Options{Refs: append(refs, good.web("m0")), Limits: Limits{Streams: 6}}, good, bad)
		later(time.Second)
		p := good.pod("web-a", "app") // it comes when all the others are waiting
		good.write(p, "app", "one")
		later(time.Second)
		same(t, "lines", []string{"one"}, texts(l.Window(Query{})))
		bad.change(func() { bad.hang = nil })
		bad.write(bad.pods[0], "app", "two")
		later(2 * time.Minute)
		live := 0
		for _, s := range l.Window(Query{}).Sources {
			if s.State == Live {
				live++
			}
		}
		same(t, "live sources once it answers", 6, live)
	})
}

// Pods that are long gone make room for new ones.
func TestOldSourcesRetire(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMember()
		l := open(t, Options{Refs: []Ref{m.web("m0")}, Limits: Limits{Sources: 3}}, m)
		later(time.Second)
		for i := range 6 {
			p := m.pod(fmt.Sprint("web-", i), "app")
			later(time.Second)
			m.write(p, "app", fmt.Sprint("line ", i))
			later(time.Second)
			m.remove(p)
			later(10 * time.Second)
		}
		w := l.Window(Query{})
		same(t, "lines", []string{"line 3", "line 4", "line 5"}, texts(w))
		same(t, "dropped", 3, w.Dropped)
		same(t, "sources", []string{"deployments/web/ waiting", "web-3/app ended", "web-4/app ended", "web-5/app ended"}, states(w))
	})
}

func TestContainerFilter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMember()
		m.pod("web-a", "app", "side")
		l := open(t, Options{Refs: []Ref{m.web("m0")}, Container: "side"}, m)
		later(time.Second)
		same(t, "sources", []string{"web-a/side live"}, states(l.Window(Query{})))
	})
}

func TestCronJob(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMember()
		m.objects["/apis/batch/v1/namespaces/shop/cronjobs/nightly"] = `{"metadata":{"uid":"u1"}}`
		job := `{"metadata":{"name":"nightly-1","ownerReferences":[{"uid":"u1","controller":true}]}},{"metadata":{"name":"other"}}`
		m.objects["/apis/batch/v1/namespaces/shop/jobs"] = `{"items":[` + job + `]}`
		m.objects["/apis/batch/v1/namespaces/shop/jobs/nightly-1"] = `{"spec":{"selector":{"matchLabels":{"app":"web"}}}}`
		p := m.pod("nightly-1-x", "app")
		m.write(p, "app", "backing up")
		ref := Ref{Member: "m0", Group: "batch", Version: "v1", Resource: "cronjobs", Namespace: "shop", Name: "nightly"}
		l := open(t, Options{Refs: []Ref{ref}}, m)
		later(10 * time.Second)
		same(t, "lines", []string{"backing up"}, texts(l.Window(Query{})))
	})
}

func TestSelectors(t *testing.T) {
	for name, c := range map[string]struct{ raw, want string }{
		"labels":              {`{"matchLabels":{"a":"b","c":"d"}}`, "a=b,c=d"},
		"expressions":         {`{"matchExpressions":[{"key":"a","operator":"In","values":["x","y"]}]}`, "a in (x,y)"},
		"plain":               {`{"a":"b"}`, "a=b"},
		"everything":          {`{}`, ""},
		"none":                {`null`, ""},
		"something else":      {`"a=b"`, ""},
		"a wrong operator":    {`{"matchExpressions":[{"key":"a","operator":"Is"}]}`, ""},
		"hostile plain label": {`{"a":"b,c!=d"}`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := selectorOf([]byte(c.raw))
			if got != c.want || (err == nil) != (c.want != "") {
				t.Errorf("got %q, %v; want %q", got, err, c.want)
			}
		})
	}
}

func TestExport(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMember()
		p := m.pod("web-a", "app")
		m.write(p, "app", "ERROR one", "two", strings.Repeat("x", maxLine)+"yz")
		l := open(t, Options{Refs: []Ref{webA()}, Name: func(string) string { return "prod\neu" }}, m)
		later(time.Second)
		var out strings.Builder
		if err := l.Export(&out, Query{}); err != nil {
			t.Fatal(err)
		}
		at := time.Now().Add(-time.Second).UTC().Format(exportTime) + " prod eu/web-a/app "
		same(t, "the export", at+"ERROR one\n"+at+"two\n"+at+strings.Repeat("x", maxLine)+" … (2 more bytes)\n", out.String())
		out.Reset()
		if err := l.Export(&out, Query{Levels: []Level{Error}, Limit: 1, From: 5}); err != nil {
			t.Fatal(err)
		}
		same(t, "the errors", at+"ERROR one\n", out.String())
	})
}

func TestWindowFromTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMember()
		p := m.pod("web-a", "app")
		for i := range 10 {
			m.write(p, "app", fmt.Sprint("line ", i))
		}
		rung := make(chan struct{}, 1000)
		l := open(t, Options{Refs: []Ref{webA()}, Changed: func() { rung <- struct{}{} }}, m)
		later(time.Second)
		w := l.Window(Query{From: -1, Limit: 3})
		same(t, "the last", []string{"line 7", "line 8", "line 9"}, texts(w))
		same(t, "from", 7, w.From)
		same(t, "without -Around", -1, w.At)
		seventh := w.Lines[0].No
		w = l.Window(Query{Around: seventh, Limit: 5})
		same(t, "around", []string{"line 5", "line 6", "line 7", "line 8", "line 9"}, texts(w))
		same(t, "at", 7, w.At)
		w = l.Window(Query{Around: seventh, Search: "line 9"})
		same(t, "around one that doesn't match", []int{0, 0, 1}, []int{w.At, w.From, w.Matched})
		same(t, "around one that never was", -1, l.Window(Query{Around: 99}).At)
		same(t, "after", []string{"line 8", "line 9"}, texts(l.Window(Query{After: seventh})))
		same(t, "beyond the end", 10, l.Window(Query{From: 99}).From)
		for len(rung) > 0 {
			<-rung
		}
		m.write(p, "app", "line 10")
		later(0)
		if len(rung) != 1 {
			t.Errorf("one line rang %d times", len(rung))
		}
		if next := l.Window(Query{}); next.Seq <= w.Seq {
			t.Errorf("the sequence went from %d to %d", w.Seq, next.Seq)
		}
	})
}

// A clock that is set back or far ahead moves no line before or after its neighbours of the same source for good.
func TestOddClocks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMember()
		a, b := m.pod("web-a", "app"), m.pod("web-b", "app")
		at := func(d time.Duration) string { return time.Now().Add(d).UTC().Format(time.RFC3339Nano) }
		m.change(func() {
			a.logs["app"].lines = []string{at(0) + " a1", at(-time.Hour) + " a2", at(100*365*24*time.Hour) + " a3", "0000-01-01T00:00:00Z a4", "no time a5"}
		})
		later(time.Second)
		m.write(b, "app", "b1")
		l := open(t, Options{Refs: []Ref{m.web("m0")}}, m)
		later(time.Second)
		same(t, "lines", []string{"a1", "a2", "a3", "a4", "no time a5", "b1"}, texts(l.Window(Query{})))
	})
}
