package tables

import (
	"encoding/binary"
	"math/bits"
)

// What a place in the window is when it isn't one.
const (
	short  = -1 // the value goes on where the window ends
	broken = -2 // this is not JSON
)

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
	// leaf is `:{},"` as it lies in memory: the fields that managedFields name end so, and the next one begins.
	leaf     = uint64(':') | uint64('{')<<8 | uint64('}')<<16 | uint64(',')<<24 | uint64('"')<<32
	leafMask = 1<<40 - 1
	leafSize = 5
)

// holds marks the bytes of x that are c: the lowest mark is right, those above it may not be.
func holds(x uint64, c byte) uint64 {
	y := x ^ ones*uint64(c)
	return (y - ones) & ^y & highs
}

// skipSpace is the place of the first byte from i on that isn't white space; len(b) when there is none.
func skipSpace(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\n' || b[i] == '\r' || b[i] == '\t') {
		i++
	}
	return i
}

// skipString is the place behind the string whose first character is at i.
func skipString(b []byte, i int) int {
	for i+8 <= len(b) {
		x := binary.LittleEndian.Uint64(b[i:])
		m := holds(x, '"') | holds(x, '\\')
		if m == 0 {
			i += 8
			continue
		}
		i += bits.TrailingZeros64(m) / 8
		if b[i] == '"' {
			return i + 1
		}
		i += 2
	}
	for ; i < len(b); i++ {
		switch b[i] {
		case '"':
			return i + 1
		case '\\':
			i++
		}
	}
	return short
}

// skipKeys is skipString that goes on over members without content, as managedFields are full of.
func skipKeys(b []byte, i int) int {
	for i+16 <= len(b) {
		x := binary.LittleEndian.Uint64(b[i:])
		m := holds(x, '"') | holds(x, '\\')
		if m == 0 {
			i += 8
			continue
		}
		i += bits.TrailingZeros64(m) / 8
		if b[i] != '"' {
			i += 2
			continue
		}
		if i++; binary.LittleEndian.Uint64(b[i:])&leafMask != leaf {
			return i
		}
		i += leafSize
	}
	return skipString(b, i)
}

// skipValue is the place behind the value that begins at i. It looks at strings and brackets alone: what isn't kept needn't be right.
func skipValue(b []byte, i int) int {
	if i >= len(b) {
		return short
	}
	if b[i] != '{' && b[i] != '[' {
		return skipScalar(b, i)
	}
	for depth := 0; i < len(b); {
		switch b[i] {
		case '"':
			if i = skipKeys(b, i+1); i < 0 {
				return i
			}
		case '{', '[':
			depth++
			i++
		case '}', ']':
			depth--
			i++
			if depth == 0 {
				return i
			}
		default:
			i++
		}
	}
	return short
}

// skipScalar is skipValue for a string, a number or a word.
func skipScalar(b []byte, i int) int {
	if b[i] == '"' {
		return skipString(b, i+1)
	}
	for at := i; at < len(b); at++ {
		switch c := b[at]; {
		case c >= '0' && c <= '9', c >= 'a' && c <= 'z', c == '-', c == '+', c == '.', c == 'E':
		case at == i:
			return broken
		default:
			return at
		}
	}
	return short
}
