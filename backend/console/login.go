package console

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"time"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/fleet"
	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/view"
	"github.com/binnacle-dev/binnacle/backend/viewsync"
)

// loginLimit bounds the first word with a primary; after it the person may begin without it.
const loginLimit = 20 * time.Second

// loggingIn is a login under way.
type loggingIn struct {
	step   string // what is being done, for people
	cancel context.CancelFunc
}

// arrival is a person at a primary: who they are there and what they bring.
type arrival struct {
	credential kubeconfig.Credential
	pick       bridge.Pick // the primary's entry in a view that is new
	username   string
	verified   bool
	others     []picked
}

// LogIn logs in to the primary that a candidate names. A view that lies there loads; else one begins, and the phase is
// choose. It ends when the page has something to show; the error is of the primary itself.
func (c *Console) LogIn(ctx context.Context, r bridge.LogInRequest) error {
	if err := c.ready(); err != nil {
		return err
	}
	mine, err := c.extract(r.Ticket, r.Primary)
	if err != nil {
		return err
	}
	others, err := c.extract(r.Ticket, r.Others...)
	if err != nil {
		return err
	}
	a := arrival{credential: mine[0].credential, pick: r.Primary, others: others}
	if err := c.arrive(ctx, a, r.Offline); err != nil {
		return err
	}
	return c.CancelImport(r.Ticket)
}

// arrive finds out who the person is on the primary, and opens their view.
func (c *Console) arrive(ctx context.Context, a arrival, offline bool) error {
	ctx, done, err := c.beginLogin(ctx, "Asking "+a.pick.Name+" who you are")
	if err != nil {
		return err
	}
	defer done()
	c.views.Lock()
	defer c.views.Unlock()
	a.username = a.credential.Identity()
	var first *fleet.Client
	if !offline {
		var who fleet.Identity
		if first, who, err = c.whoAmI(ctx, a.credential); err != nil {
			return refused(a.pick.Name, err)
		}
		a.username, a.verified = who.Username, who.Verified
	}
	if a.username == "" {
		if first != nil {
			first.Close()
		}
		return bridge.Wrap(bridge.CodeLogin, nil, "Nobody knows who you are on "+a.pick.Name+".",
			"The credential names no user and the cluster has not been asked. Log in while it can be reached.")
	}
	r, err := c.recordOf(ctx, a)
	if first != nil && (err != nil || !a.verified) {
		first.Close()
		first = nil
	}
	if err != nil {
		return err
	}
	c.step("Looking for your view on " + a.pick.Name)
	c.show(r, first)
	if others := c.missing(a.others); len(others) > 0 {
		if err := c.add(ctx, others); err != nil {
			return err
		}
	}
	if offline {
		return nil
	}
	if err := c.settle(ctx); err != nil {
		return errors.Join(err, c.turnBack(ctx, r))
	}
	return nil
}

// missing are those that the view doesn't have yet: a login may come with clusters that it brings along itself.
func (c *Console) missing(all []picked) []picked {
	document := c.document()
	return slices.DeleteFunc(slices.Clone(all), func(p picked) bool {
		return twinOf(document, view.Member{Endpoint: viewEndpoint(p.credential.Endpoint()), Identity: p.credential.Identity()}) != ""
	})
}

// turnBack ends a login that was cancelled after the view was opened; one that began with it goes for good.
func (c *Console) turnBack(ctx context.Context, r record) error {
	c.leave()
	if err := c.folder.Remove(lastFile); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if !r.Sync.Synced.IsZero() {
		return nil
	}
	return c.erase(context.WithoutCancel(ctx), r.Slot)
}

// whoAmI asks the cluster, and gives the connection too: the caller closes it.
func (c *Console) whoAmI(ctx context.Context, credential kubeconfig.Credential) (*fleet.Client, fleet.Identity, error) {
	client, err := c.dial(credential)
	if err != nil {
		return nil, fleet.Identity{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, loginLimit)
	defer cancel()
	who, err := client.WhoAmI(ctx)
	if err != nil {
		client.Close()
		return nil, fleet.Identity{}, err
	}
	return client, who, nil
}

// recordOf gives this machine's record of the view, with the credential in the keychain: the one it has, or a new one,
// which meets the one on the primary at the first sync.
func (c *Console) recordOf(ctx context.Context, a arrival) (record, error) {
	endpoint := viewEndpoint(a.credential.Endpoint())
	if r, ok := c.recordFor(endpoint, a.username); ok {
		if err := c.keep(ctx, r.Slot, r.Primary.MemberID, a.credential); err != nil {
			return record{}, err
		}
		c.settled(r.Slot, r.Primary.MemberID)
		r.LastLogin = time.Now()
		return r, c.saveRecord(r)
	}
	slot, member := view.NewID(), view.NewID()
	document, err := view.New(view.Owner{Username: a.username, Server: endpoint.Server, CA: endpoint.CA}).
		Apply(view.Add(member, entry(a.pick, endpoint, a.username)))
	if err != nil {
		return record{}, err
	}
	r := record{
		Slot: slot, LastLogin: time.Now(), Sync: viewsync.Record{Document: document},
		Primary: primary{MemberID: member, Username: a.username, Verified: a.verified, Namespaces: spaces(a.credential)},
	}
	if err := c.keep(ctx, slot, member, a.credential); err != nil {
		return record{}, err
	}
	if err := c.saveRecord(r); err != nil {
		return record{}, errors.Join(err, c.forget(ctx, memberAccount(slot, member)))
	}
	c.settled(slot, member)
	return r, nil
}

// spaces are the namespaces that a credential hints at.
func spaces(credential kubeconfig.Credential) []string {
	if ns := credential.Namespace(); ns != "" {
		return []string{ns}
	}
	return nil
}

// settle waits until the keeper knows whether there is a view, or why it can't know.
func (c *Console) settle(ctx context.Context) error {
	open := c.current()
	if open == nil {
		return context.Canceled
	}
	ctx, cancel := context.WithTimeout(ctx, loginLimit)
	defer cancel()
	for {
		primary, _ := c.fleet.Status(open.primaryMember())
		if open.decided(primary) {
			return nil
		}
		select {
		case <-ctx.Done():
			if errors.Is(ctx.Err(), context.DeadlineExceeded) {
				return nil // the page shows what there is, and why it isn't synced
			}
			return ctx.Err()
		case <-open.news:
		}
	}
}

// decided says whether the first look at the primary has ended.
func (o *openView) decided(primary fleet.Status) bool {
	s := o.keeper.Status()
	switch {
	case s.State == viewsync.StateSaving:
		return false
	case s.State != viewsync.StateLocal:
		return true
	case primary.State == fleet.StateConnecting, primary.State == fleet.StateReady, primary.State == fleet.StateRemoved:
		return s.Why != o.untried && s.Why != errNoAnswer.Error()
	}
	return true
}

// LogInKnown opens a view that this machine knows; it shows at once.
func (c *Console) LogInKnown(slot string) error {
	if err := c.ready(); err != nil {
		return err
	}
	c.views.Lock()
	defer c.views.Unlock()
	r, err := c.loadRecord(slot)
	if err != nil {
		return err
	}
	r.LastLogin = time.Now()
	if err := c.saveRecord(r); err != nil {
		return err
	}
	c.show(r, nil)
	return nil
}

// CancelLogin ends the login under way.
func (c *Console) CancelLogin() error {
	c.mu.Lock()
	l := c.login
	c.mu.Unlock()
	if l != nil {
		l.cancel()
	}
	return nil
}

func (c *Console) beginLogin(ctx context.Context, step string) (context.Context, func(), error) {
	ctx, cancel := context.WithCancel(ctx)
	l := &loggingIn{step: step, cancel: cancel}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.login != nil {
		cancel()
		return nil, nil, bridge.Wrap(bridge.CodeBusy, nil, "A login is under way.", "Cancel it first.")
	}
	c.login = l
	c.ringSession()
	return ctx, func() {
		cancel()
		c.mu.Lock()
		c.login = nil
		c.mu.Unlock()
		c.ringSession()
	}, nil
}

func (c *Console) step(text string) {
	c.mu.Lock()
	if c.login != nil {
		c.login.step = text
	}
	c.mu.Unlock()
	c.ringSession()
}

// refused says why a primary can't be logged in to.
func refused(name string, err error) error {
	if errors.Is(err, context.Canceled) || unusable(err) {
		return err
	}
	state, cause := fleet.Classify(err)
	e := &bridge.Error{Member: name, Message: "Can't log in to " + name + ": " + cause}
	switch state {
	case fleet.StateNeedsLogin, fleet.StateNeedsCredentials:
		e.Code = bridge.CodeLogin
	case fleet.StateDenied:
		e.Code = bridge.CodeDenied
	default:
		e.Code, e.Hint = bridge.CodeUnreachable, "Check the network and the address. You can also begin on this machine and save there later."
	}
	return e
}
