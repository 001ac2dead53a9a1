package tables

import (
	"encoding/binary"
	"strconv"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Limits of what is kept of one object, in bytes. Kubernetes' own are narrower; another server may have none.
const (
	maxCell        = 1 << 10
	maxName        = 253
	maxColumns     = 64
	maxDescription = 1 << 10
	maxLabels      = 64
	maxLabel       = 253 + 1 + 63
)

const ellipsis = "…"

// plain says whether the text can be shown as it stands: printable ASCII without an escape.
func plain(s []byte) bool {
	for ; len(s) >= 8; s = s[8:] {
		x := binary.LittleEndian.Uint64(s)
		low := (x - ones*' ') & ^x
		if (x|(x+ones)|low|holds(x, '\\'))&highs != 0 {
			return false
		}
	}
	for _, c := range s {
		if c < ' ' || c > '~' || c == '\\' {
			return false
		}
	}
	return true
}

// appendText adds what is between the quotes of a JSON string, fit to be shown: valid UTF-8 on one line, without control, invisible or
// direction-changing characters, at most that many bytes and an ellipsis.
func appendText(dst, quoted []byte, most int) []byte {
	if len(quoted) <= most && plain(quoted) {
		return append(dst, quoted...)
	}
	for start := len(dst); len(quoted) > 0; {
		r, size := character(quoted)
		quoted = quoted[size:]
		switch {
		case unicode.IsSpace(r):
			r = ' '
		case !unicode.IsPrint(r):
			r = unicode.ReplacementChar
		}
		if len(dst)-start+utf8.RuneLen(r) > most {
			return append(dst, ellipsis...)
		}
		dst = utf8.AppendRune(dst, r)
	}
	return dst
}

// character is the first one of what is between the quotes of a JSON string.
func character(s []byte) (r rune, size int) {
	if s[0] != '\\' {
		return utf8.DecodeRune(s)
	}
	if len(s) < 2 {
		return unicode.ReplacementChar, len(s)
	}
	switch s[1] {
	case 'u':
		return unit(s)
	case 'n', 'r', 't', 'f':
		return ' ', 2
	case 'b':
		return '\b', 2
	}
	return rune(s[1]), 2
}

// unit is the character of a \u escape, or of two that belong together.
func unit(s []byte) (r rune, size int) {
	const one = len(`\u0000`)
	high, ok := hex(s)
	if !ok {
		return unicode.ReplacementChar, min(len(s), 2)
	}
	if utf16.IsSurrogate(high) {
		if low, ok := hex(s[one:]); ok {
			if both := utf16.DecodeRune(high, low); both != unicode.ReplacementChar {
				return both, 2 * one
			}
		}
		return unicode.ReplacementChar, one
	}
	return high, one
}

func hex(s []byte) (rune, bool) {
	if len(s) < 6 || s[0] != '\\' || s[1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(s[2:6]), 16, 16)
	return rune(n), err == nil
}
