package tables

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/binnacle-dev/binnacle/backend/pane"
)

// seat is a member's place in a table. Its feeds come and go; the rows stay until the member leaves, or they are known to be wrong.
type seat struct {
	ring func() // something is to be seen
	now  func() time.Time

	mu     sync.Mutex
	store  *pane.Store
	feed   *feed // the one whose rows are taken, and which is not stopped; nil: none
	idle   partStatus
	parts  map[string]partStatus // of the feed, by namespace; "" is all
	over   []string              // namespaces that aren't asked
	whole  bool                  // the rows are of all namespaces
	single []string              // else they are of these
	fresh  time.Time
	full   bool
}

// install makes f the feed whose rows are taken, and stops the one before.
func (s *seat) install(f *feed) {
	s.mu.Lock()
	old := s.feed
	s.feed, s.over = f, nil
	f.known = !s.fresh.IsZero()
	s.parts = map[string]partStatus{"": {state: Listing}}
	if f.known {
		s.parts[""] = partStatus{state: Stale, why: whyAgain}
	}
	s.mu.Unlock()
	old.end()
	s.ring()
}

// rest leaves the seat without a feed, and says why. Rows that can only be wrong go.
func (s *seat) rest(state State, why string) {
	s.mu.Lock()
	old, changed := s.feed, s.feed != nil || s.idle.state != state || s.idle.why != why
	s.feed, s.over, s.parts, s.idle = nil, nil, nil, partStatus{state: state, why: why}
	if state == Missing && changed {
		s.empty("")
	}
	s.mu.Unlock()
	old.end()
	if changed {
		s.ring()
	}
}

// leave takes the rows out of the table. Nothing is taken any more.
func (s *seat) leave() {
	s.mu.Lock()
	old := s.feed
	s.feed = nil
	s.store.Drop()
	s.mu.Unlock()
	old.end()
	s.ring()
}

// suits says whether the feed that is here is right for what is known of the member now.
func (s *seat) suits(m *Member, version string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.feed
	if f == nil || f.member.Connection != m.Connection || f.version != version {
		return false
	}
	_, whole := s.parts[""]
	refused := !whole || s.parts[""].state == Denied
	return !refused || f.member.All == m.All && sameNames(f.member.Namespaces, m.Namespaces)
}

// sameNames says whether the lists have the same names; their order says only where to begin.
func sameNames(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// fed says whether there is a feed.
func (s *seat) fed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.feed != nil
}

// narrowed says that f asks these namespaces one by one from now on. Rows of others can't be known any more.
func (s *seat) narrowed(f *feed, names, over []string) {
	s.by(f, func() {
		if s.whole {
			s.empty("")
		}
		for _, namespace := range s.single {
			if !slices.Contains(names, namespace) {
				s.empty(namespace)
			}
		}
		s.single, s.over, s.full, s.parts = names, over, false, map[string]partStatus{}
		for _, namespace := range names {
			s.parts[namespace] = partStatus{state: Listing}
		}
	})
	s.ring()
}

// empty takes the rows of a namespace out, or all. The caller holds mu.
func (s *seat) empty(namespace string) {
	s.store.Begin(namespace)
	s.store.End()
	if namespace == "" {
		s.full, s.whole, s.single, s.fresh = false, false, nil, time.Time{}
	}
}

// lists says that a list begins. The caller holds mu.
func (s *seat) lists(namespace string) {
	s.store.Begin(namespace)
	if namespace == "" {
		s.full = false
	}
}

// listed says that a list is complete: what it hasn't brought goes. The caller holds mu.
func (s *seat) listed(namespace string) {
	s.store.End()
	if namespace == "" {
		s.whole, s.single = true, nil
	}
}

// by runs do under the lock if f is still the feed.
func (s *seat) by(f *feed, do func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.feed == f {
		do()
	}
}

// tell says how it stands with a part of f.
func (s *seat) tell(f *feed, namespace string, state State, why string) {
	news := false
	s.by(f, func() { news = s.stands(namespace, state, why) })
	if news {
		s.ring()
	}
}

// gone is tell that takes the part's rows out: nobody sees them without it, or it with them.
func (s *seat) gone(f *feed, namespace string, state State, why string) {
	s.by(f, func() {
		s.empty(namespace)
		s.stands(namespace, state, why)
	})
	s.ring()
}

// stands notes how it stands with a part, and says whether that is news. The caller holds mu.
func (s *seat) stands(namespace string, state State, why string) (news bool) {
	p := s.parts[namespace]
	news = p.state != state || p.why != why
	p.state, p.why = state, why
	if state == Live {
		p.fresh = s.now()
		s.fresh = p.fresh
	}
	s.parts[namespace] = p
	return news
}

// heard notes a sign of life of a part that is live.
func (s *seat) heard(f *feed, namespace string) {
	s.by(f, func() {
		if p := s.parts[namespace]; p.state == Live {
			p.fresh = s.now()
			s.parts[namespace], s.fresh = p, p.fresh
		}
	})
}

// status is what the member gives to the table.
func (s *seat) status(member string) Status {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := Status{Member: member, State: s.idle.state, Why: s.idle.why, Rows: s.store.Rows(), Fresh: s.fresh}
	switch all, whole := s.parts[""]; {
	case s.feed == nil:
	case whole:
		t.State, t.Why = all.state, all.why
	default:
		s.narrow(&t)
	}
	if s.full && t.State == Live {
		t.State, t.Why = Full, whyFull
	}
	return t
}

// narrow is status where single namespaces are asked. The caller holds mu.
func (s *seat) narrow(t *Status) {
	count := map[State]int{}
	var refused []string
	for namespace, p := range s.parts {
		count[p.state]++
		switch p.state {
		case Live, Listing:
		case Denied:
			refused = append(refused, namespace)
		default:
			t.Why = p.why
		}
		if p.state != Denied && !p.fresh.IsZero() && p.fresh.Before(t.Fresh) {
			t.Fresh = p.fresh
		}
	}
	t.Hidden = slices.Concat(refused, s.over)
	slices.Sort(t.Hidden)
	t.Hidden = t.Hidden[:min(len(t.Hidden), maxHidden)]
	asked := len(s.parts)
	switch {
	case count[Denied] == asked:
		t.State, t.Why = Denied, whyNone
	case count[Listing] > 0:
		t.State, t.Why = Listing, ""
	case count[Missing] > 0:
		t.State = Missing
	case count[Stale]+count[Failed] == asked-count[Denied]:
		t.State = Stale
	default:
		t.State, t.Why = Partial, partialWords(asked, count[Denied], count[Stale]+count[Failed], len(s.over))
	}
}

// partialWords says what is missing where single namespaces are asked.
func partialWords(asked, denied, failed, over int) string {
	var words strings.Builder
	fmt.Fprintf(&words, "You may not list this kind over all namespaces. It is looked for in %d that are known.", asked)
	for _, part := range []struct {
		n    int
		what string
	}{
		{denied, "no access"},
		{failed, "no answer, and are tried again"},
		{over, "not asked, for there are too many"},
	} {
		if part.n > 0 {
			fmt.Fprintf(&words, " %d: %s.", part.n, part.what)
		}
	}
	return words.String()
}
