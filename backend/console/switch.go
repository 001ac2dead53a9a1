package console

import (
	"context"
	"errors"
	"time"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/fleet"
	"github.com/binnacle-dev/binnacle/backend/view"
	"github.com/binnacle-dev/binnacle/backend/viewsync"
)

// copyLimit bounds how long a copy waits for the other primary.
const copyLimit = 30 * time.Second

// MakePrimary logs in to a member: the view that lies there shows, or a new one begins. The view that is left stays as it is.
func (c *Console) MakePrimary(ctx context.Context, id string) error {
	a, err := c.arrivalAt(ctx, id)
	if err != nil {
		return err
	}
	return c.arrive(ctx, a, false)
}

// arrivalAt is the person at a member of theirs.
func (c *Console) arrivalAt(ctx context.Context, id string) (arrival, error) {
	open, err := c.viewing()
	if err != nil {
		return arrival{}, err
	}
	m, ok := open.keeper.Document().Members[id]
	if !ok {
		return arrival{}, notFound("cluster")
	}
	if id == open.primaryMember() {
		return arrival{}, bridge.Wrap(bridge.CodeConflict, nil, m.Name+" is the primary already.", "")
	}
	credential, err := c.credential(ctx, open.slot, id)
	if err != nil {
		return arrival{}, err
	}
	return arrival{credential: credential, pick: bridge.Pick{Name: m.Name, Color: m.Color, Group: m.Group, Labels: m.Labels}}, nil
}

// CopyViewTo brings the current view (members, how tables look, saved filters, favourites) into the view that this user keeps on
// another member. What is there already stays as it is.
func (c *Console) CopyViewTo(ctx context.Context, id string) error {
	a, err := c.arrivalAt(ctx, id)
	if err != nil {
		return err
	}
	c.views.Lock()
	defer c.views.Unlock()
	client, who, err := c.whoAmI(ctx, a.credential)
	if err != nil {
		return refused(a.pick.Name, err)
	}
	defer client.Close()
	a.username, a.verified = who.Username, who.Verified
	from := c.current()
	target, err := c.recordOf(ctx, a)
	if err != nil {
		return err
	}
	if target.Slot == from.slot {
		return bridge.Wrap(bridge.CodeConflict, nil, a.pick.Name+" is the primary under another name.", "")
	}
	return c.copyInto(ctx, from, target, a.pick.Name, client)
}

// copyInto writes the view through a keeper of its own, which ends with the copy.
func (c *Console) copyInto(ctx context.Context, from *openView, target record, name string, client *fleet.Client) error {
	ctx, cancel := context.WithTimeout(ctx, copyLimit)
	defer cancel()
	store, err := viewsync.Open(guarded(client), target.Primary.Username)
	if err != nil {
		return err
	}
	to := &openView{slot: target.Slot, record: target, done: make(chan struct{}), news: make(chan struct{}, 1)}
	key, err := c.viewKey(ctx, target.Slot)
	if err != nil {
		return err
	}
	to.keeper = viewsync.NewKeeper(viewsync.Options{
		Record: target.Sync, Key: key,
		Save:        func(s viewsync.Record) error { return c.saveSync(to, s) },
		Connect:     func(context.Context) (*viewsync.Store, []string, error) { return store, to.namespaces(), nil },
		Credentials: carrier{c, to.slot},
		Moved:       func(ctx context.Context, ids map[string]string) error { return c.moveSecrets(ctx, to, ids) },
		Changed:     func() { signal(to.news) },
	})
	running, stop := context.WithCancel(ctx)
	to.stop = stop
	go func() {
		defer close(to.done)
		_ = to.keeper.Run(running) // ends with the copy
	}()
	defer to.close()
	select {
	case <-to.news: // it runs: from now on Flush waits for a pass
	case <-ctx.Done():
		return notSaved(name, "it took too long")
	}
	if err := c.adoptProtection(ctx, from, to); err != nil {
		return err
	}
	if err := c.copyContents(ctx, from, to); err != nil {
		return err
	}
	return saved(ctx, to, name)
}

// saved waits until the copy lies on the other primary, or says why it doesn't.
func saved(ctx context.Context, to *openView, name string) error {
	for {
		to.keeper.Flush(ctx)
		s := to.keeper.Status()
		switch s.State {
		case viewsync.StateSynced, viewsync.StateConflict:
			if !s.CredentialsDue {
				return nil
			}
			if s.CredentialsWhy != "" {
				return notSaved(name, s.CredentialsWhy)
			}
		case viewsync.StateSaving: // another machine was faster: the keeper tries again
		default:
			return notSaved(name, s.Why)
		}
		select {
		case <-ctx.Done():
			return notSaved(name, "it took too long")
		case <-to.news:
		}
	}
}

func notSaved(name, why string) error {
	return bridge.Wrap(bridge.CodeUnreachable, nil, "The view was copied on this machine, but is not yet saved on "+name+": "+why+".",
		"It is saved there when you log in there.")
}

// adoptProtection lets a view that is new there lie as the current one does, with the same passphrase.
func (c *Console) adoptProtection(ctx context.Context, from, to *openView) error {
	to.keeper.Flush(ctx)
	switch s := to.keeper.Status(); s.State {
	case viewsync.StateLocked:
		return bridge.Wrap(bridge.CodePassphrase, nil, "The view there is sealed with another passphrase.", "Log in there once and unlock it, then copy.")
	case viewsync.StateChoosing:
	default:
		return nil
	}
	from.mu.Lock()
	s := from.record.Sync
	from.mu.Unlock()
	p := viewsync.Protection{Mode: s.Mode, Carries: &s.Carries, Wrapped: s.WrappedKey}
	if s.KeyID != "" {
		key, err := c.viewKey(ctx, from.slot)
		if err != nil {
			return err
		}
		if err := c.keychain.Put(ctx, keyAccount(to.slot), key.Secret()); err != nil {
			return err
		}
		p.Key = key
	}
	return to.keeper.Protect(ctx, p)
}

// copyContents adds what is not there yet, members and filters under ids of their own: the two views are independent from now on.
func (c *Console) copyContents(ctx context.Context, from, to *openView) error {
	source, there := from.keeper.Document(), to.keeper.Document()
	var edits []view.Edit
	var copied []string
	ids := make(map[string]string, len(source.Members)) // that members have there
	for _, id := range source.Ordered() {
		m := source.Members[id]
		if twin := twinOf(there, m); twin != "" {
			ids[id] = twin
			continue
		}
		ids[id] = view.NewID()
		credential, err := c.credential(ctx, from.slot, id)
		if err == nil {
			err = c.keep(ctx, to.slot, ids[id], credential)
		}
		if err != nil && !errors.Is(err, fleet.ErrNoCredential) {
			return err
		}
		m.Order = ""
		edits, copied = append(edits, view.Add(ids[id], m)), append(copied, ids[id])
	}
	if err := to.keeper.Edit(append(edits, view.Bring(source, ids))...); err != nil {
		return err
	}
	if len(copied) == 0 {
		return nil
	}
	c.settled(to.slot, copied...)
	return to.keeper.CredentialsChanged(copied...)
}

// twinOf is the id that a member of another view, or one to be, has in this one; "" when it isn't there.
func twinOf(d view.Document, m view.Member) string {
	for _, id := range d.Ordered() {
		if sameMember(d.Members[id], m.Endpoint, m.Identity) {
			return id
		}
	}
	return ""
}
