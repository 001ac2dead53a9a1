package podlogs

import (
	"slices"
	"strconv"
)

// pod is what matters here of a Pod.
type pod struct {
	Metadata struct {
		Name              string `json:"name"`
		UID               string `json:"uid"`
		DeletionTimestamp string `json:"deletionTimestamp"`
	} `json:"metadata"`
	Spec struct {
		RestartPolicy  string          `json:"restartPolicy"`
		Containers     []containerSpec `json:"containers"`
		InitContainers []containerSpec `json:"initContainers"`
		Ephemeral      []containerSpec `json:"ephemeralContainers"`
	} `json:"spec"`
	Status struct {
		Phase          string            `json:"phase"`
		Containers     []containerStatus `json:"containerStatuses"`
		InitContainers []containerStatus `json:"initContainerStatuses"`
		Ephemeral      []containerStatus `json:"ephemeralContainerStatuses"`
	} `json:"status"`
}

type containerSpec struct {
	Name          string `json:"name"`
	RestartPolicy string `json:"restartPolicy"` // of an init container: Always makes it a sidecar
}

type containerStatus struct {
	Name  string `json:"name"`
	State struct {
		Waiting *struct {
			Reason string `json:"reason"`
		} `json:"waiting"`
		Running    *struct{} `json:"running"`
		Terminated *struct {
			ExitCode int    `json:"exitCode"`
			Reason   string `json:"reason"`
		} `json:"terminated"`
	} `json:"state"`
	RestartCount int `json:"restartCount"`
}

// condition is how a container stands by its pod's word.
type condition struct {
	name    string
	running bool
	done    bool // it writes nothing any more
	gone    bool // and its pod is no more: the name may be another's
	why     string
}

// containers are the conditions of all of a pod's containers, the main ones first.
func (p *pod) containers() []condition {
	var all []condition
	add := func(specs []containerSpec, statuses []containerStatus, restarts func(containerSpec, int) bool) {
		for _, spec := range specs {
			i := slices.IndexFunc(statuses, func(s containerStatus) bool { return s.Name == spec.Name })
			c := condition{name: spec.Name}
			if i >= 0 {
				c = statuses[i].condition(func(code int) bool { return restarts(spec, code) })
			}
			c.done = c.done || p.over()
			all = append(all, c)
		}
	}
	policy := func(code int) bool {
		return p.Spec.RestartPolicy == "Always" || p.Spec.RestartPolicy == "" || (p.Spec.RestartPolicy == "OnFailure" && code != 0)
	}
	add(p.Spec.Containers, p.Status.Containers, func(_ containerSpec, code int) bool { return policy(code) })
	add(p.Spec.InitContainers, p.Status.InitContainers, func(s containerSpec, code int) bool {
		return s.RestartPolicy == "Always" || (code != 0 && p.Spec.RestartPolicy != "Never")
	})
	add(p.Spec.Ephemeral, p.Status.Ephemeral, func(containerSpec, int) bool { return false })
	return all
}

// over says that none of the pod's containers starts again.
func (p *pod) over() bool { return p.Status.Phase == "Succeeded" || p.Status.Phase == "Failed" }

func (s containerStatus) condition(restarts func(code int) bool) condition {
	c := condition{name: s.Name}
	times := ""
	if s.RestartCount > 0 {
		times = " It was restarted " + strconv.Itoa(s.RestartCount) + " times."
	}
	switch {
	case s.State.Running != nil:
		c.running = true
	case s.State.Terminated != nil:
		c.done = !restarts(s.State.Terminated.ExitCode)
		c.why = "It ended with exit code " + strconv.Itoa(s.State.Terminated.ExitCode) + "."
		if !c.done {
			c.why += times
		}
	case s.State.Waiting != nil && s.State.Waiting.Reason != "":
		c.why = "It waits to start: " + clean(s.State.Waiting.Reason) + "." + times
	}
	return c
}
