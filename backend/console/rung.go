package console

import (
	"reflect"
	"time"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/fleet"
	"github.com/binnacle-dev/binnacle/backend/view"
)

// rung is what the page was last rung about: a keeper tells of each pass and of each saved width, and a page that reads its
// members anew for one of those does so in the middle of what the person is at.
type rung struct {
	fleet   mustered
	catalog catalogued
}

// mustered is what a Fleet has of the view's document.
type mustered struct {
	members map[string]view.Member
	layout  view.Layout
	primary string
	engaged bool
}

// ringView tells the page what of the view is news to it. The caller holds engaging.
func (c *Console) ringView(open *openView, document view.Document) {
	now := rung{
		fleet:   mustered{document.Members, document.Layout, open.primaryMember(), open.engaged.Load()},
		catalog: catalogOf(document),
	}
	before := open.told
	open.told = &now
	if before == nil || !reflect.DeepEqual(before.fleet, now.fleet) {
		c.ringFleet()
	}
	c.ringSession() // how the view is synced changes with every pass
	if before == nil || !before.catalog.equal(now.catalog) {
		c.bells.ring(bridge.EventCatalog, "", false)
	}
}

// beats is how long the page waits for news of members that only told that they are there: each does every some seconds.
const beats = 5 * time.Second

// ringMember tells the page of what a member has become.
func (c *Console) ringMember(open *openView, now fleet.Status) {
	now.Seen, now.Facts.Latency = time.Time{}, 0
	open.mu.Lock()
	before, known := open.statuses[now.ID]
	open.statuses[now.ID] = now
	open.mu.Unlock()
	switch {
	case !known || !reflect.DeepEqual(before, now):
		c.ringFleet()
	case c.beating.CompareAndSwap(false, true):
		time.AfterFunc(beats, func() {
			c.beating.Store(false)
			c.ringFleet()
		})
	}
}
