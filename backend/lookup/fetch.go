package lookup

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"
)

var errBudget = errors.New("too many requests for one look; the server redirects too much")

// looker makes the requests of one Look.
type looker struct {
	o         Options
	transport *http.Transport
	client    *http.Client
	spent     atomic.Int32
}

func newLooker(o Options) *looker {
	if o.Proxy == nil {
		o.Proxy = http.ProxyFromEnvironment
	}
	if o.dial == nil {
		o.dial = (&net.Dialer{Timeout: askTimeout}).DialContext
	}
	if o.now == nil {
		o.now = time.Now
	}
	l := &looker{o: o}
	l.transport = &http.Transport{
		Proxy:       o.Proxy,
		DialContext: o.dial,
		TLSClientConfig: &tls.Config{
			MinVersion: tls.VersionTLS12, ServerName: o.TLSName,
			InsecureSkipVerify: true, //nolint:gosec // the certificate is judged and shown, and nothing secret is sent; see the package comment
		},
		TLSHandshakeTimeout:    askTimeout,
		ResponseHeaderTimeout:  askTimeout,
		MaxResponseHeaderBytes: maxHeader,
		ForceAttemptHTTP2:      true,
	}
	l.client = &http.Client{Transport: l, CheckRedirect: stay}
	return l
}

// RoundTrip keeps to the number of requests, redirects included.
func (l *looker) RoundTrip(r *http.Request) (*http.Response, error) {
	if l.spent.Add(1) > maxRequests {
		return nil, errBudget
	}
	return l.transport.RoundTrip(r)
}

// stay follows redirects on the same host only, and never from https to http.
func stay(next *http.Request, via []*http.Request) error {
	last := via[len(via)-1].URL
	if len(via) > maxRedirects || !strings.EqualFold(next.URL.Hostname(), last.Hostname()) || last.Scheme == "https" && next.URL.Scheme != "https" {
		return http.ErrUseLastResponse
	}
	return nil
}

// answer is what a server said.
type answer struct {
	url       *url.URL // of the answer, after redirects
	status    int
	header    http.Header
	body      []byte // its beginning
	tls       *tls.ConnectionState
	elsewhere string // where it wanted to send us
}

func (l *looker) get(ctx context.Context, address string) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, askTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return answer{}, fmt.Errorf("look at %s: %w", address, err)
	}
	request.Header.Set("User-Agent", l.o.UserAgent)
	request.Header.Set("Accept", "application/json, text/html;q=0.5")
	response, err := l.client.Do(request)
	if err != nil {
		return answer{}, fmt.Errorf("look at %s: %w", address, err)
	}
	defer func() { _ = response.Body.Close() }()
	a := answer{url: response.Request.URL, status: response.StatusCode, header: response.Header, tls: response.TLS}
	if to, err := response.Location(); err == nil && a.status/100 == 3 {
		to.RawQuery, to.Fragment, to.User = "", "", nil // may hold what is nobody's business
		a.elsewhere = shown(to.String())
	}
	a.body, err = io.ReadAll(io.LimitReader(response.Body, maxBody))
	if err != nil && len(a.body) == 0 {
		return answer{}, fmt.Errorf("look at %s: %w", address, err)
	}
	return a, nil
}
