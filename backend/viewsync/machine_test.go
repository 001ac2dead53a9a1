package viewsync

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"maps"
	"strings"
	"sync"
	"testing"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"

	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
	"github.com/binnacle-dev/binnacle/backend/seal"
	"github.com/binnacle-dev/binnacle/backend/secret"
	"github.com/binnacle-dev/binnacle/backend/view"
)

// passphrase and credentials hold this, so that a test can look for it where it must not be.
const hush = "hunter2"

// vault is a machine's keychain.
type vault struct {
	mu       sync.Mutex
	kept     map[string]Carried
	received int
	fails    error
	blocks   chan struct{} // nil: it doesn't
}

func (v *vault) wait(ctx context.Context) error {
	v.mu.Lock()
	blocks, fails := v.blocks, v.fails
	v.mu.Unlock()
	if blocks != nil {
		select {
		case <-blocks:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return fails
}

func (v *vault) Collect(ctx context.Context, ids []string) (map[string]Carried, error) {
	if err := v.wait(ctx); err != nil {
		return nil, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	out := map[string]Carried{}
	for _, id := range ids {
		if c, ok := v.kept[id]; ok {
			out[id] = c
		}
	}
	return out, nil
}

func (v *vault) Receive(ctx context.Context, credentials map[string]Carried) error {
	if err := v.wait(ctx); err != nil {
		return err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.received += len(credentials)
	maps.Copy(v.kept, credentials)
	return nil
}

func (v *vault) put(id string, e view.Endpoint, text string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.kept[id] = Carried{e, secret.New([]byte(text))}
}

func (v *vault) get(id string) string {
	v.mu.Lock()
	defer v.mu.Unlock()
	return string(v.kept[id].Secret.Reveal())
}

// logbook is a log that tests read.
type logbook struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logbook) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

// machine is one computer of a user.
type machine struct {
	*Keeper
	t        *testing.T
	user     user
	vault    *vault
	log      *logbook
	stop     func()
	mu       sync.Mutex
	disk     []byte // the record as it was saved last
	saves    int
	through  *kubetest.Proxy
	limit    time.Duration // of a call
	connects int
	extra    []string // further candidates
	moved    map[string]string
	crash    func(n int, r Record) error // asked before the n-th save of a run, counted from 0
}

func newMachine(t *testing.T, u user, through *kubetest.Proxy) *machine {
	t.Helper()
	m := &machine{t: t, user: u, through: through, vault: &vault{kept: map[string]Carried{}}, log: &logbook{}, limit: 5 * time.Second}
	m.disk = must(json.Marshal(Record{Document: view.New(m.owner())}))(t)
	t.Cleanup(func() { m.halt() })
	t.Cleanup(m.leaksNothing)
	return m
}

func (m *machine) owner() view.Owner {
	return view.Owner{Username: m.user.name, Server: m.user.cluster.Server(), CA: strings.Repeat("ab", 32)}
}

func (m *machine) save(r Record) error {
	raw, err := json.Marshal(r)
	if err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.crash != nil {
		if err := m.crash(m.saves, r); err != nil {
			return err
		}
	}
	m.saves++
	m.disk = raw
	return nil
}

func (m *machine) connect(context.Context) (*Store, []string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.connects++
	kubeconfig := m.user.kubeconfig
	if m.through != nil {
		kubeconfig = m.through.Kubeconfig(kubeconfig)
	}
	s, err := Open(kubetest.Config(m.t, kubeconfig), m.user.name)
	if err == nil {
		s.watching = quickPace()
		s.api.limit = m.limit
		s.shardBytes = 3000 // so that a view of a few members is sharded
	}
	return s, append([]string{"binnacle"}, append(m.extra, m.user.namespace)...), err
}

func quickRetry() retry {
	return retry{
		first: 20 * time.Millisecond, max: 100 * time.Millisecond, idle: time.Minute, conflict: 20 * time.Millisecond,
		rest: 50 * time.Millisecond, refused: 50 * time.Millisecond,
	}
}

// boot starts the program with what is on the machine's disk, and the key if its keychain has it.
func (m *machine) boot(key ...seal.Key) *machine {
	m.t.Helper()
	var r Record
	if err := json.Unmarshal(m.disk, &r); err != nil {
		m.t.Fatal(err)
	}
	m.saves = 0
	o := Options{
		Record: r, Save: m.save, Connect: m.connect, Credentials: m.vault,
		Log: slog.New(slog.NewJSONHandler(m.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Moved: func(_ context.Context, ids map[string]string) error {
			m.mu.Lock()
			defer m.mu.Unlock()
			m.moved = ids
			m.vault.mu.Lock()
			defer m.vault.mu.Unlock()
			for from, to := range ids {
				m.vault.kept[to] = m.vault.kept[from]
			}
			return nil
		},
	}
	if len(key) > 0 {
		o.Key = key[0]
	}
	m.Keeper = NewKeeper(o)
	m.retry = quickRetry()
	ctx, cancel := context.WithCancel(m.t.Context())
	done := make(chan error, 1)
	go func() { done <- m.Run(ctx) }()
	m.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			m.t.Errorf("Run ended with %v", err)
		}
	})
	return m
}

func (m *machine) halt() {
	if m.stop != nil {
		m.stop()
	}
}

// add puts a member into the view.
func (m *machine) add(name string) {
	m.t.Helper()
	if err := m.Edit(view.Add(memberID(name), view.Member{Name: name, Endpoint: at(name), Identity: m.user.name})); err != nil {
		m.t.Fatal(err)
	}
}

func at(name string) view.Endpoint { return view.Endpoint{Server: "https://" + name + ":6443"} }

func (m *machine) group(name, group string) error {
	return m.Edit(view.Change(memberID(name), view.Changes{Group: &group}))
}

// protect chooses how the view lies there; a key is made when it needs one.
func (m *machine) protect(mode Mode, carries bool) seal.Key {
	m.t.Helper()
	p := Protection{Mode: mode, Carries: &carries}
	if mode == ModeSealed || carries {
		p.Key, p.Wrapped = newKey(m.t, hush)
	}
	if err := m.Protect(m.t.Context(), p); err != nil {
		m.t.Fatal(err)
	}
	return p.Key
}

// newKey is a key and the same wrapped with a passphrase.
func newKey(t *testing.T, pass string) (seal.Key, []byte) {
	t.Helper()
	key := must(seal.NewKey())(t)
	return key, must(seal.Wrap(key, secret.New([]byte(pass)), seal.WorkFactor(2)))(t)
}

// until waits for the machine to come to a state.
func (m *machine) until(state State) Status {
	m.t.Helper()
	return m.await("state "+string(state), func() bool { return m.Status().State == state })
}

func (m *machine) await(what string, ok func() bool) Status {
	m.t.Helper()
	deadline := time.Now().Add(time.Minute) // far above what it takes: the machine may be busy
	for !ok() {
		if time.Now().After(deadline) {
			m.t.Fatalf("no %s: %+v, members %v", what, m.Status(), said(m.Document()))
		}
		wait, cancel := context.WithTimeout(m.t.Context(), 10*time.Millisecond)
		<-wait.Done()
		cancel()
	}
	return m.Status()
}

// has waits until the machine shows just these members.
func (m *machine) has(members ...string) {
	m.t.Helper()
	m.await("members "+strings.Join(members, ","), func() bool {
		return strings.Join(said(m.Document()), ",") == strings.Join(members, ",")
	})
}

// answer waits for a question of a kind and answers it.
func (m *machine) answer(kind Kind, choice ChoiceID) {
	m.t.Helper()
	s := m.await("question "+string(kind), func() bool { q := m.Status().Question; return q != nil && q.Kind == kind })
	if err := m.Answer(s.Question.ID, choice); err != nil {
		m.t.Fatal(err)
	}
}

// leaksNothing looks for secrets where they must not be.
func (m *machine) leaksNothing() {
	m.log.mu.Lock()
	defer m.log.mu.Unlock()
	m.mu.Lock()
	defer m.mu.Unlock()
	status, err := json.Marshal(m.Status())
	if err != nil {
		m.t.Error(err)
	}
	for what, text := range map[string]string{"log": m.log.text.String(), "record": string(m.disk), "status": string(status)} {
		if strings.Contains(text, hush) {
			m.t.Errorf("a secret is in the %s: %s", what, text)
		}
	}
}

// admin is a store that may do everything with the user's view.
func (u user) admin(t *testing.T) *Store {
	t.Helper()
	return storeOf(t, u.cluster.Config(), u.name)
}

// byHand changes the Secret as kubectl would.
func (u user) byHand(t *testing.T, change func(o *object)) {
	t.Helper()
	a := u.admin(t)
	for {
		o := must(a.api.get(t.Context(), u.place()))(t)
		change(&o)
		_, err := a.api.update(t.Context(), o)
		if err == nil {
			return
		}
		if !apierrors.IsConflict(err) {
			t.Fatal(err)
		}
	}
}

// stored is the view on the primary.
func (u user) stored(t *testing.T) Stored {
	t.Helper()
	return must(u.admin(t).Read(t.Context(), u.place()))(t)
}
