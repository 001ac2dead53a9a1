package viewsync

import (
	"context"
	"slices"

	"github.com/binnacle-dev/binnacle/backend/seal"
	"github.com/binnacle-dev/binnacle/backend/secret"
)

// Protection says what to change about how the view lies on the primary; what is zero stays as it is.
type Protection struct {
	Mode    Mode     // sealed or open
	Carries *bool    // whether credentials travel with it
	Key     seal.Key // the first key of this view; it can't be exchanged for another
	Wrapped []byte   // the key wrapped with a new passphrase
}

// Protect changes how the view lies on the primary. It is saved here when Protect returns, and written to the primary at
// once when that can be reached: Protect waits for the try (Status tells what came of it), else with the next pass.
// To stop carrying credentials removes their blob. ErrNoKey: sealing and carrying need Key and Wrapped, now or before.
func (k *Keeper) Protect(ctx context.Context, p Protection) error {
	k.mu.Lock()
	key := k.key
	k.mu.Unlock()
	if !p.Key.Empty() && !key.Empty() && p.Key.ID() != key.ID() {
		return because("protect the view", ErrOtherKey)
	}
	if key.Empty() {
		key = p.Key
	}
	try := k.record()
	if err := try.protect(p, key); err != nil {
		return because("protect the view", err)
	}
	k.UseKey(key) // before the record says that it is needed
	if err := k.change(func(rec *Record) error { return rec.protect(p, key) }); err != nil {
		return because("protect the view", err)
	}
	k.Flush(ctx)
	return nil
}

func (r *Record) protect(p Protection, key seal.Key) error {
	if p.Mode != ModeNone {
		r.Mode = p.Mode
	}
	if p.Carries != nil {
		r.Carries = *p.Carries
		r.Credentials.Marks, r.Credentials.Changed = nil, nil // all are to be asked for, or none is known there any more
	}
	if p.Wrapped != nil {
		r.WrappedKey = slices.Clone(p.Wrapped)
	}
	if !key.Empty() {
		r.KeyID = key.ID()
	}
	if (r.Mode == ModeSealed || r.Carries) && (key.Empty() || len(r.WrappedKey) == 0) {
		return ErrNoKey
	}
	r.ProtectDirty = true
	return nil
}

// Unlock opens the view key that lies on the primary, or that this machine remembers, with the passphrase (about one
// second), uses it and gives it, for the keychain. Errors: seal.ErrPassphrase, seal.ErrDamaged, ErrNothingLocked.
func (k *Keeper) Unlock(pass secret.Value) (seal.Key, error) {
	k.mu.Lock()
	wrapped := k.out.wrapped
	if wrapped == nil {
		wrapped = k.rec.WrappedKey
	}
	k.mu.Unlock()
	if len(wrapped) == 0 {
		return seal.Key{}, because("unlock the view", ErrNothingLocked)
	}
	key, err := seal.Unwrap(wrapped, pass)
	if err != nil {
		return seal.Key{}, because("unlock the view", err)
	}
	err = k.change(func(rec *Record) error {
		if rec.KeyID != key.ID() { // another machine's key: ours never got there
			rec.KeyID, rec.WrappedKey, rec.ProtectDirty = key.ID(), slices.Clone(wrapped), false
		}
		return nil
	})
	if err != nil {
		return seal.Key{}, because("unlock the view", err)
	}
	k.UseKey(key)
	return key, nil
}

// UseKey gives the key that the keychain had, when it came too late for Options.
func (k *Keeper) UseKey(key seal.Key) {
	k.mu.Lock()
	k.key = key
	if k.out.state == StateLocked && !key.Empty() {
		k.out.state, k.out.question, k.out.why = StateLocal, nil, "the primary is asked again"
		k.restate()
	}
	k.mu.Unlock()
	k.rouse()
}
