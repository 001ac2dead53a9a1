package podlogs

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// TestMembersComeAndGo adds a member to an open log and takes it away: the lines of the others stay, with their numbers.
func TestMembersComeAndGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m0, m1 := newMember(), newMember()
		a, b := m0.pod("web-a", "app"), m1.pod("web-b", "app")
		m0.write(a, "app", "one")
		time.Sleep(time.Millisecond)
		m1.write(b, "app", "two")
		time.Sleep(time.Millisecond)
		m0.write(a, "app", "three")
		l := open(t, Options{Refs: []Ref{m0.web("m0")}}, m0, m1)
		later(time.Second)
		first := l.Window(Query{}).Lines[0].No

		l.Join(m1.web("m1"), m0.web("m0"))
		later(time.Second)
		w := l.Window(Query{})
		same(t, "lines of both", []string{"one", "two", "three"}, texts(w))
		same(t, "sources of both", []string{"web-a/app live", "web-b/app live"}, sorted(states(w)))

		l.Leave("m1")
		l.Leave("nobody")
		m1.write(b, "app", "unheard")
		later(time.Second)
		w = l.Window(Query{})
		same(t, "lines of one", []string{"one", "three"}, texts(w))
		same(t, "sources of one", []string{"web-a/app live"}, states(w))
		if w.Total != 2 || w.Dropped != 0 || w.Lines[0].No != first {
			t.Errorf("%d lines, %d dropped, the first is %d and was %d", w.Total, w.Dropped, w.Lines[0].No, first)
		}

		l.Join(m1.web("m1"))
		later(time.Second)
		m1.write(b, "app", "heard")
		later(time.Second)
		same(t, "lines of both again", []string{"one", "two", "three", "unheard", "heard"}, texts(l.Window(Query{})))
		l.Close()
		l.Join(m1.web("m2")) // of no effect any more
		same(t, "sources of a closed log", 2, len(l.Window(Query{}).Sources))
	})
}

// TestEachMemberSaysWhy shows beside the lines of one member why those of others are not there: it hangs, or it may not be read.
func TestEachMemberSaysWhy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		good, dead, closed := newMember(), newMember(), newMember()
		a := good.pod("web-a", "app")
		good.write(a, "app", "fine")
		dead.hang = func(string) bool { return true }
		closed.pod("web-c", "app")
		closed.refuse = func(path string) error {
			if !strings.Contains(path, "/log?") {
				return nil
			}
			return &apierrors.StatusError{ErrStatus: metav1.Status{Code: http.StatusForbidden, Message: "ana may not get pods/log"}}
		}
		l := open(t, Options{Refs: []Ref{good.web("m0"), dead.web("m1"), closed.web("m2")}}, good, dead, closed)
		later(answerLimit + time.Second)
		w := l.Window(Query{})
		same(t, "lines", []string{"fine"}, texts(w))
		whys := map[string]string{}
		for _, s := range w.Sources {
			whys[s.Member] = string(s.State) + ": " + s.Why
		}
		same(t, "why", map[string]string{
			"m0": "live: ", "m1": "failed: The cluster didn't answer in time. It is asked again.",
			"m2": "failed: You may not read logs here. ana may not get pods/log",
		}, whys)
		l.Leave("m1")
		same(t, "without the dead one", 2, len(l.Window(Query{}).Sources))
	})
}
