package fleet

import (
	"context"
	"crypto/tls"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"
)

// contact is what one request for /version showed: how far it came, and the answer.
type contact struct {
	reached time.Duration // until the connection stood (through a proxy, too); 0: it never did
	secured time.Duration // until the TLS handshake was done, counted from reached
	served  bool          // the request could be sent
	latency time.Duration // from the request to the first byte of its answer
	version string
	err     error
}

// contact asks for /version, which every authenticated user may read and which still tells a bad credential (401). A bare one
// shows no proof: it sees whether the server is there, and nothing more.
func (c *Client) contact(ctx context.Context, bare bool) contact {
	var shaking, shaken, got, sent, first atomic.Int64 // the transport calls from goroutines of its own, even after the answer
	began := time.Now()
	mark := func(at *atomic.Int64) { at.CompareAndSwap(0, int64(max(time.Since(began), 1))) }
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		TLSHandshakeStart: func() { mark(&shaking) },
		TLSHandshakeDone: func(_ tls.ConnectionState, err error) {
			if err == nil {
				mark(&shaken)
			}
		},
		GotConn:              func(httptrace.GotConnInfo) { mark(&got) },
		WroteRequest:         func(httptrace.WroteRequestInfo) { mark(&sent) },
		GotFirstResponseByte: func() { mark(&first) },
	})
	var answer struct {
		GitVersion string `json:"gitVersion"`
	}
	_, err := c.do(ctx, call{method: http.MethodGet, path: "/version", into: &answer, bare: bare})
	if err == nil && answer.GitVersion == "" {
		err = errNotKubernetes
	}
	at := func(m *atomic.Int64) time.Duration { return time.Duration(m.Load()) }
	found := contact{version: clean(answer.GitVersion), err: err, served: at(&got) > 0}
	switch {
	case viaProxy(err): // an HTTPS proxy shakes hands as well
	case at(&shaking) > 0:
		found.reached = at(&shaking)
		found.secured = max(at(&shaken)-at(&shaking), 0)
	case at(&got) > 0:
		found.reached = at(&got)
	}
	if at(&first) > 0 && at(&sent) > 0 {
		found.latency = max(at(&first)-at(&sent), 1)
	}
	return found
}
