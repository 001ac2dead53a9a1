package object

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"

	"github.com/binnacle-dev/binnacle/backend/plain"
)

// Edit is a person's YAML for an object, and the YAML that they began with.
type Edit struct {
	Ref     Ref
	YAML    string
	Base    string
	Version string // of Base
}

// Preview is what saving an edit would do, by the server's own word.
type Preview struct {
	Before   string // YAML as it is now
	After    string // YAML as the server would keep it; "" when it wouldn't
	Version  string // of Before
	Warnings []string
	Problems []Problem // why it can't be saved, by the lines of Merged, where there is one, else of the person's YAML
	Clashes  []Clash   // fields that others changed too; Merged has the person's values
	Merged   string    // the person's YAML brought onto Before; "" when nobody else changed it
}

// Problem is one thing that the server, or the YAML, objects to.
type Problem struct {
	Line          int // from 1; 0 is unknown
	Path, Message string
}

// Preview asks the server what saving would do, and changes nothing. An error says that it couldn't be asked; what it
// objects to is in Problems.
func (m Member) Preview(ctx context.Context, e Edit) (Preview, error) {
	for range 2 { // the object may change between reading and trying
		p, err := m.preview(ctx, e)
		if !apierrors.IsConflict(err) {
			return p, err
		}
	}
	return Preview{}, ErrConflict
}

func (m Member) preview(ctx context.Context, e Edit) (Preview, error) {
	a, problems, err := m.attempt(ctx, e)
	if err != nil {
		return Preview{}, err
	}
	out := Preview{Version: a.now.version(), Problems: problems}
	if out.Before, err = write(a.now.tree); err != nil || len(problems) > 0 {
		return out, err
	}
	if a.status {
		out.Warnings = append(out.Warnings, "The status is written by the cluster; your changes to it are not saved.")
	}
	lines := a.mine
	if a.moved {
		if out.Merged, err = write(a.shown()); err != nil {
			return out, err
		}
		if lines, problems = parse(out.Merged); len(problems) > 0 { // the lines that the person sees from now on
			return out, fmt.Errorf("read what was merged: %s", problems[0].Message)
		}
	}
	if out.Clashes, err = writeClashes(a.clashes); err != nil {
		return out, err
	}
	answer, kept, err := m.put(ctx, a, url.Values{"dryRun": {"All"}})
	out.Warnings = append(out.Warnings, answer.Warnings...)
	if err != nil {
		out.Problems, err = problemsOf(err, lines)
		return out, err
	}
	if before := a.now.in("metadata"); before.has("generation") { // that it will rise says nothing
		kept.in("metadata")["generation"] = before["generation"]
	}
	out.After, err = write(kept)
	return out, err
}

// Save writes the edit, and answers what is kept. It fails with ErrConflict, and nothing is written, when somebody else
// changed more than the status since the edit's base.
func (m Member) Save(ctx context.Context, e Edit) (Text, error) {
	a, problems, err := m.attempt(ctx, e)
	switch {
	case err != nil:
		return Text{}, err
	case len(problems) > 0:
		return Text{}, &InvalidError{Message: problems[0].Message, Line: problems[0].Line}
	case a.moved:
		return Text{}, ErrConflict
	}
	_, kept, err := m.put(ctx, a, nil)
	switch {
	case apierrors.IsConflict(err):
		return Text{}, conflict(err)
	case err != nil:
		if problems, other := problemsOf(err, a.mine); other == nil && len(problems) > 0 && !apierrors.IsForbidden(err) {
			return Text{}, &InvalidError{Message: problems[0].Message, Line: problems[0].Line}
		}
		return Text{}, fmt.Errorf("save: %w", err)
	}
	return textOf(object{tree: kept, kind: a.now.kind})
}

// conflict is a refused precondition as what it means.
func conflict(err error) error {
	for _, words := range []string{"UID in precondition", "UID in the precondition"} { // the server gives no other sign
		if strings.Contains(said(err), words) {
			return ErrReplaced
		}
	}
	return ErrConflict
}

func writeClashes(all []clash) ([]Clash, error) {
	var out []Clash
	for _, c := range all[:min(len(all), maxList)] {
		w := Clash{Path: plain.Line(c.path, maxName)}
		for _, side := range []struct {
			value any
			to    *string
		}{{c.mine, &w.Mine}, {c.theirs, &w.Theirs}} {
			if _, gone := side.value.(absent); gone {
				continue
			}
			var err error
			if *side.to, err = writeValue(side.value); err != nil {
				return nil, err
			}
		}
		out = append(out, w)
	}
	return out, nil
}
