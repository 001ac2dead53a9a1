//go:build unix

package kubeconfig

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// Opening a pipe without a writer hangs for ever.
func TestReadFilePipe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Skip("no pipes here: ", err)
	}
	if _, err := ReadFile(path); err == nil || !strings.Contains(err.Error(), "device or pipe") {
		t.Errorf("got %v", err)
	}
}
