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
	CheckWarning CheckState = "warning" // it works, but the person should look at it
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
// this goroutine. It asks for at most 6 things and changes nothing. The error is the first failed check's, for Classify; the facts
// are those found until then. A credential with too few rights is no failure. Without a sign-in the way to the server is tested
// all the same.
func Probe(ctx context.Context, c *Client, report func(Check)) (Facts, error) {
	s := survey{client: c, report: report, settled: func(Facts) {}, limit: probeLimit, patience: time.Minute, left: coldRequests, bare: true}
	return s.run(ctx)
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
