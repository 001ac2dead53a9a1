package keychain

import (
	"errors"
	"sync"
	"time"
)

// health turns the calls of one owner into a State.
type health struct {
	changed func()

	mu      sync.Mutex
	base    State     // from the last call that ended
	trouble error     // why base is locked or missing
	fixed   bool      // base stays: memory, or nobody looks any more
	waiting bool      // the call in progress is older than waitingAfter
	seq     int       // of the call in progress, or of the last
	began   time.Time // of the call in progress; zero between calls
}

func (h *health) state() State {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.stateLocked()
}

func (h *health) why() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.trouble
}

func (h *health) stateLocked() State {
	if h.waiting && !h.fixed {
		return StateWaiting
	}
	return h.base
}

// age is how long the call in progress has taken, 0 between calls.
func (h *health) age() time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.began.IsZero() {
		return 0
	}
	return time.Since(h.began)
}

// begin notes a call; the function that it gives notes its end.
func (h *health) begin() (end func(error)) {
	h.mu.Lock()
	h.seq++
	seq := h.seq
	h.began = time.Now()
	h.mu.Unlock()
	timer := time.AfterFunc(waitingAfter, func() {
		h.change(func() { h.waiting = h.seq == seq && !h.began.IsZero() })
	})
	return func(err error) {
		timer.Stop()
		h.change(func() {
			h.began, h.waiting = time.Time{}, false
			if !h.fixed {
				h.base = after(h.base, err)
				switch {
				case h.base == StateOK:
					h.trouble = nil
				case errors.Is(err, ErrMissing), errors.Is(err, ErrLocked):
					h.trouble = err
				}
			}
		})
	}
}

// after is the state that a call's result leaves. An error that says nothing about the keychain as a whole changes nothing.
func after(s State, err error) State {
	switch {
	case err == nil, errors.Is(err, ErrNotFound), errors.Is(err, ErrTooBig):
		return StateOK
	case errors.Is(err, ErrMissing):
		return StateMissing
	case errors.Is(err, ErrLocked):
		return StateLocked
	}
	return s
}

func (h *health) freeze() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.fixed = true
	h.changed = func() {}
}

func (h *health) change(f func()) {
	h.mu.Lock()
	before := h.stateLocked()
	f()
	rang := h.stateLocked() != before
	changed := h.changed
	h.mu.Unlock()
	if rang {
		changed()
	}
}
