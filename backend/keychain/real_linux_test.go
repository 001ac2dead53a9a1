package keychain_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/binnacle-dev/binnacle/backend/internal/secretservice"
	"github.com/binnacle-dev/binnacle/backend/keychain"
	"github.com/binnacle-dev/binnacle/backend/keychain/keychaintest"
	"github.com/binnacle-dev/binnacle/backend/secret"
)

func TestRealRoundTrip(t *testing.T) {
	secretservice.Start(t)
	k := open(t, keychain.OS())
	for name, v := range map[string]secret.Value{
		"1k":   kubeconfig(1 << 10),
		"12k":  kubeconfig(12 << 10),
		"100k": noise(1, 100<<10),
		"nul":  secret.New([]byte("a\x00b\xff\n")),
		"none": {},
	} {
		t.Run(name, func(t *testing.T) {
			mustPut(t, k, name, noise(2, 3000))
			mustPut(t, k, name, v)
			again := open(t, keychain.OS())
			if got := mustGet(t, again, name); !got.Equal(v) {
				t.Errorf("got %d bytes, want %d", got.Len(), v.Len())
			}
			if err := k.Delete(t.Context(), name); err != nil {
				t.Error(err)
			}
			if _, err := again.Get(t.Context(), name); !errors.Is(err, keychain.ErrNotFound) {
				t.Errorf("after delete: %v", err)
			}
		})
	}
}

// Nothing readable lies on the disk: the keyring's own file is all there is, and it is encrypted.
func TestRealDisk(t *testing.T) {
	s := secretservice.Start(t)
	mustPut(t, open(t, keychain.OS()), "a", secret.New([]byte(strings.Repeat("a rather telling text. ", 100))))
	var files int
	err := filepath.WalkDir(s.Home(), func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		b, err := os.ReadFile(path)
		for _, telling := range []string{"telling", "H4sI", "sha256"} {
			if strings.Contains(string(b), telling) {
				t.Errorf("%s has %q in it", filepath.Base(path), telling)
			}
		}
		return err
	})
	if err != nil || files == 0 {
		t.Errorf("%d files, %v", files, err)
	}
}

func TestRealLocked(t *testing.T) {
	s := secretservice.Start(t)
	k := open(t, keychain.OS())
	mustPut(t, k, "a", noise(1, 3000))
	s.Lock(t)
	for name, f := range map[string]func() error{
		"get":    func() error { return second(k.Get(t.Context(), "a")) },
		"put":    func() error { return k.Put(t.Context(), "a", noise(2, 3000)) },
		"delete": func() error { return k.Delete(t.Context(), "a") },
		"probe":  func() error { return k.Probe(t.Context()) },
	} {
		began := time.Now()
		err := f()
		if took := time.Since(began); !errors.Is(err, keychain.ErrLocked) || took > time.Second {
			t.Errorf("%s: %v after %v", name, err, took)
		}
		if k.State() != keychain.StateLocked || !strings.Contains(keychain.Hint(err), "Unlock") {
			t.Errorf("%s: state %s, hint %q", name, k.State(), keychain.Hint(err))
		}
	}
	s.Unlock(t)
	if !mustGet(t, k, "a").Equal(noise(1, 3000)) || k.State() != keychain.StateOK || k.Trouble() != nil {
		t.Errorf("after unlock: another value, or state %s, trouble %v", k.State(), k.Trouble())
	}
}

func TestRealNeverMade(t *testing.T) {
	s := secretservice.Start(t, secretservice.WithoutDaemon())
	s.Lock(t) // a keyring daemon without any keyring
	k := open(t, keychain.OS())
	err := k.Put(t.Context(), "a", noise(1, 10))
	if !errors.Is(err, keychain.ErrLocked) || !strings.Contains(keychain.Hint(err), "No keyring has been made") {
		t.Errorf("%v, hint %q", err, keychain.Hint(err))
	}
}

func TestRealMissing(t *testing.T) {
	for name, c := range map[string]struct {
		start func(t *testing.T)
		hint  string
	}{
		"no bus":         {func(t *testing.T) { t.Helper(); secretservice.NoBus(t) }, "D-Bus session"},
		"no service":     {func(t *testing.T) { t.Helper(); secretservice.Start(t, secretservice.WithoutDaemon()) }, "gnome-keyring"},
		"a bus gone":     {goneBus, "D-Bus session"},
		"daemon crashed": {func(t *testing.T) { t.Helper(); secretservice.Start(t).Kill(t) }, "gnome-keyring"},
	} {
		t.Run(name, func(t *testing.T) {
			c.start(t)
			k := open(t, keychain.OS())
			began := time.Now()
			err := k.Probe(t.Context())
			if took := time.Since(began); !errors.Is(err, keychain.ErrMissing) || took > time.Second {
				t.Errorf("%v after %v", err, took)
			}
			if k.State() != keychain.StateMissing || !strings.Contains(keychain.Hint(err), c.hint) || !strings.Contains(keychain.Hint(k.Trouble()), c.hint) {
				t.Errorf("state %s, hint %q, trouble %v", k.State(), keychain.Hint(err), k.Trouble())
			}
		})
	}
}

// goneBus has an address at which nobody listens any more.
func goneBus(t *testing.T) {
	t.Helper()
	secretservice.NoBus(t)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "bus"))
}

// With dbus-x11 installed, godbus would start a bus of its own: a keyring that nobody else sees.
func TestRealNeverLaunchesABus(t *testing.T) {
	secretservice.NoBus(t)
	bin, mark := t.TempDir(), filepath.Join(t.TempDir(), "launched")
	script := fmt.Sprintf("#!/bin/sh\n: > '%s'\necho DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere\n", mark)
	if err := os.WriteFile(filepath.Join(bin, "dbus-launch"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin)
	if err := open(t, keychain.OS()).Probe(t.Context()); !errors.Is(err, keychain.ErrMissing) {
		t.Error(err)
	}
	if _, err := os.Stat(mark); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("dbus-launch was run: %v", err)
	}
}

// TestRealDaemonDies kills the daemon before each single write of a Put, and starts it anew.
func TestRealDaemonDies(t *testing.T) {
	s := secretservice.Start(t)
	old, fresh := noise(1, 3000), noise(2, 4000)
	for n := 1; ; n++ {
		mustPut(t, open(t, keychain.OS()), "a", old)
		writes := 0
		dying := keychaintest.New(keychain.OS(), func(c keychaintest.Call) keychaintest.Fault {
			if c.Verb != keychaintest.Get {
				if writes++; writes == n {
					s.Kill(t)
				}
			}
			return keychaintest.None
		})
		err := open(t, dying).Put(t.Context(), "a", fresh)
		finished := writes < n
		if !finished {
			s.Unlock(t)
		}
		k := open(t, keychain.OS())
		got := mustGet(t, k, "a")
		if err == nil && !got.Equal(fresh) || err != nil && !got.Equal(old) || err != nil && !errors.Is(err, keychain.ErrMissing) {
			t.Fatalf("killed at write %d: put said %v, and the value is wrong", n, err)
		}
		if err := k.Sweep(t.Context(), "a"); err != nil {
			t.Fatal(err)
		}
		if users := s.Users(t, service); len(users) != got.Len()/1000 { // 3000 bytes take a header and 2 chunks, 4000 one more
			t.Errorf("killed at write %d, then swept: %v", n, users)
		}
		if finished {
			return
		}
	}
}
