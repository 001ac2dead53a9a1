package fleet

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"

	utilnet "k8s.io/apimachinery/pkg/util/net"
)

// Request is one with a body of any kind.
type Request struct {
	Method      string // GET, POST, PUT, PATCH or DELETE
	Path        string // below the server's own, not escaped; with a query, which is, if need be
	ContentType string // of Body; "": JSON
	Accept      string // "": JSON
	Body        []byte // nil: none
}

// Answer is what came back.
type Answer struct {
	Body        []byte // of at most 64 MiB
	ContentType string
	Warnings    []string // of the server, for people, each once
}

// Send makes a request and reads its whole answer; a larger one is ErrTooBig. A refusal is an *apierrors.StatusError, with the
// server's Details. When the error is neither that nor the gate's, nobody knows whether the request was heeded.
func (c *Client) Send(ctx context.Context, r Request) (Answer, error) {
	answer, err := c.send(ctx, r)
	if err != nil {
		return Answer{}, fmt.Errorf("%s %s: %w", r.Method, r.Path, err)
	}
	return answer, nil
}

func (c *Client) send(ctx context.Context, r Request) (Answer, error) {
	answer, err := c.answer(ctx, call{method: r.Method, path: r.Path, accept: r.Accept, body: r.Body, kind: r.ContentType})
	if err != nil {
		return Answer{}, err
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body) // the wire caps it
	if err != nil {
		return Answer{}, fmt.Errorf("read the answer: %w", err)
	}
	return Answer{Body: body, ContentType: answer.Header.Get("Content-Type"), Warnings: warnings(answer.Header)}, nil
}

// warnings are the texts of the Warning headers (RFC 7234), as API servers write them. What can't be read is left out.
func warnings(h http.Header) []string {
	var texts []string
	list := h.Values("Warning")
	read, _ := utilnet.ParseWarningHeaders(list[:min(len(list), maxList)])
	for _, w := range read[:min(len(read), maxList)] {
		if text := clean(w.Text); text != "" && !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	return texts
}
