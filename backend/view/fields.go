package view

import "strings"

// A record is a struct that is one JSON object: a closed list of known fields, and the rest.
type record interface {
	fields() []field
	rest() *unknown
}

// A field ties a JSON key to its place in a struct. It is the one list that reading, writing and merging go by.
type field struct {
	key   string
	at    any                 // *string, *bool, *int, *int64, *[]string, *map[string]string, *map[string]int, *Set, a collection or a record
	limit int                 // of a text in runes, or of each text in a list or map
	count int                 // of a list's or a map's entries
	check func(string) string // of a text, or of a collection's or a Set's keys
}

// Limits of what is read. What a person may enter is less (edit.go) wherever a merge can add up two sides.
const (
	maxWord    = 64 // ids, colours, columns
	maxName    = 253
	maxLabels  = 256
	maxLabel   = 320 // a label's key: a DNS name, a slash, a name
	maxColumns = 256
	maxLine    = 2048 // a server, a user's name, a selector
	maxKind    = 320  // a kind: resource and group
	maxColumn  = 128  // a column's id, made of the title that a CRD gives it
	maxTerm    = 640  // one value of a filter: a label's key and value
	maxTerms   = 200
	maxTables  = 400
	maxFilters = 400
	maxFavours = 400
	maxNumber  = 1 << 53
)

func (d *Document) fields() []field {
	return []field{
		{key: "schema", at: &d.Schema},
		{key: "id", at: &d.ID, limit: maxWord, check: checkID},
		{key: "owner", at: &d.Owner},
		{key: "revision", at: &d.Revision},
		{key: "members", at: records[Member, *Member]{at: &d.Members, of: "clusters"}, count: MaxMembers, check: checkID},
		{key: "layout", at: &d.Layout},
		{key: "tables", at: records[TableLayout, *TableLayout]{at: &d.Tables, of: "tables"}, count: maxTables, check: checkKind},
		{key: "filters", at: records[SavedFilter, *SavedFilter]{at: &d.Filters, of: "filters"}, count: maxFilters, check: checkID},
		{key: "favourites", at: &d.Favourites, count: maxFavours, check: checkKind},
	}
}

func (o *Owner) fields() []field {
	return []field{
		{key: "username", at: &o.Username, limit: maxLine},
		{key: "server", at: &o.Server, limit: maxLine, check: checkServer},
		{key: "ca", at: &o.CA, limit: maxName},
	}
}

func (m *Member) fields() []field {
	return []field{
		{key: "name", at: &m.Name, limit: maxName},
		{key: "color", at: &m.Color, limit: maxWord},
		{key: "group", at: &m.Group, limit: maxName},
		{key: "order", at: &m.Order, limit: maxOrder, check: checkOrder},
		{key: "labels", at: &m.Labels, limit: maxName, count: maxLabels},
		{key: "distribution", at: &m.Distribution, limit: maxWord},
		{key: "off", at: &m.Off},
		{key: "endpoint", at: &m.Endpoint},
		{key: "identity", at: &m.Identity, limit: maxLine},
		{key: "guard", at: &m.Guard, limit: maxWord},
	}
}

func (e *Endpoint) fields() []field {
	return []field{
		{key: "server", at: &e.Server, limit: maxLine, check: checkServer},
		{key: "ca", at: &e.CA, limit: maxName},
		{key: "tlsName", at: &e.TLSName, limit: maxName},
	}
}

func (l *Layout) fields() []field {
	return []field{
		{key: "columns", at: &l.Columns, limit: maxWord, count: maxColumns},
		{key: "sort", at: &l.Sort, limit: maxLabel},
		{key: "desc", at: &l.Desc},
		{key: "groupBy", at: &l.GroupBy, limit: maxLabel + 6},
	}
}

func (l *TableLayout) fields() []field {
	return []field{
		{key: "columns", at: &l.Columns, limit: maxColumn, count: maxColumns},
		{key: "widths", at: &l.Widths, limit: maxColumn, count: maxColumns},
		{key: "sort", at: &l.Sort, limit: maxColumn},
		{key: "desc", at: &l.Desc},
	}
}

func (f *SavedFilter) fields() []field {
	return []field{
		{key: "name", at: &f.Name, limit: maxName},
		{key: "kind", at: &f.Kind, limit: maxKind},
		{key: "filter", at: &f.Filter},
	}
}

func (f *Filter) fields() []field {
	return []field{
		{key: "members", at: &f.Members, limit: maxTerm, count: maxTerms},
		{key: "groups", at: &f.Groups, limit: maxTerm, count: maxTerms},
		{key: "memberLabels", at: &f.MemberLabels, limit: maxTerm, count: maxTerms},
		{key: "namespaces", at: &f.Namespaces, limit: maxTerm, count: maxTerms},
		{key: "status", at: &f.Status, limit: maxTerm, count: maxTerms},
		{key: "tones", at: &f.Tones, limit: maxTerm, count: maxTerms},
		{key: "cells", at: &f.Cells, limit: maxTerm, count: maxTerms},
		{key: "within", at: &f.Within},
		{key: "labels", at: &f.Labels, limit: maxLine},
		{key: "search", at: &f.Search, limit: maxLine},
	}
}

func (d *Document) rest() *unknown { return &d.unknown }
func (o *Owner) rest() *unknown    { return &o.unknown }
func (m *Member) rest() *unknown   { return &m.unknown }
func (e *Endpoint) rest() *unknown { return &e.unknown }
func (l *Layout) rest() *unknown   { return &l.unknown }

func (l *TableLayout) rest() *unknown { return &l.unknown }
func (f *SavedFilter) rest() *unknown { return &f.unknown }
func (f *Filter) rest() *unknown      { return &f.unknown }

// checkKind is for resource and group, as kubectl takes them.
func checkKind(s string) string {
	if s == "" || len(s) > maxKind || strings.ContainsFunc(s, func(r rune) bool { return !wordRune(r) }) {
		return "must be a kind such as pods or deployments.apps"
	}
	return ""
}

func checkID(s string) string {
	if s == "" || len(s) > maxWord || strings.ContainsFunc(s, func(r rune) bool { return !wordRune(r) }) {
		return "must be 1 to 64 letters, digits, dots, dashes or underscores"
	}
	return ""
}

func wordRune(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.' || r == '-' || r == '_'
}
