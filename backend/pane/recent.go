package pane

import "slices"

// recent keeps few values by key, the one that was used last first.
type recent[K comparable, V any] struct {
	keys   []K
	values []*V
}

// get finds or makes the value of a key. With most values kept, a new one takes the place of the one that wasn't used for longest, and
// its memory: it holds what that one did.
func (r *recent[K, V]) get(key K, most int) (value *V, known bool) {
	i := slices.Index(r.keys, key)
	known = i >= 0
	switch {
	case known:
		value = r.values[i]
	case len(r.keys) < most:
		i, value = len(r.keys), new(V)
		r.keys, r.values = append(r.keys, key), append(r.values, value)
	default:
		i, value = len(r.keys)-1, r.values[len(r.keys)-1]
	}
	copy(r.keys[1:i+1], r.keys)
	copy(r.values[1:i+1], r.values)
	r.keys[0], r.values[0] = key, value
	return value, known
}
