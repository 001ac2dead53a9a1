package tables

import (
	"cmp"
	"context"
	"io"
	"log/slog"
	"runtime"
	"time"
)

// Requests asks a member. *fleet.Client is one.
type Requests interface {
	// Stream gets a path, with its query. What the server refuses is an *apierrors.StatusError.
	Stream(ctx context.Context, path, accept string) (io.ReadCloser, error)
}

// Options is what Tables needs.
type Options struct {
	// Requests gives the way to a member. It is asked before each request.
	Requests func(member string) (Requests, error)
	// Changed says that rows, columns or the members' states of a kind are others; at most once per Timing.Ring. May be nil.
	Changed func(kind string)
	// Tried says whether anything may be read in a namespace of a member where the whole of it may not. May be nil.
	Tried  func(member, namespace string, allowed bool)
	Log    *slog.Logger // nil is silence
	Timing Timing
	Limits Limits
}

// Timing is how patient Tables is. What is zero is as usual.
type Timing struct {
	Ring       time.Duration // between two calls of Changed, at least
	Idle       time.Duration // without an Open, after which a table ends
	Stall      time.Duration // without a byte, after which a list is given up
	Silence    time.Duration // without a byte, after which a watch is begun anew: servers send a bookmark each minute
	Session    time.Duration // that a server is asked to keep one watch open, at least; at most twice that
	BackoffMin time.Duration // before the first new try; doubles
	BackoffMax time.Duration
	Refused    time.Duration // before who said no is asked again
	Poll       time.Duration // between two lists of what can't be watched
}

// Limits bounds what Tables keeps and does. What is zero is as usual.
type Limits struct {
	Rows       int // of one member in one table
	AllRows    int // of all tables; beyond that the one unused longest ends
	Kinds      int // tables; likewise
	Namespaces int // that are asked one by one
	Parallel   int // of those, lists at a time
	Decoders   int // lists that are read at a time; one that waits for its server isn't counted
	Page       int // rows of a page
}

func (o Options) withDefaults() Options {
	t, l := &o.Timing, &o.Limits
	t.Ring = cmp.Or(t.Ring, 100*time.Millisecond)
	t.Idle = cmp.Or(t.Idle, 5*time.Minute)
	t.Stall = cmp.Or(t.Stall, 30*time.Second)
	t.Silence = cmp.Or(t.Silence, 2*time.Minute)
	t.Session = cmp.Or(t.Session, 5*time.Minute)
	t.BackoffMin = cmp.Or(t.BackoffMin, time.Second)
	t.BackoffMax = cmp.Or(t.BackoffMax, time.Minute)
	t.Refused = cmp.Or(t.Refused, 15*time.Minute)
	t.Poll = cmp.Or(t.Poll, 30*time.Second)
	l.Rows = cmp.Or(l.Rows, 100_000)
	l.AllRows = cmp.Or(l.AllRows, 500_000)
	l.Kinds = cmp.Or(l.Kinds, 40)
	l.Namespaces = cmp.Or(l.Namespaces, 30)
	l.Parallel = cmp.Or(l.Parallel, 4)
	l.Decoders = cmp.Or(l.Decoders, runtime.GOMAXPROCS(0))
	l.Page = cmp.Or(l.Page, 500)
	if o.Changed == nil {
		o.Changed = func(string) {}
	}
	if o.Tried == nil {
		o.Tried = func(string, string, bool) {}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}
