package podlogs

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// model is a store as plain as can be: a list that is sorted and scanned whole each time.
type model struct {
	lines []entry
}

func (m *model) insert(e entry) {
	m.lines = append(m.lines, e)
	slices.SortFunc(m.lines, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.source.order, b.source.order), cmp.Compare(a.no, b.no))
	})
}

func (m *model) matched(q Query, dropped int) []int64 {
	all := []int64{}
	for _, e := range m.lines[dropped:] {
		if (q.Source == "" || e.source.key == q.Source) &&
			(len(q.Levels) == 0 || slices.Contains(q.Levels, e.level)) &&
			strings.Contains(strings.ToLower(e.text), strings.ToLower(q.Search)) {
			all = append(all, e.no)
		}
	}
	return all
}

// TestStoreAgainstModel inserts lines of several sources, mostly near the end and some far back, and compares every window
// with the model's. What the store drops must be the oldest.
func TestStoreAgainstModel(t *testing.T) {
	queries := []Query{
		{}, {Search: "ERR"}, {Search: "grüß"}, {Levels: []Level{Warning, Error}}, {Source: "s1"}, {Search: "7", Source: "s2", Levels: []Level{Unknown}},
	}
	for seed := range uint64(20) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 1))
			sources := []*source{{key: "s0", order: 0}, {key: "s1", order: 1}, {key: "s2", order: 2}}
			s, m := store{maxLines: 1500, maxBytes: 1 << 30}, model{}
			if seed%3 == 0 {
				s.maxLines, s.maxBytes = 1<<30, 120_000
			}
			now := int64(1000)
			for no := int64(1); no <= 3000; no++ {
				now += random.Int64N(3)
				e := entry{
					at: now - random.Int64N(20), no: no, source: sources[random.IntN(3)],
					text: []string{"error", "Grüße", "seven 7"}[random.IntN(3)] + fmt.Sprint(no), level: []Level{Unknown, Warning, Error}[random.IntN(3)],
				}
				if random.IntN(50) == 0 {
					e.at = random.Int64N(now) // from a member that was slow
				}
				s.insert(e)
				m.insert(e)
				if random.IntN(60) == 0 {
					compareWindow(t, &s, &m, queries[random.IntN(len(queries))], random)
				}
			}
			if s.lines+s.dropped != 3000 {
				t.Errorf("%d lines and %d dropped, want 3000 in all", s.lines, s.dropped)
			}
			if s.lines > s.maxLines || s.bytes > s.maxBytes || s.lines < 900 {
				t.Errorf("%d lines of %d bytes are kept", s.lines, s.bytes)
			}
		})
	}
}

// compareWindow forgets in the model what the store dropped: blocks of the oldest. A late line can be older than all that
// was dropped, so it is by what is left that the two are compared.
func compareWindow(t *testing.T, s *store, m *model, q Query, random *rand.Rand) {
	t.Helper()
	kept := map[int64]bool{}
	for _, b := range s.blocks {
		for _, e := range b.lines {
			kept[e.no] = true
		}
	}
	m.lines = slices.DeleteFunc(m.lines, func(e entry) bool { return !kept[e.no] })
	want := m.matched(q, 0)
	if n := s.match(q.filter()); n != len(want) {
		t.Fatalf("%+v matches %d lines, want %d", q, n, len(want))
	}
	from := random.IntN(len(want) + 1)
	limit := random.IntN(300)
	got := []int64{}
	s.window(from, limit, func(e *entry) { got = append(got, e.no) })
	if diff := gocmp.Diff(want[from:min(from+limit, len(want))], got); diff != "" {
		t.Fatalf("window %d+%d of %+v (-want +got):\n%s", from, limit, q, diff)
	}
}

// The store must drop the oldest lines only.
func TestStoreDropsTheOldest(t *testing.T) {
	s, one := store{maxLines: 1000, maxBytes: 1 << 30}, &source{key: "s"}
	for no := range int64(5000) {
		s.insert(entry{at: no, no: no, source: one})
	}
	next := int64(s.dropped)
	s.match(filter{})
	s.window(0, 1<<30, func(e *entry) {
		if e.no != next {
			t.Fatalf("line %d where %d should be", e.no, next)
		}
		next++
	})
	if next != 5000 {
		t.Errorf("the last line is %d", next-1)
	}
}

func full(lines int) *store {
	s, one := &store{maxLines: lines, maxBytes: 1 << 40}, &source{key: "s"}
	for no := range int64(lines) {
		s.insert(entry{at: no, no: no, source: one, level: Info, text: fmt.Sprintf(`{"level":"info","msg":"request served","path":"/api/v1/items/%d","took":%d}`, no, no%97)})
	}
	return s
}

// BenchmarkFollow is a filtered log of 100,000 lines to which one line comes between two windows.
func BenchmarkFollow(b *testing.B) {
	s, one, no := full(100_000), &source{key: "s"}, int64(100_000)
	q := Query{Search: "items/99"}.filter()
	b.ReportAllocs()
	for b.Loop() {
		no++
		s.insert(entry{at: no, no: no, source: one, text: "GET /items/99 200"})
		s.window(s.match(q)-100, 100, func(*entry) {})
	}
}

// BenchmarkSearch is a new search in a log of 100,000 lines.
func BenchmarkSearch(b *testing.B) {
	s := full(100_000)
	for i := 0; b.Loop(); i++ {
		s.match(Query{Search: fmt.Sprint("items/", i%10)}.filter())
	}
}
