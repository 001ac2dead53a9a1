package viewsync

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/seal"
	"github.com/binnacle-dev/binnacle/backend/view"
)

const (
	viewA = "aaaaaaaaaaaaaaaaaaaaaaaaaa"
	viewB = "bbbbbbbbbbbbbbbbbbbbbbbbbb"
)

func owner() view.Owner {
	return view.Owner{Username: "alice", Server: "https://primary:6443", CA: strings.Repeat("ab", 32)}
}

func memberID(name string) string { return (name + strings.Repeat("x", 26))[:26] }

// doc is a view at a revision with members written as name or name=group.
func doc(t *testing.T, id string, revision int64, members ...string) view.Document {
	t.Helper()
	d := view.New(owner())
	d.ID = id
	for _, m := range members {
		name, group, _ := strings.Cut(m, "=")
		var err error
		d, err = d.Apply(view.Add(memberID(name), view.Member{
			Name: name, Group: group, Endpoint: view.Endpoint{Server: "https://" + name + ":6443"}, Identity: "alice",
		}))
		if err != nil {
			t.Fatal(err)
		}
	}
	d.Revision = revision
	return d
}

// said is a document as its members are written above.
func said(d view.Document) []string {
	var out []string
	for _, m := range d.Members {
		s := m.Name
		if m.Group != "" {
			s += "=" + m.Group
		}
		out = append(out, s)
	}
	slices.Sort(out)
	return out
}

func seen(d view.Document, uid, version string, mode Mode) sight {
	e := Envelope{Format: Format, Mode: mode}
	if mode == ModeSealed {
		e.Key, e.KeyID = []byte("wrapped"), "key"
	}
	return sight{
		kind: readable, doc: d, hasKey: true,
		stored: Stored{Place: Place{"ns", "name"}, UID: uid, ResourceVersion: version, Envelope: e},
	}
}

// agreedOn is a record that is in step with a primary that holds d.
func agreedOn(d view.Document) Record {
	return Record{
		Document: d, Base: &d, Place: Place{"ns", "name"}, UID: "uid", ResourceVersion: "1", Revision: d.Revision,
		Mode: ModeSealed, WrappedKey: []byte("wrapped"), KeyID: "key", SealedThere: true,
	}
}

func TestReconcile(t *testing.T) {
	base := doc(t, viewA, 5, "a", "b")
	edited := func(r Record, members ...string) Record {
		d := doc(t, r.Document.ID, r.Document.Revision, members...)
		r.Document = d
		return r
	}
	stranger := doc(t, viewA, 6, "a")
	stranger.Owner.Username = "mallory"
	pretender := doc(t, viewA, 6, "a")
	pretender.Owner.Server, pretender.Owner.CA = "https://other:6443", strings.Repeat("cd", 32)
	for name, c := range map[string]struct {
		rec       Record
		sight     sight
		state     State
		question  Kind
		push      bool
		members   []string
		conflicts int
		revision  int64 // of the record after
	}{
		"all is the same": {rec: agreedOn(base), sight: seen(base, "uid", "1", ModeSealed), members: []string{"a", "b"}, revision: 5},
		"edited here": {
			rec: edited(agreedOn(base), "a=x", "b"), sight: seen(base, "uid", "1", ModeSealed),
			push: true, members: []string{"a=x", "b"}, revision: 5,
		},
		"edited there": {
			rec: agreedOn(base), sight: seen(doc(t, viewA, 6, "a", "b", "c"), "uid", "2", ModeSealed),
			members: []string{"a", "b", "c"}, revision: 6,
		},
		"edited on both": {
			rec: edited(agreedOn(base), "a=x", "b"), sight: seen(doc(t, viewA, 6, "a", "b", "c"), "uid", "2", ModeSealed),
			push: true, members: []string{"a=x", "b", "c"}, revision: 6,
		},
		"a conflict": {
			rec: edited(agreedOn(base), "a=x", "b"), sight: seen(doc(t, viewA, 6, "a=y", "b"), "uid", "2", ModeSealed),
			members: []string{"a=y", "b"}, conflicts: 1, revision: 6,
		},
		"changed by hand without a revision": {
			rec: agreedOn(base), sight: seen(doc(t, viewA, 5, "a", "b", "c"), "uid", "2", ModeSealed),
			members: []string{"a", "b", "c"}, revision: 5,
		},
		"nothing there, mode not chosen": {
			rec: Record{Document: doc(t, viewA, 0, "a")}, sight: sight{kind: absent, hasKey: true},
			state: StateChoosing, members: []string{"a"},
		},
		"nothing there, sealed without a key": {
			rec: Record{Document: doc(t, viewA, 0, "a"), Mode: ModeSealed}, sight: sight{kind: absent},
			state: StateChoosing, members: []string{"a"},
		},
		"nothing there": {
			rec: Record{Document: doc(t, viewA, 0, "a"), Mode: ModeOpen}, sight: sight{kind: absent}, push: true, members: []string{"a"},
		},
		"first contact": {
			rec: Record{Document: doc(t, viewB, 0)}, sight: seen(base, "uid", "1", ModeSealed),
			members: []string{"a", "b"}, revision: 5,
		},
		"first contact with a view begun here": {
			rec:   Record{Document: doc(t, viewB, 0, "a", "c"), Mode: ModeSealed},
			sight: seen(base, "uid", "1", ModeSealed), push: true, members: []string{"a", "b", "c"}, revision: 5,
		},
		"it vanished": {rec: agreedOn(base), sight: sight{kind: absent, hasKey: true}, state: StateAsking, question: KindDeleted, members: []string{"a", "b"}, revision: 5},
		"it was replaced": {
			rec: agreedOn(base), sight: seen(doc(t, viewA, 6, "c"), "uid2", "9", ModeSealed),
			state: StateAsking, question: KindReplaced, members: []string{"a", "b"}, revision: 5,
		},
		"it holds another view": {
			rec: agreedOn(base), sight: seen(doc(t, viewB, 6, "c"), "uid", "9", ModeSealed),
			state: StateAsking, question: KindOtherView, members: []string{"a", "b"}, revision: 5,
		},
		"it was rolled back": {
			rec: agreedOn(base), sight: seen(doc(t, viewA, 4, "a"), "uid", "9", ModeSealed),
			state: StateAsking, question: KindRolledBack, members: []string{"a", "b"}, revision: 5,
		},
		"it was unsealed": {
			rec: agreedOn(base), sight: seen(doc(t, viewA, 6, "a"), "uid", "9", ModeOpen),
			state: StateAsking, question: KindUnsealed, members: []string{"a", "b"}, revision: 5,
		},
		"another user's document": {
			rec: agreedOn(base), sight: seen(stranger, "uid", "9", ModeSealed),
			state: StateAsking, question: KindStranger, members: []string{"a", "b"}, revision: 5,
		},
		"another user's document at first": {
			rec: Record{Document: doc(t, viewB, 0)}, sight: seen(stranger, "uid", "9", ModeSealed),
			state: StateAsking, question: KindStranger,
		},
		"another cluster's document": {
			rec: agreedOn(base), sight: seen(pretender, "uid", "9", ModeSealed),
			state: StateAsking, question: KindStranger, members: []string{"a", "b"}, revision: 5,
		},
		"taken": {
			rec: agreedOn(base), sight: sight{kind: foreign, stored: Stored{Place: Place{"ns", "name"}, UID: "x"}},
			state: StateAsking, question: KindForeign, members: []string{"a", "b"}, revision: 5,
		},
		"damaged": {rec: agreedOn(base), sight: sight{kind: damaged}, state: StateAsking, question: KindDamaged, members: []string{"a", "b"}, revision: 5},
		"garbled": {rec: agreedOn(base), sight: sight{kind: garbled}, state: StateAsking, question: KindGarbled, members: []string{"a", "b"}, revision: 5},
		"locked":  {rec: agreedOn(base), sight: sight{kind: locked}, state: StateLocked, question: KindForgotten, members: []string{"a", "b"}, revision: 5},
		"newer":   {rec: agreedOn(base), sight: sight{kind: newer, doc: doc(t, viewA, 7, "a", "z")}, state: StateNewer, members: []string{"a", "b"}, revision: 5},
	} {
		t.Run(name, func(t *testing.T) {
			before, err := json.Marshal(c.rec)
			if err != nil {
				t.Fatal(err)
			}
			rec, v := reconcile(c.rec, c.sight, time.Unix(1, 0))
			var kind Kind
			if v.question != nil {
				kind = v.question.Kind
			}
			if v.state != c.state || kind != c.question || v.push != c.push {
				t.Errorf("state %q, question %q, push %v; want %q, %q, %v", v.state, kind, v.push, c.state, c.question, c.push)
			}
			if diff := cmp.Diff(c.members, said(rec.Document)); diff != "" {
				t.Errorf("members (-want +got):\n%s", diff)
			}
			if len(rec.Conflicts) != c.conflicts || rec.Revision != c.revision {
				t.Errorf("%d conflicts, revision %d; want %d, %d", len(rec.Conflicts), rec.Revision, c.conflicts, c.revision)
			}
			if after, err := json.Marshal(c.rec); err != nil || string(after) != string(before) {
				t.Errorf("it changed the record it was given: %s (%v)", after, err)
			}
			// Deciding again on what was decided changes nothing more.
			again, v2 := reconcile(rec, c.sight, time.Unix(1, 0))
			if same, err := equal(rec, again); err != nil || !same || v2.state != v.state || v2.push != v.push {
				t.Errorf("the second time it decides otherwise (%v): %+v", err, v2)
			}
		})
	}
}

func TestAnswers(t *testing.T) {
	base := doc(t, viewA, 5, "a", "b")
	other := doc(t, viewA, 3, "a", "c")
	for name, c := range map[string]struct {
		sight   sight
		choice  ChoiceID
		state   State
		push    bool
		floor   int64
		members []string
	}{
		"deleted, save":        {sight{kind: absent, hasKey: true}, ChooseSave, "", true, 5, []string{"a", "b"}},
		"deleted, local":       {sight{kind: absent, hasKey: true}, ChooseLocal, StateLocal, false, 0, []string{"a", "b"}},
		"replaced, both":       {seen(doc(t, viewB, 9, "a", "c"), "uid2", "9", ModeSealed), ChooseBoth, "", true, 9, []string{"a", "b", "c"}},
		"replaced, theirs":     {seen(doc(t, viewB, 9, "a", "c"), "uid2", "9", ModeSealed), ChooseTheirs, "", false, 0, []string{"a", "c"}},
		"replaced, mine":       {seen(doc(t, viewB, 9, "a", "c"), "uid2", "9", ModeSealed), ChooseMine, "", true, 9, []string{"a", "b"}},
		"replaced older, both": {seen(other, "uid2", "9", ModeSealed), ChooseBoth, "", true, 3, []string{"a", "b", "c"}},
		"other view, both":     {seen(doc(t, viewB, 9, "a", "c"), "uid", "9", ModeSealed), ChooseBoth, "", true, 9, []string{"a", "b", "c"}},
		"rolled back, mine":    {seen(other, "uid", "9", ModeSealed), ChooseMine, "", true, 5, []string{"a", "b"}},
		"rolled back, theirs":  {seen(other, "uid", "9", ModeSealed), ChooseTheirs, "", false, 0, []string{"a", "c"}},
		"unsealed, mine":       {seen(doc(t, viewA, 7, "a", "evil"), "uid", "9", ModeOpen), ChooseMine, "", true, 7, []string{"a", "b"}},
		"unsealed, theirs":     {seen(doc(t, viewA, 7, "a", "c"), "uid", "9", ModeOpen), ChooseTheirs, "", false, 0, []string{"a", "c"}},
		"garbled, mine":        {sight{kind: garbled, hasKey: true}, ChooseMine, "", true, 5, []string{"a", "b"}},
		"garbled, leave":       {sight{kind: garbled, hasKey: true}, ChooseLeave, StateLocal, false, 0, []string{"a", "b"}},
		"damaged, mine":        {sight{kind: damaged, hasKey: true}, ChooseMine, "", true, 5, []string{"a", "b"}},
		"locked, mine":         {sight{kind: locked, hasKey: true}, ChooseMine, "", true, 5, []string{"a", "b"}},
		"locked, mine, no key": {sight{kind: locked}, ChooseMine, StateChoosing, false, 0, []string{"a", "b"}},
		"taken, local":         {sight{kind: foreign}, ChooseLocal, StateLocal, false, 0, []string{"a", "b"}},
		"taken, elsewhere":     {sight{kind: foreign, stored: Stored{Place: Place{"ns", "n"}}}, ChooseElsewhere, "", false, 0, []string{"a", "b"}},
	} {
		t.Run(name, func(t *testing.T) {
			rec := agreedOn(base)
			_, asked := reconcile(rec, c.sight, time.Unix(1, 0))
			if asked.question == nil || !asked.question.offers(c.choice) {
				t.Fatalf("it doesn't ask that: %+v", asked.question)
			}
			rec.Answer = &Answer{asked.question.ID, c.choice}
			rec, v := reconcile(rec, c.sight, time.Unix(1, 0))
			if v.state != c.state || v.push != c.push || v.floor != c.floor {
				t.Errorf("state %q, push %v above %d; want %q, %v, %d", v.state, v.push, v.floor, c.state, c.push, c.floor)
			}
			if diff := cmp.Diff(c.members, said(rec.Document)); diff != "" {
				t.Errorf("members (-want +got):\n%s", diff)
			}
			if c.push && c.sight.kind != absent && v.over.UID != c.sight.stored.UID {
				t.Error("it would write over another object than it saw")
			}
			// An answer to one question is none to a later one of the same kind.
			later := c.sight
			later.doc.Revision++
			later.stored.UID += "'"
			later.stored.ResourceVersion += "'"
			later.stored.Envelope.KeyID += "'"
			if later.kind != absent && c.choice != ChooseTheirs && c.choice != ChooseBoth && c.choice != ChooseElsewhere && c.state != StateLocal {
				if _, v := reconcile(rec, later, time.Unix(1, 0)); v.push || v.question == nil {
					t.Error("it takes the answer for another question, too")
				}
			}
		})
	}
}

func TestEveryQuestionHasWords(t *testing.T) {
	for _, kind := range []Kind{
		KindReplaced, KindOtherView, KindDeleted, KindRolledBack, KindUnsealed, KindForeign, KindStranger, KindDamaged,
		KindGarbled, KindForgotten, KindKeptHere,
	} {
		q := ask(kind, "x", Place{"ns", "name"}, "bad\u202etext")
		if q.Title == "" || q.Text == "" || len(q.Choices) == 0 || strings.Contains(q.Text, "PLACE") || strings.Contains(q.Text, "\u202e") {
			t.Errorf("%s: %+v", kind, q)
		}
		if other := ask(kind, "y", Place{"ns", "name"}, ""); other.ID == q.ID {
			t.Errorf("%s: two questions have one id", kind)
		}
	}
}

func TestALostAnswerIsNoNews(t *testing.T) {
	base := doc(t, viewA, 5, "a", "b")
	sent := doc(t, viewA, 6, "a", "b", "c")
	rec := agreedOn(base)
	rec.Sent = &sent
	rec.Document = doc(t, viewA, 5, "a", "b") // c was removed here after it had been sent
	rec, v := reconcile(rec, seen(sent, "uid", "2", ModeSealed), time.Unix(1, 0))
	if diff := cmp.Diff([]string{"a", "b"}, said(rec.Document)); diff != "" || !v.push {
		t.Errorf("push %v, members (-want +got):\n%s", v.push, diff)
	}
}

func TestDecipher(t *testing.T) {
	key, other := must(seal.NewKey())(t), must(seal.NewKey())(t)
	d := doc(t, viewA, 1, "a")
	raw := must(json.Marshal(d))(t)
	sealed := func(k seal.Key, p seal.Purpose, id string, b []byte) Envelope {
		return Envelope{Mode: ModeSealed, Sealed: must(k.Seal(p, id, b))(t)}
	}
	newerRaw := []byte(strings.Replace(string(raw), `"schema":1`, `"schema":2`, 1))
	huge := d
	huge.Revision = maxRevision + 1
	for name, c := range map[string]struct {
		e    Envelope
		key  seal.Key
		want sightKind
	}{
		"sealed":                  {sealed(key, seal.View, viewA, raw), key, readable},
		"sealed, no key":          {sealed(key, seal.View, viewA, raw), seal.Key{}, locked},
		"sealed, another key":     {sealed(key, seal.View, viewA, raw), other, locked},
		"sealed for another view": {sealed(key, seal.View, viewB, raw), key, garbled},
		"sealed credentials":      {sealed(key, seal.Credentials, viewA, raw), key, garbled},
		"sealed garbage":          {sealed(key, seal.View, viewA, []byte("x")), key, garbled},
		"cut":                     {Envelope{Mode: ModeSealed, Sealed: must(key.Seal(seal.View, viewA, raw))(t)[:200]}, key, garbled},
		"sealed newer":            {sealed(key, seal.View, viewA, newerRaw), key, newer},
		"open":                    {Envelope{Mode: ModeOpen, View: raw}, seal.Key{}, readable},
		"open newer":              {Envelope{Mode: ModeOpen, View: newerRaw}, seal.Key{}, newer},
		"open garbage":            {Envelope{Mode: ModeOpen, View: []byte("{}")}, seal.Key{}, garbled},
		"open null":               {Envelope{Mode: ModeOpen, View: []byte("null")}, seal.Key{}, garbled},
		"a huge revision":         {Envelope{Mode: ModeOpen, View: must(json.Marshal(huge))(t)}, seal.Key{}, garbled},
	} {
		t.Run(name, func(t *testing.T) {
			if kind, _, why := decipher(c.e, c.key); kind != c.want {
				t.Errorf("%s (%s), want %s", kind, why, c.want)
			}
		})
	}
}
