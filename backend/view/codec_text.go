package view

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"unicode/utf8"
)

// text accepts one stored text: made visible, within its limit, of its form.
func (r *reader) text(f field, s string) (string, string) {
	if r.mode == trusted {
		return s, ""
	}
	s = visible(s)
	if utf8.RuneCountInString(s) > f.limit {
		return "", tooLong(f.limit)
	}
	if f.check != nil {
		return s, f.check(s)
	}
	return s, ""
}

func (r *reader) list(f field, list []string) ([]string, string) {
	if r.mode == trusted {
		return list, ""
	}
	if len(list) > f.count {
		return nil, tooMany(f.count)
	}
	for i, s := range list {
		var problem string
		if list[i], problem = r.text(f, s); problem != "" {
			return nil, problem
		}
	}
	return list, ""
}

// labels accepts a map of texts. A key is not repaired like a value: two keys could become one.
func (r *reader) labels(f field, labels map[string]string) (map[string]string, string) {
	if r.mode == trusted {
		return labels, ""
	}
	if len(labels) > f.count {
		return nil, tooMany(f.count)
	}
	for k, v := range labels {
		if problem := enterable(k, maxLabel); problem != "" || k == "" {
			return nil, "a key is empty, too long or holds characters that can't be seen"
		}
		var problem string
		if labels[k], problem = r.text(f, v); problem != "" {
			return nil, problem
		}
	}
	return labels, ""
}

// members reads every member into at, in the order of their ids, so that the same document gives the same error.
func (r *reader) members(f field, at *map[string]Member, objects map[string]json.RawMessage) string {
	if r.mode != trusted && len(objects) > f.count {
		return tooMany(f.count)
	}
	members := make(map[string]Member, len(objects))
	for _, id := range slices.Sorted(maps.Keys(objects)) {
		if problem := checkID(id); problem != "" && r.mode != trusted {
			r.fail(f.key, "an id "+problem)
			continue
		}
		r.member = id
		var o object
		if json.Unmarshal(objects[id], &o) != nil || o == nil {
			r.fail(f.key, "must be an object")
			continue
		}
		var m Member
		r.record(&m, o, "")
		members[id] = m
	}
	r.member = ""
	*at = members
	return ""
}

func tooMany(limit int) string { return fmt.Sprintf("must have at most %d entries", limit) }
