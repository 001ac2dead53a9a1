package object

import (
	"strings"
	"time"

	"github.com/binnacle-dev/binnacle/backend/pane"
)

// Condition is one of the object's own conditions.
type Condition struct {
	Type, Status, Reason, Message string
	Since                         time.Time
	Tone                          Tone
}

// condition is the one of that type, or nil.
func condition(o tree, name string) tree {
	for _, c := range o.trees("status", "conditions") {
		if c.raw("type") == name {
			return c
		}
	}
	return nil
}

func conditions(o object) []Condition {
	list := append(o.trees("status", "conditions"), o.trees("status", "condition")...)
	var out []Condition
	for _, c := range list[:min(len(list), maxList)] {
		switch {
		case c.raw("type") != "":
			out = append(out, Condition{
				Type: c.text("type"), Status: c.text("status"), Reason: c.text("reason"), Message: c.text("message"),
				Since: latest(c.moment("lastTransitionTime"), c.moment("lastUpdateTime")),
				Tone:  conditionTone(c.raw("type"), c.text("status"), c.raw("reason")),
			})
		case c.raw("phase") != "": // T4K's are the steps of its work
			out = append(out, Condition{
				Type: c.text("phase"), Status: c.text("status"), Message: c.text("reason"), Since: c.moment("timestamp"),
				Tone: pane.ToneOf(c.raw("status")),
			})
		}
	}
	return out
}

// conditionTone is how a condition is to be taken: most are good when they are True, some are bad then, and some just tell.
func conditionTone(name, status, reason string) Tone {
	switch {
	case status == "Unknown":
		return ToneWarning
	case status != "True" && status != "False":
		return ToneNone
	case reason == "PodCompleted" || reason == "Completed" && status == "False":
		return ToneNone // it ran to its end: not being ready is as it should be
	}
	holds := status == "True"
	switch name {
	case "Complete", "Completed", "Succeeded", "SuccessCriteriaMet", "Issued": // not yet is no trouble
		return choose(holds, ToneGood, ToneNone)
	case "Suspended", "Paused", "ScalingLimited", "DisruptionTarget", "Terminating", "Deprecated", "NamespaceContentRemaining",
		"NamespaceFinalizersRemaining", "FileSystemResizePending":
		return choose(holds, ToneWarning, ToneNone)
	case "Reconciling", "Issuing", "Resizing", "PodResizePending", "PodResizeInProgress", "Upgrading", "Processing", "Running", "Initializing":
		return choose(holds, ToneBusy, ToneNone)
	case "Upgradeable", "ContainersReady", "Initialized":
		return choose(holds, ToneGood, ToneWarning)
	}
	if isTrouble(name) {
		return choose(holds, ToneBad, ToneGood)
	}
	return choose(holds, ToneGood, ToneBad)
}

func choose(holds bool, yes, no Tone) Tone {
	if holds {
		return yes
	}
	return no
}

// isTrouble says that a condition of this name is bad when it holds.
func isTrouble(name string) bool {
	if strings.HasPrefix(name, "No") && len(name) > 2 && name[2] >= 'A' && name[2] <= 'Z' { // NoErrors
		return false
	}
	for _, part := range []string{
		"Pressure", "Unavailable", "Unreachable", "Unhealthy", "Fail", "Error", "Degraded", "Stalled", "Conflict", "Invalid",
		"Problem", "Corrupt", "Deadlock", "Frequent", "ReadonlyFilesystem", "NotReady", "Exceeded", "Violation", "NonStructural",
		"Misscheduled", "Stuck", "Expired", "Missing", "OutOfDisk", "Denied",
	} {
		if strings.Contains(name, part) {
			return true
		}
	}
	return false
}
