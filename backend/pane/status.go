package pane

import "strings"

// vitals are the places of the columns that tell how a row does; -1 is none.
type vitals struct {
	status   int
	ready    int // a pod's "1/2" beside its status
	desired  int // how many there should be, where the status is how many there are
	degraded int // "True" is bad, whatever the status says
}

func vitalsOf(defs []Definition) vitals {
	v := vitals{-1, -1, -1, -1}
	best, kind, reason := 0, -1, false
	for i, d := range defs {
		if rank := statusRank(d); rank > best {
			best, v.status = rank, i
		}
		switch strings.ToLower(d.Name) {
		case "ready":
			v.ready = i
		case "desired":
			v.desired = i
		case "degraded":
			v.degraded = i
		case "type":
			kind = i
		case "reason":
			reason = true
		}
	}
	if v.status < 0 && reason {
		v.status = kind // an event's: Normal or Warning
	}
	return v
}

// statusRank says how likely a column is the one that tells the state of things; 0 is not at all.
func statusRank(d Definition) int {
	path, _ := d.path()
	if d.Time() || strings.HasSuffix(strings.ToLower(path), "message") {
		return 0 // Flux and others title the text of a condition "Status"
	}
	rank := 0
	switch strings.ToLower(d.Name) {
	case "status", "phase":
		rank = 5
	case "state", "health", "health status", "job status", "lifecycle state":
		rank = 4
	case "ready", "condition", "readytouse", "healthy", "succeeded", "programmed", "installed", "deployed":
		rank = 3
	case "available", "sync status", "synced", "reconciled", "established":
		rank = 2
	case "completions":
		rank = 1
	}
	if rank > 0 && d.Priority == 0 {
		rank += 5 // what is shown tells more than what must be asked for
	}
	return rank
}
