package console

import (
	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/fleet"
	"github.com/binnacle-dev/binnacle/backend/guard"
	"github.com/binnacle-dev/binnacle/backend/view"
)

// Fleet is every member of the current view with what is known of it.
func (c *Console) Fleet() bridge.Fleet {
	out := bridge.Fleet{Seq: c.bells.at(bridge.EventFleet, ""), Members: []bridge.Member{}, Layout: bridge.Layout{Columns: []string{}}}
	open := c.current()
	if open == nil {
		return out
	}
	document := open.keeper.Document()
	soon := !open.engaged.Load() // asked before the statuses: a member that they lack is about to connect then, and not off
	statuses := c.fleet.Statuses()
	primary := open.primaryMember()
	for _, id := range document.Ordered() {
		status, engaged := statuses[id]
		if !engaged {
			status = open.lastKnown(id)
		}
		if soon {
			status.State, engaged = fleet.StateConnecting, true
		}
		member := memberRow(id, document.Members[id], status, engaged)
		member.Primary = id == primary
		member.Guard, member.UnlockedUntil = bridge.Guard(guard.ModeOf(document.Members[id].Guard)), ms(c.guards.Until(id))
		member.SignIn = c.sessions.of(memberAccount(open.slot, id))
		out.Members = append(out.Members, member)
	}
	out.Layout = bridge.Layout{
		Columns: append(out.Layout.Columns, document.Layout.Columns...), Sort: document.Layout.Sort,
		Desc: document.Layout.Desc, GroupBy: document.Layout.GroupBy,
	}
	return out
}

// memberRow joins what the view says of a member with what is known of the cluster. engaged is false for one that is off.
func memberRow(id string, m view.Member, s fleet.Status, engaged bool) bridge.Member {
	row := bridge.Member{
		ID: id, Name: m.Name, Color: m.Color, Group: m.Group, Labels: m.Labels,
		Server: m.Endpoint.Server, TLSName: m.Endpoint.TLSName, CA: m.Endpoint.CA,
		State: bridge.MemberState(s.State), Since: ms(s.Since), Cause: s.Cause, NextTry: ms(s.NextTry), Seen: ms(s.Seen),
		Action:       string(s.Action),
		Distribution: s.Facts.Distribution, Version: s.Facts.Version, Region: s.Facts.Region,
		T4KState: string(s.Facts.T4K.State), T4KVersion: s.Facts.T4K.Version,
		Identity: s.Facts.Identity, IdentityVerified: s.Facts.IdentityVerified, AuthKind: string(s.Facts.AuthKind),
		LatencyMS: -1, ExpiresAt: ms(s.Facts.CredentialExpires), ServerCertExpires: ms(s.Facts.ServerCertExpires),
	}
	if row.Labels == nil {
		row.Labels = map[string]string{}
	}
	if m.Off || !engaged {
		row.State, row.Cause, row.NextTry, row.Action = bridge.StateOff, "", 0, ""
	}
	if row.T4KState == string(fleet.T4KUnknown) {
		row.T4KState = ""
	}
	if s.Facts.Latency > 0 {
		row.LatencyMS = max(1, s.Facts.Latency.Milliseconds())
	}
	if m.Distribution != "" {
		row.Distribution, row.DistributionByHand = m.Distribution, true
	}
	if row.Identity == "" {
		row.Identity = m.Identity
	}
	row.Access = accessOf(s.Facts.Access)
	if p := s.Proposed; p != nil {
		row.Proposed = &bridge.Proposed{Server: p.Server, CA: p.CA, TLSName: p.TLSName}
	}
	return row
}

// accessOf is how much of a member the person can see. Until the member was asked it is everything: nothing is known to be missing.
func accessOf(a fleet.Access) bridge.Access {
	out := bridge.Access{All: a.All || !a.Known, Namespaces: list(a.Namespaces), Missing: []bridge.Missing{}}
	for _, m := range a.Missing {
		out.Missing = append(out.Missing, bridge.Missing{What: m.What, Why: m.Why, Rule: m.Rule})
	}
	return out
}
