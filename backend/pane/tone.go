package pane

import "strings"

// tone is a Tone by weight: the heavier one counts when there are several.
type tone uint8

const (
	unjudged tone = iota
	none
	good
	busy
	warning
	bad
	toneCount
)

func (t tone) Tone() Tone {
	return [toneCount]Tone{ToneNone, ToneNone, ToneGood, ToneBusy, ToneWarning, ToneBad}[t]
}

// shareTone is that of so many of so many; later says that it takes its time until all are.
func shareTone(part, whole uint32, later bool) tone {
	switch {
	case whole == 0:
		return none
	case part >= whole:
		return good
	case later:
		return busy
	case part == 0:
		return bad
	default:
		return warning
	}
}

// ToneOf says how a word that a cluster uses for a state is to be taken, or several with commas: the heaviest counts.
func ToneOf(text string) Tone { return toneOf(text).Tone() }

// toneOf says how the text of a status column, if it is no fraction, is to be taken: "Ready,SchedulingDisabled" as its heaviest part.
func toneOf(text string) tone {
	const most = 100 // longer ones are no states but stories
	heaviest := none
	if len(text) > most || blank(text) {
		return heaviest
	}
	for state := range strings.SplitSeq(strings.ToLower(text), ",") {
		heaviest = max(heaviest, stateTone(state))
	}
	return heaviest
}

// stateTone takes one state in lower case: "notready", "init:0/1", "false (missingendpoints)", "in progress". Words that nobody has
// told it are judged by what is in them.
func stateTone(state string) tone {
	if step, starting := strings.CutPrefix(state, "init:"); starting {
		if _, _, ok := fraction(step); ok {
			return busy
		}
		state = step
	}
	if strings.HasPrefix(state, "exitcode:") || strings.HasPrefix(state, "signal:") {
		return bad
	}
	state, _, _ = strings.Cut(state, " (")
	state = strings.NewReplacer(" ", "", "-", "", "_", "").Replace(state)
	if t, known := wordTone(state); known {
		return t
	}
	for _, part := range []string{"fail", "error", "backoff", "invalid", "denied", "unhealthy"} {
		if strings.Contains(state, part) {
			return bad
		}
	}
	if strings.HasSuffix(state, "ing") {
		return busy
	}
	return none
}

// wordTone is the table of the states of Kubernetes, of custom resources that many have, of T4K and of Velero.
func wordTone(word string) (t tone, known bool) {
	switch word {
	case "running", "completed", "complete", "succeeded", "success", "successful", "ready", "active", "available", "bound",
		"healthy", "synced", "true", "yes", "ok", "approved", "issued", "established", "deployed", "installed", "updated",
		"upgraded", "online", "enabled", "reconciled", "programmed", "provisioned", "processed", "valid", "inuse", "attached",
		"connected", "joined", "finished", "done", "passed", "successcriteriamet", "installsucceeded", "upgradesucceeded":
		return good, true
	case "pending", "containercreating", "podinitializing", "terminating", "notstarted", "new", "queued", "waiting",
		"inprogress", "initialized", "progressing", "accepted", "prepared", "readytostart", "scheduled", "schedulinggated",
		"installready", "pendinginstall", "pendingupgrade", "pendingrollback", "upgradepending", "released", "podscheduled",
		"failuretarget", "waitingforpluginoperations", "finalizing", "coalescing", "canceling", "cancelling":
		return busy, true
	case "schedulingdisabled", "unknown", "degraded", "outofsync", "missing", "warning", "partiallyfailed", "partialsuccess",
		"finalizingpartiallyfailed", "waitingforpluginoperationspartiallyfailed", "canceled", "cancelled", "aborted",
		"preempted", "preempting", "unschedulable", "blocked", "stalled", "stale", "readonly", "noderebooted", "nodeshutdown",
		"superseded", "expiring", "containerstatusunknown", "nodestatusunknown", "conflict":
		return warning, true
	case "failed", "error", "notready", "unavailable", "lost", "false", "no", "crashloopbackoff", "imagepullbackoff",
		"errimagepull", "errimageneverpull", "invalidimagename", "imageinspecterror", "registryunavailable",
		"createcontainerconfigerror", "createcontainererror", "runcontainererror", "containercannotrun", "oomkilled",
		"evicted", "deadlineexceeded", "nodelost", "nodeaffinity", "outofcpu", "outofmemory", "outofpods", "terminated",
		"unexpectedadmissionerror", "failedvalidation", "unhealthy", "offline", "unreachable", "disconnected", "expired",
		"releasefailed", "irreconcilable", "timeout", "timedout", "rejected", "denied", "invalid", "replacefailed":
		return bad, true
	case "normal", "suspended", "paused", "stopped", "disabled", "closed", "missed", "listening", "opaque":
		return none, true
	}
	return none, false
}
