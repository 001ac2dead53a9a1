package plugin

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// ErrClosed is the answer after Close.
var ErrClosed = errors.New("plugins are closed")

// Options of New. Only Approvals must be given.
type Options struct {
	Approvals Store
	Redact    func(string) string // takes secrets out of what a program said; nil keeps all of it back
	Log       *slog.Logger
	Environ   func() []string                  // nil: this process's environment
	LoginPath func(ctx context.Context) string // the PATH of a login shell, asked for once; nil asks $SHELL
	Folders   []string                         // where programs lie though no PATH says so; nil: the usual places
	Timing    Timing

	clock func() time.Time // for tests: programs live in real time, so synctest's won't do
}

// Timing is how patient the runs are; zero values are replaced.
type Timing struct {
	Background  time.Duration // that a run in the background may take: 60 s
	Interactive time.Duration // that a run with the person may take: 5 min
	BackoffMin  time.Duration // before a program that failed is run again: 1 s; doubles
	BackoffMax  time.Duration // 5 min
}

func (t Timing) withDefaults() Timing {
	for _, d := range []struct {
		field *time.Duration
		value time.Duration
	}{
		{&t.Background, time.Minute},
		{&t.Interactive, 5 * time.Minute},
		{&t.BackoffMin, time.Second},
		{&t.BackoffMax, 5 * time.Minute},
	} {
		if *d.field <= 0 {
			*d.field = d.value
		}
	}
	return t
}

// Plugins is all programs that this process may run.
type Plugins struct {
	o     Options
	key   []byte // of Question.ID: random, so that an ID tells nothing about arguments
	slots slots
	done  chan struct{} // closed by Close
	wg    sync.WaitGroup
	saves sync.Mutex // held from reading the approvals to writing them
	login struct {
		once sync.Once
		path string
	}

	mu      sync.Mutex
	closed  bool
	entries map[[sha256.Size]byte]*entry
}

// New makes Plugins; it starts nothing.
func New(o Options) *Plugins {
	if o.Redact == nil {
		o.Redact = func(string) string { return "" }
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Environ == nil {
		o.Environ = os.Environ
	}
	if o.LoginPath == nil {
		o.LoginPath = func(ctx context.Context) string { return askShell(ctx, o.Environ()) }
	}
	if o.Folders == nil {
		o.Folders = usualFolders()
	}
	if o.clock == nil {
		o.clock = now
	}
	o.Timing = o.Timing.withDefaults()
	key := make([]byte, sha256.Size)
	_, _ = rand.Read(key) // never fails
	return &Plugins{o: o, key: key, slots: newSlots(), done: make(chan struct{}), entries: map[[sha256.Size]byte]*entry{}}
}

// Source gives what the program answers for the cluster at that endpoint. Sources of equal programs and endpoints share one state.
func (p *Plugins) Source(program kubeconfig.Program, endpoint kubeconfig.Endpoint) Source {
	key := entryKey(program, endpoint)
	p.mu.Lock()
	defer p.mu.Unlock()
	e := p.entries[key]
	if e == nil {
		e = &entry{program: program, endpoint: endpoint, now: p.o.clock, again: backoff{min: p.o.Timing.BackoffMin, max: p.o.Timing.BackoffMax}}
		p.entries[key] = e
	}
	return Source{p, e}
}

func entryKey(program kubeconfig.Program, endpoint kubeconfig.Endpoint) [sha256.Size]byte {
	f := newFacts(program, endpoint)
	return sha256.Sum256(marshal([]any{
		program.Command, f.args.Reveal(), f.env, f.values.Reveal(), program.APIVersion, program.Mode, program.ClusterInfo, endpoint,
	}))
}

// marshal is for values that always marshal: strings, numbers, bytes and lists of them.
func marshal(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return text
}

// Close ends every run and waits for it. Later calls give ErrClosed.
func (p *Plugins) Close() {
	p.mu.Lock()
	if !p.closed {
		p.closed = true
		close(p.done)
	}
	p.mu.Unlock()
	p.wg.Wait()
}

// enter counts one who Close waits for, until leave is called.
func (p *Plugins) enter() (leave func(), err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return nil, ErrClosed
	}
	p.wg.Add(1)
	return p.wg.Done, nil
}

// within bounds ctx by a time and by Close. The caller has entered.
func (p *Plugins) within(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithTimeout(ctx, d)
	p.wg.Go(func() {
		select {
		case <-p.done:
			cancel()
		case <-ctx.Done():
		}
	})
	return ctx, cancel
}
