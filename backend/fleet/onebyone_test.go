package fleet

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// What Kubernetes 1.25 answers, shortened.
const (
	oldCore = `{"kind":"APIVersions","versions":["v1"],"serverAddressByClientCIDRs":[{"clientCIDR":"0.0.0.0/0","serverAddress":"10.0.0.1:6443"}]}`
	oldPods = `{"kind":"APIResourceList","groupVersion":"v1","resources":[
		{"name":"bindings","singularName":"","namespaced":true,"kind":"Binding","verbs":["create"]},
		{"name":"pods","singularName":"","namespaced":true,"kind":"Pod","verbs":["create","get","list","watch"],"shortNames":["po"],"categories":["all"],"storageVersionHash":"xPOwRZ+Yhw8="},
		{"name":"pods/eviction","singularName":"","namespaced":true,"group":"policy","version":"v1","kind":"Eviction","verbs":["create"]},
		{"name":"pods/log","singularName":"","namespaced":true,"kind":"Pod","verbs":["get"]}]}`
	oldScalers = `{"kind":"APIResourceList","apiVersion":"v1","groupVersion":"autoscaling/%s","resources":[
		{"name":"horizontalpodautoscalers","singularName":"","namespaced":true,"kind":"HorizontalPodAutoscaler","verbs":["get","list"],"shortNames":["hpa"],"categories":["all"]},
		{"name":"horizontalpodautoscalers/status","singularName":"","namespaced":true,"kind":"HorizontalPodAutoscaler","verbs":["get"]}]}`
	oldThings = `{"kind":"APIResourceList","apiVersion":"v1","groupVersion":"x","resources":[{"name":"%s","singularName":"","namespaced":false,"kind":"Thing","verbs":["get","list"]}]}`
)

// text answers JSON, whatever is accepted.
func text(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, body)
	}
}

// oldGroups is /apis of a server before 1.26. The version that is marked with a star is preferred, else the first.
func oldGroups(groups ...string) http.HandlerFunc {
	var list []string
	for _, g := range groups {
		name, versions, _ := strings.Cut(g, "/")
		var all []string
		preferred, _, _ := strings.Cut(versions, ",")
		for version := range strings.SplitSeq(versions, ",") {
			if v, star := strings.CutSuffix(version, "*"); star {
				version, preferred = v, v
			}
			all = append(all, fmt.Sprintf(`{"groupVersion":"%s/%s","version":%q}`, name, version, version))
		}
		list = append(list, fmt.Sprintf(`{"name":%q,"versions":[%s],"preferredVersion":{"groupVersion":"%s/%s","version":%q}}`, name, strings.Join(all, ","), name, preferred, preferred))
	}
	return text(`{"kind":"APIGroupList","apiVersion":"v1","groups":[` + strings.Join(list, ",") + `]}`)
}

// old makes a cluster one before 1.26, with horizontalpodautoscalers in three versions.
func old(f *fake) *fake {
	f.set(func(f *fake) { f.version = "v1.25.16" })
	f.answer("GET /api", text(oldCore))
	f.answer("GET /api/v1", text(oldPods))
	f.answer("GET /apis", oldGroups("autoscaling/v1,v2*,v2beta2", "authorization.k8s.io/v1"))
	for _, version := range []string{"v1", "v2", "v2beta2"} {
		f.answer("GET /apis/autoscaling/"+version, text(fmt.Sprintf(oldScalers, version)))
	}
	f.answer("GET /apis/authorization.k8s.io/v1", text(`{"kind":"APIResourceList","groupVersion":"authorization.k8s.io/v1","resources":[]}`))
	return f
}

// things adds the group new.io with one cluster-wide kind beside the usual ones.
func things(f *fake, resource string) {
	f.answer("GET /apis", oldGroups("autoscaling/v1,v2*,v2beta2", "authorization.k8s.io/v1", "new.io/v1"))
	f.answer("GET /apis/new.io/v1", text(fmt.Sprintf(oldThings, resource)))
}

const oldKinds = "bindings/v1 pods/v1 horizontalpodautoscalers.autoscaling/v2"

// listed counts requests for the kinds of one group version.
func (f *fake) listed() int {
	n := 0
	for _, r := range f.seen() {
		if r == "GET /api/v1" || strings.HasPrefix(r, "GET /apis/") && strings.Count(r, "/") == 3 {
			n++
		}
	}
	return n
}

func (w *world) rings(id string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.rung[id]
}

// A server before 1.26 tells its kinds with the first sign of life: a connect has no requests for that. Then only the list of its
// groups is looked at, until the facts are asked for anew.
func TestOldServersTellTheirKinds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, m := w.cluster("a")
		old(f)
		w.Set([]Member{m})
		w.wants("a", StateReady)
		w.kinds("a", "", false)
		if n := len(f.seen()); n > coldRequests {
			t.Errorf("%d requests to connect: %v", n, f.seen())
		}
		time.Sleep(3 * time.Second)
		w.kinds("a", oldKinds, true)
		want := []Kind{
			{Version: "v1", Resource: "bindings", Kind: "Binding", Namespaced: true, Verbs: []string{"create"}, Versions: []string{"v1"}},
			{
				Version: "v1", Resource: "pods", Kind: "Pod", Namespaced: true, Verbs: []string{"create", "get", "list", "watch"}, ShortNames: []string{"po"},
				Categories: []string{"all"}, Versions: []string{"v1"}, Subresources: []string{"eviction", "log"},
			},
			{
				Group: "autoscaling", Version: "v2", Resource: "horizontalpodautoscalers", Kind: "HorizontalPodAutoscaler", Namespaced: true, Verbs: []string{"get", "list"},
				ShortNames: []string{"hpa"}, Categories: []string{"all"}, Versions: []string{"v2", "v1", "v2beta2"}, Subresources: []string{"status"},
			},
		}
		kinds, _ := w.Kinds("a")
		if diff := cmp.Diff(want, kinds, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}

		if n := f.listed(); n != 5 {
			t.Errorf("%d lists for 5 group versions", n)
		}
		f.forget()
		time.Sleep(10 * time.Minute)
		if again, _ := w.Kinds("a"); f.listed() != 0 || !sameList(kinds, again) {
			t.Errorf("%d lists in 10 minutes; the same list: %v", f.listed(), sameList(kinds, again))
		}
		time.Sleep(6 * time.Minute)
		if n := f.listed(); n != 5 {
			t.Errorf("%d lists when the facts are asked for anew", n)
		}
	})
}

// A new group is noticed like at a new server, a new kind in a known group when someone asks or with the facts.
func TestOldServersTellWhatIsNew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, m := w.cluster("a")
		old(f)
		w.Set([]Member{m})
		time.Sleep(5 * time.Second)
		w.kinds("a", oldKinds, true)
		f.forget()
		things(f, "news")
		time.Sleep(80 * time.Second)
		w.kinds("a", oldKinds+" news.new.io/v1", true)
		if n := f.listed(); n != 1 {
			t.Errorf("%d lists for one new group", n)
		}
		things(f, "others")
		synctest.Wait()
		rung := w.rings("a")
		w.Rediscover("a")
		w.kinds("a", oldKinds+" others.new.io/v1", true)
		if n := w.rings("a"); n != rung+1 {
			t.Errorf("rang %d times", n-rung)
		}
		things(f, "thirds")
		time.Sleep(16 * time.Minute)
		w.kinds("a", oldKinds+" thirds.new.io/v1", true)
		f.answer("GET /apis", oldGroups("autoscaling/v1"))
		time.Sleep(80 * time.Second)
		w.kinds("a", strings.Replace(oldKinds, "/v2", "/v1", 1), true)
	})
}

// One group version that can't be told hides no other, and what it told before stays. It is asked again with the next look.
func TestOldServersWithABrokenGroup(t *testing.T) {
	for name, c := range map[string]struct {
		fault http.HandlerFunc
		gone  bool // what it told before is no longer so
	}{
		"down":      {refuse(http.StatusServiceUnavailable, "the server is currently unable to handle the request"), false},
		"failing":   {refuse(http.StatusInternalServerError, "error trying to reach service"), false},
		"throttled": {refuse(http.StatusTooManyRequests, "slow down"), false},
		"hanging":   {func(_ http.ResponseWriter, r *http.Request) { linger(r, time.Hour) }, false},
		"a page":    {text("<html>"), false},
		"endless":   {func(w http.ResponseWriter, r *http.Request) { flood(w, r, `{"resources":[`) }, false},
		"forbidden": {refuse(http.StatusForbidden, "you may not"), true},
		"not found": {refuse(http.StatusNotFound, "the server could not find the requested resource"), true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				f, m := w.cluster("a")
				things(old(f), "news")
				honest := text(fmt.Sprintf(oldThings, "news"))
				f.answer("GET /apis/new.io/v1", c.fault)
				w.Set([]Member{m})
				time.Sleep(25 * time.Second)
				w.kinds("a", oldKinds, true)
				w.wants("a", StateReady)

				f.answer("GET /apis/new.io/v1", honest)
				if c.gone { // an answer is an answer
					w.Rediscover("a")
				}
				time.Sleep(80 * time.Second)
				w.kinds("a", oldKinds+" news.new.io/v1", true)

				f.answer("GET /apis/new.io/v1", c.fault)
				w.Rediscover("a")
				time.Sleep(15 * time.Second)
				want := oldKinds + " news.new.io/v1"
				if c.gone {
					want = oldKinds
				}
				w.kinds("a", want, true)
				w.wants("a", StateReady)
			})
		})
	}
}

// flood answers without an end.
func flood(w http.ResponseWriter, r *http.Request, begin string) {
	_, _ = io.WriteString(w, begin)
	for r.Context().Err() == nil {
		if _, err := io.WriteString(w, strings.Repeat(" ", 1<<16)); err != nil {
			return
		}
	}
}

// More group versions hang than are asked side by side: those that answer are told all the same, and the cluster isn't lost.
func TestOldServersWithManyBrokenGroups(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, m := w.cluster("a")
		groups := []string{"autoscaling/v1,v2*,v2beta2", "authorization.k8s.io/v1"}
		old(f)
		for i := range 30 {
			group := fmt.Sprintf("a%02d.io", i)
			groups = append(groups, group+"/v1")
			f.answer("GET /apis/"+group+"/v1", func(_ http.ResponseWriter, r *http.Request) { linger(r, time.Hour) })
		}
		f.answer("GET /apis", oldGroups(append(groups, "zz.io/v1")...))
		f.answer("GET /apis/zz.io/v1", text(fmt.Sprintf(oldThings, "lasts")))
		w.Set([]Member{m})
		time.Sleep(7 * time.Minute)
		w.kinds("a", oldKinds+" lasts.zz.io/v1", true)
		w.wants("a", StateReady)
	})
}

// Which form a server answers is decided for each of the two addresses, and may change with a proxy in between.
func TestFormsOfDiscovery(t *testing.T) {
	const newKinds, groups = "nodes/v1 pods/v1 secrets/v1", " horizontalpodautoscalers.autoscaling/v2"
	unaccepted := func(plain http.HandlerFunc) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Accept") != "application/json" {
				refuse(http.StatusNotAcceptable, "only the following media types are accepted: application/json")(w, r)
				return
			}
			plain(w, r)
		}
	}
	for name, c := range map[string]struct {
		change func(*fake)
		want   string
	}{
		"the core aggregated": {func(f *fake) { f.answer("GET /api", nil) }, newKinds + groups},
		"the groups":          {func(f *fake) { f.set(serve("apps", "v1", "Deployment")); f.answer("GET /apis", nil) }, "bindings/v1 pods/v1 deployments.apps/v1"},
		"406": {func(f *fake) {
			f.answer("GET /apis", unaccepted(f.answers["GET /apis"]))
			f.answer("GET /api", unaccepted(f.answers["GET /api"]))
		}, oldKinds},
		"no core":               {func(f *fake) { f.answer("GET /api", refuse(http.StatusNotFound, "no")) }, groups[1:]},
		"no groups":             {func(f *fake) { f.answer("GET /apis", oldGroups()) }, "bindings/v1 pods/v1"},
		"a core hidden from us": {func(f *fake) { f.answer("GET /api/v1", refuse(http.StatusForbidden, "no")) }, groups[1:]},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				f, m := w.cluster("a")
				c.change(old(f))
				w.Set([]Member{m})
				time.Sleep(5 * time.Second)
				w.kinds("a", c.want, true)
			})
		})
	}
}

// A proxy that takes aggregated discovery away, or gives it back, changes nothing of what is known.
func TestFormOfDiscoveryChanges(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, m := w.cluster("a")
		f.set(serve("apps", "v1", "Deployment"))
		f.set(func(f *fake) { f.groups = []string{"authorization.k8s.io/v1", "apps/v1"} })
		w.Set([]Member{m})
		const want = coreKinds + " deployments.apps/v1"
		w.wants("a", StateReady)
		w.kinds("a", want, true)
		aggregated := f.answers["GET /apis"]
		f.answer("GET /apis", oldGroups("apps/v1", "authorization.k8s.io/v1"))
		f.answer("GET /apis/apps/v1", refuse(http.StatusServiceUnavailable, "soon"))
		time.Sleep(80 * time.Second)
		w.kinds("a", want, true)
		w.Rediscover("a")
		w.kinds("a", want, true)
		f.answer("GET /apis", aggregated)
		time.Sleep(80 * time.Second)
		w.kinds("a", want, true)
	})
}

// What an old server told is kept between runs, but nothing while half of it is told.
func TestOldKindsAreKeptBetweenRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, m := w.cluster("a")
		old(f)
		w.Set([]Member{m})
		w.wants("a", StateReady)
		w = w.restart() // before the first sign of life
		w.Set([]Member{m})
		time.Sleep(30 * time.Second)
		w.kinds("a", oldKinds, true)
		m.Known = w.wants("a", StateReady).Facts

		f.become(silent)
		w = w.restart()
		w.Set([]Member{m})
		w.until("a", StateUnreachable, 6*time.Second)
		w.kinds("a", oldKinds, true)
		f.become(up)
		things(f, "news")
		w.until("a", StateReady, time.Minute)
		time.Sleep(time.Minute)
		w.kinds("a", oldKinds+" news.new.io/v1", true)

		saved := maps.Clone(w.cache.held)
		w.cache.spoil("x")
		time.Sleep(10 * time.Minute)
		if w.cache.held[slices.Collect(maps.Keys(saved))[0]][0] != 'x' {
			t.Error("what was saved already is written again and again")
		}
	})
}
