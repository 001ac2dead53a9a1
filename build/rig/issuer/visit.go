package issuer

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"time"
)

// ErrPassword means that the issuer asked for the password again.
var ErrPassword = errors.New("the issuer refuses the name or the password")

// Visitors are the people in front of an issuer's pages, each with a browser that
// has been nowhere and trusts the issuer's CA alone.
type Visitors struct {
	host  string // the issuer's
	trust *x509.CertPool
}

// Visit is a person who opens the address of a sign-in, signs in, agrees to
// everything and is sent back to the program on loopback. Without an error the
// program has answered with a page.
func (v Visitors) Visit(ctx context.Context, address string, u User) error {
	return v.come(ctx, person{user: u}, address)
}

// Deny is Visit of a person who signs in and then says no. The npm provider tells
// the program; Dex tells nobody and leaves the person on a page of its own.
func (v Visitors) Deny(ctx context.Context, address string, u User) error {
	return v.come(ctx, person{user: u, deny: true}, address)
}

// Redirect is Visit, but for the last step: it returns the address on loopback
// that the browser was sent to, for tests that change it first.
func (v Visitors) Redirect(ctx context.Context, address string, u User) (*url.URL, error) {
	page, err := v.browse(ctx, person{user: u}, address)
	if err != nil {
		return nil, err
	}
	if page.back == nil {
		return nil, fmt.Errorf("the person ended at %s: %s", page.at, page.words())
	}
	return page.back, nil
}

// VisitDevice is a person who types in the code that a device shows, signs in and
// agrees. The address may have the code in it already.
func (v Visitors) VisitDevice(ctx context.Context, address, code string, u User) error {
	return v.comeForDevice(ctx, person{user: u, code: code}, address)
}

// DenyDevice is VisitDevice of a person who says no. Again Dex tells nobody: the
// device goes on asking until the code is too old.
func (v Visitors) DenyDevice(ctx context.Context, address, code string, u User) error {
	return v.comeForDevice(ctx, person{user: u, code: code, deny: true}, address)
}

func (v Visitors) come(ctx context.Context, p person, address string) error {
	page, err := v.browse(ctx, p, address)
	if err != nil {
		return err
	}
	if page.back == nil && p.deny {
		return nil
	}
	if page.back == nil {
		return fmt.Errorf("the person ended at %s: %s", page.at, page.words())
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, page.back.String(), http.NoBody)
	if err != nil {
		return fmt.Errorf("go back to the program: %w", err)
	}
	// A connection of its own that doesn't stay: the program's end waits for those that do.
	res, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(req)
	if err != nil {
		return fmt.Errorf("go back to the program: %w", err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(io.LimitReader(res.Body, maxPage))
	if err != nil {
		return fmt.Errorf("read the program's page: %w", err)
	}
	if res.StatusCode >= http.StatusBadRequest {
		return fmt.Errorf("the program answered %s: %s", res.Status, plain(string(text)))
	}
	return nil
}

func (v Visitors) comeForDevice(ctx context.Context, p person, address string) error {
	page, err := v.browse(ctx, p, address)
	if err != nil {
		return err
	}
	if (page.status >= http.StatusBadRequest && !p.deny) || page.back != nil {
		return fmt.Errorf("the person ended at %s: %s", page.at, page.words())
	}
	return nil
}

const (
	maxPage  = 1 << 20
	maxPages = 30 // redirects among them
)

// browse walks from the address through the issuer's pages to the last one.
func (v Visitors) browse(ctx context.Context, p person, address string) (*page, error) {
	b, err := v.openBrowser()
	if err != nil {
		return nil, err
	}
	defer b.CloseIdleConnections()
	at, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("open the address: %w", err)
	}
	next := &step{to: at}
	for range maxPages {
		here, err := load(ctx, b, next)
		if err != nil {
			return nil, err
		}
		if next, err = p.decide(here); err != nil || next == nil {
			return here, err
		}
		if next.to.Host != v.host {
			here.back = next.to
			return here, nil
		}
	}
	return nil, errors.New("the issuer's pages don't end")
}

func (v Visitors) openBrowser() (*http.Client, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, fmt.Errorf("open a browser: %w", err)
	}
	return &http.Client{
		Jar: jar, Timeout: 20 * time.Second,
		Transport:     &http.Transport{TLSClientConfig: &tls.Config{RootCAs: v.trust, MinVersion: tls.VersionTLS12}},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}, nil
}

// step is a link that is followed or, with a form, a form that is sent.
type step struct {
	to   *url.URL
	form url.Values
}

func load(ctx context.Context, browser *http.Client, s *step) (*page, error) {
	method, body := http.MethodGet, io.Reader(http.NoBody)
	if s.form != nil {
		method, body = http.MethodPost, strings.NewReader(s.form.Encode())
	}
	req, err := http.NewRequestWithContext(ctx, method, s.to.String(), body)
	if err != nil {
		return nil, fmt.Errorf("open a page: %w", err)
	}
	if s.form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	res, err := browser.Do(req)
	if err != nil {
		return nil, fmt.Errorf("open a page: %w", err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(io.LimitReader(res.Body, maxPage))
	if err != nil {
		return nil, fmt.Errorf("read a page: %w", err)
	}
	here := &page{at: s.to, status: res.StatusCode, text: string(text)}
	if to := res.Header.Get("Location"); to != "" {
		if here.redirect, err = s.to.Parse(to); err != nil {
			return nil, fmt.Errorf("follow a redirect: %w", err)
		}
	}
	return here, nil
}
