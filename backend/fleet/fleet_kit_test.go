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

	mu    sync.Mutex
	rung  map[string]int
	shift time.Duration // that the wall clock is ahead of the monotonic one
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, net: newNet(), ca: newAuthority(t), vault: newVault(), rung: map[string]int{}}
	w.Fleet = New(Options{Vault: w.vault, UserAgent: "binnacle/test", dial: w.net.dial, clock: w.clock, Changed: w.ring})
	t.Cleanup(w.Close)
	return w
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
