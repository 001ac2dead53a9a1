package login_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"syscall"
	"time"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/oidc"
	"github.com/binnacle-dev/binnacle/backend/secret"
)

// mark is in every token of the fake issuer, so that a leaked one is found.
const mark = "s3cr3t"

var errDown = &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}

// mishap is what goes wrong with a call of the issuer.
type mishap string

const (
	fine mishap = ""
	down mishap = "down" // it is never reached
	lost mishap = "lost" // it does as told, but its answer never comes
	hung mishap = "hung" // it answers when the caller's patience ends, and does nothing
)

// issuer is an identity provider that takes each refresh token once and ends the session when it sees one again.
type issuer struct {
	life    time.Duration // of its tokens; 0: it doesn't say
	endless bool          // it gives nothing to renew with
	forget  bool          // it can't revoke
	access  bool          // its token for clusters is the access token
	blank   bool          // it gives no token for clusters
	mishap  func(call string, n int) mishap
	person  chan error // an answer of the person to a browser or device sign-in

	mu      sync.Mutex
	n       int            // tokens given
	calls   map[string]int // by method
	open    int            // sign-ins that wait for the person
	most    int            // of those at once
	live    map[string]int // refresh token: session
	used    map[string]int
	expires map[string]time.Time // of a shown token
	reused  int
	revoked int
	answer  error // to a renewal, with the tokens
}

func newIssuer() *issuer {
	return &issuer{
		life: time.Hour, mishap: func(string, int) mishap { return fine }, person: make(chan error), calls: map[string]int{},
		live: map[string]int{}, used: map[string]int{}, expires: map[string]time.Time{},
	}
}

// grant gives the tokens of a session; the caller holds mu.
func (i *issuer) grant(session int) oidc.Tokens {
	i.n++
	t := oidc.Tokens{ID: secret.New(fmt.Appendf(nil, "%s-id-%d", mark, i.n)), Name: "jane@rig.test", Subject: "jane"}
	now := time.Now()
	i.expires[string(t.ID.Reveal())] = now.Add(cmp.Or(i.life, 24*time.Hour))
	if i.life > 0 {
		t.Expires = now.Add(i.life)
	}
	if i.access {
		t.ID, t.Access = t.Access, t.ID
	}
	if i.blank {
		t.ID = secret.Value{}
	}
	if !i.endless {
		t.Refresh = secret.New(fmt.Appendf(nil, "%s-refresh-%d", mark, i.n))
		i.live[string(t.Refresh.Reveal())] = session
	}
	return t
}

func (i *issuer) begin(ctx context.Context, call string) (mishap, error) {
	i.mu.Lock()
	i.calls[call]++
	n, decide := i.calls[call], i.mishap
	i.mu.Unlock()
	m := decide(call, n)
	switch m {
	case down:
		return m, errDown
	case hung:
		select {
		case <-ctx.Done():
		case <-time.After(oidc.DefaultTimeout):
		}
		return m, oidc.ErrTimeout
	default:
		return m, nil
	}
}

func (i *issuer) signIn(ctx context.Context, call string, show func()) (oidc.Tokens, error) {
	if _, err := i.begin(ctx, call); err != nil {
		return oidc.Tokens{}, err
	}
	i.mu.Lock()
	i.open++
	i.most = max(i.most, i.open)
	i.mu.Unlock()
	defer func() {
		i.mu.Lock()
		i.open--
		i.mu.Unlock()
	}()
	show()
	select {
	case err := <-i.person:
		if err != nil {
			return oidc.Tokens{}, err
		}
	case <-ctx.Done():
		return oidc.Tokens{}, oidc.ErrCancelled
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.grant(i.n + 1), nil
}

func (i *issuer) Browser(ctx context.Context, s kubeconfig.SignIn, report func(oidc.Progress)) (oidc.Tokens, error) {
	return i.signIn(ctx, "browser", func() { report(oidc.Progress{URL: "https://idp.test/auth?connector_id=" + s.Connector}) })
}

func (i *issuer) Device(ctx context.Context, _ kubeconfig.SignIn, show func(oidc.Code)) (oidc.Tokens, error) {
	return i.signIn(ctx, "device", func() { show(oidc.Code{UserCode: "ABCD-EFGH", URL: "https://idp.test/device"}) })
}

func (i *issuer) Refresh(ctx context.Context, _ kubeconfig.SignIn, t oidc.Tokens) (oidc.Tokens, error) {
	m, err := i.begin(ctx, "refresh")
	if err != nil {
		return t, err
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	old := string(t.Refresh.Reveal())
	session, ok := i.live[old]
	if !ok {
		if _, again := i.used[old]; again {
			i.reused++
			i.end(i.used[old])
		}
		return t, fmt.Errorf("%w (invalid_grant)", oidc.ErrEnded)
	}
	delete(i.live, old)
	i.used[old] = session
	next := i.grant(session)
	if m == lost || ctx.Err() != nil {
		return t, errDown
	}
	if i.answer != nil {
		t.Refresh = next.Refresh
		return t, i.answer
	}
	return next, nil
}

func (i *issuer) Revoke(ctx context.Context, _ kubeconfig.SignIn, t oidc.Tokens) error {
	if i.forget {
		return oidc.ErrCannotRevoke
	}
	if _, err := i.begin(ctx, "revoke"); err != nil {
		return err
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	if session, ok := i.live[string(t.Refresh.Reveal())]; ok {
		i.end(session)
	}
	i.revoked++
	return nil
}

// end makes a session's tokens void; the caller holds mu.
func (i *issuer) end(session int) {
	for token, of := range i.live {
		if of == session {
			delete(i.live, token)
		}
	}
}

// endAll is the issuer's own decision.
func (i *issuer) endAll() {
	i.mu.Lock()
	defer i.mu.Unlock()
	clear(i.live)
}

// set changes how the issuer is, goes what goes wrong with it, while programs use it.
func (i *issuer) set(f func()) {
	i.mu.Lock()
	defer i.mu.Unlock()
	f()
}

func (i *issuer) goes(wrong func(call string, n int) mishap) { i.set(func() { i.mishap = wrong }) }

func (i *issuer) called(call string) int {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.calls[call]
}

// sessions is how many can still be renewed.
func (i *issuer) sessions() int {
	i.mu.Lock()
	defer i.mu.Unlock()
	return len(i.live)
}

// accepts is what a cluster does with a token.
func (i *issuer) accepts(p kubeconfig.Proof) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	until, ok := i.expires[string(p.Token.Reveal())]
	if !ok || !time.Now().Before(until) {
		return errors.New("401")
	}
	return nil
}
