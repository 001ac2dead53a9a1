package pane_test

import (
	"fmt"
	"maps"
	"testing"

	"github.com/binnacle-dev/binnacle/backend/pane"
)

// TestLists replaces what was there by what is listed, and no more.
func TestLists(t *testing.T) {
	table := pane.New(pane.Options{})
	s := table.Member("m", "m")
	elsewhere := row("elsewhere")
	elsewhere.Namespace = "other"
	s.Put(row("old"), row("stays"), elsewhere)
	s.Begin("shop")
	s.Put(row("stays"), row("new"))
	if got := all(table); got != "elsewhere new old stays" {
		t.Errorf("while it lists: %s", got)
	}
	s.Begin("shop") // the first one failed
	s.Put(row("newer"))
	s.End()
	if got := all(table); got != "elsewhere newer" {
		t.Errorf("after it: %s", got)
	}
	s.Begin("")
	s.End()
	if got := all(table); got != "" {
		t.Errorf("emptied: %s", got)
	}
}

// TestLimit keeps no more rows of a member than it is told, though a fresh list may stand beside the old rows.
func TestLimit(t *testing.T) {
	table := pane.New(pane.Options{Limit: 2})
	s := table.Member("m", "m")
	if !s.Put(row("a"), row("b")) || s.Put(row("c"), row("a")) {
		t.Error("it doesn't say rightly what it takes")
	}
	s.Begin("")
	if !s.Put(row("x"), row("y")) || s.Put(row("z")) {
		t.Error("a list doesn't get its room")
	}
	s.End()
	if got := all(table); got != "x y" {
		t.Errorf("kept %s", got)
	}
	for i := range 20 {
		s.Begin("") // lists that never end
		s.Put(row(fmt.Sprint(i)))
	}
	if s.Rows() > 4 {
		t.Errorf("keeps %d rows", s.Rows())
	}
}

// TestSeq rings and counts for what can be seen, and for nothing else.
func TestSeq(t *testing.T) {
	var table *pane.Table
	rings := 0
	table = pane.New(pane.Options{Changed: func() { rings += 1 + 0*table.Rows() }}) // asks: no lock is held
	var s *pane.Store
	labelled := row("a")
	labelled.Labels = pane.MakeLabels(maps.All(map[string]string{"a": "b"}))
	for i, step := range []struct {
		do      func()
		changes bool
	}{
		{func() { s = table.Member("m", "m") }, true},
		{func() { table.Member("m", "m") }, false},
		{func() { table.Member("m", "n") }, true},
		{func() { s.SetColumns(columns("X")) }, true},
		{func() { s.SetColumns(columns("X")) }, false},
		{func() { s.Put(row("a")) }, true},
		{func() { s.Put(row("a")) }, false},
		{func() { s.Put(labelled) }, true},
		{func() { s.Begin("") }, false},
		{func() { s.Put(labelled) }, false},
		{func() { s.End() }, false},
		{func() { s.Delete("none") }, false},
		{func() { s.Delete("a") }, true},
		{func() { s.Drop() }, true},
		{func() { s.Drop() }, false},
		{func() { s.Put(row("a")) }, false},
	} {
		before, rung := table.Seq(), rings
		step.do()
		if changed := table.Seq() > before; changed != step.changes || (rings > rung) != step.changes {
			t.Errorf("step %d: changed %v, rang %v", i, changed, rings > rung)
		}
	}
}

// TestDrop removes a store, not whoever has its name since.
func TestDrop(t *testing.T) {
	table := pane.New(pane.Options{})
	first := table.Member("m", "m")
	first.Drop()
	table.Member("m", "m").Put(row("a"))
	first.Drop()
	first.Put(row("late"))
	if got := all(table); got != "a" {
		t.Errorf("there is %q", got)
	}
}
