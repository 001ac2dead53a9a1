package podlogs

import "slices"

// Join begins to read pods and workloads that the Log doesn't read yet, beside those that it does.
func (l *Log) Join(refs ...Ref) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return
	}
	for _, ref := range refs {
		l.find(l.host(ref.Member), ref)
	}
}

// also finds pods of a Ref that came of another one.
func (l *Log) also(h *host, ref Ref) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.find(h, ref)
}

// Leave ends all that is read of a member, without waiting for it, and forgets its lines. It can be joined again.
func (l *Log) Leave(member string) {
	l.mu.Lock()
	h := l.hosts[member]
	if h == nil {
		l.mu.Unlock()
		return
	}
	h.left = true
	h.end()
	delete(l.hosts, member)
	l.notes = slices.DeleteFunc(l.notes, func(n *note) bool { return n.source.Member == member })
	l.sources = slices.DeleteFunc(l.sources, func(s *source) bool {
		if s.host == h {
			delete(l.byKey, s.key)
		}
		return s.host == h
	})
	l.store.remove(func(s *source) bool { return s.host == h })
	l.mu.Unlock()
	l.changed()
}
