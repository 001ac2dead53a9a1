package viewsync

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// pace is how patient a watch is.
type pace struct {
	poll, idle time.Duration // between polls, when active and when not
	first, max time.Duration // back-off after a failure
	session    time.Duration // how long the server is asked to keep one watch open
}

func usualPace() pace {
	return pace{
		poll: 1500 * time.Millisecond, idle: 20 * time.Second,
		first: 500 * time.Millisecond, max: 30 * time.Second, session: 4 * time.Minute,
	}
}

// tolerated is how often in a row a 401 may be a token that is just being renewed.
const tolerated = 3

// maxEvent bounds one event: metadata alone, of which annotations are at most 256 KiB.
const maxEvent = 1 << 20

// SetActive says whether somebody looks: where watching isn't allowed, polls are 1.5 s apart then, else 20 s.
func (s *Store) SetActive(active bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if active && !s.active {
		close(s.woken)
		s.woken = make(chan struct{})
	}
	s.active = active
}

// pause is how long to wait before the next poll; the channel ends it early.
func (s *Store) pause() (time.Duration, <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.active {
		return jitter(s.watching.poll), nil
	}
	return jitter(s.watching.idle), s.woken
}

// Watch calls changed whenever the view at a place may be another than the one last read or written, and at every new
// connection. It blocks, calls from one goroutine, and returns when ctx ends or the primary refuses the user for good (401, or 403 to
// get). Where watching isn't allowed it polls the metadata. Anything else it bears, with a jittered back-off.
func (s *Store) Watch(ctx context.Context, p Place, changed func()) error {
	polling, strikes, wait := false, 0, s.watching.first
	for {
		began := time.Now()
		var err error
		if polling {
			err = s.poll(ctx, p, changed)
		} else {
			err = s.watch(ctx, p, changed)
		}
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case apierrors.IsForbidden(err) && polling:
			return because("watch the view", err)
		case apierrors.IsForbidden(err), apierrors.IsMethodNotSupported(err):
			polling = true
			continue
		case apierrors.IsUnauthorized(err):
			if strikes++; strikes >= tolerated {
				return because("watch the view", err)
			}
		default:
			strikes = 0
		}
		if err == nil || time.Since(began) > s.watching.max {
			wait = s.watching.first
		}
		if !sleep(ctx, max(jitter(wait), retryAfter(err)), nil) {
			return ctx.Err()
		}
		wait = min(2*wait, s.watching.max)
	}
}

// watch holds one watch. It gives nil when the server ended it in good order.
func (s *Store) watch(ctx context.Context, p Place, changed func()) error {
	session := jitter(s.watching.session)
	// A connection that died without a word must not look like one where nothing happens.
	ctx, cancel := context.WithTimeout(ctx, session+15*time.Second)
	defer cancel()
	// No resourceVersion: the server begins with the object as it is now, so that nothing is missed between two watches.
	query := url.Values{
		"watch":          {"1"},
		"fieldSelector":  {"metadata.name=" + p.Name},
		"timeoutSeconds": {strconv.Itoa(max(1, int(session/time.Second)))},
	}
	answer, err := s.opened(ctx, call{
		method: http.MethodGet, path: secretsPath(p.Namespace), query: query, accept: metadataOnly,
	})
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	changed() // it may have been deleted since it was read, which the first events don't tell
	return s.events(answer.Body, p, changed)
}

// opened sends a request whose answer streams: the deadline of a call is for its headers alone.
func (s *Store) opened(ctx context.Context, c call) (*http.Response, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	late := time.AfterFunc(s.api.limit, func() { cancel(context.DeadlineExceeded) })
	answer, err := s.api.send(ctx, c)
	if !late.Stop() || err != nil {
		cancel(nil)
		if err == nil {
			_ = answer.Body.Close()
			err = context.DeadlineExceeded
		}
		return nil, err
	}
	answer.Body = &cancelling{answer.Body, func() { cancel(nil) }}
	return answer, nil
}

// cancelling ends its request when it is closed.
type cancelling struct {
	io.ReadCloser
	cancel func()
}

func (c *cancelling) Close() error {
	c.cancel()
	return c.ReadCloser.Close()
}

func (s *Store) events(body io.Reader, p Place, changed func()) error {
	bounded := &io.LimitedReader{R: body}
	decoder := json.NewDecoder(bounded)
	for {
		bounded.N = maxEvent
		var event struct {
			Type   string          `json:"type"`
			Object json.RawMessage `json:"object"`
		}
		switch err := decoder.Decode(&event); {
		case errors.Is(err, io.EOF) && bounded.N > 0:
			return nil
		case err != nil:
			return errors.New("the watch was cut")
		}
		if event.Type == "ERROR" {
			return eventError(event.Object)
		}
		var seen metav1.PartialObjectMetadata
		if json.Unmarshal(event.Object, &seen) != nil {
			return errors.New("the watch says something unexpected")
		}
		if seen.Name == p.Name && (event.Type == "DELETED" || s.news(p, seen.UID, seen.ResourceVersion)) {
			changed()
		}
	}
}

func eventError(raw json.RawMessage) error {
	var status metav1.Status
	if json.Unmarshal(raw, &status) != nil {
		return errors.New("the watch ended with an error")
	}
	status.Message = plain(status.Message)
	return &apierrors.StatusError{ErrStatus: status}
}

// poll asks for the metadata again and again. It gives only errors.
func (s *Store) poll(ctx context.Context, p Place, changed func()) error {
	for {
		meta, err := s.api.getMeta(ctx, p)
		gone := apierrors.IsNotFound(err)
		if err != nil && !gone {
			return fmt.Errorf("look at the view in %s: %w", p.Namespace, err)
		}
		if s.news(p, meta.UID, meta.ResourceVersion) {
			changed()
		}
		wait, woken := s.pause()
		if !sleep(ctx, wait, woken) {
			return ctx.Err()
		}
	}
}

// news says whether this isn't what was read or written last. Versions are opaque: only equality means something.
func (s *Store) news(p Place, uid any, version string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	last, ok := s.seen[p]
	return !ok || last.UID != fmt.Sprint(uid) || last.ResourceVersion != version
}

// retryAfter is what the server asks for, at most a minute.
func retryAfter(err error) time.Duration {
	if seconds, ok := apierrors.SuggestsClientDelay(err); ok {
		return min(time.Duration(seconds)*time.Second, time.Minute)
	}
	return 0
}

// jitter gives d, a fifth more or less, so that many machines don't ask at the same moment.
func jitter(d time.Duration) time.Duration {
	if d <= 0 {
		return 0
	}
	return d*4/5 + rand.N(d*2/5+1) //nolint:gosec // spreading load needs no secret numbers
}

// sleep waits; false means that ctx ended.
func sleep(ctx context.Context, d time.Duration, early <-chan struct{}) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-early:
		return true
	case <-timer.C:
		return true
	}
}
