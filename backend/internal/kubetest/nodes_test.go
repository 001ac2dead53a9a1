package kubetest

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/binnacle-dev/binnacle/build/rig/controlplane"
)

const twoPods = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: default}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: app, image: none}]}
---
apiVersion: v1
kind: Pod
metadata: {name: alone, namespace: default}
spec: {containers: [{name: app, image: none}]}
`

// A deployment's pods run, and the API server serves their logs.
func TestNodes(t *testing.T) {
	for _, version := range controlplane.Versions() {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			alone := Container{Namespace: "default", Pod: "alone", Name: "app"}
			c := Start(t, Version(version), WithNodes(2, alone))
			c.Apply(t, twoPods)
			c.WriteLog(t, alone, "I am alone")
			c.WriteLog(t, Container{}, "we are many")
			c.await(t, "3 running pods", func() bool {
				return strings.Count(c.read(t, "/api/v1/namespaces/default/pods"), `"phase":"Running"`) == 3
			})
			if got := c.read(t, "/api/v1/namespaces/default/pods/alone/log"); got != "I am alone\n" {
				t.Errorf("the pod's log is %q", got)
			}
			list := c.read(t, "/api/v1/namespaces/default/pods?labelSelector=app%3Dweb")
			_, name, _ := strings.Cut(list, `"metadata":{"name":"`)
			name, _, _ = strings.Cut(name, `"`)
			if got := c.read(t, "/api/v1/namespaces/default/pods/"+name+"/log"); got != "we are many\n" {
				t.Errorf("the log of pod %q is %q", name, got)
			}
		})
	}
}

func (c *Cluster) read(t *testing.T, path string) string {
	t.Helper()
	status, body, err := c.core.Request(t.Context(), http.MethodGet, path, nil)
	check(t, err)
	if status != http.StatusOK {
		t.Fatalf("%s: %d %s", path, status, body)
	}
	return string(body)
}

func (*Cluster) await(t *testing.T, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(2 * time.Minute); !done(); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("there is no %s", what)
		}
	}
}
