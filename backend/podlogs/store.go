package podlogs

import (
	"cmp"
	"slices"
	"time"
)

const (
	blockLines   = 512
	lineOverhead = 64 // bytes of memory that a line takes beside its text
)

// entry is a kept line.
type entry struct {
	at     int64 // Unix nanoseconds by which it is placed; see source.place
	no     int64
	source *source
	text   string
	time   time.Time
	cut    int32
	level  Level
}

func (e *entry) size() int { return len(e.text) + lineOverhead }

// compare orders lines by time, then source, then arrival.
func (e *entry) compare(o *entry) int {
	return cmp.Or(cmp.Compare(e.at, o.at), cmp.Compare(e.source.order, o.source.order), cmp.Compare(e.no, o.no))
}

// block is a run of lines in order, with those that match the store's filter.
type block struct {
	lines   []entry
	bytes   int
	filter  int      // number of the filter that matched is for
	tested  int      // lines that were tried with it
	matched []uint16 // indices of those that passed
}

// store keeps lines in order, in blocks, so that a late line costs little wherever it belongs and a filter is tried anew
// only where something changed. It isn't safe for concurrent use.
type store struct {
	maxLines, maxBytes int
	blocks             []*block
	lines, bytes       int
	dropped            int
	query              filter
	filter             int // number of query; rises
}

// insert puts a line in its place, then drops the oldest lines if there are too many. Most lines belong at the end.
func (s *store) insert(e entry) {
	i := s.find(&e)
	b := s.blocks[i]
	at := len(b.lines)
	if at > 0 && e.compare(&b.lines[at-1]) < 0 {
		at, _ = slices.BinarySearchFunc(b.lines, &e, func(l entry, e *entry) int { return l.compare(e) })
	}
	b.lines = slices.Insert(b.lines, at, e)
	if at < b.tested {
		b.tested, b.matched = 0, b.matched[:0]
	}
	b.bytes += e.size()
	s.bytes += e.size()
	s.lines++
	for len(s.blocks) > 1 && (s.lines > s.maxLines || s.bytes > s.maxBytes) {
		s.drop()
	}
}

// find is the block that a line belongs in, with room for it.
func (s *store) find(e *entry) int {
	last := len(s.blocks) - 1
	i := last
	if last > 0 && e.compare(&s.blocks[last].lines[0]) < 0 {
		// The first block whose last line comes after e.
		i, _ = slices.BinarySearchFunc(s.blocks, e, func(b *block, e *entry) int { return b.lines[len(b.lines)-1].compare(e) })
	}
	if i >= 0 && len(s.blocks[i].lines) < blockLines {
		return i
	}
	if i == last && (i < 0 || e.compare(&s.blocks[i].lines[blockLines-1]) > 0) {
		s.blocks = append(s.blocks, &block{})
		return last + 1
	}
	s.split(i)
	if e.compare(&s.blocks[i+1].lines[0]) > 0 {
		return i + 1
	}
	return i
}

// split makes two blocks of a full one.
func (s *store) split(i int) {
	b := s.blocks[i]
	half := &block{lines: slices.Clone(b.lines[blockLines/2:])}
	clear(b.lines[blockLines/2:])
	b.lines = b.lines[:blockLines/2]
	for i := range half.lines {
		half.bytes += half.lines[i].size()
	}
	b.bytes -= half.bytes
	b.tested, b.matched = 0, b.matched[:0]
	s.blocks = slices.Insert(s.blocks, i+1, half)
}

// drop forgets the oldest block.
func (s *store) drop() {
	b := s.blocks[0]
	s.blocks = slices.Delete(s.blocks, 0, 1)
	s.lines -= len(b.lines)
	s.bytes -= b.bytes
	s.dropped += len(b.lines)
}

// remove forgets all lines of some sources, and says how many there were.
func (s *store) remove(whose func(*source) bool) (gone int) {
	for _, b := range s.blocks {
		before := len(b.lines)
		b.lines = slices.DeleteFunc(b.lines, func(e entry) bool {
			out := whose(e.source)
			if out {
				b.bytes -= e.size()
				s.bytes -= e.size()
			}
			return out
		})
		if less := before - len(b.lines); less > 0 {
			s.lines -= less
			gone += less
			b.tested, b.matched = 0, b.matched[:0]
		}
	}
	s.blocks = slices.DeleteFunc(s.blocks, func(b *block) bool { return len(b.lines) == 0 })
	return gone
}

// match brings the blocks up to date with a query and counts what passes.
func (s *store) match(q filter) int {
	if s.filter == 0 || !q.equal(s.query) {
		s.query = q
		s.filter++
	}
	n := 0
	for _, b := range s.blocks {
		if b.filter != s.filter {
			b.filter, b.tested, b.matched = s.filter, 0, b.matched[:0]
		}
		for ; b.tested < len(b.lines); b.tested++ {
			if s.query.pass(&b.lines[b.tested]) {
				b.matched = append(b.matched, uint16(b.tested)) //nolint:gosec // a block has 512 lines
			}
		}
		n += len(b.matched)
	}
	return n
}

// window calls with each of the matched lines from an index on; match comes first.
func (s *store) window(from, limit int, with func(*entry)) {
	for _, b := range s.blocks {
		if from >= len(b.matched) {
			from -= len(b.matched)
			continue
		}
		for _, i := range b.matched[from:] {
			if limit <= 0 {
				return
			}
			with(&b.lines[i])
			limit--
		}
		from = 0
	}
}

// index is the place among the matched of the line with a number, or where it would be if it matched; 0 if it is kept no
// more. match comes first.
func (s *store) index(no int64) int {
	before := 0
	for _, b := range s.blocks {
		for i := range b.lines {
			if b.lines[i].no == no {
				at, _ := slices.BinarySearch(b.matched, uint16(i))
				return before + at
			}
		}
		before += len(b.matched)
	}
	return 0
}
