package keychain

import (
	"errors"
	"os/exec"
	"syscall"

	"github.com/zalando/go-keyring"
)

// What can go wrong; ask with errors.Is. Hint says what a person can do about it.
var (
	ErrNotFound = errors.New("not in the keychain")
	ErrMissing  = errors.New("there is no keychain")
	ErrLocked   = errors.New("the keychain is locked")
	ErrRefused  = errors.New("the keychain refuses")
	ErrTooBig   = errors.New("too big for the keychain")
	ErrCorrupt  = errors.New("the keychain lost a part of it") // store it again
	ErrTimeout  = errors.New("the keychain doesn't answer")    // a Put or Delete may or may not have happened
	ErrBusy     = errors.New("the keychain is still busy with an earlier call")
	ErrClosed   = errors.New("the keychain is closed")
	ErrName     = errors.New("not a name for the keychain")
)

// reason tells apart what one error of ours can come from, where the hint differs.
type reason string

const (
	reasonNone    reason = ""
	reasonNoBus   reason = "no D-Bus session"
	reasonService reason = "no secret service on the session bus"
	reasonNoRing  reason = "no keyring was ever made"
	reasonSandbox reason = "the sandbox forbids it"
)

// trouble is a provider's error with its kind.
type trouble struct {
	kind   error
	reason reason
	cause  error
}

func (t *trouble) Error() string {
	s := t.kind.Error()
	if t.reason != reasonNone {
		s += " (" + string(t.reason) + ")"
	}
	if t.cause != nil {
		s += ": " + brief(t.cause.Error())
	}
	return s
}

// Is matches the kind only: callers must not depend on a provider's own errors.
func (t *trouble) Is(target error) bool { return t.kind == target }

// classify gives a provider's error one of our kinds. go-keyring types only two of its errors.
func classify(goos string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, keyring.ErrNotFound):
		return ErrNotFound
	case errors.Is(err, keyring.ErrSetDataTooBig):
		return ErrTooBig
	}
	t := &trouble{kind: ErrRefused, cause: err}
	switch goos {
	case "darwin":
		t.kind = classifyMac(err)
	case "windows":
		t.kind = classifyWindows(err)
	default:
		t.reason, t.kind = classifyUnix(err)
	}
	return t
}

// classifyMac reads the exit code of /usr/bin/security: the low byte of the OSStatus.
func classifyMac(err error) error {
	if _, ok := errors.AsType[*exec.Error](err); ok {
		return ErrMissing
	}
	exit, ok := errors.AsType[interface {
		error
		ExitCode() int
	}](err)
	if !ok {
		return ErrRefused
	}
	switch exit.ExitCode() {
	case 36, 51, 128: // errSecInteractionNotAllowed, errSecAuthFailed, the person pressed Cancel
		return ErrLocked
	case 37, 50, 53: // errSecNoDefaultKeychain, errSecNoSuchKeychain, errSecNotAvailable
		return ErrMissing
	}
	return ErrRefused
}

// classifyWindows reads the error numbers of CredRead and CredWrite.
func classifyWindows(err error) error {
	number, ok := errors.AsType[syscall.Errno](err)
	if !ok {
		return ErrRefused
	}
	switch int(number) {
	case 1168: // ERROR_NOT_FOUND
		return ErrNotFound
	case 1058, 1312, 1722: // ERROR_SERVICE_DISABLED, ERROR_NO_SUCH_LOGON_SESSION, RPC_S_SERVER_UNAVAILABLE
		return ErrMissing
	}
	return ErrRefused
}

// brief bounds a foreign text.
func brief(s string) string {
	const most = 200
	if len(s) > most {
		return s[:most] + "…"
	}
	return s
}
