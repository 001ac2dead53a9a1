package podlogs

import (
	"context"
	"errors"
	"io"
	"net/url"
	"strconv"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

const (
	answerLimit = 20 * time.Second // for what is there to come, or to go on coming
	quietLimit  = 2 * time.Minute  // of a followed stream; then it is asked whether the member is still there
	lastCall    = 5 * time.Second  // for what a container wrote before its end
	shortPause  = 500 * time.Millisecond
	longPause   = 30 * time.Second
	batchLines  = 256
	future      = 10 * time.Minute // how far a member's clock may be ahead
)

var errBroken = errors.New("the stream broke off")

// source reads one container. Its goroutine is run; what others see is guarded by the log's lock.
type source struct {
	log            *Log
	host           *host
	key            string
	member         string
	namespace, pod string
	container      string
	order          int
	nudge          chan struct{} // has one entry when the condition changed

	seen seen   // of run alone
	rest *entry // the line that the last stream ended in; of run alone

	trying bool // its turn is one of a member that isn't known to answer; of run alone

	// Guarded by log.mu.
	state     State
	why       string
	lines     int
	last      int64       // place of the newest line
	condition condition   // by the pod's word
	timer     *time.Timer // ends the stream that is followed; nil: none is
}

// run reads until nothing more comes. It is the source's goroutine.
func (s *source) run(ctx context.Context) {
	pause := shortPause
	for ctx.Err() == nil {
		if !s.turn(ctx) {
			return
		}
		began, before := time.Now(), s.count()
		done, err := s.attempt(ctx)
		s.pass()
		if done || ctx.Err() != nil {
			return
		}
		if err != nil && !errors.Is(err, io.EOF) {
			state, why := verdict(err, "logs")
			s.set(state, why)
		}
		if s.count() > before || time.Since(began) > longPause {
			pause = shortPause
		}
		sleep(ctx, jitter(pause), s.nudge)
		pause = min(2*pause, longPause)
	}
}

// attempt reads what is there, then follows what comes. It says whether that was all.
func (s *source) attempt(ctx context.Context) (done bool, err error) {
	c := s.now()
	if c.gone {
		s.end("The pod is gone.")
		return true, nil
	}
	if err := s.read(ctx, false); err != nil {
		return s.log.options.Previous && s.neverRan(err), err
	}
	switch {
	case s.log.options.Previous:
		s.end("")
		return true, nil
	case c.done:
		s.end(c.why)
		return true, nil
	case !c.running && c.why != "":
		s.set(Waiting, c.why)
		return false, nil
	}
	s.set(Live, "")
	err = s.read(ctx, true)
	if timedOut(err) { // silence is no fault; the next attempt finds out whether the member is there
		return false, nil
	}
	return false, err
}

// neverRan ends a source that has no previous run.
func (s *source) neverRan(err error) bool {
	if !apierrors.IsBadRequest(err) {
		return false
	}
	s.end("It did not run before.")
	return true
}

func timedOut(err error) bool {
	if errors.Is(err, context.DeadlineExceeded) {
		return true
	}
	timeout, ok := errors.AsType[interface {
		error
		Timeout() bool
	}](err)
	return ok && timeout.Timeout()
}

// read takes in one stream. It ends with nil at the stream's end, errBroken when it broke off, else why there was none.
func (s *source) read(ctx context.Context, follow bool) error {
	requests, err := s.log.options.Requests(s.member)
	if err != nil {
		return err
	}
	limit := answerLimit
	if follow {
		limit = quietLimit
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	timer := time.AfterFunc(limit, func() { cancel(context.DeadlineExceeded) })
	defer timer.Stop()
	if follow {
		s.follows(timer)
		defer s.follows(nil)
	}
	stream, err := requests.Stream(ctx, s.path(follow), "*/*")
	if err != nil {
		err = because(ctx, err)
		if !follow { // else it is silence
			s.heardOf(!timedOut(err))
		}
		return err
	}
	s.heardOf(true)
	defer func() { _ = stream.Close() }()
	if err := s.take(newReader(stream, s.log.seed), func() { s.heard(timer, limit) }); err != nil {
		if cause := context.Cause(ctx); cause != nil {
			return cause
		}
		return errors.Join(errBroken, err)
	}
	return nil
}

// because is why a request failed: its own time-out, if it had one, rather than the cancellation that it came as.
func because(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return err
}

// take adds the lines of a stream that didn't come before.
func (s *source) take(in *reader, heard func()) error {
	again, batch := s.seen.again(), []entry(nil)
	s.rest = nil
	for {
		r, err := in.next()
		if err != nil {
			s.log.add(s, batch)
			if rest, ok := in.rest(); ok && rest.time.After(s.seen.newest) {
				e := s.entry(rest)
				s.rest = &e
			}
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		if !again(r) {
			s.seen.add(r)
			batch = append(batch, s.entry(r))
		}
		if len(batch) == batchLines || in.idle() {
			s.log.add(s, batch)
			batch = batch[:0]
			heard()
		}
	}
}

func (s *source) entry(r record) entry {
	text := plain(r.text)
	return entry{source: s, text: text, time: r.time, cut: int32(min(r.cut, 1<<31-1)), level: levelOf(text)} //nolint:gosec // bounded
}

func (s *source) path(follow bool) string {
	q := url.Values{"container": {s.container}, "timestamps": {"true"}, "tailLines": {strconv.Itoa(s.log.options.Tail)}}
	if follow {
		q.Set("follow", "true")
	}
	if s.log.options.Previous {
		q.Set("previous", "true")
	}
	if !s.seen.second.IsZero() {
		// What was missed may be more than is ever kept.
		q.Set("tailLines", strconv.Itoa(s.log.options.Limits.Lines))
		q.Set("sinceTime", s.seen.second.UTC().Format(time.RFC3339))
	}
	return "/api/v1/namespaces/" + url.PathEscape(s.namespace) + "/pods/" + url.PathEscape(s.pod) + "/log?" + q.Encode()
}
