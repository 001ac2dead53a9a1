// Package object is one object of one member: read, explained, edited, acted upon.
//
// A Member says how a cluster is asked and what it serves; its methods answer what the page's drawer shows. Everything
// else is pure: an object is a tree of map[string]any, []any, string, bool, int64, float64 and nil, and no shape of it is
// taken for granted.
//
// # Rules
//
//   - All that a cluster says is hostile text. What leaves this package is cleaned and capped; YAML is exact, with its
//     dangerous characters escaped.
//   - A Secret's values never leave: not in a summary, in YAML, in an annotation, in an error. So a Secret can't be edited.
//   - A change is for one object, known by its UID: another one of the same name is never touched. Nothing is retried, and
//     nothing that somebody else wrote meanwhile is overwritten unseen.
//   - What can't be told says why, and doesn't keep the rest from being told. The requests of one call are bounded in
//     number, size and time.
//
// # Concurrency
//
// A Member is safe for concurrent use. Requests of one call run side by side; no goroutine outlives its call.
package object
