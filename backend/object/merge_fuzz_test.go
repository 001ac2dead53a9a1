package object

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
)

// FuzzMerge makes three objects of a seed, two of them by changing the first, and holds the merge to its promises.
func FuzzMerge(f *testing.F) {
	for seed := range uint64(500) {
		f.Add(seed, uint8(seed%7), uint8(seed%5))
	}
	f.Fuzz(func(t *testing.T, seed uint64, mineChanges, theirChanges uint8) {
		r := rand.New(rand.NewPCG(seed, 1))
		base := random(r, 0)
		mine, theirs := base, base
		for range mineChanges % 8 {
			mine = changed(r, mine, 0)
		}
		for range theirChanges % 8 {
			theirs = changed(r, theirs, 0)
		}
		checkMerge(t, asTree(base), asTree(mine), asTree(theirs))
	})
}

func checkMerge(t *testing.T, base, mine, theirs tree) {
	t.Helper()
	eq := func(a, b tree) bool { return equal(map[string]any(a), map[string]any(b)) }
	merged, clashes := merge(base, mine, theirs)
	switch {
	case eq(mine, base) && (!eq(merged, theirs) || len(clashes) > 0):
		t.Fatalf("I changed nothing, and theirs\n%v\nbecame\n%v", theirs, merged)
	case eq(theirs, base) && (!eq(merged, mine) || len(clashes) > 0):
		t.Fatalf("they changed nothing, and mine\n%v\nbecame\n%v", mine, merged)
	case eq(mine, theirs) && !eq(merged, mine):
		t.Fatalf("both are the same, and became\n%v", merged)
	}
	// Nothing is lost: each value of either side that the base hasn't is in the result, or told as a clash.
	old := map[string]int{}
	leaves(map[string]any(base), old)
	kept := map[string]int{}
	leaves(map[string]any(merged), kept)
	for _, c := range clashes {
		leaves(c.mine, kept)
		leaves(c.theirs, kept)
	}
	for name, side := range map[string]tree{"mine": mine, "theirs": theirs} {
		found := map[string]int{}
		leaves(map[string]any(side), found)
		for leaf := range found {
			if old[leaf] == 0 && kept[leaf] == 0 {
				t.Fatalf("%s had %q, which is lost:\nbase   %v\nmine   %v\ntheirs %v\nmerged %v\nclashes %v", name, leaf, base, mine, theirs, merged, clashes)
			}
		}
	}
	// Merged with the same once more, nothing changes.
	if again, _ := merge(base, merged, theirs); len(clashes) == 0 && !eq(again, merged) {
		t.Fatalf("merging again gives\n%v\nnot\n%v", again, merged)
	}
}

// leaves counts the texts in a value: every change makes one that is nowhere else.
func leaves(v any, into map[string]int) {
	switch v := v.(type) {
	case map[string]any:
		for _, item := range v {
			leaves(item, into)
		}
	case []any:
		for _, item := range v {
			leaves(item, into)
		}
	case string:
		into[v]++
	}
}

// fields are the keys of random objects: with lists by name, lists as a whole, and texts.
func fields() []string {
	return []string{"containers", "args", "a", "b.c", "spec", "env", "finalizers"}
}

func unique(r *rand.Rand) string { return "v" + strconv.FormatUint(r.Uint64(), 36) }

func random(r *rand.Rand, depth int) any {
	m := map[string]any{}
	for _, key := range fields() {
		if r.IntN(3) > 0 {
			m[key] = randomField(r, key, depth)
		}
	}
	return m
}

func randomField(r *rand.Rand, key string, depth int) any {
	if depth > 2 {
		return unique(r)
	}
	switch key {
	case "containers", "env":
		list := []any{}
		for i := range r.IntN(4) {
			item := asTree(random(r, depth+2))
			item["name"] = "n" + strconv.Itoa(i)
			list = append(list, map[string]any(item))
		}
		return list
	case "args", "finalizers":
		list := []any{}
		for range r.IntN(4) {
			list = append(list, unique(r))
		}
		return list
	case "spec":
		return random(r, depth+1)
	}
	return unique(r)
}

// changed is a copy with one thing changed somewhere.
func changed(r *rand.Rand, v any, depth int) any {
	switch v := v.(type) {
	case map[string]any:
		out := maps.Clone(v)
		key := fields()[r.IntN(len(fields()))]
		item, there := out[key]
		switch {
		case !there:
			out[key] = randomField(r, key, depth)
		case r.IntN(5) == 0:
			delete(out, key)
		default:
			out[key] = changed(r, item, depth+1)
		}
		return out
	case []any:
		return changedList(r, v, depth)
	}
	return unique(r)
}

func changedList(r *rand.Rand, list []any, depth int) any {
	list = slices.Clone(list)
	if len(list) == 0 {
		return []any{unique(r)}
	}
	i := r.IntN(len(list))
	switch item := list[i].(type) {
	case map[string]any:
		switch r.IntN(4) {
		case 0:
			return slices.Delete(list, i, i+1)
		case 1:
			return slices.Insert(list, i, any(map[string]any{"name": unique(r), "a": unique(r)}))
		case 2:
			j := r.IntN(len(list))
			list[i], list[j] = list[j], list[i]
			return list
		}
		list[i] = changed(r, item, depth+1)
	default:
		list[i] = unique(r)
	}
	return list
}
