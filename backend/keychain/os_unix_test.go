//go:build !darwin && !windows

package keychain

import (
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/godbus/dbus/v5"
)

func TestClassifyUnix(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		want error
		why  reason
	}{
		"no bus":                {errNoBus, ErrMissing, reasonNoBus},
		"no dbus-launch":        {&exec.Error{Name: "dbus-launch", Err: exec.ErrNotFound}, ErrMissing, reasonNoBus},
		"a bus that is gone":    {&net.OpError{Op: "dial", Err: os.ErrNotExist}, ErrMissing, reasonNoBus},
		"closed under us":       {dbus.ErrClosed, ErrMissing, reasonNoBus},
		"cut":                   {io.EOF, ErrMissing, reasonNoBus},
		"no service":            {dbus.Error{Name: "org.freedesktop.DBus.Error.ServiceUnknown"}, ErrMissing, reasonService},
		"service can't start":   {dbus.Error{Name: "org.freedesktop.DBus.Error.Spawn.ChildExited"}, ErrMissing, reasonService},
		"service died":          {dbus.Error{Name: "org.freedesktop.DBus.Error.NoReply"}, ErrMissing, reasonService},
		"sandbox":               {dbus.Error{Name: "org.freedesktop.DBus.Error.AccessDenied"}, ErrRefused, reasonSandbox},
		"locked by then":        {dbus.Error{Name: "org.freedesktop.Secret.Error.IsLocked"}, ErrLocked, reasonNone},
		"no keyring":            {dbus.Error{Name: "org.freedesktop.Secret.Error.NoSuchObject"}, ErrLocked, reasonNoRing},
		"another dbus error":    {dbus.Error{Name: "org.example.Odd"}, ErrRefused, reasonNone},
		"prompt dismissed":      {errors.New("failed to unlock correct collection '/org/freedesktop/secrets/collection/login'"), ErrLocked, reasonNone},
		"no default collection": {errors.New("failed to unlock correct collection '/org/freedesktop/secrets/aliases/default'"), ErrLocked, reasonNoRing},
		"something else":        {errors.New("odd"), ErrRefused, reasonNone},
	} {
		why, kind := classifyUnix(c.err)
		if !errors.Is(kind, c.want) || why != c.why {
			t.Errorf("%s: %v %q, want %v %q", name, kind, why, c.want, c.why)
		}
	}
}

func TestReady(t *testing.T) {
	empty, full := t.TempDir(), shortDir(t)
	l, err := net.Listen("unix", filepath.Join(full, "bus"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	file := t.TempDir()
	if err := os.WriteFile(filepath.Join(file, "bus"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		address, runtime string
		want             error
		wantAddress      string
	}{
		"an address":            {"unix:path=/x", empty, nil, "unix:path=/x"},
		"a socket":              {"", full, nil, "unix:path=" + dbus.EscapeBusAddressValue(filepath.Join(full, "bus"))},
		"autolaunch":            {"autolaunch:", empty, errNoBus, "autolaunch:"},
		"autolaunch and socket": {"autolaunch:scope=x", full, nil, "unix:path=" + dbus.EscapeBusAddressValue(filepath.Join(full, "bus"))},
		"nothing":               {"", empty, errNoBus, ""},
		"a file":                {"", file, errNoBus, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("DBUS_SESSION_BUS_ADDRESS", c.address)
			t.Setenv("XDG_RUNTIME_DIR", c.runtime)
			err := ready()
			if got := os.Getenv("DBUS_SESSION_BUS_ADDRESS"); !errors.Is(err, c.want) || got != c.wantAddress {
				t.Errorf("%v, address %s", err, got)
			}
		})
	}
}

// shortDir is a folder whose path is short enough for a socket.
func shortDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "bus") //nolint:usetesting // t.TempDir is too long for a socket
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}
