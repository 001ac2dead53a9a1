package pane

// lastSeen is the column that dates rows where it is there: an event that was made long ago may have come again just now.
const lastSeen = columnPrefix + "Last Seen"

// seen is the place of that column, -1 when the store hasn't got it.
func (s *Store) seen() int {
	if i := s.columnAt(lastSeen); i >= 0 && s.columns[i].moment {
		return i
	}
	return -1
}

// dated is the id of the column that says how new rows are.
func (t *Table) dated() string {
	for _, s := range t.stores {
		if s.seen() >= 0 {
			return lastSeen
		}
	}
	return ColumnAge
}

// sinceCondition takes rows that were last seen, or else made, at a moment or after it. It has no sieve: nearly every row has a
// moment of its own, and the one that is asked for moves on with the time, so nothing would be worth keeping.
func sinceCondition(milliseconds int64) condition {
	return condition{narrow: func(s *Store, bits bitset) {
		seen := s.seen()
		for x := range bits.all() {
			at := s.created[x]
			if seen >= 0 && s.columns[seen].values[x] != 0 {
				at = s.columns[seen].values[x]
			}
			if at == 0 || int64(at)*1000 < milliseconds {
				bits.remove(x)
			}
		}
	}}
}
