package fleet

import (
	"cmp"
	"context"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

const soon = 14 * 24 * time.Hour // before something ends that people should renew

// security says how the connection is guarded.
func (s *survey) security() (CheckState, string) {
	if s.client.base.Scheme == "http" {
		return CheckWarning, "The connection is plain HTTP: anyone on the way can read and change what is sent. Use https:// if the server offers it."
	}
	ends := s.facts.ServerCertExpires
	switch {
	case s.client.Endpoint().CA == kubeconfig.CAInsecure:
		return CheckWarning, "The connection is encrypted, but the server's certificate is not checked: anyone on the way can pose as the cluster. " +
			"Put the cluster's CA into the kubeconfig instead of insecure-skip-tls-verify."
	case time.Until(ends) < soon:
		return CheckWarning, "The server's certificate is valid, but only until " + moment(ends) + "."
	}
	return CheckOK, "The server's certificate is valid until " + moment(ends) + "."
}

// discover asks what is served. A cluster that hides it can still be used.
func (s *survey) discover(ctx context.Context) (served apis, changed bool, err error) {
	err = s.ask(ctx, func(ctx context.Context) (err error) {
		served, changed, err = s.client.discover(ctx)
		return err
	})
	if apierrors.IsForbidden(err) {
		return apis{}, true, nil
	}
	return served, changed, err
}

func (s *survey) whoAmI(ctx context.Context) error {
	var who Identity
	err := s.ask(ctx, func(ctx context.Context) (err error) {
		who, err = s.client.WhoAmI(ctx)
		return err
	})
	if err != nil {
		return err
	}
	name := clean(who.Username)
	s.facts.Identity, s.facts.Groups, s.facts.IdentityVerified = name, cleanAll(who.Groups), who.Verified
	switch ends := s.facts.CredentialExpires; {
	case !who.Verified:
		s.end(CheckWarning, "This cluster is too old to say whom it takes you for. The credential says "+cmp.Or(name, "nothing")+".")
	case who.Username == "system:anonymous":
		s.end(CheckWarning, "The cluster takes you for a stranger (system:anonymous): the kubeconfig holds no credential that it knows.")
	case !ends.IsZero() && time.Until(ends) < soon:
		s.end(CheckWarning, "You are "+name+". The credential ends on "+moment(ends)+".")
	default:
		s.end(CheckOK, "You are "+name+".")
	}
	return nil
}

// mayI tells the person how much they will see. It never fails: people with few rights are welcome.
func (s *survey) mayI(ctx context.Context) {
	if !s.rights {
		return
	}
	s.start(CheckRights)
	may := func(verb, group, resource string) (yes bool, err error) {
		err = s.ask(ctx, func(ctx context.Context) (err error) {
			yes, err = s.client.May(ctx, verb, group, resource, "")
			return err
		})
		return yes, err
	}
	list, err := may("list", "", "namespaces")
	switch {
	case err != nil:
		s.end(CheckWarning, "The cluster doesn't say what you may do. You will see what it lets you see.")
		return
	case !list:
		s.end(CheckWarning, "You may not list this cluster's namespaces. That is fine: you will see those that you name, and for the rest who says no.")
		return
	}
	if all, err := may("*", "*", "*"); err == nil && all {
		s.end(CheckOK, "You are an administrator of this cluster: everything is allowed.")
		return
	}
	s.end(CheckOK, "You may list all namespaces. What else you may do depends on each of them.")
}

// distribution detects what kind of cluster it is; a node is looked at only when the rest doesn't tell.
func (s *survey) distribution(ctx context.Context, served apis) {
	if s.known != nil {
		return
	}
	e := Evidence{Version: s.facts.Version, Server: s.client.Endpoint().Server, Groups: served.names()}
	name, region := Detect(e)
	if name == "" || name == Rancher {
		e.Node = s.node(ctx)
		name, region = Detect(e)
	}
	s.facts.Distribution, s.facts.Region = name, clean(region)
}

// node is any one node, or nil when we may not look: that is no fault.
func (s *survey) node(ctx context.Context) *Node {
	var list struct {
		Items []struct {
			Metadata struct {
				Labels      map[string]string `json:"labels"`
				Annotations map[string]string `json:"annotations"`
			} `json:"metadata"`
			Spec struct {
				ProviderID string `json:"providerID"`
			} `json:"spec"`
			Status struct {
				NodeInfo struct {
					OSImage string `json:"osImage"`
				} `json:"nodeInfo"`
			} `json:"status"`
		} `json:"items"`
	}
	err := s.ask(ctx, func(ctx context.Context) error { return s.client.Get(ctx, "/api/v1/nodes?limit=1", &list) })
	if err != nil || len(list.Items) == 0 {
		return nil
	}
	found := list.Items[0]
	return &Node{
		ProviderID: found.Spec.ProviderID, OSImage: found.Status.NodeInfo.OSImage,
		Labels: found.Metadata.Labels, Annotations: found.Metadata.Annotations,
	}
}

func (s *survey) endVersion(c contact) {
	if c.version == "" {
		s.end(CheckWarning, "The cluster doesn't tell you its version.")
		return
	}
	detail := "Kubernetes " + c.version
	if s.facts.Distribution != "" {
		detail += " (" + s.facts.Distribution + ")"
	}
	s.end(CheckOK, detail+".")
}
