package keychain_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/keychain"
	"github.com/binnacle-dev/binnacle/backend/keychain/keychaintest"
	"github.com/binnacle-dev/binnacle/backend/secret"
)

func platforms() map[string]keychain.Limits {
	return map[string]keychain.Limits{"linux": {}, "windows": keychain.WindowsLimits(), "mac": keychain.MacLimits()}
}

func TestRoundTripOnEveryOS(t *testing.T) {
	name := strings.Repeat("n", keychain.MaxName)
	long := strings.Repeat("s", keychain.MaxName)
	values := map[string]secret.Value{
		"nothing":          {},
		"a byte":           secret.New([]byte{0}),
		"NUL and no UTF-8": secret.New([]byte("a\x00b\xff\xfe\n'\"$(rm)\\")),
		"a view key":       secret.New([]byte("AGE-SECRET-KEY-1QQQQ")),
		"small kubeconfig": kubeconfig(2 << 10),
		"kubeconfig":       kubeconfig(12 << 10),
		"noise 1 chunk":    noise(1, 1500),
		"noise":            noise(2, 12<<10),
		"zeros":            secret.New(make([]byte, keychain.MaxValue)),
		"the largest":      noise(3, keychain.MaxValue),
	}
	for os, limits := range platforms() {
		for what, v := range values {
			t.Run(os+"/"+what, func(t *testing.T) {
				t.Parallel()
				m := keychain.NewMemory(limits)
				k := keychain.Open(long, m, keychain.Options{})
				defer func() { _ = k.Close() }()
				for range 3 { // both slots, and the first again
					mustPut(t, k, name, v)
					if got := mustGet(t, k, name); !got.Equal(v) {
						t.Fatalf("got %d bytes back, want %d", got.Len(), v.Len())
					}
				}
				for _, user := range m.Users(long) {
					if s, _ := m.Get(long, user); len(s) > 2048 {
						t.Errorf("%s has %d bytes", user, len(s))
					}
				}
				if err := k.Delete(t.Context(), name); err != nil {
					t.Fatal(err)
				}
				if left := m.Users(long); len(left) > 0 {
					t.Errorf("left after Delete: %v", left)
				}
			})
		}
	}
}

func TestValueInPlain(t *testing.T) {
	m := keychain.NewMemory(keychain.Limits{})
	k := open(t, m)
	mustPut(t, k, "cluster/a", kubeconfig(4000))
	mustPut(t, k, "cluster/a", noise(1, 2000))
	want := []string{"cluster/a", "cluster/a@0.0", "cluster/a@0.1"}
	if diff := cmp.Diff(want, m.Users(service)); diff != "" {
		t.Errorf("items (-want +got)\n%s", diff)
	}
	header, err := m.Get(service, "cluster/a")
	if err != nil || !strings.HasPrefix(header, `{"v":1,"gen":2,"count":2,"size":2000,"sha256":"`) {
		t.Errorf("header %s, %v", header, err)
	}
}

func TestErrors(t *testing.T) {
	k := open(t, keychain.NewMemory(keychain.Limits{}))
	long := strings.Repeat("n", keychain.MaxName+1)
	for name, c := range map[string]struct {
		err  error
		want error
	}{
		"get nothing":    {second(k.Get(t.Context(), "none")), keychain.ErrNotFound},
		"too big":        {k.Put(t.Context(), "a", noise(1, keychain.MaxValue+1)), keychain.ErrTooBig},
		"empty name":     {k.Put(t.Context(), "", noise(1, 1)), keychain.ErrName},
		"name with @":    {k.Put(t.Context(), "a@0.0", noise(1, 1)), keychain.ErrName},
		"name with \\n":  {k.Put(t.Context(), "a\nb", noise(1, 1)), keychain.ErrName},
		"quote":          {k.Delete(t.Context(), "a'b"), keychain.ErrName},
		"an option":      {second(k.Get(t.Context(), "-w")), keychain.ErrName},
		"a letter too":   {second(k.Get(t.Context(), long)), keychain.ErrName},
		"delete nothing": {k.Delete(t.Context(), "none"), nil},
		"sweep nothing":  {k.Sweep(t.Context(), "none"), nil},
		"probe":          {k.Probe(t.Context()), nil},
	} {
		if !errors.Is(c.err, c.want) {
			t.Errorf("%s: %v, want %v", name, c.err, c.want)
		}
	}
}

func second[T any](_ T, err error) error { return err }

// Nothing that a provider says back may carry the secret on.
func TestNoSecretInErrors(t *testing.T) {
	k := open(t, echo{})
	err := k.Put(t.Context(), "a", secret.New([]byte("hunter2")))
	if !errors.Is(err, keychain.ErrRefused) || strings.Contains(err.Error(), "H4sI") || strings.Contains(err.Error(), "{") {
		t.Errorf("got %v", err)
	}
}

// echo refuses with a message that has the value in it.
type echo struct{}

func (echo) Get(string, string) (string, error) { return "", keychainNotFound() }
func (echo) Set(_, _, value string) error       { return fmt.Errorf("bad value %q or %s", value, value) }
func (echo) Delete(string, string) error        { return nil }

// A provider that says "done" and did nothing (macOS' security -i, a dismissed prompt) never costs the old value.
func TestLyingProvider(t *testing.T) {
	old, fresh := noise(1, 5000), noise(2, 9000)
	for n := 1; ; n++ {
		m := keychain.NewMemory(keychain.Limits{})
		mustPut(t, open(t, m), "a", old)
		lying := onlyAt(m, n, keychaintest.Lie)
		putErr := open(t, lying).Put(t.Context(), "a", fresh)
		got, err := open(t, m).Get(t.Context(), "a")
		switch {
		case err != nil:
			t.Fatalf("lie at call %d: %v", n, err)
		case putErr == nil && !got.Equal(fresh), !got.Equal(fresh) && !got.Equal(old):
			t.Fatalf("lie at call %d: Put said %v, and the value is wrong", n, putErr)
		}
		repair(t, m, &got)
		if lying.Calls() < n {
			return
		}
	}
}

// Nor does one that says "deleted" and didn't make a Delete say that all is gone when it isn't.
func TestLyingDelete(t *testing.T) {
	for n := 1; ; n++ {
		m := keychain.NewMemory(keychain.Limits{})
		mustPut(t, open(t, m), "a", noise(1, 5000))
		lying := onlyAt(m, n, keychaintest.Lie)
		err := open(t, lying).Delete(t.Context(), "a")
		if left := m.Users(service); err == nil && len(left) > 0 || err != nil && !errors.Is(err, keychain.ErrRefused) {
			t.Fatalf("lie at call %d: Delete said %v, left %v", n, err, left)
		}
		if err := open(t, m).Delete(t.Context(), "a"); err != nil || len(m.Users(service)) > 0 {
			t.Fatalf("lie at call %d: the second Delete said %v, left %v", n, err, m.Users(service))
		}
		if lying.Calls() < n {
			return
		}
	}
}

func TestLostChunk(t *testing.T) {
	v := noise(1, 9000)
	m := keychain.NewMemory(keychain.Limits{})
	k := open(t, m)
	mustPut(t, k, "a", v)
	all := m.Users(service)
	for _, user := range all[1:] {
		kept, _ := m.Get(service, user)
		for how, f := range map[string]func() error{
			"gone":    func() error { return m.Delete(service, user) },
			"cut":     func() error { return m.Set(service, user, kept[:len(kept)/2]) },
			"other":   func() error { return m.Set(service, user, strings.Repeat("A", len(kept))) },
			"nothing": func() error { return m.Set(service, user, "") },
		} {
			if err := f(); err != nil {
				t.Fatal(err)
			}
			if _, err := k.Get(t.Context(), "a"); !errors.Is(err, keychain.ErrCorrupt) {
				t.Errorf("%s %s: %v", user, how, err)
			}
			if err := m.Set(service, user, kept); err != nil {
				t.Fatal(err)
			}
		}
	}
	if !mustGet(t, k, "a").Equal(v) {
		t.Error("mended, and yet another value")
	}
	if err := m.Delete(service, all[3]); err != nil { // a gap in the middle
		t.Fatal(err)
	}
	if err := k.Delete(t.Context(), "a"); err != nil || len(m.Users(service)) > 0 {
		t.Errorf("delete with a gap: %v, left %v", err, m.Users(service))
	}
}

// A header that is lost or broken costs the value, but neither the name nor the tidiness.
func TestLostHeader(t *testing.T) {
	for how, header := range map[string]string{
		"gone": "", "not JSON": "x", "newer": `{"v":2,"count":1}`, "huge": `{"v":1,"count":9999999}`, "negative": `{"v":1,"count":-1,"left":[-5,0]}`,
	} {
		for then, f := range map[string]func(context.Context, *keychain.Keychain) error{
			"put":    func(ctx context.Context, k *keychain.Keychain) error { return k.Put(ctx, "a", noise(3, 2000)) },
			"delete": func(ctx context.Context, k *keychain.Keychain) error { return k.Delete(ctx, "a") },
		} {
			t.Run(how+"/"+then, func(t *testing.T) {
				m := keychain.NewMemory(keychain.Limits{})
				k := open(t, m)
				mustPut(t, k, "a", noise(1, 9000))
				want := keychain.ErrCorrupt
				err := m.Set(service, "a", header)
				if how == "gone" {
					want, err = keychain.ErrNotFound, m.Delete(service, "a")
				}
				if err != nil {
					t.Fatal(err)
				}
				if _, err := k.Get(t.Context(), "a"); !errors.Is(err, want) {
					t.Errorf("get: %v, want %v", err, want)
				}
				if err := f(t.Context(), k); err != nil {
					t.Fatal(err)
				}
				users := m.Users(service)
				if then == "put" && (len(users) != 3 || !mustGet(t, k, "a").Equal(noise(3, 2000))) || then == "delete" && len(users) > 0 {
					t.Errorf("items %v", users)
				}
			})
		}
	}
}

func TestNamesDontMeet(t *testing.T) {
	m := keychain.NewMemory(keychain.Limits{})
	k := open(t, m)
	names := []string{"a", "a/0", "a/0/0", "a:0.0", "A", "cluster/01234567-89ab", "probe"}
	for i, name := range names {
		mustPut(t, k, name, noise(uint64(i), 4000))
	}
	if err := k.Delete(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	for i, name := range names[1:] {
		if !mustGet(t, k, name).Equal(noise(uint64(i+1), 4000)) {
			t.Errorf("%s has another's value", name)
		}
	}
	if slices.ContainsFunc(m.Users(service), func(u string) bool { return u == "a" || strings.HasPrefix(u, "a@") }) {
		t.Errorf("items of a are left: %v", m.Users(service))
	}
}
