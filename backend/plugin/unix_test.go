//go:build !windows

package plugin

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

func TestAskShell(t *testing.T) {
	path := strings.Join([]string{"/from/the/shell", os.Getenv("PATH")}, ":")
	for name, c := range map[string]struct{ script, want string }{
		"answers":           {"echo noise; PATH=" + path + "; export PATH; shift 2; sh \"$@\"", path},
		"knows -l -i -c":    {`case "$1 $2 $3" in "-l -i -c") PATH=/x:$PATH; export PATH; sh -c "$4";; esac`, "/x:" + os.Getenv("PATH")},
		"has no terminal":   {`if (: </dev/tty) 2>/dev/null; then PATH=/tty:$PATH; fi; export PATH; shift 2; sh "$@"`, os.Getenv("PATH")},
		"fails":             {"exit 3", ""},
		"fails after":       {"PATH=" + path + "; export PATH; shift 2; sh \"$@\"; exit 3", path},
		"prints for ever":   {"while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done", ""},
		"leaves a child be": {"sleep 600 & PATH=" + path + "; export PATH; shift 2; sh \"$@\"; kill $!", path},
	} {
		t.Run(name, func(t *testing.T) {
			shell := put(t, filepath.Join(t.TempDir(), "bash"), "#!/bin/sh\n"+c.script+"\n")
			if got := askShell(t.Context(), append(os.Environ(), "SHELL="+shell)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	for _, shell := range []string{"", "bash", "/bin/true", "/nowhere/bash"} {
		if got := askShell(t.Context(), []string{"SHELL=" + shell}); got != "" {
			t.Errorf("%s: got %q", shell, got)
		}
	}
}

func TestAShellThatHangs(t *testing.T) {
	shell := put(t, filepath.Join(t.TempDir(), "bash"), "#!/bin/sh\nsleep 600\n")
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if got := askShell(ctx, append(os.Environ(), "SHELL="+shell)); got != "" {
		t.Errorf("got %q", got)
	}
}

func TestARealShell(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, ".bash_profile"), []byte("echo welcome; export PATH=/profile:$PATH\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	bash := "/bin/bash"
	if !runnable(bash) {
		t.Skip("there is no " + bash)
	}
	got := askShell(t.Context(), []string{"SHELL=" + bash, "HOME=" + dir, "PATH=/usr/bin:/bin"})
	if !strings.Contains(":"+got, ":/profile:") { // the system's own files may add theirs
		t.Errorf("got %q", got)
	}
}

// TestTheGroupEnds: the child of the plugin, too.
func TestTheGroupEnds(t *testing.T) {
	r := newRig(t)
	s := r.allowed(t, r.program("-hang"))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var pid int
	err := s.Run(ctx, Talk{Show: func(said string) {
		if _, err := fmt.Sscanf(said, "child %d", &pid); err == nil {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) || pid == 0 {
		t.Fatalf("child %d: %v", pid, err)
	}
	gone(t, pid)
}

func gone(t *testing.T, pid int) {
	t.Helper()
	for range 500 {
		stat, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) || strings.Contains(string(stat), ") Z ") { // nobody may reap it here
			return
		}
		<-time.After(10 * time.Millisecond)
	}
	t.Errorf("process %d lives on", pid)
}

func TestTooMuch(t *testing.T) {
	r := newRig(t)
	_, err := r.allowed(t, r.program("-flood")).Proof(t.Context(), kubeconfig.Proof{})
	if p := proofError(t, err); !strings.Contains(p.Why, "gave more than") {
		t.Error(p.Why)
	}
}

// TestWhatWasHashedRuns swaps the program between the check and the run.
func TestWhatWasHashedRuns(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux runs a file by its descriptor")
	}
	r := newRig(t)
	p := r.program()
	text, err := os.ReadFile(p.Command)
	if err != nil {
		t.Fatal(err)
	}
	p.Command = put(t, filepath.Join(t.TempDir(), "tool"), string(text))
	r.allowed(t, p)
	f, err := r.admit(t.Context(), p, here())
	if err != nil {
		t.Fatal(err)
	}
	defer f.close()
	evil := put(t, p.Command+"-evil", "#!/bin/sh\necho evil >&2\nexit 66\n")
	if err := os.Rename(evil, p.Command); err != nil {
		t.Fatal(err)
	}
	leave, err := r.enter()
	if err != nil {
		t.Fatal(err)
	}
	defer leave()
	if _, err := r.run(t.Context(), run{program: p, file: f, limit: time.Minute}); err != nil || len(r.ran()) != 1 || r.ran()[0].Name != p.Command {
		t.Errorf("%v, %+v", err, r.ran())
	}
}

func TestScript(t *testing.T) {
	r := newRig(t)
	dir := t.TempDir()
	put(t, filepath.Join(dir, "answer"), `{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1beta1","status":{"token":"beside"}}`)
	p := kubeconfig.Program{APIVersion: "client.authentication.k8s.io/v1beta1", Command: put(t, filepath.Join(dir, "tool"), "#!/bin/sh\ncat \"$(dirname \"$0\")/answer\"\n")}
	if got := token(t, r.allowed(t, p), kubeconfig.Proof{}); got != "beside" {
		t.Errorf("got %s", got)
	}
}

func TestItCannotStart(t *testing.T) {
	r := newRig(t)
	p := r.program()
	p.Command = put(t, filepath.Join(t.TempDir(), "tool"), "\x00\x01 no program\n")
	_, err := r.allowed(t, p).Proof(t.Context(), kubeconfig.Proof{})
	if e := proofError(t, err); !strings.Contains(e.Why, "can't be started") {
		t.Error(e.Why)
	}
}

func TestItCannotBeRead(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may read everything")
	}
	path := put(t, filepath.Join(t.TempDir(), "tool"), "#!/bin/sh\n")
	if err := os.Chmod(path, 0o111); err != nil {
		t.Fatal(err)
	}
	_, err := newRig(t).Inspect(t.Context(), kubeconfig.Program{Command: path}, here())
	_ = proofError(t, err)
}

func TestStrangers(t *testing.T) {
	for name, c := range map[string]struct {
		dir, file os.FileMode
		want      string
	}{
		"mine":           {0o755, 0o755, ""},
		"file for all":   {0o755, 0o757, "tool can be changed by everybody on this machine"},
		"folder for all": {0o777, 0o755, "dir can be changed by everybody on this machine"},
		"shared, sticky": {0o777 | os.ModeSticky, 0o755, ""},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "dir")
			path := put(t, filepath.Join(dir, "tool"), "x")
			if err := errors.Join(os.Chmod(path, c.file), os.Chmod(dir, c.dir)); err != nil {
				t.Fatal(err)
			}
			got := strings.Join(strangers(path), " ")
			if (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestStrangersByOwner(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can give files away")
	}
	path := put(t, filepath.Join(t.TempDir(), "tool"), "x")
	if err := os.Chown(path, 12345, 0); err != nil {
		t.Skip(err)
	}
	if got := stranger(path); got != "another user (12345)" {
		t.Errorf("got %q", got)
	}
	if err := errors.Join(os.Chown(path, 0, 12345), os.Chmod(path, 0o775)); err != nil {
		t.Fatal(err)
	}
	if got := stranger(path); got != "everybody in the group 12345" {
		t.Errorf("got %q", got)
	}
}
