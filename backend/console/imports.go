package console

import (
	"context"
	"crypto/rand"
	"slices"
	"sync"
	"time"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

const (
	// importLife is how long parsed kubeconfigs, secrets among them, stay in memory without being touched.
	importLife = 15 * time.Minute
	maxImports = 8
)

// imports are the kubeconfigs that were parsed and not yet kept, by ticket. They live in memory only.
type imports struct {
	ring func(ticket string, open bool)

	mu       sync.Mutex
	byTicket map[string]*importing
}

// importing is one import.
type importing struct {
	sources []bridge.Source
	found   []kubeconfig.Context
	checks  map[int]*checking
	used    time.Time
}

// checking is one test of one candidate. A later test takes its place; what the former still reports is told by identity.
type checking struct {
	stop           context.CancelFunc
	checks         []bridge.Check
	tested, passed bool
}

func (im *importing) testing() bool {
	for _, c := range im.checks {
		if !c.tested {
			return true
		}
	}
	return false
}

func newImports(ring func(string, bool)) *imports {
	return &imports{ring: ring, byTicket: map[string]*importing{}}
}

// add keeps an import and answers its ticket. The oldest goes when there are too many.
func (i *imports) add(sources []bridge.Source, found []kubeconfig.Context) string {
	ticket := rand.Text()
	i.mu.Lock()
	defer i.mu.Unlock()
	for len(i.byTicket) >= maxImports {
		oldest := ""
		for t, im := range i.byTicket {
			if oldest == "" || im.used.Before(i.byTicket[oldest].used) {
				oldest = t
			}
		}
		i.drop(oldest)
	}
	i.byTicket[ticket] = &importing{sources: sources, found: found, checks: map[int]*checking{}, used: time.Now()}
	return ticket
}

// drop forgets an import; i.mu is held.
func (i *imports) drop(ticket string) {
	if im := i.byTicket[ticket]; im != nil {
		for _, c := range im.checks {
			c.stop()
		}
	}
	delete(i.byTicket, ticket)
}

func (i *imports) cancel(ticket string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.drop(ticket)
}

// with runs f on an import under the lock.
func (i *imports) with(ticket string, f func(*importing) error) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	im := i.byTicket[ticket]
	if im == nil {
		return bridge.Wrap(bridge.CodeNotFound, nil, "This import has ended.", "Choose the kubeconfig again.")
	}
	im.used = time.Now()
	return f(im)
}

// contexts gives the contexts at these numbers; one that can't be imported is an error.
func (i *imports) contexts(ticket string, indexes ...int) ([]kubeconfig.Context, error) {
	var out []kubeconfig.Context
	err := i.with(ticket, func(im *importing) error {
		for _, n := range indexes {
			if n < 0 || n >= len(im.found) {
				return notFound("context")
			}
			if ctx := im.found[n]; ctx.Problem != "" {
				return bridge.Wrap(bridge.CodeInvalid, nil, "Context "+ctx.Name+" can't be imported: "+ctx.Problem, "")
			}
			out = append(out, im.found[n])
		}
		return nil
	})
	return out, err
}

// sweep forgets imports that nobody touches any more.
func (i *imports) sweep(ctx context.Context) {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-tick.C:
			i.mu.Lock()
			for ticket, im := range i.byTicket {
				if now.Sub(im.used) > importLife {
					i.drop(ticket)
				}
			}
			i.mu.Unlock()
		}
	}
}

// begin starts a test of one candidate; stop ends it. A test of the same candidate that is under way is stopped.
func (i *imports) begin(ticket string, index int, stop context.CancelFunc) (*checking, error) {
	c := &checking{stop: stop}
	err := i.with(ticket, func(im *importing) error {
		if former := im.checks[index]; former != nil {
			former.stop()
		}
		im.checks[index] = c
		return nil
	})
	i.ring(ticket, false)
	return c, err
}

// report takes one check of a test.
func (i *imports) report(ticket string, index int, c *checking, check bridge.Check) {
	i.tell(ticket, index, c, func() {
		if at := slices.IndexFunc(c.checks, func(old bridge.Check) bool { return old.ID == check.ID }); at >= 0 {
			c.checks[at] = check
		} else {
			c.checks = append(c.checks, check)
		}
	})
}

// end marks a test as ended.
func (i *imports) end(ticket string, index int, c *checking, passed bool) {
	i.tell(ticket, index, c, func() { c.tested, c.passed = true, passed })
}

// tell changes a test that is still the candidate's, and rings.
func (i *imports) tell(ticket string, index int, c *checking, change func()) {
	err := i.with(ticket, func(im *importing) error {
		if im.checks[index] == c {
			change()
		}
		return nil
	})
	if err == nil { // else the import has gone, and nobody looks any more
		i.ring(ticket, false)
	}
}
