package console

import (
	"slices"
	"sync"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/catalog"
	"github.com/binnacle-dev/binnacle/backend/fleet"
	"github.com/binnacle-dev/binnacle/backend/tables"
	"github.com/binnacle-dev/binnacle/backend/view"
)

// kinds is what the members serve, merged. It is made anew when one of them tells something else.
type kinds struct {
	mu       sync.Mutex
	told     map[string][]fleet.Kind // by member; missing: it hasn't told yet
	learning []string                // who are about to tell
	entries  []catalog.Entry
	byKey    map[string]catalog.Entry
}

// learn takes what the members tell now, and who are about to, and says whether that is news.
func (k *kinds) learn(told map[string][]fleet.Kind, learning []string) bool {
	k.mu.Lock()
	waited := slices.Equal(learning, k.learning)
	k.learning = learning
	same := len(told) == len(k.told)
	for id, list := range told {
		before, known := k.told[id]
		same = same && known && unchanged(before, list)
	}
	k.mu.Unlock()
	if same {
		return !waited
	}
	served := make(map[string][]catalog.Kind, len(told))
	for id, list := range told {
		for _, one := range list {
			served[id] = append(served[id], catalog.Kind(one))
		}
	}
	entries := catalog.Merge(served)
	byKey := make(map[string]catalog.Entry, len(entries))
	for _, e := range entries {
		byKey[e.Key] = e
	}
	k.mu.Lock()
	k.told, k.entries, k.byKey = told, entries, byKey
	k.mu.Unlock()
	return true
}

// unchanged compares lists that fleet never changes: a new one is another array.
func unchanged(a, b []fleet.Kind) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

func (k *kinds) all() ([]catalog.Entry, map[string][]fleet.Kind) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.entries, k.told
}

func (k *kinds) of(key string) (catalog.Entry, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	e, ok := k.byKey[key]
	return e, ok
}

// in is what one member serves.
func (k *kinds) in(member string) []fleet.Kind {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.told[member]
}

// served tells the tables in which version the member serves a kind.
func (k *kinds) served(member string) func(key string) (version string, served, known bool) {
	return func(key string) (string, bool, bool) {
		k.mu.Lock()
		defer k.mu.Unlock()
		version, served := k.byKey[key].Versions[member]
		_, known := k.told[member]
		return version, served, known
	}
}

// tableKind is the kind as tables wants it. One that no member told of is taken at its word: they may just be connecting.
func (k *kinds) tableKind(key string) tables.Kind {
	if e, ok := k.of(key); ok {
		return tables.Kind{Key: key, Group: e.Group, Resource: e.Resource, Namespaced: e.Namespaced}
	}
	group, resource := catalog.ParseKey(key)
	return tables.Kind{Key: key, Group: group, Resource: resource, Namespaced: true}
}

// Catalog is every kind that any member serves, with how the person keeps their tables.
func (c *Console) Catalog() (bridge.Catalog, error) {
	open, err := c.viewing()
	if err != nil {
		return bridge.Catalog{}, err
	}
	out := bridge.Catalog{Seq: c.bells.at(bridge.EventCatalog, ""), Kinds: []bridge.Kind{}}
	entries, told := c.merged.kinds.all()
	document := open.keeper.Document()
	out.Learning = list(learning(document, c.fleet.Statuses(), told))
	for _, e := range entries {
		out.Kinds = append(out.Kinds, kindRow(e, told))
	}
	keptTables(&out, document)
	out.Recents = c.recentKinds()
	return out, nil
}

// learning are the members that are about to tell what they serve, in the view's order.
func learning(d view.Document, statuses map[string]fleet.Status, told map[string][]fleet.Kind) []string {
	var out []string
	for _, id := range d.Ordered() {
		_, known := told[id]
		if s, engaged := statuses[id]; engaged && !known && (s.State == fleet.StateConnecting || s.State == fleet.StateReady) {
			out = append(out, id)
		}
	}
	return out
}

func kindRow(e catalog.Entry, told map[string][]fleet.Kind) bridge.Kind {
	row := bridge.Kind{
		Key: e.Key, Group: e.Group, Resource: e.Resource, Kind: e.Kind, Namespaced: e.Namespaced,
		ShortNames: list(e.ShortNames), Category: bridge.Category(e.Category), Members: len(e.Versions),
		Lacking: []string{}, Verbs: list(e.Verbs),
	}
	for id := range told {
		if _, serves := e.Versions[id]; !serves {
			row.Lacking = append(row.Lacking, id)
		}
	}
	slices.Sort(row.Lacking)
	return row
}
