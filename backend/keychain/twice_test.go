package keychain

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/binnacle-dev/binnacle/backend/secret"
)

// dying are items of a program that dies at a call; that call itself is still done if late.
type dying struct {
	m     *Memory
	at, n int
	late  bool
}

var errDead = errors.New("dead")

func (d *dying) call(do func() error) error {
	d.n++
	switch {
	case d.n < d.at:
		return classify("linux", do())
	case d.n == d.at && d.late:
		return errors.Join(errDead, classify("linux", do()))
	}
	return errDead
}

func (d *dying) get(_ context.Context, account string) (value string, err error) {
	err = d.call(func() (err error) {
		value, err = d.m.Get("s", account)
		return err
	})
	return value, err
}

func (d *dying) set(_ context.Context, account, value string) error {
	return d.call(func() error { return d.m.Set("s", account, value) })
}

func (d *dying) erase(_ context.Context, account string) error {
	if err := d.call(func() error { return d.m.Delete("s", account) }); !errors.Is(err, ErrNotFound) {
		return err
	}
	return nil
}

// step is an operation and what is there after it; nil is nothing, and sweep changes nothing.
type step struct {
	name  string
	do    task
	after *secret.Value
}

func steps(t *testing.T) []step {
	t.Helper()
	put := func(chunks int) step {
		b := make([]byte, chunks*chunkSize-200)
		_, _ = rand.NewChaCha8([32]byte{byte(chunks)}).Read(b)
		v := secret.New(b)
		p, err := pack(v)
		if err != nil || len(p.chunks) != chunks {
			t.Fatalf("%d chunks, %v", len(p.chunks), err)
		}
		return step{fmt.Sprintf("put %d", chunks), func(ctx context.Context, i items) error { return save(ctx, i, "a", p) }, &v}
	}
	return []step{
		put(1), put(3), put(4),
		{"delete", func(ctx context.Context, i items) error { return remove(ctx, i, "a") }, nil},
		{"sweep", func(ctx context.Context, i items) error { return sweep(ctx, i, "a") }, nil},
	}
}

// TestCrashTwice dies at each call of one operation, then at each call of a second, and is then swept.
func TestCrashTwice(t *testing.T) {
	all := steps(t)
	for _, first := range all {
		for _, second := range all {
			t.Run(first.name+"/"+second.name, func(t *testing.T) {
				for n, ended := 1, false; !ended; n++ {
					for i, done := 1, false; !done; i++ {
						m := NewMemory(Limits{})
						old := all[2]
						if err := old.do(t.Context(), alive(m)); err != nil {
							t.Fatal(err)
						}
						one := &dying{m: m, at: n, late: (n+i)%2 == 0}
						_ = first.do(t.Context(), one)
						between := holds(t, m, old.after, first)
						two := &dying{m: m, at: i, late: i%2 == 0}
						_ = second.do(t.Context(), two)
						swept(t, m, holds(t, m, between, second))
						ended, done = one.n < n, two.n < i
					}
				}
			})
		}
	}
}

func alive(m *Memory) *dying { return &dying{m: m, at: 1 << 30} }

// holds gives the value that is there, which is the old one or the new.
func holds(t *testing.T, m *Memory, old *secret.Value, s step) *secret.Value {
	t.Helper()
	v, err := load(t.Context(), alive(m), "a")
	if err != nil && !errors.Is(err, ErrNotFound) {
		t.Fatalf("after a crash: %v", err)
	}
	is := func(w *secret.Value) bool { return w == nil && err != nil || w != nil && err == nil && v.Equal(*w) }
	switch {
	case is(old):
		return old
	case s.name != "sweep" && is(s.after):
		return s.after
	}
	t.Fatal("after a crash it is neither the old value nor the new one")
	return nil
}

func swept(t *testing.T, m *Memory, now *secret.Value) {
	t.Helper()
	if err := sweep(t.Context(), alive(m), "a"); err != nil {
		t.Fatal(err)
	}
	h, found, err := find(t.Context(), alive(m), "a")
	want := 0
	if now != nil {
		want = 1 + h.Count
	}
	if users := m.Users("s"); err != nil || found != (now != nil) || len(users) != want {
		t.Fatalf("after a sweep: %v, %v", users, err)
	}
	holds(t, m, now, step{name: "sweep"})
}
