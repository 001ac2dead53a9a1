package object

import (
	"cmp"
	"context"
	"errors"
	"net/http"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/binnacle-dev/binnacle/backend/plain"
)

// ErrConflict says that somebody else was faster; nothing was written. Preview again.
var ErrConflict = errors.New("somebody else changed the object meanwhile")

// ErrReplaced says that another object bears the name now.
var ErrReplaced = errors.New("the object was deleted, and another one bears its name now")

// UnknownKindError says that the member doesn't serve a kind.
type UnknownKindError struct{ Kind string }

func (e *UnknownKindError) Error() string { return "this cluster doesn't serve " + e.Kind }

// InvalidError is a person's input that can't be used, in words for them.
type InvalidError struct {
	Message string
	Line    int // of their YAML; 0 is none
}

func (e *InvalidError) Error() string { return e.Message }

func invalid(message string) error { return &InvalidError{Message: message} }

// Why says in words for people why a request failed. The text is cleaned.
func Why(err error) string {
	status, isStatus := errors.AsType[*apierrors.StatusError](err)
	switch {
	case err == nil:
		return ""
	case !isStatus && errors.Is(err, context.DeadlineExceeded):
		return "The cluster didn't answer in time. Try again."
	case !isStatus && errors.Is(err, context.Canceled):
		return "It was cancelled."
	case !isStatus:
		return "It couldn't be asked: " + plain.Line(err.Error(), maxText)
	}
	said := plain.Line(status.ErrStatus.Message, maxText)
	switch status.ErrStatus.Code {
	case http.StatusUnauthorized:
		return "The cluster doesn't know you any more. Sign in again."
	case http.StatusForbidden:
		return "The cluster doesn't allow it: " + said
	case http.StatusNotFound:
		return "It isn't there any more, or this cluster doesn't have it."
	case http.StatusTooManyRequests:
		return "The cluster is busy. Try again in a moment."
	default:
		return "The cluster refused: " + cmp.Or(said, "it gave no reason") + "."
	}
}

// gone is Why for an object that a link leads to.
func gone(err error) string {
	switch {
	case errors.Is(err, ErrReplaced):
		return "It is gone; another object bears its name now."
	case apierrors.IsNotFound(err):
		return "It is gone."
	}
	if e, ok := errors.AsType[*UnknownKindError](err); ok {
		return "This cluster doesn't serve " + e.Kind + "."
	}
	return Why(err)
}

func asStatus(err error) (metav1.Status, bool) {
	status, ok := errors.AsType[*apierrors.StatusError](err)
	if !ok {
		return metav1.Status{}, false
	}
	return status.ErrStatus, true
}
