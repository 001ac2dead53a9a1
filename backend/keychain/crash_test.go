package keychain_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/zalando/go-keyring"

	"github.com/binnacle-dev/binnacle/backend/keychain"
	"github.com/binnacle-dev/binnacle/backend/keychain/keychaintest"
	"github.com/binnacle-dev/binnacle/backend/secret"
)

func keychainNotFound() error { return keyring.ErrNotFound }

// step is an operation during which the program dies.
type step struct {
	name string
	do   func(context.Context, *keychain.Keychain) error
	// after is what can be there after it; nil stands for nothing.
	after *secret.Value
}

func steps() []step {
	put := func(name string, v secret.Value) step {
		return step{name, func(ctx context.Context, k *keychain.Keychain) error { return k.Put(ctx, "a", v) }, &v}
	}
	return []step{
		put("put small", noise(10, 100)),
		put("put same", noise(11, 5000)),
		put("put large", noise(12, 7000)),
		{"delete", func(ctx context.Context, k *keychain.Keychain) error { return k.Delete(ctx, "a") }, nil},
		{"sweep", func(ctx context.Context, k *keychain.Keychain) error { return k.Sweep(ctx, "a") }, nil},
	}
}

// starts are what is there before: nothing, a first value, and a third, whose slots have both been used.
func starts() map[string]int { return map[string]int{"nothing": 0, "a value": 1, "a third value": 3} }

// TestCrashAnywhere lets the program die at every single call of every operation, whether the call itself is done or not,
// and then again during the one that repairs it. What is there is the old value or the new one, and a repair leaves no
// item that doesn't belong to it.
func TestCrashAnywhere(t *testing.T) {
	for from, puts := range starts() {
		for _, s := range steps() {
			for _, fault := range []keychaintest.Fault{keychaintest.Refuse, keychaintest.Late} {
				t.Run(fmt.Sprintf("%s/%s/%s", from, s.name, fault), func(t *testing.T) {
					t.Parallel()
					before, old := prepare(t, puts)
					for n := 1; ; n++ {
						m := clone(t, before)
						dying := atOnce(m, n, fault)
						err := s.do(t.Context(), open(t, dying))
						now := holds(t, m, old, s)
						if err == nil && s.name != "sweep" && !same(now, s.after) {
							t.Fatalf("died at call %d: it says it is done, and isn't", n)
						}
						repair(t, m, now)
						if dying.Calls() < n {
							return
						}
					}
				})
			}
		}
	}
}

// TestOneCallFails has the keychain refuse once and go on: a Put that says no has changed nothing for good.
func TestOneCallFails(t *testing.T) {
	for from, puts := range starts() {
		for _, s := range steps() {
			t.Run(from+"/"+s.name, func(t *testing.T) {
				t.Parallel()
				before, old := prepare(t, puts)
				for n := 1; ; n++ {
					m := clone(t, before)
					p := onlyAt(m, n, keychaintest.Refuse)
					err := s.do(t.Context(), open(t, p))
					now := holds(t, m, old, s)
					if err != nil && !errors.Is(err, keychain.ErrRefused) {
						t.Fatalf("call %d: untyped error %v", n, err)
					}
					if err == nil && s.name != "sweep" && !same(now, s.after) {
						t.Fatalf("call %d: it says it is done, and isn't", n)
					}
					repair(t, m, now)
					if p.Calls() < n {
						return
					}
				}
			})
		}
	}
}

// prepare makes a keychain after some Puts.
func prepare(t *testing.T, puts int) (m *keychain.Memory, last *secret.Value) {
	t.Helper()
	m = keychain.NewMemory(keychain.Limits{})
	k := keychain.Open(service, m, keychain.Options{})
	defer func() { _ = k.Close() }()
	for n := range puts {
		v := noise(uint64(n+1), 4000+1600*n)
		mustPut(t, k, "a", v)
		last = &v
	}
	return m, last
}

// holds gives the value that is there and fails if it is neither the old nor the new one.
func holds(t *testing.T, m *keychain.Memory, old *secret.Value, s step) *secret.Value {
	t.Helper()
	k := keychain.Open(service, m, keychain.Options{})
	defer func() { _ = k.Close() }()
	v, err := k.Get(t.Context(), "a")
	now := &v
	if errors.Is(err, keychain.ErrNotFound) {
		now = nil
	} else if err != nil {
		t.Fatalf("after a crash: %v", err)
	}
	if !same(now, old) && (s.name == "sweep" || !same(now, s.after)) {
		t.Fatal("after a crash it is neither the old value nor the new one")
	}
	return now
}

// repair tries each way to tidy up and looks at every item that is left.
func repair(t *testing.T, m *keychain.Memory, now *secret.Value) {
	t.Helper()
	for how, f := range map[string]func(*keychain.Keychain) (*secret.Value, error){
		"sweep":  func(k *keychain.Keychain) (*secret.Value, error) { return now, k.Sweep(t.Context(), "a") },
		"delete": func(k *keychain.Keychain) (*secret.Value, error) { return nil, k.Delete(t.Context(), "a") },
		"put": func(k *keychain.Keychain) (*secret.Value, error) {
			v := noise(20, 2000)
			return &v, k.Put(t.Context(), "a", v)
		},
	} {
		c := clone(t, m)
		k := keychain.Open(service, c, keychain.Options{})
		want, err := f(k)
		if err != nil {
			t.Fatalf("%s: %v", how, err)
		}
		got, err := k.Get(t.Context(), "a")
		_ = k.Close()
		if want == nil {
			if !errors.Is(err, keychain.ErrNotFound) || len(c.Users(service)) > 0 {
				t.Fatalf("%s: %v, left %v", how, err, c.Users(service))
			}
			continue
		}
		if err != nil || !got.Equal(*want) {
			t.Fatalf("%s: another value, or %v", how, err)
		}
		var header struct{ Count int }
		if h, err := c.Get(service, "a"); err != nil || json.Unmarshal([]byte(h), &header) != nil {
			t.Fatalf("%s: header %s, %v", how, h, err)
		}
		if users := c.Users(service); len(users) != 1+header.Count {
			t.Fatalf("%s: items beside the value's own: %v", how, users)
		}
	}
}

func clone(t *testing.T, m *keychain.Memory) *keychain.Memory {
	t.Helper()
	c := keychain.NewMemory(keychain.Limits{})
	for _, user := range m.Users(service) {
		v, err := m.Get(service, user)
		if err == nil {
			err = c.Set(service, user, v)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return c
}

func same(a, b *secret.Value) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Equal(*b)
}
