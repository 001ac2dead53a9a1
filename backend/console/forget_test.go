package console_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/keychain"
)

// TestForgetCredentials takes only the secret: the entry stays and says what it needs, and for ten seconds nothing is lost.
func TestForgetCredentials(t *testing.T) {
	m := newMachine(t)
	p := m.start(t)
	offline(t, p)
	if err := addMembers(p, "lab"); err != nil {
		t.Fatal(err)
	}
	id := p.member("lab").ID
	state := func() bridge.MemberState { return p.member("lab").State }
	forget := func() {
		t.Helper()
		if err := p.ForgetCredentials(t.Context(), []string{id}); err != nil {
			t.Fatal(err)
		}
		p.until("a cluster without a secret", func() bool { return state() == bridge.StateNeedsCredentials })
	}
	forget()
	if err := p.CopyKubeconfig(t.Context(), id, bridge.KubeconfigSecrets); err == nil {
		t.Error("a secret that is about to go was handed out")
	}
	if err := p.Undo(p.Session().Undo.ID); err != nil {
		t.Fatal(err)
	}
	p.until("the secret in use again", func() bool { return state() == bridge.StateUnreachable })

	forget()
	if err := p.ReplaceCredentials(t.Context(), id, p.paste(deadKubeconfig("lab", "another-token")), 0); err != nil {
		t.Fatal(err)
	}
	if err := p.CopyKubeconfig(t.Context(), id, bridge.KubeconfigSecrets); err != nil || !strings.Contains(p.clipboard, "another-token") {
		t.Errorf("the new secret went with the old one: %v", err)
	}

	forget()
	p.quit() // ends the time in which it can be undone
	if left := accountsOf(t, m, id); len(left) > 0 {
		t.Errorf("the keychain still holds %v", left)
	}
	p = m.start(t)
	p.until("a cluster without a secret", func() bool { return state() == bridge.StateNeedsCredentials })
	if err := p.ForgetCredentials(t.Context(), []string{p.member("home").ID}); err == nil {
		t.Error("the primary lost the secret that its view is saved with")
	}
}

// accountsOf are the keychain's entries of one member.
func accountsOf(t *testing.T, m *machine, id string) []string {
	t.Helper()
	memory, ok := m.keychain.(*keychain.Memory)
	if !ok {
		t.Fatal("not the memory keychain")
	}
	return slices.DeleteFunc(memory.Users(serviceOf(m)), func(user string) bool { return !strings.Contains(user, id) })
}
