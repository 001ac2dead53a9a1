package view

import (
	"encoding/json"
	"maps"
	"slices"
)

// A collection is a map of records, by id.
type collection interface {
	noun() string
	objects() map[string]object
	begin(n int)
	put(id string, fill func(record))
}

// records make a collection of a map. Only a member is something by being there; what is empty of the others is left out.
type records[T any, P interface {
	*T
	record
}] struct {
	at *map[string]T
	of string
}

func (c records[T, P]) noun() string { return c.of }

func (c records[T, P]) objects() map[string]object {
	objects := make(map[string]object, len(*c.at))
	for id, v := range *c.at {
		o := encode(P(&v))
		if _, member := any(v).(Member); member || len(o) > 0 {
			objects[id] = o
		}
	}
	return objects
}

func (c records[T, P]) begin(n int) { *c.at = make(map[string]T, n) }

func (c records[T, P]) put(id string, fill func(record)) {
	var v T
	fill(P(&v))
	(*c.at)[id] = v
}

// collection reads every record, in the order of their ids, so that the same document gives the same error. name is the path to it.
func (r *reader) collection(f field, c collection, objects map[string]json.RawMessage, name string) string {
	if r.mode != trusted && len(objects) > f.count {
		return tooMany(f.count)
	}
	c.begin(len(objects))
	_, members := c.(records[Member, *Member])
	for _, id := range slices.Sorted(maps.Keys(objects)) {
		if problem := f.check(id); problem != "" && r.mode != trusted {
			r.fail(f.key, "an id "+problem)
			continue
		}
		prefix := name + "." + id + "."
		if members {
			r.member, prefix = id, ""
		}
		var o object
		if json.Unmarshal(objects[id], &o) != nil || o == nil {
			r.fail(f.key, "must be an object")
			continue
		}
		c.put(id, func(rec record) { r.record(rec, o, prefix) })
	}
	r.member = ""
	return ""
}
