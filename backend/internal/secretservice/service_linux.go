package secretservice

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

const (
	name    = "org.freedesktop.secrets"
	startup = 20 * time.Second // a loaded machine
	// config is a session bus that can't start anything by itself.
	config = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=%s</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`
)

// Option changes what Start starts.
type Option func(*Service)

// WithoutDaemon leaves the bus without a secret service until Unlock or Lock.
func WithoutDaemon() Option { return func(s *Service) { s.bare = true } }

// Service is one private session bus with one gnome-keyring-daemon.
type Service struct {
	home, runtime, address string
	bare                   bool
	daemon                 *process
}

// process is a child that somebody waits for.
type process struct {
	cmd  *exec.Cmd
	done chan struct{}
}

// Start starts a bus and, on it, an unlocked and empty keyring; both end with the test. The test's own environment is
// set, so go-keyring in this process and in children uses it; so the test can't be parallel.
func Start(tb testing.TB, o ...Option) *Service {
	tb.Helper()
	need(tb, "dbus-daemon", "gnome-keyring-daemon")
	dir, err := os.MkdirTemp("", "secret") //nolint:usetesting // tb.TempDir can be too long for a socket's path
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = os.RemoveAll(dir) })
	s := &Service{home: filepath.Join(dir, "home"), runtime: filepath.Join(dir, "run")}
	for _, d := range []string{s.home, s.runtime} {
		if err := os.Mkdir(d, 0o700); err != nil {
			tb.Fatal(err)
		}
	}
	for _, f := range o {
		f(s)
	}
	s.startBus(tb, dir)
	for _, kv := range s.Env() {
		k, v, _ := strings.Cut(kv, "=")
		tb.Setenv(k, v)
	}
	s.dropShared(tb)
	tb.Cleanup(func() { s.dropShared(tb) })
	tb.Cleanup(func() { s.Kill(tb) })
	if !s.bare {
		s.Unlock(tb)
	}
	return s
}

// NoBus is an environment without any session bus, for this process and its children.
func NoBus(tb testing.TB) {
	tb.Helper()
	tb.Setenv("XDG_RUNTIME_DIR", tb.TempDir())
	tb.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	tb.Setenv("DISPLAY", "")
	tb.Setenv("PATH", tb.TempDir()) // no dbus-launch
}

// Env is what a child process needs to use this keyring and no other.
func (s *Service) Env() []string {
	return []string{
		"DBUS_SESSION_BUS_ADDRESS=" + s.address,
		"HOME=" + s.home,
		"XDG_RUNTIME_DIR=" + s.runtime,
		"XDG_CONFIG_HOME=" + filepath.Join(s.home, ".config"),
		"XDG_DATA_HOME=" + filepath.Join(s.home, ".local", "share"),
		"XDG_CACHE_HOME=" + filepath.Join(s.home, ".cache"),
		"DISPLAY=", "WAYLAND_DISPLAY=",
	}
}

// Home is the folder that HOME names.
func (s *Service) Home() string { return s.home }

// Unlock starts the daemon anew with its keyring unlocked; what was stored is kept.
func (s *Service) Unlock(tb testing.TB) {
	tb.Helper()
	s.startDaemon(tb, "--unlock")
}

// Lock starts the daemon anew with its keyring locked. Nothing on this bus can show a prompt.
func (s *Service) Lock(tb testing.TB) {
	tb.Helper()
	s.startDaemon(tb)
}

// Kill ends the daemon as a crash would, and returns when the bus has noticed.
func (s *Service) Kill(tb testing.TB) {
	tb.Helper()
	if s.daemon == nil {
		return
	}
	s.daemon.kill()
	s.daemon = nil
	s.await(tb, false)
}

// Users are the names of a service's items in the unlocked keyring, sorted: what go-keyring can't tell.
func (s *Service) Users(tb testing.TB, service string) []string {
	tb.Helper()
	conn, err := dbus.Connect(s.address)
	if err != nil {
		tb.Fatalf("private bus: %v", err)
	}
	defer func() { _ = conn.Close() }()
	var open, locked []dbus.ObjectPath
	search := conn.Object(name, "/org/freedesktop/secrets").Call("org.freedesktop.Secret.Service.SearchItems", 0, map[string]string{"service": service})
	if err := search.Store(&open, &locked); err != nil {
		tb.Fatalf("search keyring: %v", err)
	}
	var users []string
	for _, item := range open {
		v, err := conn.Object(name, item).GetProperty("org.freedesktop.Secret.Item.Attributes")
		if err != nil {
			tb.Fatalf("read keyring: %v", err)
		}
		attributes, ok := v.Value().(map[string]string)
		if !ok {
			tb.Fatalf("read keyring: attributes are a %T", v.Value())
		}
		users = append(users, attributes["username"])
	}
	slices.Sort(users)
	return users
}

func (s *Service) startBus(tb testing.TB, dir string) {
	tb.Helper()
	conf := filepath.Join(dir, "bus.conf")
	if err := os.WriteFile(conf, fmt.Appendf(nil, config, filepath.Join(s.runtime, "bus")), 0o600); err != nil {
		tb.Fatal(err)
	}
	cmd := exec.Command("dbus-daemon", "--config-file="+conf, "--nofork", "--print-address=1") // killed below
	cmd.Env = []string{"HOME=" + s.home, "PATH=" + os.Getenv("PATH")}
	out, err := cmd.StdoutPipe()
	if err != nil {
		tb.Fatal(err)
	}
	p := start(tb, cmd)
	tb.Cleanup(p.kill)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		tb.Fatalf("dbus-daemon gives no address: %v", err)
	}
	s.address = strings.TrimSpace(line)
}

func (s *Service) startDaemon(tb testing.TB, args ...string) {
	tb.Helper()
	s.Kill(tb)
	cmd := exec.Command("gnome-keyring-daemon", append([]string{"--foreground", "--components=secrets"}, args...)...) // ended by Kill
	cmd.Env = append(s.Env(), "PATH="+os.Getenv("PATH"))
	cmd.Stdin = strings.NewReader("test password")
	s.daemon = start(tb, cmd)
	s.await(tb, true)
}

// await returns when the bus has, or hasn't, a secret service.
func (s *Service) await(tb testing.TB, want bool) {
	tb.Helper()
	conn, err := dbus.Connect(s.address)
	if err != nil {
		tb.Fatalf("private bus: %v", err)
	}
	defer func() { _ = conn.Close() }()
	signals := make(chan *dbus.Signal, 16)
	conn.Signal(signals)
	if err := conn.AddMatchSignal(dbus.WithMatchInterface("org.freedesktop.DBus"), dbus.WithMatchMember("NameOwnerChanged")); err != nil {
		tb.Fatalf("private bus: %v", err)
	}
	late := time.After(startup)
	for {
		var owned bool
		if err := conn.BusObject().Call("org.freedesktop.DBus.NameHasOwner", 0, name).Store(&owned); err != nil {
			tb.Fatalf("private bus: %v", err)
		}
		if owned == want {
			return
		}
		select {
		case <-signals:
		case <-late:
			tb.Fatalf("after %v the private bus has a secret service: %t, want %t", startup, owned, want)
		}
	}
}

// dropShared makes go-keyring dial anew: godbus keeps one connection for the whole process, to the bus of an earlier test.
func (s *Service) dropShared(tb testing.TB) {
	tb.Helper()
	conn, err := dbus.SessionBus() // the old one, or a new one to our bus: Start has set the environment
	if err != nil {
		tb.Errorf("shared session bus connection: %v", err)
		return
	}
	_ = conn.Close()
}

func start(tb testing.TB, cmd *exec.Cmd) *process {
	tb.Helper()
	cmd.Stderr = io.Discard
	if err := cmd.Start(); err != nil {
		tb.Fatalf("start %s: %v", filepath.Base(cmd.Path), err)
	}
	p := &process{cmd: cmd, done: make(chan struct{})}
	go func() {
		defer close(p.done)
		_ = cmd.Wait() // killed
	}()
	return p
}

func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	<-p.done
}

func need(tb testing.TB, programs ...string) {
	tb.Helper()
	for _, p := range programs {
		if _, err := exec.LookPath(p); err != nil {
			const text = "no %s: apt-get install gnome-keyring dbus-daemon"
			if os.Getenv("CI") == "true" {
				tb.Fatalf(text, p)
			}
			tb.Skipf(text, p)
		}
	}
}
