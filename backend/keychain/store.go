package keychain

import (
	"context"
	"errors"
	"fmt"

	"github.com/binnacle-dev/binnacle/backend/secret"
)

// find reads a name's header; found is false when there is none.
func find(ctx context.Context, i items, name string) (h header, found bool, err error) {
	s, err := i.get(ctx, name)
	if errors.Is(err, ErrNotFound) {
		return none(), false, nil
	}
	if err != nil {
		return none(), false, err
	}
	h, err = parseHeader(s)
	return h, true, err
}

// load gives the value of a name.
func load(ctx context.Context, i items, name string) (secret.Value, error) {
	const tries = 3 // another program of this user may be putting a new value just now
	var err error
	for range tries {
		var h header
		if h, _, err = find(ctx, i, name); err != nil {
			return secret.Value{}, err
		}
		if h.Count == 0 {
			return secret.Value{}, ErrNotFound
		}
		var v secret.Value
		if v, err = loadChunks(ctx, i, name, h); err == nil || !errors.Is(err, ErrCorrupt) {
			return v, err
		}
		again, _, againErr := find(ctx, i, name)
		if againErr != nil {
			return secret.Value{}, againErr
		}
		if again == h {
			break
		}
	}
	return secret.Value{}, err
}

func loadChunks(ctx context.Context, i items, name string, h header) (secret.Value, error) {
	chunks := make([]string, h.Count)
	for n := range chunks {
		var err error
		chunks[n], err = i.get(ctx, chunkName(name, h.slot(), n))
		if errors.Is(err, ErrNotFound) {
			return secret.Value{}, fmt.Errorf("%w: part %d of %d", ErrCorrupt, n+1, h.Count)
		}
		if err != nil {
			return secret.Value{}, err
		}
	}
	return unpack(h, chunks)
}

// known is find for those who write: a lost or broken header is made up for by looking for chunks.
func known(ctx context.Context, i items, name string) (h header, found bool, err error) {
	h, found, err = find(ctx, i, name)
	if found && err == nil || err != nil && !errors.Is(err, ErrCorrupt) {
		return h, found, err
	}
	for slot := range h.Left {
		for ; h.Left[slot] < maxChunks; h.Left[slot]++ { // they are written upwards and deleted downwards: no gaps
			_, err := i.get(ctx, chunkName(name, slot, h.Left[slot]))
			if errors.Is(err, ErrNotFound) {
				break
			}
			if err != nil {
				return none(), false, err
			}
		}
	}
	return h, found, nil
}

// save puts a value in place of the one that is there. The order of its steps is told in layout.go.
func save(ctx context.Context, i items, name string, p packed) error {
	old, _, err := known(ctx, i, name)
	if err != nil {
		return err
	}
	next := header{Version: version, Gen: old.next(), Count: len(p.chunks), Size: p.size, Sum: p.sum}
	to := next.slot()

	intent := old
	intent.Left[to] = max(old.Left[to], next.Count)
	if err := keep(ctx, i, name, intent.encode()); err != nil {
		return err
	}
	for n, c := range p.chunks {
		if err := keep(ctx, i, chunkName(name, to, n), c); err != nil {
			return err
		}
	}
	if old.Left[to] > next.Count {
		next.Left[to] = old.Left[to]
	}
	next.Left[1-to] = old.bound(1 - to)
	if err := keep(ctx, i, name, next.encode()); err != nil {
		return err
	}
	// The value is saved. Tidying up may fail: the header says what is left, and the next Put, Delete or Sweep does it.
	_ = tidy(ctx, i, name, next)
	return nil
}

// remove deletes a name.
func remove(ctx context.Context, i items, name string) error {
	h, found, err := known(ctx, i, name)
	if err != nil {
		return err
	}
	if !found && h.clean() {
		return nil
	}
	gone := none()
	gone.Gen = h.Gen
	gone.Left = [2]int{h.bound(0), h.bound(1)}
	if err := keep(ctx, i, name, gone.encode()); err != nil {
		return err
	}
	return tidy(ctx, i, name, gone)
}

// sweep deletes what doesn't belong to the value of a name.
func sweep(ctx context.Context, i items, name string) error {
	h, found, err := find(ctx, i, name)
	if err != nil {
		return err
	}
	if !found {
		return remove(ctx, i, name)
	}
	if h.clean() && h.Count > 0 {
		return nil
	}
	return tidy(ctx, i, name, h)
}

// tidy deletes the chunks that h knows to be left over, and then h itself if it has no value.
func tidy(ctx context.Context, i items, name string, h header) error {
	for slot := range h.Left {
		for n := h.Left[slot] - 1; n >= h.kept(slot); n-- {
			if err := discard(ctx, i, chunkName(name, slot, n)); err != nil {
				return err
			}
		}
	}
	if h.Count == 0 {
		return discard(ctx, i, name)
	}
	if h.clean() {
		return nil
	}
	h.Left = [2]int{}
	return keep(ctx, i, name, h.encode())
}

// keep writes an item and makes sure that it is there.
func keep(ctx context.Context, i items, account, value string) error {
	if err := i.set(ctx, account, value); err != nil {
		return err
	}
	got, err := i.get(ctx, account)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	if err != nil || got != value {
		return fmt.Errorf("%w: it doesn't keep what it was given", ErrRefused)
	}
	return nil
}

// discard deletes an item and makes sure that it is gone.
func discard(ctx context.Context, i items, account string) error {
	if err := i.erase(ctx, account); err != nil {
		return err
	}
	_, err := i.get(ctx, account)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return fmt.Errorf("%w: it doesn't delete what it was told to", ErrRefused)
}
