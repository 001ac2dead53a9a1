package console

import (
	"log/slog"
	"strconv"
	"sync"

	"github.com/binnacle-dev/binnacle/backend/apps"
	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/fleet"
	"github.com/binnacle-dev/binnacle/backend/object"
	"github.com/binnacle-dev/binnacle/backend/tables"
)

// merged is what the pane is made of besides the fleet: the kinds that its members serve, the live tables of those that
// somebody looks at, and the logs that are open.
type merged struct {
	tables  *tables.Tables // set by Start
	apps    *apps.Book     // set by Start
	schemas *object.Schemas
	kinds   kinds
	recents recents
	logs    openLogs

	refitting sync.Mutex // orders what the tables are told
	links     links      // guarded by refitting
}

func newMerged() merged {
	return merged{schemas: object.NewSchemas(), links: links{}, logs: openLogs{byID: map[string]*openLog{}}}
}

func (c *Console) newTables(log *slog.Logger) *tables.Tables {
	return tables.New(tables.Options{
		Requests: clientOf(c, func(client *fleet.Client) tables.Requests { return client }),
		Changed:  func(kind string) { c.bells.ring(bridge.EventTable, kind, false) },
		Tried:    c.fleet.Tried,
		Log:      log.With(slog.String("pkg", "tables")),
	})
}

// clientOf gives a member's client as what a part of the pane asks of it.
func clientOf[R any](c *Console, as func(*fleet.Client) R) func(member string) (R, error) {
	return func(member string) (R, error) {
		client, err := c.fleet.Client(member)
		if err != nil {
			var none R // not a nil *Client in an interface
			return none, err
		}
		return as(client), nil
	}
}

// link is one connection of a member, told apart from those before.
type link struct {
	client *fleet.Client
	number int
}

// links number the members' connections as they come.
type links map[string]link

// of is the member's connection as text that no other ever had, "" when there is none.
func (l links) of(id string, client *fleet.Client) string {
	known := l[id]
	if known.client != client {
		known = link{client, known.number + 1}
		l[id] = known
	}
	if client == nil {
		return ""
	}
	return strconv.Itoa(known.number)
}

// refit brings the kinds and the tables up to the fleet. It is called from any goroutine, whenever a member changed.
func (c *Console) refit() {
	p := &c.merged
	p.refitting.Lock()
	defer p.refitting.Unlock()
	open := c.current()
	if open == nil {
		p.kinds.learn(nil, nil)
		p.tables.SetMembers(nil)
		return
	}
	document, statuses := open.keeper.Document(), c.fleet.Statuses()
	told := make(map[string][]fleet.Kind, len(statuses))
	for id := range statuses {
		if list, known := c.fleet.Kinds(id); known {
			told[id] = list
		}
	}
	if p.kinds.learn(told, learning(document, statuses, told)) {
		c.bells.ring(bridge.EventCatalog, "", false)
	}
	members := make([]tables.Member, 0, len(statuses))
	for _, id := range document.Ordered() {
		status, engaged := statuses[id]
		if !engaged {
			continue
		}
		client, _ := c.fleet.Client(id) // nil: there is none yet
		access := status.Facts.Access
		members = append(members, tables.Member{
			ID: id, Name: document.Members[id].Name, Connected: status.State == fleet.StateReady, Connection: p.links.of(id, client),
			All: access.All || !access.Known, Namespaces: worthTrying(access), Serves: p.kinds.served(id),
		})
	}
	p.tables.SetMembers(members)
	p.apps.Nudge()
}

// worthTrying are the namespaces of a person who can't list them, those where something was read before first.
func worthTrying(a fleet.Access) []string {
	out := append([]string{}, a.Succeeded...)
	seen := make(map[string]bool, len(out))
	for _, n := range out {
		seen[n] = true
	}
	for _, n := range a.Namespaces {
		if !seen[n] {
			out = append(out, n)
		}
	}
	return out
}
