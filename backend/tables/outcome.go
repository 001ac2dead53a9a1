package tables

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"strings"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

// errSilent ends a request of which nothing came for too long.
var errSilent = errors.New("nothing came for too long")

// code is the HTTP status that the server refused with; 0 when it didn't.
func code(err error) int {
	if refusal, ok := errors.AsType[*apierrors.StatusError](err); ok {
		return int(refusal.ErrStatus.Code)
	}
	return 0
}

// outcome says what an error means for what is shown. Rows stay, but where the state is Denied or Missing.
func outcome(err error, listed bool) (State, string) {
	state := Failed
	if listed {
		state = Stale
	}
	switch code(err) {
	case 0:
		return state, unanswered(err)
	case http.StatusForbidden:
		return Denied, whyCluster
	case http.StatusNotFound:
		return Missing, whyUnserved
	case http.StatusGone:
		return state, whyHistory
	case http.StatusUnauthorized:
		return state, "This cluster doesn't accept your credential any more (401). Sign in again, or replace it."
	case http.StatusNotAcceptable:
		return Failed, whySecretAsk
	case http.StatusMethodNotAllowed:
		return Failed, "This kind can't be listed (405)."
	case http.StatusTooManyRequests:
		return state, "This cluster is too busy to answer (429). It is tried again."
	}
	return state, "This cluster can't answer for this kind" + said(err) + " It is tried again."
}

// said quotes the server.
func said(err error) string {
	refusal, ok := errors.AsType[*apierrors.StatusError](err)
	if !ok {
		return "."
	}
	message := string(appendText(nil, []byte(refusal.ErrStatus.Message), maxMessage))
	return " (" + http.StatusText(int(refusal.ErrStatus.Code)) + "): " + strings.TrimRight(message, ". ") + "."
}

const maxMessage = 300

func unanswered(err error) string {
	switch {
	case errors.Is(err, errSilent), errors.Is(err, context.DeadlineExceeded):
		return "This cluster takes too long to answer. It is tried again."
	case errors.Is(err, errBroken):
		return "What answers for this kind isn't a Kubernetes API server. It is tried again."
	case errors.Is(err, errTooLong):
		return "The answer for this kind is larger than any that makes sense. It is tried again."
	}
	return "The connection to this cluster broke off. It is tried again."
}

// backoff gives the waits between tries: doubling, capped, each shortened by up to a fifth so that members don't move in step.
type backoff struct{ min, max, next time.Duration }

func (b *backoff) reset() { b.next = 0 }

func (b *backoff) wait() time.Duration {
	d := min(max(b.next, b.min), b.max)
	b.next = 2 * d
	return jittered(d)
}

// jittered is d less up to a fifth of it.
func jittered(d time.Duration) time.Duration {
	return d - time.Duration(rand.Float64()*float64(d)/5) //nolint:gosec // spreads load, guards nothing
}

// asked is how long the server wants to be left alone, at most a minute.
func asked(err error) time.Duration {
	if seconds, ok := apierrors.SuggestsClientDelay(err); ok {
		return min(time.Duration(seconds)*time.Second, time.Minute)
	}
	return 0
}

// sleep waits; false means that ctx ended.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}
