package console

import (
	"context"
	"encoding/json"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/fleet"
	"github.com/binnacle-dev/binnacle/backend/object"
)

// sender is a member's connection as package object wants it.
type sender struct{ client *fleet.Client }

func (s sender) Send(ctx context.Context, r object.Request) (object.Answer, error) {
	a, err := s.client.Send(ctx, fleet.Request(r))
	return object.Answer{Body: a.Body, Warnings: a.Warnings}, err
}

// onMember runs f on the member of a ref; its errors name the member.
func onMember[T any](c *Console, ref bridge.ObjectRef, f func(object.Member, object.Ref) (T, error)) (T, error) {
	var none T
	open, err := c.viewing()
	if err != nil {
		return none, err
	}
	m, ok := open.keeper.Document().Members[ref.Member]
	if !ok {
		return none, notFound("cluster")
	}
	client, err := c.fleet.Client(ref.Member)
	if err != nil {
		return none, c.unconnected(ref.Member, m.Name, err)
	}
	out, err := f(c.objectMember(ref.Member, client), object.Ref{Kind: ref.Kind, Namespace: ref.Namespace, Name: ref.Name, UID: ref.UID})
	if err != nil {
		return none, ofMember(m.Name, err)
	}
	return out, nil
}

func (c *Console) objectMember(id string, client *fleet.Client) object.Member {
	served := c.merged.kinds.in(id)
	m := object.Member{ID: id, Requests: sender{client}, Schemas: c.merged.schemas, Kinds: make([]object.Kind, 0, len(served))}
	for _, k := range served {
		m.Kinds = append(m.Kinds, object.Kind{
			Group: k.Group, Version: k.Version, Resource: k.Resource, Kind: k.Kind, Namespaced: k.Namespaced,
			Verbs: k.Verbs, Subresources: k.Subresources,
		})
	}
	return m
}

// Object is one object, read now.
func (c *Console) Object(ctx context.Context, ref bridge.ObjectRef) (bridge.Object, error) {
	return onMember(c, ref, func(m object.Member, r object.Ref) (bridge.Object, error) {
		o, err := m.Open(ctx, r)
		if err != nil {
			return bridge.Object{}, err
		}
		return c.objectRow(ref.Member, o), nil
	})
}

// ObjectEvents are what the cluster tells of an object.
func (c *Console) ObjectEvents(ctx context.Context, ref bridge.ObjectRef) (bridge.ObjectEvents, error) {
	return onMember(c, ref, func(m object.Member, r object.Ref) (bridge.ObjectEvents, error) {
		e, err := m.Events(ctx, r)
		return eventRows(e), err
	})
}

// ObjectRelated are other objects that have to do with it.
func (c *Console) ObjectRelated(ctx context.Context, ref bridge.ObjectRef) (bridge.ObjectRelated, error) {
	return onMember(c, ref, func(m object.Member, r object.Ref) (bridge.ObjectRelated, error) {
		related, err := m.Related(ctx, r)
		return bridge.ObjectRelated{Groups: relatedGroups(ref.Member, related.Groups)}, err
	})
}

// ObjectText is an object as YAML.
func (c *Console) ObjectText(ctx context.Context, ref bridge.ObjectRef) (bridge.ObjectText, error) {
	return onMember(c, ref, func(m object.Member, r object.Ref) (bridge.ObjectText, error) {
		t, err := m.Text(ctx, r)
		return bridge.ObjectText(t), err
	})
}

// ObjectSchema is the JSON schema of an object's kind, or null.
func (c *Console) ObjectSchema(ctx context.Context, ref bridge.ObjectRef) (json.RawMessage, error) {
	return onMember(c, ref, func(m object.Member, r object.Ref) (json.RawMessage, error) {
		schema, err := m.Schema(ctx, r)
		if schema == nil {
			schema = json.RawMessage("null")
		}
		return schema, err
	})
}

// PreviewEdit asks the server what saving would do.
func (c *Console) PreviewEdit(ctx context.Context, e bridge.ObjectEdit) (bridge.ObjectPreview, error) {
	return onMember(c, e.Ref, func(m object.Member, r object.Ref) (bridge.ObjectPreview, error) {
		p, err := m.Preview(ctx, object.Edit{Ref: r, YAML: e.YAML, Base: e.Base, Version: e.Version})
		return previewRow(p), err
	})
}

// SaveEdit saves an edit whose preview the person saw.
func (c *Console) SaveEdit(ctx context.Context, e bridge.ObjectEdit) (bridge.ObjectText, error) {
	return onMember(c, e.Ref, func(m object.Member, r object.Ref) (bridge.ObjectText, error) {
		if err := c.guards.Confirm(e.Ref.Member, e.Confirm); err != nil {
			return bridge.ObjectText{}, err
		}
		t, err := m.Save(ctx, object.Edit{Ref: r, YAML: e.YAML, Base: e.Base, Version: e.Version})
		return bridge.ObjectText(t), err
	})
}

// ObjectDeletion is what goes when an object is deleted.
func (c *Console) ObjectDeletion(ctx context.Context, ref bridge.ObjectRef) (bridge.Deletion, error) {
	return onMember(c, ref, func(m object.Member, r object.Ref) (bridge.Deletion, error) {
		d, err := m.Deletion(ctx, r)
		return bridge.Deletion{Groups: relatedGroups(ref.Member, d.Groups), Finalizers: list(d.Finalizers), Warnings: list(d.Warnings)}, err
	})
}

// ChangeObject does an action. The person saw the member's name; the guard sees every request.
func (c *Console) ChangeObject(ctx context.Context, change bridge.ObjectChange) error {
	_, err := onMember(c, change.Ref, func(m object.Member, r object.Ref) (struct{}, error) {
		if err := c.guards.Confirm(change.Ref.Member, change.Confirm); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, m.Change(ctx, object.Change{
			Ref: r, Action: object.ActionID(change.Action), Replicas: change.Replicas, Orphan: change.Orphan,
		})
	})
	return err
}
