package podlogs

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

const escape = 0x1b

// plain makes a stranger's bytes a line of text: no escape codes, no control, invisible or direction-changing characters
// but tabs, invalid UTF-8 marked.
func plain(b []byte) string {
	if simple(b) {
		return string(b)
	}
	var out strings.Builder
	out.Grow(len(b))
	var codes escapes
	for len(b) > 0 {
		if n := codes.length(b); n > 0 {
			b = b[n:]
			continue
		}
		r, n := utf8.DecodeRune(b)
		b = b[n:]
		switch {
		case r == '\t' || unicode.IsPrint(r): // U+FFFD, which invalid bytes become, is printable
			out.WriteRune(r)
		case unicode.IsSpace(r) && r != 0x85: // carriage returns, no-break spaces, line separators
			out.WriteByte(' ')
		}
	}
	return out.String()
}

// simple says whether b can be shown as it is; most lines can.
func simple(b []byte) bool {
	for _, c := range b {
		if (c < ' ' && c != '\t') || c >= 0x7f {
			return false
		}
	}
	return true
}

// escapes measures the escape codes of one line, in turn.
type escapes struct {
	endless bool // no control string ends any more; it isn't looked for again, else a line could take quadratic time
}

// length is how many bytes the terminal's escape code at the start of b takes, 0 if there is none. A code that never ends is
// taken for its first two bytes only: it must not hide the rest of the line.
func (e *escapes) length(b []byte) int {
	if len(b) < 2 {
		return 0 // a lone ESC at the end is a control character like any other
	}
	switch {
	case b[0] == 0xc2 && b[1] == 0x9b: // the 8-bit CSI, in UTF-8
		return csiLen(b)
	case b[0] != escape:
		return 0
	}
	switch b[1] {
	case '[':
		return csiLen(b)
	case ']', 'P', 'X', '^', '_': // a title, a link, a sixel picture
		return e.stringLen(b)
	}
	n := 1
	for n < len(b) && b[n] >= 0x20 && b[n] <= 0x2f { // ESC ( B and the like
		n++
	}
	if n < len(b) && b[n] >= 0x30 && b[n] <= 0x7e {
		return n + 1
	}
	return n
}

// csiLen is the length of a control sequence: parameters, then one final byte.
func csiLen(b []byte) int {
	for n := 2; n < len(b); n++ {
		switch c := b[n]; {
		case c >= 0x40 && c <= 0x7e:
			return n + 1
		case c < 0x20 || c > 0x3f:
			return n // broken off by something that doesn't belong there
		}
	}
	return len(b)
}

// stringLen is the length of a control string, which ends with BEL or ESC \.
func (e *escapes) stringLen(b []byte) int {
	if e.endless {
		return 2
	}
	bell := bytes.IndexByte(b, 0x07)
	before := b
	if bell > 0 {
		before = b[:bell]
	}
	switch end := bytes.Index(before, []byte{escape, '\\'}); {
	case end > 0:
		return end + 2
	case bell > 0:
		return bell + 1
	}
	e.endless = true
	return 2
}
