package controlplane

import (
	"bufio"
	"context"
	"errors"
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/binnacle-dev/binnacle/build/rig/child"
)

// helperDir, in the environment, makes this test program a rig's user that gets killed.
const helperDir = "BINNACLE_RIG_TEST_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(helperDir); dir != "" {
		c, err := Start(context.Background(), Options{Name: "orphan", Version: "1.36", Dir: dir})
		if err == nil {
			_, _ = os.Stdout.WriteString(strings.TrimPrefix(c.Server(), "https://") + "\n")
		}
		time.Sleep(time.Minute)
		os.Exit(1)
	}
	goleak.VerifyTestMain(m)
}

func start(t *testing.T) *Cluster {
	t.Helper()
	c, err := Start(t.Context(), Options{Name: "test", Version: "1.36", Dir: t.TempDir()})
	if errors.Is(err, ErrNoBinary) && os.Getenv("CI") != "true" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Stop)
	return c
}

func TestDiesWithParent(t *testing.T) {
	if _, err := Binary("1.36"); errors.Is(err, ErrNoBinary) && os.Getenv("CI") != "true" {
		t.Skip(err)
	}
	parent := exec.CommandContext(t.Context(), os.Args[0])
	parent.Env = append(os.Environ(), helperDir+"="+t.TempDir())
	out, err := parent.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal("the cluster did not start")
	}
	if err := parent.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = parent.Wait() // it was killed
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", strings.TrimSpace(line))
		if err != nil {
			return // nobody listens
		}
		_ = conn.Close()
		if time.Now().After(deadline) {
			t.Fatal("the server outlived the one who started it")
		}
	}
}

func TestRestartErrors(t *testing.T) {
	c := start(t)
	c.Stop()
	t.Run("port taken", func(t *testing.T) {
		if err := child.AwaitPorts(t.Context(), 10*time.Second, c.ports.api); err != nil {
			t.Fatal(err)
		}
		l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", strings.TrimPrefix(c.Server(), "https://"))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = l.Close() }()
		ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		defer cancel()
		if err := c.Restart(ctx); !errors.Is(err, child.ErrPortTaken) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("server ends", func(t *testing.T) {
		if err := c.write("serve.json", []byte("{ broken")); err != nil {
			t.Fatal(err)
		}
		err := c.Restart(t.Context())
		if err == nil || !strings.Contains(err.Error(), "the server ended") || !strings.Contains(err.Error(), "invalid character") {
			t.Errorf("the error has no reason from the log: %v", err)
		}
	})
}

func TestStopTwiceAndSignals(t *testing.T) {
	c := start(t)
	if err := c.Restart(t.Context()); err != nil {
		t.Errorf("restarting a running cluster: %v", err)
	}
	if err := c.Freeze(); err != nil {
		t.Fatal(err)
	}
	c.Stop() // frozen as it is
	c.Stop()
	if err := c.Thaw(); err == nil {
		t.Error("a stopped cluster thawed")
	}
}

func TestNoBinary(t *testing.T) {
	if _, err := Start(t.Context(), Options{Version: "0.1"}); !errors.Is(err, ErrNoBinary) {
		t.Errorf("got %v", err)
	}
}
