package console

import (
	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/guard"
	"github.com/binnacle-dev/binnacle/backend/object"
)

func objectRef(member string, r object.Ref) bridge.ObjectRef {
	return bridge.ObjectRef{Member: member, Kind: r.Kind, Namespace: r.Namespace, Name: r.Name, UID: r.UID}
}

// objectRow is an object for the page, with what the member's guard takes away from its actions.
func (c *Console) objectRow(member string, o object.Object) bridge.Object {
	row := bridge.Object{
		Ref: objectRef(member, o.Ref), APIVersion: o.APIVersion, Kind: o.Kind, Version: o.Version,
		Created: ms(o.Created), Deleting: ms(o.Deleting), Status: o.Status, Tone: bridge.Tone(o.Tone),
		Summary: []bridge.Fact{}, Conditions: []bridge.Condition{}, Labels: pairs(o.Labels), Annotations: pairs(o.Annotations),
		Owners: objectLinks(member, o.Owners), Actions: []bridge.ObjectAction{}, Hidden: o.Hidden,
	}
	for _, f := range o.Summary {
		fact := bridge.Fact{Title: f.Title, Value: f.Value, Time: ms(f.Time), Tone: bridge.Tone(f.Tone)}
		if f.Link != nil {
			to := objectRef(member, *f.Link)
			fact.Link = &to
		}
		row.Summary = append(row.Summary, fact)
	}
	for _, k := range o.Conditions {
		row.Conditions = append(row.Conditions, bridge.Condition{
			Type: k.Type, Status: k.Status, Reason: k.Reason, Message: k.Message, Since: ms(k.Since), Tone: bridge.Tone(k.Tone),
		})
	}
	readOnly := guard.ModeOf(c.document().Members[member].Guard) == guard.ReadOnly
	for _, a := range o.Actions {
		action := bridge.ObjectAction{ID: bridge.ActionID(a.ID), Refused: a.Refused, Replicas: a.Replicas}
		if readOnly && a.ID != object.ActionLogs {
			action.Refused = "This cluster is read-only in your view."
		}
		row.Actions = append(row.Actions, action)
	}
	return row
}

func pairs(from []object.Pair) []bridge.Pair {
	out := make([]bridge.Pair, 0, len(from))
	for _, p := range from {
		out = append(out, bridge.Pair(p))
	}
	return out
}

func objectLinks(member string, from []object.Link) []bridge.ObjectLink {
	out := make([]bridge.ObjectLink, 0, len(from))
	for _, l := range from {
		out = append(out, bridge.ObjectLink{
			Ref: objectRef(member, l.Ref), Kind: l.Kind, Status: l.Status, Tone: bridge.Tone(l.Tone), Gone: l.Gone,
		})
	}
	return out
}

func relatedGroups(member string, from []object.Group) []bridge.RelatedGroup {
	out := make([]bridge.RelatedGroup, 0, len(from))
	for _, g := range from {
		out = append(out, bridge.RelatedGroup{Title: g.Title, Links: objectLinks(member, g.Links), More: g.More, Why: g.Why})
	}
	return out
}

func eventRows(e object.Events) bridge.ObjectEvents {
	out := bridge.ObjectEvents{Events: make([]bridge.ObjectEvent, 0, len(e.Events)), Why: e.Why}
	for _, one := range e.Events {
		out.Events = append(out.Events, bridge.ObjectEvent{
			Warning: one.Warning, Reason: one.Reason, Message: one.Message, Source: one.Source,
			Count: one.Count, First: ms(one.First), Last: ms(one.Last),
		})
	}
	return out
}

func previewRow(p object.Preview) bridge.ObjectPreview {
	out := bridge.ObjectPreview{
		Before: p.Before, After: p.After, Version: p.Version, Warnings: list(p.Warnings), Merged: p.Merged,
		Problems: make([]bridge.EditProblem, 0, len(p.Problems)), Clashes: make([]bridge.EditClash, 0, len(p.Clashes)),
	}
	for _, one := range p.Problems {
		out.Problems = append(out.Problems, bridge.EditProblem(one))
	}
	for _, one := range p.Clashes {
		out.Clashes = append(out.Clashes, bridge.EditClash(one))
	}
	return out
}
