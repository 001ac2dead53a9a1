package fleet

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"sigs.k8s.io/yaml"
)

// What a person may get at, by who is asked for it. No case needs more than six requests, and none asks per namespace.
func TestAccess(t *testing.T) {
	openshift := func(f *fake) { f.groups = append(f.groups, "project.openshift.io/v1", "config.openshift.io/v1") }
	for name, c := range map[string]struct {
		prepare   func(*fake)
		namespace string // of the kubeconfig
		want      Access
		missing   []string
		asked     []string // beside /version, /apis, whoami, whatmay
	}{
		"an administrator": {
			func(*fake) {}, "team", Access{All: true}, nil, []string{"GET /api/v1/nodes"},
		},
		"someone who may list namespaces": {
			func(f *fake) { f.rights = []string{"list namespaces"} }, "team", Access{All: true}, []string{"The kind of cluster"}, nil,
		},
		"nothing at all": {
			func(f *fake) { f.rights = nil }, "", Access{}, []string{"The list of namespaces", "The kind of cluster"}, []string{"GET " + adminMap},
		},
		"a list by view in one namespace is no list of all": {
			func(f *fake) { f.rights, f.granted["team"] = nil, []string{"list namespaces", "list pods"} }, "team",
			Access{Namespaces: []string{"team"}, Sources: []NamespaceFrom{FromKubeconfig}},
			[]string{"The list of namespaces", "The kind of cluster"},
			[]string{"POST " + whatmay, "GET " + adminMap},
		},
		"nor is one by view in the usual namespace": {
			func(f *fake) { f.rights, f.granted["default"] = nil, []string{"list namespaces"} }, "default",
			Access{Namespaces: []string{"default"}, Sources: []NamespaceFrom{FromKubeconfig}},
			[]string{"The list of namespaces", "The kind of cluster"},
			[]string{"POST " + whatmay, "GET " + adminMap},
		},
		"a kubeconfig's namespace that is of no use": {
			func(f *fake) { f.rights = []string{"get namespaces/b"} }, "team",
			Access{Namespaces: []string{"b"}, Sources: []NamespaceFrom{FromRules}},
			[]string{"The list of namespaces", "Namespace team", "The kind of cluster"},
			[]string{"POST " + whatmay, "GET " + adminMap},
		},
		"pods everywhere": {
			func(f *fake) { f.rights = []string{"list pods"} }, "team",
			Access{Namespaces: []string{"team"}, Sources: []NamespaceFrom{FromKubeconfig}},
			[]string{"The list of namespaces", "The kind of cluster"},
			[]string{"POST " + whatmay, "GET " + adminMap},
		},
		"rights that name namespaces": {
			func(f *fake) {
				f.rights = []string{"get namespaces/b", "get namespaces/a", "get namespaces/a", "get namespaces/NOT A NAME\u202e", "get pods/p"}
			}, "",
			Access{Namespaces: []string{"a", "b"}, Sources: []NamespaceFrom{FromRules}},
			[]string{"The list of namespaces", "The kind of cluster"},
			[]string{"GET " + adminMap},
		},
		"OpenShift": {
			func(f *fake) {
				openshift(f)
				f.rights, f.lists["projects"] = nil, `{"metadata":{"name":"p2"}},{"metadata":{"name":"p1"}},{"metadata":{"name":"../x"}}`
			}, "",
			Access{Namespaces: []string{"p1", "p2"}, Sources: []NamespaceFrom{FromProjects}},
			[]string{"The list of namespaces"},
			[]string{"GET /apis/project.openshift.io/v1/projects"},
		},
		"an administrator's list": {
			func(f *fake) {
				f.rights, f.lists["admin"] = nil, `"# ours\none\n two  ana\nthree system:authenticated\nfour ben devs\n\n-bad-\n"`
			}, "one",
			Access{Namespaces: []string{"one", "three", "two"}, Sources: []NamespaceFrom{FromAdmin}},
			[]string{"The list of namespaces", "Namespace one", "The kind of cluster"},
			[]string{"POST " + whatmay, "GET " + adminMap},
		},
		"an authorizer that can't list its rules, and says yes": {
			func(f *fake) { f.rights, f.unsure, f.asked = nil, true, []string{"list namespaces"} }, "team",
			Access{All: true},
			nil,
			[]string{"POST " + may, "GET /api/v1/nodes"},
		},
		"one that says no": {
			func(f *fake) { f.rights, f.unsure, f.user = nil, true, "o'neil \"x\"" }, "team",
			Access{Namespaces: []string{"team"}, Sources: []NamespaceFrom{FromKubeconfig}},
			[]string{"The list of namespaces"}, // nodes were not asked for yet
			[]string{"POST " + may, "POST " + whatmay},
		},
		"T4K out of sight": {
			func(f *fake) {
				f.rights, f.groups = []string{"list nodes"}, append(f.groups, "triliovault.trilio.io/v1")
			}, "",
			Access{},
			[]string{"The list of namespaces", "Trilio for Kubernetes"},
			[]string{"GET " + adminMap, "GET /api/v1/nodes"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				f, _ := w.cluster("a")
				f.set(c.prepare)
				cred := credential(t, strings.Replace(f.file(), "user: u}", "user: u, namespace: '"+c.namespace+"'}", 1))
				w.Set([]Member{w.vault.put("a", cred)})
				got := w.wants("a", StateReady).Facts.Access
				want := append(c.asked, "GET /version", "GET /apis", "POST "+whoami, "POST "+whatmay)
				if len(want) < coldRequests {
					want = append(want, "GET /api") // the least urgent
				}
				wantRequests(t, f.seen(), want...)
				if n := len(f.seen()); n > coldRequests {
					t.Errorf("%d requests", n)
				}
				c.want.Known = true
				if diff := cmp.Diff(c.want, got, cmpopts.IgnoreFields(Access{}, "Missing"), cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("access (-want +got):\n%s", diff)
				}
				var what []string
				for _, m := range got.Missing {
					what = append(what, m.What)
					checkRule(t, m, f.user)
				}
				if !slices.Equal(what, c.missing) {
					t.Errorf("missing %q, want %q", what, c.missing)
				}
			})
		})
	}
}

// checkRule wants what an administrator would apply: for this user alone, and nothing but reading.
func checkRule(t *testing.T, m Missing, user string) {
	t.Helper()
	if m.Why == "" || m.Rule == "" {
		t.Errorf("%s: why %q, rule %q", m.What, m.Why, m.Rule)
	}
	for text := range strings.SplitSeq(m.Rule, "---\n") {
		var o struct {
			Kind     string
			Subjects []struct{ Kind, Name string }
			Rules    []struct{ Verbs []string }
		}
		if err := yaml.UnmarshalStrict([]byte(text), &o, yaml.DisallowUnknownFields); err != nil && !strings.Contains(err.Error(), "unknown field") {
			t.Errorf("%s: %v", m.What, err)
		}
		if strings.HasSuffix(o.Kind, "Binding") && (len(o.Subjects) != 1 || o.Subjects[0].Name != user) {
			t.Errorf("%s is for %v", m.What, o.Subjects)
		}
		for _, r := range o.Rules {
			if !slices.Equal(r.Verbs, []string{"get", "list", "watch"}) {
				t.Errorf("%s allows %v", m.What, r.Verbs)
			}
		}
	}
}

// Nobody should grant rights to a name that reads differently from what it is.
func TestNoRuleForANameThatLies(t *testing.T) {
	for _, user := range []string{"", "ana\u202e", "ana\nsubjects: []", " ana", strings.Repeat("a", 1000), "system:anonymous"} {
		if rule := (grant{name: "x"}).forUser(user); rule != "" {
			t.Errorf("%q: %s", user, rule)
		}
	}
}

// What didn't fit into six requests comes with the next sign of life, which is soon then.
func TestWhatWasLeftOutIsAskedSoon(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, _ := w.cluster("a")
		f.set(func(f *fake) {
			f.rights, f.unsure, f.node = nil, true, `{"spec":{"providerID":"kind://docker/k/n"}}`
			f.groups, f.managers = append(f.groups, "triliovault.trilio.io/v1"), `{"status":{"releaseVersion":"5.3.1"}}`
			f.lists["admin"] = `"one"`
		})
		w.Set([]Member{w.vault.put("a", credential(t, strings.Replace(f.file(), "user: u}", "user: u, namespace: team}", 1)))})
		if got := w.wants("a", StateReady).Facts; got.Distribution != "" || got.T4K.Version != "5.3.1" || len(f.seen()) != coldRequests {
			t.Errorf("at first %+v after %v", got, f.seen())
		}
		time.Sleep(3 * time.Second)
		got := w.wants("a", StateReady).Facts
		if got.Distribution != KinD || !slices.Equal(got.Access.Namespaces, []string{"one", "team"}) {
			t.Errorf("then %+v", got)
		}
		f.forget()
		time.Sleep(5 * time.Minute)
		if i := slices.IndexFunc(f.seen(), func(r string) bool { return r != "GET /version" && r != "GET /apis" }); i >= 0 {
			t.Errorf("and again: %v", f.seen())
		}
	})
}

func TestPastSuccesses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, m := w.cluster("a")
		f.set(func(f *fake) { f.rights = []string{"get namespaces/b"} })
		w.Set([]Member{m})
		w.wants("a", StateReady)
		shared := w.wants("a", StateReady).Facts.Access
		for _, name := range []string{"c", "a", "a", "NOT ONE"} {
			w.Tried("a", name, true)
		}
		w.Tried("nobody", "a", true)
		want := Access{Known: true, Namespaces: []string{"a", "b", "c"}, Sources: []NamespaceFrom{FromRules, FromSuccess}, Succeeded: []string{"a", "c"}}
		check := func(when string, got Access) {
			t.Helper()
			if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(Access{}, "Missing")); diff != "" {
				t.Errorf("%s (-want +got):\n%s", when, diff)
			}
		}
		m.Known = w.wants("a", StateReady).Facts
		check("at once", m.Known.Access)
		if !slices.Equal(shared.Namespaces, []string{"b"}) {
			t.Errorf("a status that was given out changed: %v", shared.Namespaces)
		}
		time.Sleep(17 * time.Minute)
		check("after the next survey", w.wants("a", StateReady).Facts.Access)
		again := w.restart()
		again.Set([]Member{m})
		check("in the next run", again.wants("a", StateReady).Facts.Access)
		again.Tried("a", "c", false)
		time.Sleep(17 * time.Minute)
		want.Namespaces, want.Succeeded = []string{"a", "b"}, []string{"a"}
		check("after a refusal", again.wants("a", StateReady).Facts.Access)
	})
}

// A server that hangs over what isn't needed holds up nothing.
func TestTheRestHoldsUpNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, m := w.cluster("a")
		for _, request := range []string{"POST " + whatmay, "POST " + may, "GET /api/v1/nodes", "GET " + adminMap} {
			f.answer(request, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
		}
		w.Set([]Member{m})
		if got := w.wants("a", StateReady); got.Facts.Version == "" || got.Facts.Identity != "ana" {
			t.Errorf("%+v", got.Facts)
		}
		time.Sleep(10 * time.Minute)
		w.wants("a", StateReady)
	})
}
