package viewsync

import (
	"context"
	"errors"
	"fmt"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

// What a call on a Store can say, beside the cluster's own errors (which errors.As finds as *apierrors.StatusError).
var (
	ErrNotFound = errors.New("no view is saved there")
	ErrConflict = errors.New("the view was changed meanwhile")
	ErrForeign  = errors.New("the Secret isn't this user's view")
	ErrDamaged  = errors.New("the view's Secrets are incomplete")
	ErrGarbled  = errors.New("the view's Secret can't be understood")
	ErrNewer    = errors.New("the view was written by a newer Binnacle")
	ErrTooBig   = errors.New("the view is larger than a primary can hold")
	ErrNowhere  = errors.New("there is no namespace to save the view in")
)

// Try is one namespace where the view can't be saved, and why.
type Try struct{ Namespace, Why string }

// NowhereError is ErrNowhere with what was tried, in order.
type NowhereError struct{ Tries []Try }

// Error lists the tries.
func (e *NowhereError) Error() string {
	if len(e.Tries) == 0 {
		return ErrNowhere.Error() + "; name one that you may keep Secrets in"
	}
	said := make([]string, len(e.Tries))
	for i, t := range e.Tries {
		said[i] = t.Namespace + ": " + t.Why
	}
	return ErrNowhere.Error() + " (" + strings.Join(said, "; ") + ")"
}

// Is makes it an ErrNowhere.
func (*NowhereError) Is(target error) bool { return target == ErrNowhere }

// refused says whether the primary refuses the person: asking again by itself is of no use.
func refused(err error) bool { return apierrors.IsUnauthorized(err) || apierrors.IsForbidden(err) }

// explain is an error in words for the person who waits for their view to be saved.
func explain(err error) string {
	switch {
	case err == nil:
		return ""
	case apierrors.IsUnauthorized(err):
		return "the primary doesn't accept your credentials; give it new ones or sign in again"
	case apierrors.IsForbidden(err):
		return "the primary doesn't let you do that: " + plain(err.Error())
	case apierrors.IsTooManyRequests(err):
		return "the primary is busy"
	case errors.Is(err, context.DeadlineExceeded):
		return "the primary didn't answer in time"
	case errors.Is(err, ErrConflict):
		return "another machine kept changing the view"
	default:
		return plain(err.Error())
	}
}

const maxWords = 300

// plain makes text of a server fit to show: one line, no control or direction characters, not long.
func plain(s string) string {
	var b strings.Builder
	for _, r := range s {
		if b.Len() > maxWords {
			b.WriteString("…")
			break
		}
		switch {
		case r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0, r == '\u2028', r == '\u2029':
			b.WriteByte(' ')
		case r >= '\u200b' && r <= '\u200f', r >= '\u202a' && r <= '\u202e', r >= '\u2060' && r <= '\u206f', r == '\ufeff':
		default:
			b.WriteRune(r)
		}
	}
	return strings.TrimSpace(b.String())
}

func because(what string, err error) error { return fmt.Errorf("%s: %w", what, err) }
