package keychain

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync"
	"time"
)

// items are one service's keychain items. A call that ctx or Close has overtaken isn't begun.
type items interface {
	get(ctx context.Context, account string) (string, error)
	set(ctx context.Context, account, value string) error
	erase(ctx context.Context, account string) error // no error when it isn't there
}

// task is one whole operation: several calls of items that nothing may come between.
type task func(ctx context.Context, i items) error

// owner is the one goroutine that may call the provider, and how others reach it.
type owner struct {
	service  string
	provider Provider
	timeout  time.Duration
	health   *health

	jobs chan func()   // unbuffered: a job is taken only when it can begin
	quit chan struct{} // closed: no further provider call begins
	left chan struct{} // closed: callers stop waiting for the call in progress
	done chan struct{} // closed: the goroutine has ended

	mu         sync.Mutex
	started    bool
	quitted    bool
	leftBehind bool
}

func newOwner(service string, p Provider, first State, o Options) *owner {
	return &owner{
		service:  service,
		provider: p,
		timeout:  o.Timeout,
		health:   &health{changed: o.changed, base: first, fixed: first == StateMemory},
		jobs:     make(chan func()),
		quit:     make(chan struct{}),
		left:     make(chan struct{}),
		done:     make(chan struct{}),
	}
}

// do runs f on the owner goroutine and waits for it, at most the timeout.
func (o *owner) do(ctx context.Context, f task) error {
	ctx, cancel := context.WithTimeout(ctx, o.timeout)
	defer cancel()
	if !o.start() {
		return ErrClosed
	}
	if o.health.age() >= o.timeout {
		return ErrBusy // its own caller has given up; the person hasn't answered for a minute
	}
	result := make(chan error, 1)
	select {
	case o.jobs <- func() { result <- f(ctx, o) }:
	case <-ctx.Done():
		return gaveUp(ctx, ErrBusy)
	case <-o.quit:
		return ErrClosed
	}
	select {
	case err := <-result:
		return err
	case <-ctx.Done():
		return gaveUp(ctx, ErrTimeout)
	case <-o.left:
		return ErrClosed
	}
}

// gaveUp is late when time ran out, or the caller's own cancellation.
func gaveUp(ctx context.Context, late error) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return late
	}
	return ctx.Err()
}

// start begins the goroutine at the first call; false after stop.
func (o *owner) start() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.quitted {
		return false
	}
	if !o.started {
		o.started = true
		go o.loop()
	}
	return true
}

func (o *owner) loop() {
	defer close(o.done)
	for {
		select {
		case job := <-o.jobs:
			job()
		case <-o.quit:
			return
		}
	}
}

// stop lets the call in progress end and begins no other.
func (o *owner) stop() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.quitted {
		return
	}
	o.quitted = true
	close(o.quit)
	if !o.started {
		close(o.done)
	}
}

// abandon is stop, and frees those who wait for the call in progress.
func (o *owner) abandon() {
	o.stop()
	o.health.freeze()
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.leftBehind {
		o.leftBehind = true
		close(o.left)
	}
}

func (o *owner) closed() bool {
	select {
	case <-o.quit:
		return true
	default:
		return false
	}
}

func (o *owner) wait(deadline <-chan time.Time) bool {
	select {
	case <-o.done:
		return true
	case <-deadline:
		return false
	}
}

func (o *owner) get(ctx context.Context, account string) (value string, err error) {
	err = o.call(ctx, func() (err error) {
		value, err = o.provider.Get(o.service, account)
		return err
	})
	return value, err
}

func (o *owner) set(ctx context.Context, account, value string) error {
	return o.call(ctx, func() error {
		err := o.provider.Set(o.service, account, value)
		if err != nil && strings.Contains(err.Error(), value) {
			return errEchoed // a secret is in no error, whatever a keychain's author thinks
		}
		return err
	})
}

func (o *owner) erase(ctx context.Context, account string) error {
	err := o.call(ctx, func() error { return o.provider.Delete(o.service, account) })
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	return err
}

// call makes one provider call: timed for the state, its errors typed, its panics kept in.
func (o *owner) call(ctx context.Context, f func() error) (err error) {
	if o.closed() {
		return ErrClosed
	}
	if ctx.Err() != nil {
		return gaveUp(ctx, ErrTimeout)
	}
	end := o.health.begin()
	defer func() {
		if recover() != nil { // go-keyring does, when the bus goes away during a prompt
			err = errPanicked
		}
		err = classify(runtime.GOOS, err)
		end(err)
	}()
	return f()
}

var (
	errEchoed   = errors.New("its message is withheld, for it contains the secret")
	errPanicked = errors.New("the call broke down")
)
