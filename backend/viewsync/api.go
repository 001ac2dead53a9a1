package viewsync

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/rest"
)

const (
	// callLimit ends a call that gets no answer: a pass has few calls, and the person watches the state.
	callLimit = 10 * time.Second
	// maxAnswer is above the largest Secret there can be (1 MiB of data, base64, and its metadata).
	maxAnswer = 3 << 20
	maxError  = 64 << 10

	metadataOnly = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1"
)

// api is HTTP to one API server. It is used instead of a typed client, which would add 20 MB to the program and neither
// bounds an answer's size nor keeps from repeating a write by itself.
type api struct {
	base   *url.URL
	client *http.Client
	limit  time.Duration
}

func newAPI(cfg *rest.Config) (*api, error) {
	cfg = rest.CopyConfig(cfg)
	cfg.Timeout = 0 // it would cut a watch; every call has its own deadline
	base, _, err := rest.DefaultServerUrlFor(cfg)
	if err != nil {
		return nil, because("the primary's address", err)
	}
	client, err := rest.HTTPClientFor(cfg)
	if err != nil {
		return nil, because("the primary's connection", err)
	}
	// No redirects: the credentials are added to every request of this client, so they would follow to another host.
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &api{base: base, client: &http.Client{Transport: client.Transport, CheckRedirect: stay}, limit: callLimit}, nil
}

type call struct {
	method, path string
	query        url.Values
	accept       string
	body         any
	into         any
}

// do makes one call, once. An answer above 299 is an *apierrors.StatusError.
func (a *api) do(ctx context.Context, c call) error {
	ctx, cancel := context.WithTimeout(ctx, a.limit)
	defer cancel()
	answer, err := a.send(ctx, c)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer+1))
	switch {
	case err != nil:
		return because("read the answer", err)
	case len(raw) > maxAnswer:
		return errors.New("the answer is too large")
	case c.into == nil:
		return nil
	}
	if json.Unmarshal(raw, c.into) != nil { // the decoder's own error may quote what it read
		return errors.New("the answer is no JSON of the expected form; is a proxy or a sign-in page in between?")
	}
	return nil
}

// send gives an answer below 300; its body is the caller's to close.
func (a *api) send(ctx context.Context, c call) (*http.Response, error) {
	target := *a.base
	target.Path = strings.TrimSuffix(target.Path, "/") + c.path
	target.RawQuery = c.query.Encode()
	var body io.Reader
	if c.body != nil {
		raw, err := json.Marshal(c.body)
		if err != nil {
			return nil, because("write the request", err)
		}
		body = bytes.NewReader(raw)
	}
	request, err := http.NewRequestWithContext(ctx, c.method, target.String(), body)
	if err != nil {
		return nil, because("make the request", err)
	}
	request.Header.Set("Accept", "application/json")
	if c.accept != "" {
		request.Header.Set("Accept", c.accept)
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	answer, err := a.client.Do(request)
	if err != nil {
		return nil, reachError(err)
	}
	if answer.StatusCode > 299 {
		defer answer.Body.Close()
		return nil, statusError(answer)
	}
	return answer, nil
}

// reachError drops method and address from what net/http says: the address is the person's own, known where it is shown.
func reachError(err error) error {
	if e, ok := errors.AsType[*url.Error](err); ok {
		err = e.Err
	}
	return because("reach the primary", err)
}

func statusError(answer *http.Response) error {
	raw, _ := io.ReadAll(io.LimitReader(answer.Body, maxError)) // what of it came says enough
	status := metav1.Status{}
	if json.Unmarshal(raw, &status) != nil || status.Kind != "Status" || int(status.Code) != answer.StatusCode {
		e := apierrors.NewGenericServerResponse(answer.StatusCode, "", schema.GroupResource{}, "", "", 0, false)
		e.ErrStatus.Message = fmt.Sprintf("the primary answered %d %s", answer.StatusCode, http.StatusText(answer.StatusCode))
		status = e.ErrStatus
	}
	status.Message = plain(status.Message)
	if after, err := time.ParseDuration(answer.Header.Get("Retry-After") + "s"); err == nil && after > 0 {
		if status.Details == nil {
			status.Details = &metav1.StatusDetails{}
		}
		status.Details.RetryAfterSeconds = int32(min(after, time.Minute) / time.Second)
	}
	return &apierrors.StatusError{ErrStatus: status}
}
