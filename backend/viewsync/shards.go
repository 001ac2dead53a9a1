package viewsync

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

// A document above shardBytes lies in further Secrets, each in a slot: <name>-1 to <name>-16. The slots are few and
// their names known beforehand, so that the strict admin kit can allow a user exactly these.
//
// A shard is created and never changed; each write takes free slots, and the index, written last with a
// resourceVersion, makes them the document. So a reader finds the old document or the new one, and of two writers at
// once one gets a conflict. A shard that no index names is left over from a writer that crashed or is still at it; it is
// removed only after a change of the index that such a writer can't have seen, so that its own write must fail.
const (
	shardBytes = 700 << 10 // a Secret may hold 1 MiB; what is left is for others' annotations and for the store's own needs
	maxShards  = 8
	slots      = 2 * maxShards // the old document and the new one, both at their largest

	cleanupLimit = 15 * time.Second
)

func shardPlace(p Place, slot int) Place {
	return Place{p.Namespace, fmt.Sprintf("%s-%d", p.Name, slot)}
}

// fetch gets the shards that an index names, all at once. The ones found are given with an error too.
func (s *Store) fetch(ctx context.Context, p Place, ix index) ([][]byte, []kept, error) {
	objects, errs := s.getAll(ctx, p, ix)
	var found []kept
	for i, o := range objects {
		if errs[i] == nil && o.check(s.username) == nil {
			found = append(found, kept{shardPlace(p, ix.Shards[i].Slot), o.UID})
		}
	}
	chunks := make([][]byte, len(objects))
	for i, o := range objects {
		switch err := errs[i]; {
		case apierrors.IsNotFound(err):
			return nil, found, fmt.Errorf("%w: shard %d is missing", ErrDamaged, ix.Shards[i].Slot)
		case err != nil:
			return nil, found, fmt.Errorf("read shard %d of the view in %s: %w", ix.Shards[i].Slot, p.Namespace, err)
		case o.check(s.username) != nil:
			return nil, found, fmt.Errorf("%w: shard %d isn't this user's", ErrDamaged, ix.Shards[i].Slot)
		}
		chunks[i] = o.Data[keyShard]
	}
	return chunks, found, nil
}

func (s *Store) getAll(ctx context.Context, p Place, ix index) ([]object, []error) {
	objects, errs := make([]object, len(ix.Shards)), make([]error, len(ix.Shards))
	var all sync.WaitGroup
	for i, sh := range ix.Shards {
		all.Go(func() {
			at := shardPlace(p, sh.Slot)
			objects[i], errs[i] = s.api.get(ctx, at)
			objects[i].Namespace, objects[i].Name = at.Namespace, at.Name
		})
	}
	all.Wait()
	return objects, errs
}

// writeShards saves parts in shards, then o with the index of them.
func (s *Store) writeShards(ctx context.Context, over Stored, o object, parts map[string][]byte) (Stored, error) {
	chunks, ix := cut(parts, s.shardBytes)
	if len(chunks) > maxShards {
		return Stored{}, ErrTooBig
	}
	made, strays, err := s.createShards(ctx, over, chunks, &ix)
	if errors.Is(err, errNoRoom) && o.UID != "" {
		if o, err = s.makeRoom(ctx, o, strays); err != nil {
			return Stored{}, err
		}
		made, strays, err = s.createShards(ctx, over, chunks, &ix)
	}
	if err != nil {
		s.drop(ctx, made)
		return Stored{}, err
	}
	raw, err := json.Marshal(ix)
	if err != nil {
		return Stored{}, because("write the index", err)
	}
	o.Data[keyIndex] = raw
	written, err := s.put(ctx, o)
	if err != nil {
		// Only a conflict says for sure that no index names them.
		if errors.Is(err, ErrConflict) {
			s.drop(ctx, made)
		}
		return Stored{}, err
	}
	s.drop(ctx, append(slices.Clone(over.shards), strays...))
	e, err := openEnvelope(joined(written.Data, parts))
	return s.wrote(over.Place, written, e, made), err
}

var errNoRoom = errors.New("no shard is free")

// createShards fills free slots, in order, and notes them in ix. Strays are shards that no index named when it looked.
func (s *Store) createShards(ctx context.Context, over Stored, chunks [][]byte, ix *index) (made, strays []kept, err error) {
	slot := 0
	for i := range chunks {
		for {
			if slot++; slot > slots {
				s.drop(ctx, made)
				return nil, strays, fmt.Errorf("save the view in %s: %w; delete the Secrets %s-1 to -%d that no machine writes now",
					over.Place.Namespace, errNoRoom, over.Place.Name, slots)
			}
			at := shardPlace(over.Place, slot)
			if over.holds(at) {
				continue
			}
			o, err := s.api.create(ctx, fresh(at, s.username, map[string][]byte{keyShard: chunks[i]}), false)
			if err == nil {
				made = append(made, kept{at, o.UID})
				ix.Shards[i].Slot = slot
				break
			}
			if !apierrors.IsAlreadyExists(err) {
				return made, strays, fmt.Errorf("save shard %d of the view in %s: %w", slot, at.Namespace, err)
			}
			if meta, err := s.api.getMeta(ctx, at); err == nil {
				strays = append(strays, kept{at, meta.UID})
			}
		}
	}
	return made, strays, nil
}

func (st Stored) holds(p Place) bool {
	return slices.ContainsFunc(st.shards, func(k kept) bool { return k.place == p })
}

// makeRoom removes strays, after a change of the index that fences off whoever may still be writing them.
func (s *Store) makeRoom(ctx context.Context, o object, strays []kept) (object, error) {
	fence := object{APIVersion: o.APIVersion, Kind: o.Kind, ObjectMeta: o.ObjectMeta, Type: o.Type, Immutable: o.Immutable}
	current, err := s.api.get(ctx, o.place())
	if err != nil {
		return object{}, fmt.Errorf("make room for the view in %s: %w", o.Namespace, err)
	}
	fence.Data = maps.Clone(current.Data)
	if fence.Data == nil {
		fence.Data = map[string][]byte{}
	}
	fence.Data[keyFence] = []byte(rand.Text())
	fenced, err := s.put(ctx, fence) // with the resourceVersion that the caller read, not current's
	if err != nil {
		return object{}, err
	}
	s.drop(ctx, strays)
	o.ResourceVersion = fenced.ResourceVersion
	return o, nil
}

// drop deletes shards that nothing names any more. What it can't delete, a later write or Delete will.
func (s *Store) drop(ctx context.Context, shards []kept) {
	if len(shards) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), cleanupLimit)
	defer cancel()
	var all sync.WaitGroup
	for _, k := range shards {
		all.Go(func() { _ = s.api.remove(ctx, k.place, k.uid) })
	}
	all.Wait()
}

// sweep deletes every shard of this user at a place, also those that a crash left.
func (s *Store) sweep(ctx context.Context, p Place) error {
	errs := make([]error, slots)
	var all sync.WaitGroup
	for i := range slots {
		all.Go(func() {
			at := shardPlace(p, i+1)
			o, err := s.api.get(ctx, at)
			o.Namespace, o.Name = at.Namespace, at.Name
			if err == nil && o.check(s.username) == nil {
				err = s.api.remove(ctx, at, o.UID)
			}
			// Forbidden: with the strict kit a user without shards may have no right to them.
			if err != nil && !apierrors.IsNotFound(err) && !apierrors.IsForbidden(err) {
				errs[i] = fmt.Errorf("delete shard %d of the view in %s: %w", i+1, p.Namespace, err)
			}
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

// joined is data with the parts in place of the index.
func joined(data, parts map[string][]byte) map[string][]byte {
	out := maps.Clone(data)
	maps.Copy(out, parts)
	return out
}
