package viewsync

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

// Run keeps this machine and the primary in step until ctx ends, and waits for all that it started. It gives nil then,
// or an error when it runs already. What goes wrong between is in Status.
func (k *Keeper) Run(ctx context.Context) error {
	k.mu.Lock()
	if k.running {
		k.mu.Unlock()
		return errRunning
	}
	k.running = true
	k.mu.Unlock()
	ctx, cancel := context.WithCancel(ctx)
	var helpers sync.WaitGroup
	w := &watcher{keeper: k, group: &helpers}
	defer func() {
		cancel()
		helpers.Wait()
		k.stopped()
	}()
	wait := k.retry.first
	for {
		err := k.serve(ctx, &helpers, w)
		delay := k.retry.idle
		if err != nil {
			delay, wait = max(wait, retryAfter(err)), min(2*wait, k.retry.max)
		} else {
			wait = k.retry.first
		}
		if errors.Is(err, ErrNowhere) {
			delay = k.retry.idle // each try asks every namespace, and it takes a person to change the answer
		}
		timer := time.NewTimer(jitter(delay))
		select {
		case <-ctx.Done():
		case <-timer.C:
		case <-k.nudged:
			wait = k.retry.first
		}
		timer.Stop()
		if ctx.Err() != nil {
			return nil
		}
	}
}

func (k *Keeper) stopped() {
	k.mu.Lock()
	store, waiters := k.store, k.waiters
	k.running, k.carrying, k.store, k.waiters, k.got = false, false, nil, nil, nil
	k.mu.Unlock()
	release(waiters)
	if store != nil {
		store.Close()
	}
}

func release(waiters []chan struct{}) {
	for _, w := range waiters {
		close(w)
	}
}

// serve makes one pass and tells what came of it.
func (k *Keeper) serve(ctx context.Context, helpers *sync.WaitGroup, w *watcher) error {
	k.mu.Lock()
	waiters := k.waiters
	k.waiters = nil
	k.mu.Unlock()
	defer release(waiters)
	p := &pass{Keeper: k, helpers: helpers}
	err := p.run(ctx)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		k.failed(p.store, err)
	default:
		k.concluded(func(o *outcome) { *o = p.out })
	}
	if p.store != nil && p.out.place != (Place{}) {
		w.follow(ctx, p.store, p.out.place)
	}
	return err
}

// failed notes why a pass didn't reach its end. What the primary was last seen to hold still stands.
func (k *Keeper) failed(store *Store, err error) {
	k.mu.Lock()
	if refused(err) && k.store == store {
		k.store = nil // the next pass connects anew, with what credentials there are then
	}
	k.mu.Unlock()
	if store != nil {
		store.Close()
	}
	k.concluded(func(o *outcome) {
		if o.state != StateNewer && o.state != StateLocked { // what the primary holds needs the same as before
			o.state, o.question = StateLocal, nil
		}
		o.why = k.o.Explain(err)
	})
}

// contact gives the primary, connecting if need be.
func (k *Keeper) contact(ctx context.Context) (*Store, []string, error) {
	k.mu.Lock()
	store, places, owner := k.store, k.places, k.rec.Document.Owner.Username
	k.mu.Unlock()
	if store != nil {
		return store, places, nil
	}
	store, places, err := k.o.Connect(ctx)
	if err != nil {
		return nil, nil, err
	}
	if store.Username() != owner {
		return nil, nil, fmt.Errorf("the primary knows you as %q now, but the view is %q's; log in anew",
			plain(store.Username()), plain(owner))
	}
	k.mu.Lock()
	k.store, k.places = store, places
	active := k.active
	k.mu.Unlock()
	store.SetActive(active)
	return store, places, nil
}

// watcher has at most one watch running, of the place where the view lies.
type watcher struct {
	keeper *Keeper
	group  *sync.WaitGroup

	mu  sync.Mutex
	now *watched
}

// watched is one watch; it is told from the next one by its address.
type watched struct {
	store  *Store
	place  Place
	cancel context.CancelFunc
}

// follow watches that place, and no other any more.
func (w *watcher) follow(ctx context.Context, store *Store, place Place) {
	w.mu.Lock()
	last := w.now
	if last != nil && last.store == store && last.place == place {
		w.mu.Unlock()
		return
	}
	ctx, cancel := context.WithCancel(ctx)
	this := &watched{store, place, cancel}
	w.now = this
	w.mu.Unlock()
	if last != nil {
		last.cancel()
	}
	w.group.Go(func() { w.watch(ctx, this) })
}

func (w *watcher) watch(ctx context.Context, this *watched) {
	defer this.store.Close()
	defer this.cancel()
	err := this.store.Watch(ctx, this.place, w.keeper.poke)
	if ctx.Err() != nil || !sleep(ctx, jitter(w.keeper.retry.refused), nil) {
		return
	}
	w.mu.Lock()
	if w.now == this {
		w.now = nil
	}
	w.mu.Unlock()
	if apierrors.IsUnauthorized(err) || apierrors.IsForbidden(err) {
		w.keeper.poke() // the pass meets the same refusal and says so, or all is well again
	}
}

// conflicting says whether another try at once is of use.
func conflicting(err error) bool { return errors.Is(err, ErrConflict) }

// tries is how often a pass starts again at once when others write at the same time.
const tries = 5

func (p *pass) run(ctx context.Context) error {
	var err error
	for n := range tries {
		if n > 0 && !sleep(ctx, jitter(p.retry.conflict*time.Duration(n)/tries+time.Millisecond), nil) {
			return ctx.Err()
		}
		if err = p.round(ctx); !conflicting(err) {
			return err
		}
	}
	return err
}
