package fleet

import (
	"cmp"
	"context"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

const (
	t4kGroup    = "triliovault.trilio.io"
	t4kManagers = "triliovaultmanagers"
)

// t4k finds out whether T4K is there. Installs by OLM before 3.0 have no manager object, and not even its kind.
func (s *survey) t4k(ctx context.Context) (T4K, error) {
	_, there := s.served.groups.versions[t4kGroup]
	switch {
	case !s.served.asked:
		return T4K{State: T4KUnknown}, nil
	case !there:
		return T4K{State: T4KNotInstalled}, nil
	case !s.served.serves(t4kGroup, t4kManagers):
		return T4K{State: T4KInstalled}, nil
	}
	return s.managers(ctx)
}

// managers reads the version from T4K's own manager objects.
func (s *survey) managers(ctx context.Context) (T4K, error) {
	var list struct {
		Items []struct {
			Spec struct {
				Version string `json:"trilioVaultAppVersion"`
			} `json:"spec"`
			Status struct {
				Version string `json:"releaseVersion"`
			} `json:"status"`
		} `json:"items"`
	}
	err := s.ask(ctx, func(ctx context.Context) error {
		return s.client.Get(ctx, "/apis/"+t4kGroup+"/v1/"+t4kManagers+"?limit=5", &list)
	})
	switch {
	case apierrors.IsForbidden(err):
		return T4K{State: T4KNotVisible}, nil
	case apierrors.IsNotFound(err):
		return T4K{State: T4KInstalled}, nil
	case err != nil:
		return T4K{State: T4KUnknown}, err
	case len(list.Items) == 0: // the operator waits for its first manager
		return T4K{State: T4KNotInstalled}, nil
	}
	found := T4K{State: T4KInstalled}
	for _, item := range list.Items {
		found.Version = cmp.Or(found.Version, clean(cmp.Or(item.Status.Version, item.Spec.Version)))
	}
	return found, nil
}

func (s *survey) endT4K(err error) {
	t := s.facts.T4K
	switch t.State {
	case T4KInstalled:
		s.end(CheckOK, strings.TrimSpace("Trilio for Kubernetes "+t.Version)+" is installed.")
	case T4KNotInstalled:
		s.end(CheckOK, "Trilio for Kubernetes is not installed here. The cluster can be managed all the same.")
	case T4KNotVisible:
		s.end(CheckOK, "Trilio for Kubernetes is installed, but you may not see its settings. Ask its administrator if you need to.")
	case T4KUnknown:
		state := CheckOK // the cluster doesn't tell; that is no trouble
		_, cause := Classify(err)
		if err != nil {
			state = CheckWarning
		}
		s.end(state, strings.TrimSpace("It is not known whether Trilio for Kubernetes is installed. "+cause))
	}
}
