package oidc

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// TestLoopbackWaitsOn holds that nothing that a stranger sends to the port ends, delays or answers a sign-in.
func TestLoopbackWaitsOn(t *testing.T) {
	const state, issuer = "the-state", "https://login.example.com"
	for name, c := range map[string]struct {
		method, host, path, query string
		status                    int
	}{
		"no state":          {query: "code=x", status: 400},
		"empty state":       {query: "code=x&state=", status: 400},
		"wrong state":       {query: "code=x&state=the-statf", status: 400},
		"longer state":      {query: "code=x&state=the-state2", status: 400},
		"two states":        {query: "code=x&state=the-state&state=the-state", status: 400},
		"no code":           {query: "state=the-state", status: 400},
		"empty code":        {query: "state=the-state&code=", status: 400},
		"two codes":         {query: "state=the-state&code=x&code=y", status: 400},
		"code and error":    {query: "state=the-state&code=x&error=y", status: 400},
		"other issuer":      {query: "state=the-state&code=x&iss=https://evil.example", status: 400},
		"no issuer":         {query: "state=the-state&code=x&iss", status: 400},
		"broken query":      {query: "state=the-state&code=%zz", status: 400},
		"error, no state":   {query: "error=access_denied", status: 400},
		"other path":        {path: "/", query: "code=x&state=the-state", status: 404},
		"path below":        {path: "/callback/", query: "code=x&state=the-state", status: 404},
		"icon":              {path: "/favicon.ico", status: 404},
		"post":              {method: "POST", query: "code=x&state=the-state&iss=" + issuer, status: 405},
		"head":              {method: "HEAD", query: "code=x&state=the-state&iss=" + issuer, status: 405},
		"foreign name":      {host: "evil.example", query: "code=x&state=the-state&iss=" + issuer, status: 421},
		"other port":        {host: "localhost:1", query: "code=x&state=the-state&iss=" + issuer, status: 421},
		"address, not name": {host: "127.0.0.1", query: "code=x&state=the-state&iss=" + issuer, status: 421},
		"huge":              {query: strings.Repeat("x", 2*maxCallback), status: 431},
	} {
		t.Run(name, func(t *testing.T) {
			l, err := listen(t.Context(), kubeconfig.SignIn{}, expected{state, issuer, true})
			if err != nil {
				t.Fatal(err)
			}
			defer l.close(t.Context(), false)
			if c.method == "" {
				c.method = http.MethodGet
			}
			if c.path == "" {
				c.path = "/callback"
			}
			if !strings.Contains(c.query, "iss") { // so that only what the case is about is wrong
				c.query += "&iss=" + issuer
			}
			if got := request(t, l, c.method, c.host, c.path+"?"+strings.TrimSuffix(c.query, "&iss")); got != c.status {
				t.Errorf("answered %d, want %d", got, c.status)
			}
			answered := make(chan int, 1)
			go func() {
				answered <- request(t, l, http.MethodGet, "", "/callback?state=the-state&code=right&iss="+issuer)
			}()
			if code, err := l.wait(t.Context(), nil, nil); code != "right" || err != nil {
				t.Errorf("after that the answer was %q, %v", code, err)
			}
			if again := request(t, l, http.MethodGet, "", "/callback?state=the-state&code=second&iss="+issuer); again != http.StatusGone {
				t.Errorf("a second answer got %d", again)
			}
			l.close(t.Context(), true)
			if status := <-answered; status != http.StatusOK {
				t.Errorf("the answer got %d", status)
			}
		})
	}
}

func request(t *testing.T, l *loopback, method, host, path string) int {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, method, "http://"+l.host+path, nil)
	if err != nil {
		t.Error(err)
		return 0
	}
	r.Host = host
	if host == "127.0.0.1" {
		r.Host = net.JoinHostPort(host, r.URL.Port())
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Do(r)
	if err != nil {
		t.Error(err)
		return 0
	}
	defer resp.Body.Close()
	if text, err := io.ReadAll(resp.Body); err != nil || strings.Contains(string(text), "evil") || strings.Contains(string(text), "the-stat") {
		t.Errorf("the page is %q (%v)", text, err)
	}
	return resp.StatusCode
}

// TestLoopbackBothFamilies holds that localhost is answered however the browser understands it, and from nowhere else.
func TestLoopbackBothFamilies(t *testing.T) {
	l, err := listen(t.Context(), kubeconfig.SignIn{}, expected{state: "s"})
	if err != nil {
		t.Fatal(err)
	}
	defer l.close(t.Context(), false)
	_, port, _ := net.SplitHostPort(l.host)
	for _, host := range []string{"127.0.0.1", "::1"} {
		if probe, err := net.Listen("tcp", net.JoinHostPort(host, "0")); err != nil {
			t.Logf("this machine has no %s", host)
			continue
		} else if err := probe.Close(); err != nil {
			t.Fatal(err)
		}
		c, err := net.DialTimeout("tcp", net.JoinHostPort(host, port), time.Second)
		if err != nil {
			t.Error(err)
			continue
		}
		_ = c.Close()
	}
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range addresses {
		ip, ok := a.(*net.IPNet)
		if !ok || ip.IP.IsLoopback() || ip.IP.IsLinkLocalUnicast() {
			continue
		}
		if c, err := net.DialTimeout("tcp", net.JoinHostPort(ip.IP.String(), port), time.Second); err == nil {
			_ = c.Close()
			t.Errorf("the network reaches %s", c.RemoteAddr())
		}
	}
}

// TestLoopbackLeavesNobody holds that connections that a browser keeps in store, or a stranger holds, don't keep the port.
func TestLoopbackLeavesNobody(t *testing.T) {
	l, err := listen(t.Context(), kubeconfig.SignIn{}, expected{state: "s"})
	if err != nil {
		t.Fatal(err)
	}
	idle, err := net.Dial("tcp", strings.Replace(l.host, "localhost", "127.0.0.1", 1))
	if err != nil {
		t.Fatal(err)
	}
	defer idle.Close()
	began := time.Now()
	l.close(t.Context(), true)
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("closing took %s", took)
	}
	if err := idle.SetReadDeadline(time.Now().Add(time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := idle.Read(make([]byte, 1)); err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("the connection is still open: %v", err)
	}
}

func TestExpectedWithoutIssuer(t *testing.T) {
	e := expected{state: "s"} // OpenShift doesn't name itself
	if !e.is(url.Values{"state": {"s"}, "code": {"c"}}) {
		t.Error("an answer without a name is refused")
	}
	e = expected{state: "s", issuer: "https://a"} // a provider that may or may not
	if !e.is(url.Values{"state": {"s"}, "code": {"c"}}) || e.is(url.Values{"state": {"s"}, "code": {"c"}, "iss": {"https://b"}}) {
		t.Error("the issuer's name isn't checked where it is said")
	}
}

// TestRedirect holds what the provider is told, to the letter, and that the browser's answer is found there.
func TestRedirect(t *testing.T) {
	for name, c := range map[string]struct {
		host, path string
		want       string // N is the port
	}{
		"ours":          {"", "", "http://localhost:N/callback"},
		"kubelogin's":   {"", kubeconfig.NoPath, "http://localhost:N"},
		"its own":       {"127.0.0.1", "/a b/c", "http://127.0.0.1:N/a%20b/c"},
		"six":           {"[::1]", "/", "http://[::1]:N/"},
		"a name of its": {"Login.Localhost", "", "http://login.localhost:N/callback"},
	} {
		t.Run(name, func(t *testing.T) {
			l, err := listen(t.Context(), kubeconfig.SignIn{RedirectHost: c.host, RedirectPath: c.path}, expected{state: "s"})
			if err != nil {
				t.Fatal(err)
			}
			defer l.close(t.Context(), false)
			_, port, _ := net.SplitHostPort(l.host)
			if want := strings.Replace(c.want, "N", port, 1); l.redirect != want {
				t.Errorf("the redirect is %s, want %s", l.redirect, want)
			}
			back, err := url.Parse(l.redirect)
			if err != nil {
				t.Fatal(err)
			}
			back.RawQuery = "state=s&code=x"
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, back.RequestURI(), nil)
			r.Host = back.Host
			go func() {
				if code, err := l.wait(t.Context(), nil, nil); code != "x" || err != nil {
					t.Errorf("the answer is %q, %v", code, err)
				}
				l.close(t.Context(), true)
			}()
			w := httptest.NewRecorder()
			l.ServeHTTP(w, r)
			if w.Code != http.StatusOK {
				t.Errorf("the browser got %d", w.Code)
			}
		})
	}
}
