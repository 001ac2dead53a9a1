package object

import (
	"maps"
	"slices"
)

// Clash is one field that both sides changed to something else, with both values as YAML; "" is that it is gone.
type Clash struct{ Path, Mine, Theirs string }

// clash is a Clash before it is written down.
type clash struct {
	path         string
	mine, theirs any
}

// absent stands for what isn't there, which null isn't.
type absent struct{}

// merge brings what changed from base to mine onto theirs. What one side changed holds; where both did, to something else,
// mine is taken and the clash told. Nothing that either side added is lost. Maps are merged by key; lists by what names
// their items, where that is known, else as a whole. The arguments stay as they are; the result may share parts with them.
func merge(base, mine, theirs tree) (tree, []clash) {
	g := merger{}
	merged := g.value("", "", map[string]any(base), map[string]any(mine), map[string]any(theirs))
	return asTree(merged), g.clashes
}

type merger struct{ clashes []clash }

func (g *merger) value(path, field string, base, mine, theirs any) any {
	switch {
	case equal(mine, base), equal(mine, theirs):
		return theirs
	case equal(theirs, base):
		return mine
	}
	if out, ok := g.maps(path, base, mine, theirs); ok {
		return out
	}
	if out, ok := g.lists(path, field, base, mine, theirs); ok {
		return out
	}
	g.clashes = append(g.clashes, clash{path: path, mine: mine, theirs: theirs})
	return mine
}

// maps merges key by key. Two sides that both added a map have an empty one for their base.
func (g *merger) maps(path string, base, mine, theirs any) (any, bool) {
	m, isMap := mine.(map[string]any)
	t, both := theirs.(map[string]any)
	if !isMap || !both {
		return nil, false
	}
	b, _ := base.(map[string]any)
	all := map[string]bool{}
	for _, side := range []map[string]any{b, m, t} {
		for key := range side {
			all[key] = true
		}
	}
	out := make(map[string]any, len(all))
	for _, key := range slices.Sorted(maps.Keys(all)) {
		v := g.value(join(path, key), key, at(b, key), at(m, key), at(t, key))
		if _, gone := v.(absent); !gone {
			out[key] = v
		}
	}
	return out, true
}

func at(m map[string]any, key string) any {
	if v, ok := m[key]; ok {
		return v
	}
	return absent{}
}

// lists merges item by item, if every item of all three is named, and no two by the same name.
func (g *merger) lists(path, field string, base, mine, theirs any) (any, bool) {
	if _, none := base.(absent); none {
		base = []any{}
	}
	var sides [3]named
	for i, v := range []any{base, mine, theirs} {
		list, isList := v.([]any)
		if !isList {
			return nil, false
		}
		var ok bool
		if sides[i], ok = nameItems(field, list); !ok {
			return nil, false
		}
	}
	b, m, t := sides[0], sides[1], sides[2]
	was, ours, others := shared(b.order, m, t), shared(m.order, b, t), shared(t.order, b, m)
	reordered := !slices.Equal(ours, was)
	if reordered && !slices.Equal(others, was) && !slices.Equal(ours, others) {
		return nil, false // both put them into another order
	}
	lead, other := t, m
	if reordered {
		lead, other = m, t
	}
	out := []any{}
	for _, name := range sequence(lead, other) {
		v := g.value(path+"["+name+"]", "", at(b.items, name), at(m.items, name), at(t.items, name))
		if _, gone := v.(absent); !gone {
			out = append(out, v)
		}
	}
	return out, true
}

// sequence is the order of the merged items: that of the side which leads, with what only the other has behind what it
// follows there.
func sequence(lead, other named) []string {
	out := slices.Clone(lead.order)
	for i, name := range other.order {
		if _, known := lead.items[name]; known {
			continue
		}
		place := 0
		if i > 0 {
			place = slices.Index(out, other.order[i-1]) + 1
		}
		out = slices.Insert(out, place, name)
	}
	return out
}

// shared are the names, in their order, that the other sides have too.
func shared(order []string, x, y named) []string {
	var out []string
	for _, name := range order {
		_, inX := x.items[name]
		if _, inY := y.items[name]; inX && inY {
			out = append(out, name)
		}
	}
	return out
}

// equal compares values as JSON means them: 1 is 1.0, and an absent one equals only another.
func equal(a, b any) bool {
	switch x := a.(type) {
	case map[string]any:
		y, ok := b.(map[string]any)
		return ok && maps.EqualFunc(x, y, equal)
	case []any:
		y, ok := b.([]any)
		return ok && slices.EqualFunc(x, y, equal)
	case int64:
		if y, ok := b.(float64); ok {
			return float64(x) == y
		}
	case float64:
		if y, ok := b.(int64); ok {
			return x == float64(y)
		}
	}
	return a == b
}
