package viewsync

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/binnacle-dev/binnacle/backend/seal"
	"github.com/binnacle-dev/binnacle/backend/view"
)

// Options are a Keeper's parts. Save and Connect must be set.
type Options struct {
	Record Record   // as it was saved last; a new one needs only its Document (view.New)
	Key    seal.Key // the view key, or none

	// Save keeps the record on this machine. When it answers, the record must outlive a kill.
	Save func(Record) error
	// Connect gives the primary and the namespaces where the view may lie, in order. It is called again after the primary refused.
	Connect func(ctx context.Context) (*Store, []string, error)
	// Credentials is this machine's vault, or nil: then none travel.
	Credentials Credentials
	// Moved is told which members took another id, before the record is saved. It must copy what it keeps by id, not move
	// it, and bear being told twice. Nil: nothing is kept by id.
	Moved func(ctx context.Context, ids map[string]string) error
	// Changed rings when Document or Status may have changed. It must be quick. Nil: nobody listens.
	Changed func()
	// Explain puts an error of the primary in words. Nil: in this package's own words.
	Explain func(error) string
	Log     *slog.Logger // nil: none
}

// Keeper owns the document of one view on this machine.
type Keeper struct {
	o     Options
	retry retry

	nudged chan struct{}
	order  sync.Mutex // orders changes of rec, from reading it to having saved it; taken before mu

	mu       sync.Mutex
	rec      Record
	key      seal.Key
	out      outcome
	status   Status // as last told, for Since
	running  bool
	active   bool
	store    *Store // nil: connect first
	places   []string
	waiters  []chan struct{} // closed after the next whole pass
	got      collected       // credentials on their way to the primary
	carrying bool            // a call of Credentials is under way
	rest     time.Time       // no call of Credentials before this
	vaultWhy string          // why the last one failed
}

// outcome is what the last pass came to.
type outcome struct {
	state    State // "" when both sides are one
	why      string
	question *Question
	shown    *view.Document
	wrapped  []byte // the wrapped key on the primary, to unlock with
	place    Place

	credentialsWhy    string
	credentialsLocked bool
}

// retry is how patient the loop is.
type retry struct {
	first, max time.Duration // back-off after a failed pass
	idle       time.Duration // a pass though nothing rang: a watch may be deaf
	conflict   time.Duration // between tries after a conflict, at most
	rest       time.Duration // after a failed call of Credentials
	refused    time.Duration // before watching again after the primary refused
}

func usualRetry() retry {
	return retry{
		first: time.Second, max: time.Minute, idle: 2 * time.Minute,
		conflict: 400 * time.Millisecond, rest: time.Minute, refused: 10 * time.Second,
	}
}

// What a Keeper's methods refuse.
var (
	ErrNoKey         = errors.New("sealing needs a key and a passphrase")
	ErrOtherKey      = errors.New("the view has a key already")
	ErrNoQuestion    = errors.New("that isn't asked any more")
	ErrNoConflict    = errors.New("that conflict is settled already")
	ErrNothingLocked = errors.New("there is no passphrase to ask for")
	errRunning       = errors.New("the keeper runs already")
)

// NewKeeper makes a Keeper. It does nothing by itself but answer and save edits until Run.
func NewKeeper(o Options) *Keeper {
	if o.Changed == nil {
		o.Changed = func() {}
	}
	if o.Explain == nil {
		o.Explain = explain
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	k := &Keeper{o: o, retry: usualRetry(), nudged: make(chan struct{}, 1), rec: o.Record.clone(), key: o.Key, active: true}
	k.out = outcome{state: StateLocal, why: "the primary hasn't been reached yet", place: k.rec.Place}
	if k.rec.Newer {
		k.out = outcome{state: StateNewer, why: view.ErrNewer.Error(), place: k.rec.Place}
	}
	k.restate()
	return k
}

// Document is the view as it shows here. It is shared: don't write to its maps.
func (k *Keeper) Document() view.Document {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.out.shown != nil {
		return *k.out.shown
	}
	return k.rec.Document
}

// Status is how the view here stands to the one on the primary.
func (k *Keeper) Status() Status {
	k.mu.Lock()
	defer k.mu.Unlock()
	s := k.status
	s.Conflicts = slices.Clone(s.Conflicts)
	return s
}

// Edit changes the document, all edits or none, and saves it before it returns. The primary gets it as soon as it can be reached.
func (k *Keeper) Edit(edits ...view.Edit) error {
	err := k.change(func(rec *Record) error {
		if rec.Newer {
			return view.ErrNewer
		}
		doc, err := rec.Document.Apply(edits...)
		if err != nil {
			return err
		}
		rec.Document = doc
		rec.Conflicts = open(doc, rec.Conflicts)
		return nil
	})
	if err != nil {
		return because("edit the view", err)
	}
	k.poke()
	return nil
}

// Settle takes the person's choice in a conflict. ErrNoConflict when there is none of that id.
func (k *Keeper) Settle(conflictID string, mine bool) error {
	err := k.change(func(rec *Record) error {
		i := slices.IndexFunc(rec.Conflicts, func(c view.Conflict) bool { return c.ID == conflictID })
		switch {
		case i < 0:
			return ErrNoConflict
		case rec.Newer:
			return view.ErrNewer
		}
		doc, err := view.Settle(rec.Document, rec.Conflicts[i], mine)
		if err != nil {
			return err
		}
		rec.Document, rec.Conflicts = doc, slices.Delete(rec.Conflicts, i, i+1)
		return nil
	})
	if err != nil {
		return because("settle the conflict", err)
	}
	k.poke()
	return nil
}

// Answer takes the person's choice for the Question that Status shows. ErrNoQuestion when it isn't that one any more.
func (k *Keeper) Answer(questionID string, choice ChoiceID) error {
	q := k.Status().Question
	if q == nil || q.ID != questionID || !q.offers(choice) {
		return because("answer", ErrNoQuestion)
	}
	err := k.change(func(rec *Record) error {
		if q.Kind == KindKeptHere { // from anew: what is there now, if anything, is met like a view begun offline
			rec.LocalOnly, rec.UID, rec.ResourceVersion, rec.Answer = false, "", "", nil
			return nil
		}
		rec.Answer = &Answer{Question: questionID, Choice: choice}
		return nil
	})
	if err != nil {
		return because("answer", err)
	}
	k.poke()
	return nil
}

// CredentialsChanged says that the vault has other credentials for these members than before, or none any more.
func (k *Keeper) CredentialsChanged(ids ...string) error {
	err := k.change(func(rec *Record) error {
		if rec.Carries {
			rec.Credentials.touch(ids...)
		}
		return nil
	})
	if err != nil {
		return because("note the changed credentials", err)
	}
	k.rouse()
	return nil
}

// Nudge asks for a pass now: after a wake from sleep, a change of the network, or new credentials for the primary.
func (k *Keeper) Nudge() {
	k.mu.Lock()
	var old *Store
	if k.out.state == StateLocal {
		old, k.store = k.store, nil // the credentials may be others now
	}
	k.mu.Unlock()
	if old != nil {
		old.Close()
	}
	k.rouse()
}

// rouse is Nudge for the credentials alone.
func (k *Keeper) rouse() {
	k.mu.Lock()
	k.rest = time.Time{}
	k.mu.Unlock()
	k.poke()
}

func (k *Keeper) poke() {
	select {
	case k.nudged <- struct{}{}:
	default: // a pass is due already
	}
}

// SetActive says whether somebody looks; see Store.SetActive.
func (k *Keeper) SetActive(active bool) {
	k.mu.Lock()
	k.active = active
	store := k.store
	k.mu.Unlock()
	if store != nil {
		store.SetActive(active)
	}
}

// Flush waits until a pass that began after the call is over, whatever came of it, or ctx ends. When Run doesn't run it
// returns at once.
func (k *Keeper) Flush(ctx context.Context) {
	done := make(chan struct{})
	k.mu.Lock()
	if !k.running {
		k.mu.Unlock()
		return
	}
	k.waiters = append(k.waiters, done)
	k.mu.Unlock()
	k.poke()
	select {
	case <-done:
	case <-ctx.Done():
	}
}

// change makes one change to the record: it is saved, then it shows.
func (k *Keeper) change(f func(*Record) error) error {
	changed, err := k.ordered(f)
	if changed {
		k.o.Changed()
	}
	return err
}

func (k *Keeper) ordered(f func(*Record) error) (changed bool, err error) {
	k.order.Lock()
	defer k.order.Unlock()
	before := k.record()
	after := before.clone()
	if err := f(&after); err != nil {
		return false, err
	}
	if !after.pending() {
		after.Dirty = time.Time{}
	} else if after.Dirty.IsZero() {
		after.Dirty = time.Now()
	}
	same, err := equal(before, after)
	if err != nil {
		return false, because("write the view", err)
	}
	if same {
		return false, nil
	}
	if err := k.o.Save(after); err != nil {
		return false, because("save the view on this machine", err)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.rec = after
	k.restate()
	return true, nil
}

func equal(a, b Record) (bool, error) {
	x, err := json.Marshal(a)
	if err != nil {
		return false, err
	}
	y, err := json.Marshal(b)
	return bytes.Equal(x, y), err
}

func (k *Keeper) record() Record {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.rec
}

// concluded notes what a pass came to.
func (k *Keeper) concluded(f func(*outcome)) {
	k.mu.Lock()
	f(&k.out)
	before := k.status
	k.restate()
	after := k.status
	k.mu.Unlock()
	if before.State != after.State || before.Why != after.Why {
		k.o.Log.Info("the view's state", slog.String("state", string(after.State)), slog.String("why", after.Why),
			slog.String("place", after.Place.String()))
	}
	k.o.Changed()
}

// restate makes the status; mu is held.
func (k *Keeper) restate() {
	r, o := k.rec, k.out
	s := Status{
		State: o.state, Why: o.why, Question: o.question, Since: k.status.Since,
		Synced: r.Synced, Dirty: r.Dirty, Conflicts: r.Conflicts, Place: cmp.Or(r.Place, o.place), Mode: r.Mode, Carries: r.Carries,
		CredentialsDue: r.Carries && len(r.Credentials.Changed) > 0, CredentialsWhy: o.credentialsWhy, CredentialsLocked: o.credentialsLocked,
	}
	switch {
	case s.State != "":
	case r.pending():
		s.State = StateSaving
	case len(r.Conflicts) > 0:
		s.State = StateConflict
	default:
		s.State = StateSynced
	}
	if s.State != k.status.State {
		s.Since = time.Now()
	}
	k.status = s
}
