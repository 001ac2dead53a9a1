package pane

import (
	"slices"
	"strings"
)

// lexicon keeps each text once and counts who uses it. A text's number is its place in words; 0 is "".
type lexicon struct {
	index index
	words []word
	marks []uint64 // of each word: see marksOf
	free  []uint32
}

type word struct {
	text   string
	folded string // in lower case; shares the bytes of text when it is so already
	prefix prefix // of folded
	users  uint32
	shapes shapes
	tone   tone // of its state when it is a status; 0 until somebody asks
}

func newLexicon() lexicon {
	return lexicon{index: newIndex(), words: []word{{shapes: blankShape}}, marks: []uint64{0}}
}

func (l *lexicon) text(n uint32) string { return l.words[n].text }

// take finds or adds a text for one more user. It keeps a copy: the caller's may be a part of something large. A guess that is
// right saves the looking up.
func (l *lexicon) take(text string, guess uint32) uint32 {
	if text == "" {
		return 0
	}
	if w := &l.words[guess]; w.text == text {
		w.users++
		return guess
	}
	hash := l.index.hash(text)
	if n, known := l.index.find(hash, text, l.text); known {
		l.words[n].users++
		return n
	}
	text = strings.Clone(text)
	w := word{text: text, folded: strings.ToLower(text), users: 1, shapes: shapesOf(text)}
	w.prefix = prefixOf(w.folded)
	n := uint32(len(l.words)) //nolint:gosec // G115: there is no memory for so many
	if last := len(l.free) - 1; last >= 0 {
		n, l.free = l.free[last], l.free[:last]
		l.words[n], l.marks[n] = w, marksOf(w.folded)
	} else {
		if len(l.words) == cap(l.words) {
			l.words = slices.Grow(l.words, len(l.words)/2) // append grows by a quarter, and so copies twice as much
		}
		l.words, l.marks = append(l.words, w), append(l.marks, marksOf(w.folded))
	}
	l.index.add(hash, n)
	return n
}

// release is one user less.
func (l *lexicon) release(n uint32) {
	if n == 0 {
		return
	}
	w := &l.words[n]
	if w.users--; w.users == 0 {
		l.index.remove(l.index.hash(w.text), n)
		*w, l.marks[n] = word{}, 0
		l.free = append(l.free, n)
	}
}

// swap puts text where n stands and says whether it is another one.
func (l *lexicon) swap(n *uint32, text string, guess uint32) bool {
	if l.words[*n].text == text {
		return false
	}
	old := *n
	*n = l.take(text, guess)
	l.release(old)
	return true
}

// marksOf is a bit for each byte that a text has, some sharing one: a text can be in another only if its marks are. Most searching
// ends here, without touching the words and their texts.
func marksOf(folded string) (marks uint64) {
	for i := range len(folded) {
		marks |= 1 << (folded[i] & 63)
	}
	return marks
}

// part is a text in lower case that is looked for in words.
type part struct {
	text  string
	marks uint64
}

func newPart(text string) part { return part{text, marksOf(text)} }

// has says whether a text has a part.
func (l *lexicon) has(n uint32, p part) bool {
	return l.marks[n]&p.marks == p.marks && strings.Contains(l.words[n].folded, p.text)
}

// compareWords is Natural with the folding done.
func compareWords(a, b *word) int {
	if c := a.prefix.compare(b.prefix); c != 0 {
		return c
	}
	if c := natural(a.folded, b.folded); c != 0 {
		return c
	}
	return strings.Compare(a.text, b.text)
}
