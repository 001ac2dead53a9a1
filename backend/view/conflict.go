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
	KindDeleted Kind = "deleted" // one side deleted the member or saved filter, the other edited it; the view holds the edited one
)

// Conflict is what a merge could not decide. The view goes on with one of the two; Settle takes the person's choice.
type Conflict struct {
	ID     string          `json:"id"` // of kind, member and field: the same conflict has the same id in every merge
	Kind   Kind            `json:"kind"`
	Member string          `json:"member,omitempty"` // the member's id, "" when the field is the view's own
	Field  string          `json:"field,omitempty"`  // name, labels.env, layout.sort, filters.<id>...; "" when a member was deleted
	Path   []string        `json:"path,omitempty"`   // the same, key by key; older programs didn't write it
	Mine   json.RawMessage `json:"mine,omitempty"`   // this machine's value; nil is absent or deleted
	Theirs json.RawMessage `json:"theirs,omitempty"` // the stored value; nil is absent or deleted
	When   time.Time       `json:"when,omitzero"`    // for the caller to set: this package has no clock
}

func newConflict(kind Kind, member string, p path) Conflict {
	keys := p.list()
	for len(keys) < 2 { // as the conflicts of earlier programs, which are kept, were named
		keys = append([]string{""}, keys...)
	}
	sum := sha256.Sum256([]byte(strings.Join(append([]string{string(kind), member}, keys...), "\x00")))
	return Conflict{ID: hex.EncodeToString(sum[:8]), Kind: kind, Member: member, Field: p.String(), Path: p.list()}
}

// path is where the conflict is, within its member or the document.
func (c Conflict) path() path {
	if len(c.Path) > 0 {
		return pathOf(c.Path...)
	}
	for _, section := range []string{"labels", "owner", "layout"} {
		if key, found := strings.CutPrefix(c.Field, section+"."); found {
			return pathOf(section, key)
		}
	}
	return pathOf(c.Field)
}

func compareConflicts(a, b Conflict) int {
	return cmp.Or(cmp.Compare(a.Member, b.Member), cmp.Compare(a.Field, b.Field), cmp.Compare(a.Kind, b.Kind))
}

// Settle gives the document as the person chose it, mine or theirs. For KindDeleted the side that is nil means "delete it".
// ErrUnknownMember when the conflict's member or saved filter is gone meanwhile; a *FieldError when the value can't stand in a
// document.
func Settle(d Document, c Conflict, mine bool) (Document, error) {
	if d.Schema > Schema {
		return Document{}, ErrNewer
	}
	doc := d.clone()
	value := c.Theirs
	if mine {
		value = c.Mine
	}
	p := c.path()
	var err error
	switch {
	case c.Member != "":
		err = doc.settleMember(c, p, value)
	case p.depth > 1 && p.keys[0] == "filters":
		err = doc.settleFilter(c, p, value)
	default:
		own := documentLeaves(doc).with(p, value, documentShape())
		doc = Document{Schema: doc.Schema, ID: doc.ID, Revision: doc.Revision, Members: doc.Members, Filters: doc.Filters}
		own.into(&doc)
	}
	if err != nil {
		return Document{}, err
	}
	return Parse(doc.bytes())
}

func (d *Document) settleMember(c Conflict, p path, value json.RawMessage) error {
	m, found := d.Members[c.Member]
	switch {
	case !found:
		return ErrUnknownMember
	case c.Kind == KindDeleted && value == nil:
		delete(d.Members, c.Member)
	case c.Kind == KindDeleted: // the view holds it already
	default:
		var settled Member
		memberLeaves(m).with(p, value, memberShape()).into(&settled)
		d.Members[c.Member] = settled
	}
	return nil
}

func (d *Document) settleFilter(c Conflict, p path, value json.RawMessage) error {
	id := p.keys[1]
	f, found := d.Filters[id]
	switch {
	case !found:
		return ErrUnknownMember
	case c.Kind == KindDeleted && value == nil:
		delete(d.Filters, id)
	case c.Kind == KindDeleted: // the view holds it already
	default:
		var settled SavedFilter
		filterLeaves(f).with(pathOf(p.list()[2:]...), value, shape{}).into(&settled)
		d.Filters[id] = settled
	}
	return nil
}
