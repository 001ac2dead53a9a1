package tables

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/binnacle-dev/binnacle/backend/pane"
)

// part is one list and the watch that follows it: of all namespaces, or of one. Its fields are its goroutine's.
type part struct {
	feed      *feed
	namespace string // "": all

	version   string    // to watch from; "": list first
	listed    bool      // once at least
	paged     bool      // the next list is in pages
	unwatched time.Time // when a watch was refused; zero: it wasn't
	again     backoff
}

// run keeps the part going. It returns the refusal when the server says that the person may not (403), with the rows still there; or
// ctx's error.
func (p *part) run(ctx context.Context) error {
	for {
		err := p.turn(ctx)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err == nil:
			continue
		case code(err) == http.StatusForbidden:
			return err
		}
		state, why := outcome(err, p.listed)
		wait := max(p.again.wait(), asked(err))
		p.feed.log(p.namespace, state, why, wait)
		if state == Missing {
			p.gone(state, why)
		} else {
			p.tell(state, why)
		}
		if !sleep(ctx, wait) {
			return ctx.Err()
		}
	}
}

// turn lists if need be, then watches until that ends. An error asks for a pause.
func (p *part) turn(ctx context.Context) error {
	o := p.feed.options
	if p.version == "" {
		if err := p.list(ctx); err != nil {
			return err
		}
	}
	if p.polls() {
		p.tell(Live, whyPolled)
		p.version = ""
		p.again.reset()
		sleep(ctx, jittered(o.Timing.Poll))
		return nil
	}
	began := time.Now()
	err := p.watch(ctx)
	switch code(err) {
	case http.StatusGone:
		p.version = ""
	case http.StatusForbidden, http.StatusNotFound, http.StatusMethodNotAllowed:
		p.version, p.unwatched = "", time.Now() // the list tells whether the kind is refused, gone, or only can't be watched
		return nil
	case 0:
		if time.Since(began) > o.Timing.BackoffMax/2 {
			p.again.reset()
			return nil // it goes on where it was, at once
		}
		if err == nil {
			err = errCut
		}
	}
	return err
}

func (p *part) polls() bool {
	return p.version == "" || !p.unwatched.IsZero() && time.Since(p.unwatched) < p.feed.options.Timing.Refused
}

// list reads everything. The rows show as they come; those that are no longer there go at the end.
func (p *part) list(ctx context.Context) error {
	if !p.feed.lists.takeIn(ctx) {
		return ctx.Err()
	}
	defer p.feed.lists.leave()
	body, err := p.page(ctx, "")
	if err != nil {
		return err
	}
	defer p.feed.arrives()()
	if !p.feed.writing.takeIn(ctx) {
		body.Close()
		return ctx.Err()
	}
	defer p.feed.writing.leave()
	p.feed.seat.by(p.feed, func() { p.feed.seat.lists(p.namespace) })
	first, err := p.read(body)
	for l := first; err == nil && l.next != ""; {
		if body, err = p.page(ctx, l.next); err == nil {
			l, err = p.read(body)
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		// In small pieces, if it broke off; whole, if it is the pieces that can't be had.
		p.paged = errors.Is(err, errCut) || errors.Is(err, errSilent)
		return err
	}
	p.feed.seat.by(p.feed, func() { p.feed.seat.listed(p.namespace) })
	p.version, p.listed = first.version, true
	if p.namespace != "" {
		p.feed.options.Tried(p.feed.member.ID, p.namespace, true)
	}
	p.tell(Live, "")
	return nil
}

// page asks for the list, or for what comes next of it.
func (p *part) page(ctx context.Context, next string) (*patient, error) {
	query := url.Values{}
	if next != "" {
		query.Set("continue", next)
	}
	if next != "" || p.paged {
		query.Set("limit", strconv.Itoa(p.feed.options.Limits.Page))
	}
	return p.feed.open(ctx, p.namespace, "List", query, p.feed.options.Timing.Stall)
}

// read takes the rows out of a list's answer.
func (p *part) read(body *patient) (listing, error) {
	defer body.Close()
	body.turn = p.feed.decoders.begin()
	defer body.turn.end()
	l, err := newDecoder(body, listFirst, p).list()
	return l, body.blame(err)
}

// watch brings what changes until it ends; nil when nothing was wrong.
func (p *part) watch(ctx context.Context) error {
	t := p.feed.options.Timing
	session := t.Session + 5*(t.Session-jittered(t.Session)) // up to twice that
	body, err := p.feed.open(ctx, p.namespace, "", url.Values{
		"watch": {"1"}, "allowWatchBookmarks": {"true"}, "resourceVersion": {p.version},
		"timeoutSeconds": {strconv.Itoa(max(1, int(session/time.Second)))},
	}, t.Silence)
	if err != nil {
		return err
	}
	defer body.Close()
	body.heard = func() { p.feed.seat.heard(p.feed, p.namespace) }
	p.unwatched = time.Time{}
	p.tell(Live, "")
	return body.blame(newDecoder(body, eventFirst, p).events(func(version string) { p.version = version }))
}

func (p *part) tell(state State, why string) { p.feed.seat.tell(p.feed, p.namespace, state, why) }

// gone takes the part's rows out, and says why.
func (p *part) gone(state State, why string) {
	p.version, p.listed = "", false
	p.feed.seat.gone(p.feed, p.namespace, state, why)
}

// put hands rows on, as the decoder's sink.
func (p *part) put(columns []pane.Definition, records []pane.Record) {
	if p.namespace != "" { // another's rows would never be swept
		kept := records[:0]
		for _, r := range records {
			if r.Namespace == p.namespace {
				kept = append(kept, r)
			}
		}
		records = kept
	}
	p.feed.store(func(s *pane.Store) {
		s.SetColumns(columns)
		if len(records) > 0 && !s.Put(records...) {
			p.feed.seat.full = true
		}
	})
}

func (p *part) remove(ids []string) {
	p.feed.store(func(s *pane.Store) { s.Delete(ids...) })
}

// log tells what went wrong.
func (f *feed) log(namespace string, state State, why string, wait time.Duration) {
	f.options.Log.Info("a table's rows can't be had", slog.String("member", f.member.ID), slog.String("kind", f.kind.Key),
		slog.String("namespace", namespace), slog.String("state", string(state)), slog.String("why", why), slog.Duration("wait", wait))
}
