package tables

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"time"
)

const (
	asTable   = "application/json;as=Table;v=v1;g=meta.k8s.io"
	asPartial = "application/json;as=PartialObjectMetadata%s;v=v1;g=meta.k8s.io"
)

// accept is what a kind is asked for as, the best first. A server that knows neither of the first two gives objects, which may not be of Secrets.
func (k Kind) accept(list string) string {
	accept := asTable + "," + fmt.Sprintf(asPartial, list)
	if k.secret() {
		return accept
	}
	return accept + ",application/json"
}

func (k Kind) secret() bool { return k.Group == "" && k.Resource == "secrets" }

// path is where a kind's objects are, of all namespaces for namespace "".
func (k Kind) path(version, namespace string, query url.Values) string {
	path := "/apis/" + k.Group + "/" + version
	if k.Group == "" {
		path = "/api/" + version
	}
	if namespace != "" {
		path += "/namespaces/" + namespace
	}
	return path + "/" + k.Resource + "?" + query.Encode()
}

// patient reads a body. It ends the request when nothing comes for too long.
type patient struct {
	body   io.ReadCloser
	limit  time.Duration
	late   *time.Timer
	cancel context.CancelCauseFunc
	cause  func() error // that the request ended by
	turn   *turn        // nil: it needs none
	heard  func()       // bytes came
}

// open sends a request. What it returns is to be closed.
func (o *Options) open(ctx context.Context, member, path, accept string, limit time.Duration) (*patient, error) {
	way, err := o.Requests(member)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	body, err := way.Stream(ctx, path, accept)
	if err != nil {
		cancel(nil)
		return nil, err
	}
	p := &patient{body: body, limit: limit, cancel: cancel, cause: func() error { return context.Cause(ctx) }, heard: func() {}}
	p.late = time.AfterFunc(limit, func() { cancel(errSilent) })
	p.late.Stop() // it runs while something is waited for
	return p, nil
}

func (p *patient) Read(b []byte) (int, error) {
	p.late.Reset(p.limit)
	n, err := p.turn.read(p.body, b)
	p.late.Stop()
	if n > 0 {
		p.heard()
	}
	return n, err
}

// blame is why reading failed.
func (p *patient) blame(err error) error {
	if err != nil && errors.Is(p.cause(), errSilent) {
		return errSilent
	}
	return err
}

// Close ends the request.
func (p *patient) Close() {
	p.late.Stop()
	p.cancel(nil)
	_ = p.body.Close() // there is nobody to tell
}
