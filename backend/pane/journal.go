package pane

// journal tells which slots have changed since some moment, the newest last.
type journal struct {
	begin uint64 // the moment of the first entry; moments count entries since the store was made
	slots []slot
}

func (j *journal) now() uint64 { return j.begin + uint64(len(j.slots)) }

func (j *journal) add(x slot) { j.slots = append(j.slots, x) }

// since is what has changed since a moment; false when the journal doesn't reach back to it.
func (j *journal) since(moment uint64) ([]slot, bool) {
	if moment < j.begin {
		return nil, false
	}
	return j.slots[moment-j.begin:], true
}

// full says that reading the journal would cost as much as making things afresh.
func (j *journal) full(rows int) bool { return len(j.slots) >= max(1024, rows/4) }

// restart forgets the entries. Whoever is at now stays valid; whoever is behind is lost.
func (j *journal) restart() {
	j.begin, j.slots = j.now(), j.slots[:0]
}

// invalidate loses everybody.
func (j *journal) invalidate() {
	j.restart()
	j.begin++
}
