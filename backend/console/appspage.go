package console

import (
	"github.com/binnacle-dev/binnacle/backend/apps"
	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/fleet"
)

func (c *Console) newApps() *apps.Book {
	return apps.New(c.lifetime(), apps.Options{
		Members:  c.appMembers,
		Requests: clientOf(c, func(client *fleet.Client) apps.Requests { return client }),
		Changed:  func() { c.bells.ring(bridge.EventApps, "", false) },
	})
}

// appMembers are the members of the view as applications are looked for in them.
func (c *Console) appMembers() []apps.Member {
	statuses, document := c.fleet.Statuses(), c.document()
	out := make([]apps.Member, 0, len(statuses))
	for _, id := range document.Ordered() {
		if status, engaged := statuses[id]; engaged {
			out = append(out, apps.Member{
				ID: id, Connected: status.State == fleet.StateReady, Namespaces: worthTrying(status.Facts.Access), Serves: c.merged.kinds.served(id),
			})
		}
	}
	return out
}

// Apps are the applications of all members, merged. The first call begins to read them; asking again keeps them current.
func (c *Console) Apps() (bridge.Apps, error) {
	if _, err := c.viewing(); err != nil {
		return bridge.Apps{}, err
	}
	seq := c.bells.at(bridge.EventApps, "")
	now := c.merged.apps.Apps()
	out := bridge.Apps{
		Seq: seq, Read: ms(now.Read), Reading: now.Reading,
		Apps: make([]bridge.App, 0, len(now.Apps)), Members: make([]bridge.AppMember, 0, len(now.Members)),
	}
	for _, app := range now.Apps {
		out.Apps = append(out.Apps, appRow(app))
	}
	for _, m := range now.Members {
		out.Members = append(out.Members, bridge.AppMember{ID: m.ID, State: string(m.State), Missing: list(m.Missing)})
	}
	return out, nil
}

// RefreshApps reads them again, now.
func (c *Console) RefreshApps() error {
	if _, err := c.viewing(); err != nil {
		return err
	}
	c.merged.apps.Refresh()
	return nil
}

func appRow(app apps.App) bridge.App {
	row := bridge.App{
		Key: app.Key, Name: app.Name, Source: bridge.AppSource(app.Source), Tone: bridge.Tone(app.Tone),
		Instances: make([]bridge.AppInstance, 0, len(app.Instances)), Drift: make([]bridge.AppDrift, 0, len(app.Drift)),
	}
	for _, i := range app.Instances {
		one := bridge.AppInstance{
			Member: i.Member, Namespace: i.Namespace, Name: i.Name, Chart: i.Chart, Version: i.Version, App: i.App, Revision: i.Revision,
			Status: i.Status, Tone: bridge.Tone(i.Tone), Message: i.Message, Images: list(i.Images), Updated: ms(i.Updated), Selector: i.Selector,
			Workloads: make([]bridge.ObjectRef, 0, len(i.Workloads)), MoreWorkloads: i.More,
		}
		if i.Ref != (apps.Ref{}) {
			ref := appRef(i.Member, i.Ref)
			one.Ref = &ref
		}
		for _, w := range i.Workloads {
			one.Workloads = append(one.Workloads, appRef(i.Member, w))
		}
		row.Instances = append(row.Instances, one)
	}
	for _, d := range app.Drift {
		values := make([]bridge.DriftValue, 0, len(d.Values))
		for _, v := range d.Values {
			values = append(values, bridge.DriftValue{Value: v.Value, Members: v.Members})
		}
		row.Drift = append(row.Drift, bridge.AppDrift{Field: d.Field, Values: values})
	}
	return row
}

func appRef(member string, r apps.Ref) bridge.ObjectRef {
	return bridge.ObjectRef{Member: member, Kind: r.Kind, Namespace: r.Namespace, Name: r.Name, UID: r.UID}
}
