package object

import (
	"context"
	"strconv"
	"time"

	"github.com/binnacle-dev/binnacle/backend/plain"
)

// Object is one object as it was read. Texts are cleaned and capped; the whole is in its Text.
type Object struct {
	Ref         Ref // with the UID
	APIVersion  string
	Kind        string
	Version     string // its resourceVersion; opaque
	Created     time.Time
	Deleting    time.Time // since when; zero is not
	Status      string    // in a word or two
	Tone        Tone
	Summary     []Fact
	Conditions  []Condition
	Labels      []Pair
	Annotations []Pair
	Owners      []Link // the nearest first, up to the root
	Actions     []Action
	Hidden      string // what isn't shown, and why
}

// Link leads to another object of the member.
type Link struct {
	Ref    Ref
	Kind   string
	Status string
	Tone   Tone
	Gone   string // why it can't be opened; "" when it can
}

// Pair is a key with its value.
type Pair struct {
	Key, Value string
	Cut        bool // the value is longer
}

// Open reads the object and its owners. It fails only when the object itself can't be read.
func (m Member) Open(ctx context.Context, ref Ref) (Object, error) {
	o, err := m.read(ctx, ref)
	if err != nil {
		return Object{}, err
	}
	labels, _ := o.in("metadata")["labels"].(map[string]any)
	annotations, _ := o.in("metadata")["annotations"].(map[string]any)
	out := Object{
		Ref:         o.ref(),
		APIVersion:  o.text("apiVersion"),
		Kind:        first(o.text("kind"), o.kind.Kind),
		Version:     o.version(),
		Created:     o.moment("metadata", "creationTimestamp"),
		Deleting:    o.moment("metadata", "deletionTimestamp"),
		Summary:     summary(o),
		Conditions:  conditions(o),
		Labels:      pairs(labels),
		Annotations: pairs(annotations),
		Actions:     m.withReplicas(ctx, o, m.actions(o)),
		Owners:      m.owners(ctx, o),
	}
	out.Status, out.Tone = status(o)
	if o.secret() {
		hide := hider(o.tree)
		out.Labels, out.Annotations = hide.pairs(labels), hide.pairs(annotations)
		out.Hidden = "Binnacle doesn't show the values of Secrets."
	}
	return out, nil
}

func pairs(m tree) []Pair {
	keys := m.keys()
	out := make([]Pair, 0, min(len(keys), maxList))
	for _, key := range keys[:min(len(keys), maxList)] {
		value, cut := cleanValue(scalar(m[key]), maxValue)
		out = append(out, Pair{Key: plain.Line(key, maxName), Value: value, Cut: cut})
	}
	return out
}

// Fact is one line of a summary.
type Fact struct {
	Title string
	Value string
	Time  time.Time // in place of Value; zero is none
	Tone  Tone
	Link  *Ref // what the value names, or nil
}

// facts are collected in the order in which they are read; what says nothing is left out.
type facts []Fact

func (f *facts) add(title, value string) { f.toned(title, value, ToneNone) }

func (f *facts) toned(title, value string, tone Tone) {
	if value != "" && len(*f) < maxList {
		*f = append(*f, Fact{Title: plain.Line(title, maxName), Value: plain.Line(value, maxText), Tone: tone})
	}
}

func (f *facts) at(title string, when time.Time) {
	if !when.IsZero() {
		*f = append(*f, Fact{Title: title, Time: when, Tone: ToneNone})
	}
}

// link adds what the object names, which needn't exist.
func (f *facts) link(title, kind, namespace, name string) {
	if name != "" && len(*f) < maxList {
		ref := Ref{Kind: kind, Namespace: namespace, Name: name}.cleaned()
		*f = append(*f, Fact{Title: title, Value: plain.Line(name, maxName), Tone: ToneNone, Link: &ref})
	}
}

func (f *facts) count(title string, n int64) { f.add(title, strconv.FormatInt(n, 10)) }
