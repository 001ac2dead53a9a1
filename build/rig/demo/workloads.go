package demo

import (
	"context"
	"fmt"
	"strings"

	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/binnacle-dev/binnacle/build/rig/controlplane"
)

// deployment is one workload of the demo.
type deployment struct {
	namespace, name string
	replicas, ready int64
}

func deployments() []deployment {
	return []deployment{
		{"shop", "web", 3, 3},
		{"shop", "cart", 2, 2},
		{"shop", "payments", 2, 1},
		{"data", "orders-db", 1, 1},
		{"data", "cache", 2, 2},
		{"observability", "metrics", 1, 1},
		{"observability", "dashboards", 1, 1},
	}
}

const deploymentManifest = `---
apiVersion: v1
kind: Namespace
metadata: {name: %[1]s}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: %[2]s, namespace: %[1]s, labels: {%[5]s}}
data: {level: info}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: %[2]s, namespace: %[1]s, labels: {%[5]s}}
spec:
  replicas: %[3]d
  selector: {matchLabels: {app: %[2]s}}
  template:
    metadata: {labels: {%[5]s}}
    spec: {containers: [{name: main, image: "example.test/%[2]s:%[4]s"}]}
`

// labels are those by which an application is recognised: a namespace's workloads are one.
func (d deployment) labels(release string) string {
	return fmt.Sprintf("app: %[1]s, app.kubernetes.io/name: %[1]s, app.kubernetes.io/instance: %s, app.kubernetes.io/version: %q",
		d.name, d.namespace, release)
}

func workloads(ctx context.Context, c *controlplane.Cluster, release string) error {
	var manifests strings.Builder
	for _, d := range deployments() {
		fmt.Fprintf(&manifests, deploymentManifest, d.namespace, d.name, d.replicas, release, d.labels(release))
	}
	if err := c.Apply(ctx, manifests.String()); err != nil {
		return err
	}
	resource := schema.GroupVersionResource{Group: "apps", Version: "v1", Resource: "deployments"}
	for _, d := range deployments() {
		err := c.SetStatus(ctx, resource, d.namespace, d.name, object{
			"replicas": d.replicas, "updatedReplicas": d.replicas,
			"readyReplicas": d.ready, "availableReplicas": d.ready, "unavailableReplicas": d.replicas - d.ready,
		})
		if err != nil {
			return err
		}
	}
	return nil
}
