package oidc

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

const (
	maxCallback   = 32 << 10               // of the request's line and headers: codes are long with some providers
	lastWords     = 500 * time.Millisecond // that the finished page has to reach the browser
	headerTimeout = 5 * time.Second
	freePortTries = 10
)

var errRedirectHost = errors.New("the redirect's host is a name of this computer, like localhost or 127.0.0.1")

// expected is how the answer to this sign-in is told from anything else that comes to the port.
type expected struct {
	state      string
	issuer     string // "" if the provider can't be expected to name itself
	mustBeSaid bool   // the provider promised to name itself (RFC 9207)
}

// loopback waits for the browser to come back (RFC 8252). Any program on this computer, and any page in its browsers, can reach it.
type loopback struct {
	redirect string // where the provider is told to send the browser
	host     string // what the browser then asks for,
	path     string // and where
	expected expected
	used     atomic.Bool
	answer   chan url.Values // capacity one: the first answer is the only one
	over     chan struct{}   // closed when the sign-in is decided
	ok       bool            // how; written before over is closed
	decide   sync.Once
	server   *http.Server
	serving  sync.WaitGroup
}

// listen starts waiting for an answer at the redirect of s: at a port of its list, or any free one if it is empty.
func listen(ctx context.Context, s kubeconfig.SignIn, e expected) (*loopback, error) {
	host, err := redirectHost(s.RedirectHost)
	if err != nil {
		return nil, err
	}
	listeners, err := listenLoopback(ctx, s.Redirects)
	if err != nil {
		return nil, err
	}
	_, port, err := net.SplitHostPort(listeners[0].Addr().String())
	if err != nil {
		return nil, err
	}
	l := &loopback{
		host: net.JoinHostPort(host, port), expected: e,
		answer: make(chan url.Values, 1), over: make(chan struct{}),
	}
	l.redirect, l.path = redirect(l.host, s.RedirectPath)
	l.server = &http.Server{
		// No ReadTimeout: it would end the one request that waits for the provider to be asked.
		Handler: l, ReadHeaderTimeout: headerTimeout, MaxHeaderBytes: maxCallback,
		ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError), // it would quote what a stranger sent
	}
	l.server.SetKeepAlivesEnabled(false)
	for _, one := range listeners {
		l.serving.Go(func() { _ = l.server.Serve(one) })
	}
	return l, nil
}

// redirectHost is the name that the provider sends the browser to; a browser finds this computer's own loopback behind it, or our port isn't
// what it reaches.
func redirectHost(host string) (string, error) {
	if host == "" {
		return "localhost", nil
	}
	host = strings.ToLower(strings.Trim(host, "[]"))
	if strings.ContainsFunc(host, func(r rune) bool { return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz0123456789.:-", r) }) ||
		(strings.Contains(host, ":") && net.ParseIP(host) == nil) {
		return "", errRedirectHost
	}
	return host, nil
}

// redirect is the address that the provider is told, to the letter, and the path that a browser then asks for.
func redirect(host, path string) (address, asked string) {
	switch path {
	case "":
		path = "/callback"
	case kubeconfig.NoPath:
		return "http://" + host, "/"
	}
	return (&url.URL{Scheme: "http", Host: host, Path: path}).String(), path
}

// listenLoopback binds 127.0.0.1 and, if this computer has it, ::1 at the same port: localhost is the one or the other, as the browser
// likes, and another program must not sit at what we leave.
func listenLoopback(ctx context.Context, ports []int) ([]net.Listener, error) {
	var lc net.ListenConfig
	probe, err := lc.Listen(ctx, "tcp6", "[::1]:0")
	six := err == nil
	if six {
		_ = probe.Close()
	}
	tries := ports
	if len(ports) == 0 {
		tries = make([]int, freePortTries)
	}
	for _, port := range tries {
		four, err := lc.Listen(ctx, "tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
		if err != nil {
			continue
		}
		if !six {
			return []net.Listener{four}, nil
		}
		_, got, _ := net.SplitHostPort(four.Addr().String())
		other, err := lc.Listen(ctx, "tcp6", net.JoinHostPort("::1", got))
		if err == nil {
			return []net.Listener{four, other}, nil
		}
		_ = four.Close()
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if len(ports) == 0 {
		return nil, errors.New("this computer gives no port for the sign-in's answer: check its network settings")
	}
	return nil, fmt.Errorf("other programs use %s, where the sign-in's answer would come: close them, or add a port to the list that the provider knows, too",
		portList(ports))
}

func portList(ports []int) string {
	names := make([]string, len(ports))
	for i, p := range ports {
		names[i] = strconv.Itoa(p)
	}
	if len(names) == 1 {
		return "port " + names[0]
	}
	return "ports " + strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// ServeHTTP takes the one answer. What isn't it is told so, and the sign-in goes on waiting.
func (l *loopback) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	query, err := url.ParseQuery(r.URL.RawQuery)
	switch {
	case !strings.EqualFold(r.Host, l.host): // a page elsewhere whose name was made to point here
		page(w, http.StatusMisdirectedRequest, "Not here", "This address belongs to a sign-in that is waiting.")
	case r.URL.Path != l.path:
		page(w, http.StatusNotFound, "Nothing here", "This address belongs to a sign-in that is waiting.")
	case r.Method != http.MethodGet:
		w.Header().Set("Allow", http.MethodGet)
		page(w, http.StatusMethodNotAllowed, "Not like this", "This address belongs to a sign-in that is waiting.")
	case err != nil || !l.expected.is(query):
		page(w, http.StatusBadRequest, "Not the answer", "This doesn't belong to the sign-in that is waiting. It goes on waiting.")
	case !l.used.CompareAndSwap(false, true):
		page(w, http.StatusGone, "Used already", "This sign-in has been answered. You can close this tab.")
	default:
		l.answer <- query
		l.finish(w, r)
	}
}

// finish keeps the browser until the sign-in is decided, so that the page is true.
func (l *loopback) finish(w http.ResponseWriter, r *http.Request) {
	select {
	case <-l.over:
	case <-r.Context().Done():
		return
	}
	if l.ok {
		page(w, http.StatusOK, "You are signed in", "You can close this tab and go back to Binnacle.")
	} else {
		page(w, http.StatusOK, "You are not signed in", "You can close this tab. Binnacle says what happened.")
	}
}

// is compares in constant time: the one who asks may be measuring.
func (e expected) is(q url.Values) bool {
	if len(q["state"]) != 1 || subtle.ConstantTimeCompare([]byte(q.Get("state")), []byte(e.state)) != 1 {
		return false
	}
	if said := q["iss"]; e.issuer != "" && (len(said) > 1 || (len(said) == 1 && said[0] != e.issuer) || (len(said) == 0 && e.mustBeSaid)) {
		return false
	}
	return len(q["code"])+len(q["error"]) == 1 && q.Get("code")+q.Get("error") != ""
}

// wait gives the code that the browser brings, or the provider's *Refusal.
func (l *loopback) wait(ctx context.Context, opened <-chan error, notOpened func()) (string, error) {
	for {
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case err := <-opened:
			if opened = nil; err != nil {
				notOpened()
			}
		case q := <-l.answer:
			if code := q.Get("error"); code != "" {
				return "", refusal(code, q.Get("error_description"))
			}
			return q.Get("code"), nil
		}
	}
}

// close tells the browser how the sign-in ended and gives the port back.
func (l *loopback) close(ctx context.Context, ok bool) {
	l.decide.Do(func() {
		l.ok = ok
		close(l.over)
	})
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastWords)
	defer cancel()
	if l.server.Shutdown(ctx) != nil { // a browser's connections kept in store never end by themselves
		_ = l.server.Close()
	}
	l.serving.Wait()
}
