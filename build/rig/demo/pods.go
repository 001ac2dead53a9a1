package demo

import (
	"context"
	"fmt"
	"hash/crc32"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/binnacle-dev/binnacle/build/rig/controlplane"
)

const setManifest = `---
apiVersion: v1
kind: ServiceAccount
metadata: {name: default, namespace: %[1]s}
---
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: %[2]s-%[4]s, namespace: %[1]s, labels: {%[6]s, pod-template-hash: %[4]s}}
spec:
  replicas: %[3]d
  selector: {matchLabels: {app: %[2]s, pod-template-hash: %[4]s}}
  template:
    metadata: {labels: {%[6]s, pod-template-hash: %[4]s}}
    spec: {containers: [{name: main, image: "example.test/%[2]s:%[5]s"}]}
`

const podManifest = `---
apiVersion: v1
kind: Pod
metadata: {name: %[3]s, namespace: %[1]s, labels: {%[7]s, pod-template-hash: %[5]s}}
spec: {nodeName: %[4]s, containers: [{name: main, image: "example.test/%[2]s:%[6]s", resources: {requests: {cpu: 100m, memory: 64Mi}}}]}
`

const warningManifest = `---
apiVersion: v1
kind: Event
metadata: {name: %[2]s.backoff, namespace: %[1]s}
involvedObject: {apiVersion: v1, kind: Pod, name: %[2]s, namespace: %[1]s}
type: Warning
reason: BackOff
message: "Back-off restarting failed container main in pod %[2]s"
count: 7
firstTimestamp: %[3]q
lastTimestamp: %[3]q
source: {component: kubelet}
`

// pods are those of the deployments: as many as each wants, of which the last ones fail where not all are ready.
func pods(ctx context.Context, c *controlplane.Cluster, nodes []string, release string) error {
	var manifests strings.Builder
	now := time.Now().UTC().Format(time.RFC3339)
	hash := fmt.Sprintf("%08x", crc32.ChecksumIEEE([]byte(nodes[0]))) // where a deployment controller puts one; each site has its own
	for _, d := range deployments() {
		fmt.Fprintf(&manifests, setManifest, d.namespace, d.name, d.replicas, hash, release, d.labels(release))
		for i := range d.replicas {
			fmt.Fprintf(&manifests, podManifest, d.namespace, d.name, d.pod(hash, i), nodes[int(i)%len(nodes)], hash, release, d.labels(release))
			if i >= d.ready {
				fmt.Fprintf(&manifests, warningManifest, d.namespace, d.pod(hash, i), now)
			}
		}
	}
	if err := c.Apply(ctx, manifests.String()); err != nil {
		return err
	}
	for _, d := range deployments() {
		for i := range d.replicas {
			resource := schema.GroupVersionResource{Version: "v1", Resource: "pods"}
			if err := c.SetStatus(ctx, resource, d.namespace, d.pod(hash, i), podStatus(d.name+":"+release, i < d.ready, now)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (d deployment) pod(hash string, i int64) string {
	return fmt.Sprintf("%s-%s-%c7k2p", d.name, hash, 'b'+rune(i))
}

func podStatus(image string, ready bool, now string) object {
	container := object{
		"name": "main", "image": "example.test/" + image, "imageID": "", "containerID": "demo://" + image,
		"ready": ready, "started": ready, "restartCount": 0, "state": object{"running": object{"startedAt": now}},
	}
	state := "True"
	if !ready {
		state = "False"
		container["restartCount"] = 7
		container["state"] = object{"waiting": object{"reason": "CrashLoopBackOff", "message": "back-off 5m0s restarting failed container"}}
	}
	return object{
		"phase": "Running", "startTime": now, "podIP": "10.1.0.7", "hostIP": "10.0.0.4",
		"conditions":        []any{object{"type": "Ready", "status": state}, object{"type": "PodScheduled", "status": "True"}},
		"containerStatuses": []any{container},
	}
}
