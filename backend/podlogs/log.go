package podlogs

import (
	"context"
	"hash/maphash"
	"slices"
	"strings"
	"sync"
)

// Log is the open log of some pods and workloads.
type Log struct {
	options Options
	seed    maphash.Seed
	cancel  context.CancelFunc
	tasks   sync.WaitGroup // finders and sources
	slots   chan struct{}  // has one entry for each source that reads
	branch  func() (start func(task func(ctx context.Context)), end context.CancelFunc)

	mu      sync.Mutex
	seq     int64
	arrived int64 // lines
	store   store
	sources []*source // in order of discovery
	byKey   map[string]*source
	hosts   map[string]*host // by member
	notes   []*note
	closed  bool

	discovered int // sources so far
}

// note is what is to be said of a Ref itself.
type note struct {
	source Source
	shown  bool
}

// Open begins to read and returns at once: what can't be read becomes a Source that says why. The caller closes the Log;
// it ends with ctx too.
func Open(ctx context.Context, o Options) *Log {
	o = o.withDefaults()
	ctx, cancel := context.WithCancel(ctx)
	l := &Log{
		options: o, seed: maphash.MakeSeed(), cancel: cancel,
		slots: make(chan struct{}, o.Limits.Streams),
		store: store{maxLines: o.Limits.Lines, maxBytes: o.Limits.Bytes},
		byKey: map[string]*source{}, hosts: map[string]*host{},
	}
	l.branch = func() (func(func(context.Context)), context.CancelFunc) {
		ctx, end := context.WithCancel(ctx)
		return func(task func(context.Context)) { l.tasks.Go(func() { task(ctx) }) }, end
	}
	l.Join(o.Refs...)
	return l
}

// find starts to look for the pods of a Ref, once. The lock is held.
func (l *Log) find(h *host, ref Ref) {
	key := strings.Join([]string{ref.Member, ref.Namespace, ref.Resource, ref.Name}, "/")
	if h.left || slices.ContainsFunc(l.notes, func(n *note) bool { return n.source.Key == key }) {
		return
	}
	n := &note{source: Source{
		Key: key, Member: ref.Member, Namespace: ref.Namespace, Pod: ref.Resource + "/" + ref.Name, State: Waiting,
	}}
	l.notes = append(l.notes, n)
	h.start((&finder{log: l, host: h, ref: ref, note: n, pods: map[string]*pod{}, more: map[string]bool{}}).run)
}

// Close ends all that the Log does and waits for it. What was read can still be asked for.
func (l *Log) Close() {
	l.mu.Lock()
	l.closed = true
	l.mu.Unlock()
	l.cancel()
	l.tasks.Wait()
}

// Window is what a query matches now.
func (l *Log) Window(q Query) Window {
	limit := q.Limit
	if limit <= 0 || limit > maxWindow {
		limit = maxWindow
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	w := Window{Seq: l.seq, Total: l.store.lines, Dropped: l.store.dropped, Matched: l.store.match(q.filter())}
	w.From, w.At = min(q.From, w.Matched), -1
	if q.From < 0 {
		w.From = max(0, w.Matched-limit)
	}
	if q.Around > 0 && q.Around <= l.arrived {
		w.At = l.store.index(q.Around)
		w.From = max(0, min(w.At-limit/2, w.Matched-limit))
	}
	w.Lines = make([]Line, 0, min(limit, w.Matched-w.From))
	l.store.window(w.From, limit, func(e *entry) { w.Lines = append(w.Lines, e.line()) })
	w.Sources = l.shown()
	return w
}

func (e *entry) line() Line {
	return Line{No: e.no, Time: e.time, Source: e.source.key, Level: e.level, Text: e.text, Cut: int(e.cut)}
}

// shown are the sources, those that speak for a workload first. The lock is held.
func (l *Log) shown() []Source {
	all := make([]Source, 0, len(l.sources)+len(l.notes))
	for _, n := range l.notes {
		if n.shown {
			all = append(all, n.source)
		}
	}
	for _, s := range l.sources {
		all = append(all, Source{
			Key: s.key, Member: s.member, Namespace: s.namespace, Pod: s.pod, Container: s.container,
			State: s.state, Why: s.why, Lines: s.lines,
		})
	}
	return all
}

// add takes in lines of a source, in the order that they were written in. The slice stays the caller's.
func (l *Log) add(s *source, batch []entry) {
	if len(batch) == 0 {
		return
	}
	l.mu.Lock()
	if s.host.left {
		l.mu.Unlock()
		return
	}
	for _, e := range batch {
		l.arrived++
		e.no, e.at = l.arrived, s.place(e.time)
		l.store.insert(e)
	}
	s.lines += len(batch)
	l.mu.Unlock()
	l.changed()
}

// changed counts a change and tells of it.
func (l *Log) changed() {
	l.mu.Lock()
	l.seq++
	l.mu.Unlock()
	l.options.Changed()
}

// adopt makes known what a pod says of one of its containers. It says no when there are too many sources already.
func (l *Log) adopt(h *host, ref Ref, p *pod, c condition) bool {
	key := strings.Join([]string{ref.Member, p.Metadata.UID, c.name}, "/")
	l.mu.Lock()
	defer l.mu.Unlock()
	if h.left {
		return true
	}
	if s := l.byKey[key]; s != nil {
		s.update(c)
		return true
	}
	if len(l.sources) >= l.options.Limits.Sources && !l.retire() {
		return false
	}
	s := &source{
		log: l, host: h, key: key, member: ref.Member, namespace: ref.Namespace, pod: p.Metadata.Name, container: c.name,
		order: l.discovered, nudge: make(chan struct{}, 1), state: Waiting, condition: c,
	}
	l.discovered++
	l.byKey[key] = s
	l.sources = append(l.sources, s)
	h.start(s.run)
	return true
}

// depart makes known that a pod is no more; key is its UID and the container's name.
func (l *Log) depart(h *host, ref Ref, key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if s := l.byKey[ref.Member+"/"+key]; s != nil && !h.left {
		s.update(condition{name: s.container, done: true, gone: true})
	}
}

// retire makes room for a source: the oldest that ended because its pod is gone goes, with its lines. The lock is held.
func (l *Log) retire() bool {
	i := slices.IndexFunc(l.sources, func(s *source) bool { return s.state == Ended && s.condition.gone })
	if i < 0 {
		return false
	}
	old := l.sources[i]
	l.store.dropped += l.store.remove(func(s *source) bool { return s == old })
	delete(l.byKey, l.sources[i].key)
	l.sources = slices.Delete(l.sources, i, i+1)
	return true
}

// say shows or hides what there is to say of a Ref.
func (l *Log) say(n *note, state State, why string) {
	l.mu.Lock()
	changed := n.shown != (why != "") || n.source.State != state || n.source.Why != why
	n.shown, n.source.State, n.source.Why = why != "", state, why
	l.mu.Unlock()
	if changed {
		l.changed()
	}
}
