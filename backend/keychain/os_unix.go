//go:build !darwin && !windows

package keychain

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/godbus/dbus/v5"
)

var errNoBus = errors.New("neither DBUS_SESSION_BUS_ADDRESS nor XDG_RUNTIME_DIR leads to a session bus")

// ready makes sure that there is a session bus, for godbus would start one by dbus-launch: a bus with an
// empty keyring that nobody else sees. It looks where the D-Bus specification says, which godbus does only in part, and
// writes down what it found as godbus does.
func ready() error {
	if a := os.Getenv("DBUS_SESSION_BUS_ADDRESS"); a != "" && !strings.HasPrefix(a, "autolaunch:") {
		return nil
	}
	dir := os.Getenv("XDG_RUNTIME_DIR")
	if dir == "" {
		dir = filepath.Join("/run/user", strconv.Itoa(os.Getuid()))
	}
	bus := filepath.Join(dir, "bus")
	info, err := os.Stat(bus) //nolint:gosec // the session says where its bus is; only looked at
	if err != nil || info.Mode()&os.ModeSocket == 0 {
		return errNoBus
	}
	if err := os.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+dbus.EscapeBusAddressValue(bus)); err != nil {
		return fmt.Errorf("%w: %w", errNoBus, err)
	}
	return nil
}

// classifyUnix reads what godbus and go-keyring's Secret Service client give.
func classifyUnix(err error) (why reason, kind error) {
	if e, ok := errors.AsType[dbus.Error](err); ok {
		return classifyDBus(e.Name)
	}
	_, noLaunch := errors.AsType[*exec.Error](err)
	_, noDial := errors.AsType[*net.OpError](err)
	switch {
	case noLaunch, noDial, errors.Is(err, errNoBus), errors.Is(err, dbus.ErrClosed), errors.Is(err, io.EOF):
		return reasonNoBus, ErrMissing
	case strings.HasPrefix(err.Error(), "failed to unlock correct collection '/org/freedesktop/secrets/aliases/default'"):
		return reasonNoRing, ErrLocked
	case strings.HasPrefix(err.Error(), "failed to unlock correct collection"):
		return reasonNone, ErrLocked
	}
	return reasonNone, ErrRefused
}

func classifyDBus(name string) (why reason, kind error) {
	switch name {
	case "org.freedesktop.DBus.Error.ServiceUnknown", "org.freedesktop.DBus.Error.NameHasNoOwner",
		"org.freedesktop.DBus.Error.NoReply", "org.freedesktop.DBus.Error.TimedOut":
		return reasonService, ErrMissing
	case "org.freedesktop.DBus.Error.Disconnected", "org.freedesktop.DBus.Error.NoServer":
		return reasonNoBus, ErrMissing
	case "org.freedesktop.DBus.Error.AccessDenied":
		return reasonSandbox, ErrRefused
	case "org.freedesktop.Secret.Error.IsLocked":
		return reasonNone, ErrLocked
	case "org.freedesktop.Secret.Error.NoSuchObject", "org.freedesktop.DBus.Error.UnknownObject":
		return reasonNoRing, ErrLocked
	}
	if strings.HasPrefix(name, "org.freedesktop.DBus.Error.Spawn.") {
		return reasonService, ErrMissing
	}
	return reasonNone, ErrRefused
}
