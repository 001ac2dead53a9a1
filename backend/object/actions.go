package object

import (
	"context"
	"slices"
	"strings"
)

// ActionID names what can be done with an object. The set is closed.
type ActionID string

// The actions.
const (
	ActionEdit     ActionID = "edit"
	ActionDelete   ActionID = "delete"
	ActionLogs     ActionID = "logs"
	ActionScale    ActionID = "scale"
	ActionRestart  ActionID = "restart"
	ActionSuspend  ActionID = "suspend"
	ActionResume   ActionID = "resume"
	ActionCordon   ActionID = "cordon"
	ActionUncordon ActionID = "uncordon"
)

// Action is one that makes sense for the object.
type Action struct {
	ID       ActionID
	Refused  string // why not now, in words; "" when it may be tried
	Replicas int    // of scale: how many are wanted now; -1 is unknown
}

const secretsStay = "Binnacle doesn't show the values of Secrets, so they can't be edited here. Use kubectl." //nolint:gosec // words

// actions are those that the object's kind has, by what the member serves. Who may do them is for the server to say.
func (m Member) actions(o object) []Action {
	var out []Action
	add := func(id ActionID, refused string) { out = append(out, Action{ID: id, Refused: refused}) }
	if hasLogs(o.kind) {
		add(ActionLogs, "")
	}
	if o.kind.can("update") {
		add(ActionEdit, refusedIf(o.secret(), secretsStay))
	}
	if o.kind.has("scale") {
		add(ActionScale, refusedIf(o.deleting(), "It is being deleted."))
	}
	if o.kind.can("patch") {
		if restarts(o.kind) {
			add(ActionRestart, refusedIf(o.flag("spec", "paused"), "Its rollout is paused, so nothing would restart."))
		}
		if m.suspends(o) {
			id := ActionSuspend
			if o.flag("spec", "suspend") {
				id = ActionResume
			}
			add(id, refusedIf(ended(o), "The job has ended."))
		}
		if o.is(nodes) {
			id := ActionCordon
			if o.flag("spec", "unschedulable") {
				id = ActionUncordon
			}
			add(id, "")
		}
	}
	if o.kind.can("delete") {
		add(ActionDelete, refusedIf(o.deleting(), "It is being deleted already; something it waits for isn't done."))
	}
	return out
}

func refusedIf(so bool, why string) string {
	if so {
		return why
	}
	return ""
}

func hasLogs(k Kind) bool {
	switch k.Key() {
	case pods, deployments, statefulSets, daemonSets, replicaSets, controllers, jobs, cronJobs:
		return true
	}
	return false
}

func restarts(k Kind) bool {
	switch k.Key() {
	case deployments, statefulSets, daemonSets:
		return true
	}
	return false
}

// suspends says whether spec.suspend is a switch of the object: it has it, its schema (where that was read) has it, or it
// is of Flux, where it is absent until set.
func (m Member) suspends(o object) bool {
	if _, has := o.in("spec")["suspend"].(bool); has {
		return true
	}
	switch {
	case o.is(cronJobs), o.is(jobs):
		return true
	case strings.HasSuffix(o.kind.Group, ".toolkit.fluxcd.io"):
		return o.has("spec")
	}
	return m.Schemas.suspends(m.ID, o.kind)
}

// ended says that a job is over.
func ended(o object) bool {
	if !o.is(jobs) {
		return false
	}
	word, _ := jobStatus(o.tree)
	return word == "Complete" || word == "Failed"
}

// withReplicas fills in how many replicas are wanted now. Where a custom kind keeps that is known to its scale alone.
func (m Member) withReplicas(ctx context.Context, o object, actions []Action) []Action {
	i := slices.IndexFunc(actions, func(a Action) bool { return a.ID == ActionScale })
	if i < 0 {
		return actions
	}
	if ownScale(o.kind) {
		actions[i].Replicas = int(o.numberOr(1, "spec", "replicas"))
		return actions
	}
	scale, err := m.get(ctx, o.kind.path(o.namespace(), o.name())+"/scale", "")
	if err != nil || scale.uid() != "" && scale.uid() != o.uid() {
		actions[i].Replicas = -1
		return actions
	}
	actions[i].Replicas = int(scale.number("spec", "replicas"))
	return actions
}

// ownScale says that a kind is one of Kubernetes' own, which keep their replicas in spec.replicas.
func ownScale(k Kind) bool { return k.Group == "apps" || k.Group == "" }
