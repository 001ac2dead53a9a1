package object

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"

	"github.com/binnacle-dev/binnacle/backend/plain"
)

const eventsAsked = "1000" // of one object; a server keeps an hour of them

// Events are what the cluster tells of an object, the newest first.
type Events struct {
	Events []Event
	Why    string // why there are none to see; "" when there are just none
}

// Event is one, counted.
type Event struct {
	Warning                 bool
	Reason, Message, Source string
	Count                   int
	First, Last             time.Time
}

// Events reads those of the object. Why it can't is part of the answer; an error says only that the kind isn't known or ctx ended.
func (m Member) Events(ctx context.Context, ref Ref) (Events, error) {
	kind, err := m.find(ref)
	if err != nil {
		return Events{}, err
	}
	list, err := m.listEvents(ctx, kind, ref)
	switch {
	case ctx.Err() != nil:
		return Events{}, ctx.Err()
	case apierrors.IsForbidden(err):
		return Events{Why: "You may not list events here: " + said(err)}, nil
	case err != nil:
		return Events{Why: Why(err)}, nil
	}
	out := Events{}
	for _, t := range list.trees("items") {
		if uid := t.raw("involvedObject", "uid"); ref.UID == "" || uid == "" || uid == ref.UID || kind.Key() == nodes {
			out.Events = append(out.Events, eventOf(t)) // kubelets give a node's name for its UID
		}
	}
	slices.SortStableFunc(out.Events, func(a, b Event) int { return b.Last.Compare(a.Last) })
	out.Events = out.Events[:min(len(out.Events), maxList)]
	return out, nil
}

// listEvents asks by name and kind: an object that replaced another is told apart by UID afterwards.
func (m Member) listEvents(ctx context.Context, kind Kind, ref Ref) (tree, error) {
	query := url.Values{"limit": {eventsAsked}, "fieldSelector": {
		"involvedObject.name=" + escapeField(ref.Name) + ",involvedObject.kind=" + escapeField(kind.Kind),
	}}.Encode()
	core := Kind{Version: "v1", Resource: "events", Namespaced: true}
	list, err := m.get(ctx, core.path(ref.Namespace, "")+"?"+query, "")
	if apierrors.IsForbidden(err) && ref.Namespace == "" { // those of cluster-wide objects are kept in default
		return m.get(ctx, core.path("default", "")+"?"+query, "")
	}
	return list, err
}

func escapeField(s string) string {
	return strings.NewReplacer(`\`, `\\`, `,`, `\,`, `=`, `\=`).Replace(s)
}

// eventOf reads an event of either group; times and counts are in one of three places, by its age.
func eventOf(t tree) Event {
	e := Event{
		Warning: t.raw("type") == "Warning",
		Reason:  t.text("reason"),
		Message: first(t.text("message"), t.text("note")),
		Source:  first(t.text("reportingComponent"), t.text("reportingController"), t.text("source", "component"), t.text("deprecatedSource", "component")),
		First:   latest(t.moment("firstTimestamp"), t.moment("deprecatedFirstTimestamp")),
		Last:    latest(t.moment("lastTimestamp"), t.moment("deprecatedLastTimestamp"), t.moment("series", "lastObservedTime"), t.moment("eventTime")),
		Count:   int(max(t.number("count"), t.number("deprecatedCount"), t.number("series", "count"), 1)),
	}
	made := t.moment("metadata", "creationTimestamp")
	e.First = earliest(e.First, t.moment("eventTime"), made)
	e.Last = latest(e.Last, e.First)
	if host := t.text("source", "host"); host != "" && e.Source != "" {
		e.Source += ", " + host
	}
	return e
}

func latest(times ...time.Time) time.Time {
	return slices.MaxFunc(times, time.Time.Compare)
}

// earliest is the first of times that is known.
func earliest(times ...time.Time) time.Time {
	var out time.Time
	for _, t := range times {
		if out.IsZero() || !t.IsZero() && t.Before(out) {
			out = t
		}
	}
	return out
}

// said is the server's own reason.
func said(err error) string {
	if status, ok := asStatus(err); ok {
		return cmp.Or(plain.Line(status.Message, maxText), "it gave no reason")
	}
	return plain.Line(err.Error(), maxText)
}
