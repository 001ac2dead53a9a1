package podlogs

import (
	"bufio"
	"bytes"
	"errors"
	"hash/maphash"
	"io"
	"time"
	"unicode/utf8"
)

const (
	maxLine  = 16 << 10 // bytes of a line that are kept
	maxStamp = 40       // bytes of the time before it
)

// record is one line as it came.
type record struct {
	time time.Time // zero: it came without one
	text []byte    // the first maxLine bytes; the next line overwrites them
	cut  int       // bytes that were left out
	id   uint64    // of time and text, to know the line again
}

// reader takes a stream of timestamped lines apart. However long a line is, no more than maxLine of it is held.
type reader struct {
	in     *bufio.Reader
	seed   maphash.Seed
	line   []byte
	length int // of the line, with what isn't held
}

func newReader(in io.Reader, seed maphash.Seed) *reader {
	return &reader{in: bufio.NewReaderSize(in, 32<<10), seed: seed}
}

// next is the next whole line. At the end of the stream it is io.EOF, or what broke it; rest has what came of a line then.
func (r *reader) next() (record, error) {
	r.line, r.length = r.line[:0], 0
	for {
		part, err := r.in.ReadSlice('\n')
		r.length += len(part)
		if room := maxStamp + maxLine - len(r.line); room > 0 {
			r.line = append(r.line, part[:min(len(part), room)]...)
		}
		if err == nil {
			r.length-- // the newline, which may not be held
			return r.record(r.line[:min(len(r.line), r.length)]), nil
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return record{}, err
		}
	}
}

// rest is the line that the stream ended in, if any.
func (r *reader) rest() (record, bool) {
	if r.length == 0 {
		return record{}, false
	}
	return r.record(r.line), true
}

// idle says that the next line isn't there yet.
func (r *reader) idle() bool { return r.in.Buffered() == 0 }

func (r *reader) record(line []byte) record {
	at, text := stamp(line)
	length := r.length - (len(line) - len(text)) // of all the text
	if length > maxLine {
		text = text[:whole(text[:min(len(text), maxLine)])]
	} else {
		text = bytes.TrimSuffix(text, []byte{'\r'})
		length = len(text)
	}
	return record{time: at, text: text, cut: length - len(text), id: maphash.Bytes(r.seed, line)}
}

// stamp takes the time from before a line's text.
func stamp(line []byte) (time.Time, []byte) {
	for i, c := range line[:min(len(line), maxStamp)] {
		if c != ' ' {
			continue
		}
		at, err := time.Parse(time.RFC3339Nano, string(line[:i]))
		if err != nil {
			break
		}
		return at, line[i+1:]
	}
	return time.Time{}, line
}

// whole is the length of b without a character that was cut in its middle.
func whole(b []byte) int {
	for back := 1; back <= min(utf8.UTFMax-1, len(b)); back++ {
		c := b[len(b)-back]
		if utf8.RuneStart(c) {
			if !utf8.FullRune(b[len(b)-back:]) {
				return len(b) - back
			}
			break
		}
	}
	return len(b)
}
