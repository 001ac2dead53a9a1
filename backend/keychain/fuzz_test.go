package keychain_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/binnacle-dev/binnacle/backend/keychain"
	"github.com/binnacle-dev/binnacle/backend/secret"
)

// FuzzChunks reads items that are shuffled from two values and junk: it gets one of the two, whole, or an error. Whatever
// lies there, a Put then works, and what can be told to be left over is gone after a Delete.
func FuzzChunks(f *testing.F) {
	a, b := noise(1, 4000), noise(2, 5000)
	stored := [][]string{itemsOf(f, a, 1), itemsOf(f, b, 2)}
	f.Add("", []byte{0, 0, 0, 0, 0, 0, 0, 0})
	f.Add("", []byte{1, 0, 1, 1, 1, 1, 0, 0})
	f.Add(stored[0][0], []byte{2, 1, 1, 1, 1, 1, 1, 1})
	f.Add(`{"v":1,"gen":9007199254740992,"count":170,"size":1,"sha256":"","left":[171,171]}`, []byte{2, 3})
	f.Add("H4sIAAAAAAAA/w==", []byte{0, 2, 2, 2, 2, 2})
	f.Fuzz(func(t *testing.T, junk string, picks []byte) {
		m := keychain.NewMemory(keychain.Limits{})
		k := keychain.Open(service, m, keychain.Options{})
		defer func() { _ = k.Close() }()
		names := []string{"a", "a@0.0", "a@0.1", "a@0.2", "a@0.3", "a@1.0", "a@1.1", "a@1.2", "a@1.3"}
		for i, p := range picks[:min(len(picks), len(names))] {
			var item string
			switch p % 4 {
			case 0, 1:
				from := stored[p%4]
				at := i
				if i > 0 { // any chunk of a value at any place
					at = 1 + (i-1+int(p/4))%(len(from)-1)
				}
				item = from[at%len(from)]
			case 2:
				item = junk
			case 3:
				continue
			}
			_ = m.Set(service, names[i], item) // no limits
		}
		v, err := k.Get(t.Context(), "a")
		switch {
		case err == nil && !v.Equal(a) && !v.Equal(b):
			t.Fatal("a mix")
		case err != nil && !errors.Is(err, keychain.ErrCorrupt) && !errors.Is(err, keychain.ErrNotFound):
			t.Fatalf("untyped: %v", err)
		case err != nil && junk != "" && len(junk) > 40 && strings.Contains(err.Error(), junk):
			t.Fatal("the stored text is in the error")
		}
		fresh := noise(3, 2000)
		mustPut(t, k, "a", fresh)
		if !mustGet(t, k, "a").Equal(fresh) {
			t.Fatal("another value")
		}
		if err := k.Delete(t.Context(), "a"); err != nil {
			t.Fatal(err)
		}
		if _, err := k.Get(t.Context(), "a"); !errors.Is(err, keychain.ErrNotFound) {
			t.Fatalf("after Delete: %v", err)
		}
	})
}

// itemsOf gives the header and then the chunks of a value after some Puts.
func itemsOf(f *testing.F, v secret.Value, puts int) []string {
	f.Helper()
	m := keychain.NewMemory(keychain.Limits{})
	k := keychain.Open(service, m, keychain.Options{})
	defer func() { _ = k.Close() }()
	for range puts {
		if err := k.Put(f.Context(), "a", v); err != nil {
			f.Fatal(err)
		}
	}
	var items []string
	for _, user := range m.Users(service) {
		item, err := m.Get(service, user)
		if err != nil {
			f.Fatal(err)
		}
		items = append(items, item)
	}
	return items
}
