package console_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/keychain"
)

// TestFullDisk fills the profile's disk under the running program: every change is refused in words and nothing is lost;
// with room again everything works, in this run and the next.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=1m"); err != nil {
		t.Skip("a small disk can't be mounted here: ", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	memory := keychain.NewMemory(keychain.WindowsLimits())
	m := &machine{dir: filepath.Join(dir, "profile"), keychain: memory}
	if err := os.Mkdir(m.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	p := m.start(t)
	offline(t, p)
	if err := addMembers(p, "lab"); err != nil {
		t.Fatal(err)
	}
	before := memory.Users(serviceOf(m))

	ballast := filepath.Join(dir, "ballast")
	fill(t, ballast)
	name := "renamed"
	for what, err := range map[string]error{
		"add":    addMembers(p, "edge"),
		"edit":   p.EditMember(bridge.MemberEdit{ID: p.member("lab").ID, Name: &name}),
		"remove": p.RemoveMembers(t.Context(), []string{p.member("lab").ID}, true),
		"layout": p.SaveLayout(bridge.Layout{Columns: []string{"name"}}),
	} {
		if err == nil || !strings.Contains(p.Failed(err).Message, "disk is full") {
			t.Errorf("%s on a full disk: %v", what, err)
		}
	}
	if got := p.names(""); !slices.Equal(got, []string{"home", "lab"}) {
		t.Errorf("the fleet after it: %v", got)
	}
	if after := memory.Users(serviceOf(m)); !slices.Equal(before, after) {
		t.Errorf("the keychain held %v, and holds %v", before, after)
	}

	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	if err := p.EditMember(bridge.MemberEdit{ID: p.member("lab").ID, Name: &name}); err != nil {
		t.Errorf("with room again: %v", err)
	}
	p.quit()
	if got := m.start(t).names(""); !slices.Equal(got, []string{"home", "renamed"}) {
		t.Errorf("the next start finds %v", got)
	}
}

// fill writes a file until nothing fits any more.
func fill(t *testing.T, path string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	for size := 64 << 10; size > 0; size /= 2 {
		for {
			if _, err := f.Write(make([]byte, size)); err != nil {
				break
			}
		}
	}
}
