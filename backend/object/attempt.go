package object

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/binnacle-dev/binnacle/backend/plain"
)

// attempt is an edit brought onto what is there now.
type attempt struct {
	now     object
	mine    document
	merged  tree
	clashes []clash
	moved   bool // somebody else changed it since the base
	status  bool // the person changed the status too, which isn't sent
}

// attempt reads what is there and brings the edit onto it. Problems say why the edit can't be used.
func (m Member) attempt(ctx context.Context, e Edit) (attempt, []Problem, error) {
	if kind, err := m.kind(e.Ref.Kind); err != nil {
		return attempt{}, nil, err
	} else if isSecret(kind) {
		return attempt{}, nil, invalid(secretsStay)
	}
	now, err := m.read(ctx, e.Ref)
	if err != nil {
		return attempt{}, nil, err
	}
	a := attempt{now: now}
	base, problems := parse(e.Base)
	if len(problems) > 0 {
		return a, nil, invalid("The text that the edit began from can't be read. Open the object again.")
	}
	if a.mine, problems = parse(e.YAML); len(problems) > 0 {
		return a, problems, nil
	}
	if problems = identity(a.mine, now); len(problems) > 0 {
		return a, problems, nil
	}
	was, is := editable(base.tree), editable(now.tree)
	a.moved = !equal(map[string]any(was), map[string]any(is))
	a.status = a.mine.has("status") && !equal(a.mine.tree["status"], base.tree["status"])
	a.merged, a.clashes = merge(was, editable(a.mine.tree), is)
	return a, nil, nil
}

// identity holds an edit to the object that was opened.
func identity(mine document, now object) []Problem {
	var out []Problem
	for _, path := range [][]string{{"apiVersion"}, {"kind"}, {"metadata", "name"}, {"metadata", "namespace"}} {
		is := now.raw(path...)
		if mine.raw(path...) == is {
			continue
		}
		field := strings.Join(path, ".")
		out = append(out, Problem{
			Line: lineOf(mine.root, field), Path: field,
			Message: "The " + path[len(path)-1] + " can't be changed: it would be another object. It is " + plain.Line(is, maxName) + ".",
		})
	}
	return out
}

// editable is what of an object is the person's to write: not its status, and not what the server keeps for itself.
func editable(t tree) tree {
	out := maps.Clone(t)
	delete(out, "status")
	metadata := maps.Clone(t.in("metadata"))
	for _, key := range serversOwn() {
		delete(metadata, key)
	}
	out["metadata"] = map[string]any(metadata)
	return out
}

func serversOwn() []string {
	return []string{"uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink", "managedFields"}
}

// body is what is sent: the merged object as the very one that was read. Where the status has no way of its own the server
// would take it from here, so it is sent as it is.
func (a attempt) body() tree {
	out := maps.Clone(a.merged)
	metadata := maps.Clone(asTree(a.merged["metadata"]))
	for _, key := range serversOwn() {
		if v, has := a.now.in("metadata")[key]; has && key != "managedFields" { // absent ones are kept
			metadata[key] = v
		}
	}
	out["metadata"] = map[string]any(metadata)
	if v, has := a.now.tree["status"]; has && !a.now.kind.has("status") {
		out["status"] = v
	}
	return out
}

// shown is the merged object as a whole, for the person to go on with.
func (a attempt) shown() tree {
	out := a.body()
	if v, has := a.now.tree["status"]; has {
		out["status"] = v
	}
	return out
}

func (m Member) put(ctx context.Context, a attempt, query url.Values) (Answer, tree, error) {
	body, err := json.Marshal(a.body())
	if err != nil {
		return Answer{}, nil, fmt.Errorf("write JSON: %w", err)
	}
	ref := a.now.ref()
	answer, err := m.write(ctx, http.MethodPut, a.now.kind.path(ref.Namespace, ref.Name), "application/json", body, query)
	if err != nil {
		return answer, nil, err
	}
	kept, err := decode(answer.Body)
	if err == nil {
		err = same(object{tree: kept, kind: a.now.kind}, ref)
	}
	return answer, kept, err
}

// write sends a change. Fields that the server doesn't know are refused, not dropped.
func (m Member) write(ctx context.Context, method, path, contentType string, body []byte, query url.Values) (Answer, error) {
	asked := url.Values{"fieldManager": {"binnacle"}, "fieldValidation": {"Strict"}}
	maps.Copy(asked, query)
	ctx, cancel := context.WithTimeout(ctx, writeTime)
	defer cancel()
	answer, err := m.Requests.Send(ctx, Request{Method: method, Path: path + "?" + asked.Encode(), ContentType: contentType, Body: body})
	answer.Warnings = slices.Clone(answer.Warnings)
	for i, w := range answer.Warnings {
		answer.Warnings[i] = plain.Line(w, maxText)
	}
	return answer, err
}
