package console

import (
	"cmp"
	"slices"
	"time"

	"github.com/binnacle-dev/binnacle/backend/fleet"
	"github.com/binnacle-dev/binnacle/backend/view"
	"github.com/binnacle-dev/binnacle/backend/viewsync"
)

const (
	viewsFolder = "views"
	factsFolder = "facts"
	// lastFile names the view that opens at the next start; without it the start is the welcome.
	lastFile = "last"
)

// record is all that this machine keeps of one view, but for its secrets.
type record struct {
	// Slot is this machine's own name for the view: the record's file and its secrets go by it. It is not the document's
	// id, for a view that was begun offline takes the id of the one that the primary turns out to have.
	Slot      string          `json:"slot"`
	Primary   primary         `json:"primary"`
	LastLogin time.Time       `json:"lastLogin"`
	Sync      viewsync.Record `json:"sync"`
	// Kept are members whose entry was removed and whose secret was not: they go when the primary is forgotten.
	Kept []string `json:"kept,omitempty"`
}

// primary is the cluster that holds a view, as this machine knows it.
type primary struct {
	MemberID string `json:"memberID"` // its own member in the view
	Username string `json:"username"`
	Verified bool   `json:"verified"` // the cluster said so; else it is read from the credential
	// Namespaces are where a view may lie besides the usual places: the kubeconfig's own and T4K's.
	Namespaces []string `json:"namespaces,omitempty"`
}

// last is the content of lastFile.
type last struct {
	Slot string `json:"slot"`
}

// known is what the file of last known facts holds, by member.
type known map[string]knownFacts

type knownFacts struct {
	Facts fleet.Facts `json:"facts"`
	Seen  time.Time   `json:"seen"`
}

func (c *Console) loadRecord(slot string) (record, error) {
	folder, err := c.folder.Sub(viewsFolder)
	if err != nil {
		return record{}, err
	}
	var r record
	return r, folder.Load(slot, &r)
}

func (c *Console) saveRecord(r record) error {
	folder, err := c.folder.Sub(viewsFolder)
	if err != nil {
		return err
	}
	c.recordsMu.Lock()
	defer c.recordsMu.Unlock()
	c.recalled = nil
	return folder.Save(r.Slot, r)
}

func (c *Console) removeRecord(slot string) error {
	folder, err := c.folder.Sub(viewsFolder)
	if err != nil {
		return err
	}
	c.recordsMu.Lock()
	defer c.recordsMu.Unlock()
	c.recalled = nil
	return folder.Remove(slot)
}

// records are all views that this machine knows, the latest login first. One that can't be read is left out.
func (c *Console) records() []record {
	c.recordsMu.Lock()
	defer c.recordsMu.Unlock()
	if c.recalled == nil {
		c.recalled = c.readRecords()
	}
	return c.recalled
}

func (c *Console) readRecords() []record {
	folder, err := c.folder.Sub(viewsFolder)
	if err != nil {
		return nil
	}
	names, err := folder.List()
	if err != nil {
		return nil
	}
	all := []record{}
	for _, name := range names {
		if r, err := c.loadRecord(name); err == nil && r.Slot == name {
			all = append(all, r)
		}
	}
	slices.SortFunc(all, func(a, b record) int {
		return cmp.Or(b.LastLogin.Compare(a.LastLogin), cmp.Compare(a.Slot, b.Slot))
	})
	return all
}

// recordFor is the view that a user keeps on a cluster, if this machine knows one.
func (c *Console) recordFor(e view.Endpoint, username string) (record, bool) {
	for _, r := range c.records() {
		m, ok := r.Sync.Document.Members[r.Primary.MemberID]
		if ok && m.Endpoint.Same(e) && r.Primary.Username == username {
			return r, true
		}
	}
	return record{}, false
}

// accounts are the keychain accounts of everything that a view ever kept on this machine.
func (r record) accounts() []string {
	all := []string{keyAccount(r.Slot)}
	for id := range r.Sync.Document.Members {
		all = append(all, memberAccount(r.Slot, id))
	}
	for _, id := range r.Kept {
		all = append(all, memberAccount(r.Slot, id))
	}
	return all
}
