package plugin

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// settled is how long a proof must have served for its refusal to be news: tokens end early, but a cluster that
// refuses everything that a program gives would have it run without end.
const settled = time.Minute

// entry is the state of one program for one cluster.
type entry struct {
	program  kubeconfig.Program
	endpoint kubeconfig.Endpoint
	now      func() time.Time

	mu      sync.Mutex
	proof   kubeconfig.Proof
	got     time.Time
	until   time.Time        // zero: without end
	refused kubeconfig.Proof // by the cluster
	denials int              // proofs in a row that were refused as soon as they were given
	flight  *flight          // the run that goes on
	trouble error            // kept until next
	next    time.Time
	again   backoff
}

// flight is a run that all wait for. Its results are set before done is closed.
type flight struct {
	talking bool // with the person
	void    bool // its result isn't wanted any more
	done    chan struct{}
	proof   kubeconfig.Proof
	err     error
}

// now is by the wall clock alone: credentials end by it, and a machine that slept shall not wait on.
func now() time.Time { return time.Now().Round(0) }

// look gives a proof that serves, an error that still holds, or a run to wait for; it is the caller's to do when it is mine.
func (e *entry) look(stale kubeconfig.Proof) (proof kubeconfig.Proof, f *flight, mine bool, err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	t := e.now()
	if !stale.Empty() && stale.Equal(e.proof) {
		e.refuse(t)
	}
	switch {
	case !e.proof.Empty() && (e.until.IsZero() || t.Before(e.until)):
		return e.proof, nil, false, nil
	case e.flight != nil:
		return proof, e.flight, false, nil
	case e.trouble != nil && t.Before(e.next):
		return proof, nil, false, e.trouble
	}
	e.flight = &flight{done: make(chan struct{})}
	return proof, e.flight, true, nil
}

// refuse forgets the proof, which the cluster didn't take. The first time the program may try at once.
func (e *entry) refuse(t time.Time) {
	if t.Sub(e.got) > settled {
		e.denials = 0
	}
	if e.denials++; e.denials > 1 {
		e.pause(t, e.unwanted("what"))
	} else {
		e.refused = e.proof
	}
	e.proof = kubeconfig.Proof{}
}

func (e *entry) unwanted(what string) error {
	return &kubeconfig.ProofError{Refused: true, Why: fmt.Sprintf("The cluster refuses %s %s gives. Sign in anew with that program, or ask whether this user may use the cluster.", what, name(e.program))}
}

// take gives the run that goes on, or a new one of the caller's, with the person.
func (e *entry) take() (f *flight, mine bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.flight != nil {
		return e.flight, false
	}
	e.flight = &flight{talking: true, done: make(chan struct{})}
	return e.flight, true
}

// land ends a run.
func (e *entry) land(f *flight, proof kubeconfig.Proof, err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	t := e.now()
	switch {
	case err == nil && f.void:
		err = &kubeconfig.NeedError{Need: kubeconfig.NeedApprove, Why: name(e.program) + " may no longer run: you took that back. Allow it again, or leave it."}
	case err == nil && proof.Equal(e.refused):
		err = e.unwanted("the same that it refused before, and that")
		e.pause(t, err)
		e.refused = kubeconfig.Proof{} // after the pause it may be right: a server that just started refuses everybody
	case err == nil:
		e.proof, e.got, e.until, e.trouble = proof, t, time.Time{}, nil
		if !proof.Expires.IsZero() {
			e.until = proof.Expires.Add(-early(proof.Expires.Sub(t)))
		}
		if e.denials <= 1 {
			e.again.reset()
		}
	case lasting(err) && !f.talking && e.program.Mode != modeAlways: // the person knows, and is the one to try again
		e.pause(t, err)
	}
	if err == nil {
		f.proof = proof
	}
	f.err = err
	e.flight = nil
	close(f.done)
}

// pause keeps an error; the caller holds mu.
func (e *entry) pause(t time.Time, err error) { e.trouble, e.next = err, t.Add(e.again.wait()) }

func (e *entry) reset() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.trouble, e.denials, e.refused = nil, 0, kubeconfig.Proof{}
	e.again.reset()
}

func (e *entry) forget() {
	e.reset()
	e.mu.Lock()
	defer e.mu.Unlock()
	e.proof = kubeconfig.Proof{}
	if e.flight != nil {
		e.flight.void = true
	}
}

// backoff gives the waits between runs that fail: doubling, capped, each shortened by up to a fifth so that a fleet doesn't move in step.
type backoff struct{ min, max, next time.Duration }

func (b *backoff) reset() { b.next = 0 }

func (b *backoff) wait() time.Duration {
	d := min(max(b.next, b.min), b.max)
	b.next = min(2*d, b.max)
	return d - time.Duration(rand.Float64()*float64(d)/5) //nolint:gosec // spreads load, guards nothing
}
