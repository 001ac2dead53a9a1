// Package keychain keeps secrets in the operating system's keychain: Secret Service on Linux, Keychain on macOS,
// Credential Manager on Windows, all through go-keyring.
//
// A keychain item is small (2,560 bytes on Windows), so a value is compressed, cut into chunks and described by a header
// item that is written last. What is stored, and why a crash leaves the old or the new value and never a mix, is told in
// layout.go. Nothing is ever written to disk by this package.
//
// The OS may block a call for as long as a person takes to answer a password prompt, and such a call can't be
// cancelled. So one goroutine owns the keychain and makes one call at a time; callers wait for it with a deadline. A
// caller that gives up leaves the OS call running: the next callers wait for it to end, or get [ErrBusy].
// All methods are safe for concurrent use. Two programs on one keychain are kept apart by local.Folder.TryLock.
package keychain

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/binnacle-dev/binnacle/backend/secret"
)

// Limits. They hold on every OS, so that what one machine can store every machine can.
const (
	MaxName  = 100        // bytes of a name; letters, digits and . _ : / -
	MaxValue = 256 * 1024 // bytes of a value before compression
)

const (
	defaultTimeout = 60 * time.Second // a person has to find and type a password
	waitingAfter   = time.Second      // a call this old is shown as "waiting for the keychain"
	closeWait      = 2 * time.Second  // quitting doesn't wait for a prompt that nobody answers
)

// Provider is the shape of go-keyring. It answers keyring.ErrNotFound for an item that isn't there.
type Provider interface {
	Get(service, user string) (string, error)
	Set(service, user, value string) error
	Delete(service, user string) error
}

// State says how the keychain is doing. It is known from the last call; before the first it is StateOK.
type State string

// The closed set of states.
const (
	StateOK      State = "ok"
	StateWaiting State = "waiting" // a call takes more than a second: most likely the OS asks the person for a password
	StateLocked  State = "locked"  // the last call found it locked
	StateMissing State = "missing" // the last call found no keychain
	StateMemory  State = "memory"  // UseMemory was called: values last until the program ends
)

// Options of Open. The zero value is good.
type Options struct {
	// Timeout bounds each Get, Put, Delete, Sweep and Probe as a whole; 0 is 60 s.
	Timeout time.Duration
	// Changed is called after State has changed. It must return at once and may call State, nothing else of Keychain.
	Changed func()
}

// Keychain stores values by name under one service. Open makes it, Close ends it.
type Keychain struct {
	service string
	options Options

	mu     sync.Mutex
	now    *owner   // who serves calls
	former []*owner // those whose last OS call may still hang; Close waits for them
}

// Open makes a Keychain; it calls nothing until the first use. The service is a name as in MaxName.
func Open(service string, p Provider, o Options) *Keychain {
	if o.Timeout <= 0 {
		o.Timeout = defaultTimeout
	}
	k := &Keychain{service: service, options: o}
	k.now = newOwner(service, p, StateOK, o)
	return k
}

// Get gives the value of a name. Errors: ErrNotFound, ErrCorrupt, and those of every call: ErrMissing, ErrLocked,
// ErrRefused, ErrTimeout, ErrBusy, ErrClosed, ErrName, or the caller's context.Canceled.
func (k *Keychain) Get(ctx context.Context, name string) (secret.Value, error) {
	var v secret.Value
	err := k.do(ctx, "get", name, func(ctx context.Context, i items) (err error) {
		v, err = load(ctx, i, name)
		return err
	})
	if err != nil {
		return secret.Value{}, err
	}
	return v, nil
}

// Put stores a value under a name in place of what was there. After an error the old value is still there, but for
// ErrTimeout, ErrClosed and context.Canceled, and for a keychain that failed at the last write: then it is the old or the new one,
// whole; read it before trusting either. A value above MaxValue gives ErrTooBig.
func (k *Keychain) Put(ctx context.Context, name string, v secret.Value) error {
	p, err := pack(v)
	if err != nil {
		return fmt.Errorf("keychain: put %s: %w", name, err)
	}
	return k.do(ctx, "put", name, func(ctx context.Context, i items) error { return save(ctx, i, name, p) })
}

// Delete removes a name with all its chunks. A name that isn't there is no error.
func (k *Keychain) Delete(ctx context.Context, name string) error {
	return k.do(ctx, "delete", name, func(ctx context.Context, i items) error { return remove(ctx, i, name) })
}

// Sweep removes what an interrupted Put or Delete of a name left behind, and leaves its value alone. Put and Delete do
// the same on their way.
func (k *Keychain) Sweep(ctx context.Context, name string) error {
	return k.do(ctx, "sweep", name, func(ctx context.Context, i items) error { return sweep(ctx, i, name) })
}

// Probe finds out whether the keychain can be used, by reading a name that nobody writes. The OS may ask for a password.
func (k *Keychain) Probe(ctx context.Context) error {
	return k.do(ctx, "probe", probeName, func(ctx context.Context, i items) error {
		_, _, err := find(ctx, i, probeName)
		return err
	})
}

// State says how the keychain is doing, without calling it.
func (k *Keychain) State() State {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.now.health.state()
}

// Trouble is the error behind StateLocked or StateMissing, for Hint; nil in the other states.
func (k *Keychain) Trouble() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.now.health.why()
}

// UseMemory forgets the OS keychain for this run and keeps values in memory only. Calls that wait for the OS end with
// ErrClosed. It can't be undone; nothing is copied.
func (k *Keychain) UseMemory() {
	k.mu.Lock()
	if k.now.health.state() == StateMemory || k.now.closed() {
		k.mu.Unlock()
		return
	}
	old := k.now
	k.former = append(k.former, old)
	k.now = newOwner(k.service, NewMemory(Limits{}), StateMemory, k.options)
	k.mu.Unlock()
	old.abandon()
	k.options.changed()
}

// Close ends all calls and waits for the one in progress. An OS call that doesn't return within two seconds (a prompt
// that nobody answers) is left to die with the program; Close says so with ErrBusy. Later calls give ErrClosed.
func (k *Keychain) Close() error {
	k.mu.Lock()
	all := append(slices.Clone(k.former), k.now)
	k.mu.Unlock()
	deadline := time.NewTimer(closeWait)
	defer deadline.Stop()
	for _, o := range all {
		o.stop()
	}
	for _, o := range all {
		if !o.wait(deadline.C) {
			for _, o := range all {
				o.abandon()
			}
			return fmt.Errorf("keychain: close: %w", ErrBusy)
		}
	}
	return nil
}

func (k *Keychain) do(ctx context.Context, verb, name string, f task) error {
	if err := checkNames(k.service, name); err != nil {
		return fmt.Errorf("keychain: %s: %w", verb, err)
	}
	k.mu.Lock()
	o := k.now
	k.mu.Unlock()
	if err := o.do(ctx, f); err != nil {
		return fmt.Errorf("keychain: %s %s: %w", verb, name, err)
	}
	return nil
}

func (o Options) changed() {
	if o.Changed != nil {
		o.Changed()
	}
}
