package login_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/binnacle-dev/binnacle/backend/keychain"
	"github.com/binnacle-dev/binnacle/backend/keychain/keychaintest"
	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/local"
	"github.com/binnacle-dev/binnacle/backend/login"
)

// running is a program of its own on a machine: its own keychain layer over what the OS has, and its own look at the profile.
func running(t *testing.T, os keychain.Provider, dir string, p login.Protocol) (book *login.Book, quit func()) {
	t.Helper()
	folder, err := local.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	k := keychain.Open("binnacle", os, keychain.Options{})
	book = login.New(login.Options{
		Keychain: k, Protocol: p, Lock: folder.Lock,
		Lost: func(err error) bool {
			return errors.Is(err, keychain.ErrNotFound) || errors.Is(err, keychain.ErrCorrupt)
		},
	})
	quit = sync.OnceFunc(func() {
		book.Close()
		if err := k.Close(); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(quit)
	return book, quit
}

func settled(t *testing.T, b *login.Book, want login.State) {
	t.Helper()
	for range 2000 {
		if all := b.Sessions(); len(all) == 1 && all[0].State == want {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatalf("the session isn't %s: %+v", want, b.Sessions())
}

// Two programs with the real keychain layer and the real locks renew tokens of half a second: no refresh token is used twice, though the
// OS' keychain fails now and then.
func TestTwoProgramsOnOneMachine(t *testing.T) {
	issuer := newIssuer()
	issuer.life = 500 * time.Millisecond
	var mu sync.Mutex
	calls, faulty := 0, false
	os := keychaintest.New(keychain.NewMemory(keychain.WindowsLimits()), func(keychaintest.Call) keychaintest.Fault {
		mu.Lock()
		defer mu.Unlock()
		if calls++; faulty && calls%37 == 0 {
			return keychaintest.Refuse
		}
		return keychaintest.None
	})
	dir := t.TempDir()
	a, quitA := running(t, os, dir, issuer)
	b, quitB := running(t, os, dir, issuer)
	a.Start(jane(), login.Choice{})
	issuer.person <- nil
	settled(t, a, login.StateOK)
	mu.Lock()
	faulty = true
	mu.Unlock()

	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
	defer cancel()
	var members sync.WaitGroup
	got := make([]int, 8)
	for i := range got {
		members.Go(func() {
			source := []*login.Book{a, b}[i%2].Source(jane())
			for ctx.Err() == nil {
				proof, err := source.Proof(ctx, kubeconfig.Proof{})
				if _, ended := errors.AsType[*kubeconfig.NeedError](err); ended {
					t.Errorf("the session was lost: %v", err)
					return
				}
				if err == nil && !proof.Empty() {
					got[i]++
				}
				time.Sleep(10 * time.Millisecond)
			}
		})
	}
	members.Wait()
	mu.Lock()
	faulty = false
	mu.Unlock()
	if issuer.reused != 0 || issuer.called("refresh") < 3 {
		t.Errorf("%d renewals, %d with a used token", issuer.called("refresh"), issuer.reused)
	}
	for i, n := range got {
		if n == 0 {
			t.Errorf("member %d never got a proof", i)
		}
	}
	quitA()
	c, quitC := running(t, os, dir, issuer)
	defer quitC()
	if err := c.SignOut(t.Context(), jane()); err != nil || issuer.sessions() != 0 {
		t.Errorf("%v, %d sessions", err, issuer.sessions())
	}
	quitB()
}
