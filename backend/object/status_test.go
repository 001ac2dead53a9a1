package object

import (
	"testing"
)

// of is an object of a kind with a body in YAML.
func of(t *testing.T, key, text string) object {
	t.Helper()
	o := object{tree: read(t, text)}
	for _, k := range builtIns() {
		if k.Key() == key {
			o.kind = k
			return o
		}
	}
	o.kind = Kind{Group: "example.com", Version: "v1", Resource: key, Kind: "Thing", Namespaced: true}
	return o
}

func builtIns() []Kind {
	return []Kind{
		{Version: "v1", Resource: "pods", Kind: "Pod", Namespaced: true},
		{Version: "v1", Resource: "nodes", Kind: "Node"},
		{Version: "v1", Resource: "services", Kind: "Service", Namespaced: true},
		{Version: "v1", Resource: "secrets", Kind: "Secret", Namespaced: true},
		{Version: "v1", Resource: "namespaces", Kind: "Namespace"},
		{Version: "v1", Resource: "persistentvolumes", Kind: "PersistentVolume"},
		{Version: "v1", Resource: "configmaps", Kind: "ConfigMap", Namespaced: true},
		{Version: "v1", Resource: "events", Kind: "Event", Namespaced: true},
		{Group: "apps", Version: "v1", Resource: "deployments", Kind: "Deployment", Namespaced: true},
		{Group: "apps", Version: "v1", Resource: "daemonsets", Kind: "DaemonSet", Namespaced: true},
		{Group: "batch", Version: "v1", Resource: "jobs", Kind: "Job", Namespaced: true},
		{Group: "batch", Version: "v1", Resource: "cronjobs", Kind: "CronJob", Namespaced: true},
		{Group: "networking.k8s.io", Version: "v1", Resource: "ingresses", Kind: "Ingress", Namespaced: true},
		{Group: "autoscaling", Version: "v2", Resource: "horizontalpodautoscalers", Kind: "HorizontalPodAutoscaler", Namespaced: true},
	}
}

func TestStatus(t *testing.T) {
	const running = "{name: a, ready: true, state: {running: {}}}"
	for name, c := range map[string]struct {
		key, text, word string
		tone            Tone
	}{
		"pod, ready":         {pods, "status: {phase: Running, conditions: [{type: Ready, status: 'True'}], containerStatuses: [" + running + "]}", "Running", ToneGood},
		"pod, not ready":     {pods, "status: {phase: Running, conditions: [{type: Ready, status: 'False'}], containerStatuses: [{ready: false, state: {running: {}}}]}", "Running", ToneBusy},
		"pod, crashing":      {pods, "status: {phase: Running, containerStatuses: [" + running + ", {state: {waiting: {reason: CrashLoopBackOff}}}]}", "CrashLoopBackOff", ToneBad},
		"pod, out of memory": {pods, "status: {phase: Running, containerStatuses: [{state: {terminated: {reason: OOMKilled, exitCode: 137}}}]}", "OOMKilled", ToneBad},
		"pod, exit code":     {pods, "status: {phase: Failed, containerStatuses: [{state: {terminated: {exitCode: 3}}}]}", "ExitCode:3", ToneBad},
		"pod, signal":        {pods, "status: {phase: Failed, containerStatuses: [{state: {terminated: {exitCode: 137, signal: 9}}}]}", "Signal:9", ToneBad},
		"pod, done":          {pods, "status: {phase: Succeeded, containerStatuses: [{state: {terminated: {reason: Completed}}}]}", "Completed", ToneGood},
		"pod, half done":     {pods, "status: {phase: Running, containerStatuses: [{state: {terminated: {reason: Completed}}}, " + running + "]}", "NotReady", ToneBad},
		"pod, init 1 of 2":   {pods, "{spec: {initContainers: [{name: a}, {name: b}]}, status: {phase: Pending, initContainerStatuses: [{name: a, state: {terminated: {exitCode: 0}}}, {name: b, state: {running: {}}}]}}", "Init:1/2", ToneBusy},
		"pod, init fails":    {pods, "{spec: {initContainers: [{name: a}]}, status: {phase: Pending, initContainerStatuses: [{name: a, state: {waiting: {reason: ImagePullBackOff}}}]}}", "Init:ImagePullBackOff", ToneBad},
		"pod, init error":    {pods, "{spec: {initContainers: [{name: a}]}, status: {phase: Pending, initContainerStatuses: [{name: a, state: {terminated: {exitCode: 2}}}]}}", "Init:ExitCode:2", ToneBad},
		"pod, sidecar":       {pods, "{spec: {initContainers: [{name: a, restartPolicy: Always}]}, status: {phase: Running, initContainerStatuses: [{name: a, started: true, state: {running: {}}}], containerStatuses: [" + running + "]}}", "Running", ToneGood},
		"pod, going":         {pods, "{metadata: {deletionTimestamp: x}, status: {phase: Running, containerStatuses: [" + running + "]}}", "Terminating", ToneBusy},
		"pod, node lost":     {pods, "{metadata: {deletionTimestamp: x}, status: {phase: Running, reason: NodeLost}}", "Unknown", ToneWarning},
		"pod, evicted":       {pods, "status: {phase: Failed, reason: Evicted}", "Evicted", ToneBad},
		"pod, gated":         {pods, "status: {phase: Pending, conditions: [{type: PodScheduled, status: 'False', reason: SchedulingGated}]}", "SchedulingGated", ToneBusy},
		"pod, new":           {pods, "{}", "Unknown", ToneWarning},
		"pod, creating":      {pods, "status: {phase: Pending, containerStatuses: [{state: {waiting: {reason: ContainerCreating}}}]}", "ContainerCreating", ToneBusy},
		"node":               {nodes, "status: {conditions: [{type: Ready, status: 'True'}]}", "Ready", ToneGood},
		"node, silent":       {nodes, "status: {conditions: [{type: Ready, status: Unknown}]}", "NotReady", ToneBad},
		"node, cordoned":     {nodes, "{spec: {unschedulable: true}, status: {conditions: [{type: Ready, status: 'True'}]}}", "Ready,SchedulingDisabled", ToneWarning},
		"deployment":         {deployments, "{spec: {replicas: 3}, status: {readyReplicas: 3}}", "3/3 ready", ToneGood},
		"deployment, some":   {deployments, "{spec: {replicas: 3}, status: {readyReplicas: 1}}", "1/3 ready", ToneWarning},
		"deployment, none":   {deployments, "{spec: {}, status: {}}", "0/1 ready", ToneBad},
		"deployment, zero":   {deployments, "{spec: {replicas: 0}}", "0/0 ready", ToneNone},
		"daemon set":         {daemonSets, "status: {desiredNumberScheduled: 2, numberReady: 2}", "2/2 ready", ToneGood},
		"job, done":          {jobs, "status: {conditions: [{type: SuccessCriteriaMet, status: 'True'}, {type: Complete, status: 'True'}]}", "Complete", ToneGood},
		"job, failed":        {jobs, "status: {conditions: [{type: Failed, status: 'True'}]}", "Failed", ToneBad},
		"job, at work":       {jobs, "status: {active: 1}", "Running", ToneBusy},
		"job, held":          {jobs, "spec: {suspend: true}", "Suspended", ToneNone},
		"cron job, held":     {cronJobs, "spec: {suspend: true}", "Suspended", ToneNone},
		"cron job":           {cronJobs, "spec: {suspend: false}", "", ToneNone},
		"service":            {services, "spec: {type: ClusterIP}", "", ToneNone},
		"service, waiting":   {services, "spec: {type: LoadBalancer}", "Pending", ToneBusy},
		"namespace":          {namespaces, "status: {phase: Active}", "Active", ToneGood},
		"volume":             {volumes, "status: {phase: Released}", "Released", ToneBusy},
		"autoscaler, blind":  {autoscalers, "status: {conditions: [{type: ScalingActive, status: 'False', reason: FailedGetResourceMetric}]}", "FailedGetResourceMetric", ToneBad},
		"event":              {events, "type: Warning", "Warning", ToneWarning},
		"phase":              {"things", "status: {phase: InProgress}", "InProgress", ToneBusy},
		"Argo CD":            {"things", "status: {health: {status: Healthy}, sync: {status: OutOfSync}}", "Healthy, OutOfSync", ToneWarning},
		"a condition":        {"things", "status: {conditions: [{type: Ready, status: 'False', reason: BuildFailed}]}", "BuildFailed", ToneBad},
		"a good one":         {"things", "status: {conditions: [{type: Synced, status: 'True'}]}", "Synced", ToneGood},
		"an unknown one":     {"things", "status: {conditions: [{type: Ready, status: Unknown, reason: Progressing}]}", "Progressing", ToneBusy},
		"nothing":            {"things", "status: {phase: {}, conditions: text}", "", ToneNone},
		"nothing at all":     {"things", "status: text", "", ToneNone},
	} {
		t.Run(name, func(t *testing.T) {
			if word, tone := status(of(t, c.key, c.text)); word != c.word || tone != c.tone {
				t.Errorf("it is %q, %s, want %q, %s", word, tone, c.word, c.tone)
			}
		})
	}
}

func TestConditionTone(t *testing.T) {
	for name, c := range map[string]struct{ yes, no Tone }{
		"Ready": {ToneGood, ToneBad}, "Available": {ToneGood, ToneBad}, "MemoryPressure": {ToneBad, ToneGood}, "NetworkUnavailable": {ToneBad, ToneGood},
		"ReplicaFailure": {ToneBad, ToneGood}, "Failed": {ToneBad, ToneGood}, "Complete": {ToneGood, ToneNone}, "Degraded": {ToneBad, ToneGood},
		"Progressing": {ToneGood, ToneBad}, "Reconciling": {ToneBusy, ToneNone}, "Stalled": {ToneBad, ToneGood}, "Suspended": {ToneWarning, ToneNone},
		"ScalingLimited": {ToneWarning, ToneNone}, "KernelDeadlock": {ToneBad, ToneGood}, "NoErrors": {ToneGood, ToneBad}, "Upgradeable": {ToneGood, ToneWarning},
		"NamespaceDeletionContentFailure": {ToneBad, ToneGood}, "NonStructuralSchema": {ToneBad, ToneGood}, "DisruptionTarget": {ToneWarning, ToneNone},
		"Established": {ToneGood, ToneBad}, "TargetValid": {ToneGood, ToneBad}, "BackupStorageLocationUnavailable": {ToneBad, ToneGood},
		"Issuing": {ToneBusy, ToneNone}, "CertificateExpired": {ToneBad, ToneGood}, "Initialized": {ToneGood, ToneWarning},
	} {
		for status, want := range map[string]Tone{"True": c.yes, "False": c.no, "Unknown": ToneWarning, "": ToneNone, "Maybe": ToneNone} {
			if got := conditionTone(name, status, ""); got != want {
				t.Errorf("%s: %s is %s, want %s", name, status, got, want)
			}
		}
	}
	if got := conditionTone("Ready", "False", "PodCompleted"); got != ToneNone {
		t.Errorf("a pod that is done isn't ready: %s", got)
	}
}
