package object

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/binnacle-dev/binnacle/backend/fleet"
	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// wire is how console adapts the fleet's client: the real one. It counts requests.
type wire struct {
	client *fleet.Client
	sent   atomic.Int64
	before func(Request) // a test's, or nil
}

func (w *wire) Send(ctx context.Context, r Request) (Answer, error) {
	w.sent.Add(1)
	if w.before != nil {
		w.before(r)
	}
	a, err := w.client.Send(ctx, fleet.Request{Method: r.Method, Path: r.Path, ContentType: r.ContentType, Accept: r.Accept, Body: r.Body})
	return Answer{Body: a.Body, Warnings: a.Warnings}, err
}

// connect is a member as the kubeconfig's user sees it.
func connect(t *testing.T, config []byte) Member {
	t.Helper()
	file, err := kubeconfig.Parse(config, "test")
	check(t, err)
	credential, err := file.Contexts[0].Credential(nil)
	check(t, err)
	client, err := fleet.Dial(credential, "binnacle/test")
	check(t, err)
	t.Cleanup(client.Close)
	m := Member{Requests: &wire{client: client}, ID: t.Name(), Schemas: NewSchemas()}
	m.Kinds = discover(t, m)
	return m
}

func requests(m Member) *wire { return m.Requests.(*wire) } //nolint:forcetypeassert // connect made it

// discover reads what a server serves, as the fleet does.
func discover(t *testing.T, m Member) []Kind {
	t.Helper()
	const accept = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"
	var out []Kind
	for _, path := range []string{"/api", "/apis"} {
		answer, err := m.Requests.Send(t.Context(), Request{Method: "GET", Path: path, Accept: accept})
		check(t, err)
		list, err := decode(answer.Body)
		check(t, err)
		for _, group := range list.trees("items") {
			seen := map[string]bool{}
			for _, version := range group.trees("versions") {
				for _, r := range version.trees("resources") {
					k := Kind{
						Group: group.raw("metadata", "name"), Version: version.raw("version"), Resource: r.raw("resource"),
						Kind: r.raw("responseKind", "kind"), Namespaced: r.raw("scope") == "Namespaced", Verbs: r.texts("verbs"),
					}
					for _, s := range r.trees("subresources") {
						k.Subresources = append(k.Subresources, s.raw("subresource"))
					}
					if !seen[k.Resource] {
						out = append(out, k)
					}
					seen[k.Resource] = true
				}
			}
		}
	}
	return out
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// each runs a test against real servers of both versions.
func each(t *testing.T, run func(t *testing.T, c *kubetest.Cluster)) {
	t.Helper()
	t.Parallel()
	for _, version := range []string{"1.36", "1.33"} {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			run(t, kubetest.Shared(t, version))
		})
	}
}

// apply makes objects in a namespace of the test's own; %s in the text is its name.
func apply(t *testing.T, c *kubetest.Cluster, manifests string) (namespace string) {
	t.Helper()
	namespace = c.Namespace(t)
	account := "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: default, namespace: %s}\n---\n" // no controller makes it
	c.Apply(t, strings.ReplaceAll(account+manifests, "%s", namespace))
	return namespace
}

// opened is the reference with its UID.
func opened(t *testing.T, m Member, kind, namespace, name string) Ref {
	t.Helper()
	o, err := m.read(t.Context(), Ref{Kind: kind, Namespace: namespace, Name: name})
	check(t, err)
	return o.ref()
}

// other patches an object as somebody else.
func other(t *testing.T, c *kubetest.Cluster, ref Ref, patch string) {
	t.Helper()
	m := connect(t, c.Admin())
	kind, err := m.find(ref)
	check(t, err)
	_, err = m.Requests.Send(t.Context(), Request{Method: "PATCH", Path: kind.path(ref.Namespace, ref.Name), ContentType: "application/merge-patch+json", Body: []byte(patch)})
	check(t, err)
}

// setStatus writes a status as a controller would.
func setStatus(t *testing.T, c *kubetest.Cluster, m Member, ref Ref, status string) {
	t.Helper()
	kind, err := m.find(ref)
	check(t, err)
	resource := c.Dynamic().Resource(schema.GroupVersionResource{Group: kind.Group, Version: kind.Version, Resource: kind.Resource})
	o, err := m.read(t.Context(), ref)
	check(t, err)
	o.tree["status"] = read(t, status)
	object := unstructured.Unstructured{}
	raw, err := json.Marshal(o.tree)
	check(t, err)
	check(t, object.UnmarshalJSON(raw))
	if ref.Namespace == "" {
		_, err = resource.UpdateStatus(t.Context(), &object, metav1.UpdateOptions{})
	} else {
		_, err = resource.Namespace(ref.Namespace).UpdateStatus(t.Context(), &object, metav1.UpdateOptions{})
	}
	check(t, err)
}

func factOf(o Object, title string) string {
	for _, f := range o.Summary {
		if f.Title == title {
			return f.Value
		}
	}
	return ""
}

func groupOf(groups []Group, title string) (Group, bool) {
	for _, g := range groups {
		if g.Title == title {
			return g, true
		}
	}
	return Group{}, false
}

func names(g Group) []string {
	var out []string
	for _, l := range g.Links {
		out = append(out, l.Ref.Name)
	}
	return out
}

func actionsOf(o Object) string {
	var out []string
	for _, a := range o.Actions {
		text := string(a.ID)
		if a.Refused != "" {
			text += "!"
		}
		out = append(out, text)
	}
	return strings.Join(out, " ")
}

// lines makes n keys of a config map.
func lines(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "  key-%05d: value %d\n", i, i)
	}
	return b.String()
}
