package view_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/view"
)

func TestBetween(t *testing.T) {
	cases := map[string]struct{ a, b, want string }{
		"the first":              {"", "", "V000"},
		"at the end":             {"V000", "", "V001"},
		"carry":                  {"V00z", "", "V010"},
		"at the start":           {"", "V000", "Uzzz"},
		"in a gap":               {"V000", "V010", "V00V"},
		"no gap":                 {"V000", "V001", "V000V"},
		"fractions":              {"V000V", "V001", "V000k"},
		"in one whole":           {"V000V", "V000W", "V000VV"},
		"before a fraction":      {"V000", "V000V", "V000F"},
		"before a tiny fraction": {"V000", "V0001", "V0000V"},
		"the very end":           {"zzzz", "", "zzzzV"},
		"behind the very end":    {"zzzzz", "", "zzzzzV"},
		"the very start":         {"", "0001", "0000V"},
		"before the very start":  {"", "00001", "00000V"},
		"someone else's keys":    {"a", "b", "aV00"},
		"shorter and longer":     {"a", "a0001", "a0000V"},
		"the same":               {"V000", "V000", ""},
		"the wrong way round":    {"V001", "V000", ""},
		"wrong, in fractions":    {"V000W", "V000V", ""},
		"only zeros between":     {"a", "a0", ""},
		"zeros behind":           {"V000", "V00000", ""},
		"zeros behind the next":  {"V", "V00010", "V0000V"},
		"zeros behind the last":  {"V0000", "V00001", "V00000V"},
		"before all":             {"", "0000", ""},
		"not a key":              {"a b", "", ""},
		"not a key either":       {"", "\xff", ""},
		"without end":            {"", strings.Repeat("a", 129), ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got := view.Between(c.a, c.b)
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if got != "" && (got <= c.a || c.b != "" && got >= c.b) {
				t.Errorf("%q is not between %q and %q", got, c.a, c.b)
			}
		})
	}
}

func FuzzBetween(f *testing.F) {
	f.Add("V000", "V001")
	f.Add("", "a0V")
	f.Add("V", "V00010")
	f.Fuzz(func(t *testing.T, a, b string) {
		got := view.Between(a, b)
		if got == "" {
			return
		}
		if got <= a || b != "" && got >= b {
			t.Fatalf("%q is not between %q and %q", got, a, b)
		}
		if len(got) < 120 && (view.Between(a, got) == "" || view.Between(got, b) == "") {
			t.Fatalf("no room beside %q, between %q and %q", got, a, b)
		}
	})
}

// Any sequence of moves gives the order that a list would have, and keys stay short.
func TestMoves(t *testing.T) {
	moves := map[string]func(r *rand.Rand, ids []string) (id, before string){
		"anywhere":         func(r *rand.Rand, ids []string) (string, string) { return ids[r.IntN(8)], ids[r.IntN(8)] },
		"to the end":       func(_ *rand.Rand, ids []string) (string, string) { return ids[0], "" },
		"to the start":     func(_ *rand.Rand, ids []string) (string, string) { return ids[7], ids[0] },
		"the same gap":     func(_ *rand.Rand, ids []string) (string, string) { return ids[7], ids[1] },
		"towards the left": func(_ *rand.Rand, ids []string) (string, string) { return ids[0], ids[2] },
	}
	starts := map[string]string{
		"dealt":     "a order=V000; b order=V001; c order=V002; d order=V003; e order=V004; f order=V005; g order=V006; h order=V007",
		"all equal": "a order=V; b order=V; c order=V; d order=V; e order=V; f order=V; g order=V; h order=V",
		"none":      "a; b; c; d; e; f; g; h",
		"some":      "a; b; c order=0; d order=00; e order=0000; f order=z; g order=zzzz; h order=zzzz",
	}
	for name, move := range moves {
		for from, start := range starts {
			t.Run(name+"/"+from, func(t *testing.T) {
				r := rand.New(rand.NewPCG(1, 2))
				d := doc(t, start)
				for i := range 500 {
					want := d.Ordered()
					id, before := move(r, want)
					var err error
					if d, err = d.Apply(view.Move(id, before)); err != nil {
						t.Fatal(err)
					}
					if id != before {
						want = slices.DeleteFunc(want, func(s string) bool { return s == id })
						at := slices.Index(want, before)
						if at < 0 {
							at = len(want)
						}
						want = slices.Insert(want, at, id)
					}
					if diff := cmp.Diff(want, d.Ordered()); diff != "" {
						t.Fatalf("move %d, %s before %s (-want +got):\n%s\n%s", i, id, before, diff, text(t, d))
					}
				}
				for id, m := range d.Members {
					if len(m.Order) > 64 {
						t.Errorf("%s has a key of %d characters", id, len(m.Order))
					}
				}
			})
		}
	}
}

// A move touches no other member, so that two machines that move different ones don't disturb each other.
func TestMoveChangesOneKey(t *testing.T) {
	before := doc(t, "a order=V000; b order=V001; c order=V002; d order=V003")
	after, err := before.Apply(view.Move("d", "b"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(text(t, doc(t, "a order=V000; b order=V001; c order=V002; d order=V000V")), text(t, after)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestAddingKeepsKeysShort(t *testing.T) {
	d := view.New(view.Owner{Username: "me"})
	for i := range 300 {
		var err error
		id := fmt.Sprintf("m%03d", i)
		if d, err = d.Apply(view.Add(id, view.Member{Name: "x", Endpoint: server("https://x")})); err != nil {
			t.Fatal(err)
		}
		if len(d.Members[id].Order) != 4 {
			t.Fatalf("member %d has the key %q", i, d.Members[id].Order)
		}
	}
	if ids := d.Ordered(); !slices.IsSorted(ids) {
		t.Errorf("not in the order of adding: %v", ids)
	}
}
