package pane

import (
	"slices"
	"strconv"
	"time"
)

// layout is the columns of a table: the common ones, and those of its stores joined by title.
type layout struct {
	common []Column
	joined []joined
	status string // id of the status column, "" when there is none
}

// joined is the columns of one title.
type joined struct {
	Column
	kind kind
	at   []int // the column's place in each store, -1 is nowhere
}

// layout is asked by who holds the table.
func (t *Table) layout() layout {
	l := layout{common: []Column{{ID: ColumnMember, Title: "Member", Type: Text}}}
	if slices.ContainsFunc(t.stores, (*Store).namespaced) {
		l.common = append(l.common, Column{ID: ColumnNamespace, Title: "Namespace", Type: Text})
	}
	l.common = append(l.common, Column{ID: ColumnName, Title: "Name", Type: Text}, Column{ID: ColumnAge, Title: "Age", Type: Time})
	for _, title := range t.titles() {
		l.joined = append(l.joined, t.join(title))
	}
	best := 0
	for _, s := range t.stores {
		if i := s.vitals.status; i >= 0 && max(1, statusRank(s.columns[i].Definition)) > best {
			best, l.status = max(1, statusRank(s.columns[i].Definition)), columnPrefix+s.columns[i].Name
		}
	}
	dated := t.dated()
	l.common[len(l.common)-1].Dated = dated == ColumnAge
	for i := range l.joined {
		l.joined[i].Status = l.joined[i].ID == l.status
		l.joined[i].Dated = l.joined[i].ID == dated
	}
	return l
}

// titles are those of all members' columns: in the first member's order, and what it lacks after what precedes it elsewhere.
func (t *Table) titles() []string {
	const most = 128
	var titles []string
	for _, s := range t.stores {
		after := 0
		for _, c := range s.columns {
			i := slices.Index(titles, c.Name)
			if i < 0 && len(titles) < most {
				i = after
				titles = slices.Insert(titles, i, c.Name)
			}
			after = max(after, i+1)
		}
	}
	return titles
}

func (t *Table) join(title string) joined {
	j := joined{Column: Column{ID: columnPrefix + title, Title: title, Wide: true}, at: make([]int, len(t.stores))}
	var columns []*column
	for i, s := range t.stores {
		if j.at[i] = s.columnAt(j.ID); j.at[i] < 0 {
			continue
		}
		c := &s.columns[j.at[i]]
		columns = append(columns, c)
		j.Wide = j.Wide && c.Priority > 0
		if j.Description == "" {
			j.Description = c.Description
		}
	}
	j.kind = kindOf(columns)
	j.Type = j.kind.columnType()
	return j
}

// kindOf says how columns of one title are sorted together: as what all their cells are, but for the blank ones.
func kindOf(columns []*column) kind {
	moments, numbers, filled := 0, 0, 0
	var shaped [shapeCount]int
	for _, c := range columns {
		if c.moment {
			moments++
		}
		if c.Type == "integer" || c.Type == "number" {
			numbers++
		}
		filled += c.filled
		for i, n := range c.shaped {
			shaped[i] += n
		}
	}
	switch {
	case moments == len(columns):
		return byMoment
	case moments > 0:
		return byText
	case numbers == len(columns):
		return byNumber
	case filled == 0:
		return byText
	}
	for i, k := range [shapeCount]kind{byNumber, byFraction, byQuantity, byDuration} {
		if shaped[i] == filled {
			return k
		}
	}
	return byText
}

// sorting is by the column of an id.
func (l *layout) sorting(id string, desc bool) sorting {
	switch id {
	case ColumnMember:
		return sorting{kind: byMember, desc: desc}
	case ColumnNamespace:
		return sorting{column: id, kind: byText, desc: desc}
	case ColumnAge:
		return sorting{column: id, kind: byAge, desc: desc}
	}
	if i := slices.IndexFunc(l.joined, func(j joined) bool { return j.ID == id }); i >= 0 {
		return sorting{column: id, kind: l.joined[i].kind, desc: desc}
	}
	if desc {
		return sorting{column: ColumnName, kind: byText, desc: true}
	}
	return sorting{}
}

func (l *layout) columns() []Column {
	columns := slices.Clone(l.common)
	for _, j := range l.joined {
		columns = append(columns, j.Column)
	}
	return columns
}

// row is a store's row as it is shown; place is the store's among the members.
func (l *layout) row(s *Store, place int, x slot) Row {
	row := Row{
		Key: s.id + "/" + s.ids[x], Member: s.id, ID: s.ids[x], Namespace: s.text(s.namespaces[x]), Name: s.text(s.names[x]),
		Created: int64(s.created[x]) * 1000, Deleting: s.deleting.has(x),
		Tone:  tone(s.tones[x]).Tone(), //nolint:gosec // G115: there are few
		Cells: make([]string, len(l.joined)),
	}
	for i := range l.joined {
		j := &l.joined[i]
		row.Cells[i] = j.cell(s, j.at[place], x)
		if j.Status {
			row.Status = row.Cells[i]
		}
	}
	return row
}

func (j *joined) cell(s *Store, at int, x slot) string {
	if at < 0 {
		return ""
	}
	value := s.columns[at].values[x]
	switch {
	case !s.columns[at].moment:
		return s.text(value)
	case value == 0:
		return ""
	case j.kind == byMoment:
		return strconv.FormatInt(int64(value)*1000, 10)
	default: // it is text elsewhere
		return time.Unix(int64(value), 0).UTC().Format(time.RFC3339)
	}
}

// namespaced says whether a row has a namespace: all have, or none.
func (s *Store) namespaced() bool {
	for x := range s.alive.all() {
		return s.namespaces[x] != 0
	}
	return false
}

// Columns are the table's, the common ones first.
func (t *Table) Columns() []Column {
	defer t.hold()()
	l := t.layout()
	return l.columns()
}
