package object

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
)

// No value of a Secret is in anything that any method answers, errors included; also not where others copied it to.
func TestRealSecretsStayHidden(t *testing.T) {
	const value, old = "correct-horse-battery", "rotated-long-ago"
	encoded := base64.StdEncoding.EncodeToString([]byte(value))
	each(t, func(t *testing.T, c *kubetest.Cluster) {
		t.Helper()
		ns := apply(t, c, fmt.Sprintf(`apiVersion: v1
kind: Secret
metadata:
  name: db
  namespace: %%s
  labels: {copy: %[1]s}
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: '{"data":{"password":"%[3]s"}}'
    openshift.io/token-secret.value: %[3]s
    plain: "password is %[1]s."
    encoded: "it is %[2]s"
    harmless: a note
    tool/original: '{"data":{"password":"%[3]s","filler":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}}'
    tool/lines: '{"stringData":{"key":"-----BEGIN\nfirst-line-of-a-private-key\n"}}'
type: Opaque
data: {password: %[2]s, user: %[2]s, key: %[4]s}
---
apiVersion: v1
kind: Pod
metadata:
  name: client
  namespace: %%s
  ownerReferences: []
spec:
  containers: [{name: a, image: a, env: [{name: P, valueFrom: {secretKeyRef: {name: db, key: password}}}]}]
`, value, encoded, old, base64.StdEncoding.EncodeToString([]byte("-----BEGIN\nfirst-line-of-a-private-key\n"))))
		m := connect(t, c.Admin())
		ref := opened(t, m, secrets, ns, "db")
		c.Apply(t, fmt.Sprintf("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: child, namespace: %s, ownerReferences: [{apiVersion: v1, kind: Secret, name: db, uid: %s}]}\n", ns, ref.UID))
		o, err := m.Open(t.Context(), ref)
		check(t, err)
		if factOf(o, "password") != "21 bytes" || factOf(o, "Type") != "Opaque" || o.Hidden == "" || actionsOf(o) != "edit! delete" {
			t.Errorf("it is %+v", o)
		}
		text, err := m.Text(t.Context(), ref)
		check(t, err)
		if !strings.Contains(text.YAML, "password: 'hidden: 21 bytes'") && !strings.Contains(text.YAML, `password: "hidden: 21 bytes"`) || text.Refused == "" {
			t.Errorf("its text is\n%s", text.YAML)
		}
		if !strings.Contains(text.YAML, "harmless: a note") {
			t.Error("the harmless annotation is hidden too")
		}
		edit := Edit{Ref: ref, YAML: text.YAML, Base: text.YAML, Version: text.Version}
		_, previewed := m.Preview(t.Context(), edit)
		_, saved := m.Save(t.Context(), edit)
		for name, err := range map[string]error{"preview": previewed, "save": saved} {
			if _, ok := errors.AsType[*InvalidError](err); !ok {
				t.Errorf("%s gives %v", name, err)
			}
		}
		answers := []any{o, text, previewed, saved}
		keep := func(v any, err error) { answers = append(answers, v, err) }
		related, err := m.Related(t.Context(), ref)
		if g, ok := groupOf(related.Groups, "Used by"); !ok || names(g)[0] != "client" {
			t.Errorf("related are %+v", related)
		}
		keep(related, err)
		keep(m.Events(t.Context(), ref))
		keep(m.Deletion(t.Context(), ref))
		keep(m.Schema(t.Context(), ref))
		keep(m.Open(t.Context(), opened(t, m, configMaps, ns, "child"))) // its owner is the Secret
		keep(m.Related(t.Context(), opened(t, m, pods, ns, "client")))
		keep(m.Deletion(t.Context(), Ref{Kind: namespaces, Name: ns}))
		for _, action := range []ActionID{ActionEdit, ActionScale, ActionRestart, ActionSuspend, ActionCordon, "other"} {
			err := m.Change(t.Context(), Change{Ref: ref, Action: action})
			if _, ok := errors.AsType[*InvalidError](err); !ok {
				t.Errorf("%s gives %v", action, err)
			}
			keep(nil, err)
		}
		for _, a := range answers {
			text := fmt.Sprintf("%+v", a)
			if raw, ok := a.([]byte); ok {
				text = string(raw)
			}
			for _, secret := range []string{value, encoded, old, "first-line-of"} {
				if strings.Contains(text, secret) {
					t.Errorf("%q is in %.300s", secret, text)
				}
			}
		}
		check(t, m.Change(t.Context(), Change{Ref: ref, Action: ActionDelete}))
	})
}
