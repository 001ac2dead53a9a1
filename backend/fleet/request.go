package fleet

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/binnacle-dev/binnacle/backend/plain"
)

const (
	maxAnswer  = 8 << 20  // of Get and Post; aggregated discovery of a cluster with 500 CRDs is under 1 MiB
	maxRefusal = 64 << 10 // of an error's body
)

// errNotKubernetes says that something else answers at the address.
var errNotKubernetes = errors.New("the answer isn't one of a Kubernetes API server")

// redirectError is an answer that points elsewhere; it is not followed.
type redirectError struct{ to string }

func (e *redirectError) Error() string { return "redirected to " + e.to }

// Get reads path (below the server's own path, with a query if need be) as JSON into into. A refusal is an *apierrors.StatusError.
func (c *Client) Get(ctx context.Context, path string, into any) error {
	_, err := c.do(ctx, call{method: http.MethodGet, path: path, into: into})
	return err
}

// Post sends body as JSON and reads the answer into into.
func (c *Client) Post(ctx context.Context, path string, body, into any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("post %s: %w", path, err)
	}
	_, err = c.do(ctx, call{method: http.MethodPost, path: path, body: raw, into: into})
	return err
}

// call is one request.
type call struct {
	method, path string
	body         []byte
	kind         string // of body; "": JSON
	accept       string // "": JSON
	etag         string // asks for 304 when it still holds
	into         any
	most         int64 // bytes of the answer; 0: maxAnswer
	bare         bool  // without any proof of who asks
}

// head is what callers need of an answer besides its body.
type head struct {
	unchanged bool // since the etag that was asked with; into is left alone
	etag      string
}

func (c *Client) do(ctx context.Context, a call) (head, error) {
	h, err := c.exchange(ctx, a)
	if err != nil {
		return head{}, fmt.Errorf("%s %s: %w", a.method, a.path, err)
	}
	return h, nil
}

// exchange reads a JSON answer.
func (c *Client) exchange(ctx context.Context, a call) (head, error) {
	answer, err := c.answer(ctx, a)
	if err != nil {
		return head{}, err
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode == http.StatusNotModified {
		return head{unchanged: true, etag: a.etag}, nil
	}
	raw, err := io.ReadAll(&capped{ReadCloser: answer.Body, left: cmp.Or(a.most, maxAnswer)})
	if err != nil {
		return head{}, fmt.Errorf("read the answer: %w", err)
	}
	if json.Unmarshal(raw, a.into) != nil { // its error would quote what a stranger wrote
		return head{}, errNotKubernetes
	}
	return head{etag: answer.Header.Get("ETag")}, nil
}

// answer makes the request; what is no success, or no 304 to an etag, is an error. The caller closes the body.
func (c *Client) answer(ctx context.Context, a call) (*http.Response, error) {
	r, err := c.request(ctx, a)
	if err != nil {
		return nil, err
	}
	client := c.http
	if a.bare {
		client = &http.Client{Transport: c.wire, CheckRedirect: stay}
	}
	answer, err := client.Do(r)
	if err != nil {
		// url.Error names the whole address; the caller knows it, and people read the rest.
		if u, ok := errors.AsType[*url.Error](err); ok {
			err = u.Err
		}
		return nil, err
	}
	switch code := answer.StatusCode; {
	case code < 300, code == http.StatusNotModified && a.etag != "":
		return answer, nil
	case code >= 400:
		err = refusal(answer, a.method)
	default:
		err = &redirectError{to: redirectHost(answer)}
	}
	_ = answer.Body.Close()
	return nil, err
}

func redirectHost(answer *http.Response) string {
	to, err := answer.Location()
	if err != nil {
		return ""
	}
	return clean(to.Host)
}

func (c *Client) request(ctx context.Context, a call) (*http.Request, error) {
	path, query, _ := strings.Cut(a.path, "?")
	target := *c.base
	target.Path += path
	target.RawQuery = query
	var body io.Reader
	if a.body != nil {
		body = bytes.NewReader(a.body)
	}
	r, err := http.NewRequestWithContext(ctx, a.method, target.String(), body)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Accept", cmp.Or(a.accept, "application/json"))
	if a.body != nil {
		r.Header.Set("Content-Type", cmp.Or(a.kind, "application/json"))
	}
	if a.etag != "" {
		r.Header.Set("If-None-Match", a.etag)
	}
	return r, nil
}

// cleaned is the status with every text that is shown to people cleaned. Paths of fields and names are kept to the letter where
// they hold nothing else than they should.
func cleaned(s metav1.Status) metav1.Status {
	s.Message, s.Reason = plain.Line(s.Message, maxSaid), metav1.StatusReason(clean(string(s.Reason)))
	if s.Details == nil {
		return s
	}
	d := *s.Details
	d.Name, d.Group, d.Kind = clean(d.Name), clean(d.Group), clean(d.Kind)
	d.Causes = d.Causes[:min(len(d.Causes), maxList)]
	for i, cause := range d.Causes {
		d.Causes[i] = metav1.StatusCause{
			Type: metav1.CauseType(clean(string(cause.Type))), Message: plain.Line(cause.Message, maxSaid), Field: clean(cause.Field),
		}
	}
	s.Details = &d
	return s
}

// refusal makes an error status client-go's error, with the server's own words cleaned.
func refusal(answer *http.Response, method string) error {
	raw, _ := io.ReadAll(io.LimitReader(answer.Body, maxRefusal)) // half a reason is better than none
	var status metav1.Status
	if json.Unmarshal(raw, &status) == nil && status.Kind == "Status" && status.Code == int32(answer.StatusCode) { //nolint:gosec // three digits
		return &apierrors.StatusError{ErrStatus: cleaned(status)}
	}
	wait, _ := strconv.Atoi(answer.Header.Get("Retry-After"))
	generic := apierrors.NewGenericServerResponse(answer.StatusCode, method, schema.GroupResource{}, "", "", wait, true)
	// Go's own server says without any type that it was spoken to in plain HTTP.
	if kind := answer.Header.Get("Content-Type"); kind == "" || strings.HasPrefix(kind, "text/plain") {
		generic.ErrStatus.Message = cmp.Or(clean(string(raw)), generic.ErrStatus.Message)
	}
	return generic
}
