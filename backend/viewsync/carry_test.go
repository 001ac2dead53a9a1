package viewsync

import (
	"errors"
	"strings"
	"testing"

	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
	"github.com/binnacle-dev/binnacle/backend/seal"
	"github.com/binnacle-dev/binnacle/backend/secret"
	"github.com/binnacle-dev/binnacle/backend/view"
)

func TestCarriedCredentials(t *testing.T) {
	c := kubetest.Shared(t)
	u := newUser(t, c, true)
	a := newMachine(t, u, nil)
	a.vault.put(memberID("one"), at("one"), hush+"-one")
	a.vault.put(memberID("two"), at("two"), hush+"-two")
	a.boot()
	a.add("one")
	a.add("two")
	a.protect(ModeSealed, true)
	a.until(StateSynced)

	b := newMachine(t, u, nil).boot()
	if s := b.until(StateLocked); !s.Synced.IsZero() {
		t.Errorf("a fresh machine says it was in step at %v", s.Synced)
	}
	if _, err := b.Unlock(secret.New([]byte("wrong"))); !errors.Is(err, seal.ErrPassphrase) {
		t.Errorf("a wrong passphrase: %v", err)
	}
	key := must(b.Unlock(secret.New([]byte(hush))))(t)
	if key.ID() != a.key.ID() {
		t.Error("it unlocks another key")
	}
	b.has("one", "two")
	for _, name := range []string{"one", "two"} {
		b.await("credential", func() bool { return b.vault.get(memberID(name)) == hush+"-"+name })
	}

	b.vault.put(memberID("two"), at("two"), hush+"-new")
	if err := b.CredentialsChanged(memberID("two")); err != nil {
		t.Fatal(err)
	}
	a.await("the new credential", func() bool { return a.vault.get(memberID("two")) == hush+"-new" })
	if a.vault.get(memberID("one")) != hush+"-one" || b.vault.received != 2 || a.vault.received != 1 {
		t.Errorf("received: a %d, b %d", a.vault.received, b.vault.received)
	}

	must(0, b.Protect(t.Context(), Protection{Wrapped: must(seal.Wrap(key, secret.New([]byte("another")), seal.WorkFactor(2)))(t)}))(t)
	d := newMachine(t, u, nil).boot()
	d.until(StateLocked)
	if _, err := d.Unlock(secret.New([]byte(hush))); !errors.Is(err, seal.ErrPassphrase) {
		t.Errorf("the old passphrase: %v", err)
	}
	must(d.Unlock(secret.New([]byte("another"))))(t)
	d.has("one", "two")

	no := false
	must(0, a.Protect(t.Context(), Protection{Carries: &no}))(t)
	if e := u.stored(t).Envelope; e.Credentials != nil || e.Mode != ModeSealed {
		t.Error("the credentials are still there")
	}
	b.await("no carrying", func() bool { return !b.Status().Carries })
	must(0, a.Protect(t.Context(), Protection{Mode: ModeOpen}))(t)
	if e := u.stored(t).Envelope; e.Mode != ModeOpen || e.Key != nil || !strings.Contains(string(e.View), `"one"`) {
		t.Errorf("after opening: %+v", e)
	}
	b.answer(KindUnsealed, ChooseTheirs)
	b.until(StateSynced)
}

func TestAnOpenListKeepsItsCredentialsSealed(t *testing.T) {
	c := kubetest.Shared(t)
	u := newUser(t, c, true)
	a := newMachine(t, u, nil)
	a.vault.put(memberID("one"), at("one"), hush+"-one")
	a.boot()
	a.add("one")
	a.protect(ModeOpen, true)
	a.until(StateSynced)
	a.await("the blob", func() bool { return len(u.stored(t).Envelope.Credentials) > 0 })
	if strings.Contains(string(u.stored(t).Envelope.Credentials), hush) {
		t.Error("it isn't sealed")
	}
	b := newMachine(t, u, nil).boot() // no key: the list is there, and edits don't lose the credentials
	b.has("one")
	b.await("locked credentials", func() bool { return b.Status().CredentialsLocked })
	b.add("two")
	b.until(StateSynced)
	must(b.Unlock(secret.New([]byte(hush))))(t)
	b.await("the credential", func() bool { return b.vault.get(memberID("one")) == hush+"-one" })
}

func TestASwappedServerGetsNoCredential(t *testing.T) {
	for name, swap := range map[string]string{"server": "https://evil:6443", "CA": "https://one:6443"} {
		t.Run(name, func(t *testing.T) {
			u := newUser(t, kubetest.Shared(t), true)
			a := newMachine(t, u, nil)
			a.vault.put(memberID("one"), at("one"), hush+"-one")
			a.vault.put(memberID("two"), at("two"), hush+"-two")
			a.boot()
			a.add("one")
			a.add("two")
			a.protect(ModeOpen, true)
			a.until(StateSynced)
			a.await("the blob", func() bool { return len(a.rec.Credentials.Marks) == 2 })
			a.halt()
			st := u.stored(t)
			d := must(view.Parse(st.Envelope.View))(t)
			evil := view.Endpoint{Server: swap, CA: strings.Repeat("cd", 32)}
			d = must(d.Apply(view.Change(memberID("one"), view.Changes{Endpoint: &evil})))(t)
			st.Envelope.View = must(d.MarshalJSON())(t)
			must(u.admin(t).Write(t.Context(), st, st.Envelope))(t)
			b := newMachine(t, u, nil).boot(a.key)
			b.await("two", func() bool { return b.vault.get(memberID("two")) == hush+"-two" })
			b.Flush(t.Context())
			if b.vault.get(memberID("one")) != "" || b.vault.received != 1 {
				t.Error("the credential went along")
			}
			if got := b.Document().Members[memberID("one")].Endpoint; !got.Same(evil) {
				t.Errorf("the view doesn't show what the primary says: %+v", got)
			}
		})
	}
}

func TestASlowVaultDoesNotHoldUpTheView(t *testing.T) {
	u := newUser(t, kubetest.Shared(t), true)
	a := newMachine(t, u, nil)
	a.vault.put(memberID("one"), at("one"), hush+"-one")
	a.vault.blocks = make(chan struct{})
	a.boot()
	a.add("one")
	key := a.protect(ModeSealed, true)
	a.until(StateSynced)
	b := newMachine(t, u, nil).boot(key)
	b.has("one")
	a.add("two")
	b.has("one", "two")
	a.vault.mu.Lock()
	blocks := a.vault.blocks
	a.vault.blocks, a.vault.fails = nil, errors.New("the keychain is locked")
	a.vault.mu.Unlock()
	close(blocks)
	a.await("why", func() bool { return strings.Contains(a.Status().CredentialsWhy, "keychain is locked") })
	a.vault.mu.Lock()
	a.vault.fails = nil
	a.vault.mu.Unlock()
	a.Nudge()
	b.await("the credential", func() bool { return b.vault.get(memberID("one")) == hush+"-one" })
	a.await("no complaint", func() bool { return a.Status().CredentialsWhy == "" })
}

func TestOldCredentialsAreNoNews(t *testing.T) {
	u := newUser(t, kubetest.Shared(t), true)
	a := newMachine(t, u, nil)
	a.vault.put(memberID("one"), at("one"), hush+"-old")
	a.boot()
	a.add("one")
	a.protect(ModeSealed, true)
	a.await("the first blob", func() bool { return len(a.record().Credentials.Marks) == 1 })
	old := u.stored(t).Envelope.Credentials
	a.vault.put(memberID("one"), at("one"), hush+"-new")
	must(0, a.CredentialsChanged(memberID("one")))(t)
	a.await("the second blob", func() bool { return len(a.record().Credentials.Changed) == 0 })
	a.until(StateSynced)
	st := u.stored(t)
	st.Envelope.Credentials = old
	must(u.admin(t).Write(t.Context(), st, st.Envelope))(t)
	a.await("the new blob again", func() bool {
		now := u.stored(t).Envelope.Credentials
		return string(now) != string(old) && a.vault.get(memberID("one")) == hush+"-new"
	})
}

// The primary's administrator puts back what was carried before the person stopped it.
func TestThePrimaryCannotTurnCarryingOn(t *testing.T) {
	u := newUser(t, kubetest.Shared(t), true)
	a := newMachine(t, u, nil)
	a.vault.put(memberID("one"), at("one"), hush+"-one")
	a.boot()
	a.add("one")
	a.protect(ModeSealed, true)
	a.await("the blob", func() bool { return len(a.record().Credentials.Marks) == 1 })
	a.until(StateSynced)
	old := u.stored(t).Envelope.Credentials
	no := false
	must(0, a.Protect(t.Context(), Protection{Carries: &no}))(t)
	for name, blob := range map[string][]byte{"old": old, "garbage": []byte("x")} {
		st := u.stored(t)
		if st.Envelope.Credentials != nil {
			t.Fatal("the blob is still there")
		}
		st.Envelope.Credentials = blob
		must(u.admin(t).Write(t.Context(), st, st.Envelope))(t)
		a.await("removal of the "+name+" blob", func() bool { return u.stored(t).Envelope.Credentials == nil })
		if a.Status().Carries {
			t.Error("it carries again")
		}
	}
	b := newMachine(t, u, nil).boot(a.key) // a machine that knows nothing of it
	b.has("one")
	yes := true
	must(0, b.Protect(t.Context(), Protection{Carries: &yes}))(t)
	a.await("carrying, as another machine of the person says", func() bool { return a.Status().Carries })
}
