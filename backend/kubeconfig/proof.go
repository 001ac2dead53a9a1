package kubeconfig

import (
	"time"

	"github.com/binnacle-dev/binnacle/backend/secret"
)

// Proof is what a cluster is shown for a credential that isn't complete by itself: the token of a sign-in, or what a program gave.
type Proof struct {
	Token   secret.Value // bearer token; or
	CertPEM []byte       // a client certificate with
	KeyPEM  secret.Value // its key
	Expires time.Time    // zero: unknown
}

// Equal says whether a server would see no difference.
func (p Proof) Equal(q Proof) bool {
	return p.Token.Equal(q.Token) && string(p.CertPEM) == string(q.CertPEM) && p.KeyPEM.Equal(q.KeyPEM)
}

// Empty says that there is nothing to show.
func (p Proof) Empty() bool { return p.Token.Empty() && len(p.CertPEM) == 0 }

// Need is what only the person can do; a closed set.
type Need string

// The needs.
const (
	NeedSignIn  Need = "signIn"  // there is no session, or it has ended
	NeedApprove Need = "approve" // a program must be allowed, or has changed since it was
	NeedRun     Need = "run"     // an allowed program wants to talk to the person
)

// NeedError says that nothing can be shown before the person did something. Why is for people and holds no secret.
type NeedError struct {
	Need Need
	Why  string // a sentence: what happened and what to do
}

func (e *NeedError) Error() string { return e.Why }

// ProofError says that a proof could not be had now though the person needn't do anything but perhaps wait: the identity provider
// doesn't answer, the program failed. Why is for people and holds no secret.
type ProofError struct {
	Why     string
	Refused bool  // the cluster doesn't take what was shown, and would not take another of the kind
	Err     error // or nil
}

func (e *ProofError) Error() string { return e.Why }
func (e *ProofError) Unwrap() error { return e.Err }
