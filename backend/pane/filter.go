package pane

import (
	"fmt"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/labels"
)

// filter is a Filter as it is worked with: a store passes or doesn't, and its rows pass all the conditions.
type filter struct {
	members                   []string // nil is all
	namespaces, status, other []condition
	problem                   string
}

// filter reads a Filter; status is the id of the status column.
func (f Filter) filter(status string) filter {
	out := filter{members: f.Members}
	if len(f.Namespaces) > 0 {
		out.namespaces = []condition{textCondition("namespace", f.Namespaces, func(s *Store) []uint32 { return s.namespaces })}
	}
	if len(f.Status) > 0 {
		out.status = []condition{textCondition(status, f.Status, func(s *Store) []uint32 { return s.texts(status) })}
	}
	if len(f.Tones) > 0 {
		out.other = append(out.other, toneCondition(f.Tones))
	}
	if c, err := labelCondition(f.Labels); err != nil {
		out.problem = "The label selector can't be read: " + err.Error() + "."
	} else if c != nil {
		out.other = append(out.other, *c)
	}
	out.other = append(out.other, cellConditions(f.Cells)...)
	for _, word := range searched(f.Search) {
		out.other = append(out.other, wordCondition(word))
	}
	if f.Since != 0 {
		out.other = append(out.other, sinceCondition(f.Since)) // the last: it looks only at what is left
	}
	return out
}

func (f *filter) takes(s *Store) bool { return f.members == nil || slices.Contains(f.members, s.id) }

func (f *filter) conditions() int { return len(f.namespaces) + len(f.status) + len(f.other) }

// passing are the store's rows that pass the given conditions.
func (s *Store) passing(lists ...[]condition) bitset {
	bits := slices.Clone(s.alive)
	for _, list := range lists {
		for i := range list {
			switch c := &list[i]; {
			case c.narrow != nil:
				c.narrow(s, bits)
			case c.all == nil || !c.all(s):
				bits.and(s.sieve(c))
			}
		}
	}
	return bits
}

// texts are the values of a column of texts, or nothing but blanks.
func (s *Store) texts(id string) []uint32 {
	if i := s.columnAt(id); i >= 0 && !s.columns[i].moment {
		return s.columns[i].values
	}
	return make([]uint32, len(s.ids))
}

func textCondition(column string, texts []string, values func(s *Store) []uint32) condition {
	texts = slices.Sorted(slices.Values(texts))
	return condition{
		key:    strings.Join(append([]string{column}, texts...), "\x00"),
		fields: func(s *Store) [][]uint32 { return [][]uint32{values(s)} },
		accept: func(s *Store, value uint32) bool {
			_, ok := slices.BinarySearch(texts, s.text(value))
			return ok
		},
	}
}

func toneCondition(tones []Tone) condition {
	var wanted [toneCount]bool
	for t := none; t < toneCount; t++ {
		wanted[t] = slices.Contains(tones, t.Tone())
	}
	return condition{
		key:    fmt.Sprint("tone\x00", wanted),
		fields: func(s *Store) [][]uint32 { return [][]uint32{s.tones} },
		accept: func(_ *Store, value uint32) bool { return wanted[value] },
	}
}

// labelCondition is nil for a selector that takes everything.
func labelCondition(selector string) (*condition, error) {
	parsed, err := labels.Parse(selector)
	if err != nil || parsed.Empty() {
		return nil, err
	}
	return &condition{
		key:    "labels\x00" + parsed.String(),
		fields: func(s *Store) [][]uint32 { return [][]uint32{s.labels} },
		accept: func(s *Store, value uint32) bool { return parsed.Matches(Labels(s.sets.words[value].text)) },
	}, nil
}

// searched are the words of a search, in lower case; more than a few are cut.
func searched(search string) []string {
	const most = 8
	words := strings.Fields(strings.ToLower(search))
	slices.Sort(words)
	words = slices.Compact(words)
	return words[:min(len(words), most)]
}

// wordCondition takes rows that have a word somewhere: in the member's name, the namespace, the name or a cell of text.
func wordCondition(text string) condition {
	word := newPart(text)
	return condition{
		key: "word\x00" + text,
		fields: func(s *Store) [][]uint32 {
			fields := [][]uint32{s.namespaces, s.names}
			for _, c := range s.columns {
				if !c.moment {
					fields = append(fields, c.values)
				}
			}
			return fields
		},
		accept: func(s *Store, value uint32) bool {
			return s.words.has(value, word)
		},
		wide: true,
		all:  func(s *Store) bool { return strings.Contains(s.folded, text) },
	}
}
