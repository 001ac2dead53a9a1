package tables

import (
	"errors"
	"io"
	"strconv"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// event is one of a watch. Its rows are in the batch.
type event struct {
	kind    string // ADDED, MODIFIED, DELETED, BOOKMARK, ERROR
	version string // of the table, else of the object
	tables  bool   // its object is a table
	meta    row    // of an object that isn't
	code    int32  // with ERROR
	message string
}

// events reads a watch to its end, and tells each version up to which everything was handed on. It gives nil when the server ended it
// in good order, and what an ERROR says as an *apierrors.StatusError.
func (d *decoder) events(reached func(version string)) error {
	defer d.flush()
	for {
		d.window.left = maxBody // a watch may go on for ever
		var e event
		var before mark
		err := d.window.take(func(b []byte, i int) int {
			e, before = event{}, d.batch.mark() // anew, for what was there may have been handed on while more was read
			return d.event(&e, b, i)
		})
		switch {
		case errors.Is(err, io.EOF) && skipSpace(d.window.b, d.window.i) == len(d.window.b):
			return nil
		case errors.Is(err, io.EOF):
			return errCut
		case err != nil:
			return err
		}
		if err := d.apply(&e, before); err != nil {
			return err
		}
		if e.version != "" {
			reached(e.version)
		}
	}
}

// apply does what an event says, of which the rows since the mark are.
func (d *decoder) apply(e *event, before mark) error {
	switch e.kind {
	case "ADDED", "MODIFIED":
		if len(d.batch.rows) >= maxBatch {
			d.flush()
		}
	case "DELETED":
		gone := d.batch.cut(before)
		d.flush()
		d.sink.remove(gone)
	case "BOOKMARK":
		d.batch.reset(before)
	case "ERROR":
		d.batch.reset(before)
		return &apierrors.StatusError{ErrStatus: metav1.Status{Status: metav1.StatusFailure, Code: e.code, Message: e.message}}
	default:
		d.batch.reset(before)
		return errBroken
	}
	return nil
}

func (d *decoder) event(e *event, b []byte, i int) int {
	before := d.batch.mark()
	i = opening(b, i)
	for i >= 0 {
		var key []byte
		if key, i = member(b, i); key == nil {
			break
		}
		switch string(key) {
		case "type":
			var text []byte
			text, i = content(b, i)
			e.kind = string(text)
		case "object":
			i = d.eventObject(e, b, i)
		default:
			i = skipValue(b, i)
		}
	}
	if i < 0 {
		d.batch.reset(before)
		return i
	}
	d.settle(e, before)
	return i
}

// settle finds the event's version, and makes a row of an object that isn't a table.
func (d *decoder) settle(e *event, before mark) {
	t := &d.batch
	if !e.tables {
		t.rows = append(t.rows, e.meta)
	}
	version := e.meta.version
	for _, r := range t.rows[before.rows:] {
		if version.from == version.to {
			version = r.version
		}
	}
	e.version = string(t.arena[version.from:version.to])
}

func (d *decoder) eventObject(e *event, b []byte, i int) int {
	i, ok := within(b, i, '{')
	for ok {
		var key []byte
		if key, i = member(b, i); key == nil {
			return i
		}
		switch string(key) {
		case "metadata":
			i = d.batch.metadata(&e.meta, b, i)
		case "columnDefinitions":
			i = d.batch.definitions(b, i)
		case "rows":
			e.tables = true
			i = d.eventRows(b, i)
		case "code", "message":
			i = e.status(string(key), b, i)
		default:
			i = skipValue(b, i)
		}
		ok = i >= 0
	}
	return i
}

func (d *decoder) eventRows(b []byte, i int) int {
	i, ok := within(b, i, '[')
	for ok {
		if i, ok = element(b, i); ok {
			i = d.batch.row(b, i)
			ok = i >= 0
		}
	}
	return i
}

func (e *event) status(key string, b []byte, i int) int {
	text, i := content(b, i)
	if key == "message" {
		e.message = string(appendText(nil, text, maxCell))
		return i
	}
	code, _ := strconv.ParseInt(string(text), 10, 32) // what isn't a number is 0: an error all the same
	e.code = int32(code)
	return i
}
