package keychain

import (
	"errors"
	"fmt"
	"strings"
	"syscall"
	"testing"

	"github.com/zalando/go-keyring"
)

// exit is an error of a program that ended with a code.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit status %d", int(e)) }
func (e exit) ExitCode() int { return int(e) }

func TestClassify(t *testing.T) {
	for name, c := range map[string]struct {
		goos string
		err  error
		want error
	}{
		"fine":                          {"linux", nil, nil},
		"not found":                     {"darwin", fmt.Errorf("x: %w", keyring.ErrNotFound), ErrNotFound},
		"too big":                       {"windows", keyring.ErrSetDataTooBig, ErrTooBig},
		"mac: no UI allowed":            {"darwin", exit(36), ErrLocked},
		"mac: wrong password":           {"darwin", exit(51), ErrLocked},
		"mac: cancelled":                {"darwin", exit(128), ErrLocked},
		"mac: no default keychain":      {"darwin", exit(37), ErrMissing},
		"mac: wrapped":                  {"darwin", fmt.Errorf("security: %w", exit(50)), ErrMissing},
		"mac: else":                     {"darwin", exit(1), ErrRefused},
		"mac: no exit":                  {"darwin", errors.New("broken pipe"), ErrRefused},
		"windows: no logon session":     {"windows", syscall.Errno(1312), ErrMissing},
		"windows: service is off":       {"windows", syscall.Errno(1058), ErrMissing},
		"windows: gone between":         {"windows", syscall.Errno(1168), ErrNotFound},
		"windows: access denied":        {"windows", syscall.Errno(5), ErrRefused},
		"windows: else":                 {"windows", errors.New("x"), ErrRefused},
		"ours stays what it is, linux":  {"linux", errPanicked, ErrRefused},
		"ours stays what it is, darwin": {"darwin", errEchoed, ErrRefused},
	} {
		if got := classify(c.goos, c.err); !errors.Is(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestForeignTextIsBounded(t *testing.T) {
	err := classify("linux", errors.New(strings.Repeat("long ", 1000)))
	if n := len(err.Error()); n > 300 {
		t.Errorf("%d bytes", n)
	}
}

func TestHints(t *testing.T) {
	for name, c := range map[string]struct {
		goos string
		err  error
		want string // in the hint
	}{
		"linux, no bus":      {"linux", &trouble{kind: ErrMissing, reason: reasonNoBus}, "dbus-run-session"},
		"linux, no service":  {"linux", &trouble{kind: ErrMissing, reason: reasonService}, "gnome-keyring"},
		"linux, KDE":         {"linux", &trouble{kind: ErrMissing, reason: reasonService}, "KWallet"},
		"linux, locked":      {"linux", &trouble{kind: ErrLocked}, "Unlock"},
		"linux, no keyring":  {"linux", &trouble{kind: ErrLocked, reason: reasonNoRing}, "make one"},
		"linux, sandbox":     {"linux", &trouble{kind: ErrRefused, reason: reasonSandbox}, "sandbox"},
		"linux, refused":     {"linux", &trouble{kind: ErrRefused}, "seahorse"},
		"mac, missing":       {"darwin", &trouble{kind: ErrMissing}, "Keychain Access"},
		"mac, locked":        {"darwin", &trouble{kind: ErrLocked}, "login keychain"},
		"mac, refused":       {"darwin", ErrRefused, "Keychain Access"},
		"windows, missing":   {"windows", &trouble{kind: ErrMissing}, "Credential Manager"},
		"windows, locked":    {"windows", ErrLocked, "Sign in"},
		"windows, refused":   {"windows", ErrRefused, "policy"},
		"timeout":            {"linux", fmt.Errorf("keychain: get x: %w", ErrTimeout), "prompt"},
		"busy":               {"darwin", ErrBusy, "prompt"},
		"corrupt":            {"linux", ErrCorrupt, "again"},
		"not found":          {"linux", ErrNotFound, "again"},
		"too big":            {"linux", ErrTooBig, "256 KiB"},
		"closed":             {"linux", ErrClosed, "again"},
		"memory is a way":    {"linux", &trouble{kind: ErrMissing}, "memory"},
		"locked, and memory": {"linux", &trouble{kind: ErrLocked}, "memory"},
	} {
		if got := hint(c.goos, fmt.Errorf("keychain: get a: %w", c.err)); !strings.Contains(got, c.want) {
			t.Errorf("%s: %q lacks %q", name, got, c.want)
		}
	}
	if got := Hint(errors.New("another's")); got != "" {
		t.Errorf("a hint for a foreign error: %q", got)
	}
}
