package fleet

import (
	"context"
	"fmt"
	"time"
)

// CheckID names a step of Probe. The set is closed; this is its order.
type CheckID string

// The steps.
const (
	CheckReach   CheckID = "reach"
	CheckTLS     CheckID = "tls"
	CheckWhoAmI  CheckID = "whoami"
	CheckRights  CheckID = "rights"
	CheckVersion CheckID = "version"
	CheckT4K     CheckID = "t4k"
)

// CheckState is a closed set.
type CheckState string

// The states of a Check.
const (
	CheckRunning CheckState = "running"
	CheckOK      CheckState = "ok"
	CheckWarning CheckState = "warning" // it works, but the person should know
	CheckFailed  CheckState = "failed"  // it can't work like this; the steps after it are skipped
	CheckSkipped CheckState = "skipped"
)

// Check is one step with what was found, in words for people; on failure they say what to do.
type Check struct {
	ID     CheckID
	Title  string
	State  CheckState
	Detail string
	MS     int64
}

// probeLimit bounds each request of a Probe.
const probeLimit = 10 * time.Second

// Probe tests a client from the connection up and reports each step, in order: once running, once ended; report is called from
// this goroutine. It asks for at most 7 things and changes nothing. The error is the first failed check's, for Classify; the facts are those found
// until then. A credential with too few rights is no failure.
func Probe(ctx context.Context, c *Client, report func(Check)) (Facts, error) {
	s := survey{client: c, report: report, limit: probeLimit, rights: true}
	return s.run(ctx)
}

// survey asks a cluster for its facts.
type survey struct {
	client *Client
	report func(Check)
	limit  time.Duration // of each request
	rights bool          // ask what we may do, for the person
	known  *Facts        // recent ones of this client, or nil: what can't have changed is not asked again

	facts Facts
	step  Check
	began time.Time
}

func (s *survey) run(ctx context.Context) (Facts, error) {
	credential := s.client.credential
	s.facts = Facts{
		AuthKind: credential.Auth(), CredentialExpires: credential.Expires(),
		Identity: clean(credential.Identity()), T4K: T4K{State: T4KUnknown},
	}
	if s.known != nil {
		s.facts.Distribution, s.facts.Region, s.facts.T4K = s.known.Distribution, s.known.Region, s.known.T4K
	}
	c, err := s.connection(ctx)
	if err == nil {
		err = s.cluster(ctx, c)
	}
	return s.facts, err
}

// connection is about the way there: reach and tls.
func (s *survey) connection(ctx context.Context) (contact, error) {
	s.start(CheckReach)
	c := contact{}
	_ = s.ask(ctx, func(ctx context.Context) error {
		c = s.client.contact(ctx)
		return nil
	})
	s.facts.Latency, s.facts.ServerCertExpires = c.latency, s.client.ServerCertExpires()
	if c.reached == 0 {
		return c, s.failed(c.err, CheckTLS, CheckWhoAmI, CheckRights, CheckVersion, CheckT4K)
	}
	s.took(CheckOK, "The server answers at "+clean(s.client.base.Host)+".", c.reached)

	s.start(CheckTLS)
	if !c.served {
		return c, s.failed(c.err, CheckWhoAmI, CheckRights, CheckVersion, CheckT4K)
	}
	state, detail := s.security()
	s.took(state, detail, c.secured)
	return c, nil
}

// cluster is about who answers and what it lets us do: whoami, rights, version, t4k.
func (s *survey) cluster(ctx context.Context, c contact) error {
	s.start(CheckWhoAmI)
	switch state, _ := Classify(c.err); state {
	case StateReady, StateDenied: // hiding the version is no reason to give up
	case StateNeedsLogin:
		return s.failed(c.err, CheckRights, CheckVersion, CheckT4K)
	default:
		s.end(CheckSkipped, "")
		s.skip(CheckRights)
		s.start(CheckVersion)
		return s.failed(c.err, CheckT4K)
	}
	served, changed, err := s.discover(ctx)
	if err == nil {
		err = s.whoAmI(ctx)
	}
	if err != nil {
		return s.failed(err, CheckRights, CheckVersion, CheckT4K)
	}
	s.mayI(ctx)

	s.start(CheckVersion)
	s.facts.Version = c.version
	s.distribution(ctx, served)
	s.endVersion(c)

	s.start(CheckT4K)
	s.t4k(ctx, served, changed)
	return nil
}

// ask makes one request within the limit.
func (s *survey) ask(ctx context.Context, request func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, s.limit)
	defer cancel()
	return request(ctx)
}

func (s *survey) start(id CheckID) {
	s.began = time.Now()
	s.step = Check{ID: id, Title: title(id), State: CheckRunning}
	s.report(s.step)
}

func (s *survey) end(state CheckState, detail string) { s.took(state, detail, time.Since(s.began)) }

func (s *survey) took(state CheckState, detail string, d time.Duration) {
	s.step.State, s.step.Detail, s.step.MS = state, detail, d.Milliseconds()
	s.report(s.step)
}

// failed ends the step with why, skips the rest, and gives the error back.
func (s *survey) failed(err error, rest ...CheckID) error {
	_, cause := Classify(err)
	s.end(CheckFailed, refusedWords(s.client.credential, err, cause))
	s.skip(rest...)
	return fmt.Errorf("%s: %w", s.step.ID, err)
}

func (s *survey) skip(rest ...CheckID) {
	for _, id := range rest {
		s.report(Check{ID: id, Title: title(id), State: CheckSkipped})
	}
}

func title(id CheckID) string {
	switch id {
	case CheckReach:
		return "Reach the server"
	case CheckTLS:
		return "Check its certificate"
	case CheckWhoAmI:
		return "Sign in"
	case CheckRights:
		return "See what you may do"
	case CheckVersion:
		return "Read the Kubernetes version"
	case CheckT4K:
		return "Look for Trilio for Kubernetes"
	default:
		return string(id)
	}
}
