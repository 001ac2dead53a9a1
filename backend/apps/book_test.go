package apps

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// fake is a member in memory, for what takes minutes with a real one.
type fake struct {
	mu      sync.Mutex
	answers map[string]string // by path without a query; others are empty lists
	asked   []string
	silent  bool
	refuse  func(path string) bool // nil: nothing
	most    int                    // requests at a time
	now     int
}

func (f *fake) Stream(ctx context.Context, path, _ string) (io.ReadCloser, error) {
	f.mu.Lock()
	f.asked = append(f.asked, path)
	f.now++
	f.most = max(f.most, f.now)
	silent := f.silent
	f.mu.Unlock()
	if silent {
		<-ctx.Done()
	} else {
		time.Sleep(time.Millisecond)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.now--
	if silent {
		return nil, ctx.Err()
	}
	path, _, _ = strings.Cut(path, "?")
	if f.refuse != nil && f.refuse(path) {
		return nil, apierrors.NewForbidden(schema.GroupResource{Resource: "things"}, "", nil)
	}
	body, ok := f.answers[path]
	if !ok {
		body = `{"items":[]}`
	}
	return io.NopCloser(strings.NewReader(body)), nil
}

func (f *fake) requests(part string) (n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, path := range f.asked {
		if strings.Contains(path, part) {
			n++
		}
	}
	return n
}

func (f *fake) change(do func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	do()
}

// holding is a member with one release at that version of its record.
func holding(h helm, version string) *fake {
	name := fmt.Sprintf("sh.helm.release.v1.%s.v%d", h.name, h.revision)
	list := fmt.Sprintf(`{"items":[{"metadata":{"namespace":%q,"name":%q,"uid":"u","resourceVersion":%q,"labels":{"owner":"helm","name":%q,"version":"%d","status":%q}}}]}`,
		h.namespace, name, version, h.name, h.revision, h.status)
	return &fake{answers: map[string]string{
		"/api/v1/secrets": list,
		"/api/v1/namespaces/" + h.namespace + "/secrets/" + name: fmt.Sprintf(`{"data":{"release":%q}}`, twice(h.packed())),
	}}
}

// A Book reads nothing until it is asked, then every minute while it is, and not for long after; what didn't change isn't got again.
func TestPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f := holding(helm{namespace: "n", name: "shop", chart: "shop", version: "1", status: "deployed", revision: 1}, "7")
		w.add(Member{ID: "a", Connected: true}, f)
		w.Nudge()
		time.Sleep(time.Hour)
		synctest.Wait()
		if n := f.requests(""); n != 0 {
			t.Fatalf("%d requests before anybody asked", n)
		}
		if now := w.Apps(); !now.Reading || !now.Read.IsZero() {
			t.Errorf("the first answer: %+v", now)
		}
		time.Sleep(time.Second)
		synctest.Wait()
		if now := w.Apps(); now.Reading || len(now.Apps) != 1 || now.Apps[0].Instances[0].Version != "1" {
			t.Errorf("after a second: %+v", now)
		}
		f.change(func() {
			if f.most > memberRequests {
				t.Errorf("%d requests at a time", f.most)
			}
		})
		const lists, record = "/api/v1/secrets?", "/secrets/sh.helm"
		for range 5 { // a page that pulls whenever the bell rings
			time.Sleep(pace)
			w.Apps()
		}
		synctest.Wait()
		if n := f.requests(lists); n != 6 {
			t.Errorf("%d readings in five minutes, want 6", n)
		}
		if n := f.requests(record); n != 1 {
			t.Errorf("a record that didn't change was read %d times", n)
		}
		before := f.requests(lists)
		time.Sleep(time.Hour)
		synctest.Wait()
		if n := f.requests(lists) - before; n > 2 {
			t.Errorf("%d readings while nobody looks", n)
		}
		changed := holding(helm{namespace: "n", name: "shop", chart: "shop", version: "2", status: "deployed", revision: 1}, "8")
		f.change(func() { f.answers = changed.answers })
		w.Refresh()
		time.Sleep(time.Second)
		synctest.Wait()
		if now := w.Apps(); now.Apps[0].Instances[0].Version != "2" {
			t.Errorf("after a refresh: %+v", now.Apps)
		}
		w.Reset()
		w.mu.Lock()
		w.members = nil
		w.mu.Unlock()
		if now := w.Apps(); len(now.Apps)+len(now.Members) != 0 {
			t.Errorf("after a reset: %+v", now)
		}
	})
}

// A member that never answers delays no other, ends in words, and keeps what it told when it still did; one that refuses doesn't.
func TestSilence(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		good, dead := holding(helm{namespace: "n", name: "x", chart: "x", status: "deployed"}, "1"), &fake{silent: true}
		w.add(Member{ID: "dead", Connected: true}, dead)
		w.add(Member{ID: "good", Connected: true}, good)
		w.add(Member{ID: "off"}, &fake{})
		start := time.Now()
		w.read("good")
		if took := time.Since(start); took > 100*time.Millisecond {
			t.Errorf("the good member took %v", took)
		}
		now := w.read("dead")
		if took := time.Since(start); took > memberLimit+time.Second {
			t.Errorf("the dead member took %v", took)
		}
		if r := reportOfMember(now, "dead"); r.State != Failed || !slices.Equal(r.Missing, []string{"The cluster didn't answer in time."}) {
			t.Errorf("dead: %+v", r)
		}
		if r := reportOfMember(now, "off"); r.State != Waiting {
			t.Errorf("off: %+v", r)
		}
		good.change(func() { good.silent = true })
		w.Refresh()
		time.Sleep(memberLimit + time.Second)
		now = w.Apps()
		if r := reportOfMember(now, "good"); r.State != Failed || len(r.Missing) != 2 || len(now.Apps) != 1 {
			t.Errorf("it fell silent: %+v with %d applications", r, len(now.Apps))
		}
		good.change(func() { good.silent, good.refuse = false, func(string) bool { return true } })
		w.Refresh()
		time.Sleep(time.Second)
		now = w.Apps()
		if r := reportOfMember(now, "good"); r.State != Failed || len(now.Apps) != 0 {
			t.Errorf("it refuses: %+v with %d applications", r, len(now.Apps))
		}
		good.change(func() { good.refuse = nil })
		w.mu.Lock()
		w.members[1].Connected = false
		w.mu.Unlock()
		w.Nudge()
		synctest.Wait()
		if r := reportOfMember(w.Apps(), "good"); r.State != Waiting {
			t.Errorf("it was cut off: %+v", r)
		}
		w.mu.Lock()
		w.members[1].Connected = true
		w.mu.Unlock()
		w.Nudge()
		time.Sleep(time.Second)
		if now = w.Apps(); reportOfMember(now, "good").State != Read || len(now.Apps) != 1 {
			t.Errorf("it came back: %+v", now)
		}
	})
}

// A person with many namespaces and no rights doesn't make Binnacle flood the server, nor does a list that never ends.
func TestNoFlood(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		limited := &fake{refuse: func(string) bool { return true }}
		m := Member{ID: "limited", Connected: true, Namespaces: []string{"../../x", "a?b"}}
		for i := range 500 {
			m.Namespaces = append(m.Namespaces, fmt.Sprintf("ns-%d", i))
		}
		endless := &fake{answers: map[string]string{"/api/v1/secrets": `{"metadata":{"continue":"more"},"items":[]}`}}
		w.add(m, limited)
		w.add(Member{ID: "endless", Connected: true}, endless)
		now := w.read("limited", "endless")
		if n := limited.requests(""); n > 6*(maxNamespaces+1) {
			t.Errorf("%d requests of somebody who may do nothing", n)
		}
		var asked []string
		limited.change(func() { asked = slices.Clone(limited.asked) })
		for _, path := range asked {
			if u, err := url.Parse(path); err != nil || strings.Contains(path, "..") || strings.Count(path, "?") != 1 || !strings.HasPrefix(u.Path, "/api") {
				t.Errorf("asked for %s", path)
			}
		}
		if n := endless.requests("/api/v1/secrets"); n != maxPages {
			t.Errorf("%d pages of a list without end", n)
		}
		if r := reportOfMember(now, "endless"); r.State != Read || len(r.Missing) != 1 {
			t.Errorf("endless: %+v", r)
		}
	})
}
