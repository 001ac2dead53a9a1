// Package podlogs reads the logs of pods and of whole workloads of many members as one log, merged by time.
//
// A [Log] owns everything that it starts: a goroutine for each Ref that finds pods, one for each container that reads. They
// end with Close, or with the context of [Open]; those of one member with [Log.Leave]. A container's log is read as it is now, then followed; a stream that breaks
// is read again from where it was, without a line lost or doubled (see seen). A member that doesn't answer delays no other.
//
// Lines are kept in order of time, those of one container in the order that they were written in. They are text from
// strangers: escape codes, control and direction-changing characters are taken out, invalid UTF-8 is marked, and what is too
// long is cut while it is read. The oldest lines go when there are too many.
//
// All methods are safe for concurrent use.
package podlogs

import (
	"context"
	"io"
	"log/slog"
	"time"
)

// Requests is one member's API server; *fleet.Client is one. Refusals are *apierrors.StatusError.
type Requests interface {
	Get(ctx context.Context, path string, into any) error
	Stream(ctx context.Context, path, accept string) (io.ReadCloser, error)
}

// Ref names a pod, or a workload whose pods are found by its selector; those of a CronJob by its jobs.
type Ref struct {
	Member                   string // an id
	Group, Version, Resource string // such as "apps", "v1", "deployments"; a version that this member serves
	Namespace, Name          string
	UID                      string // of a pod; "" is whatever bears the name
}

// Options say what to read and how.
type Options struct {
	Refs      []Ref
	Container string // "": all, init and ephemeral ones too
	Previous  bool   // what the containers wrote that ran before; nothing is followed then
	Tail      int    // lines of each container to begin with; 0 is 500, more than 10,000 is 10,000
	// Requests is asked anew for every request: a member that was connected again has others. Its error is shown.
	Requests func(member string) (Requests, error)
	// Changed is called after lines came or a source changed: often, from several goroutines, without any lock held.
	Changed func()
	// Name is how an export calls a member; nil: by its id.
	Name   func(member string) string
	Limits Limits
	Log    *slog.Logger // nil: silent
}

// Limits bound what a Log holds. A zero field is its default.
type Limits struct {
	Lines   int // that are kept; 100,000
	Bytes   int // of memory for them; 64 MiB
	Streams int // containers that are read at a time; 60
	Sources int // containers that are known; 500
}

const (
	defaultTail = 500
	maxTail     = 10_000
	maxWindow   = 1_000
)

func (o Options) withDefaults() Options {
	if o.Tail <= 0 {
		o.Tail = defaultTail
	}
	o.Tail = min(o.Tail, maxTail)
	for value, standard := range map[*int]int{
		&o.Limits.Lines: 100_000, &o.Limits.Bytes: 64 << 20, &o.Limits.Streams: 60, &o.Limits.Sources: 500,
	} {
		if *value <= 0 {
			*value = standard
		}
	}
	if o.Changed == nil {
		o.Changed = func() {}
	}
	if o.Name == nil {
		o.Name = func(member string) string { return member }
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

// Query asks for lines. Its zero value matches all.
type Query struct {
	Search string  // text to be found in the line; case doesn't count
	Levels []Level // empty: all
	Source string  // a Source's key; "" is all
	After  int64   // only lines whose No is greater
	From   int     // index among the matched; below 0 is the end
	Around int64   // the No of a line to have in the middle, in place of From; 0 is none
	Limit  int     // at most and by default 1,000
}

// Level is what a line says of itself. The set is closed.
type Level string

// The levels.
const (
	Unknown Level = "unknown"
	Debug   Level = "debug"
	Info    Level = "info"
	Warning Level = "warning"
	Error   Level = "error"
)

// Window is what is seen of a log.
type Window struct {
	Seq     int64 // rises with every change
	Total   int   // lines that are kept
	Dropped int   // lines that are not kept any more
	Matched int
	From    int // index of the first of Lines among the matched
	At      int // index among the matched of the line asked for by Around, or of where it would be; else -1
	Lines   []Line
	Sources []Source
}

// Line is one line of plain text.
type Line struct {
	No     int64     // unique and rising in arrival, not in place
	Time   time.Time // zero: the line came without one
	Source string
	Level  Level
	Text   string
	Cut    int // bytes that are not shown
}

// State says how a source stands. The set is closed.
type State string

// The states of a source.
const (
	Waiting State = "waiting" // for its container, its turn or its member
	Live    State = "live"
	Ended   State = "ended"
	Failed  State = "failed" // it is tried again all the same
)

// Source is one container of one pod. One with no Container speaks for a workload, which is named in place of the pod, as
// long as there is something to say of it.
type Source struct {
	Key                               string
	Member, Namespace, Pod, Container string
	State                             State
	Why                               string
	Lines                             int // that came so far
}
