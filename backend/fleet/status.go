package fleet

import (
	"time"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// State is where a member stands. The set is closed.
type State string

// The states.
const (
	StateConnecting       State = "connecting"       // the first answer is awaited
	StateReady            State = "ready"            // it answered, and knows us
	StateNeedsCredentials State = "needsCredentials" // none here, or one for another endpoint
	StateNeedsLogin       State = "needsLogin"       // refused, expired, or needs a program run
	StateDenied           State = "denied"           // it knows us and says no
	StateUnreachable      State = "unreachable"      // no answer, or none that can be trusted
	StateRemoved          State = "removed"          // not in the fleet (any more)
)

// Status is what is known of a member now.
type Status struct {
	ID    string
	State State
	Since time.Time // of the state
	Cause string    // why, and what to do, in words for people; "" when ready
	// Action is the one that helps; ActionNone when ready or connecting.
	Action Action
	// NextTry is when it is contacted again without being asked to; zero: not planned (ready, or waiting for the person).
	NextTry time.Time
	Facts   Facts     // of the last success; kept while it is unreachable
	Seen    time.Time // when it last answered; zero: never
	// Proposed is the view's endpoint, set when the credential here was given for another one.
	Proposed *kubeconfig.Endpoint
}

// Facts are what a member told of itself. They are JSON for the cache of last known facts and hold no secret.
// All text is cleaned and capped.
type Facts struct {
	Version           string          `json:"version"`      // gitVersion, "" is unknown
	Distribution      string          `json:"distribution"` // one of the Distribution constants, "" is unknown
	Region            string          `json:"region"`
	Identity          string          `json:"identity"`         // the user name there
	IdentityVerified  bool            `json:"identityVerified"` // the server said so; else it is read from the credential
	Groups            []string        `json:"groups"`           // of the identity
	AuthKind          kubeconfig.Auth `json:"authKind"`
	Latency           time.Duration   `json:"latency"` // nanoseconds from the last /version request to its first byte; 0 is unknown
	CredentialExpires time.Time       `json:"credentialExpires,omitzero"`
	ServerCertExpires time.Time       `json:"serverCertExpires,omitzero"`
	T4K               T4K             `json:"t4k"`
	Access            Access          `json:"access"`
}

// T4K says whether Trilio for Kubernetes is there.
type T4K struct {
	State   T4KState `json:"state"`
	Version string   `json:"version"` // "" when it isn't told
}

// T4KState is a closed set.
type T4KState string

// The states of T4K in a member.
const (
	T4KUnknown      T4KState = "unknown"
	T4KInstalled    T4KState = "installed"
	T4KNotInstalled T4KState = "notInstalled"
	T4KNotVisible   T4KState = "notVisible" // its API is served, but we may not look
)
