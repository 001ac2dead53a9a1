package tables

import (
	"errors"
	"io"
	"strconv"
	"time"

	"github.com/binnacle-dev/binnacle/backend/pane"
)

const (
	maxValue   = 8 << 20   // one row, with everything that is skipped in it; etcd takes objects up to 1.5 MiB
	maxBody    = 2 << 30   // one list; 100,000 rows with managedFields are some 250 MB
	listFirst  = 128 << 10 // that a window begins with
	eventFirst = 8 << 10
	maxBatch   = 512 // rows that are handed on at once
)

// sink takes rows as they are read. What it is given is good until it returns.
type sink interface {
	put(columns []pane.Definition, records []pane.Record)
	remove(ids []string)
}

// decoder reads one body: a list, or the events of a watch.
type decoder struct {
	window  window
	batch   batch
	sink    sink
	records []pane.Record
	now     func() time.Time
}

func newDecoder(body io.Reader, first int, to sink) *decoder {
	d := &decoder{sink: to, now: time.Now, batch: batch{labels: newLabelCache()}}
	d.window = window{body: body, first: first, most: maxValue, left: maxBody, beforeRead: d.flush}
	return d
}

// flush hands on what was read. It is done before each read, for a slow body shall not hold back the rows that came.
func (d *decoder) flush() {
	if len(d.batch.rows) > 0 {
		d.records = d.batch.records(d.records[:0], d.now())
		d.sink.put(d.batch.columns, d.records)
	}
}

// listing is what a list says of itself.
type listing struct {
	version string // to watch from; opaque
	next    string // where the next page begins; "" is nowhere
}

// list reads a list: a Table, or one of whole or partial objects. The rows that came before an error are handed on, too.
func (d *decoder) list() (listing, error) {
	defer d.flush()
	var l listing
	listed := false
	err := d.window.take(opening)
	for err == nil {
		var key string
		var more bool
		if key, more, err = d.key(); err != nil || !more {
			break
		}
		switch key {
		case "metadata":
			err = d.window.take(l.metadata)
		case "columnDefinitions":
			err = d.window.take(d.batch.definitions)
		case "rows":
			listed, err = true, d.each(d.batch.row)
		case "items":
			listed, err = true, d.each(d.batch.item)
		default:
			err = d.window.take(skipValue)
		}
	}
	switch {
	case errors.Is(err, io.EOF):
		return l, errCut
	case err == nil && !listed:
		return l, errBroken
	case err == nil:
		d.flush()
		d.sink.put(d.batch.columns, nil) // a list without a row has columns all the same
	}
	return l, err
}

func opening(b []byte, i int) int {
	if i = skipSpace(b, i); i >= len(b) {
		return short
	}
	if b[i] != '{' {
		return broken
	}
	return i + 1
}

// key is the next one of the body's object; there is no more at its end.
func (d *decoder) key() (key string, more bool, err error) {
	err = d.window.take(func(b []byte, i int) int {
		found, at := member(b, i)
		key, more = string(found), found != nil
		return at
	})
	return key, more, err
}

// each reads the elements of an array; null has none.
func (d *decoder) each(parse func(b []byte, i int) int) error {
	more := false
	err := d.window.take(func(b []byte, i int) (at int) {
		at, more = within(b, i, '[')
		return at
	})
	for err == nil && more {
		err = d.window.take(func(b []byte, i int) (at int) {
			if at, more = element(b, i); !more {
				return at
			}
			return parse(b, at)
		})
		if len(d.batch.rows) >= maxBatch {
			d.flush()
		}
	}
	return err
}

// metadata reads that of a list.
func (l *listing) metadata(b []byte, i int) int {
	i, ok := within(b, i, '{')
	for ok {
		var key []byte
		if key, i = member(b, i); key == nil {
			return i
		}
		var text []byte
		text, i = content(b, i)
		switch string(key) {
		case "resourceVersion":
			l.version = string(appendText(nil, text, maxName))
		case "continue":
			l.next = string(appendText(nil, text, maxValue))
		}
		ok = i >= 0
	}
	return i
}

// definitions reads a table's columns. Later events of a watch have none: the first one's hold.
func (t *batch) definitions(b []byte, i int) int {
	var columns []pane.Definition
	i, ok := within(b, i, '[')
	if !ok {
		return i
	}
	for {
		if i, ok = element(b, i); !ok {
			break
		}
		var column pane.Definition
		if column, i = definition(b, i); i < 0 {
			return i
		}
		if len(columns) < maxColumns {
			columns = append(columns, column)
		}
	}
	if len(columns) > 0 && i >= 0 {
		t.define(columns)
	}
	return i
}

func definition(b []byte, i int) (pane.Definition, int) {
	var d pane.Definition
	i, ok := within(b, i, '{')
	for ok {
		var key []byte
		if key, i = member(b, i); key == nil {
			break
		}
		var raw []byte
		raw, i = content(b, i)
		text := func(most int) string { return string(appendText(nil, raw, most)) }
		switch string(key) {
		case "name":
			d.Name = text(maxName)
		case "type":
			d.Type = text(maxName)
		case "format":
			d.Format = text(maxName)
		case "description":
			d.Description = text(maxDescription)
		case "priority":
			priority, _ := strconv.ParseInt(string(raw), 10, 32) // what isn't a number is 0
			d.Priority = int32(priority)
		}
		ok = i >= 0
	}
	return d, i
}
