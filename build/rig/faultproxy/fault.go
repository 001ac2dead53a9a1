package faultproxy

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// fault is a rule applied to one request.
type fault struct {
	*rule
	body *spoiledBody // nil unless the body is spoiled
}

var errCut = errors.New("the fault proxy cut this response")

// apply spoils the request. It returns the writer to answer with, or nil if
// nothing is left to be done.
func (f *fault) apply(p *Proxy, w http.ResponseWriter, r *http.Request) http.ResponseWriter {
	if f.Accept != "" {
		r.Header.Set("Accept", f.Accept)
	}
	if !f.wait(r.Context(), p) {
		return nil
	}
	if f.Cut == CutBefore {
		linkOf(r).reset()
		return nil
	}
	if f.Cut == CutBody || f.BytesPerSecond > 0 {
		f.body = &spoiledBody{ResponseWriter: w, rule: f.rule, request: r}
		w = f.body
	}
	switch {
	case f.Body != "":
		w.Header().Set("Content-Type", cmp.Or(f.Type, "text/html; charset=utf-8"))
		w.WriteHeader(max(f.Status, http.StatusOK))
		_, _ = w.Write([]byte(f.Body)) // the client may be gone
		return nil
	case f.Status != 0:
		f.writeStatus(w)
		return nil
	}
	return w
}

// wait says whether the request is still wanted after it.
func (f *fault) wait(ctx context.Context, p *Proxy) bool {
	if f.Delay > 0 {
		select {
		case <-time.After(f.Delay):
		case <-ctx.Done():
			return false
		case <-p.closed:
			return false
		}
	}
	if f.Hang {
		select {
		case <-f.removed:
		case <-ctx.Done():
			return false
		case <-p.closed:
			return false
		}
	}
	return true
}

// end is the last word on a request: a body that had to break off has done so.
func (f *fault) end() {
	if f.body != nil && f.body.cut {
		panic(http.ErrAbortHandler) // or the server would finish the response
	}
}

func (f *fault) writeStatus(w http.ResponseWriter) {
	after := int32(f.RetryAfter.Seconds())
	if f.Status == http.StatusTooManyRequests {
		after = max(after, 1)
	}
	message := f.Message
	if message == "" {
		message = fmt.Sprintf("the fault proxy answers %d", f.Status)
	}
	writeStatus(w, f.Status, message, after)
}

// writeStatus answers as the API server does.
func writeStatus(w http.ResponseWriter, code int, message string, retryAfter int32) {
	status := metav1.Status{
		TypeMeta: metav1.TypeMeta{Kind: "Status", APIVersion: "v1"},
		Status:   metav1.StatusFailure, Code: int32(code), Reason: reason(code), Message: message,
	}
	w.Header().Set("Content-Type", "application/json")
	if retryAfter > 0 {
		w.Header().Set("Retry-After", fmt.Sprint(retryAfter))
		status.Details = &metav1.StatusDetails{RetryAfterSeconds: retryAfter}
	}
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(status) // the client may be gone
}

func reason(code int) metav1.StatusReason {
	switch code {
	case http.StatusBadRequest:
		return metav1.StatusReasonBadRequest
	case http.StatusUnauthorized:
		return metav1.StatusReasonUnauthorized
	case http.StatusForbidden:
		return metav1.StatusReasonForbidden
	case http.StatusNotFound:
		return metav1.StatusReasonNotFound
	case http.StatusConflict:
		return metav1.StatusReasonConflict
	case http.StatusGone:
		return metav1.StatusReasonExpired
	case http.StatusTooManyRequests:
		return metav1.StatusReasonTooManyRequests
	case http.StatusInternalServerError:
		return metav1.StatusReasonInternalError
	case http.StatusServiceUnavailable:
		return metav1.StatusReasonServiceUnavailable
	case http.StatusGatewayTimeout:
		return metav1.StatusReasonTimeout
	default:
		return metav1.StatusReasonUnknown
	}
}
