package pane

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// How a name has a text, the best first. See Hit.
const (
	isText = iota
	beginsWithText
	hasWordWithText
	hasText
	rankCount
)

// Find finds rows by their names, the best first and equally good ones by name; more says that there were more than limit. Each
// word of the text must be in the name; how the name has the first one tells how good it is. No text finds nothing.
func (t *Table) Find(text string, limit int) (hits []Hit, more bool) {
	var words []part
	for word := range strings.FieldsSeq(strings.ToLower(text)) {
		words = append(words, newPart(word))
	}
	if len(words) == 0 || limit <= 0 {
		return nil, false
	}
	defer t.hold()()
	l := t.layout()
	limit = min(limit, t.total())
	var found [rankCount]runs
	for rank := range found {
		found[rank] = make(runs, len(t.stores))
	}
	t.each(func(place int, s *Store) {
		face := s.face(sorting{}, place)
		byRank := s.find(words, s.order(&face), limit+1)
		for rank := range found {
			found[rank][place] = run{face, byRank[rank]}
		}
	})
	for rank, rs := range found {
		more = more || len(hits)+rs.count() > limit
		rs.each(make([]int, len(rs)), limit-len(hits), func(r *run, x slot) {
			hits = append(hits, Hit{l.row(r.Store, r.place, x), rank})
		})
	}
	return hits, more
}

// find is the rows whose names have the words, by rank, most of each at most.
func (s *Store) find(words []part, rows []slot, most int) (found [rankCount][]slot) {
	for _, x := range rows {
		rank, ok := s.words.rank(s.names[x], words)
		if ok && len(found[rank]) < most {
			found[rank] = append(found[rank], x)
		}
	}
	return found
}

// rank is how a name has the words.
func (l *lexicon) rank(name uint32, words []part) (rank int, ok bool) {
	for _, word := range words {
		if !l.has(name, word) {
			return 0, false
		}
	}
	switch name, first := l.words[name].folded, words[0].text; {
	case name == first:
		return isText, true
	case strings.HasPrefix(name, first):
		return beginsWithText, true
	case beginsWord(name, first):
		return hasWordWithText, true
	}
	return hasText, true
}

// beginsWord says whether a word of the name, after anything that is no letter or digit, begins with text.
func beginsWord(name, text string) bool {
	for from := 0; ; {
		i := strings.Index(name[from:], text)
		if i < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(name[:from+i])
		if !unicode.IsLetter(before) && !unicode.IsDigit(before) {
			return true
		}
		from += i + 1
	}
}
