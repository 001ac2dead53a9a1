package viewsync

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"

	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
)

const kitFolder = "../../build/kubernetes"

func kit(t *testing.T) string {
	t.Helper()
	files := must(filepath.Glob(filepath.Join(kitFolder, "*.yaml")))(t)
	slices.Sort(files) // as kubectl apply -f FOLDER does
	if len(files) < 3 {
		t.Fatalf("the kit is %v", files)
	}
	var all []string
	for _, f := range files {
		all = append(all, string(must(os.ReadFile(f))(t)))
	}
	return strings.Join(all, "\n---\n")
}

// kitUser is a user with no rights but the kit's.
func kitUser(t *testing.T, c *kubetest.Cluster, name string) user {
	t.Helper()
	return user{name: name, namespace: "binnacle", kubeconfig: c.User(t, name), cluster: c}
}

// guarded waits until the admission policies are in force: the server takes them up within seconds.
func guarded(t *testing.T, s *Store) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); ; {
		if _, err := s.api.create(t.Context(), fresh(Place{"binnacle", "no-view"}, s.username, nil), true); apierrors.IsForbidden(err) {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("the policy isn't in force after 30 s")
		}
		sleep(t.Context(), 100*time.Millisecond, nil)
	}
}

func TestKit(t *testing.T) {
	for _, version := range []string{"1.33", "1.36"} {
		t.Run(version, func(t *testing.T) {
			c := kubetest.Start(t, kubetest.Version(version))
			c.Apply(t, kit(t))
			alice, mallory := kitUser(t, c, "alice"), kitUser(t, c, "mallory")
			a, m, ctx := alice.store(t), mallory.store(t), t.Context()
			guarded(t, a)
			place := must3(a.Writable(ctx, []string{"binnacle"}))(t)
			a.shardBytes = 1000
			mine := must(a.Write(ctx, Stored{Place: place}, sealedEnv(t, 3000, 10)))(t)
			mine = must(a.Write(ctx, mine, sealedEnv(t, 2000, 10)))(t)

			// Another user can read it: that is why it is sealed. More they can't.
			theirs := must(m.api.get(ctx, place))(t)
			attempts := map[string]func() error{
				"update":           func() error { _, err := m.api.update(ctx, theirs); return err },
				"update as theirs": func() error { _, err := m.api.update(ctx, stamped(theirs, "mallory")); return err },
				"delete":           func() error { return m.api.remove(ctx, place, theirs.UID) },
				"delete a shard":   func() error { return m.api.remove(ctx, mine.shards[0].place, mine.shards[0].uid) },
				"create as alice's": func() error {
					_, err := m.api.create(ctx, fresh(shardPlace(place, 9), "alice", nil), false)
					return err
				},
				"create unsigned": func() error {
					o := fresh(shardPlace(place, 9), "x", nil)
					o.Annotations = nil
					_, err := m.api.create(ctx, o, false)
					return err
				},
				"another name": func() error {
					_, err := m.api.create(ctx, fresh(Place{"binnacle", "x"}, "mallory", nil), false)
					return err
				},
				"another type": func() error {
					o := fresh(mallory.place(), "mallory", nil)
					o.Type = "Opaque"
					_, err := m.api.create(ctx, o, false)
					return err
				},
				"list": func() error { return m.api.do(ctx, call{method: "GET", path: secretsPath("binnacle")}) },
				"give it away": func() error {
					_, err := a.api.update(ctx, stamped(must(a.api.get(ctx, place))(t), "mallory"))
					return err
				},
			}
			for name, try := range attempts {
				if err := try(); !apierrors.IsForbidden(err) {
					t.Errorf("%s: %v", name, err)
				}
			}
			if got := must(alice.store(t).Read(ctx, place))(t); got.ResourceVersion != mine.ResourceVersion {
				t.Error("the view was changed")
			}
			if err := a.Delete(ctx, mine); err != nil || len(shardsThere(t, alice)) > 0 {
				t.Errorf("its owner can't delete it: %v", err)
			}
			admin := storeOf(t, c.Config(), "admin") // may clean up
			left := must(m.Write(ctx, Stored{Place: mallory.place()}, openEnv("x")))(t)
			if err := admin.api.remove(ctx, left.Place, left.object.UID); err != nil {
				t.Errorf("an administrator can't delete a view: %v", err)
			}
		})
	}
}

func must3[T, U any](v T, _ U, err error) func(testing.TB) T { return must(v, err) }

func TestStrictKit(t *testing.T) {
	for _, version := range []string{"1.33", "1.36"} {
		t.Run(version, func(t *testing.T) {
			c := kubetest.Start(t, kubetest.Version(version))
			carol := "oidc:o'carol #1@example.com"
			text := must(exec.CommandContext(t.Context(), "sh", filepath.Join(kitFolder, "strict.sh"), "alice", "mallory", carol).Output())(t)
			c.Apply(t, string(text))
			for _, name := range []string{"alice", carol} {
				u, mallory, nobody := kitUser(t, c, name), kitUser(t, c, "mallory"), kitUser(t, c, "nobody")
				s, m, ctx := u.store(t), mallory.store(t), t.Context()
				guarded(t, s)
				awaitOwners(t, m, u.place())
				place := must3(s.Writable(ctx, []string{"binnacle"}))(t)
				s.shardBytes = 1000
				mine := must(s.Write(ctx, Stored{Place: place}, sealedEnv(t, 3000, 10)))(t)
				mine = must(s.Write(ctx, mine, sealedEnv(t, 2000, 10)))(t)
				for who, other := range map[string]*Store{"mallory": m, "nobody": nobody.store(t)} {
					if _, err := other.api.get(ctx, place); !apierrors.IsForbidden(err) {
						t.Errorf("%s reads it: %v", who, err)
					}
					if _, err := other.api.update(ctx, mine.object); !apierrors.IsForbidden(err) {
						t.Errorf("%s changes it: %v", who, err)
					}
					if err := other.api.remove(ctx, place, mine.object.UID); !apierrors.IsForbidden(err) {
						t.Errorf("%s deletes it: %v", who, err)
					}
				}
				watch, enough := context.WithCancel(ctx)
				if err := s.watch(watch, place, enough); apierrors.IsForbidden(err) {
					t.Errorf("its owner can't watch it: %v", err)
				}
				if err := s.Delete(ctx, mine); err != nil {
					t.Error(err)
				}
				if _, err := m.api.create(ctx, fresh(place, "mallory", nil), false); !apierrors.IsForbidden(err) {
					t.Errorf("mallory takes the name: %v", err)
				}
				if _, _, err := nobody.store(t).Writable(ctx, []string{"binnacle"}); !errors.Is(err, ErrNowhere) {
					t.Errorf("one who isn't named may write: %v", err)
				}
			}
		})
	}
}

// awaitOwners waits until a stranger can't take a name.
func awaitOwners(t *testing.T, stranger *Store, p Place) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); ; {
		if _, err := stranger.api.create(t.Context(), fresh(p, stranger.username, nil), true); apierrors.IsForbidden(err) {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("names aren't held to their owners after 30 s")
		}
		sleep(t.Context(), 100*time.Millisecond, nil)
	}
}

func TestStrictKitRefusesBadNames(t *testing.T) {
	for name, args := range map[string][]string{"none": nil, "empty": {""}, "two lines": {"a\nb"}} {
		t.Run(name, func(t *testing.T) {
			args := append([]string{filepath.Join(kitFolder, "strict.sh")}, args...)
			if out, err := exec.CommandContext(t.Context(), "sh", args...).Output(); err == nil || len(out) > 0 {
				t.Errorf("it prints %q (%v)", out, err)
			}
		})
	}
}
