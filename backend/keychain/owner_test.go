package keychain_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/binnacle-dev/binnacle/backend/keychain"
	"github.com/binnacle-dev/binnacle/backend/keychain/keychaintest"
)

// prompt is a keychain whose calls block while a password prompt is open.
type prompt struct {
	*keychaintest.Faulty
	answer chan keychaintest.Fault
	inside atomic.Int32 // calls at once
	most   atomic.Int32
}

// newPrompt asks at the first call.
func newPrompt(m *keychain.Memory) *prompt {
	p := &prompt{answer: make(chan keychaintest.Fault)}
	p.Faulty = keychaintest.New(m, func(c keychaintest.Call) keychaintest.Fault {
		p.most.Store(max(p.most.Load(), p.inside.Add(1)))
		defer p.inside.Add(-1)
		if c.N == 1 {
			return <-p.answer
		}
		return keychaintest.None
	})
	return p
}

func TestWaitingIsShown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPrompt(keychain.NewMemory(keychain.Limits{}))
		var rang atomic.Int32
		k := keychain.Open(service, p, keychain.Options{Changed: func() { rang.Add(1) }})
		defer func() { _ = k.Close() }()
		done := make(chan error)
		go func() { done <- k.Put(t.Context(), "a", noise(1, 100)) }()

		time.Sleep(900 * time.Millisecond)
		synctest.Wait()
		if s := k.State(); s != keychain.StateOK {
			t.Errorf("before a second: %s", s)
		}
		time.Sleep(200 * time.Millisecond)
		synctest.Wait()
		if s := k.State(); s != keychain.StateWaiting || rang.Load() != 1 {
			t.Errorf("after a second: %s, rang %d times", s, rang.Load())
		}
		p.answer <- keychaintest.None
		if err := <-done; err != nil {
			t.Error(err)
		}
		if s := k.State(); s != keychain.StateOK || rang.Load() != 2 {
			t.Errorf("answered: %s, rang %d times", s, rang.Load())
		}
	})
}

// A Put that its caller has given up goes on to no further step, and nobody else gets in beside it.
func TestCallOutlivesDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := keychain.NewMemory(keychain.Limits{})
		p := newPrompt(m)
		k := keychain.Open(service, p, keychain.Options{})
		defer func() { _ = k.Close() }()

		waiting := make(chan error)
		go func() {
			time.Sleep(30 * time.Second)
			_, err := k.Get(t.Context(), "b")
			waiting <- err
		}()
		err := k.Put(t.Context(), "a", noise(1, 5000))
		if !errors.Is(err, keychain.ErrTimeout) {
			t.Errorf("after a minute: %v", err)
		}
		began := time.Now()
		if _, err := k.Get(t.Context(), "a"); !errors.Is(err, keychain.ErrBusy) || time.Since(began) > 0 {
			t.Errorf("while the prompt is open: %v after %v", err, time.Since(began))
		}
		if err := <-waiting; !errors.Is(err, keychain.ErrBusy) {
			t.Errorf("the one that came before: %v", err)
		}
		if s := k.State(); s != keychain.StateWaiting {
			t.Errorf("state %s", s)
		}
		p.answer <- keychaintest.None
		synctest.Wait()
		if p.Calls() != 1 || len(m.Users(service)) > 0 {
			t.Errorf("the given-up Put went on: %d calls, items %v", p.Calls(), m.Users(service))
		}
		mustPut(t, k, "a", noise(2, 5000))
		if !mustGet(t, k, "a").Equal(noise(2, 5000)) || p.most.Load() != 1 {
			t.Errorf("another value, or %d calls at once", p.most.Load())
		}
	})
}

func TestCallersOwnDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPrompt(keychain.NewMemory(keychain.Limits{}))
		k := keychain.Open(service, p, keychain.Options{})
		defer func() { _ = k.Close() }()

		short, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := k.Get(short, "a"); !errors.Is(err, keychain.ErrTimeout) {
			t.Errorf("in the call: %v", err)
		}
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := k.Get(gone, "a"); !errors.Is(err, context.Canceled) || errors.Is(err, keychain.ErrTimeout) {
			t.Errorf("cancelled: %v", err)
		}
		queued := make(chan error)
		go func() { _, err := k.Get(t.Context(), "a"); queued <- err }()
		time.Sleep(10 * time.Second)
		p.answer <- keychaintest.None // in time for the one in the queue
		if err := <-queued; !errors.Is(err, keychain.ErrNotFound) {
			t.Errorf("queued: %v", err)
		}
	})
}

func TestSlowButSure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := keychaintest.New(keychain.NewMemory(keychain.Limits{}), func(keychaintest.Call) keychaintest.Fault {
			time.Sleep(900 * time.Millisecond)
			return keychaintest.None
		})
		k := keychain.Open(service, slow, keychain.Options{})
		defer func() { _ = k.Close() }()
		mustPut(t, k, "a", kubeconfig(8000))
		if !mustGet(t, k, "a").Equal(kubeconfig(8000)) {
			t.Error("another value")
		}
		if s := k.State(); s != keychain.StateOK {
			t.Errorf("state %s", s)
		}
	})
}

func TestClose(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPrompt(keychain.NewMemory(keychain.Limits{}))
		k := keychain.Open(service, p, keychain.Options{})
		inCall, queued := make(chan error), make(chan error)
		go func() { _, err := k.Get(t.Context(), "a"); inCall <- err }()
		synctest.Wait()
		go func() { queued <- k.Put(t.Context(), "b", noise(1, 10)) }()
		synctest.Wait()

		closed := make(chan error)
		go func() { closed <- k.Close() }()
		if err := <-queued; !errors.Is(err, keychain.ErrClosed) {
			t.Errorf("queued: %v", err)
		}
		began := time.Now()
		if err := <-closed; !errors.Is(err, keychain.ErrBusy) || time.Since(began) > 3*time.Second {
			t.Errorf("close with a prompt open: %v after %v", err, time.Since(began))
		}
		if err := <-inCall; !errors.Is(err, keychain.ErrClosed) {
			t.Errorf("in the call: %v", err)
		}
		if _, err := k.Get(t.Context(), "a"); !errors.Is(err, keychain.ErrClosed) {
			t.Errorf("after: %v", err)
		}
		p.answer <- keychaintest.None
		synctest.Wait()
		if err := k.Close(); err != nil {
			t.Errorf("the prompt is answered: %v", err)
		}
	})
}

func TestCloseStopsBetweenSteps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := keychain.NewMemory(keychain.Limits{})
		p := newPrompt(m)
		k := keychain.Open(service, p, keychain.Options{})
		put := make(chan error)
		go func() { put <- k.Put(t.Context(), "a", noise(1, 5000)) }()
		synctest.Wait()
		closed := make(chan error)
		go func() { closed <- k.Close() }()
		synctest.Wait()
		p.answer <- keychaintest.None
		if err := <-put; !errors.Is(err, keychain.ErrClosed) {
			t.Errorf("put: %v", err)
		}
		if err := <-closed; err != nil || p.Calls() != 1 {
			t.Errorf("close: %v, %d calls", err, p.Calls())
		}
	})
}

func TestCloseUnused(t *testing.T) {
	k := keychain.Open(service, keychain.NewMemory(keychain.Limits{}), keychain.Options{})
	if err := errors.Join(k.Close(), k.Close()); err != nil {
		t.Error(err)
	}
	if err := k.Probe(t.Context()); !errors.Is(err, keychain.ErrClosed) {
		t.Error(err)
	}
}

// Memory-only starts at once, whatever the OS is doing.
func TestUseMemory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := keychain.NewMemory(keychain.Limits{})
		p := newPrompt(m)
		var rang atomic.Int32
		k := keychain.Open(service, p, keychain.Options{Changed: func() { rang.Add(1) }})
		stuck := make(chan error)
		go func() { stuck <- k.Probe(t.Context()) }()
		time.Sleep(2 * time.Second)
		synctest.Wait()

		k.UseMemory()
		k.UseMemory()
		if err := <-stuck; !errors.Is(err, keychain.ErrClosed) {
			t.Errorf("the one at the prompt: %v", err)
		}
		mustPut(t, k, "a", noise(1, 5000))
		if !mustGet(t, k, "a").Equal(noise(1, 5000)) || len(m.Users(service)) > 0 {
			t.Errorf("not in memory; the OS has %v", m.Users(service))
		}
		if s := k.State(); s != keychain.StateMemory || rang.Load() != 2 {
			t.Errorf("state %s, rang %d times", s, rang.Load())
		}
		p.answer <- keychaintest.Refuse
		synctest.Wait()
		if s := k.State(); s != keychain.StateMemory || rang.Load() != 2 {
			t.Errorf("after the late answer: state %s, rang %d times", s, rang.Load())
		}
		if err := k.Close(); err != nil {
			t.Error(err)
		}
		if _, err := k.Get(t.Context(), "a"); !errors.Is(err, keychain.ErrClosed) {
			t.Errorf("after Close: %v", err)
		}
	})
}

// A provider that panics, as go-keyring does when the bus goes away during a prompt, takes nothing with it.
func TestPanic(t *testing.T) {
	p := keychaintest.New(keychain.NewMemory(keychain.Limits{}), func(c keychaintest.Call) keychaintest.Fault {
		if c.N == 1 {
			panic("a nil signal")
		}
		return keychaintest.None
	})
	k := open(t, p)
	if err := k.Probe(t.Context()); !errors.Is(err, keychain.ErrRefused) {
		t.Errorf("got %v", err)
	}
	mustPut(t, k, "a", noise(1, 10))
}
