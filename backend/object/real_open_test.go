package object

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
)

// child is an object that another owns.
func child(apiVersion, kind, ns, name string, owner Ref, ownerKind, ownerVersion, rest string) string {
	return fmt.Sprintf("---\napiVersion: %s\nkind: %s\nmetadata: {name: %s, namespace: %s, labels: {app: web}, ownerReferences: [{apiVersion: %s, kind: %s, name: %s, uid: %s, controller: true}]}\n%s",
		apiVersion, kind, name, ns, ownerVersion, ownerKind, owner.Name, owner.UID, rest)
}

const replicaSpec = "spec: {replicas: 1, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: a, image: a}]}}}\n"

// A deployment, its replica set and its pod: down by owners, up by the chain, and what isn't owned stays out.
func TestRealFamily(t *testing.T) {
	each(t, func(t *testing.T, c *kubetest.Cluster) {
		t.Helper()
		ns := apply(t, c, deployment)
		m := connect(t, c.Admin())
		web := opened(t, m, deployments, ns, "web")
		c.Apply(t, child("apps/v1", "ReplicaSet", ns, "web-1", web, "Deployment", "apps/v1", replicaSpec))
		set := opened(t, m, replicaSets, ns, "web-1")
		c.Apply(t, child("v1", "Pod", ns, "web-1-a", set, "ReplicaSet", "apps/v1", "spec: {containers: [{name: a, image: a}]}\n")+
			"---\napiVersion: v1\nkind: Pod\nmetadata: {name: stranger, namespace: "+ns+", labels: {app: web}}\nspec: {containers: [{name: a, image: a}]}\n"+
			"---\napiVersion: v1\nkind: Service\nmetadata: {name: front, namespace: "+ns+"}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n")
		pod := opened(t, m, pods, ns, "web-1-a")
		o, err := m.Open(t.Context(), pod)
		check(t, err)
		want := []Link{
			{Ref: set, Kind: "ReplicaSet", Status: "0/1 ready", Tone: ToneBad},
			{Ref: web, Kind: "Deployment", Status: "0/2 ready", Tone: ToneBad},
		}
		if diff := cmp.Diff(want, o.Owners); diff != "" {
			t.Errorf("owners (-want +got):\n%s", diff)
		}
		if o.Status != "Pending" || actionsOf(o) != "logs edit delete" {
			t.Errorf("the pod is %s, with %s", o.Status, actionsOf(o))
		}
		for kind, ref := range map[string]Ref{"deployment": web, "replica set": set} {
			before := requests(m).sent.Load()
			related, err := m.Related(t.Context(), ref)
			check(t, err)
			if g, _ := groupOf(related.Groups, "Pods"); !cmp.Equal(names(g), []string{"web-1-a"}) || g.Links[0].Status != "Pending" || g.Links[0].Tone != ToneBusy {
				t.Errorf("of the %s: %+v", kind, related)
			}
			if n := requests(m).sent.Load() - before; n > 8 {
				t.Errorf("%d requests", n)
			}
		}
		going, err := m.Deletion(t.Context(), web)
		check(t, err)
		if _, has := groupOf(going.Groups, "ReplicaSets"); !has || len(going.Groups) != 2 {
			t.Errorf("what goes is %+v", going)
		}
		for title, want := range map[string]string{"Services": "front", "Service account": "default"} {
			related, err := m.Related(t.Context(), pod)
			check(t, err)
			if g, _ := groupOf(related.Groups, title); !cmp.Equal(names(g), []string{want}) {
				t.Errorf("%s are %+v", title, related.Groups)
			}
		}
		front, err := m.Related(t.Context(), opened(t, m, services, ns, "front"))
		check(t, err)
		if g, _ := groupOf(front.Groups, "Pods"); !cmp.Equal(names(g), []string{"stranger", "web-1-a"}) {
			t.Errorf("of the service: %+v", front.Groups)
		}
		// The owner goes, and one of its name comes.
		check(t, m.Change(t.Context(), Change{Ref: web, Action: ActionDelete, Orphan: true}))
		if text, err := m.Text(t.Context(), web); err != nil || !strings.Contains(text.YAML, "- orphan") {
			t.Errorf("%v, it isn't being orphaned:\n%s", err, text.YAML)
		}
		other(t, c, web, `{"metadata":{"finalizers":null}}`) // as the garbage collector does
		c.Apply(t, strings.ReplaceAll(deployment, "%s", ns))
		o, err = m.Open(t.Context(), set)
		check(t, err)
		if len(o.Owners) != 1 || !strings.Contains(o.Owners[0].Gone, "another object") {
			t.Errorf("owners are %+v", o.Owners)
		}
	})
}

// Owners in a circle, of an unknown kind, and gone end the chain with the reason.
func TestRealOwnersThatEnd(t *testing.T) {
	each(t, func(t *testing.T, c *kubetest.Cluster) {
		t.Helper()
		ns := apply(t, c, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: %s}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: b, namespace: %s}\n")
		m := connect(t, c.Admin())
		a, b := opened(t, m, configMaps, ns, "a"), opened(t, m, configMaps, ns, "b")
		owned := func(by Ref, apiVersion, kind string) string {
			return fmt.Sprintf(`{"metadata":{"ownerReferences":[{"apiVersion":%q,"kind":%q,"name":%q,"uid":%q}]}}`, apiVersion, kind, by.Name, by.UID)
		}
		other(t, c, a, owned(b, "v1", "ConfigMap"))
		for name, x := range map[string]struct {
			patch, says string
			links       int
		}{
			"a circle":  {owned(a, "v1", "ConfigMap"), "circle", 2},
			"a kind":    {owned(a, "nowhere.example/v1", "Lamp"), "doesn't serve Lamp", 2},
			"gone":      {owned(Ref{Name: "gone", UID: "x"}, "v1", "ConfigMap"), "gone", 2},
			"replaced":  {owned(Ref{Name: "a", UID: "x"}, "v1", "ConfigMap"), "another object", 2},
			"a strange": {owned(Ref{Name: "a?b", UID: "x"}, "v1", "ConfigMap"), "can't be asked for", 2},
		} {
			other(t, c, b, x.patch)
			o, err := m.Open(t.Context(), a)
			check(t, err)
			if len(o.Owners) != x.links || !strings.Contains(o.Owners[len(o.Owners)-1].Gone, x.says) {
				t.Errorf("%s: %+v", name, o.Owners)
			}
		}
	})
}

// Whoever may see one kind alone sees it, and is told why the rest is missing.
func TestRealLimitedUser(t *testing.T) {
	each(t, func(t *testing.T, c *kubetest.Cluster) {
		t.Helper()
		ns := apply(t, c, deployment)
		user := "lea-" + ns
		c.Allow(t, user, "{apiGroups: [apps], resources: [deployments], verbs: [get]}")
		admin := connect(t, c.Admin())
		ref := opened(t, admin, deployments, ns, "web")
		c.Apply(t, child("apps/v1", "ReplicaSet", ns, "web-1", ref, "Deployment", "apps/v1", replicaSpec))
		m := connect(t, c.User(t, user))
		o, err := m.Open(t.Context(), ref)
		check(t, err)
		if o.Status != "0/2 ready" {
			t.Errorf("it is %+v", o)
		}
		events, err := m.Events(t.Context(), ref)
		check(t, err)
		if len(events.Events) > 0 || !strings.Contains(events.Why, "may not list events") || !strings.Contains(events.Why, user) {
			t.Errorf("events are %+v", events)
		}
		related, err := m.Related(t.Context(), ref)
		check(t, err)
		for _, title := range []string{"ReplicaSets", "Pods"} {
			if g, ok := groupOf(related.Groups, title); !ok || !strings.Contains(g.Why, "can't list") {
				t.Errorf("%s are %+v", title, g)
			}
		}
		p, err := m.Preview(t.Context(), editing(t, m, ref, "replicas: 2", "replicas: 3"))
		check(t, err)
		if len(p.Problems) != 1 || !strings.Contains(p.Problems[0].Message, "cannot update") {
			t.Errorf("the preview says %+v", p.Problems)
		}
		// Who sees pods and not what is between is told so, for the pods are there.
		c.Allow(t, user, "{apiGroups: [''], resources: [pods, events], verbs: [list]}")
		other(t, c, ref, `{"metadata":{"labels":{"seen":"1"}}}`)
		for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) { // the server learns of a right by and by
			if related, err = m.Related(t.Context(), ref); err != nil {
				t.Fatal(err)
			}
			if g, _ := groupOf(related.Groups, "Pods"); strings.Contains(g.Why, "between") {
				break
			}
		}
		if g, _ := groupOf(related.Groups, "Pods"); !strings.Contains(g.Why, "replicasets") {
			t.Errorf("pods are %+v", g)
		}
		if _, err := m.Open(t.Context(), Ref{Kind: configMaps, Namespace: ns, Name: "x"}); !strings.HasPrefix(Why(err), "The cluster doesn't allow it: ") {
			t.Errorf("opening what is forbidden gives %v", err)
		}
	})
}

// Terminal codes, HTML and characters that turn text around are shown as text, wherever a cluster can put them.
func TestRealHostileText(t *testing.T) {
	const evil = "\x1b[31m<script>alert(1)</script>\u202etxt.exe\u200b\x07"
	quoted, _ := json.Marshal(evil)
	each(t, func(t *testing.T, c *kubetest.Cluster) {
		t.Helper()
		ns := apply(t, c, strings.ReplaceAll(`apiVersion: v1
kind: Pod
metadata:
  name: evil
  namespace: %s
  annotations: {evil: EVIL}
spec:
  containers: [{name: a, image: a, args: [EVIL], env: [{name: X, value: EVIL}]}]
---
apiVersion: v1
kind: Event
metadata: {name: evil.1, namespace: %s}
involvedObject: {kind: Pod, name: evil, namespace: %s}
reason: EVIL
message: EVIL
type: Warning
reportingComponent: EVIL
count: 3
source: {component: EVIL, host: EVIL}
firstTimestamp: "2026-01-01T00:00:00Z"
lastTimestamp: "2026-01-02T00:00:00Z"
---
apiVersion: v1
kind: ConfigMap
metadata: {name: evil, namespace: %s, annotations: {x: EVIL}}
data: {x: EVIL}
`, "EVIL", string(quoted)))
		m := connect(t, c.Admin())
		pod := opened(t, m, pods, ns, "evil")
		bad := string(quoted)
		setStatus(t, c, m, pod, `{phase: Running, reason: `+bad+`, message: `+bad+`, conditions: [{type: Ready, status: "False", reason: `+bad+`, message: `+bad+`}],
  containerStatuses: [{name: a, image: a, imageID: a, ready: false, restartCount: 2, state: {waiting: {reason: `+bad+`, message: `+bad+`}}, lastState: {terminated: {exitCode: 1, reason: `+bad+`, message: `+bad+`}}}]}`)
		var answers []any
		for _, ref := range []Ref{pod, opened(t, m, configMaps, ns, "evil"), opened(t, m, events, ns, "evil.1")} {
			o, err := m.Open(t.Context(), ref)
			check(t, err)
			text, err := m.Text(t.Context(), ref)
			check(t, err)
			edit := editing(t, m, ref, "metadata:\n", "metadata:\n  labels: {a: b}\n")
			p, err := m.Preview(t.Context(), edit)
			check(t, err)
			related, err := m.Related(t.Context(), ref)
			check(t, err)
			answers = append(answers, o, text, p, related)
			if len(p.Problems) > 0 || !strings.Contains(text.YAML, `\e[31m<script>`) && !strings.Contains(text.YAML, `\x1b[31m<script>`) {
				t.Errorf("%+v, the text is\n%s", p.Problems, text.YAML)
			}
			saved, err := m.Save(t.Context(), edit)
			check(t, err)
			if got, _ := parse(saved.YAML); ref.Kind == configMaps && got.raw("data", "x") != evil {
				t.Errorf("the value became %q", got.raw("data", "x"))
			}
		}
		events, err := m.Events(t.Context(), pod)
		check(t, err)
		if len(events.Events) != 1 || events.Events[0].Count != 3 || !events.Events[0].Warning || events.Events[0].Last.Day() != 2 {
			t.Errorf("events are %+v", events)
		}
		answers = append(answers, events)
		for _, a := range answers {
			text := fmt.Sprintf("%+v", a)
			for _, r := range text {
				if r != '\n' && r != '\t' && !unicode.IsPrint(r) {
					t.Errorf("%q is in %.200s", r, text)
					break
				}
			}
		}
	})
}

func TestRefsThatMeanOthers(t *testing.T) {
	m := Member{Kinds: []Kind{{Version: "v1", Resource: "pods", Kind: "Pod", Namespaced: true}}} // and nobody to ask
	for _, ref := range []Ref{
		{Kind: pods, Namespace: "a", Name: "b?c"},
		{Kind: pods, Namespace: "a/b", Name: "c"},
		{Kind: pods, Namespace: "a", Name: "../x"},
		{Kind: pods, Namespace: "..", Name: "x"},
		{Kind: pods, Namespace: "a", Name: ""},
		{Kind: "nowhere", Namespace: "a", Name: "b"},
	} {
		_, err := m.Open(t.Context(), ref)
		_, isInvalid := errors.AsType[*InvalidError](err)
		if _, isUnknown := errors.AsType[*UnknownKindError](err); !isInvalid && !isUnknown {
			t.Errorf("%+v gives %v", ref, err)
		}
		if m.Change(t.Context(), Change{Ref: ref, Action: ActionDelete}) == nil {
			t.Errorf("%+v can be deleted", ref)
		}
	}
}

// A node's events are kept in the namespace default, under its name for a UID; whoever may list no others sees those.
func TestRealNodeEvents(t *testing.T) {
	each(t, func(t *testing.T, c *kubetest.Cluster) {
		t.Helper()
		user := "ivo-" + c.Version()
		c.Apply(t, strings.ReplaceAll(`apiVersion: v1
kind: Node
metadata: {name: %s}
---
apiVersion: v1
kind: Event
metadata: {name: %s.1, namespace: default}
involvedObject: {kind: Node, name: "%s", uid: "%s"}
reason: Rebooted
type: Warning
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: %s, namespace: default}
rules: [{apiGroups: [""], resources: [events], verbs: [list]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: %s, namespace: default}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: "%s"}
subjects: [{kind: User, name: "%s", apiGroup: rbac.authorization.k8s.io}]
`, "%s", user))
		ref := opened(t, connect(t, c.Admin()), nodes, "", user)
		for name, config := range map[string][]byte{"admin": c.Admin(), "limited": c.User(t, user)} {
			m := connect(t, config)
			got, err := m.Events(t.Context(), ref)
			for deadline := time.Now().Add(10 * time.Second); got.Why != "" && time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
				got, err = m.Events(t.Context(), ref) // the server learns of a right by and by
			}
			check(t, err)
			if len(got.Events) != 1 || got.Events[0].Reason != "Rebooted" || got.Why != "" {
				t.Errorf("%s: %+v", name, got)
			}
		}
	})
}
