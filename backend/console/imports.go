package console

import (
	"context"
	"crypto/rand"
	"maps"
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
	gone func(keys []string) // the sessions that were begun for an import that has ended; it must not block

	mu       sync.Mutex
	byTicket map[string]*importing
}

// importing is one import.
type importing struct {
	sources []bridge.Source
	found   []kubeconfig.Context
	keys    map[int]string  // of the sessions that candidates sign in with; for those that name a program: natively instead
	owed    map[string]bool // keys of sessions that were begun for it
	checks  map[int]*checking
	used    time.Time
}

// candidate is one context as the person wants it.
type candidate struct {
	kubeconfig.Context

	native bool // sign in instead of running the program that the kubeconfig names
}

// credential reads the files that the kubeconfig refers to, once.
func (c candidate) credential() (kubeconfig.Credential, error) {
	if c.native {
		return c.SignInCredential(kubeconfig.ReadFile)
	}
	return c.Credential(kubeconfig.ReadFile)
}

// key is that of the session that the candidate signs in with, "" for none.
func (c candidate) key() (string, error) {
	if !c.native && c.Auth != kubeconfig.AuthSignIn {
		return "", nil
	}
	credential, err := c.credential()
	if err != nil {
		return "", err
	}
	signIn, _ := credential.SignIn() // it is one
	return signIn.Key(), nil
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

func newImports(ring func(string, bool), gone func([]string)) *imports {
	return &imports{ring: ring, gone: gone, byTicket: map[string]*importing{}}
}

// add keeps an import and answers its ticket. The oldest goes when there are too many.
func (i *imports) add(sources []bridge.Source, found []kubeconfig.Context) string {
	ticket := rand.Text()
	keys := map[int]string{}
	for n, ctx := range found {
		if key, err := (candidate{Context: ctx}).key(); err == nil && key != "" { // else adding it says what is wrong
			keys[n] = key
		}
	}
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
	i.byTicket[ticket] = &importing{
		sources: sources, found: found, keys: keys, owed: map[string]bool{}, checks: map[int]*checking{}, used: time.Now(),
	}
	return ticket
}

// drop forgets an import; i.mu is held.
func (i *imports) drop(ticket string) {
	if im := i.byTicket[ticket]; im != nil {
		for _, c := range im.checks {
			c.stop()
		}
		if len(im.owed) > 0 {
			i.gone(slices.Collect(maps.Keys(im.owed)))
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

// candidates gives those at these numbers; one that can't be imported is an error.
func (i *imports) candidates(ticket string, indexes ...int) ([]candidate, error) {
	var out []candidate
	err := i.with(ticket, func(im *importing) error {
		for _, n := range indexes {
			if n < 0 || n >= len(im.found) {
				return notFound("context")
			}
			if ctx := im.found[n]; ctx.Problem != "" {
				return bridge.Wrap(bridge.CodeInvalid, nil, "Context "+ctx.Name+" can't be imported: "+ctx.Problem, "")
			}
			out = append(out, im.candidate(n))
		}
		return nil
	})
	return out, err
}

// candidate is the one at that number; the caller holds mu.
func (im *importing) candidate(n int) candidate {
	_, convertible := im.found[n].SignIn()
	return candidate{im.found[n], convertible && im.keys[n] != ""}
}

// convert makes a candidate sign in natively instead of running its program, or go back to that.
func (i *imports) convert(ticket string, index int, native bool) error {
	found, err := i.candidates(ticket, index)
	if err != nil {
		return err
	}
	if _, ok := found[0].SignIn(); !ok {
		return bridge.Wrap(bridge.CodeInvalid, nil, "This context has no program that Binnacle could sign in instead of.", "")
	}
	key, err := candidate{found[0].Context, native}.key() // reads files: not under the lock
	if err != nil {
		return err
	}
	err = i.with(ticket, func(im *importing) error {
		if former := im.checks[index]; former != nil {
			former.stop()
			delete(im.checks, index) // it was of another credential
		}
		im.keys[index] = key
		return nil
	})
	if err == nil {
		i.ring(ticket, false)
	}
	return err
}

// owes notes that a session was begun for an import.
func (i *imports) owes(ticket, key string) {
	_ = i.with(ticket, func(im *importing) error { // one that has ended meanwhile is swept at the next start
		im.owed[key] = true
		return nil
	})
}

// ringAll rings for every import: something changed outside that their candidates show.
func (i *imports) ringAll() {
	i.mu.Lock()
	tickets := slices.Collect(maps.Keys(i.byTicket))
	i.mu.Unlock()
	for _, ticket := range tickets {
		i.ring(ticket, false)
	}
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
