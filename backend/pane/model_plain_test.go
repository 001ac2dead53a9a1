package pane_test

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"

	"k8s.io/apimachinery/pkg/labels"

	"github.com/binnacle-dev/binnacle/backend/pane"
)

// plain is a row with all that it is sorted and filtered by.
type plain struct {
	*plainRow
	member *plainMember
	place  int
	tone   pane.Tone
}

func (p plain) passes(f pane.Filter, status string, columns map[string]pane.Column) bool {
	selector, err := labels.Parse(f.Labels)
	if err != nil {
		panic(err)
	}
	for word := range strings.FieldsSeq(strings.ToLower(f.Search)) {
		texts := []string{p.Namespace, p.Name, p.member.name}
		for _, d := range p.member.columns {
			if _, shown := columns["c:"+d.Name]; shown && !d.Time() && !d.Common() {
				texts = append(texts, p.cells[d.Name])
			}
		}
		if !slices.ContainsFunc(texts, func(s string) bool { return strings.Contains(strings.ToLower(s), word) }) {
			return false
		}
	}
	return (f.Members == nil || slices.Contains(f.Members, p.member.id)) &&
		(len(f.Namespaces) == 0 || slices.Contains(f.Namespaces, p.Namespace)) &&
		(len(f.Status) == 0 || slices.Contains(f.Status, p.cells[status])) &&
		(len(f.Tones) == 0 || slices.Contains(f.Tones, p.tone)) && selector.Matches(p.Labels) &&
		p.hasCells(f.Cells) && (f.Since == 0 || p.seen() != 0 && p.seen() >= f.Since)
}

// hasCells says whether of each column that is named the row has one of the texts.
func (p plain) hasCells(cells []string) bool {
	among := map[string]bool{}
	for _, cell := range cells {
		column, text, _ := strings.Cut(cell, "=")
		among[column] = among[column] || p.whole(column) == text
	}
	for _, has := range among {
		if !has {
			return false
		}
	}
	return true
}

// whole is the text of a column that isn't a time.
func (p plain) whole(column string) string {
	title, server := strings.CutPrefix(column, "c:")
	switch {
	case column == "name":
		return p.Name
	case column == "namespace":
		return p.Namespace
	case !server || p.isTime(title) || slices.ContainsFunc(p.member.columns, func(d pane.Definition) bool { return d.Name == title && d.Common() }):
		return ""
	}
	return p.cells[title]
}

// seen is when the row was last seen, or else made; 0 is unknown.
func (p plain) seen() int64 {
	if at, err := strconv.ParseInt(p.cells["Last Seen"], 10, 64); err == nil && p.isTime("Last Seen") {
		return at
	}
	return p.Created
}

func (p plain) shown(status string, columns []pane.Column) pane.Row {
	row := pane.Row{
		Key: p.member.id + "/" + p.ID, Member: p.member.id, ID: p.ID, Namespace: p.Namespace, Name: p.Name,
		Created: p.Created, Deleting: p.Deleting, Tone: p.tone, Status: p.cells[status],
	}
	for _, c := range columns {
		if title, server := strings.CutPrefix(c.ID, "c:"); server {
			row.Cells = append(row.Cells, p.text(title, c.Type))
		}
	}
	return row
}

// text is a cell as it is shown.
func (p plain) text(title string, as pane.Type) string {
	if !p.isTime(title) {
		return p.cells[title]
	}
	ms, err := strconv.Atoi(p.cells[title])
	switch {
	case err != nil:
		return ""
	case as == pane.Time:
		return p.cells[title]
	default:
		return fmt.Sprintf("1970-01-01T00:00:%02dZ", ms/1000)
	}
}

func (p plain) isTime(title string) bool {
	return slices.ContainsFunc(p.member.columns, func(d pane.Definition) bool { return d.Name == title && d.Time() })
}

// sortPlain sorts by the ties, and then stably by the column: the plainest way there is.
func sortPlain(list []plain, q pane.Query, columns map[string]pane.Column) {
	sort.SliceStable(list, func(i, j int) bool {
		a, b := list[i], list[j]
		return cmp.Or(pane.Natural(a.Name, b.Name), pane.Natural(a.Namespace, b.Namespace), cmp.Compare(a.place, b.place),
			cmp.Compare(a.ID, b.ID)) < 0
	})
	sort.SliceStable(list, func(i, j int) bool {
		c, blank := list[i].compare(list[j], q.Sort, columns)
		if q.Desc && !blank {
			c = -c
		}
		return c < 0
	})
}

// compare compares one column; blank says that one of the cells is, which no direction turns.
func (p plain) compare(o plain, column string, columns map[string]pane.Column) (c int, blank bool) {
	switch column {
	case "member":
		return cmp.Compare(p.place, o.place), false
	case "namespace":
		return pane.Natural(p.Namespace, o.Namespace), false
	case "age":
		return blankLast(-float64(p.Created), -float64(o.Created), p.Created == 0, o.Created == 0)
	}
	title, _ := strings.CutPrefix(column, "c:")
	col, known := columns[column]
	if !known || col.ID == "name" {
		return pane.Natural(p.Name, o.Name), p.Name == "" && false
	}
	a, b := p.text(title, col.Type), o.text(title, col.Type)
	if col.Type == pane.Text {
		if p.isTime(title) {
			a = ""
		}
		if o.isTime(title) {
			b = ""
		}
		isBlank := func(s string) bool { return s == "" || s == "<none>" }
		if isBlank(a) || isBlank(b) {
			return cmp.Compare(btoi(isBlank(a)), btoi(isBlank(b))), true
		}
		return pane.Natural(a, b), false
	}
	x, xOK := amount(a, col.Type)
	y, yOK := amount(b, col.Type)
	return blankLast(x, y, !xOK, !yOK)
}

func blankLast(x, y float64, xBlank, yBlank bool) (int, bool) {
	if xBlank || yBlank {
		return cmp.Compare(btoi(xBlank), btoi(yBlank)), true
	}
	return cmp.Compare(x, y), false
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// amount reads the cells that world makes.
func amount(cell string, as pane.Type) (float64, bool) {
	known := map[string]float64{
		"10Gi": 10 << 30, "900Mi": 900 << 20, "1Gi": 1 << 30, "250m": 0.25, "1": 1, // quantities
		"5s": 5, "3m": 180, "1h5m": 3900, "90s": 90, // durations
		"0/1": 0, "1/3": 1.0 / 3, "0/0": 1, "1/1": 1 + 1e-9, "3/3": 1 + 3e-9, // fractions: the share, then the whole
		"0": 0, "2": 2, "10": 10, "5 (3m ago)": 5, // numbers
	}
	if as == pane.Time {
		n, err := strconv.ParseFloat(cell, 64)
		return n, err == nil
	}
	n, ok := known[cell]
	return n, ok
}
