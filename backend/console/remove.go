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

// removal is what was removed last. The secrets are still in the keychain; the journal names those that shall go, so
// that they go at the next start if this run ends before.
type removal struct {
	id      string
	text    string
	until   time.Time
	open    *openView
	members map[string]view.Member
	forget  bool
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
	document := open.keeper.Document()
	r := &removal{id: view.NewID(), until: time.Now().Add(undoTime), open: open, members: map[string]view.Member{}, forget: forgetSecrets}
	for _, id := range ids {
		if m, ok := document.Members[id]; ok {
			r.members[id] = m
			r.text = "Removed " + m.Name
		}
	}
	if len(r.members) == 0 {
		return notFound("cluster")
	}
	if len(r.members) > 1 {
		r.text = fmt.Sprintf("Removed %d clusters", len(r.members))
	}
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
	c.mu.Lock()
	c.removed = r
	r.timer = time.AfterFunc(undoTime, func() { c.goes(func(ctx context.Context) { c.finish(ctx, r) }) })
	c.mu.Unlock()
	c.ringSession()
	return nil
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
	if r.forget {
		accounts := make([]string, 0, len(r.members))
		for id := range r.members {
			accounts = append(accounts, memberAccount(r.open.slot, id))
		}
		err = c.forget(ctx, accounts...)
	} else {
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
