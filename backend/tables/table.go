package tables

import (
	"cmp"
	"context"
	"slices"
	"sync/atomic"
	"time"

	"github.com/binnacle-dev/binnacle/backend/pane"
)

// Table is one kind over all members.
type Table struct {
	tables *Tables
	kind   Kind
	pane   *pane.Table
	ring   func()
	coming atomic.Int32 // lists

	// guarded by tables.mu
	seats map[string]*seat // by member
	used  time.Time
}

// Kind is what the table is of.
func (t *Table) Kind() Kind { return t.kind }

// Pane holds the rows.
func (t *Table) Pane() *pane.Table { return t.pane }

// arrives says that a list has begun to come; arrived, that all is done with it. After the last one nobody is kept waiting.
func (t *Table) arrives() (arrived func()) {
	t.coming.Add(1)
	return func() {
		if t.coming.Add(-1) == 0 {
			t.tables.bell.hurry(t.kind.Key)
		}
	}
}

// Members says how it stands with each member, in the order that they were set in.
func (t *Table) Members() []Status {
	t.tables.mu.Lock()
	defer t.tables.mu.Unlock()
	var all []Status
	for _, m := range t.tables.members {
		if s := t.seats[m.ID]; s != nil {
			all = append(all, s.status(m.ID))
		}
	}
	return all
}

// Refresh lists anew, also where the answer was no; of all members when none is named. The rows stay until then.
func (t *Table) Refresh(members ...string) {
	t.tables.mu.Lock()
	defer t.tables.mu.Unlock()
	if t.tables.tables[t.kind.Key] != t {
		return
	}
	for i := range t.tables.members {
		m := &t.tables.members[i]
		if s := t.seats[m.ID]; s != nil && s.fed() && (len(members) == 0 || slices.Contains(members, m.ID)) {
			if version, served, known := m.Serves(t.kind.Key); served && known {
				t.tables.feed(t, s, m, version)
			}
		}
	}
}

// tidy ends what nobody uses.
func (t *Tables) tidy(ctx context.Context) {
	for sleep(ctx, t.options.Timing.Idle/10) {
		t.mu.Lock()
		for _, table := range t.tables {
			if time.Since(table.used) >= t.options.Timing.Idle {
				t.end(table)
			}
		}
		t.trim()
		t.mu.Unlock()
	}
}

// inUse is how long ago a table was asked for at most that somebody looks at.
const inUse = 10 * time.Second

// trim ends tables when there are too many, or too many rows; those unused longest first, and none that somebody looks at. The caller
// holds mu.
func (t *Tables) trim() {
	oldest := make([]*Table, 0, len(t.tables))
	rows := 0
	for _, table := range t.tables {
		oldest = append(oldest, table)
		rows += table.pane.Rows()
	}
	slices.SortFunc(oldest, func(a, b *Table) int { return cmp.Compare(a.used.UnixNano(), b.used.UnixNano()) })
	for _, table := range oldest {
		if (len(t.tables) <= t.options.Limits.Kinds && rows <= t.options.Limits.AllRows) || time.Since(table.used) < inUse {
			return
		}
		rows -= table.pane.Rows()
		t.end(table)
	}
}
