package local

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"sync"
)

const journalName = "journal.json"

// Journal lists the keychain accounts whose fate is open, so that a crash leaves no secret that nobody owns.
//
// To add: Note, put the secret, save the view that names it, Keep. To remove: Note, save the view without it, delete the
// secret, Keep. After a crash, for each of Pending: if the saved view names it, Keep; else delete the secret, then Keep.
// It is safe for concurrent use, as long as one account has one change at a time.
type Journal struct {
	folder *Folder

	mu   sync.Mutex
	open map[string]bool
}

// journal is the stored form.
type journal struct {
	Pending []string `json:"pending"`
}

// Journal opens the profile's journal; open it once. A damaged one is set aside and gives ErrCorrupt: call again for an
// empty one, and sweep the keychain accounts of all members instead.
func (f *Folder) Journal() (*Journal, error) {
	var stored journal
	if err := f.Load(journalName, &stored); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("journal: %w", err)
	}
	j := &Journal{folder: f, open: map[string]bool{}}
	for _, account := range stored.Pending {
		j.open[account] = true
	}
	return j, nil
}

// Note says that an account is about to change; it is on the disk when Note returns without error.
func (j *Journal) Note(account string) error { return j.set(account, true) }

// Keep says that the view and the keychain agree about an account again.
func (j *Journal) Keep(account string) error { return j.set(account, false) }

// Pending are the accounts noted and not settled, sorted.
func (j *Journal) Pending() []string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return slices.Sorted(maps.Keys(j.open))
}

func (j *Journal) set(account string, open bool) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.open[account] == open {
		return nil
	}
	next := maps.Clone(j.open)
	if open {
		next[account] = true
	} else {
		delete(next, account)
	}
	if err := j.folder.Save(journalName, journal{Pending: slices.Sorted(maps.Keys(next))}); err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	j.open = next
	return nil
}
