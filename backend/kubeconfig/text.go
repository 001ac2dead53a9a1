package kubeconfig

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxShown = 253 // runes of one name in a message; the longest name that Kubernetes itself allows
	// Letters and symbols by class, but nothing to be seen: they make two names look alike.
	blanks = "\u115f\u1160\u2800\u3164\uffa0"
)

// Clean makes text from a file or a cluster safe to show: what can't be seen or would turn the text around (control, bidirectional,
// zero-width, line separators, odd spaces, broken UTF-8) is written out as \u202e, and nothing else is changed.
func Clean(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], "\ufffd"):
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case visible(r):
			b.WriteRune(r)
		case r > 0xffff:
			fmt.Fprintf(&b, `\U%08x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

func visible(r rune) bool { return unicode.IsPrint(r) && !strings.ContainsRune(blanks, r) }

// clip cuts s after n runes.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for i := range s {
		if n == 0 {
			return s[:i] + "…"
		}
		n--
	}
	return s
}

// shown is a name or value in a field or message; quoted is it in a sentence.
func shown(s string) string  { return Clean(clip(s, maxShown)) }
func quoted(s string) string { return `"` + shown(s) + `"` }

// few lists at most n values in a sentence.
func few(values []string, n int) string {
	var b strings.Builder
	for i, v := range values {
		if i == n {
			fmt.Fprintf(&b, " and %d more", len(values)-n)
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(quoted(v))
	}
	return b.String()
}
