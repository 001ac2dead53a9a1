package fleet

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// Errors of the fleet.
var (
	// ErrNoCredential is what a Vault answers when it holds none for the member.
	ErrNoCredential = errors.New("no credential for this cluster on this machine")
	// ErrNotMember says that the id is not in the fleet (or is off).
	ErrNotMember = errors.New("not a member that is switched on")
	// ErrNoClient says that the member has no usable credential yet; its Status says why.
	ErrNoClient = errors.New("no connection to this cluster yet")
)

// Vault gives the credential of a member, or ErrNoCredential. It may block (an unlock prompt) and must heed ctx.
type Vault interface {
	Credential(ctx context.Context, memberID string) (kubeconfig.Credential, error)
}

// Member is what the view says of a cluster.
type Member struct {
	ID       string
	Name     string // for people; the fleet itself goes by ID
	Endpoint kubeconfig.Endpoint
	Off      bool // never contacted, and in no Status

	// Known and Seen are the facts of an earlier run; they fill the Status until the member answers. Looked at only when the
	// member joins.
	Known Facts
	Seen  time.Time
}

// Options are a Fleet's parts.
type Options struct {
	Vault Vault
	// Changed is called after a member's Status changed, from any goroutine and under no lock. It must return soon.
	Changed   func(memberID string)
	Log       *slog.Logger // nil: none
	UserAgent string
	Timing    Timing // zero fields take their defaults
	// Source is asked once per connection of a member whose credential is a sign-in or wants a program run, before anything is
	// sent. Its error may be a *kubeconfig.NeedError. nil: such credentials are not used at all.
	Source func(memberID string, c kubeconfig.Credential) (Source, error)
	Cache  Cache // nil: what a cluster serves is asked anew in each run
	// Gate is asked before any request of a member's client leaves that could change something; its error refuses the request,
	// and comes back wrapped. It is called from any goroutine and must return soon. nil: all may pass.
	Gate func(memberID string, r GateRequest) error

	dial    dialFunc       // nil: the network; tests put theirs
	clock   func() reading // nil: this machine's; tests let it jump
	outlook func() string  // nil: this machine's; tests let it change
}
