package plugin

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/secret"
)

// Source is what one program says for one cluster.
type Source struct {
	plugins *Plugins
	entry   *entry
}

// Proof gives what the program answered, running it in the background where it must. A stale proof is what the cluster refused: it is
// never given again. Errors: a *kubeconfig.NeedError (approve: the program isn't allowed and nothing ran; run: it needs the
// person), a *kubeconfig.ProofError (it failed, and isn't run again for a while), ctx's. When ctx ends the run goes on, for the next caller.
func (s Source) Proof(ctx context.Context, stale kubeconfig.Proof) (kubeconfig.Proof, error) {
	if err := ctx.Err(); err != nil {
		return kubeconfig.Proof{}, err
	}
	proof, f, mine, err := s.entry.look(stale)
	switch {
	case err != nil || f == nil:
		return proof, err
	case mine:
		if err := s.background(ctx, f); err != nil {
			return kubeconfig.Proof{}, err
		}
	case f.talking:
		return kubeconfig.Proof{}, need(s.entry.program, "is talking to you; go on there")
	}
	select {
	case <-ctx.Done():
		return kubeconfig.Proof{}, ctx.Err()
	case <-f.done:
		return f.proof, f.err
	}
}

// background runs the program for a flight that is this caller's to bring to its end.
func (s Source) background(ctx context.Context, f *flight) error {
	p, e := s.plugins, s.entry
	leave, err := p.enter()
	if err != nil {
		e.land(f, kubeconfig.Proof{}, err)
		return err
	}
	ctx = context.WithoutCancel(ctx) // others may wait for the same
	p.wg.Go(func() {
		defer leave()
		proof, err := s.quietly(ctx)
		e.land(f, proof, err)
	})
	return nil
}

func (s Source) quietly(ctx context.Context) (kubeconfig.Proof, error) {
	p, e := s.plugins, s.entry
	file, err := p.admit(ctx, e.program, e.endpoint)
	if err != nil {
		return kubeconfig.Proof{}, err
	}
	defer file.close()
	if e.program.Mode == modeAlways {
		return kubeconfig.Proof{}, need(e.program, "asks you something each time it runs; start it")
	}
	free, err := p.slots.take(p.done)
	if err != nil {
		return kubeconfig.Proof{}, err
	}
	defer free()
	return p.run(ctx, run{program: e.program, file: file, limit: p.o.Timing.Background})
}

func need(p kubeconfig.Program, what string) error {
	return &kubeconfig.NeedError{Need: kubeconfig.NeedRun, Why: fmt.Sprintf("%s %s.", name(p), what)}
}

// Modes of a kubeconfig, of those that make a difference here: in the third, IfAvailable, a program can do with and without the person.
const (
	modeNever  = "Never"
	modeAlways = "Always"
)

// Talk is how a program and the person talk.
type Talk struct {
	Show    func(said string)   // called with the last 4 KiB of what it said, cleaned but with its URLs and codes: for eyes, not for logs; must not block
	Answers <-chan secret.Value // lines for its input, without their ends; nil: no input
}

// Run runs the program for the person, who started it, and keeps what it answers for Proof. It returns when the program has ended; the
// end of ctx ends it. A run in the background is waited for first; if that succeeds, there is nothing more to do. Errors are as of Proof.
func (s Source) Run(ctx context.Context, talk Talk) error {
	leave, err := s.plugins.enter()
	if err != nil {
		return err
	}
	defer leave()
	for {
		f, mine := s.entry.take()
		if mine {
			proof, err := s.talking(ctx, talk)
			s.entry.land(f, proof, err)
			return f.err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-f.done:
			if f.err == nil || f.talking {
				return f.err
			}
		}
	}
}

func (s Source) talking(ctx context.Context, talk Talk) (kubeconfig.Proof, error) {
	p, e := s.plugins, s.entry
	file, err := p.admit(ctx, e.program, e.endpoint)
	if err != nil {
		return kubeconfig.Proof{}, err
	}
	defer file.close()
	return p.run(ctx, run{program: e.program, file: file, limit: p.o.Timing.Interactive, talk: &talk})
}

// Reset is for a person who asks to try again: the next Proof runs a program that failed at once.
func (s Source) Reset() { s.entry.reset() }

// lasting says whether an error is worth keeping for a while: one of a program that ran, not that of the caller or the approval.
func lasting(err error) bool {
	if n, ok := errors.AsType[*kubeconfig.NeedError](err); ok {
		return n.Need == kubeconfig.NeedRun
	}
	_, failed := errors.AsType[*RunError](err)
	return failed
}

// early is how long before its end a proof is no longer given: a tenth of its life, at most a minute.
func early(life time.Duration) time.Duration { return min(life/10, time.Minute) }
