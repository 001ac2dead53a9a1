package pane_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/binnacle-dev/binnacle/backend/pane"
)

// podColumns are what a server says of pods, with two more so that there are ten that are kept.
func podColumns() []pane.Definition {
	var defs []pane.Definition
	for _, name := range []string{
		"Name", "Ready", "Status", "Restarts", "Age", "IP", "Node", "Nominated Node", "Readiness Gates", "CPU", "Memory", "Image",
	} {
		defs = append(defs, pane.Definition{Name: name, Type: "string"})
	}
	return defs
}

// pods makes pods as clusters have them: ReplicaSets of a few to some dozens over tens of namespaces and a hundred nodes, names
// with two hashes, eight labels that a ReplicaSet's pods share, an IP each, nearly all well.
func pods(member, count int) []pane.Record {
	rnd := rand.New(rand.NewPCG(uint64(member), 7))
	hash := func(n int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = "bcdfghjklmnpqrstvwxz2456789"[rnd.IntN(27)]
		}
		return string(b)
	}
	apps := []string{"frontend", "checkout", "payments-worker", "search-indexer", "cart", "recommendation-api", "mailer", "ledger"}
	list := make([]pane.Record, 0, count)
	for len(list) < count {
		app, namespace := apps[rnd.IntN(len(apps))], fmt.Sprintf("team-%d", rnd.IntN(40))
		set := fmt.Sprintf("%s-%s", app, hash(10))
		labels := pane.MakeLabels(maps.All(map[string]string{
			"app": app, "app.kubernetes.io/name": app, "app.kubernetes.io/instance": app + "-" + namespace,
			"app.kubernetes.io/version": fmt.Sprintf("1.%d.%d", rnd.IntN(40), rnd.IntN(10)), "app.kubernetes.io/managed-by": "Helm",
			"helm.sh/chart": app + "-4.2.1", "pod-template-hash": set[len(set)-10:], "team": namespace,
		}))
		image := fmt.Sprintf("registry.example.com/%s/%s:1.%d.%d", namespace, app, rnd.IntN(40), rnd.IntN(10))
		for range min(1+rnd.IntN(20), count-len(list)) {
			status, ready := "Running", "1/1"
			switch n := rnd.IntN(100); {
			case n < 3:
				status, ready = "CrashLoopBackOff", "0/1"
			case n < 5:
				status, ready = "Pending", "0/1"
			case n < 10:
				status, ready = "Completed", "0/1"
			}
			restarts := "0"
			if rnd.IntN(10) == 0 {
				restarts = fmt.Sprintf("%d (%dm ago)", 1+rnd.IntN(9), rnd.IntN(60))
			}
			list = append(list, pane.Record{
				ID:        fmt.Sprintf("%08x-%04x-4%03x-a%03x-%012x", rnd.Uint32(), rnd.IntN(1<<16), rnd.IntN(1<<12), rnd.IntN(1<<12), rnd.Int64N(1<<48)),
				Namespace: namespace, Name: set + "-" + hash(5), Created: 1_760_000_000_000 + rnd.Int64N(30*86_400)*1000, Labels: labels,
				Cells: []string{
					"", ready, status, restarts, "", fmt.Sprintf("10.%d.%d.%d", 128+member, rnd.IntN(256), rnd.IntN(256)),
					fmt.Sprintf("ip-10-0-%d-%d.eu-west-1.compute.internal", member, rnd.IntN(100)), "<none>", "<none>",
					fmt.Sprintf("%dm", rnd.IntN(500)), fmt.Sprintf("%dMi", rnd.IntN(2000)), image,
				},
			})
		}
	}
	return list
}

// table has rows over 20 members.
func fullTable(rows int) (*pane.Table, []*pane.Store, [][]pane.Record) {
	const members = 20
	table := pane.New(pane.Options{})
	var stores []*pane.Store
	var records [][]pane.Record
	for m := range members {
		s := table.Member(fmt.Sprintf("member-%02d", m), fmt.Sprintf("cluster %d", m))
		list := pods(m, rows/members)
		s.SetColumns(podColumns())
		s.Begin("")
		for page := range slices.Chunk(list, 500) {
			s.Put(page...)
		}
		s.End()
		stores, records = append(stores, s), append(records, list)
	}
	return table, stores, records
}

func sizes() []int { return []int{1_000, 10_000, 100_000, 300_000} }

// windowCases are questions of which none can use what the one before has worked out, but for the scroll.
func windowCases() map[string]func(i int) pane.Query {
	sorts := []string{"c:IP", "c:Node", "c:Status", "c:Memory", "age", "namespace", "c:Restarts", "c:Image"}
	word := func(i int) string {
		const letters = "bcdfghjkl"
		return string([]byte{letters[i%9], letters[i/9%9], letters[i/81%9]})
	}
	return map[string]func(i int) pane.Query{
		"scroll": func(i int) pane.Query { return pane.Query{Offset: i * 7919 % 1_000_000} },
		"sort":   func(i int) pane.Query { return pane.Query{Sort: sorts[i%8], Desc: i/8%2 == 0, Offset: i * 7919 % 1000} },
		"sort by IP": func(i int) pane.Query {
			return pane.Query{Sort: []string{"c:IP", "c:Memory", "c:Node", "age"}[i%4], Desc: i/4%2 == 0}
		},
		"search": func(i int) pane.Query { return pane.Query{Filter: pane.Filter{Search: word(i)}} },
		"search all": func(i int) pane.Query {
			return pane.Query{Filter: pane.Filter{Search: strings.Repeat("1", 1) + word(i)[:1]}}
		},
		"labels": func(i int) pane.Query {
			return pane.Query{Filter: pane.Filter{Labels: fmt.Sprintf("team=team-%d,app!=x%d", i%40, i)}}
		},
		"namespaces": func(i int) pane.Query {
			return pane.Query{Filter: pane.Filter{Namespaces: []string{fmt.Sprintf("team-%d", i%40), fmt.Sprint(i)}}}
		},
		"filter and sort": func(i int) pane.Query {
			return pane.Query{Sort: sorts[i%8], Desc: i/8%2 == 0, Filter: pane.Filter{Search: word(i), Status: []string{"Running", fmt.Sprint(i)}}}
		},
	}
}

// BenchmarkWindow tells, beside the mean, the median and the 99th percentile of a window.
func BenchmarkWindow(b *testing.B) {
	for _, rows := range sizes() {
		table, _, _ := fullTable(rows)
		for _, name := range slices.Sorted(maps.Keys(windowCases())) {
			ask := windowCases()[name]
			b.Run(fmt.Sprintf("%s/rows=%d", name, rows), func(b *testing.B) {
				var took []time.Duration
				i := 0
				for b.Loop() {
					q := ask(i)
					q.Limit, q.Offset = 100, min(q.Offset, q.Offset%max(1, rows))
					began := time.Now()
					table.Window(q)
					took = append(took, time.Since(began))
					i++
				}
				slices.Sort(took)
				b.ReportMetric(took[len(took)/2].Seconds()*1000, "p50-ms")
				b.ReportMetric(took[len(took)*99/100].Seconds()*1000, "p99-ms")
			})
		}
	}
}

// BenchmarkFacets counts every field under a filter that is new.
func BenchmarkFacets(b *testing.B) {
	table, _, _ := fullTable(100_000)
	i := 0
	for b.Loop() {
		table.Facets(pane.Filter{Namespaces: []string{fmt.Sprintf("team-%d", i%40)}, Status: []string{"Running"}})
		i++
	}
}

// BenchmarkFind finds names as they are typed.
func BenchmarkFind(b *testing.B) {
	table, _, _ := fullTable(100_000)
	i := 0
	for b.Loop() {
		table.Find("checkout"[:1+i%8], 100)
		i++
	}
}

// BenchmarkIntake lists rows into an empty table.
func BenchmarkIntake(b *testing.B) {
	list := pods(1, 5000)
	for b.Loop() {
		s := pane.New(pane.Options{}).Member("m", "m")
		s.SetColumns(podColumns())
		s.Begin("")
		for page := range slices.Chunk(list, 500) {
			s.Put(page...)
		}
		s.End()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/5000, "ns/row")
}

// BenchmarkChange makes changes over all members, with a window of a sorted and filtered table after each hundred: as with 1,000
// changes and 10 windows a second.
func BenchmarkChange(b *testing.B) {
	for _, rows := range sizes() {
		b.Run(fmt.Sprintf("rows=%d", rows), func(b *testing.B) {
			table, stores, records := fullTable(rows)
			q := pane.Query{Sort: "c:Restarts", Desc: true, Limit: 100, Filter: pane.Filter{Search: "ch", Tones: []pane.Tone{pane.ToneGood}}}
			table.Window(q)
			rnd := rand.New(rand.NewPCG(1, 2))
			i := 0
			var windows time.Duration
			for b.Loop() {
				m := i % len(stores)
				r := records[m][rnd.IntN(len(records[m]))]
				r.Cells = slices.Clone(r.Cells)
				r.Cells[3] = fmt.Sprintf("%d (1s ago)", i)
				stores[m].Put(r)
				if i++; i%100 == 0 {
					began := time.Now()
					table.Window(q)
					windows += time.Since(began)
				}
			}
			b.ReportMetric(windows.Seconds()*1000/float64(max(1, i/100)), "ms/window")
		})
	}
}

// TestRowBytes keeps a row with eight labels and ten cells, and all that questions leave behind, within its bytes.
func TestRowBytes(t *testing.T) {
	const rows, most = 100_000, 700
	before := heap()
	table, _, _ := fullTable(rows) // the records go
	for i := range 20 {
		for _, ask := range windowCases() {
			q := ask(i)
			q.Limit = 100
			table.Window(q)
		}
	}
	each := float64(heap()-before) / rows
	t.Logf("%.0f bytes a row", each)
	if each > most {
		t.Errorf("a row takes %.0f bytes, more than %d", each, most)
	}
	runtime.KeepAlive(table)
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
