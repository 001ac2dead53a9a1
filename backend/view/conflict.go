package view

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"time"
)

// Kind says what a Conflict is about; a closed set.
type Kind string

// The kinds.
const (
	KindField   Kind = "field"   // both sides changed one field differently; the view holds Theirs
	KindDeleted Kind = "deleted" // one side deleted the member, the other edited it; the view holds the edited member
)

// Conflict is what a merge could not decide. The view goes on with one of the two; Settle takes the person's choice.
type Conflict struct {
	ID     string          `json:"id"` // of kind, member and field: the same conflict has the same id in every merge
	Kind   Kind            `json:"kind"`
	Member string          `json:"member,omitempty"` // the member's id, "" when the field is the view's own
	Field  string          `json:"field,omitempty"`  // name, labels.env, layout.sort...; "" when Kind is KindDeleted
	Mine   json.RawMessage `json:"mine,omitempty"`   // this machine's value; nil is absent or deleted
	Theirs json.RawMessage `json:"theirs,omitempty"` // the stored value; nil is absent or deleted
	When   time.Time       `json:"when,omitzero"`    // for the caller to set: this package has no clock
}

func newConflict(kind Kind, member string, p path) Conflict {
	sum := sha256.Sum256([]byte(strings.Join([]string{string(kind), member, p.section, p.key}, "\x00")))
	return Conflict{ID: hex.EncodeToString(sum[:8]), Kind: kind, Member: member, Field: p.String()}
}

func compareConflicts(a, b Conflict) int {
	return cmp.Or(cmp.Compare(a.Member, b.Member), cmp.Compare(a.Field, b.Field), cmp.Compare(a.Kind, b.Kind))
}

// Settle gives the document as the person chose it, mine or theirs. For KindDeleted the side that is nil means "delete it".
// ErrUnknownMember when the conflict's member is gone meanwhile; a *FieldError when the value can't stand in a document.
func Settle(d Document, c Conflict, mine bool) (Document, error) {
	if d.Schema > Schema {
		return Document{}, ErrNewer
	}
	doc := d.clone()
	value := c.Theirs
	if mine {
		value = c.Mine
	}
	m, found := doc.Members[c.Member]
	switch {
	case c.Member != "" && !found:
		return Document{}, ErrUnknownMember
	case c.Kind == KindDeleted && value == nil:
		delete(doc.Members, c.Member)
	case c.Kind == KindDeleted: // the view holds it already
	case c.Member == "":
		own := documentLeaves(doc).with(find(c.Field, sectionOwner, sectionLayout), value)
		doc = Document{Schema: doc.Schema, ID: doc.ID, Revision: doc.Revision, Members: doc.Members}
		own.into(&doc)
	default:
		var settled Member
		memberLeaves(m).with(find(c.Field, sectionLabels), value).into(&settled)
		doc.Members[c.Member] = settled
	}
	return Parse(doc.bytes())
}
