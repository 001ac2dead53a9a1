package object

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"sync"

	"github.com/binnacle-dev/binnacle/backend/plain"
)

// Related are other objects that have to do with this one.
type Related struct{ Groups []Group }

// Group is one kind of relation.
type Group struct {
	Title string
	Links []Link
	More  int    // that are not listed
	Why   string // why it, or all of it, can't be told; "" when it can
}

// asking is one question about other objects; it answers in words when it can't be told.
type asking func(ctx context.Context) Group

// Related reads what has to do with the object. It fails only when the object itself can't be read.
func (m Member) Related(ctx context.Context, ref Ref) (Related, error) {
	o, err := m.read(ctx, ref)
	if err != nil {
		return Related{}, err
	}
	groups := m.named(o)
	groups = append(groups, together(ctx, m.asked(o))...)
	groups = append(groups, m.owned(ctx, o)...)
	var out []Group
	for _, g := range groups {
		if len(g.Links) > 0 || g.More > 0 || g.Why != "" {
			out = append(out, g)
		}
	}
	return Related{Groups: out}, ctx.Err()
}

// together asks side by side; the groups come in the order of the questions.
func together(ctx context.Context, questions []asking) []Group {
	groups := make([]Group, len(questions))
	var wait sync.WaitGroup
	for i, ask := range questions {
		wait.Go(func() { groups[i] = ask(ctx) })
	}
	wait.Wait()
	return groups
}

// asked are the questions that a kind raises, at most three: owned has its own.
func (m Member) asked(o object) []asking {
	switch o.kind.Key() {
	case services:
		out := []asking{m.listed("Endpoint slices", endpointSlices, o.namespace(), url.Values{"labelSelector": {"kubernetes.io/service-name=" + o.name()}})}
		if labels := labelPairs(o.in("spec", "selector")); labels != "" {
			out = append(out, m.listed("Pods", pods, o.namespace(), url.Values{"labelSelector": {labels}}))
		}
		return out
	case nodes:
		return []asking{m.listed("Pods", pods, "", url.Values{"fieldSelector": {"spec.nodeName=" + escapeField(o.name())}})}
	case pods:
		return []asking{m.selecting(o)}
	case claims, configMaps, secrets, accounts:
		return []asking{m.using(o)}
	case namespaces:
		return m.counting(o.name(), pods, deployments, statefulSets, daemonSets, services, configMaps, claims)
	case definitions:
		return []asking{m.objectsOf(o)}
	}
	return nil
}

// listed asks for objects that a selector tells.
func (m Member) listed(title, key, namespace string, query url.Values) asking {
	return func(ctx context.Context) Group {
		g := Group{Title: title}
		kind, err := m.kind(key)
		if err != nil {
			return g
		}
		found, err := m.list(ctx, kind, namespace, query, maxListed)
		if err != nil {
			g.Why = cantList(kind, err)
			return g
		}
		for _, r := range found.rows {
			g.put(r.link)
		}
		g.More += found.left
		g.partial(found, kind)
		return g
	}
}

func (g *Group) put(l Link) {
	if len(g.Links) < maxLinks {
		g.Links = append(g.Links, l)
	} else {
		g.More++
	}
}

func (g *Group) partial(found listing, kind Kind) {
	if found.more && found.left == 0 {
		g.Why = "Only the first " + thousands(maxListed) + " " + kind.Resource + " were looked at."
	}
}

func cantList(kind Kind, err error) string {
	if _, ok := asStatus(err); ok {
		return "You can't list " + kind.Resource + " here: " + said(err)
	}
	return Why(err)
}

// counting counts the objects of kinds in a namespace.
func (m Member) counting(namespace string, keys ...string) []asking {
	var out []asking
	for _, key := range keys {
		kind, err := m.kind(key)
		if err != nil {
			continue
		}
		out = append(out, func(ctx context.Context) Group {
			g := Group{Title: plural(kind)}
			n, err := m.count(ctx, kind, namespace)
			if err != nil {
				g.Why = cantList(kind, err)
			}
			g.More = n
			return g
		})
	}
	return out
}

// objectsOf counts the objects of the kind that a definition defines.
func (m Member) objectsOf(definition object) asking {
	spec := definition.in("spec")
	kind, err := m.kind(spec.in("names").raw("plural") + "." + spec.raw("group"))
	return func(ctx context.Context) Group {
		g := Group{Title: "Objects of this kind"}
		if err != nil {
			g.Why = "The cluster doesn't serve it."
			return g
		}
		n, err := m.count(ctx, kind, "")
		if err != nil {
			g.Why = cantList(kind, err)
		}
		g.More = n
		return g
	}
}

// plural is a kind's name for many: "Pods", "Ingresses".
func plural(k Kind) string {
	switch {
	case k.Kind == "Endpoints", strings.HasSuffix(k.Kind, "ies"):
		return k.Kind
	case strings.HasSuffix(k.Kind, "s"), strings.HasSuffix(k.Kind, "x"), strings.HasSuffix(k.Kind, "ch"):
		return plain.Line(k.Kind, maxName) + "es"
	case strings.HasSuffix(k.Kind, "cy"), strings.HasSuffix(k.Kind, "ry"), strings.HasSuffix(k.Kind, "ty"):
		return plain.Line(strings.TrimSuffix(k.Kind, "y"), maxName) + "ies"
	}
	return plain.Line(k.Kind, maxName) + "s"
}

// thousands is a number for people: 1,000.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
