package oidc

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// A provider's discovery document, keys and tokens are some kilobytes.
const (
	maxBody      = 1 << 20
	maxHeader    = 64 << 10
	maxRedirects = 5
	webTimeout   = 20 * time.Second
)

var (
	errBadCA    = errors.New("the identity provider's CA holds no PEM certificate")
	errRedirect = errors.New("the identity provider sends elsewhere")
)

// web is HTTP with one identity provider.
type web struct{ http *http.Client }

// newWeb trusts the system's CAs and those of ca (PEM).
func newWeb(o Options, ca []byte) (web, error) {
	base := o.transport
	if base == nil {
		pool, err := roots(ca)
		if err != nil {
			return web{}, err
		}
		base = &http.Transport{
			Proxy:                  http.ProxyFromEnvironment,
			DialContext:            (&net.Dialer{Timeout: 10 * time.Second}).DialContext,
			TLSClientConfig:        &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12},
			TLSHandshakeTimeout:    10 * time.Second,
			ResponseHeaderTimeout:  15 * time.Second,
			IdleConnTimeout:        30 * time.Second,
			MaxResponseHeaderBytes: maxHeader,
			ForceAttemptHTTP2:      true,
		}
	}
	return web{&http.Client{Transport: polite{base, o.UserAgent}, Timeout: webTimeout, CheckRedirect: stayThere}}, nil
}

func roots(ca []byte) (*x509.CertPool, error) {
	if len(ca) == 0 {
		return nil, nil //nolint:nilnil // nil is the system's own, on every system
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(ca) {
		return nil, errBadCA
	}
	return pool, nil
}

// polite names us and ends an answer that is too large, also one that grew by decompression.
type polite struct {
	base  http.RoundTripper
	agent string
}

func (p polite) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("User-Agent", p.agent)
	r.Header.Set("Accept", "application/json, text/html;q=0.5")
	resp, err := p.base.RoundTrip(r)
	if err == nil {
		resp.Body = http.MaxBytesReader(nil, resp.Body, maxBody)
	}
	return resp, err
}

// CloseIdleConnections lets http.Client reach the connections behind.
func (p polite) CloseIdleConnections() {
	if c, ok := p.base.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}

// stayThere follows a provider within its own address only: another host would be asked in its stead, and answer for it.
func stayThere(r *http.Request, via []*http.Request) error {
	if first := via[0].URL; r.URL.Scheme != first.Scheme || r.URL.Host != first.Host {
		return fmt.Errorf("%w, to %s: use that address if you trust it", errRedirect, shown(r.URL.Scheme+"://"+r.URL.Host, 100))
	}
	if len(via) > maxRedirects {
		return fmt.Errorf("%w again and again", errRedirect)
	}
	return nil
}

// get reads a document.
func (w web) get(ctx context.Context, address string) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	status, _, body, err := w.do(w.http, r)
	if err == nil && status != http.StatusOK {
		return nil, statusError(address, status)
	}
	return body, err
}

// once is w that takes a redirect for the answer: what is posted is meant for one address only.
func (w web) once() *http.Client {
	c := *w.http
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &c
}

// post sends a form; prepare adds headers.
func (w web) post(ctx context.Context, address string, form url.Values, prepare func(*http.Request)) (int, []byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		return 0, nil, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	prepare(r)
	status, _, body, err := w.do(w.once(), r)
	return status, body, err
}

func (web) do(c *http.Client, r *http.Request) (int, http.Header, []byte, error) {
	resp, err := c.Do(r) //nolint:gosec // the address is the person's issuer, or has been checked against it
	if err != nil {
		// http.Client puts the address that a redirect led to before it, as long as the provider liked.
		if u, ok := errors.AsType[*url.Error](err); ok && errors.Is(err, errRedirect) {
			err = u.Err
		}
		if text := err.Error(); len(text) > 1000 {
			err = errors.New(shown(text, 300))
		}
		return 0, nil, nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if _, tooBig := errors.AsType[*http.MaxBytesError](err); tooBig {
		err = fmt.Errorf("%s answered with more than %d KiB", r.URL.Host, maxBody>>10)
	}
	return resp.StatusCode, resp.Header, body, err
}

func statusError(address string, status int) error {
	return fmt.Errorf("%s answered %d %s", shown(address, 200), status, http.StatusText(status))
}
