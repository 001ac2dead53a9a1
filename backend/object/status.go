package object

import (
	"fmt"

	"github.com/binnacle-dev/binnacle/backend/pane"
)

// status is the state of the object in a word or two.
func status(o object) (string, Tone) {
	if o.is(pods) {
		return podStatus(o.tree)
	}
	if o.deleting() {
		return "Terminating", ToneBusy
	}
	word, tone := "", ToneNone
	switch o.kind.Key() {
	case nodes:
		return nodeStatus(o.tree)
	case deployments, statefulSets, replicaSets, controllers:
		return replicaStatus(o.number("status", "readyReplicas"), o.numberOr(1, "spec", "replicas"))
	case daemonSets:
		return replicaStatus(o.number("status", "numberReady"), o.number("status", "desiredNumberScheduled"))
	case jobs:
		return jobStatus(o.tree)
	case services:
		if o.raw("spec", "type") == "LoadBalancer" && len(balancer(o.tree)) == 0 {
			return "Pending", ToneBusy
		}
		return "", ToneNone
	case autoscalers:
		return autoscalerStatus(o.tree)
	case definitions:
		word = "Established"
		if condition(o.tree, word).raw("status") != "True" {
			return "NotEstablished", ToneBad
		}
		return word, ToneGood
	case events:
		if o.raw("type") == "Warning" {
			tone = ToneWarning
		}
		return o.text("type"), tone
	}
	if o.flag("spec", "suspend") {
		return "Suspended", ToneNone
	}
	return saidStatus(o.tree)
}

func nodeStatus(node tree) (string, Tone) {
	word, tone := "Unknown", ToneWarning
	switch condition(node, "Ready").raw("status") {
	case "True":
		word, tone = "Ready", ToneGood
	case "False":
		word, tone = "NotReady", ToneBad
	case "Unknown":
		word, tone = "NotReady", ToneBad // the kubelet doesn't answer; kubectl says so too
	}
	if node.flag("spec", "unschedulable") {
		word += ",SchedulingDisabled"
		if tone == ToneGood {
			tone = ToneWarning
		}
	}
	return word, tone
}

func replicaStatus(ready, wanted int64) (string, Tone) {
	return fmt.Sprintf("%d/%d ready", ready, wanted), fractionTone(ready, wanted, ToneBad)
}

// fractionTone is how "ready of wanted" is to be taken; none is the tone of no one being ready.
func fractionTone(ready, wanted int64, none Tone) Tone {
	switch {
	case wanted == 0:
		return ToneNone
	case ready >= wanted:
		return ToneGood
	case ready == 0:
		return none
	}
	return ToneWarning
}

func jobStatus(job tree) (string, Tone) {
	for _, word := range []string{"Failed", "Complete", "FailureTarget", "SuccessCriteriaMet", "Suspended"} {
		if condition(job, word).raw("status") == "True" {
			return word, pane.ToneOf(word)
		}
	}
	if job.flag("spec", "suspend") {
		return "Suspended", ToneNone
	}
	if job.number("status", "active") > 0 {
		return "Running", ToneBusy
	}
	return "Pending", ToneBusy
}

func autoscalerStatus(o tree) (string, Tone) {
	for _, name := range []string{"AbleToScale", "ScalingActive"} {
		if c := condition(o, name); c.raw("status") == "False" {
			return first(c.text("reason"), "Not"+name), ToneBad
		}
	}
	if condition(o, "ScalingLimited").raw("status") == "True" {
		return "ScalingLimited", ToneWarning
	}
	return "", ToneNone
}

// saidStatus is what the object says of itself where most kinds do.
func saidStatus(o tree) (string, Tone) {
	health, sync := o.text("status", "health", "status"), o.text("status", "sync", "status") // Argo CD
	if health != "" && sync != "" {
		tone := pane.ToneOf(health)
		if tone == ToneGood {
			tone = pane.ToneOf(sync)
		}
		return health + ", " + sync, tone
	}
	for _, key := range []string{"status", "phase", "state", "health", "result"} {
		if word := o.text("status", key); word != "" {
			return word, pane.ToneOf(word)
		}
	}
	for _, name := range []string{"Ready", "Available", "Healthy", "Succeeded", "Synced", "Established", "Accepted"} {
		c := condition(o, name)
		switch c.raw("status") {
		case "True":
			return name, ToneGood
		case "False":
			return first(c.text("reason"), "Not"+name), conditionTone(name, "False", c.raw("reason"))
		case "Unknown":
			return first(c.text("reason"), "Unknown"), ToneBusy
		}
	}
	return "", ToneNone
}
