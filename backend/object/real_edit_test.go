package object

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"

	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
)

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: %s, labels: {app: web}}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - {name: web, image: "web:1", env: [{name: A, value: "1"}]}
      - {name: side, image: "side:1"}
`

// editing is a person's edit of an object, as the page makes it.
func editing(t *testing.T, m Member, ref Ref, was, becomes string) Edit {
	t.Helper()
	text, err := m.Text(t.Context(), ref)
	check(t, err)
	if !strings.Contains(text.YAML, was) {
		t.Fatalf("%q isn't in\n%s", was, text.YAML)
	}
	return Edit{Ref: ref, Base: text.YAML, Version: text.Version, YAML: strings.Replace(text.YAML, was, becomes, 1)}
}

// What a preview shows is what saving does, and previewing does nothing.
func TestRealEdit(t *testing.T) {
	each(t, func(t *testing.T, c *kubetest.Cluster) {
		t.Helper()
		ns := apply(t, c, deployment)
		m := connect(t, c.Admin())
		ref := opened(t, m, deployments, ns, "web")
		edit := editing(t, m, ref, "image: web:1", "image: web:2")
		p, err := m.Preview(t.Context(), edit)
		check(t, err)
		if len(p.Problems)+len(p.Clashes) > 0 || p.Merged != "" || strings.Contains(p.After, "managedFields") {
			t.Errorf("the preview is %+v", p)
		}
		if want := strings.Replace(p.Before, "image: web:1", "image: web:2", 1); p.After != want {
			t.Errorf("after is\n%s\nwant\n%s", p.After, want)
		}
		if now, _ := m.Text(t.Context(), ref); now.Version != edit.Version {
			t.Error("the preview wrote")
		}
		odd, err := m.Preview(t.Context(), editing(t, m, ref, `value: "1"`, `value: "1"
            - name: A
              value: "2"`))
		check(t, err)
		if len(odd.Problems) > 0 || len(odd.Warnings) != 1 || !strings.Contains(odd.Warnings[0], "hides previous definition") {
			t.Errorf("of a variable that is there twice the server says %q, %+v", odd.Warnings, odd.Problems)
		}
		saved, err := m.Save(t.Context(), edit)
		check(t, err)
		if !strings.Contains(saved.YAML, "image: web:2") || saved.Version == edit.Version {
			t.Errorf("saved is %s", saved.YAML)
		}
		if _, err = m.Save(t.Context(), edit); !errors.Is(err, ErrConflict) {
			t.Errorf("saving the same edit again gives %v", err)
		}
	})
}

// Two people edit: what doesn't clash is joined, what does is told, and nothing unseen is overwritten.
func TestRealTwoEditors(t *testing.T) {
	each(t, func(t *testing.T, c *kubetest.Cluster) {
		t.Helper()
		ns := apply(t, c, deployment)
		m := connect(t, c.Admin())
		ref := opened(t, m, deployments, ns, "web")
		edit := editing(t, m, ref, "image: web:1", "image: web:2")
		edit.YAML = strings.Replace(edit.YAML, "replicas: 2", "replicas: 5", 1)
		other(t, c, ref, `{"metadata":{"labels":{"theirs":"x"}},"spec":{"replicas":3}}`)
		if _, err := m.Save(t.Context(), edit); !errors.Is(err, ErrConflict) {
			t.Fatalf("saving over somebody's change gives %v", err)
		}
		p, err := m.Preview(t.Context(), edit)
		check(t, err)
		if len(p.Clashes) != 1 || p.Clashes[0] != (Clash{Path: "spec.replicas", Mine: "5\n", Theirs: "3\n"}) {
			t.Errorf("the clashes are %+v", p.Clashes)
		}
		for _, want := range []string{"replicas: 5", "theirs: x", "image: web:2", "uid: " + ref.UID, "resourceVersion: \"" + p.Version} {
			if !strings.Contains(p.Merged, want) || !strings.Contains(p.After, want) {
				t.Errorf("%s isn't in what was merged:\n%s", want, p.Merged)
			}
		}
		saved, err := m.Save(t.Context(), Edit{Ref: ref, YAML: p.Merged, Base: p.Before, Version: p.Version})
		check(t, err)
		if !strings.Contains(saved.YAML, "theirs: x") || !strings.Contains(saved.YAML, "replicas: 5") {
			t.Errorf("saved is\n%s", saved.YAML)
		}
	})
}

// A status that moves all the time keeps nobody from saving, and is never overwritten.
func TestRealStatusMoves(t *testing.T) {
	each(t, func(t *testing.T, c *kubetest.Cluster) {
		t.Helper()
		ns := apply(t, c, deployment)
		m := connect(t, c.Admin())
		ref := opened(t, m, deployments, ns, "web")
		setStatus(t, c, m, ref, "{replicas: 1, readyReplicas: 1, observedGeneration: 1}")
		edit := editing(t, m, ref, "replicas: 2", "replicas: 4")
		edit.YAML = strings.Replace(edit.YAML, "readyReplicas: 1", "readyReplicas: 9", 1)
		setStatus(t, c, m, ref, "{replicas: 2, readyReplicas: 2, observedGeneration: 1}")
		p, err := m.Preview(t.Context(), edit)
		check(t, err)
		if p.Merged != "" || len(p.Clashes) > 0 || len(p.Warnings) != 1 || !strings.Contains(p.Warnings[0], "status") {
			t.Errorf("the preview is %+v", p)
		}
		saved, err := m.Save(t.Context(), edit)
		check(t, err)
		if !strings.Contains(saved.YAML, "readyReplicas: 2") || !strings.Contains(saved.YAML, "replicas: 4") {
			t.Errorf("saved is\n%s", saved.YAML)
		}
	})
}

// Each of the server's objections is at its line of the person's text.
func TestRealProblems(t *testing.T) {
	each(t, func(t *testing.T, c *kubetest.Cluster) {
		t.Helper()
		ns := apply(t, c, deployment)
		m := connect(t, c.Admin())
		ref := opened(t, m, deployments, ns, "web")
		before, err := m.Text(t.Context(), ref)
		check(t, err)
		for name, p := range map[string]struct{ old, new, at, says string }{
			"unknown field":    {"replicas: 2", "replicas: 2\n  replica: 3", "replica: 3", "doesn't know this field"},
			"deep unknown":     {"image: web:1", "image: web:1\n          imagePolicy: x", "imagePolicy: x", "doesn't know this field"},
			"invalid value":    {"replicas: 2", "replicas: -2", "replicas: -2", "greater than or equal to 0"},
			"wrong type":       {"replicas: 2", "replicas: many", "replicas: many", "must be a number"},
			"immutable":        {"matchLabels:\n      app: web", "matchLabels:\n      app: other", "labels:", "does not match"},
			"missing":          {"image: side:1", "image: ''", "image: ''", "equired"},
			"another name":     {"name: web\n", "name: other\n", "name: other", "another object"},
			"another kind":     {"kind: Deployment", "kind: DaemonSet", "kind: DaemonSet", "another object"},
			"another version":  {"apiVersion: apps/v1", "apiVersion: apps/v1beta1", "apiVersion: apps/v1beta1", "another object"},
			"two documents":    {"status:", "---\nstatus:", "status:", "second document"},
			"twice":            {"replicas: 2", "replicas: 2\n  replicas: 3", "replicas: 3", "twice"},
			"a tab":            {"  replicas: 2", "\treplicas: 2", "replicas: 2", "tab"},
			"another place":    {"namespace: " + ns, "namespace: default", "namespace: default", "another object"},
			"no name any more": {"  name: web\n", "", "metadata:", "another object"},
		} {
			t.Run(name, func(t *testing.T) {
				edit := editing(t, m, ref, p.old, p.new)
				preview, err := m.Preview(t.Context(), edit)
				check(t, err)
				if len(preview.Problems) == 0 || preview.After != "" {
					t.Fatalf("there is no problem; after is\n%s", preview.After)
				}
				got := preview.Problems[0]
				line := ""
				if got.Line > 0 {
					line = strings.Split(edit.YAML, "\n")[got.Line-1]
				}
				if !strings.Contains(line, p.at) || !strings.Contains(got.Message, p.says) {
					t.Errorf("it is %+v, of the line %q", got, line)
				}
				if _, err := m.Save(t.Context(), edit); err == nil {
					t.Error("it was saved")
				} else if invalid, ok := errors.AsType[*InvalidError](err); !ok || invalid.Line != got.Line {
					t.Errorf("saving gives %v", err)
				}
			})
		}
		if after, _ := m.Text(t.Context(), ref); after.Version != before.Version {
			t.Error("something was written")
		}
	})
}

// An object that was replaced under its name is never touched.
func TestRealReplaced(t *testing.T) {
	each(t, func(t *testing.T, c *kubetest.Cluster) {
		t.Helper()
		ns := apply(t, c, deployment)
		m := connect(t, c.Admin())
		ref := opened(t, m, deployments, ns, "web")
		edit := editing(t, m, ref, "replicas: 2", "replicas: 3")
		check(t, m.Change(t.Context(), Change{Ref: ref, Action: ActionDelete, Orphan: false}))
		c.Apply(t, strings.ReplaceAll(deployment, "%s", ns))
		was := opened(t, m, deployments, ns, "web")
		before, err := m.Text(t.Context(), was)
		check(t, err)
		for name, err := range map[string]error{
			"open":    func() error { _, err := m.Open(t.Context(), ref); return err }(),
			"text":    func() error { _, err := m.Text(t.Context(), ref); return err }(),
			"preview": func() error { _, err := m.Preview(t.Context(), edit); return err }(),
			"save":    func() error { _, err := m.Save(t.Context(), edit); return err }(),
			"delete":  m.Change(t.Context(), Change{Ref: ref, Action: ActionDelete}),
			"scale":   m.Change(t.Context(), Change{Ref: ref, Action: ActionScale, Replicas: 7}),
			"restart": m.Change(t.Context(), Change{Ref: ref, Action: ActionRestart}),
		} {
			if !errors.Is(err, ErrReplaced) {
				t.Errorf("%s gives %v", name, err)
			}
		}
		if after, err := m.Text(t.Context(), was); err != nil || after != before {
			t.Errorf("the other object was touched: %v", err)
		}
		check(t, m.Change(t.Context(), Change{Ref: was, Action: ActionDelete}))
		if _, err := m.Save(t.Context(), edit); !apierrors.IsNotFound(err) {
			t.Errorf("saving what is gone gives %v", err)
		}
	})
}

// Somebody is faster in the very moment between reading and writing.
func TestRealRace(t *testing.T) {
	each(t, func(t *testing.T, c *kubetest.Cluster) {
		t.Helper()
		ns := apply(t, c, deployment)
		m := connect(t, c.Admin())
		ref := opened(t, m, deployments, ns, "web")
		edit := editing(t, m, ref, "replicas: 2", "replicas: 3")
		once := true
		requests(m).before = func(r Request) {
			if once && r.Method == "PUT" {
				once = false
				other(t, c, ref, `{"spec":{"paused":true}}`)
			}
		}
		if _, err := m.Save(t.Context(), edit); !errors.Is(err, ErrConflict) {
			t.Errorf("saving gives %v", err)
		}
		once = true
		p, err := m.Preview(t.Context(), edit)
		check(t, err)
		if !strings.Contains(p.After, "paused: true") || !strings.Contains(p.After, "replicas: 3") {
			t.Errorf("the preview is of\n%s", p.After)
		}
	})
}

// A policy of the cluster says no: in the preview as in earnest, in its own words.
func TestRealAdmissionPolicy(t *testing.T) {
	each(t, func(t *testing.T, c *kubetest.Cluster) {
		t.Helper()
		ns := apply(t, c, deployment)
		c.Apply(t, strings.ReplaceAll(`apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: policy-%s}
spec:
  failurePolicy: Fail
  matchConstraints:
    resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [UPDATE], resources: [deployments]}]
  validations:
  - {expression: "object.spec.replicas < 10", message: "too many for us"}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: policy-%s}
spec:
  policyName: policy-%s
  validationActions: [Deny]
  matchResources: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: "%s"}}}
`, "%s", ns))
		m := connect(t, c.Admin())
		ref := opened(t, m, deployments, ns, "web")
		edit := editing(t, m, ref, "replicas: 2", "replicas: 20")
		for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(100 * time.Millisecond) { // the server learns of policies by and by
			p, err := m.Preview(t.Context(), edit)
			check(t, err)
			if len(p.Problems) > 0 {
				if !strings.Contains(p.Problems[0].Message, "too many for us") {
					t.Errorf("it says %+v", p.Problems)
				}
				break
			}
			if time.Now().After(deadline) {
				t.Fatal("the policy isn't held")
			}
		}
		_, err := m.Save(t.Context(), edit)
		if invalid, ok := errors.AsType[*InvalidError](err); !ok || !strings.Contains(invalid.Message, "too many for us") {
			t.Errorf("saving gives %v", err)
		}
	})
}

// 10,000 lines, and annotations of 64 KB, are edited like others.
func TestRealLarge(t *testing.T) {
	each(t, func(t *testing.T, c *kubetest.Cluster) {
		t.Helper()
		ns := apply(t, c, "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: big\n  namespace: %s\n  annotations:\n    large: "+
			strings.Repeat("x", 64<<10)+"\ndata:\n"+lines(10_000))
		m := connect(t, c.Admin())
		ref := opened(t, m, configMaps, ns, "big")
		o, err := m.Open(t.Context(), ref)
		check(t, err)
		if a := o.Annotations[0]; a.Key != "large" || !a.Cut || len(a.Value) != maxValue || len(o.Summary) > maxList {
			t.Errorf("the annotation has %d bytes, the summary %d lines", len(a.Value), len(o.Summary))
		}
		if raw, _ := json.Marshal(o); len(raw) > 40<<10 {
			t.Errorf("what is shown has %d bytes", len(raw))
		}
		began := time.Now()
		edit := editing(t, m, ref, "value 9999\n", "changed\n")
		p, err := m.Preview(t.Context(), edit)
		check(t, err)
		if len(p.Problems) > 0 || strings.Count(p.After, "\n") < 10_000 {
			t.Errorf("the preview says %+v", p.Problems)
		}
		_, err = m.Save(t.Context(), edit)
		check(t, err)
		t.Logf("reading, previewing and saving 10,000 lines took %v", time.Since(began))
		edit.YAML = strings.Replace(edit.YAML, "  key-09000: value 9000\n", "  key-09000: value 9000\n\t- x\n", 1)
		began = time.Now()
		if p, err := m.Preview(t.Context(), edit); err != nil || len(p.Problems) != 1 || p.Problems[0].Line == 0 {
			t.Errorf("%v, %+v", err, p.Problems)
		}
		t.Logf("finding the line of a mistake took %v", time.Since(began))
	})
}
