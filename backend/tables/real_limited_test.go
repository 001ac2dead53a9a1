package tables

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
)

// reader lets a user list and watch ConfigMaps of a namespace.
func reader(namespace, user string) string {
	const rules = `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {namespace: %[1]s, name: reader}
rules: [{apiGroups: [""], resources: [configmaps], verbs: [list, watch]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {namespace: %[1]s, name: reader}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: %[2]s}]
---
`
	return fmt.Sprintf(rules, namespace, user)
}

// A limited person sees what is in their namespaces, and why nothing else; a right that is taken away takes the rows along, one that is
// given brings them; and the server isn't flooded.
func TestRealLimited(t *testing.T) {
	t.Parallel()
	for _, version := range []string{"1.36", "1.33"} {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			c := kubetest.Shared(t, version)
			mine, lost, theirs := c.Namespace(t), c.Namespace(t), c.Namespace(t)
			for _, ns := range []string{mine, lost, theirs} {
				fill(t, c, ns, "one")
			}
			user := "limited-" + mine
			c.Apply(t, reader(mine, user)+reader(lost, user))
			p := c.Proxy(t)
			r := newReal(t, hasty())
			r.add("a", p.Kubeconfig(c.User(t, user)))
			r.members[0].Namespaces = []string{mine, lost, theirs}
			r.SetMembers(r.members)
			table := r.Open(configMaps())
			s := r.until(table, "a", is(Partial, 2))
			if !slices.Equal(s.Hidden, []string{theirs}) || !strings.Contains(s.Why, "1: no access") {
				t.Errorf("%+v", s)
			}
			remove(t, c, schema.GroupVersionResource{Group: "rbac.authorization.k8s.io", Version: "v1", Resource: "rolebindings"}, lost, "reader")
			s = r.until(table, "a", is(Partial, 1)) // at the end of the watch, which is soon here
			if len(s.Hidden) != 2 || len(in(table, lost)) != 0 {
				t.Errorf("%+v", s)
			}
			c.Apply(t, reader(theirs, user))
			r.until(table, "a", is(Partial, 2)) // when it is asked again, which is soon here
			denied := p.Count(func(q kubetest.Request) bool { return strings.Contains(q.Path, lost) })
			if denied > 30 {
				t.Errorf("%d requests where the answer is no", denied)
			}
		})
	}
}

// Nothing is allowed: denied, in words.
func TestRealDenied(t *testing.T) {
	t.Parallel()
	c := kubetest.Shared(t)
	r := newReal(t, hasty())
	r.add("a", c.User(t, "nobody-here"))
	for _, k := range []Kind{configMaps(), {Key: "nodes", Resource: "nodes"}} {
		if s := r.until(r.Open(k), "a", is(Denied, 0)); !strings.Contains(s.Why, "Ask an administrator") {
			t.Errorf("%s: %s", k.Key, s.Why)
		}
	}
}

func failedFor(why string) func(Status) bool {
	return func(s Status) bool { return s.State == Failed && s.Rows == 0 && strings.Contains(s.Why, why) }
}

const widgets = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.%[1]s.test}
spec:
  group: %[1]s.test
  scope: Namespaced
  names: {plural: widgets, singular: widget, kind: Widget, listKind: WidgetList}
  conversion: %[2]s
  versions:
  - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}},
     additionalPrinterColumns: [{name: Size, type: integer, jsonPath: .spec.size}, {name: Ready, type: date, jsonPath: .spec.ready}]}
  - {name: v2, served: true, storage: false, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}
---
`

// A CRD comes, changes, and goes; and one whose conversion fails harms no other kind.
func TestRealCRDs(t *testing.T) {
	t.Parallel()
	c := kubetest.Start(t, kubetest.Version("1.33"))
	r := newReal(t, hasty())
	r.add("a", c.Admin())
	good := r.Open(Kind{Key: "widgets.old.test", Group: "old.test", Resource: "widgets", Namespaced: true})
	r.until(good, "a", is(Missing, 0))
	c.Apply(t, fmt.Sprintf(widgets, "old", "{strategy: None}"))
	c.Apply(t, "apiVersion: old.test/v1\nkind: Widget\nmetadata: {namespace: default, name: w}\nspec: {size: 5, ready: \"2026-11-23T11:00:00Z\"}\n")
	r.until(good, "a", is(Live, 1))
	row := in(good, "default")[0]
	if row.Cells[0] != "5" || len(row.Cells[1]) != 13 {
		t.Errorf("%+v", row)
	}

	broken := "{strategy: Webhook, webhook: {conversionReviewVersions: [v1], clientConfig: {url: \"https://127.0.0.1:9/convert\"}}}"
	c.Apply(t, fmt.Sprintf(widgets, "new", broken))
	c.Apply(t, "apiVersion: new.test/v1\nkind: Widget\nmetadata: {namespace: default, name: w}\n")
	bad := r.Open(Kind{Key: "widgets.new.test", Group: "new.test", Resource: "widgets", Namespaced: true})
	r.until(bad, "a", failedFor("conversion webhook")) // after a 429, for as long as the server sets the kind up
	c.Apply(t, "apiVersion: old.test/v1\nkind: Widget\nmetadata: {namespace: default, name: x}\nspec: {size: 6}\n")
	r.until(good, "a", is(Live, 2))
	c.Apply(t, fmt.Sprintf(widgets, "new", "{strategy: None}"))
	r.until(bad, "a", is(Live, 1))

	remove(t, c, schema.GroupVersionResource{Group: "apiextensions.k8s.io", Version: "v1", Resource: "customresourcedefinitions"}, "", "widgets.old.test")
	r.until(good, "a", is(Missing, 0))

	// An aggregated API that is down.
	c.Apply(t, "apiVersion: apiregistration.k8s.io/v1\nkind: APIService\nmetadata: {name: v1.down.test}\n"+
		"spec: {group: down.test, version: v1, groupPriorityMinimum: 100, versionPriority: 100, insecureSkipTLSVerify: true, service: {namespace: default, name: nowhere}}\n")
	down := r.Open(Kind{Key: "things.down.test", Group: "down.test", Resource: "things", Namespaced: true})
	r.until(down, "a", failedFor("Service Unavailable"))
}
