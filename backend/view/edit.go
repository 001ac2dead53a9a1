package view

import (
	"fmt"
	"strings"
)

// maxAdd is how many members a person can have in a view: half of what a stored one may hold, so that two machines
// that added offline can be merged.
const maxAdd = MaxMembers / 2

// Edit is one change to a document. Make one with Add, Change, Remove, Move, SetLayout, SetTable, PutFilter, RemoveFilter,
// SetFavourite, Bring, SetOwner or Restore.
type Edit struct{ do func(*Document) error }

// Changes says which fields of a member to change; a nil field stays as it is.
type Changes struct {
	Name         *string
	Color        *string // "" or one of Colors
	Group        *string
	Labels       *map[string]string // all of them
	Distribution *string            // "" goes back to what is detected
	Off          *bool
	Endpoint     *Endpoint
	Identity     *string
	Guard        *string // "", protected or readOnly
}

// Apply gives a deep copy with all edits done in order, or the first error: a *FieldError, ErrUnknownMember or ErrNewer.
// Names, groups and label values lose the spaces around them.
func (d Document) Apply(edits ...Edit) (Document, error) {
	if d.Schema > Schema {
		return Document{}, ErrNewer
	}
	c := d.clone()
	for _, e := range edits {
		if e.do == nil {
			continue
		}
		if err := e.do(&c); err != nil {
			return Document{}, err
		}
	}
	return c, nil
}

// Add puts a new member under a fresh id (NewID). It needs a name and a server; it goes to the end unless it has an Order.
func Add(id string, m Member) Edit {
	return Edit{func(d *Document) error {
		if _, found := d.Members[id]; found {
			return &FieldError{Member: id, Field: "id", Problem: "is in the view already"}
		}
		return d.put(id, m)
	}}
}

// Restore puts a removed member back as it was, its place and what newer versions know of it included. If it is there
// already (another machine had edited it) nothing happens.
func Restore(id string, m Member) Edit {
	return Edit{func(d *Document) error {
		if _, found := d.Members[id]; found {
			return nil
		}
		if problem := checkID(id); problem != "" {
			return &FieldError{Field: "id", Problem: problem}
		}
		m := m.clone() // not judged like something new: it stood in the view
		d.Members[id] = m
		if m.Order == "" || checkOrder(m.Order) != "" {
			d.place(id, "")
		}
		return nil
	}}
}

func (d *Document) put(id string, m Member) error {
	if problem := checkID(id); problem != "" {
		return &FieldError{Field: "id", Problem: problem}
	}
	if len(d.Members) >= maxAdd {
		return &FieldError{Field: "members", Problem: fmt.Sprintf("a view can have at most %d clusters", maxAdd)}
	}
	m = m.clone()
	for _, f := range m.entries() {
		if err := f.set(id); err != nil {
			return err
		}
	}
	if problem := checkOrder(m.Order); problem != "" {
		return &FieldError{Member: id, Field: "order", Problem: problem}
	}
	d.Members[id] = m
	if m.Order == "" {
		d.place(id, "")
	}
	return nil
}

// Change sets the fields that c names. What newer versions know of an endpoint stays.
func Change(id string, c Changes) Edit {
	return Edit{func(d *Document) error {
		m, found := d.Members[id]
		if !found {
			return ErrUnknownMember
		}
		c := c
		if c.Endpoint != nil {
			e := *c.Endpoint
			e.unknown = m.Endpoint.unknown
			c.Endpoint = &e
		}
		m = m.clone()
		for _, f := range m.entries() {
			if !f.take(c) {
				continue
			}
			if err := f.set(id); err != nil {
				return err
			}
		}
		d.Members[id] = m
		return nil
	}}
}

// Remove takes members out. Ids that are not there are fine: another machine was faster.
func Remove(ids ...string) Edit {
	return Edit{func(d *Document) error {
		for _, id := range ids {
			delete(d.Members, id)
		}
		return nil
	}}
}

// Move puts a member right before another one, or at the end when before is "".
func Move(id, before string) Edit {
	return Edit{func(d *Document) error {
		_, found := d.Members[id]
		if _, there := d.Members[before]; !found || before != "" && !there {
			return ErrUnknownMember
		}
		if id != before {
			d.place(id, before)
		}
		return nil
	}}
}

// SetLayout replaces the layout. What newer versions know of it stays.
func SetLayout(l Layout) Edit {
	return Edit{func(d *Document) error {
		l := l.clone()
		l.unknown = d.Layout.unknown
		if len(l.Columns) > maxWord {
			return &FieldError{Field: "layout.columns", Problem: tooMany(maxWord)}
		}
		for _, c := range l.Columns {
			if problem := checkID(c); problem != "" {
				return &FieldError{Field: "layout.columns", Problem: "a column's id " + problem}
			}
		}
		if problem := enterable(l.Sort, maxLabel); problem != "" {
			return &FieldError{Field: "layout.sort", Problem: problem}
		}
		switch key, isLabel := strings.CutPrefix(l.GroupBy, "label:"); {
		case isLabel && enterableKey(key) == "":
		case l.GroupBy == "" || l.GroupBy == "group" || l.GroupBy == "state" || l.GroupBy == "distribution":
		default:
			return &FieldError{Field: "layout.groupBy", Problem: "must be empty, group, state, distribution or label:<key>"}
		}
		d.Layout = l
		return nil
	}}
}

// SetOwner notes that the primary moved or has a new CA.
func SetOwner(o Owner) Edit {
	return Edit{func(d *Document) error {
		o := o
		o.unknown = d.Owner.unknown
		if problem := enterable(o.Username, maxLine); problem != "" || o.Username == "" {
			return &FieldError{Field: "owner.username", Problem: "must be a user's name of at most 2048 characters"}
		}
		if problem := enterableServer(o.Server); problem != "" {
			return &FieldError{Field: "owner.server", Problem: problem}
		}
		if problem := enterable(o.CA, maxName); problem != "" {
			return &FieldError{Field: "owner.ca", Problem: problem}
		}
		d.Owner = o
		return nil
	}}
}
