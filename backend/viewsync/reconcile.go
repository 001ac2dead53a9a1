package viewsync

import (
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/binnacle-dev/binnacle/backend/seal"
	"github.com/binnacle-dev/binnacle/backend/view"
)

// sight is what was seen on the primary.
type sight struct {
	kind   sightKind
	stored Stored        // as far as it could be read
	doc    view.Document // when readable; when newer, what can be shown of it, or none
	why    string
	hasKey bool // this machine has a key to seal with

	cargo    cargo // the credentials there, when this machine's key opens them
	cargoErr error // why it doesn't
}

type sightKind string

const (
	absent   sightKind = "absent"
	readable sightKind = "readable"
	locked   sightKind = "locked"
	newer    sightKind = "newer"
	foreign  sightKind = "foreign"
	damaged  sightKind = "damaged"
	garbled  sightKind = "garbled"
)

// maxRevision keeps a hostile document from using up the numbers.
const maxRevision = 1 << 52

// examine makes a sight of what Read or Find gave. An error that says nothing about the view comes back.
func examine(st Stored, err error, key seal.Key) (sight, error) {
	s := sight{stored: st, hasKey: !key.Empty()}
	switch {
	case err == nil:
		s.kind, s.doc, s.why = decipher(st.Envelope, key)
		if blob := st.Envelope.Credentials; s.kind == readable && blob != nil && s.hasKey {
			s.cargo, s.cargoErr = openCargo(key, s.doc.ID, blob)
		}
		return s, nil
	case errors.Is(err, ErrNotFound):
		s.kind, s.stored = absent, Stored{}
	case errors.Is(err, ErrForeign):
		s.kind = foreign
	case errors.Is(err, ErrNewer):
		s.kind = newer
	case errors.Is(err, ErrDamaged):
		s.kind = damaged
	case errors.Is(err, ErrGarbled):
		s.kind = garbled
	default:
		return sight{}, err
	}
	s.why = err.Error()
	return s, nil
}

// decipher reads the document of an envelope.
func decipher(e Envelope, key seal.Key) (sightKind, view.Document, string) {
	raw := e.View
	if e.Mode == ModeSealed {
		if key.Empty() {
			return locked, view.Document{}, ""
		}
		var err error
		raw, err = key.Open(seal.View, "", e.Sealed)
		if errors.Is(err, seal.ErrWrongKey) {
			return locked, view.Document{}, ""
		}
		if err != nil {
			return garbled, view.Document{}, err.Error()
		}
	}
	doc, err := view.Parse(raw)
	if errors.Is(err, view.ErrNewer) {
		doc, _ = view.Upgrade(raw) // ErrNewer again; what could be understood is shown
		return newer, doc, err.Error()
	}
	if err != nil {
		return garbled, view.Document{}, err.Error()
	}
	if doc.IsZero() {
		return garbled, view.Document{}, "there is no document in it"
	}
	if doc.Revision < 0 || doc.Revision > maxRevision {
		return garbled, view.Document{}, "its revision is no number that a machine would count to"
	}
	if e.Mode == ModeSealed {
		// A text sealed for another view and moved here would say that view's id; the seal must say the same.
		if _, err := key.Open(seal.View, doc.ID, e.Sealed); err != nil {
			return garbled, view.Document{}, err.Error()
		}
	}
	return readable, doc, ""
}

// verdict is what to do after a sight, beside keeping the Record that comes with it.
type verdict struct {
	state    State // "" when both sides may go on
	why      string
	question *Question
	push     bool
	over     Stored            // what a push writes over; no Place: one is to be found
	floor    int64             // a push must write a higher revision
	moved    map[string]string // members that took another id
	shown    *view.Document    // to be shown instead of the record's
	again    bool              // look again: the record now says to look elsewhere
}

// reconcile decides what becomes of this machine's record, and what to do, from what was seen on the primary.
func reconcile(rec Record, s sight, now time.Time) (Record, verdict) {
	rec = rec.clone()
	rec.Newer = s.kind == newer
	switch s.kind {
	case absent:
		return gone(rec, s)
	case newer:
		v := verdict{state: StateNewer, why: s.why}
		if !s.doc.IsZero() {
			v.shown = &s.doc
		}
		return rec, v
	case foreign:
		return taken(rec, s)
	case locked:
		return doubted(rec, s, ask(KindForgotten, s.stored.Envelope.KeyID, s.stored.Place, ""), now)
	case damaged:
		return doubted(rec, s, ask(KindDamaged, s.stored.ResourceVersion, s.stored.Place, s.why), now)
	case garbled:
		return doubted(rec, s, ask(KindGarbled, s.stored.ResourceVersion, s.stored.Place, s.why), now)
	case readable:
	}
	if q, ok := doubt(rec, s); ok {
		return doubted(rec, s, q, now)
	}
	return merged(rec, s, now)
}

// gone: there is no view on the primary.
func gone(rec Record, s sight) (Record, verdict) {
	rec.Credentials.Marks = nil // no credential lies there: all are to be collected
	if rec.UID == "" {
		return rec, pushed(rec, s, verdict{floor: rec.Revision})
	}
	q := ask(KindDeleted, rec.UID, rec.Place, "")
	switch rec.answered(q) {
	case ChooseSave:
		return rec, pushed(rec, s, verdict{over: Stored{Place: rec.Place}, floor: rec.Revision})
	case ChooseLocal:
		return keptHere(rec)
	default:
		return rec, verdict{state: StateAsking, question: &q}
	}
}

// taken: the place holds something that isn't this user's.
func taken(rec Record, s sight) (Record, verdict) {
	q := ask(KindForeign, s.stored.Place.Namespace+s.stored.UID, s.stored.Place, s.why)
	switch rec.answered(q) {
	case ChooseElsewhere:
		if !slices.Contains(rec.Avoid, s.stored.Place.Namespace) {
			rec.Avoid = append(rec.Avoid, s.stored.Place.Namespace)
		}
		rec.Place, rec.UID, rec.ResourceVersion, rec.Answer = Place{}, "", "", nil
		return rec, verdict{again: true}
	case ChooseLocal:
		return keptHere(rec)
	default:
		return rec, verdict{state: StateAsking, question: &q}
	}
}

func keptHere(rec Record) (Record, verdict) {
	rec.LocalOnly = true
	q := ask(KindKeptHere, rec.UID, rec.Place, "")
	return rec, verdict{state: StateLocal, why: "the view is kept on this machine only, as you chose", question: &q}
}

// doubt says what is wrong with a readable view, if anything.
func doubt(rec Record, s sight) (Question, bool) {
	st, known := s.stored, rec.UID != ""
	switch {
	case s.doc.OwnedBy(rec.Document.Owner) != nil:
		return ask(KindStranger, st.UID+s.doc.ID, st.Place, ""), true
	case known && rec.UID != st.UID:
		return ask(KindReplaced, st.UID, st.Place, ""), true
	case known && rec.Document.ID != s.doc.ID:
		return ask(KindOtherView, s.doc.ID, st.Place, ""), true
	case known && s.doc.Revision < rec.Revision:
		return ask(KindRolledBack, revision(s.doc), st.Place, ""), true
	case rec.SealedThere && st.Envelope.Mode == ModeOpen && (!rec.ProtectDirty || rec.Mode != ModeOpen):
		return ask(KindUnsealed, st.UID+revision(s.doc), st.Place, ""), true
	case rec.ProtectDirty && rec.KeyID != "" && st.Envelope.KeyID != "" && rec.KeyID != st.Envelope.KeyID:
		// Two machines chose a key at once: the first one on the primary stays, or its credentials would be lost.
		return ask(KindForgotten, st.Envelope.KeyID, st.Place, ""), true
	}
	return Question{}, false
}

func revision(d view.Document) string { return strconv.FormatInt(d.Revision, 10) }

// doubted goes by the answer to a question, or asks it.
func doubted(rec Record, s sight, q Question, now time.Time) (Record, verdict) {
	switch rec.answered(q) {
	case ChooseMine:
		// The document's part of the record stays as it is until the write has succeeded: a crash before it changes nothing.
		rec.Credentials.Marks = nil // all are to be collected
		return rec, pushed(rec, s, verdict{over: s.stored, floor: max(rec.Revision, s.doc.Revision)})
	case ChooseTheirs:
		rec.Document, rec.Conflicts, rec.ProtectDirty, rec.Revision = s.doc, nil, false, s.doc.Revision
		rec.Credentials.Revision = min(rec.Credentials.Revision, s.doc.Revision)
		return met(rec, s), verdict{}
	case ChooseBoth:
		rec.Base, rec.Sent, rec.UID = nil, nil, ""
		if q2, ok := doubt(rec, s); ok {
			return doubted(rec, s, q2, now)
		}
		return merged(rec, s, now)
	case ChooseLeave:
		return rec, verdict{state: StateLocal, why: "what lies on the primary is left as it is, as you chose", question: &q}
	default:
		state := StateAsking
		if q.Kind == KindForgotten {
			state = StateLocked
		}
		return rec, verdict{state: state, question: &q}
	}
}

// pushed asks for a write, when the person has said how it is to lie there.
func pushed(rec Record, s sight, v verdict) verdict {
	if rec.Mode == ModeNone || rec.Mode == ModeSealed && !s.hasKey {
		return verdict{state: StateChoosing}
	}
	v.push = true
	return v
}

// merged brings both sides together.
func merged(rec Record, s sight, now time.Time) (Record, verdict) {
	base := rec.Base
	if rec.Sent != nil && rec.Sent.Equal(s.doc) {
		base = rec.Sent // our own write, of which the answer was lost
	}
	var v verdict
	var conflicts []view.Conflict
	if rec.Document.ID == s.doc.ID {
		rec.Document, conflicts = view.Merge(base, rec.Document, s.doc)
	} else {
		rec.Document, v.moved, conflicts = view.Adopt(rec.Document, s.doc)
		rec.Credentials.rename(v.moved)
	}
	for _, c := range conflicts {
		c.When = now
		rec.Conflicts = slices.DeleteFunc(rec.Conflicts, func(o view.Conflict) bool { return o.ID == c.ID })
		rec.Conflicts = append(rec.Conflicts, c)
	}
	rec = met(rec, s)
	rec.Conflicts = open(rec.Document, rec.Conflicts)
	if rec.pending() {
		v = pushed(rec, s, verdict{moved: v.moved, over: s.stored, floor: max(rec.Revision, s.doc.Revision)})
	}
	return rec, v
}

// met notes that the record has seen and taken in what is on the primary.
func met(rec Record, s sight) Record {
	e := s.stored.Envelope
	if rec.UID != s.stored.UID || rec.Document.ID != s.doc.ID {
		rec.Revision = s.doc.Revision // another object or view counts anew
		rec.Credentials.Revision = 0
	}
	rec.Base, rec.Sent, rec.Answer = &s.doc, nil, nil
	rec.Place, rec.UID, rec.ResourceVersion = s.stored.Place, s.stored.UID, s.stored.ResourceVersion
	rec.Revision = max(rec.Revision, s.doc.Revision)
	rec.SealedThere = e.Mode == ModeSealed
	there := Record{Mode: e.Mode, Carries: s.carries(rec), KeyID: e.KeyID, WrappedKey: e.Key}
	if rec.ProtectDirty && !rec.protectedLike(there) {
		return rec
	}
	rec.ProtectDirty = false
	rec.Mode, rec.Carries, rec.KeyID, rec.WrappedKey = there.Mode, there.Carries, there.KeyID, there.WrappedKey
	if !rec.Carries {
		rec.Credentials = Carriage{Revision: max(rec.Credentials.Revision, s.doc.Revision), Last: rec.Credentials.Last}
	}
	return rec
}

// carries says whether credentials travel with the view that was seen. The primary alone can't switch that on: a blob
// must be one that the view's key sealed, and not one from before carrying was stopped.
func (s sight) carries(rec Record) bool {
	switch {
	case s.stored.Envelope.Credentials == nil:
		return false
	case rec.Carries, !s.hasKey, errors.Is(s.cargoErr, seal.ErrWrongKey):
		return true
	default:
		return s.cargoErr == nil && s.cargo.Revision >= rec.Credentials.Revision
	}
}

// open keeps the conflicts that there is still something to settle about.
func open(d view.Document, conflicts []view.Conflict) []view.Conflict {
	return slices.DeleteFunc(conflicts, func(c view.Conflict) bool {
		mine, err := view.Settle(d, c, true)
		return err != nil || mine.Equal(d)
	})
}
