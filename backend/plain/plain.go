// Package plain makes strangers' text fit to be shown. What a cluster, an object or an identity provider says of itself may be
// written to deceive whoever reads it, or to cost memory.
package plain

import (
	"strings"
	"unicode"
)

// Line is s as one line of at most so many characters, with "…" for the rest: without control, invisible or direction-changing
// characters and broken UTF-8, and with one space where there was any white space between words.
func Line(s string, most int) string {
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
