package object

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

const maxReplicas = 10_000

// Change asks for an action on the object that has the reference's UID. Edit and logs are no changes of this kind.
type Change struct {
	Ref      Ref
	Action   ActionID
	Replicas int  // of scale
	Orphan   bool // of delete: what it owns stays
}

// Change does it, once. It fails with ErrReplaced when the name is another object's now, and with ErrConflict when the
// object changed in the very moment; then nothing was done.
func (m Member) Change(ctx context.Context, c Change) error {
	kind, err := m.find(c.Ref)
	if err != nil {
		return err
	}
	if c.Ref.UID == "" {
		return invalid("Open the object before you change it, so that it's clear which one is meant.")
	}
	switch c.Action {
	case ActionDelete:
		err = m.remove(ctx, kind, c)
	case ActionScale:
		err = m.scale(ctx, kind, c)
	case ActionRestart:
		err = m.restart(ctx, kind, c.Ref)
	case ActionSuspend, ActionResume:
		err = m.suspend(ctx, c)
	case ActionCordon, ActionUncordon:
		if kind.Key() != nodes {
			return invalid("Only nodes can be cordoned.")
		}
		err = m.patch(ctx, kind, c.Ref, tree{"spec": tree{"unschedulable": c.Action == ActionCordon}})
	default:
		return invalid("This can't be done with an object.")
	}
	if err != nil {
		return fmt.Errorf("%s: %w", c.Action, refused(err))
	}
	return nil
}

// refused tells a refusal for the UID's sake from others.
func refused(err error) error {
	status, ok := asStatus(err)
	switch {
	case ok && status.Details != nil && len(status.Details.Causes) > 0 && status.Details.Causes[0].Field == "metadata.uid":
		return ErrReplaced
	case apierrors.IsConflict(err):
		return conflict(err)
	}
	return err
}

func (m Member) remove(ctx context.Context, kind Kind, c Change) error {
	propagation := "Background"
	if c.Orphan {
		propagation = "Orphan"
	}
	body, err := json.Marshal(tree{
		"apiVersion": "v1", "kind": "DeleteOptions", "propagationPolicy": propagation, "preconditions": tree{"uid": c.Ref.UID},
	})
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, writeTime)
	defer cancel()
	_, err = m.Requests.Send(ctx, Request{
		Method: http.MethodDelete, Path: kind.path(c.Ref.Namespace, c.Ref.Name), ContentType: "application/json", Body: body,
	})
	return err
}

// scale goes by the scale subresource, which every kind that has replicas serves alike. Not every kind looks at the UID
// there, so the version that was just read goes along where it isn't known to.
func (m Member) scale(ctx context.Context, kind Kind, c Change) error {
	switch {
	case !kind.has("scale"):
		return invalid("Objects of the kind " + kind.Kind + " can't be scaled.")
	case c.Replicas < 0 || c.Replicas > maxReplicas:
		return invalid("The number of replicas must be between 0 and " + thousands(maxReplicas) + ".")
	}
	metadata := tree{"uid": c.Ref.UID}
	if !ownScale(kind) {
		o, err := m.read(ctx, c.Ref)
		if err != nil {
			return err
		}
		metadata["resourceVersion"] = o.version()
	}
	return m.patchAt(ctx, kind.path(c.Ref.Namespace, c.Ref.Name)+"/scale", tree{"metadata": metadata, "spec": tree{"replicas": c.Replicas}})
}

// restart changes the pods' template, as kubectl rollout restart does.
func (m Member) restart(ctx context.Context, kind Kind, ref Ref) error {
	if !restarts(kind) {
		return invalid("Objects of the kind " + kind.Kind + " can't be restarted.")
	}
	stamp := tree{"kubectl.kubernetes.io/restartedAt": time.Now().UTC().Format(time.RFC3339)}
	return m.patch(ctx, kind, ref, tree{"spec": tree{"template": tree{"metadata": tree{"annotations": stamp}}}})
}

func (m Member) suspend(ctx context.Context, c Change) error {
	o, err := m.read(ctx, c.Ref)
	switch {
	case err != nil:
		return err
	case !m.suspends(o):
		return invalid("Objects of the kind " + o.kind.Kind + " can't be suspended.")
	}
	return m.patch(ctx, o.kind, c.Ref, tree{"spec": tree{"suspend": c.Action == ActionSuspend}})
}

// patch changes the object that has the UID; the server refuses to give another one this UID.
func (m Member) patch(ctx context.Context, kind Kind, ref Ref, change tree) error {
	change["metadata"] = tree{"uid": ref.UID}
	return m.patchAt(ctx, kind.path(ref.Namespace, ref.Name), change)
}

func (m Member) patchAt(ctx context.Context, path string, change tree) error {
	body, err := json.Marshal(change)
	if err != nil {
		return err
	}
	_, err = m.write(ctx, http.MethodPatch, path, "application/merge-patch+json", body, url.Values{})
	return err
}

// inSystem says that an object is of the cluster itself.
func inSystem(namespace string) bool {
	return strings.HasPrefix(namespace, "kube-") || namespace == "openshift" || strings.HasPrefix(namespace, "openshift-")
}
