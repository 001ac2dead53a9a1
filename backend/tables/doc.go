// Package tables keeps tables live: for each kind of object that somebody looks at, it lists and watches every member's, as tables that
// the servers make, and hands the rows to that kind's pane.Table.
//
// # How a member is asked
//
// One list, then a watch from the version that the list bears, with bookmarks. The list asks for what is there now, whole: servers since
// 1.31 answer that from their cache once it has caught up, and the rows show while it comes; pages would cost a round trip each. What may
// be old (resourceVersion=0) is never asked for: where a conversion webhook fails, that is an empty list with a good face. A list that
// broke off is asked for again in pages of 500, which a slow line gets through before the server's own time limit; a page that can't go
// on (410) brings back the whole one. A watch that broke off goes on where it was; when the server no longer knows that place (410) the
// rows are listed anew, and the old ones stay until that is done.
//
// Watches that begin with a list of their own (sendInitialEvents) are left alone: of two servers that we test with one has them, and
// a table a row costs the server more. Versions are opaque: they are handed back, never compared.
//
// Where the list over all namespaces is refused, the namespaces that are known to be worth it are asked one by one. Who says no is left
// alone for a while.
//
// # Rules
//
// One member's slowness, faults or odd answers touch no other member. Rows come from the feed that a seat has now: what an older one still
// brings is dropped, by identity. Everything in an answer is a stranger's: texts are cleaned and cut, sizes are bounded. Of Secrets
// nothing but metadata and the server's columns is asked for, never an object.
//
// # Concurrency
//
// All methods may be called from any goroutine. A feed is one goroutine with those of its namespaces below it; Tables waits for all of
// them in Close. Locks are taken in this order: Tables.mu, seat.mu, the pane's own. Callbacks are made without any.
package tables
