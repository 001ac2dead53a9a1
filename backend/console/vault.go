package console

import (
	"context"
	"errors"
	"log/slog"
	"strings"

	"github.com/binnacle-dev/binnacle/backend/fleet"
	"github.com/binnacle-dev/binnacle/backend/keychain"
	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/login"
	"github.com/binnacle-dev/binnacle/backend/seal"
)

// The names under which secrets lie in the keychain: "m/<slot>/<member>" is a member's kubeconfig, "k/<slot>" a view's key,
// "t/<key>" a session's tokens (login.Account).
func memberAccount(slot, memberID string) string { return "m/" + slot + "/" + memberID }
func keyAccount(slot string) string              { return "k/" + slot }

// vault gives the fleet the credentials of the current view's members.
type vault struct{ c *Console }

// Credential reads one from the keychain; fleet.ErrNoCredential when there is none.
func (v vault) Credential(ctx context.Context, memberID string) (kubeconfig.Credential, error) {
	open := v.c.current()
	if open == nil {
		return kubeconfig.Credential{}, fleet.ErrNoCredential
	}
	return v.c.credential(ctx, open.slot, memberID)
}

func (c *Console) credential(ctx context.Context, slot, memberID string) (kubeconfig.Credential, error) {
	if c.withheld(slot, memberID) {
		return kubeconfig.Credential{}, fleet.ErrNoCredential
	}
	value, err := c.keychain.Get(ctx, memberAccount(slot, memberID))
	if errors.Is(err, keychain.ErrNotFound) {
		return kubeconfig.Credential{}, fleet.ErrNoCredential
	}
	if err != nil {
		return kubeconfig.Credential{}, err
	}
	return kubeconfig.FromVault(value)
}

// keep puts a member's credential into the keychain before the view names the member: the journal remembers the account
// until then, so that a crash in between leaves no secret without an owner.
func (c *Console) keep(ctx context.Context, slot, memberID string, credential kubeconfig.Credential) error {
	if c.withheld(slot, memberID) {
		c.finishRemoval(ctx) // else it would take the new one
	}
	account := memberAccount(slot, memberID)
	if err := c.journal.Note(account); err != nil {
		return err
	}
	if err := c.keychain.Put(ctx, account, credential.Kubeconfig()); err != nil {
		return err
	}
	former := c.sessions.of(account)
	key, err := c.sessions.learn(account, credential)
	if err == nil && former != "" && former != key {
		err = c.abandon(ctx, []string{former})
	}
	return err
}

// settled ends what keep began, once the view that names the members is saved.
func (c *Console) settled(slot string, memberIDs ...string) {
	for _, id := range memberIDs {
		account := memberAccount(slot, id)
		err := c.journal.Keep(account)
		if key := c.sessions.of(account); key != "" {
			err = errors.Join(err, c.journal.Keep(login.Account(key)))
		}
		if err != nil {
			c.Logger().Warn("journal", slog.Any("error", err)) // the next start looks again
		}
	}
}

// forget takes members' credentials out of the keychain, and the sessions that nobody uses any more; the journal
// remembers them until they are gone.
func (c *Console) forget(ctx context.Context, accounts ...string) error {
	var failed []error
	for _, account := range accounts {
		if err := c.journal.Note(account); err != nil {
			failed = append(failed, err)
			continue
		}
		if err := c.keychain.Delete(ctx, account); err != nil {
			failed = append(failed, err)
			continue
		}
		failed = append(failed, c.journal.Keep(account))
	}
	unused, err := c.sessions.drop(accounts...)
	return errors.Join(append(failed, err, c.abandon(ctx, unused))...)
}

// sweepSecrets deletes what an earlier run left in the keychain without an owner: a crash between a secret and its
// member, or during a removal. It runs once, beside everything else, and only if there is something.
func (c *Console) sweepSecrets(ctx context.Context) {
	for _, account := range c.journal.Pending() {
		var err error
		if c.owned(account) {
			err = errors.Join(c.keychain.Sweep(ctx, account), c.journal.Keep(account))
		} else {
			err = c.forget(ctx, account)
		}
		if err != nil {
			c.Logger().Warn("sweep", slog.Any("error", err)) // the next start looks again
		}
	}
}

// owned says whether a view on this machine names the account's member.
func (c *Console) owned(account string) bool {
	parts := strings.Split(account, "/")
	if len(parts) < 2 {
		return false
	}
	if parts[0] == "t" {
		return c.sessions.used(parts[1])
	}
	record, err := c.loadRecord(parts[1])
	if err != nil {
		return false
	}
	if len(parts) == 2 {
		return true
	}
	_, ok := record.Sync.Document.Members[parts[2]]
	return ok
}

// viewKey reads a view's key from the keychain; the zero Key when this machine has none.
func (c *Console) viewKey(ctx context.Context, slot string) (seal.Key, error) {
	value, err := c.keychain.Get(ctx, keyAccount(slot))
	if errors.Is(err, keychain.ErrNotFound) {
		return seal.Key{}, nil
	}
	if err != nil {
		return seal.Key{}, err
	}
	return seal.ParseKey(value)
}
