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
