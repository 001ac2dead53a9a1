package viewsync

import (
	"context"
	"fmt"
	"net/http"
	"sync"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

// access is a SelfSubjectAccessReview, as much of it as is used.
type access struct {
	APIVersion string       `json:"apiVersion"`
	Kind       string       `json:"kind"`
	Spec       accessSpec   `json:"spec"`
	Status     accessStatus `json:"status,omitzero"`
}

type accessSpec struct {
	Attributes accessAttributes `json:"resourceAttributes"`
}

type accessAttributes struct {
	Namespace string `json:"namespace"`
	Verb      string `json:"verb"`
	Resource  string `json:"resource"`
	Name      string `json:"name,omitempty"`
}

type accessStatus struct {
	Allowed bool `json:"allowed"`
}

// Writable gives the first candidate namespace where this user may get, create and update their view, and which exists;
// the tries tell why those before it won't do. When none will, the error is a *NowhereError (ErrNowhere).
// An error of the connection is given as such.
func (s *Store) Writable(ctx context.Context, candidates []string) (Place, []Try, error) {
	candidates = usable(candidates)
	why := make([]string, len(candidates))
	errs := make([]error, len(candidates))
	var all sync.WaitGroup
	for i, namespace := range candidates {
		all.Go(func() { why[i], errs[i] = s.whyNot(ctx, namespace) })
	}
	all.Wait()
	var tries []Try
	for i, namespace := range candidates {
		if errs[i] != nil {
			return Place{}, tries, fmt.Errorf("ask whether the view may be saved in %s: %w", namespace, errs[i])
		}
		if why[i] == "" {
			return s.place(namespace), tries, nil
		}
		tries = append(tries, Try{namespace, why[i]})
	}
	return Place{}, tries, &NowhereError{Tries: tries}
}

// whyNot says in words why the view can't be saved in a namespace, "" when it can.
func (s *Store) whyNot(ctx context.Context, namespace string) (string, error) {
	at := s.place(namespace)
	verbs := []string{"get", "create", "update"}
	allowed, errs := make([]bool, len(verbs)), make([]error, len(verbs))
	var all sync.WaitGroup
	for i, verb := range verbs {
		// RBAC never sees a name in create.
		name := map[string]string{"get": at.Name, "update": at.Name}[verb]
		all.Go(func() { allowed[i], errs[i] = s.may(ctx, verb, namespace, name) })
	}
	all.Wait()
	for i, verb := range verbs {
		if errs[i] != nil {
			return "", errs[i]
		}
		if !allowed[i] {
			return "you may not " + verb + " Secrets there", nil
		}
	}
	// Rights may be granted cluster-wide for a namespace that isn't there, and an admission policy may say no yet: both
	// show only in a create, which dryRun keeps from being one.
	_, err := s.api.create(ctx, fresh(at, s.username, nil), true)
	switch {
	case err == nil, apierrors.IsAlreadyExists(err):
		return "", nil
	case apierrors.IsNotFound(err):
		return "there is no such namespace", nil
	case apierrors.IsForbidden(err), apierrors.IsInvalid(err), apierrors.IsBadRequest(err):
		return plain(err.Error()), nil
	default:
		return "", err
	}
}

func (s *Store) may(ctx context.Context, verb, namespace, name string) (bool, error) {
	review := access{APIVersion: "authorization.k8s.io/v1", Kind: "SelfSubjectAccessReview"}
	review.Spec.Attributes = accessAttributes{Namespace: namespace, Verb: verb, Resource: "secrets", Name: name}
	var answer access
	err := s.api.do(ctx, call{
		method: http.MethodPost, path: "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", body: review, into: &answer,
	})
	return answer.Status.Allowed, err
}
