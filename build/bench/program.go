package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/console"
	"github.com/binnacle-dev/binnacle/backend/keychain"
)

const (
	patience   = time.Minute
	passphrase = "correct-horse-battery-staple-42"
)

// machine is one machine of a person: what outlives the programs that run on it.
type machine struct {
	dir      string
	keychain keychain.Provider
}

func (l *lab) machine(provider keychain.Provider) (machine, error) {
	dir, err := l.folder("profile")
	return machine{dir, provider}, err
}

// fresh is a machine that knows nothing.
func (l *lab) fresh() (machine, error) {
	return l.machine(keychain.NewMemory(keychain.WindowsLimits()))
}

// program is Binnacle without its window.
type program struct {
	*console.Console
	rung chan struct{} // holds one: something rang since it was looked at
}

// start runs the program on the machine; the caller closes it.
func (m machine) start(ctx context.Context) *program {
	p := &program{rung: make(chan struct{}, 1)}
	p.Console = console.New(console.Options{
		Profile: m.dir, Version: "bench", Desktop: noDesktop{}, Provider: m.keychain,
		Emit: func(bridge.Event, bridge.Doorbell) {
			select {
			case p.rung <- struct{}{}:
			default:
			}
		},
	})
	p.Start(ctx)
	_ = p.Painted() // nobody looks, so nothing need wait for a picture; it fails where Start did, and so will what comes next
	return p
}

// until waits, as the page does, for a doorbell after which ok holds.
func (p *program) until(ctx context.Context, what string, ok func() bool) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for !ok() {
		select {
		case <-p.rung:
		case <-ctx.Done():
			s := p.Session()
			return fmt.Errorf("waited in vain for %s (phase %s, sync %s: %s): %w", what, s.Phase, s.Sync.State, s.Sync.Why, ctx.Err())
		}
	}
	return nil
}

func (p *program) synced(ctx context.Context) error {
	return p.until(ctx, "the view in step with the primary", func() bool {
		s := p.Session()
		return s.Phase == bridge.PhaseReady && s.Sync.State == bridge.SyncSynced
	})
}

// paste imports kubeconfigs as the page does, and gives the ticket and the picks of all contexts under their own names.
func (p *program) paste(ctx context.Context, kubeconfig []byte) (string, []bridge.Pick, error) {
	w := httptest.NewRecorder()
	p.Handler().ServeHTTP(w, httptest.NewRequestWithContext(ctx, http.MethodPost, "/api/import", bytes.NewReader(kubeconfig)))
	var out struct{ Ticket string }
	if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil || w.Code != http.StatusOK {
		return "", nil, fmt.Errorf("paste: answer %d: %w", w.Code, err)
	}
	found, err := p.Import(out.Ticket)
	if err != nil {
		return "", nil, err
	}
	var picks []bridge.Pick
	for _, c := range found.Candidates {
		if c.Problem != "" {
			return "", nil, fmt.Errorf("context %s can't be imported: %s", c.Context, c.Problem)
		}
		picks = append(picks, bridge.Pick{Index: c.Index, Name: c.Context})
	}
	return out.Ticket, picks, nil
}

// logIn logs in with a kubeconfig of one context; it ends when the page has something to show.
func (p *program) logIn(ctx context.Context, kubeconfig []byte) error {
	ticket, picks, err := p.paste(ctx, kubeconfig)
	if err != nil {
		return err
	}
	return p.LogIn(ctx, bridge.LogInRequest{Ticket: ticket, Primary: picks[0]})
}

// begin logs in where no view is yet, makes one and fills it with other clusters.
func (p *program) begin(ctx context.Context, primary []byte, mode bridge.Mode, others []byte) error {
	if err := p.logIn(ctx, primary); err != nil {
		return err
	}
	if err := p.Seal(ctx, bridge.SealRequest{Action: "choose", Mode: mode, Passphrase: passphrase}); err != nil {
		return err
	}
	ticket, picks, err := p.paste(ctx, others)
	if err != nil {
		return err
	}
	if err := p.AddMembers(ctx, bridge.AddRequest{Ticket: ticket, Picks: picks}); err != nil {
		return err
	}
	return p.synced(ctx)
}

// noDesktop is the window's toolkit where there is no window.
type noDesktop struct{}

func (noDesktop) PickFiles(context.Context) ([]string, error)      { return nil, nil }
func (noDesktop) PickFolder(context.Context) (string, error)       { return "", nil }
func (noDesktop) SetClipboard(context.Context, string) error       { return nil }
func (noDesktop) SaveFile(context.Context, string) (string, error) { return "", nil }
func (noDesktop) OpenFolder(context.Context, string) error         { return nil }
func (noDesktop) OpenURL(context.Context, string) error            { return nil }
