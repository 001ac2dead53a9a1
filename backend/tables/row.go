package tables

import (
	"bytes"
	"slices"
	"time"

	"github.com/binnacle-dev/binnacle/backend/pane"
)

// span is a text in the batch's arena.
type span struct{ from, to int }

// row is one object of a batch: its texts are in the arena, its cells in the batch's list of them.
type row struct {
	id, namespace, name, version span
	created                      int64 // Unix ms
	deleting                     bool
	labels                       pane.Labels
	cells                        span // places in batch.cells
}

// batch collects rows, and makes one string of all their texts.
type batch struct {
	columns []pane.Definition
	habits  []habit // one for each of columns
	arena   []byte
	cells   []span
	rows    []row
	labels  labelCache
	managed form
	texts   []string // of the cells, for records
}

// habit is what is known of a column's cells.
type habit struct {
	common bool   // they aren't kept: the pane has its own
	time   bool   // they are moments
	quoted []byte // the last one as it was written; nil: there is none
	last   span   // the same as text
}

// define takes the columns of the rows that follow.
func (t *batch) define(columns []pane.Definition) {
	t.columns, t.habits = columns, make([]habit, len(columns))
	for i, c := range columns {
		t.habits[i].common, t.habits[i].time = c.Common(), c.Time()
	}
}

// cell is text for a column in which the same is likely to come again.
func (t *batch) cell(c *habit, b []byte, i int) (span, int) {
	text, end := content(b, i)
	if end < 0 {
		return span{}, end
	}
	if c.quoted == nil || !bytes.Equal(c.quoted, text) {
		from := len(t.arena)
		t.arena = appendText(t.arena, text, maxCell)
		c.quoted, c.last = append(c.quoted[:0], text...), span{from, len(t.arena)}
	}
	return c.last, end
}

func (t *batch) text(b []byte, i int) (span, int) {
	text, end := content(b, i)
	from := len(t.arena)
	t.arena = appendText(t.arena, text, maxName)
	return span{from, len(t.arena)}, end
}

// row reads a table's row, {"cells": [...], "object": {"metadata": {...}}}, and adds it. When it is short nothing is added.
func (t *batch) row(b []byte, i int) int {
	return t.add(b, i, func(r *row, key []byte, at int) int {
		switch string(key) {
		case "cells":
			return t.cellsOf(r, b, at)
		case "object":
			return t.object(r, b, at)
		}
		return skipValue(b, at)
	})
}

// item is row for an object of a server that knows no tables.
func (t *batch) item(b []byte, i int) int {
	return t.add(b, i, func(r *row, key []byte, at int) int {
		if string(key) == "metadata" {
			return t.metadata(r, b, at)
		}
		return skipValue(b, at)
	})
}

func (t *batch) add(b []byte, i int, field func(r *row, key []byte, at int) int) int {
	if i = skipSpace(b, i); i >= len(b) {
		return short
	}
	if b[i] != '{' {
		return broken
	}
	before := t.mark()
	t.rows = append(t.rows, row{})
	r := &t.rows[before.rows]
	for key, at := member(b, i+1); ; key, at = member(b, at) {
		if key != nil {
			at = field(r, key, at)
		}
		if at < 0 {
			t.reset(before)
		}
		if at < 0 || key == nil {
			return at
		}
	}
}

// mark is how full a batch is.
type mark struct{ arena, cells, rows int }

func (t *batch) mark() mark { return mark{len(t.arena), len(t.cells), len(t.rows)} }

// reset takes out what was added since.
func (t *batch) reset(m mark) {
	t.arena, t.cells, t.rows = t.arena[:m.arena], t.cells[:m.cells], t.rows[:m.rows]
	for i := range t.habits {
		if c := &t.habits[i]; c.last.to > m.arena {
			c.quoted = nil
		}
	}
}

func (t *batch) object(r *row, b []byte, i int) int {
	i, ok := within(b, i, '{')
	for ok {
		var key []byte
		if key, i = member(b, i); key == nil {
			return i
		}
		if string(key) == "metadata" {
			i = t.metadata(r, b, i)
		} else {
			i = skipValue(b, i)
		}
		ok = i >= 0
	}
	return i
}

func (t *batch) metadata(r *row, b []byte, i int) int {
	i, ok := within(b, i, '{')
	for ok {
		var key []byte
		if key, i = member(b, i); key == nil {
			return i
		}
		switch string(key) {
		case "name":
			r.name, i = t.text(b, i)
		case "namespace":
			r.namespace, i = t.text(b, i)
		case "uid":
			r.id, i = t.text(b, i)
		case "resourceVersion":
			r.version, i = t.text(b, i)
		case "creationTimestamp":
			r.created, i = moment(b, i)
		case "deletionTimestamp":
			var at int64
			at, i = moment(b, i)
			r.deleting = at != 0
		case "labels":
			r.labels, i = t.labels.read(b, i)
		case "managedFields":
			i = t.managed.skip(b, i)
		default:
			i = skipValue(b, i)
		}
		ok = i >= 0
	}
	return i
}

// cellsOf reads the cells, but for those that the pane has of its own.
func (t *batch) cellsOf(r *row, b []byte, i int) int {
	i, ok := within(b, i, '[')
	if !ok {
		return i
	}
	r.cells.from = len(t.cells)
	for column := 0; ; column++ {
		if i, ok = element(b, i); !ok {
			r.cells.to = len(t.cells)
			return i
		}
		var cell span
		if column < len(t.columns) && !t.habits[column].common {
			cell, i = t.cell(&t.habits[column], b, i)
		} else {
			i = skipValue(b, i)
		}
		if i < 0 {
			return i
		}
		if column < len(t.columns) {
			t.cells = append(t.cells, cell)
		}
	}
}

// moment reads a time; 0 is none, or none that is one.
func moment(b []byte, i int) (ms int64, end int) {
	text, end := content(b, i)
	if at, err := time.Parse(time.RFC3339, string(text)); err == nil {
		return at.UnixMilli(), end
	}
	return 0, end
}

// records are the rows so far, and the batch is empty again. They are good until the next call.
func (t *batch) records(into []pane.Record, now time.Time) []pane.Record {
	all := string(t.arena)
	text := func(s span) string { return all[s.from:s.to] }
	t.texts = slices.Grow(t.texts[:0], len(t.cells))
	for _, s := range t.cells {
		t.texts = append(t.texts, text(s))
	}
	for _, r := range t.rows {
		namespace, name := text(r.namespace), text(r.name)
		own := t.texts[r.cells.from:r.cells.to:r.cells.to]
		for i := range own {
			if t.habits[i].time {
				own[i] = pane.TimeCell(own[i], now)
			}
		}
		into = append(into, pane.Record{
			ID: identity(text(r.id), namespace, name), Namespace: namespace, Name: name, Created: r.created, Deleting: r.deleting, Labels: r.labels, Cells: own,
		})
	}
	t.reset(mark{})
	return into
}

// cut takes out the rows since the mark, and gives their identities.
func (t *batch) cut(m mark) []string {
	var ids []string
	text := func(s span) string { return string(t.arena[s.from:s.to]) }
	for _, r := range t.rows[m.rows:] {
		ids = append(ids, identity(text(r.id), text(r.namespace), text(r.name)))
	}
	t.reset(m)
	return ids
}

// identity is an object's UID; where a server gives none, its name has to do.
func identity(uid, namespace, name string) string {
	if uid != "" {
		return uid
	}
	return namespace + "/" + name
}
