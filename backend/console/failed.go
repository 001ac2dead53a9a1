package console

import (
	"context"
	"errors"
	"log/slog"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/fleet"
	"github.com/binnacle-dev/binnacle/backend/guard"
	"github.com/binnacle-dev/binnacle/backend/keychain"
	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/local"
	"github.com/binnacle-dev/binnacle/backend/seal"
	"github.com/binnacle-dev/binnacle/backend/view"
	"github.com/binnacle-dev/binnacle/backend/viewsync"
)

// Failed is the one place where a cause becomes an error for the page; the cause goes to the log.
func (c *Console) Failed(err error) *bridge.Error {
	e := shape(err)
	level := slog.LevelInfo
	if e.Code == bridge.CodeInternal {
		level = slog.LevelError
	}
	c.Logger().Log(context.Background(), level, "use-case failed", //nolint:forbidigo // slog wants one and uses it for nothing
		slog.String("code", string(e.Code)), slog.Any("error", e))
	return e
}

func shape(err error) *bridge.Error {
	if e, ok := errors.AsType[*bridge.Error](err); ok {
		return e
	}
	if field, ok := errors.AsType[*view.FieldError](err); ok {
		return bridge.Wrap(bridge.CodeInvalid, err, sentence(field.Error()), "")
	}
	switch {
	case errors.Is(err, context.Canceled):
		return bridge.Wrap(bridge.CodeBusy, err, "Cancelled.", "")
	case keychain.Hint(err) != "":
		return bridge.Wrap(bridge.CodeKeychain, err, "The keychain can't be used: "+err.Error()+".", keychain.Hint(err))
	case errors.Is(err, seal.ErrPassphrase):
		return bridge.Wrap(bridge.CodePassphrase, err, "That isn't the passphrase of this view.", "Check caps lock and the keyboard layout. It can't be reset.")
	case errors.Is(err, viewsync.ErrNoKey):
		return bridge.Wrap(bridge.CodePassphrase, err, "This machine lacks the view's key.", "Unlock the view with its passphrase first.")
	case errors.Is(err, guard.ErrName), errors.Is(err, guard.ErrNotProtected), errors.Is(err, guard.ErrDuration):
		return bridge.Wrap(bridge.CodeInvalid, err, sentence(err.Error()), "")
	case errors.Is(err, view.ErrUnknownMember), errors.Is(err, guard.ErrUnknown):
		return bridge.Wrap(bridge.CodeNotFound, err, "That cluster is no longer in the view.", "")
	case errors.Is(err, local.ErrFull):
		return bridge.Wrap(bridge.CodeInternal, err, "The disk is full: nothing was changed.", "Free some space and try again.")
	case errors.Is(err, viewsync.ErrNoConflict), errors.Is(err, viewsync.ErrNoQuestion), errors.Is(err, viewsync.ErrNothingLocked):
		return bridge.Wrap(bridge.CodeNotFound, err, "That is settled already.", "")
	case errors.Is(err, kubeconfig.ErrRunsProgram), errors.Is(err, kubeconfig.ErrAuthProvider):
		_, cause := fleet.Classify(err)
		return bridge.Wrap(bridge.CodeLogin, err, cause, "")
	case errors.Is(err, fleet.ErrNoCredential):
		return bridge.Wrap(bridge.CodeLogin, err, "This machine has no credential for that cluster.", "Give it one: the row's menu, Replace credentials.")
	case errors.Is(err, view.ErrNewer):
		return bridge.Wrap(bridge.CodeConflict, err, "A newer Binnacle wrote this view; it can be shown here, not changed.", "Update Binnacle on this machine.")
	}
	return bridge.Shape(err)
}

// sentence makes an error's text fit to be shown.
func sentence(s string) string {
	if s == "" {
		return s
	}
	first := []rune(s)
	if first[0] >= 'a' && first[0] <= 'z' {
		first[0] -= 'a' - 'A'
	}
	return string(first) + "."
}

// notFound says that something the page named is gone.
func notFound(what string) error {
	return bridge.Wrap(bridge.CodeNotFound, nil, "That "+what+" is no longer there.", "")
}
