package console

import (
	"slices"
	"time"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/pane"
	"github.com/binnacle-dev/binnacle/backend/tables"
)

// maxWindow bounds what crosses to the page in one answer.
const maxWindow = 500

// Table is a window of the merged table of one kind. Asking opens the table; it stays live while it is asked for.
func (c *Console) Table(q bridge.TableQuery) (bridge.TableWindow, error) {
	open, err := c.viewing()
	if err != nil {
		return bridge.TableWindow{}, err
	}
	c.usedKind(q.Kind)
	seq := c.bells.at(bridge.EventTable, q.Kind)
	table := c.merged.tables.Open(c.merged.kinds.tableKind(q.Kind))
	w := table.Pane().Window(pane.Query{
		Filter: paneFilter(q.Filter, open.keeper.Document(), time.Now()), Sort: q.Sort, Desc: q.Desc,
		Offset: q.Offset, Limit: min(max(q.Limit, 0), maxWindow), Anchor: q.Anchor,
	})
	out := bridge.TableWindow{
		Seq: seq, Kind: q.Kind, Columns: make([]bridge.Column, 0, len(w.Columns)), Total: w.Total, Matched: w.Matched,
		Offset: w.Offset, Rows: make([]bridge.Row, 0, len(w.Rows)), Anchor: w.Anchor, Members: tableMembers(table), Problem: w.Problem,
	}
	for _, col := range w.Columns {
		out.Columns = append(out.Columns, bridge.Column{
			ID: col.ID, Title: col.Title, Type: bridge.ColumnType(col.Type), Description: col.Description, Wide: col.Wide, Status: col.Status, Dated: col.Dated,
		})
	}
	for _, r := range w.Rows {
		out.Rows = append(out.Rows, bridge.Row{
			Key: r.Key, Member: r.Member, Namespace: r.Namespace, Name: r.Name, Created: r.Created,
			Tone: bridge.Tone(r.Tone), Deleting: r.Deleting, Cells: list(r.Cells),
		})
	}
	return out, nil
}

func tableMembers(t *tables.Table) []bridge.TableMember {
	states := t.Members()
	out := make([]bridge.TableMember, 0, len(states))
	for _, s := range states {
		out = append(out, bridge.TableMember{
			ID: s.Member, State: bridge.TableState(s.State), Rows: s.Rows, Fresh: ms(s.Fresh), Why: s.Why, Hidden: list(s.Hidden),
		})
	}
	return out
}

// Facets are the values that a table's filter can have.
func (c *Console) Facets(q bridge.TableQuery) (bridge.Facets, error) {
	open, err := c.viewing()
	if err != nil {
		return bridge.Facets{}, err
	}
	seq := c.bells.at(bridge.EventTable, q.Kind)
	f := c.merged.tables.Open(c.merged.kinds.tableKind(q.Kind)).Pane().Facets(paneFilter(q.Filter, open.keeper.Document(), time.Now()))
	return bridge.Facets{Seq: seq, Members: facets(f.Members), Namespaces: facets(f.Namespaces), Status: facets(f.Status)}, nil
}

func facets(from []pane.Facet) []bridge.Facet {
	out := make([]bridge.Facet, 0, len(from))
	for _, f := range from {
		out = append(out, bridge.Facet{Value: f.Value, Rows: f.Rows, Tone: bridge.Tone(f.Tone)})
	}
	return out
}

// RefreshTable lists a kind's rows anew, also where the person was refused before.
func (c *Console) RefreshTable(kind string, members []string) error {
	if _, err := c.viewing(); err != nil {
		return err
	}
	for _, id := range members {
		c.fleet.Rediscover(id)
	}
	c.merged.tables.Open(c.merged.kinds.tableKind(kind)).Refresh(members...)
	return nil
}

// Search finds objects by name in all tables that are loaded; it asks no cluster.
func (c *Console) Search(r bridge.SearchRequest) (bridge.SearchResult, error) {
	if _, err := c.viewing(); err != nil {
		return bridge.SearchResult{}, err
	}
	const most = 100
	limit := min(max(r.Limit, 1), most)
	out := bridge.SearchResult{Hits: []bridge.SearchHit{}, Kinds: []string{}}
	type hit struct {
		pane.Hit
		kind tables.Kind
	}
	var hits []hit
	for _, table := range c.merged.tables.Loaded() {
		kind := table.Kind()
		out.Kinds = append(out.Kinds, kind.Key)
		found, more := table.Pane().Find(r.Text, limit)
		out.More = out.More || more
		for _, h := range found {
			hits = append(hits, hit{h, kind})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int {
		if a.Rank != b.Rank {
			return a.Rank - b.Rank
		}
		return pane.Natural(a.Name, b.Name)
	})
	out.More = out.More || len(hits) > limit
	for _, h := range hits[:min(limit, len(hits))] {
		title := h.kind.Resource
		if e, ok := c.merged.kinds.of(h.kind.Key); ok {
			title = e.Kind
		}
		out.Hits = append(out.Hits, bridge.SearchHit{
			Ref:    bridge.ObjectRef{Member: h.Member, Kind: h.kind.Key, Namespace: h.Namespace, Name: h.Name},
			Kind:   title,
			Status: h.Status, Tone: bridge.Tone(h.Tone),
		})
	}
	return out, nil
}
