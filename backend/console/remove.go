package console

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/view"
)

// undoTime is how long a removal can be taken back.
const undoTime = 10 * time.Second

// removal is what was removed last: entries, their secrets, or both. The secrets are still in the keychain; the journal
// names those of entries that went, so that they go at the next start if this run ends before.
type removal struct {
	id      string
	text    string
	until   time.Time
	open    *openView
	members map[string]view.Member
	entries bool // they are out of the view
	forget  bool // the secrets shall go
	timer   *time.Timer
}

// RemoveMembers takes members out of the view at once; with forgetSecrets their secrets follow when it can't be undone any more.
func (c *Console) RemoveMembers(ctx context.Context, ids []string, forgetSecrets bool) error {
	open, err := c.viewing()
	if err != nil {
		return err
	}
	if slices.Contains(ids, open.primaryMember()) {
		return bridge.Wrap(bridge.CodeConflict, nil, "The primary can't be removed: it holds this view.", "Make another cluster the primary, or log out and forget it.")
	}
	c.finishRemoval(ctx)
	r, err := open.removal(ids, "Removed")
	if err != nil {
		return err
	}
	r.entries, r.forget = true, forgetSecrets
	if forgetSecrets {
		for id := range r.members {
			if err := c.journal.Note(memberAccount(open.slot, id)); err != nil {
				return err
			}
		}
	}
	if err := open.keeper.Edit(view.Remove(ids...)); err != nil {
		return err
	}
	c.undoable(r)
	return nil
}

// ForgetCredentials takes members' secrets off this machine; the entries stay and need credentials. What other machines
// and the primary hold is theirs.
func (c *Console) ForgetCredentials(ctx context.Context, ids []string) error {
	open, err := c.viewing()
	if err != nil {
		return err
	}
	if slices.Contains(ids, open.primaryMember()) {
		return bridge.Wrap(bridge.CodeConflict, nil, "The primary's credentials can't be forgotten: this view is saved with them.", "Log out and let this machine's secrets go, or make another cluster the primary.")
	}
	c.finishRemoval(ctx)
	r, err := open.removal(ids, "Forgot the credentials of")
	if err != nil {
		return err
	}
	r.forget = true
	c.undoable(r)
	c.renew(r)
	return nil
}

// removal names what shall go.
func (o *openView) removal(ids []string, verb string) (*removal, error) {
	document := o.keeper.Document()
	r := &removal{id: view.NewID(), until: time.Now().Add(undoTime), open: o, members: map[string]view.Member{}}
	for _, id := range ids {
		if m, ok := document.Members[id]; ok {
			r.members[id] = m
			r.text = verb + " " + m.Name
		}
	}
	if len(r.members) == 0 {
		return nil, notFound("cluster")
	}
	if len(r.members) > 1 {
		r.text = fmt.Sprintf("%s %d clusters", verb, len(r.members))
	}
	return r, nil
}

// undoable begins the time in which a removal can be taken back.
func (c *Console) undoable(r *removal) {
	c.mu.Lock()
	c.removed = r
	r.timer = time.AfterFunc(undoTime, func() { c.goes(func(ctx context.Context) { c.finish(ctx, r) }) })
	c.mu.Unlock()
	c.ringSession()
}

// withheld says whether a member's secret is about to go: nothing gets it any more.
func (c *Console) withheld(slot, memberID string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	r := c.removed
	if r == nil || !r.forget || r.open.slot != slot {
		return false
	}
	_, named := r.members[memberID]
	return named
}

// renew tells the fleet that these members' credentials went, or are back.
func (c *Console) renew(r *removal) {
	if c.current() != r.open {
		return
	}
	for id := range r.members {
		c.fleet.Renew(id)
	}
}

// Undo takes the last removal back.
func (c *Console) Undo(id string) error {
	c.mu.Lock()
	r := c.removed
	if r == nil || r.id != id {
		c.mu.Unlock()
		return bridge.Wrap(bridge.CodeNotFound, nil, "It is too late to undo this.", "Add the cluster again.")
	}
	c.removed = nil
	c.mu.Unlock()
	r.timer.Stop()
	if !r.entries {
		c.renew(r)
		c.ringSession()
		return nil
	}
	edits := make([]view.Edit, 0, len(r.members))
	ids := make([]string, 0, len(r.members))
	for id, m := range r.members {
		edits, ids = append(edits, view.Restore(id, m)), append(ids, id)
	}
	if err := r.open.keeper.Edit(edits...); err != nil {
		return err
	}
	c.settled(r.open.slot, ids...)
	c.ringSession()
	return r.open.keeper.CredentialsChanged(ids...)
}

// finishRemoval ends the time in which the last removal can be undone.
func (c *Console) finishRemoval(ctx context.Context) {
	c.mu.Lock()
	r := c.removed
	c.mu.Unlock()
	if r != nil {
		r.timer.Stop()
		c.finish(ctx, r)
	}
}

// finish lets the secrets of a removal go, or notes that they stay.
func (c *Console) finish(ctx context.Context, r *removal) {
	c.mu.Lock()
	mine := c.removed == r
	if mine {
		c.removed = nil
	}
	c.mu.Unlock()
	if !mine {
		return // undone, or finished by another
	}
	c.ringSession()
	var err error
	switch {
	case r.forget:
		accounts := make([]string, 0, len(r.members))
		for id := range r.members {
			accounts = append(accounts, memberAccount(r.open.slot, id))
		}
		err = c.forget(ctx, accounts...)
		if !r.entries {
			c.renew(r)
		}
	default:
		err = c.update(r.open, func(rec *record) {
			for id := range r.members {
				rec.Kept = append(rec.Kept, id)
			}
		})
	}
	if err != nil {
		c.Logger().Warn("after a removal", slog.Any("error", err)) // the journal or the next removal tries again
	}
}
