package object

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/binnacle-dev/binnacle/backend/pane"
	"github.com/binnacle-dev/binnacle/backend/plain"
)

const (
	maxListed = 1_000 // objects that one request looks at
	maxLinks  = 100   // that a group shows
)

// listing is what one request for many objects found.
type listing struct {
	rows []row
	more bool // there are objects that it didn't look at
	left int  // how many, where the server says
}

// row is one object of a list: who it is and how it fares, and nothing else of it.
type row struct {
	link   Link
	owners []string // UIDs
}

// listAnswer is a Table, or a list where a server makes no tables.
type listAnswer struct {
	Kind              string                  `json:"kind"`
	ColumnDefinitions []struct{ Name string } `json:"columnDefinitions"`
	Rows              []struct {
		Cells  []any  `json:"cells"`
		Object listed `json:"object"`
	} `json:"rows"`
	Items    []listed `json:"items"`
	Metadata struct {
		Continue           string `json:"continue"`
		RemainingItemCount int    `json:"remainingItemCount"`
	} `json:"metadata"`
}

// listed is what is read of each object; a Secret's values aren't asked for, and have no place here.
type listed struct {
	Metadata struct {
		Name            string                 `json:"name"`
		Namespace       string                 `json:"namespace"`
		UID             string                 `json:"uid"`
		OwnerReferences []struct{ UID string } `json:"ownerReferences"`
	} `json:"metadata"`
}

// list asks for the objects of a kind as the server prints them. An empty namespace is all of them.
func (m Member) list(ctx context.Context, kind Kind, namespace string, query url.Values, most int) (listing, error) {
	asked := url.Values{"limit": {strconv.Itoa(most)}}
	maps.Copy(asked, query)
	accept := acceptTable
	if isSecret(kind) {
		accept = acceptMetaList
	}
	ctx, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	answer, err := m.Requests.Send(ctx, Request{Method: http.MethodGet, Path: kind.path(namespace, "") + "?" + asked.Encode(), Accept: accept})
	if err != nil {
		return listing{}, err
	}
	var a listAnswer
	if json.Unmarshal(answer.Body, &a) != nil {
		return listing{}, errNotKubernetes
	}
	out := listing{more: a.Metadata.Continue != "", left: max(a.Metadata.RemainingItemCount, 0)}
	names := make([]string, len(a.ColumnDefinitions))
	for i, c := range a.ColumnDefinitions {
		names[i] = strings.ToLower(c.Name)
	}
	for _, r := range a.Rows {
		word, tone := cellStatus(names, r.Cells)
		out.rows = append(out.rows, rowOf(kind, r.Object, word, tone))
	}
	for _, item := range a.Items {
		out.rows = append(out.rows, rowOf(kind, item, "", ToneNone))
	}
	return out, nil
}

func rowOf(kind Kind, o listed, word string, tone Tone) row {
	r := row{link: Link{
		Ref:  Ref{Kind: kind.Key(), Namespace: o.Metadata.Namespace, Name: o.Metadata.Name, UID: o.Metadata.UID}.cleaned(),
		Kind: plain.Line(kind.Kind, maxName), Status: word, Tone: tone,
	}}
	for _, owner := range o.Metadata.OwnerReferences {
		r.owners = append(r.owners, owner.UID)
	}
	return r
}

// cellStatus finds the state of an object in the cells that the server printed of it.
func cellStatus(names []string, cells []any) (string, Tone) {
	cell := func(name string) string {
		for i, n := range names {
			if n == name && i < len(cells) {
				return plain.Line(scalar(cells[i]), maxName)
			}
		}
		return ""
	}
	for _, name := range []string{"status", "phase", "state", "health"} {
		if word := cell(name); word != "" {
			return word, pane.ToneOf(word)
		}
	}
	ready := cell("ready")
	if wanted := cell("desired"); wanted != "" && ready != "" {
		ready += "/" + wanted
	}
	done := cell("completions")
	text := first(ready, done)
	is, wanted, found := strings.Cut(text, "/")
	part, errPart := strconv.ParseInt(is, 10, 64)
	whole, errWhole := strconv.ParseInt(wanted, 10, 64)
	switch {
	case !found || errPart != nil || errWhole != nil:
		return text, pane.ToneOf(text)
	case ready == "" && part < whole:
		return text, ToneBusy
	}
	return text, fractionTone(part, whole, ToneBad)
}

// count is how many objects of a kind there are; of the objects themselves it reads one.
func (m Member) count(ctx context.Context, kind Kind, namespace string) (int, error) {
	ctx, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	answer, err := m.Requests.Send(ctx, Request{Method: http.MethodGet, Path: kind.path(namespace, "") + "?limit=1", Accept: acceptMetaList})
	if err != nil {
		return 0, err
	}
	var a listAnswer
	if json.Unmarshal(answer.Body, &a) != nil {
		return 0, errNotKubernetes
	}
	return len(a.Items) + max(a.Metadata.RemainingItemCount, 0), nil
}
