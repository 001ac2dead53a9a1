package object

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/binnacle-dev/binnacle/backend/plain"
)

// tree is an object, or a part of one, as it was decoded. Its methods take any shape: what isn't there, or is something
// else, reads as the zero value.
type tree map[string]any

// in goes down a path of keys.
func (t tree) in(path ...string) tree {
	for _, key := range path {
		t = asTree(t[key])
	}
	return t
}

func (t tree) last(path []string) any {
	if len(path) == 0 {
		return nil
	}
	return t.in(path[:len(path)-1]...)[path[len(path)-1]]
}

// text is a scalar as text, cleaned.
func (t tree) text(path ...string) string { return plain.Line(scalar(t.last(path)), maxText) }

// raw is a string as it is, for comparing and asking.
func (t tree) raw(path ...string) string {
	s, _ := t.last(path).(string)
	return s
}

func (t tree) has(path ...string) bool { return t.last(path) != nil }

func (t tree) flag(path ...string) bool {
	b, _ := t.last(path).(bool)
	return b
}

func (t tree) number(path ...string) int64 { return asInt(t.last(path)) }

// numberOr is a number that has a default.
func (t tree) numberOr(other int64, path ...string) int64 {
	if !t.has(path...) {
		return other
	}
	return t.number(path...)
}

// moment is a time in RFC 3339, zero when it is none.
func (t tree) moment(path ...string) time.Time {
	at, err := time.Parse(time.RFC3339, t.raw(path...))
	if err != nil {
		return time.Time{}
	}
	return at
}

// trees are the maps in a list.
func (t tree) trees(path ...string) []tree {
	list, _ := t.last(path).([]any)
	var out []tree
	for _, v := range list {
		if m := asTree(v); m != nil {
			out = append(out, m)
		}
	}
	return out
}

// texts are the scalars in a list, cleaned; as many as are shown.
func (t tree) texts(path ...string) []string {
	list, _ := t.last(path).([]any)
	var out []string
	for _, v := range list[:min(len(list), maxList)] {
		if s := plain.Line(scalar(v), maxName); s != "" {
			out = append(out, s)
		}
	}
	return out
}

func (t tree) keys() []string { return slices.Sorted(maps.Keys(t)) }

func asTree(v any) tree {
	switch m := v.(type) {
	case map[string]any:
		return m
	case tree:
		return m
	}
	return nil
}

func asInt(v any) int64 {
	switch n := v.(type) {
	case int64:
		return n
	case float64:
		return int64(n)
	}
	return 0
}

// scalar is a string, number or flag as text, "" for anything else.
func scalar(v any) string {
	switch s := v.(type) {
	case string:
		return s
	case bool:
		return strconv.FormatBool(s)
	case int64:
		return strconv.FormatInt(s, 10)
	case float64:
		return strconv.FormatFloat(s, 'g', -1, 64)
	}
	return ""
}

func (t tree) name() string      { return t.raw("metadata", "name") }
func (t tree) namespace() string { return t.raw("metadata", "namespace") }
func (t tree) uid() string       { return t.raw("metadata", "uid") }
func (t tree) version() string   { return t.text("metadata", "resourceVersion") }
func (t tree) deleting() bool    { return t.has("metadata", "deletionTimestamp") }

// first is the first of several texts that says something.
func first(texts ...string) string { return cmp.Or(texts...) }
