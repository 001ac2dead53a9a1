package apps

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/binnacle-dev/binnacle/backend/fleet"
	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// world is a Book over members that the test makes.
type world struct {
	*Book

	t    *testing.T
	rung chan struct{}

	mu      sync.Mutex
	members []Member
	clients map[string]Requests
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, rung: make(chan struct{}, 1), clients: map[string]Requests{}}
	w.Book = New(t.Context(), Options{
		Members: func() []Member {
			w.mu.Lock()
			defer w.mu.Unlock()
			return slices.Clone(w.members)
		},
		Requests: func(id string) (Requests, error) {
			w.mu.Lock()
			defer w.mu.Unlock()
			return w.clients[id], nil
		},
		Changed: func() {
			select {
			case w.rung <- struct{}{}:
			default:
			}
		},
	})
	t.Cleanup(w.Close)
	return w
}

// kinds is what a member serves besides that of every cluster.
func kinds(more ...string) func(string) (string, bool, bool) {
	versions := map[string]string{
		"secrets": "v1", "configmaps": "v1", "deployments.apps": "v1", "statefulsets.apps": "v1", "daemonsets.apps": "v1", "cronjobs.batch": "v1",
	}
	for _, one := range more {
		key, version, _ := strings.Cut(one, " ")
		versions[key] = version
	}
	return func(key string) (string, bool, bool) {
		version, served := versions[key]
		return version, served, true
	}
}

func (w *world) add(m Member, r Requests) {
	if m.Serves == nil {
		m.Serves = kinds()
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.members = append(w.members, m)
	w.clients[m.ID] = r
}

// connect adds a real member, as the user of a kubeconfig.
func (w *world) connect(m Member, config []byte) {
	w.t.Helper()
	file, err := kubeconfig.Parse(config, "test")
	check(w.t, err)
	credential, err := file.Contexts[0].Credential(nil)
	check(w.t, err)
	client, err := fleet.Dial(credential, "binnacle/test")
	check(w.t, err)
	w.t.Cleanup(client.Close)
	m.Connected = true
	w.add(m, client)
}

// until waits until what the Book knows is wanted.
func (w *world) until(what string, wanted func(Apps) bool) Apps {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), 100*time.Second)
	defer cancel()
	for {
		now := w.Apps()
		if wanted(now) {
			return now
		}
		select {
		case <-w.rung:
		case <-ctx.Done():
			w.t.Fatalf("waited in vain: %s\n%+v", what, now)
		}
	}
}

// read waits until those members were read, or failed.
func (w *world) read(ids ...string) Apps {
	w.t.Helper()
	return w.until(fmt.Sprintf("%v were read", ids), func(a Apps) bool {
		done := 0
		for _, m := range a.Members {
			if slices.Contains(ids, m.ID) && (m.State == Read || m.State == Failed) {
				done++
			}
		}
		return done == len(ids)
	})
}

// in leaves only the instances of one namespace: a shared cluster has others'.
func in(a Apps, namespace string) []App {
	var out []App
	for _, app := range a.Apps {
		var mine []Instance
		for _, i := range app.Instances {
			if i.Namespace == namespace {
				mine = append(mine, i)
			}
		}
		if len(mine) > 0 {
			app.Instances = mine
			out = append(out, app)
		}
	}
	return out
}

func reportOfMember(a Apps, id string) Report {
	return a.Members[slices.IndexFunc(a.Members, func(r Report) bool { return r.ID == id })]
}

// helm is a release as a test wants it.
type helm struct {
	namespace, name, chart, version, app, status string
	revision                                     int
	manifest                                     string
	config                                       map[string]any
}

// packed is the release in Helm's own format: what Helm gives Kubernetes to keep.
func (h helm) packed() string {
	raw, err := json.Marshal(map[string]any{
		"name": h.name, "namespace": h.namespace, "version": h.revision, "config": h.config, "manifest": h.manifest,
		"info": map[string]any{"status": h.status, "description": "Upgrade complete", "last_deployed": "2026-11-20T10:00:00.123456789+01:00", "notes": "the password is " + hidden},
		"chart": map[string]any{
			"metadata": map[string]any{"name": h.chart, "version": h.version, "appVersion": h.app}, "values": h.config,
			"templates": []any{map[string]any{"name": "t", "data": base64.StdEncoding.EncodeToString([]byte("password: " + hidden))}},
		},
	})
	if err != nil {
		panic(err)
	}
	var out bytes.Buffer
	gz := gzip.NewWriter(&out)
	_, _ = gz.Write(raw)
	_ = gz.Close()
	return base64.StdEncoding.EncodeToString(out.Bytes())
}

// object is the Secret, or the ConfigMap, in which Helm keeps it.
func (h helm) object(kind string) string {
	field, content := "stringData: {release: ", h.packed()
	if kind == "ConfigMap" {
		field = "data: {release: "
	} else {
		field = "type: helm.sh/release.v1\n" + field
	}
	const text = `---
apiVersion: v1
kind: %s
metadata: {namespace: %s, name: sh.helm.release.v1.%s.v%d, labels: {owner: helm, name: %[3]s, version: "%[4]d", status: %s}}
%s%s}
`
	return fmt.Sprintf(text, kind, h.namespace, h.name, h.revision, h.status, field, content)
}

// hidden is what nobody may find anywhere.
const hidden = "h1dden-Passw0rd"

func manifest(tag string) string {
	return `---
# Source: shop/templates/secret.yaml
apiVersion: v1
kind: Secret
metadata: {name: db}
stringData: {password: ` + hidden + `, containers: "containers:\n- image: ` + hidden + `"}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: c}
containers: [{image: "` + hidden + `"}]
---
# Source: shop/templates/deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  template:
    spec:
      initContainers:
      - {name: wait, image: busybox}
      containers:
      - name: shop
        image: "registry.example.com:5000/team/shop:` + tag + `"
        env: [{name: PASSWORD, value: ` + hidden + `}]
      - {name: odd, image: "user:` + hidden + `@registry.example.com/x"}
`
}

func both(t *testing.T) (one, two *kubetest.Cluster, namespace string) {
	t.Helper()
	one, two = kubetest.Shared(t, "1.36"), kubetest.Shared(t, "1.33")
	namespace = one.Namespace(t)
	two.Apply(t, "apiVersion: v1\nkind: Namespace\nmetadata: {name: "+namespace+"}\n")
	return one, two, namespace
}

// twice is the encoding that Kubernetes adds to Helm's.
func twice(packed string) string { return base64.StdEncoding.EncodeToString([]byte(packed)) }
