package object

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/binnacle-dev/binnacle/backend/pane"
)

func podFacts(f *facts, o object) {
	word, tone := podStatus(o.tree)
	f.toned("Status", word, tone)
	f.add("Message", o.text("status", "message"))
	f.link("Node", nodes, "", o.raw("spec", "nodeName"))
	f.add("Nominated node", o.text("status", "nominatedNodeName"))
	var ips []string
	for _, ip := range o.trees("status", "podIPs") {
		ips = append(ips, ip.text("ip"))
	}
	f.add("Pod IPs", first(strings.Join(ips, ", "), o.text("status", "podIP")))
	f.add("Host IP", o.text("status", "hostIP"))
	f.add("Quality of service", o.text("status", "qosClass"))
	f.add("Priority", o.text("spec", "priorityClassName"))
	f.link("Service account", accounts, o.namespace(), o.raw("spec", "serviceAccountName"))
	f.at("Started", o.moment("status", "startTime"))
	containerFacts(f, "Init container ", o.trees("spec", "initContainers"), o.trees("status", "initContainerStatuses"))
	containerFacts(f, "Container ", o.trees("spec", "containers"), o.trees("status", "containerStatuses"))
	containerFacts(f, "Debug container ", o.trees("spec", "ephemeralContainers"), o.trees("status", "ephemeralContainerStatuses"))
}

func containerFacts(f *facts, title string, specs, statuses []tree) {
	byName := map[string]tree{}
	for _, s := range statuses {
		byName[s.raw("name")] = s
	}
	for _, spec := range specs {
		text, tone := containerState(byName[spec.raw("name")])
		f.toned(title+spec.raw("name"), spec.text("image")+" · "+text, tone)
	}
}

// containerState is how a container fares, with its restarts and how it ended the last time.
func containerState(s tree) (string, Tone) {
	text, tone := "not started", ToneBusy
	switch {
	case s.has("state", "running"):
		text, tone = "running, not ready", ToneBusy
		if s.flag("ready") {
			text, tone = "ready", ToneGood
		}
	case s.has("state", "terminated"):
		text, tone = termination(s.in("state", "terminated"))
	case s.has("state", "waiting"):
		reason := first(s.text("state", "waiting", "reason"), "Waiting")
		text, tone = reason, pane.ToneOf(reason)
		if message := s.text("state", "waiting", "message"); message != "" {
			text += ": " + message
		}
	}
	if n := s.number("restartCount"); n == 1 {
		text += " · 1 restart"
	} else if n > 1 {
		text += " · " + strconv.FormatInt(n, 10) + " restarts"
	}
	if s.has("lastState", "terminated") {
		last, _ := termination(s.in("lastState", "terminated"))
		text += " · before: " + last
	}
	return text, tone
}

func termination(t tree) (string, Tone) {
	reason, tone := exitReason(t), ToneBad
	if t.number("exitCode") == 0 {
		tone = ToneGood
	} else if !strings.Contains(reason, ":") {
		reason += " (exit code " + strconv.FormatInt(t.number("exitCode"), 10) + ")"
	}
	if at := t.moment("finishedAt"); !at.IsZero() {
		reason += " at " + at.UTC().Format(time.DateTime) + " UTC"
	}
	if message := t.text("message"); message != "" {
		reason += ": " + message
	}
	return reason, tone
}

func exitReason(t tree) string {
	switch {
	case t.text("reason") != "":
		return t.text("reason")
	case t.number("signal") != 0:
		return "Signal:" + strconv.FormatInt(t.number("signal"), 10)
	}
	return "ExitCode:" + strconv.FormatInt(t.number("exitCode"), 10)
}

// podStatus is what kubectl shows as a pod's STATUS.
func podStatus(pod tree) (string, Tone) {
	word := first(pod.text("status", "reason"), pod.text("status", "phase"), "Unknown")
	if c := condition(pod, "PodScheduled"); c.raw("reason") == "SchedulingGated" {
		word = "SchedulingGated"
	}
	initial, waits := initStatus(pod)
	if waits {
		word = initial
	}
	if !waits || condition(pod, "Initialized").raw("status") == "True" {
		word = containersStatus(pod, word)
	}
	phase := pod.raw("status", "phase")
	switch {
	case pod.deleting() && pod.raw("status", "reason") == "NodeLost":
		word = "Unknown"
	case pod.deleting() && phase != "Succeeded" && phase != "Failed":
		word = "Terminating"
	}
	tone := pane.ToneOf(word)
	if ready := condition(pod, "Ready"); word == "Running" && ready != nil && ready.raw("status") != "True" {
		tone = ToneBusy
	}
	return word, tone
}

// initStatus is the first init container that isn't done, if there is one.
func initStatus(pod tree) (string, bool) {
	specs := pod.trees("spec", "initContainers")
	sidecar := map[string]bool{}
	for _, s := range specs {
		sidecar[s.raw("name")] = s.raw("restartPolicy") == "Always"
	}
	for i, s := range pod.trees("status", "initContainerStatuses") {
		ended, waiting := s.in("state", "terminated"), s.text("state", "waiting", "reason")
		switch {
		case ended != nil && ended.number("exitCode") == 0, sidecar[s.raw("name")] && s.flag("started"):
			continue
		case ended != nil:
			return "Init:" + exitReason(ended), true
		case waiting != "" && waiting != "PodInitializing":
			return "Init:" + waiting, true
		}
		return fmt.Sprintf("Init:%d/%d", i, len(specs)), true
	}
	return "", false
}

// containersStatus is the reason of the first container that has one; word is what holds without.
func containersStatus(pod tree, word string) string {
	statuses := pod.trees("status", "containerStatuses")
	running := false
	for _, s := range slices.Backward(statuses) {
		switch waiting, ended := s.text("state", "waiting", "reason"), s.in("state", "terminated"); {
		case waiting != "":
			word = waiting
		case ended != nil:
			word = exitReason(ended)
		case s.flag("ready") && s.has("state", "running"):
			running = true
		}
	}
	if word == "Completed" && running {
		if condition(pod, "Ready").raw("status") == "True" {
			return "Running"
		}
		return "NotReady"
	}
	return word
}
