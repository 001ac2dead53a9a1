package pane

import (
	"slices"
	"strings"
)

// slot is a row's place in every slice of its store. Slots of rows that went are used again.
type slot = uint32

// rows are the rows of one store, a slice for each thing that is known of them.
type rows struct {
	slots index // by ID
	free  []slot
	live  int

	alive, deleting bitset
	ids             []string
	names           []uint32 // in words
	namespaces      []uint32 // in words
	labels          []uint32 // in sets
	tones           []uint32
	created         []uint32 // seconds since 1970, 0 is unknown
	marks           []uint32 // the list that last had the row: see Store.Begin
	columns         []column
	vitals          vitals

	words, sets lexicon
	latest      slot // that was set last: rows that come together are often alike
}

// column is what one of the server's columns holds.
type column struct {
	Definition
	from   int             // its place among all that the server defines
	moment bool            // values are seconds since 1970, else they are in words
	values []uint32        // by slot
	filled int             // cells that aren't blank
	shaped [shapeCount]int // and of these, by how they can be read
}

func newRows() rows {
	return rows{slots: newIndex(), vitals: vitalsOf(nil), words: newLexicon(), sets: newLexicon()}
}

func (r *rows) id(x slot) string { return r.ids[x] }

// lookup is the row of an ID.
func (r *rows) lookup(id string) (slot, bool) { return r.slots.find(r.slots.hash(id), id, r.id) }

// add makes room for a row. It keeps a copy of the ID, as of all texts.
func (r *rows) add(id string) slot {
	id = strings.Clone(id)
	var x slot
	if n := len(r.free) - 1; n >= 0 {
		x, r.free = r.free[n], r.free[:n]
		r.ids[x] = id
	} else {
		x = slot(len(r.ids)) //nolint:gosec // G115: there is no memory for so many
		r.ids = append(r.ids, id)
		for _, values := range []*[]uint32{&r.names, &r.namespaces, &r.labels, &r.tones, &r.created, &r.marks} {
			*values = append(*values, 0)
		}
		for i := range r.columns {
			r.columns[i].values = append(r.columns[i].values, 0)
		}
		r.alive, r.deleting = r.alive.grown(len(r.ids)), r.deleting.grown(len(r.ids))
	}
	r.slots.add(r.slots.hash(id), x)
	r.alive.add(x)
	r.live++
	return x
}

// remove leaves nothing of a row.
func (r *rows) remove(x slot) {
	r.set(x, &Record{})
	r.slots.remove(r.slots.hash(r.ids[x]), x)
	r.ids[x] = ""
	r.alive.remove(x)
	r.free = append(r.free, x)
	r.live--
}

// set writes a row and says whether it is another one now.
func (r *rows) set(x slot, record *Record) bool {
	changed := r.words.swap(&r.names[x], record.Name, r.names[r.latest])
	changed = r.words.swap(&r.namespaces[x], record.Namespace, r.namespaces[r.latest]) || changed
	changed = r.sets.swap(&r.labels[x], string(record.Labels), r.labels[r.latest]) || changed
	if made := moment(record.Created); made != r.created[x] {
		r.created[x], changed = made, true
	}
	if record.Deleting != r.deleting.has(x) {
		r.deleting.put(x, record.Deleting)
		changed = true
	}
	for i := range r.columns {
		c, cell := &r.columns[i], ""
		if c.from < len(record.Cells) {
			cell = record.Cells[c.from]
		}
		changed = c.set(&r.words, x, cell, c.values[r.latest]) || changed
	}
	r.latest = x
	if changed {
		r.tones[x] = uint32(r.tone(x))
	}
	return changed
}

func (c *column) set(words *lexicon, x slot, cell string, guess uint32) bool {
	if c.moment {
		t := momentCell(cell)
		changed := t != c.values[x]
		c.values[x] = t
		return changed
	}
	old := words.words[c.values[x]].shapes
	if !words.swap(&c.values[x], cell, guess) {
		return false
	}
	c.count(old, -1)
	c.count(words.words[c.values[x]].shapes, 1)
	return true
}

func (c *column) count(s shapes, by int) {
	if s&blankShape == 0 {
		c.filled += by
	}
	for i := range c.shaped {
		if s&(1<<i) != 0 {
			c.shaped[i] += by
		}
	}
}

// define puts these columns in the place of those that were. Cells of the same title stay.
func (r *rows) define(defs []Definition) {
	old := r.columns
	r.columns = nil
	var own []Definition
	for _, from := range kept(defs) {
		d := defs[from]
		c := column{Definition: d, from: from, moment: d.Time()}
		if i := slices.IndexFunc(old, func(o column) bool { return o.Name == d.Name && o.moment == c.moment }); i >= 0 {
			c.values, c.filled, c.shaped = old[i].values, old[i].filled, old[i].shaped
			old = slices.Delete(old, i, i+1)
		} else {
			c.values = make([]uint32, len(r.ids))
		}
		r.columns, own = append(r.columns, c), append(own, d)
	}
	for _, c := range old {
		for _, n := range c.values {
			if !c.moment {
				r.words.release(n)
			}
		}
	}
	r.vitals = vitalsOf(own)
	for x := range r.alive.all() {
		r.tones[x] = uint32(r.tone(x))
	}
}

func (r *rows) text(n uint32) string { return r.words.words[n].text }

// cell is the text of a cell that is no moment, "" when there is no such column.
func (r *rows) cell(place int, x slot) string {
	if place < 0 || r.columns[place].moment {
		return ""
	}
	return r.text(r.columns[place].values[x])
}

// tone judges a row by its status, and by what stands beside it.
func (r *rows) tone(x slot) tone {
	t := none
	if v := r.vitals; v.status >= 0 {
		t = r.statusTone(x)
		if part, whole, ok := fraction(r.cell(v.ready, x)); ok && part < whole && r.cell(v.status, x) == "Running" {
			t = max(t, warning)
		}
		if r.cell(v.degraded, x) == "True" {
			t = bad
		}
	}
	if r.deleting.has(x) {
		t = max(t, busy)
	}
	return t
}

func (r *rows) statusTone(x slot) tone {
	c := &r.columns[r.vitals.status]
	w := &r.words.words[c.values[x]]
	share := w.text
	if desired := r.cell(r.vitals.desired, x); desired != "" && w.shapes&numberShape != 0 {
		share += "/" + desired
	}
	if part, whole, ok := fraction(share); ok {
		return shareTone(part, whole, takesTime(c.Name))
	}
	if w.tone == unjudged {
		w.tone = toneOf(w.text)
	}
	return w.tone
}

// takesTime says of a status column of fractions that none yet is no fault: a job's.
func takesTime(title string) bool { return strings.EqualFold(title, "completions") }
