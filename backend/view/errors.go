package view

import "errors"

var (
	// ErrNewer says that a newer version of the program wrote the document: show it, but never write it.
	ErrNewer = errors.New("the view was saved by a newer version of Binnacle; update this one to change it")
	// ErrForeign says that the document is another person's or another cluster's. Never merge it.
	ErrForeign = errors.New("this view belongs to another user or cluster")
	// ErrUnknownMember says that an edit or a conflict names a member that the view does not have (any more).
	ErrUnknownMember = errors.New("the view has no such cluster any more")
)

// FieldError says what is wrong with one field, of an edit or of a stored document. It never holds the field's value.
type FieldError struct {
	Member  string // the member's id, or "" for the document's own fields
	Field   string // name, color, labels.env, endpoint.server, layout.columns...
	Problem string // what is allowed, in words
}

// Error is the field, then what is allowed.
func (e *FieldError) Error() string {
	if e.Member != "" {
		return "cluster " + e.Member + ": " + e.Field + ": " + e.Problem
	}
	return e.Field + ": " + e.Problem
}
