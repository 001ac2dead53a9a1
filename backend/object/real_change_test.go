package object

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
)

// definition is a kind with a scale, a switch and a status; GROUP is the test's own.
const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: lamps.GROUP}
spec:
  group: GROUP
  scope: Namespaced
  names: {kind: Lamp, plural: lamps, singular: lamp}
  versions:
  - name: v1
    served: true
    storage: true
    subresources: {status: {}, scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas}}
    additionalPrinterColumns: [{name: State, type: string, jsonPath: .status.state}]
    schema:
      openAPIV3Schema:
        type: object
        required: [spec]
        properties:
          spec:
            type: object
            required: [color]
            properties:
              color: {type: string, enum: [red, green], description: "What it \u001b[31mshines\u001b[0m like."}
              replicas: {type: integer, minimum: 0, default: 1}
              suspend: {type: boolean}
              parts: {type: array, items: {type: object, properties: {x: {x-kubernetes-int-or-string: true}}}}
              free: {type: object, x-kubernetes-preserve-unknown-fields: true}
          status: {type: object, x-kubernetes-preserve-unknown-fields: true}
  - name: v1alpha1
    served: false
    storage: false
    deprecated: true
    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
---
apiVersion: GROUP/v1
kind: Lamp
metadata: {name: port, namespace: %s, finalizers: [GROUP/stay]}
spec: {color: red}
`

// A kind that is known from its definition alone: shown, completed, scaled, suspended, edited, deleted.
func TestRealCustomKind(t *testing.T) {
	each(t, func(t *testing.T, c *kubetest.Cluster) {
		t.Helper()
		ns := c.Namespace(t)
		group := ns + ".binnacle.dev"
		c.Apply(t, strings.ReplaceAll(strings.ReplaceAll(definition, "GROUP", group), "%s", ns))
		m := connect(t, c.Admin())
		key := "lamps." + group
		ref := opened(t, m, key, ns, "port")
		setStatus(t, c, m, ref, "{state: Failed, brightness: 3, lastSeenTime: '2026-01-01T00:00:00Z', conditions: [{type: Ready, status: 'False', reason: Dark}, {type: DiskPressure, status: 'True'}]}")
		o, err := m.Open(t.Context(), ref)
		check(t, err)
		if o.Status != "Failed" || o.Tone != ToneBad || factOf(o, "Brightness") != "3" || factOf(o, "Color") != "red" {
			t.Errorf("it is %+v", o)
		}
		if o.Conditions[0].Tone != ToneBad || o.Conditions[1].Tone != ToneBad {
			t.Errorf("conditions are %+v", o.Conditions)
		}
		if got := actionsOf(o); got != "edit scale delete" {
			t.Errorf("before the schema is known: %s", got)
		}
		checkSchema(t, m, ref)
		if o, _ = m.Open(t.Context(), ref); actionsOf(o) != "edit scale suspend delete" || o.Actions[1].Replicas != 1 {
			t.Errorf("the actions are %+v", o.Actions)
		}
		spec := func() string {
			t.Helper()
			o, err := m.read(t.Context(), ref)
			check(t, err)
			raw, _ := json.Marshal(o.tree["spec"])
			return string(raw)
		}
		for _, step := range []struct {
			change Change
			want   string
		}{
			{Change{Action: ActionScale, Replicas: 7}, `{"color":"red","replicas":7}`},
			{Change{Action: ActionSuspend}, `{"color":"red","replicas":7,"suspend":true}`},
			{Change{Action: ActionResume}, `{"color":"red","replicas":7,"suspend":false}`},
		} {
			step.change.Ref = ref
			check(t, m.Change(t.Context(), step.change))
			if got := spec(); got != step.want {
				t.Errorf("%s: the spec is %s", step.change.Action, got)
			}
			if o, _ = m.Open(t.Context(), ref); o.Actions[1].Replicas != 7 {
				t.Errorf("%s: shown are %d replicas", step.change.Action, o.Actions[1].Replicas)
			}
		}
		edit := editing(t, m, ref, "color: red", "color: blue\n  colour: red")
		p, err := m.Preview(t.Context(), edit)
		check(t, err)
		if len(p.Problems) == 0 || !strings.Contains(strings.Split(edit.YAML, "\n")[p.Problems[0].Line-1], "colour") {
			t.Errorf("problems are %+v", p.Problems)
		}
		p, err = m.Preview(t.Context(), editing(t, m, ref, "color: red", "color: blue"))
		check(t, err)
		if len(p.Problems) != 1 || !strings.Contains(p.Problems[0].Message, `"green"`) || p.Problems[0].Path != "spec.color" || p.Problems[0].Line == 0 {
			t.Errorf("problems are %+v", p.Problems)
		}
		crd := opened(t, m, definitions, "", key)
		going, err := m.Deletion(t.Context(), crd)
		check(t, err)
		if g, ok := groupOf(going.Groups, "Objects of this kind"); !ok || g.More != 1 || len(going.Warnings) == 0 {
			t.Errorf("with the definition goes %+v", going)
		}
		if o, err := m.Open(t.Context(), crd); err != nil || o.Status != "Established" || factOf(o, "Versions") != "v1 (stored), v1alpha1 (deprecated)" {
			t.Errorf("the definition is %+v, %v", o, err)
		}
		c.Apply(t, child("apps/v1", "Deployment", ns, "bulb", ref, "Lamp", group+"/v1", replicaSpec))
		bulb := opened(t, m, deployments, ns, "bulb")
		c.Apply(t, child("apps/v1", "ReplicaSet", ns, "bulb-1", bulb, "Deployment", "apps/v1", replicaSpec))
		going, err = m.Deletion(t.Context(), ref)
		check(t, err)
		for title, want := range map[string]string{"Deployments": "bulb", "ReplicaSets": "bulb-1"} {
			if g, _ := groupOf(going.Groups, title); !cmp.Equal(names(g), []string{want}) {
				t.Errorf("with it goes %+v", going.Groups)
			}
		}
		if d, err := m.Deletion(t.Context(), bulb); err != nil || !strings.Contains(strings.Join(d.Warnings, "\n"), "Lamp port manages it") {
			t.Errorf("%v, the warnings are %q", err, d.Warnings)
		}
		if diff := cmp.Diff([]string{group + "/stay"}, going.Finalizers); diff != "" {
			t.Error(diff)
		}
		check(t, m.Change(t.Context(), Change{Ref: ref, Action: ActionDelete}))
		o, err = m.Open(t.Context(), ref)
		check(t, err)
		if o.Deleting.IsZero() || o.Status != "Terminating" || actionsOf(o) != "edit scale! suspend delete!" || factOf(o, "Waits for") == "" {
			t.Errorf("being deleted it is %+v", o)
		}
	})
}

func checkSchema(t *testing.T, m Member, ref Ref) {
	t.Helper()
	var raw []byte
	var err error
	for deadline := time.Now().Add(20 * time.Second); raw == nil; time.Sleep(100 * time.Millisecond) { // of a new kind it comes by and by
		if time.Now().After(deadline) {
			t.Fatal("there is no schema")
		}
		raw, err = m.Schema(t.Context(), ref)
		check(t, err)
	}
	schema, err := decode(raw)
	check(t, err)
	color := schema.in("properties", "spec", "properties", "color")
	if diff := cmp.Diff([]string{"red", "green"}, color.texts("enum")); diff != "" || color.raw("description") != "What it [31mshines[0m like." {
		t.Errorf("the schema of the color is %+v", color)
	}
	part := schema.in("properties", "spec", "properties", "parts", "items", "properties", "x")
	if !part.flag("x-kubernetes-int-or-string") || schema.in("properties", "metadata") == nil {
		t.Errorf("the schema is %s", raw)
	}
	before := requests(m).sent.Load()
	again, err := m.Schema(t.Context(), ref)
	check(t, err)
	if string(again) != string(raw) || requests(m).sent.Load() != before+1 {
		t.Errorf("asking again took %d requests", requests(m).sent.Load()-before)
	}
}

// The schemas of the built-in kinds hold all that they refer to.
func TestRealBuiltInSchemas(t *testing.T) {
	each(t, func(t *testing.T, c *kubetest.Cluster) {
		t.Helper()
		m := connect(t, c.Admin())
		for _, key := range []string{pods, deployments, definitions, ingresses, "roles.rbac.authorization.k8s.io"} {
			raw, err := m.Schema(t.Context(), Ref{Kind: key})
			check(t, err)
			schema, err := decode(raw)
			check(t, err)
			t.Logf("%s: %d KB", key, len(raw)>>10)
			for _, part := range strings.Split(string(raw), `"$ref":"`)[1:] {
				name, _, _ := strings.Cut(strings.TrimPrefix(part, "#/definitions/"), `"`)
				if schema.in("definitions", name) == nil {
					t.Errorf("%s: %s is missing", key, name)
				}
			}
			if len(raw) > 1<<20 || schema.in("properties", "metadata") == nil {
				t.Errorf("%s has %d bytes", key, len(raw))
			}
		}
		if raw, err := m.Schema(t.Context(), Ref{Kind: "nowhere"}); raw != nil || err == nil {
			t.Errorf("an unknown kind gives %s, %v", raw, err)
		}
		m.Schemas.Forget(m.ID)
		if _, kept := m.Schemas.find(m.ID, pods); kept {
			t.Error("it isn't forgotten")
		}
	})
}

func TestRealChanges(t *testing.T) {
	each(t, func(t *testing.T, c *kubetest.Cluster) {
		t.Helper()
		ns := apply(t, c, deployment+`---
apiVersion: batch/v1
kind: CronJob
metadata: {name: tick, namespace: %s}
spec:
  schedule: "* * * * *"
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}}}
---
apiVersion: v1
kind: Node
metadata: {name: node-%s}
`)
		m := connect(t, c.Admin())
		web, tick, node := opened(t, m, deployments, ns, "web"), opened(t, m, cronJobs, ns, "tick"), opened(t, m, nodes, "", "node-"+ns)
		for name, s := range map[string]struct {
			ref      Ref
			change   Change
			path     []string
			want     any
			then     string
			argument int
		}{
			"1 scale":    {web, Change{Action: ActionScale, Replicas: 0}, []string{"spec", "replicas"}, int64(0), "logs edit scale restart delete", 0},
			"2 suspend":  {tick, Change{Action: ActionSuspend}, []string{"spec", "suspend"}, true, "logs edit resume delete", 0},
			"3 cordon":   {node, Change{Action: ActionCordon}, []string{"spec", "unschedulable"}, true, "edit uncordon delete", 0},
			"4 too many": {web, Change{Action: ActionScale, Replicas: 10_001}, nil, nil, "", 0},
			"5 negative": {web, Change{Action: ActionScale, Replicas: -1}, nil, nil, "", 0},
			"6 no scale": {tick, Change{Action: ActionScale, Replicas: 1}, nil, nil, "", 0},
			"7 no node":  {web, Change{Action: ActionCordon}, nil, nil, "", 0},
			"8 no pods":  {node, Change{Action: ActionRestart}, nil, nil, "", 0},
			"9 no way":   {web, Change{Action: ActionSuspend}, nil, nil, "", 0},
			"unopened":   {Ref{Kind: deployments, Namespace: ns, Name: "web"}, Change{Action: ActionDelete}, nil, nil, "", 0},
		} {
			s.change.Ref = s.ref
			err := m.Change(t.Context(), s.change)
			if s.path == nil {
				if _, ok := errors.AsType[*InvalidError](err); !ok {
					t.Errorf("%s gives %v", name, err)
				}
				continue
			}
			check(t, err)
			o, err := m.read(t.Context(), s.ref)
			check(t, err)
			if got := o.last(s.path); got != s.want {
				t.Errorf("%s: it is %v", name, got)
			}
			if shown, _ := m.Open(t.Context(), s.ref); actionsOf(shown) != s.then || s.ref == web && shown.Actions[2].Replicas != 0 {
				t.Errorf("%s: then %s", name, actionsOf(shown))
			}
		}
		check(t, m.Change(t.Context(), Change{Ref: tick, Action: ActionResume}))
		check(t, m.Change(t.Context(), Change{Ref: node, Action: ActionUncordon}))
		check(t, m.Change(t.Context(), Change{Ref: web, Action: ActionRestart}))
		o, err := m.read(t.Context(), web)
		check(t, err)
		if o.in("spec", "template", "metadata", "annotations")["kubectl.kubernetes.io/restartedAt"] == nil {
			t.Errorf("it wasn't restarted: %v", o.tree)
		}
		other(t, c, web, `{"spec":{"paused":true}}`)
		if shown, _ := m.Open(t.Context(), web); actionsOf(shown) != "logs edit scale restart! delete" {
			t.Errorf("paused, it has %s", actionsOf(shown))
		}
	})
}

// What goes with a namespace, a node, a claim; and what a person may not expect.
func TestRealDeletion(t *testing.T) {
	each(t, func(t *testing.T, c *kubetest.Cluster) {
		t.Helper()
		ns := apply(t, c, `apiVersion: v1
kind: PersistentVolume
metadata: {name: pv-%s}
spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], persistentVolumeReclaimPolicy: Delete, hostPath: {path: /x}, claimRef: {namespace: "%s", name: data}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data, namespace: %s}
spec: {accessModes: [ReadWriteOnce], volumeName: pv-%s, resources: {requests: {storage: 1Gi}}}
---
apiVersion: v1
kind: Node
metadata: {name: node-%s}
---
apiVersion: v1
kind: Pod
metadata: {name: app, namespace: %s, labels: {kustomize.toolkit.fluxcd.io/name: apps}}
spec:
  nodeName: node-%s
  containers: [{name: a, image: a}]
  volumes: [{name: d, persistentVolumeClaim: {claimName: data}}]
`)
		m := connect(t, c.Admin())
		for name, s := range map[string]struct {
			ref        Ref
			says       []string
			groups     map[string]int
			finalizers string
		}{
			"namespace": {
				Ref{Kind: namespaces, Name: ns},
				[]string{"Everything in it"},
				map[string]int{"Pods": 1, "PersistentVolumeClaims": 1},
				"kubernetes",
			},
			"its own": {Ref{Kind: namespaces, Name: "kube-system"}, []string{"the cluster's own", "anybody delete"}, nil, "kubernetes"},
			"claim": {
				Ref{Kind: claims, Namespace: ns, Name: "data"}, []string{"its data go with it"}, nil, "kubernetes.io/pvc-protection",
			},
			"volume": {Ref{Kind: volumes, Name: "pv-" + ns}, []string{"reclaim policy is Delete"}, nil, "kubernetes.io/pv-protection"},
			"node":   {Ref{Kind: nodes, Name: "node-" + ns}, []string{"registers itself again"}, map[string]int{"Pods": 1}, ""},
			"pod":    {Ref{Kind: pods, Namespace: ns, Name: "app"}, []string{"Nothing manages this pod", "Flux keeps"}, nil, ""},
		} {
			before := requests(m).sent.Load()
			d, err := m.Deletion(t.Context(), s.ref)
			check(t, err)
			if n := requests(m).sent.Load() - before; n > 9 {
				t.Errorf("%s: %d requests", name, n)
			}
			for _, want := range s.says {
				if !strings.Contains(strings.Join(d.Warnings, "\n"), want) {
					t.Errorf("%s: %q isn't in %q", name, want, d.Warnings)
				}
			}
			for title, want := range s.groups {
				if g, _ := groupOf(d.Groups, title); g.More+len(g.Links) != want || g.Why != "" {
					t.Errorf("%s: %s are %+v", name, title, g)
				}
			}
			if !strings.Contains(strings.Join(d.Finalizers, " "), s.finalizers) {
				t.Errorf("%s: finalizers are %q", name, d.Finalizers)
			}
		}
		used, err := m.Related(t.Context(), Ref{Kind: claims, Namespace: ns, Name: "data"})
		check(t, err)
		if g, _ := groupOf(used.Groups, "Used by"); !cmp.Equal(names(g), []string{"app"}) {
			t.Errorf("used by %+v", used.Groups)
		}
		if g, _ := groupOf(used.Groups, "Volume"); !cmp.Equal(names(g), []string{"pv-" + ns}) {
			t.Errorf("the volume is %+v", used.Groups)
		}
	})
}
