package console_test

import (
	"slices"
	"testing"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
)

// TestLastEditLeavesWithThePerson closes the window right after an edit: another machine finds it.
func TestLastEditLeavesWithThePerson(t *testing.T) {
	cluster := kubetest.Shared(t, "1.36")
	primaryFor(t, cluster)
	user := cluster.User(t, "in-a-hurry")
	p := newMachine(t).start(t)
	p.logIn("one", user)
	p.choose(bridge.ModeOpen, "", false)
	p.synced()
	if err := p.Attend(false); err != nil {
		t.Fatal(err)
	}
	name := "renamed at the door"
	if err := p.EditMember(bridge.MemberEdit{ID: p.member("one").ID, Name: &name}); err != nil {
		t.Fatal(err)
	}
	p.quit()

	elsewhere := newMachine(t).start(t)
	elsewhere.logIn("one", user)
	if !slices.Equal(elsewhere.names(""), []string{name}) {
		t.Errorf("another machine finds %v", elsewhere.names(""))
	}
}
