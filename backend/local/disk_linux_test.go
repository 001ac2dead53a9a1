package local_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/binnacle-dev/binnacle/backend/local"
)

// TestDiskFull fills a file system of its own, which only root can make; TestNoRoomForTheFile is for everybody.
func TestDiskFull(t *testing.T) {
	dir := t.TempDir()
	if err := unix.Mount("none", dir, "tmpfs", 0, "size=256k"); err != nil {
		t.Skipf("can't mount a tmpfs: %v", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	f, err := local.Open(filepath.Join(dir, "profile"))
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Save("a.json", "old"); err != nil {
		t.Fatal(err)
	}
	err = f.Save("a.json", strings.Repeat("x", 1<<20))
	if !errors.Is(err, local.ErrFull) || !strings.Contains(err.Error(), "free some space") {
		t.Errorf("got %v", err)
	}
	stillOld(t, f)
	if err := os.WriteFile(filepath.Join(dir, "rest"), make([]byte, 1<<20), 0o600); err == nil { // every block
		t.Fatal("the disk isn't full")
	}
	if err := f.Save("a.json", strings.Repeat("x", 1<<13)); !errors.Is(err, local.ErrFull) {
		t.Errorf("no block left: %v", err)
	}
	stillOld(t, f)
}
