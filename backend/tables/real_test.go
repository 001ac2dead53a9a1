package tables

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"

	"github.com/binnacle-dev/binnacle/backend/fleet"
	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/pane"
)

// hasty makes real time bearable.
func hasty() Timing {
	return Timing{
		Ring: 10 * time.Millisecond, Stall: 3 * time.Second, Silence: 3 * time.Second, Session: 2 * time.Second,
		BackoffMin: 100 * time.Millisecond, BackoffMax: time.Second, Refused: 2 * time.Second, Poll: 500 * time.Millisecond,
	}
}

// realWorld is Tables over real clusters.
type realWorld struct {
	*Tables

	t       *testing.T
	rung    chan struct{}
	members []Member

	mu      sync.Mutex
	clients map[string]Requests
}

func newReal(t *testing.T, timing Timing) *realWorld {
	t.Helper()
	r := &realWorld{t: t, rung: make(chan struct{}, 1), clients: map[string]Requests{}}
	r.Tables = New(Options{
		Timing: timing,
		Requests: func(id string) (Requests, error) {
			r.mu.Lock()
			defer r.mu.Unlock()
			return r.clients[id], nil
		},
		Changed: func(string) {
			select {
			case r.rung <- struct{}{}:
			default:
			}
		},
	})
	t.Cleanup(r.Close)
	return r
}

// add makes a member with that kubeconfig.
func (r *realWorld) add(id string, file []byte) {
	r.t.Helper()
	parsed, err := kubeconfig.Parse(file, "test")
	check(r.t, err)
	credential, err := parsed.Contexts[0].Credential(nil)
	check(r.t, err)
	client, err := fleet.Dial(credential, "binnacle/test")
	check(r.t, err)
	r.t.Cleanup(client.Close)
	r.mu.Lock()
	r.clients[id] = client
	r.mu.Unlock()
	r.members = append(r.members, Member{
		ID: id, Name: id, Connected: true, Connection: "1", Serves: func(key string) (string, bool, bool) {
			if key == "widgets.new.test" {
				return "v2", true, true
			}
			return "v1", true, true
		},
	})
	r.SetMembers(r.members)
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// until waits until the member's status is wanted.
func (r *realWorld) until(table *Table, id string, wanted func(Status) bool) Status {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.t.Context(), 30*time.Second)
	defer cancel()
	ticker := time.NewTicker(time.Second) // a fresh sign of life rings nothing
	defer ticker.Stop()
	for {
		i := slices.IndexFunc(table.Members(), func(s Status) bool { return s.Member == id })
		if s := table.Members()[i]; wanted(s) {
			return s
		} else if ctx.Err() != nil {
			r.t.Fatalf("%s stays %s with %d rows: %s", id, s.State, s.Rows, s.Why)
		}
		select {
		case <-r.rung:
		case <-ticker.C:
		case <-ctx.Done():
		}
	}
}

func is(state State, rows int) func(Status) bool {
	return func(s Status) bool { return s.State == state && s.Rows == rows }
}

func configMaps() Kind { return Kind{Key: "configmaps", Resource: "configmaps", Namespaced: true} }

// hostile is a ConfigMap whose texts want to be more than text.
func configMap(namespace, name string) string {
	return fmt.Sprintf("apiVersion: v1\nkind: ConfigMap\nmetadata: {namespace: %s, name: %s, labels: {app: shop}, annotations: {big: %q}}\ndata: {a: b}\n---\n",
		namespace, name, strings.Repeat("{[\\\"x", 10<<10))
}

func fill(t *testing.T, c *kubetest.Cluster, namespace string, names ...string) {
	t.Helper()
	var all strings.Builder
	for _, name := range names {
		all.WriteString(configMap(namespace, name))
	}
	c.Apply(t, all.String())
}

func remove(t *testing.T, c *kubetest.Cluster, gvr schema.GroupVersionResource, namespace, name string) {
	t.Helper()
	check(t, c.Dynamic().Resource(gvr).Namespace(namespace).Delete(t.Context(), name, metav1.DeleteOptions{}))
}

func configMapResource() schema.GroupVersionResource {
	return schema.GroupVersionResource{Version: "v1", Resource: "configmaps"}
}

// in is how many rows the table has in a namespace; other tests use the cluster too.
func in(table *Table, namespace string) []pane.Row {
	return table.Pane().Window(pane.Query{Filter: pane.Filter{Namespaces: []string{namespace}}, Limit: 1000}).Rows
}

func TestRealTables(t *testing.T) {
	t.Parallel()
	for _, version := range []string{"1.36", "1.33"} {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			c := kubetest.Shared(t, version)
			ns := c.Namespace(t)
			fill(t, c, ns, "one", "two")
			r := newReal(t, Timing{Ring: 10 * time.Millisecond})
			r.add("a", c.Admin())
			table := r.Open(configMaps())
			r.until(table, "a", func(s Status) bool { return s.State == Live && len(in(table, ns)) == 2 })
			rows := in(table, ns)
			if one := rows[0]; one.Name != "one" || one.Namespace != ns || one.Cells[0] != "1" || time.Since(time.UnixMilli(one.Created)) > time.Minute {
				t.Errorf("%+v", one)
			}
			fill(t, c, ns, "three")
			_, err := c.Dynamic().Resource(configMapResource()).Namespace(ns).Patch(t.Context(), "one", types.MergePatchType, []byte(`{"data":{"c":"d"}}`), metav1.PatchOptions{})
			check(t, err)
			remove(t, c, configMapResource(), ns, "two")
			r.until(table, "a", func(Status) bool {
				rows := in(table, ns)
				return len(rows) == 2 && rows[0].Cells[0] == "2" && rows[1].Name == "three"
			})
			labelled := pane.Query{Filter: pane.Filter{Namespaces: []string{ns}, Labels: "app=shop"}, Limit: 10}
			if w := table.Pane().Window(labelled); w.Matched != 2 {
				t.Errorf("%d of label app=shop", w.Matched)
			}
		})
	}
}

// recorded keeps what a server answers.
type recorded struct {
	Requests
	mu   sync.Mutex
	seen bytes.Buffer
}

func (r *recorded) Stream(ctx context.Context, path, accept string) (io.ReadCloser, error) {
	body, err := r.Requests.Stream(ctx, path, accept)
	if err != nil {
		return nil, err
	}
	return struct {
		io.Reader
		io.Closer
	}{io.TeeReader(body, r), body}, nil
}

func (r *recorded) Write(b []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.seen.Write(b)
}

// Of a Secret nothing but its name, type and size is ever sent to us, by either version, in lists or in watches.
func TestRealSecrets(t *testing.T) {
	t.Parallel()
	for _, version := range []string{"1.36", "1.33"} {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			c := kubetest.Shared(t, version)
			ns := c.Namespace(t)
			secret := "apiVersion: v1\nkind: Secret\nmetadata: {namespace: %s, name: %s}\ndata: {password: aHVudGVyMi1odW50ZXIy}\n"
			c.Apply(t, fmt.Sprintf(secret, ns, "before"))
			r := newReal(t, Timing{Ring: 10 * time.Millisecond})
			r.add("a", c.Admin())
			tap := &recorded{Requests: r.clients["a"]}
			r.mu.Lock()
			r.clients["a"] = tap
			r.mu.Unlock()
			table := r.Open(Kind{Key: "secrets", Resource: "secrets", Namespaced: true})
			table.Refresh()
			r.until(table, "a", func(s Status) bool { return s.State == Live && len(in(table, ns)) == 1 })
			c.Apply(t, fmt.Sprintf(secret, ns, "after"))
			r.until(table, "a", func(Status) bool { return len(in(table, ns)) == 2 })
			tap.mu.Lock()
			defer tap.mu.Unlock()
			if seen := tap.seen.String(); strings.Contains(seen, "aHVudGVyMi") || !strings.Contains(seen, `"after"`) {
				t.Errorf("the server sent %s", seen)
			}
		})
	}
}
