package podlogs

import (
	"context"
	"errors"
	"net/http"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

const maxWord = 300

// clean makes a stranger's words fit to be shown: short, one line, plain.
func clean(s string) string {
	s = strings.Join(strings.Fields(plain([]byte(s[:min(len(s), 4*maxWord)]))), " ")
	if len(s) > maxWord {
		s = s[:whole([]byte(s[:maxWord]))] + "…"
	}
	return s
}

// verdict is how a source, or a search for pods, stands after an error.
func verdict(err error, what string) (State, string) {
	status, refused := errors.AsType[*apierrors.StatusError](err)
	switch {
	case errors.Is(err, errBroken):
		return Waiting, "The stream broke off. It is taken up again."
	case errors.Is(err, context.DeadlineExceeded):
		return Failed, "The cluster didn't answer in time. It is asked again."
	case errors.Is(err, errNoSelector):
		return Failed, "It has no selector, so its pods can't be found. Open the logs of the pods themselves."
	case !refused:
		return Failed, clean(err.Error())
	}
	message := clean(status.ErrStatus.Message)
	switch status.ErrStatus.Code {
	case http.StatusUnauthorized:
		return Failed, "The cluster doesn't know you any more. Sign in again."
	case http.StatusForbidden:
		return Failed, "You may not read " + what + " here. " + message
	case http.StatusNotFound:
		return Failed, "It is not there: " + message
	case http.StatusBadRequest: // mostly "container is waiting to start"
		return Waiting, message
	case http.StatusTooManyRequests:
		return Failed, "The cluster is too busy. It is asked again."
	}
	return Failed, message
}
