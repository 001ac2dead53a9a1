package fleet

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

func TestMain(m *testing.M) { kubetest.Main(m) }

// vault is a Vault in memory. A func in late answers the next question instead, when it returns.
type vault struct {
	mu    sync.Mutex
	held  map[string]kubeconfig.Credential
	fails map[string]error
	late  map[string]func() (kubeconfig.Credential, error)
	asked int
}

func newVault() *vault {
	return &vault{held: map[string]kubeconfig.Credential{}, fails: map[string]error{}, late: map[string]func() (kubeconfig.Credential, error){}}
}

func (v *vault) put(id string, c kubeconfig.Credential) Member {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.held[id] = c
	return Member{ID: id, Name: id, Endpoint: c.Endpoint()}
}

func (v *vault) Credential(_ context.Context, id string) (kubeconfig.Credential, error) {
	v.mu.Lock()
	v.asked++
	late := v.late[id]
	delete(v.late, id)
	c, ok := v.held[id]
	err := v.fails[id]
	v.mu.Unlock()
	switch {
	case late != nil:
		return late()
	case err != nil:
		return kubeconfig.Credential{}, err
	case !ok:
		return kubeconfig.Credential{}, ErrNoCredential
	}
	return c, nil
}

// world is a fleet on a fake network.
type world struct {
	*Fleet

	t     *testing.T
	net   *fakeNet
	ca    *authorityCert
	vault *vault

	mu      sync.Mutex
	rung    map[string]int
	shift   time.Duration // that the wall clock is ahead of the monotonic one
	place   string        // in the network
	cache   *memory
	sources map[string]Source // by member
	gate    func(string, GateRequest) error
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, net: newNet(), ca: newAuthority(t), vault: newVault(), cache: &memory{held: map[string][]byte{}}, rung: map[string]int{}, sources: map[string]Source{}, place: "home"}
	w.open()
	return w
}

// restart is another run of the program: the first one's end, the same vault, cache and network.
func (w *world) restart() *world {
	w.Close()
	again := &world{t: w.t, net: w.net, ca: w.ca, vault: w.vault, cache: w.cache, rung: map[string]int{}, sources: w.sources, place: w.place}
	again.open()
	return again
}

func (w *world) open() {
	w.Fleet = New(Options{
		Vault: w.vault, UserAgent: "binnacle/test", dial: w.net.dial, clock: w.clock, outlook: w.outlook, Changed: w.ring,
		Source: w.source, Cache: w.cache, Gate: w.gate,
	})
	w.t.Cleanup(w.Close)
}

func (w *world) ring(id string) {
	w.Status(id) // must be allowed
	w.mu.Lock()
	defer w.mu.Unlock()
	w.rung[id]++
}

func (w *world) clock() reading {
	w.mu.Lock()
	defer w.mu.Unlock()
	r := read()
	r.wall = r.wall.Add(w.shift)
	return r
}

func (w *world) outlook() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.place
}

// source gives the one that a test put there, and none at all where it put none: then the fleet is as without.
func (w *world) source(id string, _ kubeconfig.Credential) (Source, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.sources[id], nil
}

// memory is a Cache.
type memory struct {
	mu   sync.Mutex
	held map[string][]byte
}

func (c *memory) Load(key string) ([]byte, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	b, ok := c.held[key]
	return b, ok
}

func (c *memory) Save(key string, b []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.held[key] = b
}

func (c *memory) spoil(text string) {
	for key := range c.held {
		c.held[key] = []byte(text)
	}
}

// cluster makes a healthy cluster, its credential, and the member.
func (w *world) cluster(name string) (*fake, Member) {
	w.t.Helper()
	f := newFake(w.t, w.net, w.ca, name+".test")
	return f, w.vault.put(name, credential(w.t, f.file()))
}

// status waits until nothing moves and gives the member's.
func (w *world) status(id string) Status {
	w.t.Helper()
	synctest.Wait()
	s, ok := w.Status(id)
	if !ok {
		w.t.Fatalf("%s is not in the fleet", id)
	}
	return s
}

func (w *world) wants(id string, state State) Status {
	w.t.Helper()
	s := w.status(id)
	if s.State != state {
		w.t.Fatalf("%s is %s (%s), want %s", id, s.State, s.Cause, state)
	}
	return s
}

// until lets time pass until the member is in the state, and says how long that took.
func (w *world) until(id string, state State, limit time.Duration) time.Duration {
	w.t.Helper()
	began := time.Now()
	for time.Since(began) <= limit {
		if s := w.status(id); s.State == state {
			return time.Since(began)
		}
		time.Sleep(100 * time.Millisecond)
	}
	s := w.status(id)
	w.t.Fatalf("%s is %s (%s) after %v, want %s", id, s.State, s.Cause, limit, state)
	return 0
}
