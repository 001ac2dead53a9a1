//go:build linux

package secretservice_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/zalando/go-keyring"

	"github.com/binnacle-dev/binnacle/backend/internal/secretservice"
)

const child = "SECRETSERVICE_TEST_CHILD"

// TestMain is also the child of TestInChildProcess: it prints what the keyring has for a name.
func TestMain(m *testing.M) {
	name := os.Getenv(child)
	if name == "" {
		os.Exit(m.Run())
	}
	got, err := keyring.Get("binnacle-test", name)
	if err != nil {
		got = "error: " + err.Error()
	}
	_, _ = os.Stdout.WriteString(got)
}

func TestInChildProcess(t *testing.T) {
	s := secretservice.Start(t)
	if err := keyring.Set("binnacle-test", "name", "from the parent"); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(s.Env(), child+"=name")
	out, err := cmd.CombinedOutput()
	if err != nil || string(out) != "from the parent" {
		t.Fatalf("the child got %q, %v", out, err)
	}
}

// Each Start is a keyring of its own, though godbus would keep the first one's connection.
func TestTwoInOneProcess(t *testing.T) {
	for _, name := range []string{"first", "second"} {
		t.Run(name, func(t *testing.T) {
			s := secretservice.Start(t)
			if _, err := keyring.Get("binnacle-test", "name"); !errors.Is(err, keyring.ErrNotFound) {
				t.Fatalf("not empty: %v", err)
			}
			if err := keyring.Set("binnacle-test", "name", name); err != nil {
				t.Fatal(err)
			}
			if _, err := os.Stat(filepath.Join(s.Home(), ".local/share/keyrings/login.keyring")); err != nil {
				t.Errorf("the keyring isn't in the private HOME: %v", err)
			}
		})
	}
}

func TestLockKeepsAndHides(t *testing.T) {
	s := secretservice.Start(t)
	if err := keyring.Set("binnacle-test", "name", "kept"); err != nil {
		t.Fatal(err)
	}
	s.Lock(t)
	if got, err := keyring.Get("binnacle-test", "name"); err == nil {
		t.Fatalf("locked, and gave %q", got)
	}
	s.Unlock(t)
	if got, err := keyring.Get("binnacle-test", "name"); err != nil || got != "kept" {
		t.Fatalf("got %q, %v", got, err)
	}
}
