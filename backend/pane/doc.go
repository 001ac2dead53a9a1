// Package pane holds many members' rows of one kind as one sorted, filtered table, and answers windows of it.
//
// # Shape
//
// A [Table] has one [Store] a member. A store is columnar: a row is a slot, a small number, and everything about it stands at
// that place of the store's slices. Texts are kept once a store, in a lexicon, and cells hold their numbers there; label sets
// have a lexicon of their own, since the pods of one ReplicaSet share theirs. So a row of 10 cells costs some 60 bytes beside
// the texts that only it has. With each text stand a prefix, which settles most comparisons as numbers, and the marks of its
// bytes, which settle most searches: texts lie all over the memory, and touching them is what takes time.
//
//	Table ─┬─ Store "west"   names  [7 9 …]   Ready [3 3 …]   Status [4 5 …]   …   lexicon: 3 "1/1", 4 "Running", …
//	       ├─ Store "east"   orders:  by name [1 0 …]   by Status [0 1 …]          (slots, sorted)
//	       └─ …              sieves:  namespace=shop 01101…   "nginx" 00100…       (a bit a slot)
//
// # Questions
//
// A question is answered a store at a time, several at once, from two kinds of cached answers that a store keeps few of:
//   - an order is the store's slots sorted by one column. It begins as the order by name, which is always kept, and is sorted
//     stably by one number a row (see keys): so ties need no comparing.
//   - a sieve is one condition of a filter, a bit a slot. Texts are tried once each, not once a row. The sieves of a filter are
//     joined by "and"; facets leave one of them out.
//
// What passes the sieves, in order, is a run, one a store. The table never merges whole runs: it finds where an offset falls in
// each of them by weighted medians, O(stores · log² rows), and merges from there just what the window shows.
//
// # Changes
//
// A change writes its slot into the store's journal and does no more. The next question mends each order and sieve that it
// needs by the slots that were journalled since: they are taken out, tried or sorted anew, and merged back in. That copies
// numbers, but compares only what has changed. When the journal grows past a quarter of the rows, the order by name is mended,
// the journal begins anew, and what is behind it is made afresh if it is asked for again.
//
// # Concurrency
//
// One goroutine at a time writes a store; stores are written side by side, and while questions are asked. A question holds the
// table and all its stores for the few milliseconds that it takes, so an answer is of one moment, the one that its Seq names.
// No goroutine outlives a call.
package pane
