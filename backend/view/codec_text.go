package view

import (
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

// widths accepts a map of widths; one that nobody could have set is made the nearest that can be.
func (r *reader) widths(f field, widths map[string]int) (map[string]int, string) {
	if r.mode == trusted {
		return widths, ""
	}
	if len(widths) > f.count {
		return nil, tooMany(f.count)
	}
	for k, v := range widths {
		if problem := enterable(k, f.limit); problem != "" || k == "" {
			return nil, "a key is empty, too long or holds characters that can't be seen"
		}
		widths[k] = min(max(v, MinWidth), MaxWidth)
	}
	return widths, ""
}

// set reads a Set into at.
func (r *reader) set(f field, at *Set, held map[string]bool) string {
	if r.mode != trusted && len(held) > f.count {
		return tooMany(f.count)
	}
	for _, k := range slices.Sorted(maps.Keys(held)) {
		problem := f.check(k)
		switch {
		case r.mode == trusted:
		case problem != "":
			return "a key " + problem
		case !held[k]:
			return "must be an object of true"
		}
	}
	*at = slices.Sorted(maps.Keys(held))
	return ""
}

func tooMany(limit int) string { return fmt.Sprintf("must have at most %d entries", limit) }
