package console

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/binnacle-dev/binnacle/backend/fleet"
	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/secret"
	"github.com/binnacle-dev/binnacle/backend/view"
	"github.com/binnacle-dev/binnacle/backend/viewsync"
)

// kitNamespace is where the admin kit keeps views.
const kitNamespace = "binnacle"

// errNoAnswer is why nothing is synced while the primary's first answer is awaited.
var errNoAnswer = errors.New("the primary has not answered yet")

// reachPrimary gives the keeper its way to the primary, or says in words why there is none now. While the fleet is still
// connecting, the connection of the login serves: nothing is asked of the primary twice in a row.
func (c *Console) reachPrimary(ctx context.Context, open *openView) (*viewsync.Store, []string, error) {
	id := open.primaryMember()
	status, ok := c.fleet.Status(id)
	if status.State != fleet.StateReady {
		if client, username := open.arrived(); client != nil {
			store, err := viewsync.Open(guarded(client), username)
			return store, open.namespaces(), err
		}
	}
	_, named := open.keeper.Document().Members[id]
	switch {
	case !named:
		return nil, nil, errors.New("the view does not name its primary any more; log in to it anew")
	case !ok, status.State == fleet.StateConnecting:
		return nil, nil, errNoAnswer
	case status.State != fleet.StateReady:
		return nil, nil, errors.New(status.Cause)
	}
	client, err := c.fleet.Client(id)
	if err != nil {
		return nil, nil, err
	}
	username, err := c.usernameAt(ctx, open, client, status.Facts)
	if err != nil {
		return nil, nil, err
	}
	open.arrivedBy(nil, "")
	store, err := viewsync.Open(guarded(client), username)
	return store, open.namespaces(), err
}

// usernameAt is who the primary says that the person is, to the letter: it is a key. The fleet's facts have it cleaned for
// people, so the primary is asked unless that is plainly the name that it confirmed before.
func (c *Console) usernameAt(ctx context.Context, open *openView, client *fleet.Client, facts fleet.Facts) (string, error) {
	open.mu.Lock()
	p := open.record.Primary
	open.mu.Unlock()
	if p.Verified && facts.IdentityVerified && facts.Identity == p.Username {
		return p.Username, nil
	}
	who, err := client.WhoAmI(ctx)
	switch {
	case err != nil:
		return "", err
	case !who.Verified:
		return "", errors.New("the primary does not say who you are")
	}
	return who.Username, c.confirmIdentity(open, who.Username)
}

// arrived is the connection of the login, if it is still wanted.
func (o *openView) arrived() (*fleet.Client, string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.first, o.firstUser
}

// arrivedBy replaces the connection of the login; the former one is closed.
func (o *openView) arrivedBy(client *fleet.Client, username string) {
	o.mu.Lock()
	former := o.first
	o.first, o.firstUser = client, username
	o.mu.Unlock()
	if former != nil {
		former.Close()
	}
}

// confirmIdentity holds the view to the one user that the primary confirmed. A view begun offline has only a guess.
func (c *Console) confirmIdentity(open *openView, username string) error {
	open.mu.Lock()
	p := open.record.Primary
	open.mu.Unlock()
	switch {
	case p.Verified && p.Username == username:
		return nil
	case p.Verified:
		return fmt.Errorf("this view is %s's, and the primary now says that you are %s; log in anew for that user", p.Username, username)
	}
	if err := c.update(open, func(r *record) { r.Primary.Username, r.Primary.Verified = username, true }); err != nil {
		return err
	}
	owner := open.keeper.Document().Owner
	owner.Username = username
	return open.keeper.Edit(view.SetOwner(owner))
}

// namespaces are where the view may lie, best first.
func (o *openView) namespaces() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return placesFor(o.record.Sync.Place.Namespace, o.record.Primary.Namespaces)
}

// placesFor puts the remembered place first, then the admin kit's, then the others.
func placesFor(remembered string, others []string) []string {
	var all []string
	if remembered != "" {
		all = append(all, remembered)
	}
	return append(append(all, kitNamespace), others...)
}

// fetchKey gives the keeper the view's key, if this machine has it. It may wait for the keychain; the view shows meanwhile.
func (c *Console) fetchKey(ctx context.Context, open *openView) {
	if open.keyID() == "" {
		return
	}
	key, err := c.viewKey(ctx, open.slot)
	switch {
	case err != nil:
		c.Logger().Warn("the view's key", slog.Any("error", err))
	case !key.Empty():
		open.keeper.UseKey(key)
	}
}

func (o *openView) keyID() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.record.Sync.KeyID
}

// carrier lets the keeper carry credentials with the view.
type carrier struct {
	c    *Console
	slot string
}

// Collect gives what this machine has of these members' credentials; one that is missing here is left out.
func (v carrier) Collect(ctx context.Context, ids []string) (map[string]viewsync.Carried, error) {
	out := map[string]viewsync.Carried{}
	for _, id := range ids {
		credential, err := v.c.credential(ctx, v.slot, id)
		if errors.Is(err, fleet.ErrNoCredential) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out[id] = viewsync.Carried{Endpoint: viewEndpoint(credential.Endpoint()), Secret: credential.Kubeconfig()}
	}
	return out, nil
}

// Receive keeps credentials that came with the view. The keeper checked that each was given for the endpoint that the
// document names; what the kubeconfig itself says is checked here.
func (v carrier) Receive(ctx context.Context, carried map[string]viewsync.Carried) error {
	var failed []error
	for id, one := range carried {
		credential, err := fromCarried(one)
		if err == nil {
			err = v.c.keep(ctx, v.slot, id, credential)
		}
		if signIn, ok := credential.SignIn(); err == nil && ok {
			err = v.c.sessions.share(signIn.Key(), credential.Endpoint()) // the person did so on another machine
		}
		if err != nil {
			failed = append(failed, fmt.Errorf("credential of member %s: %w", id, err))
			continue
		}
		v.c.settled(v.slot, id)
		v.c.fleet.Renew(id)
	}
	return errors.Join(failed...)
}

// errMisplaced says that a carried kubeconfig is for another server than it claims.
var errMisplaced = errors.New("it was given for another server")

func fromCarried(one viewsync.Carried) (kubeconfig.Credential, error) {
	credential, err := kubeconfig.FromVault(secret.New(one.Secret.Reveal()))
	if err != nil {
		return kubeconfig.Credential{}, err
	}
	if !viewEndpoint(credential.Endpoint()).Same(one.Endpoint) {
		return kubeconfig.Credential{}, errMisplaced
	}
	return credential, nil
}

// moveSecrets follows members that took the primary's ids when a view begun offline met the one that was there. It copies:
// the keeper may tell it twice. What lies under the old ids goes when the view is forgotten.
func (c *Console) moveSecrets(ctx context.Context, open *openView, ids map[string]string) error {
	for from, to := range ids {
		credential, err := c.credential(ctx, open.slot, from)
		if errors.Is(err, fleet.ErrNoCredential) {
			continue
		}
		if err != nil {
			return err
		}
		if err := c.keep(ctx, open.slot, to, credential); err != nil {
			return err
		}
	}
	return c.update(open, func(r *record) {
		for from, to := range ids {
			r.Kept = append(r.Kept, from)
			if r.Primary.MemberID == from {
				r.Primary.MemberID = to
			}
		}
	})
}
