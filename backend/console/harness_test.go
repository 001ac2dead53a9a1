package console_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/console"
	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
	"github.com/binnacle-dev/binnacle/backend/keychain"
	"github.com/binnacle-dev/binnacle/backend/view"
)

func TestMain(m *testing.M) { kubetest.Main(m) }

const patience = 30 * time.Second

// machine is one machine of a person: a folder and a keychain that outlive the programs that run on it.
type machine struct {
	dir      string
	keychain keychain.Provider
}

func newMachine(t *testing.T) *machine {
	t.Helper()
	return &machine{dir: t.TempDir(), keychain: keychain.NewMemory(keychain.WindowsLimits())}
}

// program is Binnacle as it runs on a machine, without its window.
type program struct {
	*console.Console
	t         *testing.T
	handler   http.Handler
	mu        sync.Mutex
	rung      *sync.Cond
	bells     int
	clipboard string
	saveTo    string                                      // where the person saves files, "" is nowhere
	browser   func(ctx context.Context, url string) error // nil: there is none
	opened    []string                                    // tickets that were offered
}

// start runs the program until its window shows; it ends with the test, or with quit.
func (m *machine) start(t *testing.T) *program {
	t.Helper()
	p := m.launch(t)
	_ = p.Painted() // fails where the start did, and that is what such a test is about
	return p
}

// launch is start without a window that shows.
func (m *machine) launch(t *testing.T) *program {
	t.Helper()
	p := m.load(t)
	p.Start(context.WithoutCancel(t.Context()))
	return p
}

// load makes the program and doesn't start it.
func (m *machine) load(t *testing.T) *program {
	t.Helper()
	p := &program{t: t}
	p.rung = sync.NewCond(&p.mu)
	p.Console = console.New(console.Options{
		Profile: m.dir, Version: "test", Desktop: p, Provider: m.keychain, Emit: p.ring,
	})
	p.handler = p.Handler()
	t.Cleanup(p.quit)
	return p
}

func (p *program) quit() { p.Close() }

func (p *program) ring(e bridge.Event, b bridge.Doorbell) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.bells++
	if e == bridge.EventImport && b.Open {
		p.opened = append(p.opened, b.Key)
	}
	p.rung.Broadcast()
}

// rings is how often the page was rung.
func (p *program) rings() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.bells
}

// until waits for a doorbell after which ok holds, as the page does.
func (p *program) until(what string, ok func() bool) {
	p.t.Helper()
	late := time.AfterFunc(patience, func() { p.rung.Broadcast() })
	defer late.Stop()
	end := time.Now().Add(patience)
	for !ok() {
		p.mu.Lock()
		seen := p.bells
		for p.bells == seen && time.Now().Before(end) {
			p.rung.Wait()
		}
		p.mu.Unlock()
		if !time.Now().Before(end) && !ok() {
			s, _ := json.MarshalIndent(p.Session().Sync, "", " ")
			f, _ := json.MarshalIndent(p.Fleet().Members, "", " ")
			p.t.Fatalf("waited %v for: %s\nphase %s\nsync %s\nfleet %s", patience, what, p.Session().Phase, s, f)
		}
	}
}

func (p *program) PickFiles(context.Context) ([]string, error)      { return nil, nil }
func (p *program) PickFolder(context.Context) (string, error)       { return "", nil }
func (p *program) OpenFolder(context.Context, string) error         { return nil }
func (p *program) SaveFile(context.Context, string) (string, error) { return p.saveTo, nil }
func (p *program) OpenURL(ctx context.Context, url string) error {
	if p.browser == nil {
		return errors.New("nobody sits here")
	}
	return p.browser(ctx, url)
}

func (p *program) SetClipboard(_ context.Context, s string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clipboard = s
	return nil
}

// paste imports kubeconfigs as the page does and answers the ticket.
func (p *program) paste(kubeconfig []byte) string {
	p.t.Helper()
	w := httptest.NewRecorder()
	r := httptest.NewRequestWithContext(p.t.Context(), http.MethodPost, "/api/import", strings.NewReader(string(kubeconfig)))
	p.handler.ServeHTTP(w, r)
	var out struct{ Ticket string }
	if w.Code != http.StatusOK || json.Unmarshal(w.Body.Bytes(), &out) != nil {
		p.t.Fatalf("paste: %d %s", w.Code, w.Body)
	}
	return out.Ticket
}

// logIn logs in with a kubeconfig of one context.
func (p *program) logIn(name string, kubeconfig []byte) {
	p.t.Helper()
	err := p.LogIn(p.t.Context(), bridge.LogInRequest{Ticket: p.paste(kubeconfig), Primary: bridge.Pick{Name: name}})
	if err != nil {
		p.t.Fatalf("log in to %s: %v", name, err)
	}
}

// choose answers how the view shall lie on the primary.
func (p *program) choose(mode bridge.Mode, passphrase string, carry bool) {
	p.t.Helper()
	if got := p.Session().Phase; got != bridge.PhaseChoose {
		p.t.Fatalf("phase %s, want choose; %+v", got, p.Session().Sync)
	}
	err := p.Seal(p.t.Context(), bridge.SealRequest{Action: "choose", Mode: mode, Passphrase: passphrase, Carry: carry})
	if err != nil {
		p.t.Fatal(err)
	}
	p.synced()
}

func (p *program) unlock(passphrase string) {
	p.t.Helper()
	if got := p.Session().Phase; got != bridge.PhaseLocked {
		p.t.Fatalf("phase %s, want locked; %+v", got, p.Session().Sync)
	}
	if err := p.Seal(p.t.Context(), bridge.SealRequest{Action: "unlock", Passphrase: passphrase}); err != nil {
		p.t.Fatal(err)
	}
	p.synced()
}

// connect adds a kubeconfig of one context to the view.
func (p *program) connect(name string, kubeconfig []byte) {
	p.t.Helper()
	err := p.AddMembers(p.t.Context(), bridge.AddRequest{Ticket: p.paste(kubeconfig), Picks: []bridge.Pick{{Name: name}}})
	if err != nil {
		p.t.Fatalf("connect %s: %v", name, err)
	}
}

func (p *program) synced() {
	p.t.Helper()
	p.until("synced", func() bool {
		s := p.Session()
		return s.Phase == bridge.PhaseReady && s.Sync.State == bridge.SyncSynced
	})
}

// live waits until the fleet is exactly these members, all ready.
func (p *program) live(names ...string) {
	p.t.Helper()
	p.until("live: "+strings.Join(names, " "), func() bool {
		return slices.Equal(p.names(bridge.StateReady), sorted(names)) && len(p.Fleet().Members) == len(names)
	})
}

// names are those of the members in a state, sorted; of all when state is "".
func (p *program) names(state bridge.MemberState) []string {
	var out []string
	for _, m := range p.Fleet().Members {
		if state == "" || m.State == state {
			out = append(out, m.Name)
		}
	}
	return sorted(out)
}

func (p *program) member(name string) bridge.Member {
	p.t.Helper()
	for _, m := range p.Fleet().Members {
		if m.Name == name {
			return m
		}
	}
	p.t.Fatalf("no member %s in %v", name, p.names(""))
	return bridge.Member{}
}

func sorted(s []string) []string {
	s = slices.Clone(s)
	slices.Sort(s)
	return s
}

// nowhere fails if a secret lies in any file of the machine.
func (m *machine) nowhere(t *testing.T, secrets ...string) {
	t.Helper()
	err := filepath.WalkDir(m.dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		for _, s := range secrets {
			if strings.Contains(string(data), s) {
				t.Errorf("a secret lies in %s", path)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

var _ keychain.Provider = (*broken)(nil)

// broken is a keychain that isn't there, as a Linux without a Secret Service says it.
type broken struct{}

func (broken) Get(string, string) (string, error) { return "", errNoService() }
func (broken) Set(string, string, string) error   { return errNoService() }
func (broken) Delete(string, string) error        { return errNoService() }

func errNoService() error {
	return dbus.Error{
		Name: "org.freedesktop.DBus.Error.ServiceUnknown",
		Body: []any{"The name org.freedesktop.secrets was not provided by any .service files"},
	}
}

func serviceOf(m *machine) string { return console.Service(m.dir) }

func viewColors() []string { return view.Colors() }

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func write(t *testing.T, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
