package fleet

import (
	"strings"
	"unicode"
)

const (
	maxText = 300  // characters of anything that a cluster says of itself and that is kept
	maxList = 200  // entries of a list of such
	maxSaid = 3000 // characters of why a request is refused: admission lists all that it minds
)

// clean makes a stranger's text fit to be shown: one line, no control, invisible or direction-changing characters, not long.
func clean(s string) string { return cleanTo(s, maxText) }

func cleanTo(s string, limit int) string {
	if len(s) > 8*limit {
		s = s[:8*limit] // a bound on the work; what is cut mid-character is dropped below
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
		if n >= limit {
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

func cleanAll(list []string) []string {
	out := make([]string, 0, min(len(list), maxList))
	for _, s := range list[:min(len(list), maxList)] {
		out = append(out, clean(s))
	}
	return out
}
