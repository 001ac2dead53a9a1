package fleet

import (
	"context"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

// coldRequests are the most that a connect may take. What doesn't fit is asked with the next sign of life.
const coldRequests = 6

// survey asks a cluster for its facts: first whether it is there and knows us, then the rest.
type survey struct {
	client   *Client
	report   func(Check)
	settled  func(Facts)   // called when it is known that the cluster is there and knows us, before the rest is asked
	limit    time.Duration // of each request
	patience time.Duration // for a proof
	left     int           // requests that may still be made
	bare     bool          // without a proof, see at least whether the server is there
	known    Facts         // from before; zero if none
	lazy     bool          // known is recent: the rest is asked only if the version or the person is another

	seen *contact // a sign of life just now; nil: none

	facts   Facts
	who     Identity
	served  apis
	skipped bool // something was left out for want of requests
	looked  bool // it was asked what is served
	step    Check
	began   time.Time
}

func (s *survey) run(ctx context.Context) (Facts, error) {
	credential := s.client.credential
	s.facts = s.known
	s.facts.AuthKind, s.facts.CredentialExpires = credential.Auth(), credential.Expires()
	s.facts.Identity, s.facts.IdentityVerified, s.facts.Groups = clean(credential.Identity()), false, nil
	if s.facts.T4K.State == "" {
		s.facts.T4K.State = T4KUnknown
	}
	unproven := s.prove(ctx)
	if unproven != nil && !s.bare {
		return s.facts, unproven
	}
	c, err := s.connection(ctx, unproven != nil)
	if err == nil {
		err = s.identity(ctx, c, unproven)
	}
	if err != nil {
		return s.facts, err
	}
	s.settled(s.facts)
	if !s.lazy {
		s.rest(ctx)
	}
	return s.facts, nil
}

// prove gets a proof ready, on time of its own.
func (s *survey) prove(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, s.patience)
	defer cancel()
	return s.client.prove(ctx)
}

// connection is about the way there: reach and tls.
func (s *survey) connection(ctx context.Context, bare bool) (contact, error) {
	s.start(CheckReach)
	c := contact{}
	if s.seen != nil {
		c = *s.seen
	} else {
		s.left--
		_ = s.ask(ctx, func(ctx context.Context) error {
			c = s.client.contact(ctx, bare)
			return nil
		})
	}
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

// identity is about who answers and whom it takes us for: whoami, with what it serves.
func (s *survey) identity(ctx context.Context, c contact, unproven error) error {
	s.start(CheckWhoAmI)
	if unproven != nil {
		return s.failed(unproven, CheckRights, CheckVersion, CheckT4K)
	}
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
	s.served = s.client.discovered()
	s.left -= 2 // whatever meet asks
	s.lazy = s.lazy && s.served.asked && s.known.Access.Known && s.known.Version == c.version
	s.facts.Version = c.version
	if err := s.meet(ctx); err != nil {
		return s.failed(err, CheckRights, CheckVersion, CheckT4K)
	}
	if s.known.Identity != clean(s.who.Username) {
		s.lazy, s.facts.Access = false, Access{} // of somebody else
	}
	s.endWhoAmI()
	s.detect(nil)
	return nil
}

// meet asks what is served and who we are, side by side: the connection is open by now, so they share it.
func (s *survey) meet(ctx context.Context) error {
	if !reviews(s.facts.Version) { // which of them it serves says discovery
		if !s.lazy {
			if err := s.discover(ctx); err != nil {
				return err
			}
		}
		return s.whoAmI(ctx)
	}
	group, ctx := errgroup.WithContext(ctx)
	if !s.lazy {
		group.Go(func() error { return s.discover(ctx) })
	}
	group.Go(func() error { return s.whoAmI(ctx) })
	return group.Wait()
}

// reviews says whether a cluster of that version serves SelfSubjectReview in v1.
func reviews(version string) bool {
	major, rest, _ := strings.Cut(strings.TrimPrefix(version, "v"), ".")
	minor, _, _ := strings.Cut(rest, ".")
	m, err := strconv.Atoi(minor)
	return major == "1" && err == nil && m >= 28
}

// discover asks what is served. A cluster that hides it can still be used.
func (s *survey) discover(ctx context.Context) error {
	s.looked = true
	var served apis
	err := s.ask(ctx, func(ctx context.Context) (err error) {
		served, err = s.client.discover(ctx, true)
		return err
	})
	if apierrors.IsForbidden(err) {
		return nil
	}
	s.served = served
	return err
}

func (s *survey) whoAmI(ctx context.Context) error {
	return s.ask(ctx, func(ctx context.Context) (err error) {
		s.who, err = s.client.WhoAmI(ctx)
		return err
	})
}

// afford says whether one more request may be made, and counts it.
func (s *survey) afford() bool {
	if s.left <= 0 {
		s.skipped = true
		return false
	}
	s.left--
	return true
}

// ask makes one request within the limit.
func (s *survey) ask(ctx context.Context, request func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, s.limit)
	defer cancel()
	return request(ctx)
}
