package view_test

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/view"
)

// A sea is some machines that edit one view and write it to one store, in any order, each write only onto what the
// machine has read last. Every edit is noted as the pieces that it changed and what it saw there before.
type sea struct {
	t        testing.TB
	rand     *rand.Rand
	stored   view.Document
	writes   int
	machines []*machine
	edits    []edit
	value    int
}

type machine struct {
	base      *view.Document
	local     view.Document
	read      *view.Document // of the store, not written back yet
	readAt    int
	conflicts []view.Conflict
}

type edit struct {
	at            piece
	before, after string
}

func TestMachinesConverge(t *testing.T) {
	for seed := range uint64(40) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			s := &sea{t: t, rand: rand.New(rand.NewPCG(seed, 7))}
			s.stored = view.New(view.Owner{Username: "me", Server: "https://p:6443"})
			for range 2 + seed%2 {
				begun := s.stored
				s.machines = append(s.machines, &machine{base: &begun, local: begun})
			}
			for range 60 + s.rand.IntN(120) {
				m := s.machines[s.rand.IntN(len(s.machines))]
				switch s.rand.IntN(5) {
				case 0:
					s.get(m)
				case 1:
					s.put(m)
				default:
					s.edit(m)
				}
			}
			s.calm()
			s.nothingLost()
		})
	}
}

func (s *sea) get(m *machine) { d := s.stored; m.read, m.readAt = &d, s.writes }

// put merges into what was read and writes it, unless another machine wrote meanwhile.
func (s *sea) put(m *machine) {
	if m.read == nil || m.readAt != s.writes {
		m.read = nil
		return
	}
	merged, conflicts := view.Merge(m.base, m.local, *m.read)
	m.conflicts = append(m.conflicts, conflicts...)
	if !merged.Equal(*m.read) {
		merged.Revision = max(m.local.Revision, m.read.Revision) + 1
		s.stored = merged
		s.writes++
	}
	m.local, m.base, m.read = merged, &merged, nil
}

func (s *sea) edit(m *machine) {
	s.value++
	ids := m.local.Ordered()
	one := func() string {
		if len(ids) == 0 {
			return "none"
		}
		return ids[s.rand.IntN(len(ids))]
	}
	unique := fmt.Sprintf("v%d", s.value)
	var e view.Edit
	filters := slices.Sorted(maps.Keys(m.local.Filters))
	oneFilter := "f" + unique
	if len(filters) > 0 && s.rand.IntN(4) > 0 {
		oneFilter = filters[s.rand.IntN(len(filters))]
	}
	kind := []string{"pods", "deployments.apps"}[s.rand.IntN(2)]
	switch s.rand.IntN(16) {
	case 10:
		layout := m.local.Tables[kind]
		layout.Widths = maps.Clone(layout.Widths)
		if layout.Widths == nil || s.rand.IntN(4) == 0 {
			layout.Widths = map[string]int{}
		}
		layout.Widths["c:"+string("ab"[s.rand.IntN(2)])] = 40 + s.value
		e = view.SetTable(kind, layout)
	case 11:
		e = view.SetTable(kind, view.TableLayout{Sort: unique, Columns: []string{"name", unique}})
	case 12:
		e = view.PutFilter(oneFilter, view.SavedFilter{Name: unique, Kind: kind, Filter: view.Filter{Search: unique, Within: s.value}})
	case 13:
		e = view.RemoveFilter(oneFilter)
	case 14:
		e = view.SetFavourite(kind, s.rand.IntN(2) == 0)
	case 15:
		guard := []string{"", "protected", "readOnly"}[s.rand.IntN(3)]
		e = view.Change(one(), view.Changes{Guard: &guard})
	case 0, 1:
		e = view.Add("m"+unique, view.Member{Name: unique, Endpoint: view.Endpoint{Server: "https://" + unique}})
	case 2:
		e = view.Remove(one())
	case 3:
		e = view.Move(one(), one())
	case 4:
		e = view.SetLayout(view.Layout{Sort: unique, Columns: []string{unique}, Desc: s.rand.IntN(2) == 0})
	case 5, 6:
		labels := map[string]string{}
		id := one()
		maps.Copy(labels, m.local.Members[id].Labels)
		if key := string("abc"[s.rand.IntN(3)]); s.rand.IntN(3) == 0 {
			delete(labels, key)
		} else {
			labels[key] = unique
		}
		e = view.Change(id, view.Changes{Labels: &labels})
	case 7:
		off := s.rand.IntN(2) == 0
		e = view.Change(one(), view.Changes{Off: &off, Group: &unique})
	default:
		e = view.Change(one(), view.Changes{Name: &unique})
	}
	after, err := m.local.Apply(e)
	if len(ids) == 0 && errors.Is(err, view.ErrUnknownMember) {
		return // nothing to edit yet
	}
	if err != nil {
		s.t.Fatal(err)
	}
	was, is := flatten(s.t, m.local), flatten(s.t, after)
	both := maps.Clone(was)
	maps.Copy(both, is)
	for p := range both {
		if was[p] != is[p] {
			s.edits = append(s.edits, edit{p, was[p], is[p]})
		}
	}
	m.local = after
}

// closed says whether somebody set the same guard to a stricter value than this edit did.
func (s *sea) closed(e edit) bool {
	order := []string{"", `"protected"`, `"readOnly"`}
	return slices.ContainsFunc(s.edits, func(o edit) bool {
		return o.at == e.at && slices.Index(order, o.after) > slices.Index(order, e.after)
	})
}

// calm lets every machine sync until nobody writes any more.
func (s *sea) calm() {
	for round := 0; ; round++ {
		before := s.writes
		for _, m := range s.machines {
			s.get(m)
			s.put(m)
		}
		if s.writes == before {
			break
		}
		if round > len(s.machines) {
			s.t.Fatal("they write for ever")
		}
	}
	for i, m := range s.machines {
		if diff := cmp.Diff(text(s.t, s.stored), text(s.t, m.local)); diff != "" {
			s.t.Fatalf("machine %d differs from the store (-store +machine):\n%s", i, diff)
		}
	}
}

// nothingLost holds every edit to one of: it stands in the end; somebody saw it and changed it; a conflict tells of it.
func (s *sea) nothingLost() {
	end := flatten(s.t, s.stored)
	var told []view.Conflict
	for _, m := range s.machines {
		told = append(told, m.conflicts...)
	}
	for _, e := range s.edits {
		seen := slices.ContainsFunc(s.edits, func(o edit) bool { return o.at == e.at && o.before == e.after })
		member, field := e.at.named()
		kept := slices.ContainsFunc(told, func(c view.Conflict) bool {
			if c.Kind == view.KindDeleted {
				return c.Member == member && (c.Field == "" || strings.HasPrefix(field, c.Field)) && e.after == ""
			}
			return c.Member == member && c.Field == field && string(c.Mine) == e.after
		})
		if e.at.key == "guard" && s.closed(e) {
			continue // another machine's is stricter
		}
		if end[e.at] != e.after && !seen && !kept {
			s.t.Errorf("lost: %v was %s, then %s; in the end %s", e.at, e.before, e.after, end[e.at])
		}
	}
}
