package tables

import "bytes"

// member reads the next key of an object, from behind its brace or a value. It gives the place of the key's value; or, with a nil key,
// the place behind the object; or short or broken.
func member(b []byte, i int) (key []byte, at int) {
	i = skipComma(b, i)
	switch {
	case i >= len(b):
		return nil, short
	case b[i] == '}':
		return nil, i + 1
	case b[i] != '"':
		return nil, broken
	}
	end := skipString(b, i+1)
	if end < 0 {
		return nil, end
	}
	if key = b[i+1 : end-1]; bytes.IndexByte(key, '\\') >= 0 {
		key = appendText(make([]byte, 0, len(key)), key, maxName)
	}
	if i = skipSpace(b, end); i < len(b) && b[i] != ':' {
		return nil, broken
	}
	if i = skipSpace(b, i+1); i >= len(b) {
		return nil, short
	}
	return key, i
}

// element finds the next element of an array, from behind its bracket or an element. It gives the element's place; or, when there is
// none, the place behind the array; or short or broken.
func element(b []byte, i int) (at int, ok bool) {
	i = skipComma(b, i)
	switch {
	case i >= len(b):
		return short, false
	case b[i] == ']':
		return i + 1, false
	}
	return i, true
}

func skipComma(b []byte, i int) int {
	if i = skipSpace(b, i); i < len(b) && b[i] == ',' {
		i = skipSpace(b, i+1)
	}
	return i
}

// within is the place behind the bracket that opens the value at i; ok is false for another value, and at the place behind that.
func within(b []byte, i int, bracket byte) (at int, ok bool) {
	if i >= len(b) {
		return short, false
	}
	if b[i] != bracket {
		return skipValue(b, i), false
	}
	return i + 1, true
}

// content is the value at i as text: what is between a string's quotes, nothing for null, else the value as it is written; and the
// place behind it.
func content(b []byte, i int) (text []byte, end int) {
	end = skipValue(b, i)
	switch {
	case end < 0:
		return nil, end
	case b[i] == '"':
		return b[i+1 : end-1], end
	case string(b[i:end]) == "null":
		return nil, end
	}
	return b[i:end], end
}
