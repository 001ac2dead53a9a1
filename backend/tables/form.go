package tables

import "bytes"

// form skips values that are like the one before but for some strings, as the managedFields of objects are: it knows the text that
// they share, and compares that in place of looking for its end.
//
// A value that has the shared text, and any string at each gap, has the brackets of the value that the form was made of, so it ends
// where the text does. What differs in another way is skipped as any value is, and the form is made anew of both.
type form struct {
	shared []byte // a value; the strings at gaps are empty
	gaps   []int  // the places in shared behind those strings' opening quotes
}

// maxForm is longer than values that are worth a form.
const maxForm = 32 << 10

// skip is skipValue.
func (f *form) skip(b []byte, i int) int {
	if end := f.match(b, i); end > 0 {
		return end
	}
	end := skipValue(b, i)
	if end < 0 || end-i > maxForm || b[i] != '[' && b[i] != '{' { // numbers have no end of their own
		return end
	}
	if !f.learn(b[i:end]) {
		f.shared, f.gaps = append(f.shared[:0], b[i:end]...), f.gaps[:0]
	}
	return end
}

// match is the place behind the value at i; negative when the form says nothing of it.
func (f *form) match(b []byte, i int) int {
	from := 0
	for _, gap := range f.gaps {
		if !bytes.HasPrefix(b[i:], f.shared[from:gap]) {
			return broken
		}
		if i = skipString(b, i+gap-from); i < 0 {
			return i
		}
		from = gap + 1
	}
	if len(f.shared) == 0 || !bytes.HasPrefix(b[i:], f.shared[from:]) {
		return broken
	}
	return i + len(f.shared) - from
}

// learn makes gaps of the strings in which a value differs from what is shared. It says whether nothing else differs.
func (f *form) learn(value []byte) bool {
	old := bytes.Clone(f.shared)
	f.shared, f.gaps = f.shared[:0], f.gaps[:0]
	for {
		o, v := bytes.IndexByte(old, '"')+1, bytes.IndexByte(value, '"')+1
		if o == 0 || v == 0 {
			f.shared = append(f.shared, value...)
			return bytes.Equal(old, value)
		}
		if !bytes.Equal(old[:o], value[:v]) {
			return false
		}
		f.shared = append(f.shared, value[:v]...)
		old, value = old[o:], value[v:]
		o, v = skipString(old, 0), skipString(value, 0)
		if bytes.Equal(old[:o], value[:v]) {
			f.shared = append(f.shared, value[:v]...)
		} else {
			f.gaps, f.shared = append(f.gaps, len(f.shared)), append(f.shared, '"')
		}
		old, value = old[o:], value[v:]
	}
}
