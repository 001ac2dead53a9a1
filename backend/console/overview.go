package console

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/fleet"
	"github.com/binnacle-dev/binnacle/backend/pane"
	"github.com/binnacle-dev/binnacle/backend/view"
)

// The kinds that the overview counts.
const (
	kindNodes  = "nodes"
	kindPods   = "pods"
	kindEvents = "events"
)

const (
	endsSoon     = 30 * 24 * time.Hour
	warningsFor  = time.Hour
	maxNotReady  = 8
	maxWarnings  = 20
	warningsPage = 500
	maxPages     = 40 // of events that are looked through
)

func workloads() []string {
	return []string{"deployments.apps", "statefulsets.apps", "daemonsets.apps"}
}

// Overview is the fleet at a glance. Asking keeps the tables open that it counts.
func (c *Console) Overview() (bridge.Overview, error) {
	open, err := c.viewing()
	if err != nil {
		return bridge.Overview{}, err
	}
	out := bridge.Overview{Workloads: []bridge.Count{}, NotReady: []bridge.OverviewRow{}, Parts: []bridge.Part{}}
	out.Nodes = c.countStatus(&out, kindNodes)
	out.Pods = c.countStatus(&out, kindPods)
	for _, kind := range workloads() {
		c.countReady(&out, kind)
	}
	c.countWarnings(&out, time.Now())
	document, statuses := open.keeper.Document(), c.fleet.Statuses()
	out.Versions = versionsInUse(document, statuses)
	out.Certificates = endings(document, statuses, time.Now())
	out.Seq += c.bells.at(bridge.EventFleet, "")
	return out, nil
}

// counted opens the table of a kind, and notes how complete its numbers are. Seq sums those of all that is counted: it
// rises when any of them does.
func (c *Console) counted(out *bridge.Overview, kind string) *pane.Table {
	out.Seq += c.bells.at(bridge.EventTable, kind)
	table := c.merged.tables.Open(c.merged.kinds.tableKind(kind))
	out.Parts = append(out.Parts, bridge.Part{Kind: kind, Members: tableMembers(table)})
	return table.Pane()
}

// countStatus counts the rows of a kind by their status.
func (c *Console) countStatus(out *bridge.Overview, kind string) []bridge.Count {
	counts := []bridge.Count{}
	for _, f := range c.counted(out, kind).Counts(pane.Filter{}).Status {
		filter := anyRow()
		filter.Status = []string{f.Value}
		counts = append(counts, bridge.Count{
			Label: f.Value, Tone: bridge.Tone(f.Tone), Rows: f.Rows, Query: bridge.TableQuery{Kind: kind, Filter: filter},
		})
	}
	return counts
}

// countReady counts a kind of workload as ready and not, and names the first that aren't.
func (c *Console) countReady(out *bridge.Overview, kind string) {
	table := c.counted(out, kind)
	title := kind
	if e, ok := c.merged.kinds.of(kind); ok {
		title = e.Kind
	}
	tones := table.Counts(pane.Filter{}).Tones
	wanting := []pane.Tone{pane.ToneBad, pane.ToneWarning, pane.ToneBusy}
	ready, not := anyRow(), anyRow()
	ready.Tones = []bridge.Tone{bridge.ToneGood, bridge.ToneNone}
	not.Tones = []bridge.Tone{bridge.ToneBad, bridge.ToneWarning, bridge.ToneBusy}
	unready := tones[pane.ToneBad] + tones[pane.ToneWarning] + tones[pane.ToneBusy]
	out.Workloads = append(out.Workloads,
		bridge.Count{Label: title, Tone: bridge.ToneGood, Rows: tones[pane.ToneGood] + tones[pane.ToneNone], Query: bridge.TableQuery{Kind: kind, Filter: ready}},
		bridge.Count{Label: title, Tone: bridge.ToneWarning, Rows: unready, Query: bridge.TableQuery{Kind: kind, Filter: not}},
	)
	if unready == 0 {
		return
	}
	w := table.Window(pane.Query{Filter: pane.Filter{Tones: wanting}, Limit: maxNotReady})
	for _, r := range w.Rows {
		out.NotReady = append(out.NotReady, bridge.OverviewRow{
			Ref:  bridge.ObjectRef{Member: r.Member, Kind: kind, Namespace: r.Namespace, Name: r.Name},
			Kind: title, Status: r.Status, Tone: bridge.Tone(r.Tone),
		})
	}
}

// countWarnings counts the warnings of the last hour by their reason: by the very filters that show them.
func (c *Console) countWarnings(out *bridge.Overview, now time.Time) {
	filter := anyRow()
	filter.Status, filter.Within = []string{"Warning"}, int(warningsFor.Seconds())
	table, wanted := c.counted(out, kindEvents), paneFilter(filter, view.Document{}, now)
	out.WarningRows = table.Counts(wanted).Matched
	byReason := map[string]*bridge.Warning{}
	for _, reason := range table.Tally(wanted, columnReason, maxWarnings) {
		only := filter
		only.Cells = []string{columnReason + "=" + reason.Value}
		byReason[reason.Value] = &bridge.Warning{
			Reason: reason.Value, Rows: reason.Rows, Members: []string{},
			Query: bridge.TableQuery{Kind: kindEvents, Filter: only, Sort: columnLastSeen, Desc: true},
		}
	}
	eachEvent(table, wanted, func(e event) {
		w := byReason[e.reason]
		if w == nil {
			return
		}
		if w.Last == 0 {
			w.Last, w.Message = e.last, e.message // the newest comes first
		}
		if !slices.Contains(w.Members, e.member) {
			w.Members = append(w.Members, e.member)
		}
	})
	out.Warnings = make([]bridge.Warning, 0, len(byReason))
	for _, w := range byReason {
		out.Warnings = append(out.Warnings, *w)
	}
	slices.SortFunc(out.Warnings, func(a, b bridge.Warning) int {
		return cmp.Or(b.Rows-a.Rows, cmp.Compare(a.Reason, b.Reason))
	})
}

// The columns of events that are read here.
const (
	columnLastSeen = "c:Last Seen"
	columnReason   = "c:Reason"
	columnMessage  = "c:Message"
)

type event struct {
	member, reason, message string
	last                    int64
}

// eachEvent gives the newest events that pass a filter, the newest first; those without a moment are as old as their making.
func eachEvent(table *pane.Table, filter pane.Filter, f func(event)) {
	for page := range maxPages {
		w := table.Window(pane.Query{Filter: filter, Sort: columnLastSeen, Desc: true, Offset: page * warningsPage, Limit: warningsPage})
		cell := cellsOf(w.Columns)
		for _, r := range w.Rows {
			last, err := strconv.ParseInt(cell(r, columnLastSeen), 10, 64)
			if err != nil {
				last = r.Created
			}
			f(event{r.Member, cell(r, columnReason), cell(r, columnMessage), last})
		}
		if w.Offset+len(w.Rows) >= w.Matched {
			return
		}
	}
}

// cellsOf reads a row's cell by its column's id; "" when there is no such column.
func cellsOf(columns []pane.Column) func(r pane.Row, id string) string {
	return func(r pane.Row, id string) string {
		common := len(columns) - len(r.Cells)
		at := slices.IndexFunc(columns, func(c pane.Column) bool { return c.ID == id })
		if at < common {
			return ""
		}
		return r.Cells[at-common]
	}
}

// versionsInUse are Kubernetes' versions with their members, the newest first.
func versionsInUse(d view.Document, statuses map[string]fleet.Status) []bridge.Version {
	members := map[string][]string{}
	for _, id := range d.Ordered() {
		if v := statuses[id].Facts.Version; v != "" {
			members[v] = append(members[v], id)
		}
	}
	out := make([]bridge.Version, 0, len(members))
	for v, ids := range members {
		out = append(out, bridge.Version{Version: v, Members: ids})
	}
	slices.SortFunc(out, func(a, b bridge.Version) int { return pane.Natural(b.Version, a.Version) })
	return out
}

// endings are the certificates and tokens that end soon, or have ended.
func endings(d view.Document, statuses map[string]fleet.Status, now time.Time) []bridge.Expiry {
	out := []bridge.Expiry{}
	for _, id := range d.Ordered() {
		facts := statuses[id].Facts
		for what, end := range map[string]time.Time{"Your credential": facts.CredentialExpires, "The server's certificate": facts.ServerCertExpires} {
			if !end.IsZero() && end.Before(now.Add(endsSoon)) {
				out = append(out, bridge.Expiry{Member: id, What: what, At: ms(end)})
			}
		}
	}
	slices.SortFunc(out, func(a, b bridge.Expiry) int {
		return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Member, b.Member), cmp.Compare(a.What, b.What))
	})
	return out
}

// anyRow is a filter that filters nothing.
func anyRow() bridge.Filter { return filterRow(view.Filter{}) }
