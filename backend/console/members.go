package console

import (
	"context"
	"errors"
	"slices"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/view"
)

// picked is a candidate that the person wants, with its credential out of the import.
type picked struct {
	pick       bridge.Pick
	credential kubeconfig.Credential
}

// extract takes credentials out of an import. This is when files that a kubeconfig refers to are read, once.
func (c *Console) extract(ticket string, picks ...bridge.Pick) ([]picked, error) {
	out := make([]picked, 0, len(picks))
	for _, p := range picks {
		found, err := c.imports.candidates(ticket, p.Index)
		if err != nil {
			return nil, err
		}
		credential, err := found[0].credential()
		if err != nil {
			return nil, bridge.Wrap(bridge.CodeInvalid, err, "Context "+found[0].Name+": "+err.Error()+".", "")
		}
		out = append(out, picked{p, credential})
	}
	return out, nil
}

// entry is what the view says of a member that is new.
func entry(p bridge.Pick, e view.Endpoint, identity string) view.Member {
	return view.Member{Name: p.Name, Color: p.Color, Group: p.Group, Labels: p.Labels, Endpoint: e, Identity: identity}
}

// AddMembers makes candidates members of the current view, reachable or not.
func (c *Console) AddMembers(ctx context.Context, r bridge.AddRequest) error {
	if _, err := c.viewing(); err != nil {
		return err
	}
	if len(r.Picks) == 0 {
		return bridge.Wrap(bridge.CodeInvalid, nil, "No cluster was chosen.", "")
	}
	members, err := c.extract(r.Ticket, r.Picks...)
	if err != nil {
		return err
	}
	if err := c.add(ctx, members); err != nil {
		return err
	}
	return c.CancelImport(r.Ticket)
}

// add keeps the secrets first and names the members after; if the view can't be saved the secrets go again.
func (c *Console) add(ctx context.Context, members []picked) error {
	open, err := c.viewing()
	if err != nil {
		return err
	}
	edits := make([]view.Edit, 0, len(members))
	ids, accounts := make([]string, 0, len(members)), make([]string, 0, len(members))
	for _, m := range members {
		id := view.NewID()
		endpoint := viewEndpoint(m.credential.Endpoint())
		ids, accounts = append(ids, id), append(accounts, memberAccount(open.slot, id))
		edits = append(edits, view.Add(id, entry(m.pick, endpoint, m.credential.Identity())))
	}
	if _, err := open.keeper.Document().Apply(edits...); err != nil {
		return err // before any secret is kept
	}
	for n, m := range members {
		if err := c.keep(ctx, open.slot, ids[n], m.credential); err != nil {
			return errors.Join(err, c.forget(ctx, accounts[:n+1]...))
		}
	}
	if err := open.keeper.Edit(edits...); err != nil {
		return errors.Join(err, c.forget(ctx, accounts...))
	}
	c.settled(open.slot, ids...)
	return open.keeper.CredentialsChanged(ids...)
}

// EditMember changes what the view says of a member.
func (c *Console) EditMember(e bridge.MemberEdit) error {
	return c.edit(view.Change(e.ID, view.Changes{
		Name: e.Name, Color: e.Color, Group: e.Group, Labels: e.Labels, Distribution: e.Distribution,
	}))
}

// MoveMember puts a member right before another one, or to the end when before is "".
func (c *Console) MoveMember(id, before string) error { return c.edit(view.Move(id, before)) }

// SwitchMembers switches members off or on; one that is off is not contacted.
func (c *Console) SwitchMembers(ids []string, off bool) error {
	open, err := c.viewing()
	if err != nil {
		return err
	}
	if off && slices.Contains(ids, open.primaryMember()) {
		return bridge.Wrap(bridge.CodeConflict, nil, "The primary can't be switched off: it holds this view.", "Make another cluster the primary first.")
	}
	edits := make([]view.Edit, 0, len(ids))
	for _, id := range ids {
		edits = append(edits, view.Change(id, view.Changes{Off: &off}))
	}
	return open.keeper.Edit(edits...)
}

// SaveLayout keeps how the person wants the table.
func (c *Console) SaveLayout(l bridge.Layout) error {
	return c.edit(view.SetLayout(view.Layout{Columns: l.Columns, Sort: l.Sort, Desc: l.Desc, GroupBy: l.GroupBy}))
}

func (c *Console) edit(edits ...view.Edit) error {
	open, err := c.viewing()
	if err != nil {
		return err
	}
	return open.keeper.Edit(edits...)
}

// ReplaceCredentials gives a member the credential of a candidate. If that is for another server or CA, the view says so from now on.
func (c *Console) ReplaceCredentials(ctx context.Context, id, ticket string, index int) error {
	open, err := c.viewing()
	if err != nil {
		return err
	}
	member, ok := open.keeper.Document().Members[id]
	if !ok {
		return notFound("cluster")
	}
	found, err := c.extract(ticket, bridge.Pick{Index: index})
	if err != nil {
		return err
	}
	credential := found[0].credential
	if err := c.keep(ctx, open.slot, id, credential); err != nil {
		return err
	}
	endpoint, identity := viewEndpoint(credential.Endpoint()), credential.Identity()
	change := view.Changes{Identity: &identity}
	if !member.Endpoint.Same(endpoint) {
		change.Endpoint = &endpoint
	}
	if err := open.keeper.Edit(view.Change(id, change)); err != nil {
		return err
	}
	c.settled(open.slot, id)
	c.fleet.Renew(id)
	if err := open.keeper.CredentialsChanged(id); err != nil {
		return err
	}
	return c.CancelImport(ticket)
}

// SettleProposed answers the question of a view that names another server or CA than the credential here was given for:
// take it, and the credential goes there from now on; or put back what the credential says.
func (c *Console) SettleProposed(ctx context.Context, id string, accept bool) error {
	open, err := c.viewing()
	if err != nil {
		return err
	}
	credential, err := c.credential(ctx, open.slot, id)
	if err != nil {
		return err
	}
	if !accept {
		endpoint := viewEndpoint(credential.Endpoint())
		return open.keeper.Edit(view.Change(id, view.Changes{Endpoint: &endpoint}))
	}
	return bridge.Wrap(bridge.CodeLogin, nil, "The new server needs a credential of its own.",
		"Ask who changed it. If it is right, choose Replace credentials and give a kubeconfig for the new server.")
}
