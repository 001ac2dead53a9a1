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
func (s *survey) t4k(ctx context.Context, served apis, changed bool) {
	if s.known != nil && !changed && s.facts.T4K.State != T4KUnknown {
		s.endT4K(nil)
		return
	}
	_, there := served.groups[t4kGroup]
	switch {
	case !served.asked:
		s.facts.T4K = T4K{State: T4KUnknown}
	case !there:
		s.facts.T4K = T4K{State: T4KNotInstalled}
	case !served.serves(t4kGroup, t4kManagers):
		s.facts.T4K = T4K{State: T4KInstalled}
	default:
		s.endT4K(s.managers(ctx))
		return
	}
	s.endT4K(nil)
}

// managers reads the version from T4K's own manager objects.
func (s *survey) managers(ctx context.Context) error {
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
		s.facts.T4K = T4K{State: T4KNotVisible}
		return nil
	case apierrors.IsNotFound(err):
		s.facts.T4K = T4K{State: T4KInstalled}
		return nil
	case err != nil:
		s.facts.T4K = T4K{State: T4KUnknown}
		return err
	case len(list.Items) == 0: // the operator waits for its first manager
		s.facts.T4K = T4K{State: T4KNotInstalled}
		return nil
	}
	s.facts.T4K = T4K{State: T4KInstalled}
	for _, item := range list.Items {
		if s.facts.T4K.Version == "" {
			s.facts.T4K.Version = clean(cmp.Or(item.Status.Version, item.Spec.Version))
		}
	}
	return nil
}

func (s *survey) endT4K(err error) {
	t := s.facts.T4K
	switch t.State {
	case T4KInstalled:
		s.end(CheckOK, strings.TrimSpace("Trilio for Kubernetes "+t.Version)+" is installed.")
	case T4KNotInstalled:
		s.end(CheckOK, "Trilio for Kubernetes is not installed here. The cluster can be managed all the same.")
	case T4KNotVisible:
		s.end(CheckWarning, "Trilio for Kubernetes is installed, but you may not see its settings. Ask its administrator if you need to.")
	case T4KUnknown:
		_, cause := Classify(err)
		s.end(CheckWarning, strings.TrimSpace("It is not known whether Trilio for Kubernetes is installed. "+cause))
	}
}
