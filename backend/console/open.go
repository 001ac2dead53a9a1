package console

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"reflect"
	"sync"
	"sync/atomic"
	"time"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/fleet"
	"github.com/binnacle-dev/binnacle/backend/view"
	"github.com/binnacle-dev/binnacle/backend/viewsync"
)

// factsPause is how long changed facts wait before they are saved: at start-up every member changes at once.
const factsPause = 2 * time.Second

// openView is the view that the person is logged in to: its keeper, and what this machine remembers of it.
type openView struct {
	slot    string // see record
	keeper  *viewsync.Keeper
	stop    context.CancelFunc
	untried string // why the keeper says that nothing is synced before its first pass
	done    chan struct{}
	save    chan struct{} // facts changed
	news    chan struct{} // keeper or primary changed; settle waits for it
	engaged atomic.Bool   // the fleet was told of the members; until then they are about to connect
	told    *rung         // what the page was rung about last, nil: nothing yet; guarded by Console.engaging

	mu        sync.Mutex
	statuses  map[string]fleet.Status // that the page was rung about, by member
	record    record
	facts     known
	first     *fleet.Client // the connection of the login, until the fleet has its own; nil: none
	firstUser string        // who the person is on it
}

// current is the open view, or nil.
func (c *Console) current() *openView {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.open
}

// viewing is current for use-cases that need one.
func (c *Console) viewing() (*openView, error) {
	if err := c.ready(); err != nil {
		return nil, err
	}
	if open := c.current(); open != nil {
		return open, nil
	}
	return nil, bridge.Wrap(bridge.CodeBusy, nil, "Nobody is logged in.", "Log in to a primary first.")
}

// document is the current view's, or the zero one.
func (c *Console) document() view.Document {
	if open := c.current(); open != nil {
		return open.keeper.Document()
	}
	return view.Document{}
}

// reopen shows the view of the last run, if its person didn't log out.
func (c *Console) reopen() {
	var l last
	err := loadOr(c.folder, lastFile, &l)
	if err == nil && l.Slot == "" {
		return
	}
	var r record
	if err == nil {
		r, err = c.loadRecord(l.Slot)
	}
	if err != nil { // the welcome shows; a damaged file was kept aside
		c.Logger().Error("the last view can't be read", slog.Any("error", err))
		return
	}
	c.show(r, nil)
}

// show makes a record's view the current one. Nothing here waits: the document and the last known facts are on this
// machine, the keychain is read when members connect, the primary is reached by the keeper in its own time.
//
// first is the connection over which the person logged in, or nil; the view closes it.
func (c *Console) show(r record, first *fleet.Client) {
	c.leave()
	log := c.Logger()
	open := &openView{
		slot: r.Slot, record: r, facts: known{}, statuses: map[string]fleet.Status{}, first: first, firstUser: r.Primary.Username,
		done: make(chan struct{}), save: make(chan struct{}, 1), news: make(chan struct{}, 1),
	}
	if folder, err := c.folder.Cache().Sub(factsFolder); err == nil {
		if err := loadOr(folder, open.slot, &open.facts); err != nil {
			log.Warn("last known facts", slog.Any("error", err))
		}
	}
	open.keeper = viewsync.NewKeeper(viewsync.Options{
		Record:      r.Sync,
		Save:        func(s viewsync.Record) error { return c.saveSync(open, s) },
		Connect:     func(ctx context.Context) (*viewsync.Store, []string, error) { return c.reachPrimary(ctx, open) },
		Credentials: carrier{c, open.slot},
		Moved:       func(ctx context.Context, ids map[string]string) error { return c.moveSecrets(ctx, open, ids) },
		Changed:     func() { c.viewChanged(open) },
		Log:         log.With(slog.String("pkg", "viewsync")),
	})
	open.untried = open.keeper.Status().Why
	c.mu.Lock()
	ctx, stop := context.WithCancel(c.root)
	open.stop = stop
	c.open = open
	c.mu.Unlock()
	if err := c.folder.Save(lastFile, last{open.slot}); err != nil {
		log.Warn("the next start won't open this view by itself", slog.Any("error", err))
	}
	c.running.Go(func() {
		defer close(open.done)
		if !c.curtain.wait(ctx) {
			return
		}
		c.viewChanged(open)
		var parts sync.WaitGroup
		parts.Go(func() { c.keepFacts(ctx, open) })
		parts.Go(func() { c.fetchKey(ctx, open) })
		if err := open.keeper.Run(ctx); err != nil && !errors.Is(err, context.Canceled) {
			log.Error("the view's keeper ended", slog.Any("error", err))
		}
		parts.Wait()
	})
	c.viewChanged(open)
}

// leave closes the current view, if there is one. What could be undone in it can't be any more.
func (c *Console) leave() {
	c.finishRemoval(c.lifetime())
	c.mu.Lock()
	open := c.open
	c.open = nil
	c.mu.Unlock()
	if open != nil {
		open.close()
		c.closeAllLogs()
		c.merged.apps.Reset()
		c.fleet.Set(nil)
		c.refit()
	}
}

// sayGoodbye gives the primary the edits and credentials that it doesn't have yet, if it can be reached.
func (o *openView) sayGoodbye(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, farewell)
	defer cancel()
	for ctx.Err() == nil {
		s := o.keeper.Status()
		if s.Synced.IsZero() || s.Dirty.IsZero() && !s.CredentialsDue || s.CredentialsWhy != "" {
			return
		}
		o.keeper.Flush(ctx)
		switch o.keeper.Status().State {
		case viewsync.StateSaving, viewsync.StateSynced, viewsync.StateConflict:
		default:
			return // it can't be reached, or waits for the person: asking again changes nothing
		}
	}
}

func (o *openView) close() {
	o.stop()
	<-o.done
	o.arrivedBy(nil, "")
}

// Attend says whether somebody looks at the window: the view is followed closely only then.
func (c *Console) Attend(active bool) error {
	open, err := c.viewing()
	if err != nil {
		return err
	}
	open.keeper.SetActive(active)
	c.bells.attend(active)
	return nil
}

// viewChanged brings fleet and page up to the document. It is called from any goroutine.
func (c *Console) viewChanged(open *openView) {
	c.engaging.Lock() // from reading the document to having told the fleet: an older one must not come last
	defer c.engaging.Unlock()
	if c.current() != open {
		return
	}
	document := open.keeper.Document()
	members := make([]fleet.Member, 0, len(document.Members))
	for _, id := range document.Ordered() {
		m := document.Members[id]
		facts := open.lastKnown(id)
		members = append(members, fleet.Member{
			ID: id, Name: m.Name, Endpoint: fleetEndpoint(m.Endpoint), Off: m.Off, Known: facts.Facts, Seen: facts.Seen,
		})
	}
	c.guardMembers(document)
	if c.curtain.isOpen() {
		c.fleet.Set(members)
		open.engaged.Store(true)
	}
	signal(open.news)
	c.ringView(open, document)
	c.refit()
}

// memberChanged is the fleet's callback.
func (c *Console) memberChanged(id string) {
	open := c.current()
	if open == nil {
		return
	}
	status, ok := c.fleet.Status(id)
	if !ok {
		return
	}
	c.ringMember(open, status)
	if status.State == fleet.StateReady {
		open.learn(id, status)
	}
	c.refit()
	if id == open.primaryMember() {
		open.keeper.Nudge()
		signal(open.news)
		c.ringSession()
	}
}

func (o *openView) learn(id string, s fleet.Status) {
	o.mu.Lock()
	before, after := o.facts[id].Facts, s.Facts
	o.facts[id] = knownFacts{s.Facts, s.Seen}
	o.mu.Unlock()
	before.Latency, after.Latency = 0, 0 // it changes with every heartbeat, and isn't worth a write
	if !reflect.DeepEqual(before, after) {
		signal(o.save)
	}
}

// signal fills a channel of size one.
func signal(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// lastKnown is what a member told of itself last, as a status of one that isn't connected.
func (o *openView) lastKnown(id string) fleet.Status {
	o.mu.Lock()
	defer o.mu.Unlock()
	k := o.facts[id]
	return fleet.Status{ID: id, Facts: k.Facts, Seen: k.Seen}
}

func (o *openView) primaryMember() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.record.Primary.MemberID
}

// keepFacts saves last known facts some seconds after they change, and at the end.
func (c *Console) keepFacts(ctx context.Context, open *openView) {
	for {
		select {
		case <-ctx.Done():
			c.saveFacts(open)
			return
		case <-open.save:
		}
		pause := time.NewTimer(factsPause)
		select {
		case <-ctx.Done():
		case <-pause.C:
		}
		pause.Stop()
		c.saveFacts(open)
	}
}

func (c *Console) saveFacts(open *openView) {
	open.mu.Lock()
	facts := maps.Clone(open.facts)
	open.mu.Unlock()
	folder, err := c.folder.Cache().Sub(factsFolder)
	if err == nil {
		err = folder.Save(open.slot, facts)
	}
	if err != nil {
		c.Logger().Warn("save last known facts", slog.Any("error", err))
	}
}

// saveSync is the keeper's Save: it is done when the disk has it.
func (c *Console) saveSync(open *openView, s viewsync.Record) error {
	open.mu.Lock()
	defer open.mu.Unlock()
	open.record.Sync = s
	return c.saveRecord(open.record)
}

// update changes what this machine remembers of the view besides the document.
func (c *Console) update(open *openView, change func(*record)) error {
	open.mu.Lock()
	defer open.mu.Unlock()
	change(&open.record)
	return c.saveRecord(open.record)
}
