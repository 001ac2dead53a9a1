package kubeconfig

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestReadFile(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, size int, mode os.FileMode) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, make([]byte, size), mode); err != nil {
			t.Fatal(err)
		}
		return path
	}
	full := write("full", maxFile, 0o600)
	if b, err := ReadFile(full); err != nil || len(b) != maxFile {
		t.Errorf("%d bytes, %v", len(b), err)
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink(full, link); err == nil { // Windows may not allow it
		if _, err := ReadFile(link); err != nil {
			t.Errorf("a link, as the kubelet has: %v", err)
		}
	}
	t.Setenv("HOME", dir)
	t.Setenv("USERPROFILE", dir)
	if b, err := ReadFile("~/full"); err != nil || len(b) != maxFile {
		t.Errorf("in the home folder: %d bytes, %v", len(b), err)
	}
	cases := map[string]string{
		filepath.Join(dir, "gone"):          "no such file",
		filepath.Join(dir, "g\u202eone"):    `g\u202eone": `,
		dir:                                 "is a folder",
		write("large", maxFile+1, 0o600):    "larger than 1 MiB",
		filepath.Join(dir, "full", "below"): "below",
	}
	if runtime.GOOS == "windows" {
		delete(cases, filepath.Join(dir, "gone")) // another wording
		cases[`\\server.invalid\share\ca.crt`] = "network share"
	} else {
		cases["/dev/zero"] = "device or pipe"
		if os.Getuid() != 0 { // root reads everything
			cases[write("locked", 1, 0)] = "permission denied"
		}
	}
	for path, want := range cases {
		_, err := ReadFile(path)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "file \"") || strings.Contains(err.Error(), "\u202e") {
			t.Errorf("%s: %v, want %q", path, err, want)
		}
	}
}
