// Package catalog makes one list of the kinds that many clusters serve, sorted and in categories, as a person picks from it.
//
// Rules. A kind is named by its key, resource and group as kubectl takes them: the same resource of two groups is two kinds, for
// they may differ in what they hold. What differs between members is joined: a verb or short name that one knows, the list has.
// Only kinds that can be listed are in it. The package is pure, and everything in it is safe for concurrent use.
package catalog

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// maxEntries is far above what fleets have: a stranger's cluster mustn't bury the others' kinds.
const maxEntries = 10_000

// Kind is one resource that one member serves, as it told.
type Kind struct {
	Group, Version, Resource, Kind string // Version is the one to use
	Namespaced                     bool
	Verbs, ShortNames, Categories  []string
	Versions                       []string
	Subresources                   []string
}

// Entry is one kind of object, over all members.
type Entry struct {
	Key             string // see Key
	Group, Resource string
	Kind            string
	Namespaced      bool // in some member
	ShortNames      []string
	Verbs           []string // each sorted, without repetition
	Subresources    []string
	Category        Category
	Versions        map[string]string // by member: the version to use there; only members that serve it
}

// Key names a kind for all members: "pods", "deployments.apps".
func Key(group, resource string) string {
	if group == "" {
		return resource
	}
	return resource + "." + group
}

// ParseKey is Key's way back.
func ParseKey(key string) (group, resource string) {
	resource, group, _ = strings.Cut(key, ".") // a resource has no dot
	return group, resource
}

// Merge joins what the members serve, by their ids. The list is sorted by category, then by the kind's name, and of one name those
// of Kubernetes itself first.
func Merge(members map[string][]Kind) []Entry {
	all := map[string]*Entry{}
	for _, id := range slices.Sorted(maps.Keys(members)) { // so that the same members make the same list
		for _, k := range members[id] {
			if !slices.Contains(k.Verbs, "list") {
				continue
			}
			key := Key(k.Group, k.Resource)
			e := all[key]
			if e == nil {
				e = &Entry{
					Key: key, Group: k.Group, Resource: k.Resource, Kind: k.Kind,
					Category: categoryOf(k.Group, k.Resource), Versions: map[string]string{},
				}
				all[key] = e
			}
			e.add(id, k)
		}
	}
	entries := make([]Entry, 0, len(all))
	for _, e := range all {
		e.tidy()
		entries = append(entries, *e)
	}
	slices.SortFunc(entries, compare)
	return entries[:min(len(entries), maxEntries)]
}

func (e *Entry) add(member string, k Kind) {
	e.Namespaced = e.Namespaced || k.Namespaced
	e.ShortNames, e.Verbs = append(e.ShortNames, k.ShortNames...), append(e.Verbs, k.Verbs...)
	e.Subresources = append(e.Subresources, k.Subresources...)
	if _, twice := e.Versions[member]; !twice {
		e.Versions[member] = k.Version
	}
}

func (e *Entry) tidy() {
	for _, list := range []*[]string{&e.ShortNames, &e.Verbs, &e.Subresources} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
}

func compare(a, b Entry) int {
	return cmp.Or(
		cmp.Compare(a.Category.rank(), b.Category.rank()),
		strings.Compare(a.Kind, b.Kind),
		cmp.Compare(closeness(a.Group), closeness(b.Group)),
		strings.Compare(a.Group, b.Group),
		strings.Compare(a.Resource, b.Resource),
	)
}

// closeness orders the groups that have a kind of one name: the core, Kubernetes' others, those that it left behind, anybody's.
func closeness(group string) int {
	switch {
	case group == "":
		return 0
	case group == "extensions":
		return 2
	case own(group):
		return 1
	}
	return 3
}
