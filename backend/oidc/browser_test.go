package oidc

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/secret"
)

func TestBrowser(t *testing.T) {
	i := newIssuer(t)
	p := i.person()
	var told []Progress
	s := i.signIn()
	got, err := New(Options{Open: p.open, UserAgent: "test"}).Browser(t.Context(), s, func(p Progress) { told = append(told, p) })
	if err != nil {
		t.Fatal(err)
	}
	if got.Name != "ana@example.com" || got.Subject != "u1" || !cmp.Equal(got.Groups, []string{"dev", "ops"}) || got.Refresh.Empty() || got.Access.Empty() {
		t.Errorf("tokens are %+v", got)
	}
	if left := time.Until(got.Expires); left < 59*time.Minute || left > time.Hour {
		t.Errorf("the ID token expires in %s", left)
	}
	if proof := got.Proof(s); !proof.Token.Equal(got.ID) || !strings.HasPrefix(string(proof.Token.Reveal()), "eyJ") {
		t.Error("a cluster isn't shown the ID token")
	}
	if len(told) != 1 || told[0].NotOpened || told[0].URL != p.sent[0] {
		t.Errorf("progress was %v", told)
	}
	page := p.last()
	if page.status != 200 || !strings.Contains(page.text, "You are signed in") || strings.Contains(page.text, "<script") {
		t.Errorf("the finished page is %d %s", page.status, page.text)
	}
	want := map[string]string{"Referrer-Policy": "no-referrer", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
	for name, value := range want {
		if page.header.Get(name) != value {
			t.Errorf("%s is %q", name, page.header.Get(name))
		}
	}
	if csp := page.header.Get("Content-Security-Policy"); !strings.HasPrefix(csp, "default-src 'none'; style-src 'sha256-") {
		t.Errorf("the page's policy is %q", csp)
	}
}

// TestBrowserAsks holds what the provider is asked for: all that the sign-in has, and nothing that it may not have.
func TestBrowserAsks(t *testing.T) {
	i := newIssuer(t)
	p := i.person()
	s := i.signIn()
	s.Scopes = []string{"openid", "groups", "offline_access"}
	s.Params = map[string]string{"prompt": "consent", "acr_values": "a b"}
	s.Audience, s.Connector, s.RedirectHost = "cluster", "ldap", "127.0.0.1"
	if _, err := New(Options{Open: p.open}).Browser(t.Context(), s, silent); err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(p.sent[0])
	if err != nil {
		t.Fatal(err)
	}
	got := u.Query()
	if !strings.HasPrefix(got.Get("redirect_uri"), "http://127.0.0.1:") {
		t.Errorf("the browser is sent back to %s", got.Get("redirect_uri"))
	}
	for _, fresh := range []string{"state", "nonce", "code_challenge", "redirect_uri"} {
		got.Del(fresh)
	}
	want := url.Values{
		"acr_values": {"a b"}, "audience": {"cluster"}, "client_id": {clientID}, "code_challenge_method": {"S256"}, "connector_id": {"ldap"},
		"prompt": {"consent"}, "response_type": {"code"}, "scope": {"openid groups offline_access"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("asked for (-want +got):\n%s", diff)
	}
	for _, name := range []string{"state", "nonce", "redirect_uri", "code_challenge", "Request_URI", " response_mode", "scope"} {
		s.Params = map[string]string{name: "evil"}
		if _, err := New(Options{Open: noBrowser(t)}).Browser(t.Context(), s, silent); err == nil || !strings.Contains(err.Error(), "can't be set") {
			t.Errorf("the parameter %s gave %v", name, err)
		}
	}
}

func noBrowser(t *testing.T) func(context.Context, string) error {
	t.Helper()
	return func(context.Context, string) error {
		t.Error("a browser was opened")
		return nil
	}
}

// TestClientSecret holds that the client shows itself as the provider wants, and that its secret is in no error.
func TestClientSecret(t *testing.T) {
	for name, c := range map[string]struct {
		methods any
		header  bool
	}{
		"not said": {nil, true},
		"basic":    {[]string{"client_secret_post", "client_secret_basic"}, true},
		"post":     {[]string{"client_secret_post"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			i := newIssuer(t)
			i.doc["token_endpoint_auth_methods_supported"] = c.methods
			var inHeader, inForm string
			i.wrapToken(func(r *http.Request) {
				if id, pass, ok := r.BasicAuth(); ok {
					pass, _ = url.QueryUnescape(pass)
					inHeader = id + " " + pass
				}
				inForm = r.FormValue("client_secret")
			})
			s := i.signIn()
			s.ClientSecret = secret.New([]byte(clientSecret))
			if _, err := New(Options{Open: i.person().open}).Browser(t.Context(), s, silent); err != nil {
				t.Fatal(err)
			}
			wantHeader, wantForm := clientID+" "+clientSecret, ""
			if !c.header {
				wantHeader, wantForm = "", clientSecret
			}
			if inHeader != wantHeader || inForm != wantForm {
				t.Errorf("the secret went as %q in the header and %q in the form", inHeader, inForm)
			}
			i.mu.Lock()
			i.refuse = func(f url.Values) string {
				if f.Has("grant_type") {
					return "invalid_client"
				}
				return ""
			}
			i.mu.Unlock()
			_, err := New(Options{Open: i.person().open}).Browser(t.Context(), s, silent)
			no, ok := errors.AsType[*Refusal](err)
			if !ok || no.Code != "invalid_client" || !isClean(err.Error()) || !strings.Contains(err.Error(), "check the client ID") {
				t.Errorf("a refused client gave %v", err)
			}
			holds(t, "the error", err.Error())
		})
	}
}

func TestBrowserRefused(t *testing.T) {
	i := newIssuer(t)
	i.refuse = func(url.Values) string { return "access_denied" }
	p := i.person()
	_, err := New(Options{Open: p.open}).Browser(t.Context(), i.signIn(), silent)
	no, ok := errors.AsType[*Refusal](err)
	if !ok || no.Code != "access_denied" || no.Text != `no\u202e way` {
		t.Errorf("a denied sign-in gave %v", err)
	}
	if page := p.last(); page.status != 200 || !strings.Contains(page.text, "You are not signed in") || strings.Contains(page.text, "way") {
		t.Errorf("the page is %d %s", page.status, page.text)
	}
}

// TestBrowserNotOpened holds that a person without a browser that can be opened gets the address, and can go on by it.
func TestBrowserNotOpened(t *testing.T) {
	i := newIssuer(t)
	p := i.person()
	var told []Progress
	broken := func(context.Context, string) error { return errors.New("no browser") }
	_, err := New(Options{Open: broken}).Browser(t.Context(), i.signIn(), func(now Progress) {
		if told = append(told, now); now.NotOpened {
			_ = p.open(t.Context(), now.URL)
		}
	})
	if err != nil || len(told) != 2 || told[0].NotOpened || !told[1].NotOpened || told[1].URL != told[0].URL {
		t.Errorf("progress was %v, the error %v", told, err)
	}
	p.last()
}

func TestBrowserEnds(t *testing.T) {
	i := newIssuer(t)
	var port string
	var closed atomic.Bool
	waits := func(ctx context.Context, address string) error { // a person who does nothing, in a browser that hangs
		u, err := url.Parse(address)
		if err != nil {
			t.Error(err)
		}
		back, err := url.Parse(u.Query().Get("redirect_uri"))
		if err != nil {
			t.Error(err)
		}
		port = back.Port()
		<-ctx.Done()
		<-time.After(10 * time.Millisecond)
		closed.Store(true)
		return ctx.Err()
	}
	t.Run("time", func(t *testing.T) {
		if _, err := New(Options{Open: waits, Timeout: 50 * time.Millisecond}).Browser(t.Context(), i.signIn(), silent); !errors.Is(err, ErrTimeout) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("cancel", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		closed.Store(false)
		if _, err := New(Options{Open: waits}).Browser(ctx, i.signIn(), func(Progress) { cancel() }); !errors.Is(err, ErrCancelled) {
			t.Errorf("got %v", err)
		}
		if !closed.Load() {
			t.Error("the browser's opening went on")
		}
	})
	for _, host := range []string{"127.0.0.1", "::1"} {
		if c, err := net.DialTimeout("tcp", net.JoinHostPort(host, port), time.Second); err == nil {
			_ = c.Close()
			t.Errorf("%s still listens", c.RemoteAddr())
		}
	}
}

// TestBrowserTokenEndpoint holds what happens when the provider fails after the person has signed in.
func TestBrowserTokenEndpoint(t *testing.T) {
	for name, c := range map[string]struct {
		answer func(w http.ResponseWriter)
		says   string
	}{
		"fails":         {func(w http.ResponseWriter) { w.WriteHeader(503) }, "answered 503"},
		"fails by JSON": {func(w http.ResponseWriter) { w.WriteHeader(500); _, _ = w.Write([]byte(`{"error":"invalid_grant"}`)) }, "answered 500"},
		"redirects":     {func(w http.ResponseWriter) { w.Header().Set("Location", "https://evil.example/"); w.WriteHeader(307) }, "answered 307"},
		"no JSON":       {func(w http.ResponseWriter) { _, _ = w.Write([]byte("<html>access-1")) }, "can't be read"},
		"empty":         {func(w http.ResponseWriter) { _, _ = w.Write([]byte("{}")) }, "no ID token"},
		"other type":    {func(w http.ResponseWriter) { _, _ = w.Write([]byte(`{"token_type":"DPoP","id_token":"x"}`)) }, "DPoP"},
		"bad letters":   {func(w http.ResponseWriter) { _, _ = w.Write([]byte(`{"id_token":"eyJ\r\nX: y"}`)) }, "can't be used"},
		"too much":      {func(w http.ResponseWriter) { _, _ = w.Write(make([]byte, maxBody+1)) }, "more than 1024 KiB"},
		"deep":          {func(w http.ResponseWriter) { _, _ = w.Write([]byte(strings.Repeat("[", 200_000))) }, "can't be read"},
		"no with 200":   {func(w http.ResponseWriter) { _, _ = w.Write([]byte(`{"error":"invalid_scope"}`)) }, "remove a scope"},
	} {
		t.Run(name, func(t *testing.T) {
			i := newIssuer(t)
			i.answerToken(c.answer)
			p := i.person()
			_, err := New(Options{Open: p.open}).Browser(t.Context(), i.signIn(), silent)
			if err == nil || !strings.Contains(err.Error(), c.says) || len(err.Error()) > 300 {
				t.Fatalf("got %v", err)
			}
			holds(t, "the error", err.Error())
			if page := p.last(); !strings.Contains(page.text, "You are not signed in") {
				t.Errorf("the page says %s", page.text)
			}
		})
	}
}

// TestBrowserSlowProvider holds that the browser is told the truth also when the provider takes its time with the tokens.
func TestBrowserSlowProvider(t *testing.T) {
	t.Parallel()
	i := newIssuer(t)
	i.wrapToken(func(*http.Request) { <-time.After(headerTimeout + time.Second) })
	p := i.person()
	if _, err := New(Options{Open: p.open}).Browser(t.Context(), i.signIn(), silent); err != nil {
		t.Fatal(err)
	}
	if page := p.last(); !strings.Contains(page.text, "You are signed in") {
		t.Errorf("the page says %q", page.text)
	}
}

func TestAccessToken(t *testing.T) {
	i := newIssuer(t)
	i.grant = map[string]any{"id_token": nil}
	s := i.signIn()
	s.AccessToken = true
	got, err := New(Options{Open: i.person().open}).Browser(t.Context(), s, silent)
	if err != nil {
		t.Fatal(err)
	}
	if proof := got.Proof(s); !proof.Token.Equal(got.Access) || got.Access.Empty() {
		t.Error("a cluster isn't shown the access token")
	}
	if left := time.Until(got.Expires); left < 9*time.Minute || left > 10*time.Minute { // said as a string
		t.Errorf("it expires in %s", left)
	}
	i.set(func() { i.grant = map[string]any{"access_token": nil, "expires_in": -1e300} })
	if _, err := New(Options{Open: i.person().open}).Browser(t.Context(), s, silent); err == nil || !strings.Contains(err.Error(), "no access token") {
		t.Errorf("no access token gave %v", err)
	}
}

func TestPorts(t *testing.T) {
	taken := func(network, host string) int {
		l, err := net.Listen(network, net.JoinHostPort(host, "0"))
		if err != nil {
			t.Skip(err)
		}
		t.Cleanup(func() { _ = l.Close() })
		_, port, _ := net.SplitHostPort(l.Addr().String())
		n, _ := strconv.Atoi(port)
		return n
	}
	four, six := taken("tcp4", "127.0.0.1"), taken("tcp6", "::1")
	i := newIssuer(t)
	s := i.signIn()
	s.Redirects = []int{four, six}
	_, err := New(Options{Open: noBrowser(t)}).Browser(t.Context(), s, silent)
	if err == nil || !strings.Contains(err.Error(), "ports "+strconv.Itoa(four)+" and "+strconv.Itoa(six)) {
		t.Errorf("taken ports gave %v", err)
	}
	free := taken("tcp4", "127.0.0.1") // those after it are likely free
	s.Redirects = []int{four, six, free + 1, free + 2, free + 3}
	p := i.person()
	if _, err := New(Options{Open: p.open}).Browser(t.Context(), s, silent); err != nil {
		t.Fatal(err)
	}
	p.last()
	for _, host := range []string{"evil.example/", "a@b", "x y", "a:b", "%"} {
		if _, err := listen(t.Context(), kubeconfig.SignIn{RedirectHost: host}, expected{}); !errors.Is(err, errRedirectHost) {
			t.Errorf("the host %q gave %v", host, err)
		}
	}
}

func TestPlainIssuer(t *testing.T) {
	for _, bad := range []string{"", "login.example.com", "ftp://x", "https://", "https://a:b@x", "https://x?y", "https://x#y", "javascript:1"} {
		if _, err := New(Options{}).Browser(t.Context(), kubeconfig.SignIn{Issuer: bad}, silent); !errors.Is(err, errIssuer) {
			t.Errorf("the issuer %q gave %v", bad, err)
		}
	}
}
