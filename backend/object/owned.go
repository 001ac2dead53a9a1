package object

import (
	"context"
	"net/url"
	"strings"
	"sync"
)

const maxSearched = 7 // kinds that are looked through for what an object owns

// search is a kind that may hold objects that another one owns.
type search struct {
	kind  Kind
	query url.Values
	found listing
	err   error
}

// owned are the objects that this one owns, and those that they own, by kind. No index tells them: plausible kinds are
// listed, without the objects themselves, and their owner references followed.
func (m Member) owned(ctx context.Context, o object) []Group {
	searches := m.searches(o)
	var wait sync.WaitGroup
	for i := range searches {
		s := &searches[i]
		wait.Go(func() { s.found, s.err = m.list(ctx, s.kind, o.namespace(), s.query, maxListed) })
	}
	wait.Wait()
	family := descendants(o.uid(), searches)
	groups, blind := make([]Group, 0, len(searches)), ""
	for _, s := range searches {
		g := Group{Title: plural(s.kind)}
		if s.err != nil {
			g.Why = cantList(s.kind, s.err)
			blind = s.kind.Resource
		}
		for _, r := range s.found.rows {
			if family[r.link.Ref.UID] {
				g.put(r.link)
			}
		}
		if s.err == nil {
			g.partial(s.found, s.kind)
		}
		if len(g.Links) == 0 && g.Why == "" && blind != "" {
			g.Why = "It can't be told, for what is between can't be listed: " + blind + "."
		}
		groups = append(groups, g)
	}
	return groups
}

// descendants are the UIDs of all that an object owns, over any number of levels.
func descendants(root string, searches []search) map[string]bool {
	children := map[string][]string{}
	for _, s := range searches {
		for _, r := range s.found.rows {
			for _, owner := range r.owners {
				if r.link.Ref.UID == "" {
					continue
				}
				children[owner] = append(children[owner], r.link.Ref.UID)
			}
		}
	}
	family, next := map[string]bool{}, []string{root}
	for len(next) > 0 {
		uid := next[0]
		next = next[1:]
		for _, child := range children[uid] {
			if child != root && !family[child] {
				family[child] = true
				next = append(next, child)
			}
		}
	}
	return family
}

// searches are the kinds to look through; what lies between two levels comes before the lower one.
func (m Member) searches(o object) []search {
	var labels url.Values
	if s := first(selector(o.in("spec", "selector")), labelPairs(plainSelector(o))); s != "" {
		labels = url.Values{"labelSelector": {s}}
	}
	switch o.kind.Key() {
	case deployments:
		return m.through(labels, replicaSets, pods)
	case replicaSets, statefulSets, daemonSets, controllers, jobs:
		return m.through(labels, pods)
	case cronJobs:
		return m.through(nil, jobs, pods)
	}
	if builtIn(o.kind) {
		return nil
	}
	var keys []string
	for _, k := range m.Kinds { // what belongs together is mostly of one group
		if k.Group == o.kind.Group && k.can("list") && len(keys) < 2 && k.Key() != o.kind.Key() && (k.Namespaced || !o.kind.Namespaced) {
			keys = append(keys, k.Key())
		}
	}
	if o.kind.Namespaced {
		keys = append(keys, deployments, replicaSets, statefulSets, jobs, pods)
	}
	return m.through(nil, keys...)
}

func (m Member) through(query url.Values, keys ...string) []search {
	var out []search
	for _, key := range keys[:min(len(keys), maxSearched)] {
		if k, err := m.kind(key); err == nil {
			out = append(out, search{kind: k, query: query})
		}
	}
	return out
}

// builtIn says that a kind is Kubernetes' own; those that own others are known by name.
func builtIn(k Kind) bool {
	return !strings.Contains(k.Group, ".") || strings.HasSuffix(k.Group, ".k8s.io") && !strings.Contains(k.Group, ".x-k8s.io") &&
		!strings.HasPrefix(k.Group, "snapshot.")
}
