// Package view is a person's saved document: which clusters they connected, how they named and ordered them, and how
// their table looks. It is what travels between machines through the primary.
//
// # Rules
//
//   - The document has no field for a secret. A test walks every type that can be reached from Document.
//   - A Document is a value. Nothing here changes one that it was given: Apply, Merge, Adopt, Settle and CopyTo answer
//     with a deep copy. Read the maps in it, but don't write to them.
//   - JSON fields that this version does not know are kept, at every level, merged like any other field and written back,
//     so that an older program never deletes what a newer one saved.
//   - A document with a newer schema can be shown and is never written: MarshalJSON and Apply answer ErrNewer.
//   - What Parse would refuse is never written either: MarshalJSON checks it first.
//   - Text from people is strict: edits refuse control, bidirectional and invisible characters. Text from storage may be
//     hostile: there the same characters become U+FFFD (a visible mark) when the document is read. Unknown fields are not
//     touched, for nobody shows them.
//
// The package is pure: no clock, no disk, no network, no logger; only NewID draws random numbers. Everything in it is safe
// for concurrent use as long as nobody writes to a shared Document.
package view

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// Schema is the version of the document that this program reads and writes.
const Schema = 1

// Document is one view. Make one with New or Parse; the zero Document is "none" and is written as null.
type Document struct {
	Schema   int
	ID       string // random, see NewID; it names the view for good, wherever it is kept
	Owner    Owner
	Revision int64             // whoever writes the document to the primary adds one
	Members  map[string]Member // by a stable random id
	Layout   Layout

	Tables     map[string]TableLayout // by kind: "pods", "deployments.apps"
	Filters    map[string]SavedFilter // by a stable random id
	Favourites Set                    // kinds

	unknown unknown
}

// Owner says whose view this is and on which primary it was begun.
type Owner struct {
	Username string // as the primary calls them
	Server   string // the primary's endpoint, in kubeconfig's normal form
	CA       string

	unknown unknown
}

// Member is one cluster of the view. The primary is one too; it is known by its endpoint, for it may change.
type Member struct {
	Name         string
	Color        string // "" or one of Colors; a newer version may know more
	Group        string
	Order        string // fractional index, see Between; ties are broken by the id
	Labels       map[string]string
	Distribution string // set by hand; "" is what the cluster says of itself
	Off          bool   // a member that is off is not contacted
	Endpoint     Endpoint
	Identity     string // whom the credential was for: a hint for the person who must find it again
	// Guard is what may be changed there: "" (anything), protected or readOnly. A word of a newer version is kept, and must be
	// taken for the strictest.
	Guard string

	unknown unknown
}

// Endpoint is where a member is. It merges as one field, for a server and a CA belong together. Compare with Same.
type Endpoint struct {
	Server  string
	CA      string // hex SHA-256 of the CA, "" is the system's, "insecure" is none
	TLSName string

	unknown unknown
}

// Layout is how the person wants the table of clusters.
type Layout struct {
	Columns []string // shown, in order; empty: the default ones
	Sort    string   // a column's id; "" is the view's own order
	Desc    bool
	GroupBy string // "", group, state, distribution or label:<key>

	unknown unknown
}

// unknown holds the JSON fields of one object that this version does not know, in canonical form. They are immutable.
type unknown map[string]json.RawMessage

// New begins a view: nothing in it, revision 0, a fresh id.
func New(owner Owner) Document {
	return Document{Schema: Schema, ID: NewID(), Owner: owner, Members: map[string]Member{}}
}

// NewID gives a random id for a view or a member: 128 bits as 26 characters of lower-case base32.
func NewID() string { return strings.ToLower(rand.Text()) }

// Ordered lists the member ids as the person ordered them: by Order, then by id.
func (d Document) Ordered() []string {
	return slices.SortedFunc(maps.Keys(d.Members), func(a, b string) int {
		if c := strings.Compare(d.Members[a].Order, d.Members[b].Order); c != 0 {
			return c
		}
		return strings.Compare(a, b)
	})
}

// Equal says whether both would be written as the same bytes. No labels and empty labels are the same.
func (d Document) Equal(o Document) bool { return bytes.Equal(d.bytes(), o.bytes()) }

// IsZero says whether there is no document at all.
func (d Document) IsZero() bool { return d.Schema == 0 && d.ID == "" && len(d.Members) == 0 }

// Same says whether both are one endpoint, whatever a newer version knows about them besides.
func (e Endpoint) Same(o Endpoint) bool {
	return e.Server == o.Server && e.CA == o.CA && e.TLSName == o.TLSName
}

// CopyTo gives all that the person set up (members, layouts, filters, favourites) as a new view of another owner or primary: fresh id, revision 0. The members
// keep their ids, so that the caller can carry their credentials over one by one.
func (d Document) CopyTo(owner Owner) Document {
	c := d.clone()
	c.ID, c.Owner, c.Revision = NewID(), owner, 0
	return c
}

// OwnedBy answers ErrForeign when the document is another user's, or was begun on another cluster: one of which both the
// server and the CA differ. One of them alone may change, by a move or by a new CA.
func (d Document) OwnedBy(o Owner) error {
	if d.Owner.Username != o.Username || d.Owner.Server != o.Server && d.Owner.CA != o.CA {
		return ErrForeign
	}
	return nil
}

func (d Document) clone() Document {
	d.unknown, d.Owner.unknown = maps.Clone(d.unknown), maps.Clone(d.Owner.unknown)
	d.Layout, d.Favourites = d.Layout.clone(), slices.Clone(d.Favourites)
	d.Tables, d.Filters = cloned(d.Tables, TableLayout.clone), cloned(d.Filters, SavedFilter.clone)
	members := make(map[string]Member, len(d.Members))
	for id, m := range d.Members {
		members[id] = m.clone()
	}
	d.Members = members
	return d
}

func (m Member) clone() Member {
	m.Labels = maps.Clone(m.Labels)
	m.unknown, m.Endpoint.unknown = maps.Clone(m.unknown), maps.Clone(m.Endpoint.unknown)
	return m
}

func (l Layout) clone() Layout {
	l.Columns, l.unknown = slices.Clone(l.Columns), maps.Clone(l.unknown)
	return l
}
