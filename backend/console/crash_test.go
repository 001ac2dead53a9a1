package console_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/keychain"
)

// world is all that outlives a kill: the files and the keychain's items.
type world struct {
	when  string
	dir   string
	items map[string]string
}

// recorder is a keychain that takes a picture of the world before and after each change: what a kill there would leave.
type recorder struct {
	*keychain.Memory
	t   *testing.T
	dir string

	mu     sync.Mutex
	armed  bool
	worlds []world
}

// service is fixed, for a profile's service goes by its folder and a world lies in another one.
const service = "any"

func (r *recorder) Get(_, user string) (string, error) { return r.Memory.Get(service, user) }

func (r *recorder) Set(_, user, value string) error {
	r.picture("before set " + user)
	err := r.Memory.Set(service, user, value)
	r.picture("after set " + user)
	return err
}

func (r *recorder) Delete(_, user string) error {
	r.picture("before delete " + user)
	err := r.Memory.Delete(service, user)
	r.picture("after delete " + user)
	return err
}

func (r *recorder) picture(when string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.armed {
		return
	}
	w := world{when: when, dir: r.t.TempDir(), items: map[string]string{}}
	if err := os.CopyFS(w.dir, os.DirFS(r.dir)); err != nil {
		r.t.Errorf("picture %s: %v", when, err)
		return
	}
	for _, user := range r.Users(service) {
		w.items[user], _ = r.Memory.Get(service, user)
	}
	r.worlds = append(r.worlds, w)
}

// during records the worlds of one use-case.
func (r *recorder) during(f func() error) []world {
	r.t.Helper()
	r.mu.Lock()
	r.armed, r.worlds = true, nil
	r.mu.Unlock()
	if err := f(); err != nil {
		r.t.Fatal(err)
	}
	r.picture("at the end")
	r.mu.Lock()
	defer r.mu.Unlock()
	r.armed = false
	return r.worlds
}

// machine makes a machine of a world.
func (w world) machine(t *testing.T) (*machine, *recorder) {
	t.Helper()
	m := keychain.NewMemory(keychain.WindowsLimits())
	for user, value := range w.items {
		if err := m.Set(service, user, value); err != nil {
			t.Fatal(err)
		}
	}
	r := &recorder{Memory: m, t: t, dir: w.dir}
	return &machine{dir: w.dir, keychain: r}, r
}

// TestKilledAnywhere kills the program at every keychain call of the use-cases that touch secrets, starts it again, and
// wants the old fleet or the new one, each member with its own secret, and no secret that belongs to nobody.
func TestKilledAnywhere(t *testing.T) {
	memory := keychain.NewMemory(keychain.WindowsLimits())
	r := &recorder{Memory: memory, t: t, dir: t.TempDir()}
	m := &machine{dir: r.dir, keychain: r}
	p := m.start(t)
	offline(t, p)

	steps := []struct {
		name   string
		do     func() error
		fleets []string // the fleets that a kill may leave
	}{
		{
			name:   "add",
			do:     func() error { return addMembers(p, "one", "two") },
			fleets: []string{"home", "home one", "home one two"}, // two commands
		},
		{
			name: "replace",
			do: func() error {
				return p.ReplaceCredentials(t.Context(), p.member("one").ID, p.paste(deadKubeconfig("one", "another-token")), 0)
			},
			fleets: []string{"home one two"},
		},
		{
			name: "remove",
			do: func() error {
				err := p.RemoveMembers(t.Context(), []string{p.member("two").ID}, true)
				p.quit() // ends the time in which it can be undone
				return err
			},
			fleets: []string{"home one two", "home one"},
		},
	}
	for _, step := range steps {
		worlds := r.during(step.do)
		if len(worlds) < 3 {
			t.Errorf("%s: only %d keychain calls", step.name, len(worlds))
		}
		for n, w := range worlds {
			t.Run(fmt.Sprintf("%s/%d %s", step.name, n, w.when), func(t *testing.T) { w.check(t, step.fleets) })
		}
	}
}

func (w world) check(t *testing.T, fleets []string) {
	t.Helper()
	machine, r := w.machine(t)
	p := machine.start(t)
	got := strings.Join(p.names(""), " ")
	if !slices.Contains(fleets, got) {
		t.Fatalf("fleet %q, want one of %q", got, fleets)
	}
	members := p.Fleet().Members
	p.until("the sweep", func() bool { return len(owners(r)) <= len(members) && settled(p, members) })
	for account := range owners(r) {
		if !slices.ContainsFunc(members, func(m bridge.Member) bool { return strings.HasSuffix(account, m.ID) }) {
			t.Errorf("%s belongs to nobody", account)
		}
	}
}

// settled says that every member found its secret: then it is refused by the network, not by the vault.
func settled(p *program, members []bridge.Member) bool {
	for _, m := range members {
		if s := p.member(m.Name).State; s != bridge.StateUnreachable {
			return false
		}
	}
	return true
}

// owners are the accounts that have items in the keychain.
func owners(r *recorder) map[string]bool {
	out := map[string]bool{}
	for _, user := range r.Users(service) {
		account, _, _ := strings.Cut(user, "@")
		out[account] = true
	}
	return out
}
