package login_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/login"
	"github.com/binnacle-dev/binnacle/backend/secret"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var (
	errNothing = errors.New("not in the keychain")
	errVault   = errors.New("the keychain is locked")
)

// fault is what goes wrong with a call of the keychain.
type fault string

const (
	none   fault = ""
	refuse fault = "refuse" // an error, and nothing is done
	late   fault = "late"   // an error, though it is done
	hang   fault = "hang"   // nothing until the caller gives up
)

// vault is a keychain that fails when a test says so.
type vault struct {
	fault func(verb string, n int) fault

	mu    sync.Mutex
	n     int
	calls map[string]int
	items map[string]secret.Value
}

func newVault() *vault {
	return &vault{fault: func(string, int) fault { return none }, calls: map[string]int{}, items: map[string]secret.Value{}}
}

func (v *vault) do(ctx context.Context, verb string, f func() error) error {
	v.mu.Lock()
	v.n++
	v.calls[verb]++
	n, decide := v.n, v.fault
	v.mu.Unlock()
	what := decide(verb, n)
	if what == refuse {
		return errVault
	}
	if what == hang {
		<-ctx.Done()
		return ctx.Err()
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if err := f(); err != nil || what == none {
		return err
	}
	return errVault
}

func (v *vault) Get(ctx context.Context, account string) (value secret.Value, err error) {
	err = v.do(ctx, "get", func() error {
		var ok bool
		if value, ok = v.items[account]; !ok {
			return errNothing
		}
		return nil
	})
	return value, err
}

func (v *vault) Put(ctx context.Context, account string, value secret.Value) error {
	return v.do(ctx, "put", func() error {
		v.items[account] = value
		return nil
	})
}

func (v *vault) Delete(ctx context.Context, account string) error {
	return v.do(ctx, "delete", func() error {
		delete(v.items, account)
		return nil
	})
}

func (v *vault) called(verb string) int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.calls[verb]
}

func (v *vault) set(f func(verb string, n int) fault) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.fault = f
}

func (v *vault) broken(verbs ...string) {
	v.set(func(verb string, _ int) fault {
		if slices.Contains(verbs, verb) {
			return refuse
		}
		return none
	})
}

func (v *vault) well() { v.broken() }

// locks are the turns among programs.
type locks struct {
	mu    sync.Mutex
	taken int
	turns map[string]chan struct{}
	fails error
}

func (l *locks) Lock(ctx context.Context, name string) (func(), error) {
	l.mu.Lock()
	turn := l.turns[name]
	if turn == nil {
		turn = make(chan struct{}, 1)
		l.turns[name] = turn
	}
	err := l.fails
	l.mu.Unlock()
	if err != nil {
		return nil, err
	}
	select {
	case turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	l.mu.Lock()
	l.taken++
	l.mu.Unlock()
	return sync.OnceFunc(func() { <-turn }), nil
}

func (l *locks) fail(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.fails = err
}

func (l *locks) held() (n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, turn := range l.turns {
		n += len(turn)
	}
	return n
}

// world is one person's machine: a keychain, an issuer, and programs that share them.
type world struct {
	*testing.T

	issuer *issuer
	vault  *vault
	locks  *locks
	log    bytes.Buffer // of all programs; slog's handler orders its writes
	mu     sync.Mutex
	said   []string     // every Why
	skew   atomic.Int64 // of the programs' clock
}

// live runs a test in a bubble with a world.
func live(t *testing.T, f func(w *world)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := &world{T: t, issuer: newIssuer(), vault: newVault(), locks: &locks{turns: map[string]chan struct{}{}}}
		f(w)
		synctest.Wait()
		w.mu.Lock()
		defer w.mu.Unlock()
		if strings.Contains(w.log.String()+strings.Join(w.said, "\n"), mark) {
			w.Errorf("a token shows in:\n%s\n%s", w.log.String(), strings.Join(w.said, "\n"))
		}
	})
}

// hear notes what the person would read.
func (w *world) hear(why string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.said = append(w.said, why)
}

// item is the keychain's only one; put replaces it behind the programs' backs.
func (v *vault) item() secret.Value {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.items[login.Account(jane().Key())]
}

func (v *vault) put(value secret.Value) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.items[login.Account(jane().Key())] = value
}

// program is one running Binnacle.
type program struct {
	*login.Book
	w      *world
	source *login.Source

	mu    sync.Mutex
	bells int
}

func jane() kubeconfig.SignIn {
	return kubeconfig.SignIn{Flow: kubeconfig.FlowBrowser, Issuer: "https://idp.test/dex", ClientID: "kubernetes", Scopes: []string{"groups", "offline_access"}}
}

func (w *world) program(change ...func(*login.Options)) *program {
	p := &program{w: w}
	o := login.Options{
		Keychain: w.vault, Lost: func(err error) bool { return errors.Is(err, errNothing) }, Protocol: w.issuer, Lock: w.locks.Lock,
		Log:   slog.New(slog.NewTextHandler(&w.log, nil)),
		Clock: func() time.Time { return time.Now().Add(time.Duration(w.skew.Load())) },
		Changed: func(string) {
			p.mu.Lock()
			defer p.mu.Unlock()
			p.bells++
		},
	}
	for _, c := range change {
		c(&o)
	}
	p.Book = login.New(o)
	p.source = p.Source(jane())
	w.Cleanup(p.Close)
	return p
}

func (p *program) rang() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.bells
}

// signedIn is a program whose person has just signed in.
func (w *world) signedIn() *program {
	p := w.program()
	p.signIn()
	return p
}

func (p *program) signIn() {
	p.w.Helper()
	p.Start(jane(), login.Choice{})
	p.w.issuer.person <- nil
	synctest.Wait()
}

// proof asks as a member that gives a request ten seconds.
func (p *program) proof(stale kubeconfig.Proof) (kubeconfig.Proof, error) {
	ctx, cancel := context.WithTimeout(p.w.Context(), 10*time.Second)
	defer cancel()
	got, err := p.source.Proof(ctx, stale)
	if err != nil {
		p.w.hear(err.Error())
	}
	return got, err
}

// good wants a proof that clusters take.
func (p *program) good() kubeconfig.Proof {
	p.w.Helper()
	got, err := p.proof(kubeconfig.Proof{})
	if err == nil {
		err = p.w.issuer.accepts(got)
	}
	if err != nil {
		p.w.Fatalf("no good proof: %v", err)
	}
	return got
}

// needs wants that the person is needed, for a reason that has the words.
func (p *program) needs(words string) {
	p.w.Helper()
	got, err := p.proof(kubeconfig.Proof{})
	need, ok := errors.AsType[*kubeconfig.NeedError](err)
	if !ok || need.Need != kubeconfig.NeedSignIn || !strings.Contains(need.Why, words) || !got.Empty() {
		p.w.Fatalf("got %v, want a need to sign in for %q", err, words)
	}
}

// waits wants that there is no proof now though the person isn't needed.
func (p *program) waits(words string) {
	p.w.Helper()
	got, err := p.proof(kubeconfig.Proof{})
	if wait, ok := errors.AsType[*kubeconfig.ProofError](err); !ok || !strings.Contains(wait.Why, words) || !got.Empty() {
		p.w.Fatalf("got %v, want a wait for %q", err, words)
	}
}

// is wants the one session in a state.
func (p *program) is(state login.State, words string) login.Session {
	p.w.Helper()
	synctest.Wait()
	all := p.Sessions()
	if len(all) != 1 {
		p.w.Fatalf("%d sessions", len(all))
	}
	p.w.hear(all[0].Why)
	if all[0].State != state || !strings.Contains(all[0].Why, words) || words == "" && all[0].Why != "" {
		p.w.Fatalf("the session is %s (%s), want %s (%s)", all[0].State, all[0].Why, state, words)
	}
	return all[0]
}

// until waits, asking as a member does, until f holds.
func (p *program) until(limit time.Duration, what string, f func() bool) time.Duration {
	p.w.Helper()
	began := time.Now()
	for !f() {
		if time.Since(began) > limit {
			p.w.Fatalf("not within %v: %s", limit, what)
		}
		time.Sleep(time.Second / 4)
		synctest.Wait()
	}
	return time.Since(began)
}
