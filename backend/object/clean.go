package object

import (
	"strings"
	"unicode"
)

// Lengths in characters, of what is shown.
const (
	maxName  = 300
	maxText  = 1_000 // of messages
	maxValue = 1_024 // of a label's or an annotation's value
	maxList  = 200   // entries of anything that is listed
)

// clean makes a stranger's text fit for one line: no control, invisible or direction-changing characters, not long.
func clean(s string, most int) string {
	if len(s) > 8*most {
		s = s[:8*most] // a bound on the work; what is cut mid-character is dropped below
	}
	var b strings.Builder
	n, space := 0, false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			space = n > 0
			continue
		case r == unicode.ReplacementChar || !unicode.IsPrint(r):
			continue
		}
		if n >= most {
			return b.String() + "…"
		}
		if space {
			b.WriteByte(' ')
			n++
		}
		b.WriteRune(r)
		n, space = n+1, false
	}
	return b.String()
}

// cleanValue keeps lines and the number of characters, for a value that people compare: what can't be shown is a �. It
// says whether the value is longer.
func cleanValue(s string, most int) (text string, cut bool) {
	var b strings.Builder
	n := 0
	for _, r := range s {
		if n == most {
			return b.String(), true
		}
		if r != '\n' && r != '\t' && !unicode.IsPrint(r) {
			r = unicode.ReplacementChar
		}
		b.WriteRune(r)
		n++
	}
	return b.String(), false
}
