package view_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/binnacle-dev/binnacle/backend/view"
)

// The language of these tests: a document is its members, each "id field=value ...", with ";" between them, and "@" for the
// document's own fields. A dot goes into an object; "?" begins a field that this version does not know, of which the value
// is JSON; "off" stands for itself:
//
// A slash goes deeper than a dot, for keys that have dots themselves: tables/deployments.apps/sort=name.
//
//	a name=one labels.env=prod ?note={"x":1}; b off endpoint.?proxy=true; @ layout.sort=name ?theme="dark"
func docJSON(tb testing.TB, text string) string {
	tb.Helper()
	members := map[string]any{}
	top := map[string]any{"schema": view.Schema, "id": "v", "revision": 1, "members": members}
	for part := range strings.SplitSeq(text, ";") {
		words := strings.Fields(part)
		if len(words) == 0 {
			continue
		}
		into := top
		if words[0] != "@" {
			into = map[string]any{}
			members[words[0]] = into
		}
		for _, w := range words[1:] {
			put(tb, into, w)
		}
	}
	b, err := json.Marshal(top)
	if err != nil {
		tb.Fatal(err)
	}
	return string(b)
}

func put(tb testing.TB, into map[string]any, word string) {
	tb.Helper()
	key, value, found := strings.Cut(word, "=")
	if parts := strings.Split(key, "/"); slices.Contains([]string{"tables", "filters", "favourites"}, parts[0]) {
		for _, k := range parts[:len(parts)-1] {
			into = inner(into, k)
		}
		key = parts[len(parts)-1]
	} else if section, rest, nested := strings.Cut(key, "."); nested {
		into, key = inner(into, section), rest
	}
	switch unknown, isUnknown := strings.CutPrefix(key, "?"); {
	case isUnknown:
		into[unknown] = json.RawMessage(value)
	case !found:
		into[key] = true
	case key == "columns":
		into[key] = strings.Split(value, ",")
	case key == "revision" || key == "schema":
		into[key] = json.RawMessage(value)
	default:
		into[key] = value
	}
}

func doc(tb testing.TB, text string) view.Document {
	tb.Helper()
	d, err := view.Parse([]byte(docJSON(tb, text)))
	if err != nil {
		tb.Fatalf("%s: %v", text, err)
	}
	return d
}

// said writes conflicts as "member.field: mine|theirs", with - for nothing.
func said(conflicts []view.Conflict) string {
	var out []string
	for _, c := range conflicts {
		value := func(b json.RawMessage) string {
			switch {
			case b == nil:
				return "-"
			case c.Kind == view.KindDeleted:
				return "edited"
			}
			return strings.Trim(string(b), `"`)
		}
		name := strings.Trim(c.Member+"."+c.Field, ".")
		out = append(out, fmt.Sprintf("%s: %s|%s", name, value(c.Mine), value(c.Theirs)))
	}
	return strings.Join(out, "; ")
}

func text(tb testing.TB, d view.Document) string {
	tb.Helper()
	b, err := json.MarshalIndent(d, "", " ")
	if err != nil {
		tb.Fatal(err)
	}
	return string(b)
}
