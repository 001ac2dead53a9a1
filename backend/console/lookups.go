package console

import (
	"context"
	"crypto/rand"
	"slices"
	"sync"
	"time"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/fleet"
	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/lookup"
)

const (
	maxLookups  = 8 // at once; the oldest goes
	issuerLimit = 10 * time.Second
)

// lookups are the looks at addresses that the person typed, by ticket. They live in memory only.
type lookups struct {
	mu       sync.Mutex
	byTicket map[string]*lookingUp
	consoles map[string]lookup.Way // the Dex of each T4K console that was looked at in this run, by the console's address
}

// lookingUp is one look at an address.
type lookingUp struct {
	stop  context.CancelFunc
	began time.Time
	row   bridge.Lookup // but for its ways and sequence number
	found lookup.Found
	ways  []*way
}

// way is one way to sign in, with what the page doesn't get.
type way struct {
	row    bridge.Way
	signIn kubeconfig.SignIn // what is known of it; for oidc and openshift
	pin    *lookup.Pin       // of row.Certificate
}

// LookUp begins a look at an address; the doorbell rings as things are found. Nothing is kept and no credential is sent.
func (c *Console) LookUp(address string) (string, error) {
	if err := c.ready(); err != nil {
		return "", err
	}
	ctx, stop := context.WithCancel(c.lifetime())
	ticket := rand.Text()
	l := &lookingUp{stop: stop, began: time.Now(), row: bridge.Lookup{
		Ticket: ticket, Address: kubeconfig.Clean(address), State: bridge.LookupLooking, Steps: []bridge.Check{}, Notes: []string{}, Suggested: []string{}, Ways: []bridge.Way{},
	}}
	c.lookups.mu.Lock()
	c.lookups.add(ticket, l)
	c.lookups.mu.Unlock()
	c.goes(func(context.Context) {
		defer stop()
		c.look(ctx, ticket, l, address)
	})
	return ticket, nil
}

func (l *lookups) add(ticket string, one *lookingUp) {
	for len(l.byTicket) >= maxLookups {
		oldest := ""
		for t, other := range l.byTicket {
			if oldest == "" || other.began.Before(l.byTicket[oldest].began) {
				oldest = t
			}
		}
		l.byTicket[oldest].stop()
		delete(l.byTicket, oldest)
	}
	l.byTicket[ticket] = one
}

// look finds out what is there, then asks the issuers that were named.
func (c *Console) look(ctx context.Context, ticket string, l *lookingUp, address string) {
	found, err := lookup.Look(ctx, address, lookup.Options{
		UserAgent: c.userAgent(),
		Words:     func(err error) string { _, words := fleet.Classify(err); return words },
	})
	tell := func(f func()) { c.tellLookup(ticket, l, f) }
	if err != nil {
		tell(func() { l.row.State, l.row.Problem = bridge.LookupFailed, sentence(err.Error()) })
		return
	}
	ways := c.waysOf(found)
	tell(func() {
		l.found, l.ways = found, ways
		l.row.State = bridge.LookupFound
		l.row.Server, l.row.Plain, l.row.Version, l.row.Notes = found.Server, found.Plain, found.Version, list(found.Says)
		l.row.Certificate = untrusted(found.TLS)
		l.row.Distribution, _ = fleet.Detect(fleet.Evidence{Version: found.Version, Server: found.Server})
		if l.row.Distribution == "" && found.OpenShift {
			l.row.Distribution = fleet.OpenShift
		}
		l.row.Suggested = list(found.Suggested)
		if found.Kind == lookup.KindConsole {
			l.row.Console = "T4K console"
		}
	})
	var asking sync.WaitGroup
	for _, w := range ways {
		if w.row.Issuer != "" {
			asking.Go(func() { c.askIssuer(ctx, tell, w) })
		}
	}
	asking.Wait()
}

func (c *Console) tellLookup(ticket string, l *lookingUp, f func()) {
	c.lookups.mu.Lock()
	f()
	current := c.lookups.byTicket[ticket] == l
	c.lookups.mu.Unlock()
	if current {
		c.bells.ring(bridge.EventLookup, ticket, false)
	}
}

// untrusted is the certificate that the person would have to trust, nil when the system does.
func untrusted(t *lookup.TLS) *bridge.Certificate {
	if t == nil || len(t.Problems) == 0 || len(t.Chain) == 0 {
		return nil
	}
	shown := t.Chain[0]
	out := &bridge.Certificate{Problem: problemWords(t.Problems[0]), Names: []string{}}
	if slices.Contains(t.Problems, lookup.ProblemName) {
		out.Names = list(t.Names)
	}
	if t.Pin != nil {
		out.Fingerprint = t.Pin.SHA256
		for _, one := range t.Chain {
			if one.SHA256 == t.Pin.SHA256 {
				shown = one
			}
		}
		out.IsCA = t.Pin.Kind == lookup.PinCA
	}
	out.Subject, out.Issuer, out.ExpiresAt = shown.Subject, shown.Issuer, ms(shown.NotAfter)
	return out
}

func problemWords(p lookup.Problem) string {
	switch p {
	case lookup.ProblemUnknownCA:
		return "No authority that this computer trusts vouches for it."
	case lookup.ProblemName:
		return "It is for other names."
	case lookup.ProblemExpired:
		return "It has expired."
	case lookup.ProblemNotYet:
		return "It is not valid yet; check this computer's clock."
	case lookup.ProblemInvalid:
	}
	return "It can't be used."
}

// Lookup is what the page shows of a look.
func (c *Console) Lookup(ticket string) (bridge.Lookup, error) {
	seq := c.bells.at(bridge.EventLookup, ticket)
	c.lookups.mu.Lock()
	defer c.lookups.mu.Unlock()
	l := c.lookups.byTicket[ticket]
	if l == nil {
		return bridge.Lookup{}, errNoLookup()
	}
	out := l.row
	out.Seq, out.Ways = seq, []bridge.Way{}
	for _, w := range l.ways {
		out.Ways = append(out.Ways, w.row)
	}
	return out, nil
}

func errNoLookup() error {
	return bridge.Wrap(bridge.CodeNotFound, nil, "This look at an address has ended.", "Type the address again.")
}

// CancelLookup forgets a look.
func (c *Console) CancelLookup(ticket string) error {
	c.lookups.mu.Lock()
	defer c.lookups.mu.Unlock()
	if l := c.lookups.byTicket[ticket]; l != nil {
		l.stop()
		delete(c.lookups.byTicket, ticket)
	}
	c.bells.forget(bridge.EventLookup, ticket)
	return nil
}
