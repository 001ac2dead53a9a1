package pane

import (
	"cmp"
	"encoding/binary"
	"strings"
)

// Natural compares texts as people order them: digits by the number that they make ("pod-2" before "pod-10"), letters
// regardless of case. It is 0 only for equal texts.
func Natural(a, b string) int {
	return cmp.Or(natural(strings.ToLower(a), strings.ToLower(b)), strings.Compare(a, b))
}

// natural compares byte by byte, and runs of digits by their number. Texts that differ in leading zeros alone are equal.
func natural(a, b string) int {
	i := alike(a, b)
	j := i
	for i < len(a) && j < len(b) {
		if isDigit(a[i]) && isDigit(b[j]) {
			m, n := number(a[i:]), number(b[j:])
			if c := cmp.Or(cmp.Compare(len(m.digits), len(n.digits)), strings.Compare(m.digits, n.digits)); c != 0 {
				return c
			}
			i, j = i+m.length, j+n.length
			continue
		}
		if a[i] != b[j] {
			return cmp.Compare(a[i], b[j])
		}
		i, j = i+1, j+1
	}
	return cmp.Compare(len(a)-i, len(b)-j)
}

// alike is how far texts are the same and can be passed over: to where they differ, or to the number in which they do.
func alike(a, b string) int {
	i, most := 0, min(len(a), len(b))
	for i < most && a[i] == b[i] {
		i++
	}
	for i > 0 && isDigit(a[i-1]) {
		i--
	}
	return i
}

type digitRun struct {
	digits string // without leading zeros
	length int    // with them
}

// number is the run of digits that s begins with.
func number(s string) digitRun {
	zeros := 0
	for zeros < len(s) && s[zeros] == '0' {
		zeros++
	}
	end := zeros
	for end < len(s) && isDigit(s[end]) {
		end++
	}
	return digitRun{s[zeros:end], end}
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// prefix is the beginning of a text such that prefixes that differ compare as natural does; equal ones say nothing. Most
// comparisons of a sort end here, without touching the texts.
type prefix struct{ high, low uint64 }

func (p prefix) compare(q prefix) int {
	if p.high != q.high {
		return cmp.Compare(p.high, q.high)
	}
	return cmp.Compare(p.low, q.low)
}

// prefixOf writes a number as how many digits it has, in one byte between '0' and '9' (more in a second one), and then its
// digits, two a byte; other bytes stand for themselves. As those are never digits, the order is kept. An IPv4 address fits.
func prefixOf(s string) prefix {
	const many, most = 9, 255
	key := make([]byte, 0, 24)
	for s != "" && len(key) < 16 {
		if !isDigit(s[0]) {
			key, s = append(key, s[0]), s[1:]
			continue
		}
		run := number(s)
		digits := run.digits[:min(len(run.digits), most)]
		key = append(key, '0'+byte(min(len(digits), many)))
		if len(digits) >= many {
			key = append(key, byte(len(digits))) //nolint:gosec // G115: at most 255
		}
		if len(digits) == most {
			break // the length is cut, so what follows would lie
		}
		for i := 0; i < len(digits) && len(key) < 16; i += 2 {
			pair := digits[i] << 4
			if i+1 < len(digits) {
				pair |= digits[i+1] & 0xf
			}
			key = append(key, pair)
		}
		s = s[run.length:]
	}
	key = key[:cap(key)] // zeros
	return prefix{binary.BigEndian.Uint64(key[:8]), binary.BigEndian.Uint64(key[8:16])}
}
