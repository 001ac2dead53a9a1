package object

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
)

func TestSummary(t *testing.T) {
	for name, c := range map[string]struct {
		key, text string
		want      []string // "title: value"
	}{
		"pod": {
			pods, `
metadata: {name: p, namespace: ns}
spec:
  nodeName: n1
  serviceAccountName: robot
  containers: [{name: a, image: "a:1"}, {name: b, image: "b:1"}]
status:
  phase: Running
  qosClass: Burstable
  podIPs: [{ip: 10.0.0.1}, {ip: "fd00::1"}]
  containerStatuses:
  - {name: a, ready: true, restartCount: 0, state: {running: {}}}
  - name: b
    restartCount: 5
    state: {waiting: {reason: CrashLoopBackOff, message: back-off 5m}}
    lastState: {terminated: {exitCode: 137, reason: OOMKilled, finishedAt: "2026-01-02T03:04:05Z"}}
`,
			[]string{
				"Status: CrashLoopBackOff", "Node: n1", "Pod IPs: 10.0.0.1, fd00::1", "Quality of service: Burstable", "Service account: robot",
				"Container a: a:1 · ready",
				"Container b: b:1 · CrashLoopBackOff: back-off 5m · 5 restarts · before: OOMKilled (exit code 137) at 2026-01-02 03:04:05 UTC",
			},
		},
		"deployment": {
			deployments, `
spec:
  replicas: 3
  selector: {matchLabels: {app: web}, matchExpressions: [{key: tier, operator: In, values: [a, b]}, {key: x, operator: DoesNotExist}]}
  strategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 25%, maxSurge: 1}}
  template: {spec: {containers: [{name: web, image: "web:1"}]}}
status: {readyReplicas: 1, updatedReplicas: 2, availableReplicas: 1}
`,
			[]string{
				"Replicas: 3 wanted, 1 ready, 2 updated, 1 available", "Strategy: RollingUpdate (unavailable 25%, more 1)",
				"Selector: app=web,tier in (a,b),!x", "Image web: web:1",
			},
		},
		"node": {
			nodes, `
metadata: {labels: {node-role.kubernetes.io/control-plane: "", node-role.kubernetes.io/etcd: ""}}
spec: {taints: [{key: a, value: b, effect: NoSchedule}, {key: c, effect: NoExecute}]}
status:
  conditions: [{type: Ready, status: "True"}]
  addresses: [{type: InternalIP, address: 10.0.0.2}]
  capacity: {cpu: "4", memory: 16384256Ki, "hugepages-1Gi": "0"}
  allocatable: {cpu: 3920m, memory: 15Gi, "hugepages-1Gi": "0"}
  nodeInfo: {kubeletVersion: v1.33.1, osImage: Debian, operatingSystem: linux, architecture: amd64}
`,
			[]string{
				"Status: Ready", "Roles: control-plane, etcd", "Kubelet: v1.33.1", "System: Debian", "Architecture: linux/amd64",
				"InternalIP: 10.0.0.2", "Capacity of cpu: 4, 3920m for pods", "Capacity of memory: 15.6Gi, 15Gi for pods", "Taint: a=b:NoSchedule", "Taint: c:NoExecute",
			},
		},
		"service": {
			services, "{spec: {type: NodePort, clusterIP: 10.1.1.1, selector: {app: web}, ports: [{name: http, port: 80, targetPort: web, nodePort: 30080}, {port: 53, targetPort: 53, protocol: UDP}]}}",
			[]string{"Type: NodePort", "Cluster IPs: 10.1.1.1", "Port http: 80 → web, on nodes 30080 TCP", "Port: 53 UDP", "Selector: app=web"},
		},
		"ingress": {
			ingresses, "{metadata: {namespace: n}, spec: {ingressClassName: nginx, tls: [{hosts: [a.test], secretName: cert}], rules: [{host: a.test, http: {paths: [{path: /api, backend: {service: {name: web, port: {number: 80}}}}, {backend: {resource: {kind: Bucket, name: b}}}]}}]}}",
			[]string{"Class: nginx", "TLS for a.test: cert", "a.test/api: web:80", "a.test/: Bucket b"},
		},
		"config map": {
			configMaps, "{data: {b: hello, a: ''}, binaryData: {z: aGVsbG8=}, immutable: true}",
			[]string{"Immutable: yes", "Keys: 3", "a: 0 bytes", "b: 5 bytes", "z: 5 bytes of binary data"},
		},
		"secret": {
			secrets, "{type: Opaque, data: {password: aGVsbG8=}}", []string{"Type: Opaque", "Keys: 1", "password: 5 bytes"},
		},
		"autoscaler": {
			autoscalers, "{spec: {minReplicas: 2, maxReplicas: 5, scaleTargetRef: {kind: Deployment, name: web}, metrics: [{type: Resource, resource: {name: cpu, target: {averageUtilization: 80}}}]}, status: {currentReplicas: 3, desiredReplicas: 4, currentMetrics: [{type: Resource, resource: {name: cpu, current: {averageUtilization: 95}}}]}}",
			[]string{"Scales: Deployment web", "Replicas: 3 now, 4 wanted, 2 to 5 allowed", "Metric Resource: cpu 95% of 80%"},
		},
		"job": {
			jobs, "{metadata: {namespace: n}, spec: {completions: 3, parallelism: 2, suspend: true, activeDeadlineSeconds: 60, template: {spec: {serviceAccountName: robot, containers: [{name: a, image: i}]}}}, status: {active: 1, succeeded: 2, startTime: '2026-01-01T00:00:00Z'}}",
			[]string{
				"Pods: 1 active, 2 succeeded, 0 failed", "Completions wanted: 3", "Parallel: 2", "Tries: 6", "Suspended: yes", "Deadline: 60 s", "Started: ",
				"Image a: i", "Service account: robot",
			},
		},
		"cron job": {
			cronJobs, "{spec: {schedule: '0 3 * * *', timeZone: Etc/UTC, concurrencyPolicy: Forbid, jobTemplate: {spec: {template: {spec: {containers: [{name: a, image: i}]}}}}}, status: {active: [{name: x}], lastScheduleTime: '2026-01-01T00:00:00Z'}}",
			[]string{"Schedule: 0 3 * * *", "Time zone: Etc/UTC", "Concurrency: Forbid", "Active jobs: 1", "Last scheduled: ", "Image a: i"},
		},
		"daemon set": {
			daemonSets, "{spec: {updateStrategy: {type: OnDelete}, selector: {matchLabels: {a: b}}}, status: {desiredNumberScheduled: 3, numberReady: 2, updatedNumberScheduled: 3, numberAvailable: 2, numberUnavailable: 1}}",
			[]string{"Pods: 3 wanted, 2 ready, 3 updated, 2 available", "Unavailable: 1", "Strategy: OnDelete", "Selector: a=b"},
		},
		"balanced service": {
			services, "{spec: {type: LoadBalancer}, status: {loadBalancer: {ingress: [{ip: 192.0.2.1}, {hostname: lb.test}, {}]}}}",
			[]string{"Type: LoadBalancer", "Load balancer: 192.0.2.1, lb.test"},
		},
		"volume": {
			volumes, "{spec: {capacity: {storage: 5Gi}, accessModes: [ReadWriteOnce], persistentVolumeReclaimPolicy: Retain, storageClassName: fast, claimRef: {namespace: n, name: c}, csi: {driver: d}}, status: {phase: Bound}}",
			[]string{"Phase: Bound", "Capacity: 5Gi", "Access: ReadWriteOnce", "Storage class: fast", "Claim: c", "When released: Retain", "Driver: d"},
		},
		"any": {
			"things", "{spec: {targetURL: https://a, nested: {deep: x, secretKey: s3cret, deeper: {no: x}}, adminPassword: s3cret, items: [a, b], objects: [{a: b}]}, status: {phase: Failed, lastRunTime: '2026-01-01T00:00:00Z', n: 3}}",
			[]string{"Status: Failed", "Last run time: ", "N: 3", "Phase: Failed", "Items: a, b", "Nested Deep: x", "Target URL: https://a"},
		},
		"any, without spec": {"things", "{metadata: {name: x}, provisioner: csi, parameters: {type: gp3}}", []string{"Parameters Type: gp3", "Provisioner: csi"}},
		"going, and waiting": {
			namespaces, "{metadata: {deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: [a/b]}, status: {phase: Terminating}}",
			[]string{"Phase: Terminating", "Waits for: a/b"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, f := range summary(of(t, c.key, c.text)) {
				got = append(got, f.Title+": "+f.Value)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// FuzzShow throws any JSON at all that makes something of an object: nothing panics, and nothing unclean or endless comes out.
func FuzzShow(f *testing.F) {
	for i, seed := range []string{
		`{}`, `{"metadata":[],"spec":1,"status":"x"}`, `{"spec":{"containers":[1,{"name":2}],"template":[],"rules":{}},"status":{"conditions":{"a":1}}}`,
		`{"status":{"conditions":[{"type":"Ready","status":"True"},null,3],"containerStatuses":[{"state":{"terminated":{"exitCode":"1"}}}]}}`,
		`{"spec":{"metrics":[{"type":""},{"type":"é"}],"selector":{"matchLabels":{"\u202e":"\u001b"}},"replicas":1e300}}`,
		`{"metadata":{"labels":{"node-role.kubernetes.io/":"","kubernetes.io/role":3},"ownerReferences":[{"controller":"yes"}],"finalizers":[{}]}}`,
		`{"data":{"a":1,"b":{"c":[]}},"spec":{"taints":[{}],"ports":[{"port":{}}],"volumes":[{"projected":{"sources":[{"secret":{"name":"x"}}]}}]}}`,
	} {
		f.Add(i, []byte(seed))
	}
	f.Fuzz(func(t *testing.T, which int, raw []byte) {
		body, err := decode(raw)
		if err != nil {
			return
		}
		kinds := append(builtIns(), Kind{Group: "x.toolkit.fluxcd.io", Version: "v1", Resource: "things", Kind: "Thing", Verbs: []string{"update", "delete", "patch"}, Subresources: []string{"scale"}})
		o := object{tree: body, kind: kinds[(which%len(kinds)+len(kinds))%len(kinds)]}
		m := Member{Kinds: kinds}
		word, _ := status(o)
		labels, _ := o.in("metadata")["labels"].(map[string]any)
		shown := []any{word, summary(o), conditions(o), m.actions(o), pairs(labels), m.named(o), eventOf(o.tree), len(m.asked(o)), len(m.searches(o)), withoutValues(o.tree)}
		if _, err := textOf(o); err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(shown[:5])
		if err != nil || len(text) > 1<<20 {
			t.Fatalf("%d bytes, %v", len(text), err)
		}
		for _, g := range m.named(o) {
			for _, l := range g.Links {
				if strings.ContainsFunc(l.Ref.Name+l.Ref.Namespace+l.Ref.UID+l.Kind, func(r rune) bool { return !unicode.IsPrint(r) }) {
					t.Fatalf("%+v isn't clean", l)
				}
			}
		}
		for _, fact := range summary(o) {
			if strings.ContainsFunc(fact.Title+fact.Value, func(r rune) bool { return !unicode.IsPrint(r) }) {
				t.Fatalf("%+q isn't clean", fact.Title+fact.Value)
			}
		}
	})
}
