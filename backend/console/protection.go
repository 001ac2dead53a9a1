package console

import (
	"context"
	"slices"

	"k8s.io/apimachinery/pkg/util/validation"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/seal"
	"github.com/binnacle-dev/binnacle/backend/secret"
	"github.com/binnacle-dev/binnacle/backend/viewsync"
)

// Seal does what the page asks about how the view lies on the primary.
func (c *Console) Seal(ctx context.Context, r bridge.SealRequest) error {
	open, err := c.viewing()
	if err != nil {
		return err
	}
	defer c.ringSession()
	pass, old := secret.New([]byte(r.Passphrase)), secret.New([]byte(r.Old))
	mode := viewsync.Mode(oneOf(string(r.Mode), string(viewsync.ModeSealed), string(viewsync.ModeOpen)))
	switch r.Action {
	case "choose":
		return c.protect(ctx, open, viewsync.Protection{Mode: mode, Carries: &r.Carry}, pass)
	case "unlock":
		return c.unlockView(ctx, open, pass)
	case "passphrase":
		return c.changePassphrase(ctx, open, old, pass)
	case "mode":
		return c.protect(ctx, open, viewsync.Protection{Mode: mode}, pass)
	case "carry":
		return c.protect(ctx, open, viewsync.Protection{Carries: &r.Carry}, pass)
	}
	return notFound("action")
}

// protect changes mode or carrying. If that needs a key and there is none yet, one is made and wrapped with the passphrase.
func (c *Console) protect(ctx context.Context, open *openView, p viewsync.Protection, pass secret.Value) error {
	sealing := p.Mode == viewsync.ModeSealed || p.Carries != nil && *p.Carries
	if sealing && open.keyID() == "" {
		if err := strong(pass); err != nil {
			return err
		}
		key, err := seal.NewKey()
		if err != nil {
			return err
		}
		if p.Wrapped, err = seal.Wrap(key, pass); err != nil {
			return err
		}
		if err := c.keychain.Put(ctx, keyAccount(open.slot), key.Secret()); err != nil {
			return err
		}
		p.Key = key
	}
	return open.keeper.Protect(ctx, p)
}

// strong refuses a passphrase that can be guessed.
func strong(pass secret.Value) error {
	if s := seal.Rate(pass); s.Score < seal.MinScore {
		return bridge.Wrap(bridge.CodePassphrase, nil, "That passphrase is too easy to guess.", s.Advice)
	}
	return nil
}

// unlockView opens the view that lies on the primary, once on each machine.
func (c *Console) unlockView(ctx context.Context, open *openView, pass secret.Value) error {
	key, err := open.keeper.Unlock(pass)
	if err != nil {
		return err
	}
	if err := c.keychain.Put(ctx, keyAccount(open.slot), key.Secret()); err != nil {
		return err
	}
	open.keeper.Flush(ctx)
	return nil
}

// changePassphrase wraps the same key again. The old passphrase is asked for: an unattended window is no proof of who sits there.
func (c *Console) changePassphrase(ctx context.Context, open *openView, old, pass secret.Value) error {
	if err := strong(pass); err != nil {
		return err
	}
	key, err := open.keeper.Unlock(old)
	if err != nil {
		return err
	}
	wrapped, err := seal.Wrap(key, pass)
	if err != nil {
		return err
	}
	return open.keeper.Protect(ctx, viewsync.Protection{Wrapped: wrapped})
}

// SyncNow looks at the primary now, and says why the view can't be brought together with it.
func (c *Console) SyncNow(ctx context.Context) error {
	open, err := c.viewing()
	if err != nil {
		return err
	}
	c.fleet.Retry(open.primaryMember())
	open.keeper.Nudge()
	ctx, cancel := context.WithTimeout(ctx, loginLimit)
	defer cancel()
	open.keeper.Flush(ctx)
	if s := open.keeper.Status(); s.State == viewsync.StateLocal {
		return bridge.Wrap(bridge.CodeUnreachable, nil, "The view is saved on this machine only: "+s.Why+".", "")
	}
	return nil
}

// SaveIn names a namespace of the primary where the person may keep Secrets; the view is looked for and saved there first.
func (c *Console) SaveIn(ctx context.Context, namespace string) error {
	open, err := c.viewing()
	if err != nil {
		return err
	}
	if problems := validation.IsDNS1123Label(namespace); len(problems) > 0 {
		return bridge.Wrap(bridge.CodeInvalid, nil, "That can't be a namespace.", "A namespace is lower-case letters, digits and hyphens, 63 at most.")
	}
	err = c.update(open, func(r *record) {
		r.Primary.Namespaces = append([]string{namespace}, slices.DeleteFunc(r.Primary.Namespaces, func(n string) bool { return n == namespace })...)
	})
	if err != nil {
		return err
	}
	return c.SyncNow(ctx)
}

// Settle takes the person's side in a conflict.
func (c *Console) Settle(id, keep string) error {
	open, err := c.viewing()
	if err != nil {
		return err
	}
	return open.keeper.Settle(id, keep == "mine")
}

// Answer takes the person's answer to the sync's question.
func (c *Console) Answer(question, choice string) error {
	open, err := c.viewing()
	if err != nil {
		return err
	}
	return open.keeper.Answer(question, viewsync.ChoiceID(choice))
}
