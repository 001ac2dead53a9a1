package main

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/keychain"
)

// logins times logging in on a machine that knows nothing until the view shows, in units of one plain GET of that view's
// Secret by a client of its own: connection, TLS and the request. The members' credentials aren't on the new machine, so
// that only the primary is spoken to.
func logins(ctx context.Context, l *lab) ([]figure, error) {
	r, err := newRemote(ctx, l)
	if err != nil {
		return nil, err
	}
	defer r.proxy.Close()
	open, openFile, err := r.resident(ctx, "open", bridge.ModeOpen)
	if err != nil {
		return nil, err
	}
	_, sealedFile, err := r.resident(ctx, "sealed", bridge.ModeSealed)
	if err != nil {
		return nil, err
	}
	taken := map[string]samples{}
	for _, series := range []struct {
		name string
		n    int
		link time.Duration
		take func() (time.Duration, error)
	}{
		{"here", 5, 0, func() (time.Duration, error) { return r.fresh(ctx, openFile) }},
		{"unit", 7, roundTrip, func() (time.Duration, error) { return plainGet(ctx, openFile, "open") }},
		{"fresh", 7, roundTrip, func() (time.Duration, error) { return r.fresh(ctx, openFile) }},
		{"sealed", 5, roundTrip, func() (time.Duration, error) { return r.unlocked(ctx, sealedFile) }},
		{"known", 5, roundTrip, func() (time.Duration, error) { return r.known(ctx, open) }},
	} {
		r.proxy.SetRoundTrip(series.link)
		for range series.n {
			r.proxy.Clear()
			began := time.Now()
			took, err := series.take()
			if err != nil {
				return nil, fmt.Errorf("%s: %w", series.name, err)
			}
			taken[series.name] = append(taken[series.name], ms(took))
			r.note(series.name, began)
		}
		r.tell()
	}
	return loginFigures(taken), nil
}

func loginFigures(taken map[string]samples) []figure {
	unit := taken["unit"].median()
	told := func(s samples, what string) string { return fmt.Sprintf("%.0f ms (%s), %s", s.median(), s, what) }
	fresh, sealed, known, here := taken["fresh"], taken["sealed"], taken["known"], taken["here"]
	return []figure{
		within(3, "login_round_trips", fresh.median()/unit, "plain GETs", told(fresh, "a fresh machine to 50 members shown")),
		explains("login_sealed_round_trips", sealed.median()/unit, "plain GETs", told(sealed, "the same, sealed; without the passphrase's work of 1 s")),
		explains("login_known_round_trips", known.median()/unit, "plain GETs", told(known, "a known machine, which shows it at once, to synced")),
		explains("login_here_ms", here.median(), "ms", here.String()+"; the fresh machine's login on bare loopback"),
		explains("plain_get_ms", unit, "ms", taken["unit"].String()+"; a new connection over 50 ms"),
	}
}

// fresh logs in on a new machine; it ends when the whole view shows.
func (r *remote) fresh(ctx context.Context, file []byte) (time.Duration, error) {
	p, logIn, err := r.newcomer(ctx, file, keychain.NewMemory(keychain.WindowsLimits()))
	if err != nil {
		return 0, err
	}
	defer p.Close()
	began := time.Now()
	if err := logIn(); err != nil {
		return 0, err
	}
	err = p.until(ctx, "50 members", p.shows)
	return time.Since(began), err
}

// unlocked is fresh for a sealed view. What the passphrase costs the processor is left out: it ends when the key that it
// gave is put into the keychain.
func (r *remote) unlocked(ctx context.Context, file []byte) (time.Duration, error) {
	note := &keyNote{Memory: keychain.NewMemory(keychain.WindowsLimits())}
	p, logIn, err := r.newcomer(ctx, file, note)
	if err != nil {
		return 0, err
	}
	defer p.Close()
	began := time.Now()
	if err := logIn(); err != nil {
		return 0, err
	}
	if phase := p.Session().Phase; phase != bridge.PhaseLocked {
		return 0, fmt.Errorf("phase %s where the passphrase should be asked", phase)
	}
	took := time.Since(began)
	if err := p.Seal(ctx, bridge.SealRequest{Action: "unlock", Passphrase: passphrase}); err != nil {
		return 0, err
	}
	err = p.until(ctx, "50 members", p.shows)
	return took + time.Since(note.at()), err
}

// newcomer is a machine that knows nothing, with the kubeconfig read and the button not pressed yet.
func (r *remote) newcomer(ctx context.Context, file []byte, provider keychain.Provider) (*program, func() error, error) {
	m, err := r.lab.machine(provider)
	if err != nil {
		return nil, nil, err
	}
	p := m.start(ctx)
	ticket, picks, err := p.paste(ctx, file)
	if err != nil {
		p.Close()
		return nil, nil, err
	}
	return p, func() error { return p.LogIn(ctx, bridge.LogInRequest{Ticket: ticket, Primary: picks[0]}) }, nil
}

// shows says whether the whole view does.
func (p *program) shows() bool {
	return len(p.Fleet().Members) == members && p.Session().Phase == bridge.PhaseReady
}

// known starts the program where the view is known. It shows before anything is sent; the time is until it is synced.
func (r *remote) known(ctx context.Context, m machine) (time.Duration, error) {
	began := time.Now()
	p := m.start(ctx)
	defer p.Close()
	if !p.shows() {
		return 0, fmt.Errorf("the known view does not show at once: %d members", len(p.Fleet().Members))
	}
	err := p.synced(ctx)
	return time.Since(began), err
}

// keyNote is a keychain that notes when a view's key comes in.
type keyNote struct {
	*keychain.Memory

	mu   sync.Mutex
	when time.Time
}

// Set notes the first item of a view's key; console keeps those under "k/".
func (k *keyNote) Set(service, user, value string) error {
	k.mu.Lock()
	if k.when.IsZero() && strings.HasPrefix(user, "k/") {
		k.when = time.Now()
	}
	k.mu.Unlock()
	return k.Memory.Set(service, user, value)
}

func (k *keyNote) at() time.Time {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.when
}
