package viewsync

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"time"

	"github.com/binnacle-dev/binnacle/backend/seal"
)

// freight is what becomes of the credentials blob.
type freight struct {
	blob     []byte // nil: none is to be there
	changed  bool   // it is another than the one on the primary: write
	revision int64  // of the blob
	done     collected
}

// freight decides about the credentials in a write of that revision. What needs the vault is begun beside the pass and taken up by a later one.
func (p *pass) freight(ctx context.Context, rec Record, seen sight, next int64) (freight, error) {
	var there []byte
	if seen.kind == readable {
		there = seen.stored.Envelope.Credentials
	}
	p.mu.Lock()
	key, got := p.key, p.got
	p.out.credentialsWhy = p.vaultWhy
	p.mu.Unlock()
	switch {
	case !rec.Carries:
		p.out.credentialsWhy = ""
		return freight{changed: there != nil}, nil
	case p.o.Credentials == nil:
		return freight{blob: there}, nil
	case key.Empty():
		return p.sealedAway(there), nil
	}
	if errors.Is(seen.cargoErr, seal.ErrWrongKey) {
		return p.sealedAway(there), nil
	}
	c, broken, err := seen.unload(rec)
	if broken {
		p.o.Log.Warn("the credentials on the primary are written anew", slog.Any("why", err))
		rec.Credentials.Marks = nil // so that all are collected
	}
	wanted := c.wanted(rec)
	got = got.answering(wanted)
	p.errand(ctx, key, c.news(rec, key), wanted, got)
	loaded, changed := c.load(rec, got)
	whole := len(got) == len(wanted)
	if !changed && there != nil && (!broken || !whole) {
		return freight{blob: there, revision: c.Revision}, p.noted(key, c.Revision, got)
	}
	loaded.Revision = next
	blob, err := loaded.seal(key, rec.Document.ID)
	return freight{blob: blob, changed: true, revision: loaded.Revision, done: got}, err
}

// sealedAway leaves the blob as it is.
func (p *pass) sealedAway(blob []byte) freight {
	p.out.credentialsLocked = true
	p.out.credentialsWhy = "the credentials on the primary are sealed with a key that isn't on this machine; give the passphrase"
	return freight{blob: blob}
}

// unload gives the credentials on the primary. Broken: what is there can't be used (err says why) and is to be written anew.
func (s sight) unload(rec Record) (c cargo, broken bool, err error) {
	err = s.cargoErr
	if err == nil && s.stored.Envelope.Credentials != nil && s.cargo.Revision < rec.Credentials.Revision {
		err = errors.New("they are older than what was there before")
	}
	if err != nil {
		return cargo{}, true, err
	}
	return s.cargo, false, nil
}

// answering keeps what was collected for what is wanted now.
func (c collected) answering(wanted map[string]int64) collected {
	c = maps.Clone(c)
	maps.DeleteFunc(c, func(id string, g found) bool { n, ok := wanted[id]; return !ok || n != g.change })
	return c
}

// noted keeps that the primary has all that was collected, without a write.
func (p *pass) noted(key seal.Key, revision int64, got collected) error {
	err := p.change(func(r *Record) error {
		r.Credentials.Revision = max(r.Credentials.Revision, revision)
		r.Credentials.settle(key, got)
		return nil
	})
	if err == nil {
		p.delivered(got)
	}
	return err
}

// delivered lets go of credentials that are on the primary now.
func (k *Keeper) delivered(done collected) {
	k.mu.Lock()
	defer k.mu.Unlock()
	maps.DeleteFunc(k.got, func(id string, g found) bool { d, ok := done[id]; return ok && d.change == g.change })
}

// errand begins a call of the vault when one is due: at most one at a time, and not soon after a failure.
func (p *pass) errand(ctx context.Context, key seal.Key, news map[string]item, wanted map[string]int64, got collected) {
	p.mu.Lock()
	due := !p.carrying && time.Now().After(p.rest) && (len(news) > 0 || len(got) < len(wanted))
	p.carrying = p.carrying || due
	p.mu.Unlock()
	switch {
	case !due:
	case len(news) > 0:
		p.helpers.Go(func() { p.home(p.receive(ctx, key, news), nil) })
	default:
		p.helpers.Go(func() {
			got, err := p.collect(ctx, wanted)
			p.home(err, got)
		})
	}
}

func (k *Keeper) receive(ctx context.Context, key seal.Key, news map[string]item) error {
	carried := make(map[string]Carried, len(news))
	for id, i := range news {
		carried[id] = i.carried()
	}
	if err := k.o.Credentials.Receive(ctx, carried); err != nil {
		return because("keep the credentials that came with the view", err)
	}
	return k.change(func(r *Record) error {
		done := collected{}
		for id, i := range news {
			if _, changed := r.Credentials.Changed[id]; !changed {
				done[id] = found{item: &i}
			}
		}
		r.Credentials.settle(key, done)
		return nil
	})
}

func (k *Keeper) collect(ctx context.Context, wanted map[string]int64) (collected, error) {
	carried, err := k.o.Credentials.Collect(ctx, slices.Sorted(maps.Keys(wanted)))
	if err != nil {
		return nil, because("read the credentials to carry", err)
	}
	got := collected{}
	for id, change := range wanted {
		got[id] = found{change: change}
		if c, ok := carried[id]; ok && !c.Secret.Empty() {
			i := itemOf(c)
			got[id] = found{change, &i}
		}
	}
	return got, nil
}

// home ends an errand.
func (k *Keeper) home(err error, got collected) {
	k.mu.Lock()
	k.carrying, k.vaultWhy = false, ""
	if err != nil {
		k.vaultWhy, k.rest = plain(err.Error()), time.Now().Add(k.retry.rest)
	}
	if got != nil {
		k.got = got
	}
	k.out.credentialsWhy = k.vaultWhy
	k.restate()
	k.mu.Unlock()
	k.o.Changed()
	if err == nil {
		k.poke()
	}
}
