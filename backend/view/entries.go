package view

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

const (
	maxEnteredLabels = maxLabels / 4 // a merge adds up what both sides added
	colorList        = "blue teal green orange purple red orangered grey yellow"
)

// Colors are the colours that a member can be given.
func Colors() []string { return strings.Fields(colorList) }

// An entry is one field of a member that a person can fill in.
type entry struct {
	take  func(Changes) bool // sets it from Changes; false when it isn't named there
	check func() (field, problem string)
}

func (e entry) set(member string) error {
	if field, problem := e.check(); problem != "" {
		return &FieldError{Member: member, Field: field, Problem: problem}
	}
	return nil
}

func (m *Member) entries() []entry {
	return []entry{
		textEntry("name", &m.Name, func(c Changes) *string { return c.Name }, func(s string) string {
			if s == "" {
				return "must not be empty"
			}
			return enterable(s, maxName)
		}),
		textEntry("color", &m.Color, func(c Changes) *string { return c.Color }, func(s string) string {
			if s != "" && !slices.Contains(Colors(), s) {
				return "must be empty or one of " + strings.Join(Colors(), ", ")
			}
			return ""
		}),
		textEntry("group", &m.Group, func(c Changes) *string { return c.Group }, func(s string) string { return enterable(s, maxName) }),
		{
			take:  func(c Changes) bool { return take(&m.Labels, c.Labels) },
			check: func() (string, string) { return tidyLabels(m) },
		},
		textEntry("distribution", &m.Distribution, func(c Changes) *string { return c.Distribution }, func(s string) string {
			if s != "" {
				return checkID(s)
			}
			return ""
		}),
		{take: func(c Changes) bool { return take(&m.Off, c.Off) }, check: func() (string, string) { return "off", "" }},
		{
			take:  func(c Changes) bool { return take(&m.Endpoint, c.Endpoint) },
			check: func() (string, string) { return checkEndpoint(m.Endpoint) },
		},
		// Which words there are says package guard, that takes any other for the strictest; a copy of a member may bring one.
		textEntry("guard", &m.Guard, func(c Changes) *string { return c.Guard }, func(s string) string {
			if s != "" {
				return checkID(s)
			}
			return ""
		}),
		textEntry("identity", &m.Identity, func(c Changes) *string { return c.Identity }, func(s string) string { return enterable(s, maxLine) }),
	}
}

func take[T any](at, from *T) bool {
	if from != nil {
		*at = *from
	}
	return from != nil
}

func textEntry(key string, at *string, named func(Changes) *string, check func(string) string) entry {
	return entry{take: func(c Changes) bool { return take(at, named(c)) }, check: func() (string, string) {
		*at = strings.TrimSpace(*at)
		return key, check(*at)
	}}
}

// tidyLabels checks the labels and puts a tidied copy in their place.
func tidyLabels(m *Member) (field, problem string) {
	if len(m.Labels) > maxEnteredLabels {
		return "labels", fmt.Sprintf("a cluster can have at most %d labels", maxEnteredLabels)
	}
	m.Labels = maps.Clone(m.Labels)
	for _, k := range slices.Sorted(maps.Keys(m.Labels)) {
		if p := enterableKey(k); p != "" {
			return "labels", p
		}
		m.Labels[k] = strings.TrimSpace(m.Labels[k])
		if p := enterable(m.Labels[k], maxName); p != "" {
			return "labels." + k, p
		}
	}
	return "", ""
}

// enterableKey is Kubernetes' form of a label's key, a little more lenient: an optional prefix and a slash, then a name.
func enterableKey(key string) string {
	prefix, name, found := strings.Cut(key, "/")
	if !found {
		prefix, name = "p", key
	}
	inner := func(s string) bool { return strings.ContainsFunc(s, func(r rune) bool { return !wordRune(r) }) }
	ends := func(s string) bool { return strings.Trim(s, "._-") == s }
	if len(name) > 63 || name == "" || inner(name) || !ends(name) || len(prefix) > maxName || prefix == "" || inner(prefix) || !ends(prefix) {
		return "a key must be like env or example.com/env: letters, digits, dots, dashes, underscores, at most 63 behind the slash"
	}
	return ""
}

func checkEndpoint(e Endpoint) (field, problem string) {
	if p := enterableServer(e.Server); p != "" {
		return "endpoint.server", p
	}
	if p := enterable(e.CA, maxName); p != "" {
		return "endpoint.ca", p
	}
	return "endpoint.tlsName", enterable(e.TLSName, maxName)
}
