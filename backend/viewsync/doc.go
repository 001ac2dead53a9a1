// Package viewsync carries a user's view between this machine and the primary.
//
// # Two parts
//
// A Store talks to one primary as one user: it finds, reads, writes, deletes and watches the user's Secret. It holds
// no document and decides nothing.
//
// A Keeper owns the document on this machine and is its only writer. An edit is applied and saved here first, so it
// works offline and survives a kill; a loop in Run then brings both sides together. What to do is decided by a pure
// function, reconcile, from the Record of this machine and the sight of the primary.
//
// # Rules
//
// Pull before push: a pass reads the primary, merges what it holds into the document here, saves that, and only then
// writes, with the resourceVersion that it read. A conflict starts the pass again.
//
// Nothing is merged into the void. When the object was replaced, deleted, rolled back, unsealed, isn't ours or can't be
// read, the Keeper asks, and writes nothing until the answer.
//
// Credentials are a blob of their own beside the document, so that an edit of the document needs no secret. A
// credential carries the endpoint it was given for, and is handed on only to a member with that very endpoint.
//
// # Concurrency
//
// Both types are safe for concurrent use. Run and Watch block and own what they start. Callbacks are called without a
// state lock; Save is called under the one lock that orders changes, so it must not call back into the Keeper's
// changing methods.
package viewsync
