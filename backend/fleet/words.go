package fleet

import (
	"cmp"
	"time"

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

func (s *survey) endWhoAmI() {
	name := clean(s.who.Username)
	s.facts.Identity, s.facts.Groups, s.facts.IdentityVerified = name, cleanAll(s.who.Groups), s.who.Verified
	switch ends := s.facts.CredentialExpires; {
	case !s.who.Verified:
		s.end(CheckOK, "This cluster is too old to say whom it takes you for. The credential says "+cmp.Or(name, "nothing")+".")
	case s.who.Username == "system:anonymous":
		s.end(CheckWarning, "The cluster takes you for a stranger (system:anonymous): the kubeconfig holds no credential that it knows.")
	case !ends.IsZero() && time.Until(ends) < soon:
		s.end(CheckWarning, "You are "+name+". The credential ends on "+moment(ends)+".")
	default:
		s.end(CheckOK, "You are "+name+".")
	}
}

func (s *survey) endVersion() {
	if s.facts.Version == "" {
		s.end(CheckOK, "The cluster doesn't tell you its version.")
		return
	}
	detail := "Kubernetes " + s.facts.Version
	if s.facts.Distribution != "" {
		detail += " (" + s.facts.Distribution + ")"
	}
	s.end(CheckOK, detail+".")
}
