package herd

import (
	"cmp"
	"slices"
	"sync"
)

// maxHistory is how many changes of a kind can still be watched from.
const maxHistory = 20_000

// change is one of the history.
type change struct {
	kind   string // ADDED, MODIFIED, DELETED
	object *object
}

// store is a member's objects of one kind, in order of namespace and name, with what changed lately.
type store struct {
	mu      sync.Mutex
	objects []*object
	history []change
	gone    uint64        // version of the newest change that the history has no more
	changed chan struct{} // closed at the next change
}

func newStore() *store { return &store{changed: make(chan struct{})} }

func (o *object) compare(namespace, name string) int {
	return cmp.Or(cmp.Compare(o.namespace, namespace), cmp.Compare(o.name, name))
}

func (s *store) find(namespace, name string) (int, bool) {
	return slices.BinarySearchFunc(s.objects, object{namespace: namespace, name: name}, func(o *object, want object) int {
		return o.compare(want.namespace, want.name)
	})
}

func (s *store) get(namespace, name string) *object {
	s.mu.Lock()
	defer s.mu.Unlock()
	if i, found := s.find(namespace, name); found {
		return s.objects[i]
	}
	return nil
}

// list is all objects as they are now, and the version from which a watch goes on.
func (s *store) list(now func() uint64) ([]*object, uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.objects), now()
}

// put has next make an object of the one with the name (nil: there is none). What it makes takes its place; nil
// deletes it. The error is next's.
func (s *store) put(namespace, name string, version func() uint64, next func(old *object) (*object, error)) (*object, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i, found := s.find(namespace, name)
	var old *object
	if found {
		old = s.objects[i]
	}
	o, err := next(old)
	if err != nil || (o == nil && old == nil) {
		return nil, err
	}
	c := change{"MODIFIED", o}
	switch {
	case o == nil:
		last := *old
		c, o = change{"DELETED", &last}, &last
		s.objects = slices.Delete(s.objects, i, i+1)
	case found:
		s.objects[i] = o
	default:
		c.kind = "ADDED"
		s.objects = slices.Insert(s.objects, i, o)
	}
	o.version = version() // under the lock, so that history is in order
	s.record(c)
	return o, nil
}

func (s *store) record(c change) {
	if len(s.history) >= maxHistory {
		s.gone = s.history[maxHistory/2-1].object.version
		s.history = slices.Clone(s.history[maxHistory/2:])
	}
	s.history = append(s.history, c)
	close(s.changed)
	s.changed = make(chan struct{})
}

// since is what changed after a version, and what is closed when more does. It says no when that is not known any more.
func (s *store) since(version uint64) ([]change, <-chan struct{}, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i, _ := slices.BinarySearchFunc(s.history, version, func(c change, v uint64) int {
		if c.object.version <= v {
			return -1
		}
		return 1
	})
	return s.history[i:len(s.history):len(s.history)], s.changed, version >= s.gone
}
