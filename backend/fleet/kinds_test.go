package fleet

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// resources are what Kinds tells, as "resource.group/version".
func resources(kinds []Kind) string {
	var all []string
	for _, k := range kinds {
		all = append(all, strings.TrimSuffix(k.Resource+"."+k.Group, ".")+"/"+k.Version)
	}
	return strings.Join(all, " ")
}

func (w *world) kinds(id, want string, known bool) {
	w.t.Helper()
	synctest.Wait()
	if kinds, k := w.Kinds(id); resources(kinds) != want || k != known {
		w.t.Errorf("kinds of %s: %s, known %v; want %s, %v", id, resources(kinds), k, want, known)
	}
}

const coreKinds = "nodes/v1 pods/v1 secrets/v1"

func serve(group, version string, kinds ...string) func(*fake) {
	return func(f *fake) {
		gv := group + "/" + version
		f.groups = append(slices.DeleteFunc(slices.Clone(f.groups), func(g string) bool { return g == gv }), gv)
		f.kinds[group] = kinds
	}
}

func TestKindsAreKnownWhenReady(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, m := w.cluster("a")
		f.set(serve("apps", "v1", "Deployment", "ReplicaSet"))
		w.kinds("a", "", false)
		w.Set([]Member{m})
		w.wants("a", StateReady)
		w.kinds("a", coreKinds+" deployments.apps/v1 replicasets.apps/v1", true)
		kinds, _ := w.Kinds("a")
		want := Kind{Version: "v1", Resource: "pods", Kind: "Pod", Namespaced: true, Verbs: []string{"get", "list", "watch"}, Versions: []string{"v1"}}
		if diff := cmp.Diff(want, kinds[1], cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		w.kinds("b", "", false)
	})
}

// CRDs come and go: within Timing.Discovery the change is there and rings; what is as before costs a 304 and rings nobody.
func TestNewKindsAreNoticed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, m := w.cluster("a")
		w.Set([]Member{m})
		w.wants("a", StateReady)
		f.set(serve("new.io", "v1", "Thing"))
		time.Sleep(80 * time.Second)
		w.kinds("a", coreKinds+" things.new.io/v1", true)
		f.set(func(f *fake) { f.groups = strings.Fields(baseGroups) })
		time.Sleep(80 * time.Second)
		w.kinds("a", coreKinds, true)

		before, _ := w.Kinds("a")
		f.forget()
		time.Sleep(10 * time.Minute)
		after, _ := w.Kinds("a")
		asked := 0
		for _, r := range f.seen() {
			if r == "GET /apis" {
				asked++
			}
		}
		if asked < 8 || asked > 14 || !sameList(before, after) {
			t.Errorf("asked %d times in 10 minutes; the same list: %v", asked, sameList(before, after))
		}
	})
}

func TestRediscover(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, m := w.cluster("a")
		w.Set([]Member{m})
		w.wants("a", StateReady)
		f.set(serve("new.io", "v1", "Thing"))
		rung := w.rung["a"]
		f.forget()
		w.Rediscover("a")
		w.kinds("a", coreKinds+" things.new.io/v1", true)
		if w.rung["a"] != rung+1 || strings.Join(f.seen(), ",") != "GET /apis" {
			t.Errorf("rang %d times after %v", w.rung["a"]-rung, f.seen())
		}
		w.Rediscover("a")
		w.Rediscover("nobody")
		w.kinds("a", coreKinds+" things.new.io/v1", true)
		if w.rung["a"] != rung+1 {
			t.Error("it rang though nothing changed")
		}
		f.become(silent)
		w.Rediscover("a")
		time.Sleep(9 * time.Second)
		w.Retry("a") // isn't held up by it
		f.become(up)
		time.Sleep(2 * time.Second)
		w.wants("a", StateReady)
		w.kinds("a", coreKinds+" things.new.io/v1", true)
	})
}

// An aggregated API whose server is down keeps what it had, whether the API server still lists that or not.
func TestStaleGroupsKeepTheirKinds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, m := w.cluster("a")
		f.set(serve("metrics.k8s.io", "v1beta1", "PodMetric"))
		w.Set([]Member{m})
		w.wants("a", StateReady)
		const want = coreKinds + " podmetrics.metrics.k8s.io/v1beta1"
		w.kinds("a", want, true)
		f.set(func(f *fake) { f.stale = []string{"metrics.k8s.io/v1beta1"} })
		w.Rediscover("a")
		w.kinds("a", want, true)

		w = w.restart()
		w.Set([]Member{m})
		w.wants("a", StateReady)
		w.kinds("a", want, true)
		f.set(func(f *fake) { f.groups = strings.Fields(baseGroups) }) // its APIService is gone
		w.Rediscover("a")
		w.kinds("a", coreKinds, true)
	})
}

// What is kept saves asking in the next run; what an older program kept, or nobody could have kept, is asked anew.
func TestKindsAreKeptBetweenRuns(t *testing.T) {
	for name, c := range map[string]struct {
		file string // "": as it was saved
		warm bool
	}{
		"as saved":          {"", true},
		"of an older kind":  {`{"schema":1,"etag":"\"x\"","groups":{"apps":["v1"]},"resources":["apps/deployments"]}`, false},
		"no JSON":           {`{`, false},
		"kinds of no shape": {`{"schema":2,"etag":"\"x\"","groups":{"apps":["v1"]},"kinds":[{"group":"../x","version":"v1","resource":"y","kind":"Z","versions":["v1"]}],"core":[{}]}`, true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				f, m := w.cluster("a")
				f.set(serve("apps", "v1", "Deployment"))
				w.Set([]Member{m})
				m.Known = w.wants("a", StateReady).Facts
				if c.file != "" {
					w.cache.spoil(c.file)
				}
				f.become(silent)
				w = w.restart()
				w.Set([]Member{m})
				w.until("a", StateUnreachable, 6*time.Second)
				want := coreKinds + " deployments.apps/v1"
				if c.file == "" {
					w.kinds("a", want, true) // though it can't be reached
				} else {
					w.kinds("a", "", c.warm)
				}
				f.become(up)
				w.until("a", StateReady, time.Minute)
				time.Sleep(time.Minute)
				w.kinds("a", want, true)
			})
		})
	}
}

func TestKindPath(t *testing.T) {
	pods, crs := Kind{Version: "v1", Resource: "pods", Namespaced: true}, Kind{Group: "rbac.authorization.k8s.io", Version: "v1", Resource: "clusterroles"}
	for want, got := range map[string]string{
		"/api/v1/pods":              pods.Path(""),
		"/api/v1/namespaces/x/pods": pods.Path("x"),
		"/apis/rbac.authorization.k8s.io/v1/clusterroles":  crs.Path(""),
		"/apis/rbac.authorization.k8s.io/v1/clusterroles/": crs.Path("x") + "/", // it is in none
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// Versions are told in the order that the cluster prefers; the first that has the resource is the one to use.
func TestVersionsOfAKind(t *testing.T) {
	var list discoveryList
	const text = `{"items":[{"metadata":{"name":"g.io"},"versions":[
		{"version":"v1","resources":[{"resource":"as","responseKind":{"kind":"A"},"scope":"Cluster","verbs":["list"],"shortNames":["x"],
			"categories":["all"],"subresources":[{"subresource":"status"},{"subresource":"scale"}]}]},
		{"version":"v1beta1","resources":[{"resource":"bs","responseKind":{"kind":"B"},"scope":"Namespaced"},{"resource":"as","responseKind":{"kind":"OldA"}}]}]}]}`
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		t.Fatal(err)
	}
	want := []Kind{
		{Group: "g.io", Version: "v1", Resource: "as", Kind: "A", Verbs: []string{"list"}, ShortNames: []string{"x"}, Categories: []string{"all"}, Versions: []string{"v1", "v1beta1"}, Subresources: []string{"status", "scale"}},
		{Group: "g.io", Version: "v1beta1", Resource: "bs", Kind: "B", Namespaced: true, Versions: []string{"v1beta1"}},
	}
	if diff := cmp.Diff(want, kindsOf(list.Items, nil), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestHostileDiscovery(t *testing.T) {
	big := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			_, _ = fmt.Fprintf(&b, format, i)
		}
		return strings.TrimSuffix(b.String(), ",")
	}
	group := func(resources string) string {
		return `{"items":[{"metadata":{"name":"g.io"},"versions":[{"version":"v1","resources":[` + resources + `]}]}]}`
	}
	const fine = `{"resource":"fines","responseKind":{"kind":"Fine"},"verbs":["list"]}`
	for name, c := range map[string]struct {
		body string
		want int // kinds of groups; -1: the member isn't ready
	}{
		"many resources":     {group(big(60_000, `{"resource":"r%d","responseKind":{"kind":"R"}},`)), maxKinds},
		"too many":           {group(big(300_000, `{"resource":"r%d","responseKind":{"kind":"R"}},`)), -1},
		"many groups":        {`{"items":[` + big(50_000, `{"metadata":{"name":"g%d.io"},"versions":[{"version":"v1","resources":[]}]},`) + `]}`, 0},
		"many versions":      {`{"items":[{"metadata":{"name":"g.io"},"versions":[` + big(10_000, `{"version":"v%d","resources":[`+fine+`]},`) + `]}]}`, 1},
		"names that lie":     {group(`{"resource":"a\u202eb","responseKind":{"kind":"A"}},{"resource":"x/../../y","responseKind":{"kind":"A"}},{"resource":"","responseKind":{"kind":"A"}},` + fine), 1},
		"kinds that lie":     {group(`{"resource":"as","responseKind":{"kind":"A\u0000"}},{"resource":"bs","responseKind":{"kind":""}},{"resource":"cs","responseKind":null},` + fine), 1},
		"versions that lie":  {`{"items":[{"metadata":{"name":"g.io"},"versions":[{"version":"v1?x","resources":[` + fine + `]},{"version":"","resources":[` + fine + `]}]}]}`, 0},
		"groups that lie":    {`{"items":[{"metadata":{"name":"g.io/v1/x"},"versions":[{"version":"v1","resources":[` + fine + `]}]}]}`, 0},
		"verbs that lie":     {group(`{"resource":"as","responseKind":{"kind":"A"},"verbs":["LIST ","\u001b[2J","list","list"],"shortNames":["<b>"]}`), 1},
		"nulls":              {`{"items":[null,{"metadata":null,"versions":[null,{"resources":[null]}]}]}`, 0},
		"numbers for texts":  {group(`{"resource":-1}`), -1},
		"another shape":      {`{"items":{"a":1}}`, -1},
		"core kinds in here": {`{"items":[{"metadata":{"name":""},"versions":[{"version":"v1","resources":[` + fine + `]}]}]}`, 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				f, m := w.cluster("a")
				f.answer("GET /apis", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, c.body) })
				w.Set([]Member{m})
				if c.want < 0 {
					w.wants("a", StateUnreachable)
					return
				}
				w.wants("a", StateReady)
				kinds, known := w.Kinds("a")
				if got := len(kinds) - len(strings.Fields(coreKinds)); got != c.want || !known {
					t.Errorf("%d kinds, known %v", got, known)
				}
				for _, k := range kinds[:min(len(kinds), 20)] {
					if text := fmt.Sprint(k); clean(text) != text || strings.ContainsAny(text, "?<%") || len(k.Versions) > maxVersions {
						t.Errorf("%+v", k)
					}
				}
			})
		})
	}
}
