package viewsync

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"

	"github.com/binnacle-dev/binnacle/backend/seal"
	"github.com/binnacle-dev/binnacle/backend/view"
)

// pass brings both sides together once: look, decide, keep, write.
type pass struct {
	*Keeper
	helpers    *sync.WaitGroup
	store      *Store
	candidates []string
	out        outcome
}

// round is one try of a pass. ErrConflict asks for another.
func (p *pass) round(ctx context.Context) error {
	rec := p.record()
	if rec.LocalOnly {
		_, v := keptHere(rec)
		p.out = outcome{state: v.state, why: v.why, question: v.question, place: rec.Place}
		return nil
	}
	var err error
	if p.store, p.candidates, err = p.contact(ctx); err != nil {
		return err
	}
	seen, err := p.look(ctx, rec)
	if err != nil {
		return err
	}
	rec, v, err := p.decide(ctx, seen)
	if err != nil {
		return err
	}
	if v.again {
		return fmt.Errorf("look elsewhere: %w", ErrConflict)
	}
	p.out = outcome{
		state: v.state, why: v.why, question: v.question, shown: v.shown,
		wrapped: seen.stored.Envelope.Key, place: cmp.Or(seen.stored.Place, rec.Place),
	}
	if v.state != "" {
		return nil
	}
	if !v.push {
		v.over = seen.stored
	}
	next := max(v.floor, rec.Revision) + 1
	load, err := p.freight(ctx, rec, seen, next)
	if err != nil {
		return err
	}
	if v.push || load.changed {
		return p.push(ctx, rec, v.over, next, load)
	}
	p.agreed()
	return nil
}

func (p *pass) look(ctx context.Context, rec Record) (sight, error) {
	var st Stored
	var err error
	if rec.UID != "" {
		st, err = p.store.Read(ctx, rec.Place)
	} else {
		st, err = p.store.Find(ctx, p.namespaces(rec))
	}
	p.mu.Lock()
	key := p.key
	p.mu.Unlock()
	return examine(st, err, key)
}

// namespaces are where the view may lie, the remembered one first.
func (p *pass) namespaces(rec Record) []string {
	all := p.candidates
	if rec.Place.Namespace != "" {
		all = append([]string{rec.Place.Namespace}, all...)
	}
	return slices.DeleteFunc(slices.Clone(all), func(n string) bool { return slices.Contains(rec.Avoid, n) })
}

// decide keeps what reconcile makes of the record as it is when it is saved: edits may come at any time.
func (p *pass) decide(ctx context.Context, seen sight) (Record, verdict, error) {
	now := time.Now()
	var told map[string]string
	for {
		_, v := reconcile(p.record(), seen, now)
		if len(v.moved) > 0 && !maps.Equal(told, v.moved) {
			if p.o.Moved != nil {
				if err := p.o.Moved(ctx, v.moved); err != nil {
					return Record{}, v, because("give the clusters their ids of the primary", err)
				}
			}
			told = v.moved
		}
		var after Record
		err := p.change(func(rec *Record) error {
			after, v = reconcile(*rec, seen, now)
			if len(v.moved) > 0 && !maps.Equal(told, v.moved) {
				return errMovedMeanwhile
			}
			*rec = after
			return nil
		})
		if !errors.Is(err, errMovedMeanwhile) {
			return after, v, err
		}
	}
}

var errMovedMeanwhile = errors.New("an edit came between")

// push writes the record's document, as that revision, over what was read.
func (p *pass) push(ctx context.Context, rec Record, over Stored, next int64, load freight) error {
	doc, err := rec.Document.Apply() // a copy
	if err != nil {
		return because("write the view", err)
	}
	doc.Revision = next
	p.mu.Lock()
	key := p.key
	p.mu.Unlock()
	e, err := wrap(rec, doc, key, load.blob)
	if err != nil {
		return err
	}
	if over.Place == (Place{}) {
		if over.Place, _, err = p.store.Writable(ctx, p.namespaces(rec)); err != nil {
			return err
		}
	}
	if err := p.change(func(r *Record) error { r.Sent = &doc; return nil }); err != nil {
		return err
	}
	st, err := p.store.Write(ctx, over, e)
	if over.UID == "" && apierrors.IsNotFound(err) { // the namespace went with the view
		var place Place
		if place, _, err = p.store.Writable(ctx, p.namespaces(rec)); err == nil {
			st, err = p.store.Write(ctx, Stored{Place: place}, e)
		}
	}
	if err != nil {
		return err
	}
	return p.pushed(rec, doc, st, key, load)
}

// wrap makes the envelope of a document.
func wrap(rec Record, doc view.Document, key seal.Key, blob []byte) (Envelope, error) {
	raw, err := json.Marshal(doc)
	if err != nil {
		return Envelope{}, because("write the view", err)
	}
	e := Envelope{Format: Format, Mode: rec.Mode, Credentials: blob}
	if rec.Mode == ModeSealed || rec.Carries {
		e.Key, e.KeyID = rec.WrappedKey, rec.KeyID
	}
	if rec.Mode == ModeOpen {
		e.View = raw
		return e, nil
	}
	if e.Sealed, err = key.Seal(seal.View, doc.ID, raw); err != nil {
		return Envelope{}, because("seal the view", err)
	}
	return e, nil
}

// pushed notes that doc is on the primary. Edits that came meanwhile stay on top of it.
func (p *pass) pushed(sent Record, doc view.Document, st Stored, key seal.Key, load freight) error {
	err := p.change(func(r *Record) error {
		r.Base, r.Sent, r.Answer = &doc, nil, nil
		if same(r.Document, doc) {
			r.Document = doc
		}
		r.Place, r.UID, r.ResourceVersion, r.Revision = st.Place, st.UID, st.ResourceVersion, doc.Revision
		r.SealedThere = st.Envelope.Mode == ModeSealed
		if r.protectedLike(sent) {
			r.ProtectDirty = false
			r.KeyID, r.WrappedKey = st.Envelope.KeyID, st.Envelope.Key
		}
		if load.blob == nil {
			r.Credentials.Revision = max(r.Credentials.Revision, doc.Revision) // a blob from before isn't news any more
		} else {
			r.Credentials.Revision = max(r.Credentials.Revision, load.revision)
			r.Credentials.settle(key, load.done)
		}
		return nil
	})
	if err != nil {
		return err
	}
	p.out.place = st.Place
	p.out.wrapped = st.Envelope.Key
	p.delivered(load.done)
	p.agreed()
	return nil
}

// agreed notes the time. It isn't worth a write to the disk of its own.
func (p *pass) agreed() {
	p.mu.Lock()
	p.rec.Synced = time.Now()
	p.mu.Unlock()
}
