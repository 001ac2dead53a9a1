package fleet

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"k8s.io/client-go/tools/clientcmd"

	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
)

// The requests of a connect, counted in front of real API servers: at most 6 cold, 2 warm, for those who may do everything as
// for those who may do little. What a heartbeat asks later doesn't count, so that there is none.
func TestRealRequests(t *testing.T) {
	t.Parallel()
	for _, version := range []string{"1.36", "1.33"} {
		cluster := kubetest.Shared(t, version)
		namespace := cluster.Namespace(t)
		cluster.AllowSecrets(t, namespace, "lea-"+version)
		for user, kubeconfig := range map[string][]byte{
			"admin": cluster.Admin(), "limited": inNamespace(t, cluster.User(t, "lea-"+version), namespace), "nobody": cluster.User(t, "new"),
		} {
			t.Run(version+" "+user, func(t *testing.T) {
				t.Parallel()
				p := cluster.Proxy(t)
				kept := &memory{held: map[string][]byte{}}
				cold := newCalm(t, kept)
				m := cold.add("a", p.Kubeconfig(kubeconfig))
				cold.Set([]Member{m})
				known := cold.until("a", surveyed)
				cold.Close()
				asked := p.Requests()
				if len(asked) > coldRequests || asked[0].Path != "/version" || asked[0].UserAgent != "binnacle/test" {
					t.Errorf("cold, %d requests: %s", len(asked), paths(asked))
				}
				p.Clear()
				warm := newCalm(t, kept)
				m = warm.add("a", p.Kubeconfig(kubeconfig))
				m.Known, m.Seen = known.Facts, known.Seen
				warm.Set([]Member{m})
				if again := warm.until("a", is(StateReady)); again.Facts.Version != known.Facts.Version || again.Facts.Identity == "" {
					t.Errorf("warm: %+v", again.Facts)
				}
				warm.Close()
				if asked := p.Requests(); len(asked) > 2 {
					t.Errorf("warm, %d requests: %s", len(asked), paths(asked))
				}
				t.Logf("cold %s", paths(asked))
			})
		}
	}
}

// What is kept of discovery is refreshed by its hash: the answer is 304, without a body.
func TestRealDiscoveryIsRefreshedByItsHash(t *testing.T) {
	t.Parallel()
	cluster := kubetest.Shared(t)
	kept := &memory{held: map[string][]byte{}}
	l := newCalm(t, kept)
	l.Set([]Member{l.add("a", cluster.Admin())})
	l.until("a", surveyed)
	l.Close()
	client, err := Dial(credential(t, string(cluster.Admin())), "binnacle/test")
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	client.learn(loadAPIs(kept, client.Endpoint()))
	before := client.discovered()
	if !before.asked || !before.serves("apps", "deployments") {
		t.Fatalf("not kept: %+v", before)
	}
	h, err := client.do(t.Context(), call{method: http.MethodGet, path: "/apis", accept: acceptDiscovery, etag: before.groups.etag, into: &struct{}{}})
	if err != nil || !h.unchanged {
		t.Errorf("%+v, %v", h, err)
	}
}

func paths(requests []kubetest.Request) string {
	var all []string
	for _, r := range requests {
		all = append(all, r.Method+" "+r.Path)
	}
	return strings.Join(all, ", ")
}

func inNamespace(t *testing.T, kubeconfig []byte, namespace string) []byte {
	t.Helper()
	k, err := clientcmd.Load(kubeconfig)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range k.Contexts {
		c.Namespace = namespace
	}
	b, err := clientcmd.Write(*k)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// newCalm is a fleet that sends no second sign of life during a test.
func newCalm(t *testing.T, c Cache) *live {
	t.Helper()
	timing := hasty()
	timing.Heartbeat = time.Hour
	return newLiveWith(t, Options{Timing: timing, Cache: c})
}

// What the fleet says is missing is what an administrator must grant: applied, it is there.
func TestRealRulesGrantWhatIsMissing(t *testing.T) {
	t.Parallel()
	for _, version := range []string{"1.36", "1.33"} {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			c := kubetest.Start(t, kubetest.Version(version), kubetest.WithControllers()) // they fill the role view
			namespace := c.Namespace(t)
			const user = "o'neil: \"x\" {y} #z"
			// To view one namespace allows listing "namespaces" there: that must not pass for the list of all.
			other := c.Namespace(t)
			c.Apply(t, `{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: v, namespace: `+other+`},
  roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view},
  subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: 'o''neil: "x" {y} #z'}]}`)
			l := newLive(t)
			l.Set([]Member{l.add("here", inNamespace(t, c.User(t, user), namespace)), l.add("there", inNamespace(t, c.User(t, user), other))})
			there := l.until("there", surveyed).Facts.Access
			if there.All || !slices.Equal(there.Namespaces, []string{other}) {
				t.Errorf("there: %+v", there)
			}
			here := l.until("here", surveyed).Facts.Access
			if here.All || len(here.Namespaces) != 0 || len(here.Missing) != 3 {
				t.Fatalf("here: %+v", here)
			}
			for _, m := range here.Missing {
				c.Apply(t, m.Rule)
			}
			client, err := Dial(credential(t, string(c.User(t, user))), "binnacle/test")
			if err != nil {
				t.Fatal(err)
			}
			defer client.Close()
			ticker := time.NewTicker(50 * time.Millisecond)
			defer ticker.Stop()
			for _, right := range [][3]string{{"namespaces", ""}, {"nodes", ""}, {"pods", namespace}} {
				ok := false
				for began := time.Now(); !ok && time.Since(began) < 20*time.Second; <-ticker.C { // the server's caches take a moment
					if ok, err = client.May(t.Context(), "list", "", right[0], right[1]); err != nil {
						t.Fatal(err)
					}
				}
				if !ok {
					t.Errorf("may not list %v", right)
				}
			}
			l.Renew("here")
			l.until("here", func(s Status) bool { return s.State == StateReady && s.Facts.Access.All })
			if ok, err := client.May(t.Context(), "create", "", "pods", namespace); ok || err != nil {
				t.Errorf("may create pods: %v, %v", ok, err)
			}
		})
	}
}

// The admin kit's list, read with the rights that the kit gives.
func TestRealAdminList(t *testing.T) {
	t.Parallel()
	c := kubetest.Start(t)
	c.Apply(t, kitNamespaces)
	l := newLive(t)
	l.Set([]Member{l.add("a", c.User(t, "ana", "devs")), l.add("b", c.User(t, "ben"))})
	for id, want := range map[string][]string{"a": {"shared", "team-a", "team-d"}, "b": {"shared"}} {
		if got := l.until(id, surveyed).Facts.Access; !slices.Equal(got.Namespaces, want) || !slices.Equal(got.Sources, []NamespaceFrom{FromAdmin}) {
			t.Errorf("%s: %+v", id, got)
		}
	}
}

const kitNamespaces = `
apiVersion: v1
kind: Namespace
metadata: {name: binnacle}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: binnacle-namespaces, namespace: binnacle}
data:
  namespaces: |
    # everybody's
    shared
    team-a ana
    team-d devs ops
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: binnacle-namespaces, namespace: binnacle}
rules:
- {apiGroups: [""], resources: [configmaps], resourceNames: [binnacle-namespaces], verbs: [get]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: binnacle-namespaces, namespace: binnacle}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: binnacle-namespaces}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: system:authenticated}]
`
