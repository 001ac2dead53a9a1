package console

import (
	"context"
	"errors"
	"io/fs"

	"github.com/binnacle-dev/binnacle/backend/bridge"
)

// LogOut closes the current view. With forgetSecrets this machine forgets all of it: the view's copy and its secrets.
func (c *Console) LogOut(ctx context.Context, forgetSecrets bool) error {
	open, err := c.viewing()
	if err != nil {
		return err
	}
	c.leave()
	if err := c.folder.Remove(lastFile); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	c.ringSession()
	c.ringFleet()
	if !forgetSecrets {
		return nil
	}
	return c.erase(ctx, open.slot)
}

// ForgetPrimary drops what this machine knows of a primary that isn't logged in.
func (c *Console) ForgetPrimary(ctx context.Context, slot string) error {
	if err := c.ready(); err != nil {
		return err
	}
	if open := c.current(); open != nil && open.slot == slot {
		return bridge.Wrap(bridge.CodeBusy, nil, "You are logged in there.", "Log out first, and choose to forget this machine's secrets.")
	}
	return c.erase(ctx, slot)
}

// erase takes a view off this machine: secrets first, so that none is left without a record that names it.
func (c *Console) erase(ctx context.Context, slot string) error {
	defer c.ringSession()
	r, err := c.loadRecord(slot)
	if err != nil {
		return err
	}
	if err := c.forget(ctx, r.accounts()...); err != nil {
		return err
	}
	if facts, err := c.folder.Cache().Sub(factsFolder); err == nil {
		_ = facts.Remove(slot) // it may never have been made
	}
	return c.removeRecord(slot)
}
