package console_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
)

const passphrase = "correct-horse-battery-staple-42"

// primaryFor gives a cluster on which each of these users may keep a view.
func primaryFor(t *testing.T, c *kubetest.Cluster) {
	t.Helper()
	c.LimitedKit(t, "binnacle")
}

// TestTwoUsersFindTheirOwnFleets is J1.
func TestTwoUsersFindTheirOwnFleets(t *testing.T) {
	one, two := kubetest.Shared(t, "1.36"), kubetest.Shared(t, "1.33")
	primaryFor(t, one)
	primaryFor(t, two)
	mine, theirs := newMachine(t), newMachine(t)

	ana := mine.start(t)
	ana.logIn("one", one.User(t, "ana"))
	ana.choose(bridge.ModeSealed, passphrase, true)
	ana.connect("two of ana", two.User(t, "ana"))
	ana.live("one", "two of ana")
	ana.synced()
	ana.quit()

	ben := theirs.start(t)
	ben.logIn("two", two.User(t, "ben"))
	ben.choose(bridge.ModeOpen, "", false)
	ben.connect("one of ben", one.User(t, "ben"))
	ben.live("two", "one of ben")
	ben.synced()
	ben.quit()

	again := mine.start(t)
	if got := again.Session().Phase; got != bridge.PhaseReady {
		t.Errorf("the last view does not show at once: phase %s", got)
	}
	if diff := cmp.Diff([]string{"one", "two of ana"}, again.names("")); diff != "" {
		t.Errorf("the last known view is not there at once (-want +got):\n%s", diff)
	}
	again.live("one", "two of ana")
	again.synced()
	if p := again.Session().Primary; p.Name != "one" || p.Identity != "ana" || !p.IdentityVerified || p.Location == "" {
		t.Errorf("primary: %+v", p)
	}
	theirs.start(t).live("two", "one of ben")
	mine.nowhere(t, passphrase, "client-key-data", "PRIVATE KEY")
}

// TestAnotherMachineUnlocksOnce is J2, sealed and carrying credentials.
func TestAnotherMachineUnlocksOnce(t *testing.T) {
	one, two := kubetest.Shared(t, "1.36"), kubetest.Shared(t, "1.33")
	primaryFor(t, one)
	user := "j2-sealed"
	first := newMachine(t).start(t)
	first.logIn("one", one.User(t, user))
	first.choose(bridge.ModeSealed, passphrase, true)
	first.connect("two", two.User(t, user))
	first.live("one", "two")
	first.synced()

	fresh := newMachine(t)
	second := fresh.start(t)
	second.logIn("one", one.User(t, user))
	if err := second.Seal(t.Context(), bridge.SealRequest{Action: "unlock", Passphrase: "something else entirely"}); err == nil {
		t.Fatal("a wrong passphrase opened the view")
	}
	second.unlock(passphrase)
	second.live("one", "two")
	second.quit()
	third := fresh.start(t)
	third.live("one", "two") // and never asks again
	third.synced()
}

// TestAnotherMachineNeedsCredentials is J2 with an open list and no credentials carried.
func TestAnotherMachineNeedsCredentials(t *testing.T) {
	one, two := kubetest.Shared(t, "1.36"), kubetest.Shared(t, "1.33")
	primaryFor(t, one)
	user := "j2-open"
	first := newMachine(t).start(t)
	first.logIn("one", one.User(t, user))
	first.choose(bridge.ModeOpen, "", false)
	first.connect("two", two.User(t, user))
	first.synced()

	second := newMachine(t).start(t)
	second.logIn("one", one.User(t, user))
	second.synced()
	second.until("two needs credentials", func() bool {
		return cmp.Equal(second.names(bridge.StateNeedsCredentials), []string{"two"}) && cmp.Equal(second.names(bridge.StateReady), []string{"one"})
	})
	ticket := second.paste(two.User(t, user))
	if err := second.ReplaceCredentials(t.Context(), second.member("two").ID, ticket, 0); err != nil {
		t.Fatal(err)
	}
	second.live("one", "two")
}

// TestAnotherPrimaryIsAnotherView is J3.
func TestAnotherPrimaryIsAnotherView(t *testing.T) {
	one, two := kubetest.Shared(t, "1.36"), kubetest.Shared(t, "1.33")
	primaryFor(t, one)
	primaryFor(t, two)
	user := "j3"
	p := newMachine(t).start(t)
	p.logIn("one", one.User(t, user))
	p.choose(bridge.ModeSealed, passphrase, false)
	p.connect("two", two.User(t, user))
	p.live("one", "two")
	p.synced()
	first := p.Session().Primary.ViewID

	if err := p.MakePrimary(t.Context(), p.member("two").ID); err != nil {
		t.Fatal(err)
	}
	p.choose(bridge.ModeOpen, "", false)
	p.live("two")
	if err := p.EditMember(bridge.MemberEdit{ID: p.member("two").ID, Name: new("home")}); err != nil {
		t.Fatal(err)
	}
	p.sets("pods", "age", "mine", "home")
	p.synced()

	if err := p.LogInKnown(first); err != nil {
		t.Fatal(err)
	}
	p.live("one", "two")
	p.sets("pods", "name", "mine", "two")
	p.sets("nodes", "name", "theirs", "one", "two")
	if err := p.CopyViewTo(t.Context(), p.member("two").ID); err != nil {
		t.Fatal(err)
	}
	if err := p.MakePrimary(t.Context(), p.member("two").ID); err != nil {
		t.Fatal(err)
	}
	p.live("home", "one")
	p.synced()
	if got := p.Session().Phase; got != bridge.PhaseReady {
		t.Errorf("phase %s", got)
	}
	p.keeps("nodes by name, pods by age; mine of pods in [home], theirs of nodes in [one home]; [nodes pods]") // what was there stays
	if got := p.Session().Seal.Mode; got != bridge.ModeOpen {
		t.Errorf("the copy changed the other view's mode to %q", got)
	}
}

// TestCopyBeginsAView copies a sealed view to a cluster on which this user has none: it lies there as here, with the same passphrase.
func TestCopyBeginsAView(t *testing.T) {
	one, two := kubetest.Shared(t, "1.36"), kubetest.Shared(t, "1.33")
	primaryFor(t, one)
	primaryFor(t, two)
	user := "j3-copy"
	p := newMachine(t).start(t)
	p.logIn("one", one.User(t, user))
	p.choose(bridge.ModeSealed, passphrase, true)
	p.connect("two", two.User(t, user))
	p.live("one", "two")
	p.sets("pods", "age", "mine", "two")
	p.synced()
	for range 2 { // the second time there is nothing left to copy
		if err := p.CopyViewTo(t.Context(), p.member("two").ID); err != nil {
			t.Fatal(err)
		}
	}
	fresh := newMachine(t).start(t)
	fresh.logIn("two", two.User(t, user))
	fresh.unlock(passphrase)
	fresh.live("one", "two")
	fresh.keeps("pods by age; mine of pods in [two]; [pods]")
}

// sets gives a kind's table an order, saves a filter of it by members, and makes it a favourite.
func (p *program) sets(kind, order, filter string, members ...string) {
	p.t.Helper()
	var ids []string
	for _, name := range members {
		ids = append(ids, p.member(name).ID)
	}
	_, err := p.SaveFilter(bridge.SavedFilter{Name: filter, Kind: kind, Filter: bridge.Filter{Members: ids}})
	err = errors.Join(err, p.SaveTableLayout(bridge.TableLayout{Kind: kind, Sort: order}), p.SetFavourite(kind, true))
	if err != nil {
		p.t.Fatal(err)
	}
}

// keeps compares tables, filters and favourites, with members by their names.
func (p *program) keeps(want string) {
	p.t.Helper()
	c, err := p.Catalog()
	if err != nil {
		p.t.Fatal(err)
	}
	names := map[string]string{}
	for _, m := range p.Fleet().Members {
		names[m.ID] = m.Name
	}
	var tables, filters []string
	for _, l := range c.Layouts {
		tables = append(tables, l.Kind+" by "+l.Sort)
	}
	for _, f := range c.Filters {
		var members []string
		for _, id := range f.Filter.Members {
			members = append(members, names[id])
		}
		filters = append(filters, fmt.Sprintf("%s of %s in %v", f.Name, f.Kind, members))
	}
	got := fmt.Sprintf("%s; %s; %v", strings.Join(tables, ", "), strings.Join(filters, ", "), c.Favourites)
	if got != want {
		p.t.Errorf("it keeps %s\nwant %s", got, want)
	}
}

// TestOfflineEditsMeet is J5: two machines edit while the primary is away, and lose nothing.
func TestOfflineEditsMeet(t *testing.T) {
	one, two := kubetest.Start(t), kubetest.Shared(t, "1.33")
	primaryFor(t, one)
	user := "j5"
	here, there := newMachine(t), newMachine(t)
	a := here.start(t)
	a.logIn("one", one.User(t, user))
	a.choose(bridge.ModeSealed, passphrase, true)
	a.connect("two", two.User(t, user))
	a.synced()
	b := there.start(t)
	b.logIn("one", one.User(t, user))
	b.unlock(passphrase)
	b.live("one", "two")
	a.quit()
	b.quit()

	one.Stop(t)
	a, b = here.start(t), there.start(t)
	if got := a.Session().Phase; got != bridge.PhaseReady {
		t.Fatalf("offline start: phase %s", got)
	}
	a.connect("imported offline", two.User(t, "somebody"))
	edit(t, a, "two", bridge.MemberEdit{Color: new("red")})
	edit(t, b, "two", bridge.MemberEdit{Group: new("lab")})
	edit(t, a, "one", bridge.MemberEdit{Name: new("uno")})
	edit(t, b, "one", bridge.MemberEdit{Name: new("eins")})
	for _, p := range []*program{a, b} {
		p.until("saved here only", func() bool {
			s := p.Session().Sync
			return s.State == bridge.SyncLocal && s.Why != ""
		})
	}
	a.quit()
	a = here.start(t)
	if got := a.member("two").Color; got != "red" {
		t.Fatalf("the edit did not survive a restart: color %q", got)
	}

	one.Restart(t)
	for _, p := range []*program{a, b} {
		_ = p.SyncNow(t.Context()) // the primary may still be starting
		p.until("both sides' edits", func() bool {
			s := p.Session().Sync.State
			return (s == bridge.SyncSynced || s == bridge.SyncConflict) && len(p.names("")) == 3
		})
	}
	converged := func() bool {
		x, y := a.Fleet().Members, b.Fleet().Members
		for n := range x {
			if len(x) != len(y) || x[n].Name != y[n].Name || x[n].Color != y[n].Color || x[n].Group != y[n].Group {
				return false
			}
		}
		return true
	}
	a.until("a converged", converged)
	b.until("b converged", converged)
	if m := b.member("two"); m.Color != "red" || m.Group != "lab" {
		t.Errorf("an edit is lost: %+v", m)
	}
	conflicts := append(a.Session().Sync.Conflicts, b.Session().Sync.Conflicts...)
	if len(conflicts) != 1 || conflicts[0].Field != "name" {
		t.Errorf("want one conflict about the name, got %+v", conflicts)
	}
}

func edit(t *testing.T, p *program, name string, e bridge.MemberEdit) {
	t.Helper()
	e.ID = p.member(name).ID
	if err := p.EditMember(e); err != nil {
		t.Fatal(err)
	}
}

// TestNamedNamespace is a primary without the admin kit, on which the person may keep Secrets in one namespace of their own.
func TestNamedNamespace(t *testing.T) {
	one := kubetest.Start(t)
	user := "limited"
	space := one.Namespace(t)
	one.AllowSecrets(t, space, user)
	p := newMachine(t).start(t)
	p.logIn("one", one.User(t, user))
	if got := p.Session().Phase; got != bridge.PhaseChoose {
		t.Fatalf("phase %s, want choose", got)
	}
	if err := p.Seal(t.Context(), bridge.SealRequest{Action: "choose", Mode: bridge.ModeOpen}); err != nil {
		t.Fatal(err)
	}
	p.until("it says that there is nowhere", func() bool {
		s := p.Session()
		return s.Phase == bridge.PhaseReady && s.Sync.State == bridge.SyncLocal && s.Sync.Why != ""
	})
	if err := p.SaveIn(t.Context(), "no such/namespace"); err == nil {
		t.Error("an impossible namespace was taken")
	}
	if err := p.SaveIn(t.Context(), space); err != nil {
		t.Fatal(err)
	}
	p.synced()
	if got := p.Session().Primary.Location; !strings.HasPrefix(got, space+"/") {
		t.Errorf("saved in %q, want %s", got, space)
	}
}

// TestCandidatesAreTested tests two candidates, one alive and one not, and one of them again.
func TestCandidatesAreTested(t *testing.T) {
	one := kubetest.Shared(t, "1.36")
	p := newMachine(t).start(t)
	for _, c := range []struct {
		kubeconfig []byte
		passed     bool
	}{{one.User(t, "tested"), true}, {deadKubeconfig("dead", "t"), false}} {
		ticket := p.paste(c.kubeconfig)
		for range 2 {
			if err := p.TestCandidates(ticket, []int{0}); err != nil {
				t.Fatal(err)
			}
			p.until("the test ends", func() bool {
				found, err := p.Import(ticket)
				return err == nil && !found.Testing && found.Candidates[0].Tested
			})
			found, err := p.Import(ticket)
			if err != nil {
				t.Fatal(err)
			}
			if got := found.Candidates[0]; got.Passed != c.passed || len(got.Checks) == 0 {
				t.Errorf("passed %v, want %v: %+v", got.Passed, c.passed, got.Checks)
			}
		}
	}
}
