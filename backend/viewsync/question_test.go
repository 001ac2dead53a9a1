package viewsync

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
	"github.com/binnacle-dev/binnacle/backend/secret"
	"github.com/binnacle-dev/binnacle/backend/view"
)

// settled is a machine with a view of two members on the primary, and a second one of the same user.
func settled(t *testing.T, mode Mode) (a, b *machine) {
	t.Helper()
	u := newUser(t, kubetest.Shared(t), true)
	a = newMachine(t, u, nil).boot()
	a.add("one")
	a.add("two")
	key := a.protect(mode, false)
	a.until(StateSynced)
	b = newMachine(t, u, nil).boot(key)
	b.has("one", "two")
	b.until(StateSynced)
	return a, b
}

// untouched fails if the Secret is another than it was.
func (u user) untouched(t *testing.T, before Stored) {
	t.Helper()
	if now := u.raw(t); now.UID != before.UID || now.ResourceVersion != before.ResourceVersion {
		t.Error("something was written before the answer")
	}
}

// raw is the Secret on the primary, whatever is in it.
func (u user) raw(t *testing.T) Stored {
	t.Helper()
	o := must(u.admin(t).api.get(t.Context(), u.place()))(t)
	return Stored{Place: u.place(), UID: string(o.UID), ResourceVersion: o.ResourceVersion, object: o}
}

func (m *machine) ask(kind Kind) Status {
	m.t.Helper()
	return m.await("question "+string(kind), func() bool { q := m.Status().Question; return q != nil && q.Kind == kind })
}

func TestDeleted(t *testing.T) {
	a, b := settled(t, ModeSealed)
	b.halt()
	if err := a.user.admin(t).Delete(t.Context(), a.user.stored(t)); err != nil {
		t.Fatal(err)
	}
	a.ask(KindDeleted)
	a.add("three")
	a.Flush(t.Context())
	if _, err := a.user.admin(t).Read(t.Context(), a.user.place()); !errors.Is(err, ErrNotFound) {
		t.Fatalf("it was written before the answer: %v", err)
	}
	a.answer(KindDeleted, ChooseLocal)
	a.ask(KindKeptHere)
	if s := a.Status(); s.State != StateLocal {
		t.Errorf("state %s", s.State)
	}
	a.halt()
	a.boot(a.key) // the choice lasts
	a.answer(KindKeptHere, ChooseSave)
	a.until(StateSynced)
	b.add("four") // while it doesn't run: kept all the same
	b.boot(b.key)
	b.answer(KindReplaced, ChooseBoth)
	for _, m := range []*machine{a, b} {
		m.has("four", "one", "three", "two")
		m.until(StateSynced)
	}
}

func TestDeletedAndSavedAgain(t *testing.T) {
	a, b := settled(t, ModeSealed)
	if err := a.user.admin(t).Delete(t.Context(), a.user.stored(t)); err != nil {
		t.Fatal(err)
	}
	a.ask(KindDeleted)
	b.ask(KindDeleted)
	a.add("three")
	b.add("four")
	a.answer(KindDeleted, ChooseSave)
	a.until(StateSynced)
	b.answer(KindReplaced, ChooseBoth)
	a.has("four", "one", "three", "two")
	b.has("four", "one", "three", "two")
}

func TestReplaced(t *testing.T) {
	for choice, want := range map[ChoiceID]string{
		ChooseBoth: "here,one,there,two", ChooseMine: "here,one,two", ChooseTheirs: "there",
	} {
		t.Run(string(choice), func(t *testing.T) {
			a, b := settled(t, ModeSealed)
			b.halt()
			if err := a.user.admin(t).Delete(t.Context(), a.user.stored(t)); err != nil {
				t.Fatal(err)
			}
			a.ask(KindDeleted)
			c := newMachine(t, a.user, nil).boot()
			c.add("there")
			k := a.key
			c.until(StateChoosing)
			wrapped := a.record().WrappedKey
			if err := c.Protect(t.Context(), Protection{Mode: ModeSealed, Key: k, Wrapped: wrapped}); err != nil {
				t.Fatal(err)
			}
			c.until(StateSynced)
			a.add("here")
			a.ask(KindReplaced)
			a.answer(KindReplaced, choice)
			a.until(StateSynced)
			a.has(strings.Split(want, ",")...)
			if choice == ChooseMine {
				c.answer(KindOtherView, ChooseTheirs)
			}
			c.has(strings.Split(want, ",")...)
		})
	}
}

func TestRolledBack(t *testing.T) {
	for choice, want := range map[ChoiceID]string{ChooseMine: "one,three,two", ChooseTheirs: "one,two"} {
		t.Run(string(choice), func(t *testing.T) {
			a, b := settled(t, ModeSealed)
			b.halt()
			old := a.user.raw(t).object.Data
			a.add("three")
			a.until(StateSynced)
			a.user.byHand(t, func(o *object) { o.Data = old })
			a.ask(KindRolledBack)
			before := a.user.raw(t)
			a.Flush(t.Context())
			a.user.untouched(t, before)
			a.answer(KindRolledBack, choice)
			a.until(StateSynced)
			a.has(strings.Split(want, ",")...)
			b.boot(b.key)
			b.has(strings.Split(want, ",")...)
			b.until(StateSynced)
		})
	}
}

func TestUnsealed(t *testing.T) {
	a, b := settled(t, ModeSealed)
	b.halt()
	forged := must(a.Document().Apply(view.Add(memberID("evil"), view.Member{Name: "evil", Endpoint: at("evil")})))(t)
	forged.Revision++
	a.user.byHand(t, func(o *object) {
		o.Data[keyMode], o.Data[keyView] = []byte("open"), must(json.Marshal(forged))(t)
	})
	a.ask(KindUnsealed)
	before := a.user.raw(t)
	a.add("three")
	a.Flush(t.Context())
	a.user.untouched(t, before)
	a.answer(KindUnsealed, ChooseMine)
	a.until(StateSynced)
	a.has("one", "three", "two")
	if e := a.user.stored(t).Envelope; e.Mode != ModeSealed || e.View != nil {
		t.Error("it isn't sealed again")
	}
}

func TestGarbledAndDamaged(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(o *object)
		kind  Kind
	}{
		"no data":         {func(o *object) { o.Data = nil }, KindGarbled},
		"bytes":           {func(o *object) { o.Data[keySealed] = []byte("garbage") }, KindGarbled},
		"half":            {func(o *object) { o.Data[keySealed] = o.Data[keySealed][:len(o.Data[keySealed])/2] }, KindGarbled},
		"a missing shard": {func(o *object) { o.Data[keyIndex] = []byte(`{"shards":[{"slot":1}]}`) }, KindDamaged},
	} {
		t.Run(name, func(t *testing.T) {
			a, b := settled(t, ModeSealed)
			b.halt()
			a.user.byHand(t, c.spoil)
			a.ask(c.kind)
			before := a.user.raw(t)
			a.add("three")
			a.Flush(t.Context())
			a.user.untouched(t, before)
			a.answer(c.kind, ChooseLeave)
			a.until(StateLocal)
			a.Flush(t.Context())
			a.user.untouched(t, before)
			a.answer(c.kind, ChooseMine) // another mind
			a.until(StateSynced)
			b.boot(b.key)
			b.has("one", "three", "two")
		})
	}
}

func TestTaken(t *testing.T) {
	c := kubetest.Shared(t)
	u := newUser(t, c, true)
	taken := u.namespace
	mallory := storeOf(t, c.Config(), "mallory")
	must(mallory.api.create(t.Context(), fresh(u.place(), "mallory", nil), false))(t)
	m := newMachine(t, u, nil).boot()
	m.add("one")
	m.protect(ModeOpen, false)
	s := m.ask(KindForeign)
	if err := m.Answer(s.Question.ID, ChooseMine); !errors.Is(err, ErrNoQuestion) {
		t.Errorf("an answer that isn't offered: %v", err)
	}
	m.halt()
	m.user.namespace = c.Namespace(t)
	c.AllowSecrets(t, m.user.namespace, u.name)
	m.through = nil
	m.extra = []string{taken}
	m.boot()
	m.answer(KindForeign, ChooseElsewhere)
	if s := m.until(StateSynced); s.Place.Namespace != m.user.namespace {
		t.Errorf("it lies in %s", s.Place)
	}
}

func TestAnotherUsersDocument(t *testing.T) {
	a, b := settled(t, ModeOpen)
	b.halt()
	a.user.byHand(t, func(o *object) {
		o.Data[keyView] = []byte(strings.Replace(string(o.Data[keyView]), `"username":"`+a.user.name, `"username":"mallory`, 1))
	})
	a.ask(KindStranger)
	before := a.user.raw(t)
	a.add("three")
	a.Flush(t.Context())
	a.user.untouched(t, before)
	a.has("one", "three", "two")
	a.answer(KindStranger, ChooseMine)
	a.until(StateSynced)
	b.boot()
	b.has("one", "three", "two")
}

func TestNewer(t *testing.T) {
	a, b := settled(t, ModeOpen)
	b.halt()
	older := string(a.user.raw(t).object.Data[keyView])
	a.user.byHand(t, func(o *object) {
		text := strings.Replace(older, `"schema":1`, `"schema":2`, 1)
		o.Data[keyView] = []byte(strings.Replace(text, `"name":"one"`, `"name":"uno","future":{"x":1}`, 1))
	})
	if s := a.until(StateNewer); s.Why == "" {
		t.Error("it doesn't say why")
	}
	a.has("two", "uno")
	before := a.user.raw(t)
	if err := a.group("two", "x"); !errors.Is(err, view.ErrNewer) {
		t.Errorf("an edit: %v", err)
	}
	a.Flush(t.Context())
	a.user.untouched(t, before)
	a.halt()
	a.boot()
	if err := a.group("two", "x"); !errors.Is(err, view.ErrNewer) {
		t.Errorf("an edit after a restart: %v", err)
	}
	a.user.byHand(t, func(o *object) { o.Data[keyView] = []byte(older) })
	a.until(StateSynced)
	if err := a.group("two", "x"); err != nil {
		t.Error(err)
	}
	a.user.byHand(t, func(o *object) { o.Data[keyFormat] = []byte("2") })
	a.until(StateNewer)
}

func TestChangedByHand(t *testing.T) {
	a, b := settled(t, ModeOpen)
	a.user.byHand(t, func(o *object) {
		o.Labels["by"] = "hand"
		delete(o.Annotations, AnnotationUser)
		o.Data[keyView] = []byte(strings.Replace(string(o.Data[keyView]), `"name":"one"`, `"name":"uno"`, 1))
	})
	a.add("three")
	for _, m := range []*machine{a, b} {
		m.has("three", "two", "uno")
		m.until(StateSynced)
	}
	if o := a.user.raw(t).object; o.Labels["by"] != "hand" || o.Annotations[AnnotationUser] != a.user.name {
		t.Errorf("metadata %v %v", o.Labels, o.Annotations)
	}
}

func TestAForgottenPassphrase(t *testing.T) {
	a, b := settled(t, ModeSealed)
	b.halt()
	c := newMachine(t, a.user, nil).boot()
	c.add("mine")
	c.until(StateLocked)
	c.answer(KindForgotten, ChooseMine)
	c.until(StateChoosing)
	c.protect(ModeSealed, false)
	c.until(StateSynced)
	a.until(StateLocked)
	must(a.Unlock(secret.New([]byte(hush))))(t)
	a.answer(KindOtherView, ChooseBoth)
	a.has("mine", "one", "two")
	c.has("mine", "one", "two")
}

func TestTwoMachinesChooseAKeyAtOnce(t *testing.T) {
	a, b := settled(t, ModeOpen)
	b.halt()
	a.vault.put(memberID("one"), at("one"), hush+"-one")
	a.protect(ModeOpen, true)
	a.await("the credential there", func() bool { return len(a.record().Credentials.Marks) == 2 })
	p := Protection{Mode: ModeSealed}
	p.Key, p.Wrapped = newKey(t, "other")
	if err := b.Protect(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	b.boot(p.Key)
	b.until(StateLocked)
	if e := b.user.stored(t).Envelope; e.Credentials == nil {
		t.Error("the other machine's credentials are gone")
	}
	must(b.Unlock(secret.New([]byte(hush))))(t)
	b.until(StateSynced)
	b.await("the credential", func() bool { return b.vault.get(memberID("one")) == hush+"-one" })
}
