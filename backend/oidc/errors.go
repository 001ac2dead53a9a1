package oidc

import (
	"context"
	"errors"
	"fmt"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// The ways in which a sign-in ends without tokens, besides a *Refusal and errors of the network.
var (
	ErrEnded        = errors.New("the session has ended: sign in again")
	ErrTimeout      = errors.New("the sign-in was not finished in time: start it again")
	ErrCancelled    = errors.New("the sign-in was cancelled")
	ErrCannotRevoke = errors.New("the identity provider can't revoke a session: it ends when its tokens expire")
)

// Refusal is an identity provider's no, in answer to a well-formed question.
//
//nolint:errname // an identity provider's answer first, an error second
type Refusal struct {
	Code string // of RFC 6749 and its kin: access_denied, invalid_client...
	Text string // the provider's own words, or ""
}

func (r *Refusal) Error() string { return "the identity provider refused: " + r.words() + r.hint() }

func (r *Refusal) words() string {
	if r.Text != "" {
		return r.Text
	}
	return r.Code
}

func (r *Refusal) hint() string {
	switch r.Code {
	case "invalid_client", "unauthorized_client":
		return " (check the client ID and its secret)"
	case "invalid_scope":
		return " (remove a scope that the provider doesn't have)"
	case "access_denied":
		return " (access was denied)"
	default:
		return ""
	}
}

func refusal(code, text string) *Refusal {
	return &Refusal{Code: shown(code, 64), Text: shown(text, 300)}
}

// IssuerError says that the provider at an address goes by another: its tokens would name that one.
type IssuerError struct{ Asked, Says string }

func (e *IssuerError) Error() string {
	return fmt.Sprintf("the identity provider at %s calls itself %s: use that address", e.Asked, e.Says)
}

// shown makes hostile text fit to be shown: at most limit characters, nothing invisible.
func shown(text string, limit int) string {
	for i := range text {
		if limit--; limit < 0 {
			return kubeconfig.Clean(text[:i]) + "…"
		}
	}
	return kubeconfig.Clean(text)
}

// told gives an error the reason why a call was ended from outside: ctx is the caller's, limited has our own time limit.
func told(ctx, limited context.Context, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(ctx.Err(), context.Canceled):
		return ErrCancelled
	case limited.Err() != nil:
		return ErrTimeout
	default:
		return err
	}
}
