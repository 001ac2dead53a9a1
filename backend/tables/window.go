package tables

import (
	"errors"
	"io"
)

// What can be wrong with a body, in words for people.
var (
	errBroken  = errors.New("the answer isn't what a Kubernetes API server says")
	errTooLong = errors.New("the answer is larger than any that makes sense")
	errCut     = errors.New("the answer broke off")
)

// window holds the part of a body that is being read, so that whole values can be looked at without asking whether there is more.
type window struct {
	body  io.Reader
	first int   // bytes that it begins with
	most  int   // bytes of one value
	left  int64 // bytes of the body that may still come
	// beforeRead is called when nothing more can be done with what is there: reading may take long.
	beforeRead func()

	b []byte
	i int // b[i:] is to be read
}

// take moves on behind a value. It calls parse with what is there, and again with more when it says short: so parse begins anew each
// time. The total work stays linear: more is either twice as much, or it has the value's end.
func (w *window) take(parse func(b []byte, i int) int) error {
	for {
		switch end := parse(w.b, w.i); {
		case end >= 0:
			w.i = end
			return nil
		case end == broken:
			return errBroken
		}
		if err := w.more(); err != nil {
			return err
		}
	}
}

func (w *window) more() error {
	var f frame
	tried, framed := len(w.b)-w.i, 0
	for {
		err := w.read()
		value := w.b[w.i:]
		switch {
		case err != nil && !errors.Is(err, errTooLong) && len(value) > tried: // what came before its end counts; the error comes again
			return nil
		case err != nil:
			return err
		case len(value) >= 2*tried, f.ends(value[framed:]):
			return nil
		}
		framed = len(value)
	}
}

// read adds to the window. It gives io.EOF at the end of the body, errCut when that came before its end.
func (w *window) read() error {
	w.beforeRead()
	if w.i > 0 {
		w.b, w.i = w.b[:copy(w.b, w.b[w.i:])], 0
	}
	if len(w.b) == cap(w.b) {
		if len(w.b) >= w.most {
			return errTooLong
		}
		w.b = append(make([]byte, 0, min(max(2*cap(w.b), w.first), w.most)), w.b...)
	}
	for {
		n, err := w.body.Read(w.b[len(w.b):cap(w.b)])
		w.b = w.b[:len(w.b)+n]
		if w.left -= int64(n); w.left < 0 {
			return errTooLong
		}
		switch {
		case n > 0: // an error comes again
			return nil
		case errors.Is(err, io.EOF):
			return io.EOF
		case err != nil:
			return errCut
		}
	}
}

// frame finds the end of an object or an array that comes in pieces, and looks at each byte once.
type frame struct {
	depth   int
	text    bool // within a string
	escaped bool // behind a backslash of it
}

func (f *frame) ends(piece []byte) bool {
	for _, c := range piece {
		switch {
		case f.escaped:
			f.escaped = false
		case f.text:
			f.escaped, f.text = c == '\\', c != '"'
		case c == '"':
			f.text = true
		case c == '{', c == '[':
			f.depth++
		case c == '}', c == ']':
			if f.depth--; f.depth <= 0 {
				return true
			}
		}
	}
	return false
}
