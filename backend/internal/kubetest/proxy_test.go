package kubetest

import (
	"context"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/rest"
)

// response is an answer that was read; status is 0 if none came.
type response struct {
	status int
	header http.Header
}

// fetch asks through a new connection, so that nothing is left from before.
func fetch(t *testing.T, kubeconfig []byte, path string) (response, string, error) {
	t.Helper()
	tlsConfig, err := rest.TLSConfigFor(Config(t, kubeconfig))
	check(t, err)
	transport := &http.Transport{TLSClientConfig: tlsConfig, ForceAttemptHTTP2: true, DisableCompression: true}
	defer transport.CloseIdleConnections()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, Config(t, kubeconfig).Host+path, http.NoBody)
	check(t, err)
	res, err := (&http.Client{Transport: transport, Timeout: 20 * time.Second}).Do(req)
	if err != nil {
		return response{}, "", err
	}
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	return response{status: res.StatusCode, header: res.Header}, string(b), err
}

func TestProxyKeepsTheUser(t *testing.T) {
	t.Parallel()
	c := Shared(t)
	p := c.Proxy(t)
	ns := c.Namespace(t)
	for want, kubeconfig := range map[string][]byte{
		"ana":                                    c.User(t, "ana", "dev", "ops"),
		"system:serviceaccount:" + ns + ":robot": c.TokenUser(t, ns, "robot"),
	} {
		direct, directGroups := whoami(t, kubeconfig)
		name, groups := whoami(t, p.Kubeconfig(kubeconfig))
		if name != want || name != direct || strings.Join(groups, " ") != strings.Join(directGroups, " ") {
			t.Errorf("through the proxy %s %v, directly %s %v", name, groups, direct, directGroups)
		}
	}
	if got := p.Count(func(r Request) bool { return r.User == "ana" && r.Method == http.MethodPost }); got != 1 {
		t.Errorf("the proxy saw %d requests of ana, want 1", got)
	}
}

func TestProxyRefusesWhomTheServerRefuses(t *testing.T) {
	t.Parallel()
	c := Shared(t)
	p := c.Proxy(t)
	res, _, err := fetch(t, p.Kubeconfig(c.ExpiredUser(t, "old")), "/api")
	check(t, err)
	if res.status != http.StatusUnauthorized {
		t.Errorf("an expired certificate got %d", res.status)
	}
	// A user who names somebody else in the proxy's own headers stays themselves.
	config := Config(t, p.Kubeconfig(c.User(t, "eve")))
	config.WrapTransport = func(next http.RoundTripper) http.RoundTripper {
		return roundTrip(func(r *http.Request) (*http.Response, error) {
			r = r.Clone(r.Context())
			r.Header.Set("X-Remote-Group", "system:masters")
			return next.RoundTrip(r)
		})
	}
	client, err := rest.HTTPClientFor(config)
	check(t, err)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, config.Host+"/api/v1/secrets", http.NoBody)
	check(t, err)
	forged, err := client.Do(req)
	check(t, err)
	check(t, forged.Body.Close())
	if forged.StatusCode != http.StatusForbidden {
		t.Errorf("a forged group got %s", forged.Status)
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestProxyAnswersStatus(t *testing.T) {
	t.Parallel()
	c := Shared(t)
	p := c.Proxy(t)
	pods := client(t, p.Kubeconfig(c.Admin())).Resource(secrets()).Namespace("default")
	for status, is := range map[int]func(error) bool{
		401: apierrors.IsUnauthorized, 403: apierrors.IsForbidden, 409: apierrors.IsConflict,
		410: apierrors.IsResourceExpired, 500: apierrors.IsInternalError, 503: apierrors.IsServiceUnavailable,
	} {
		remove := p.Add(Rule{Method: http.MethodGet, Path: "/api/v1/namespaces/default/secrets", Status: status})
		if _, err := pods.List(t.Context(), metav1.ListOptions{}); !is(err) {
			t.Errorf("%d gave %v", status, err)
		}
		remove()
	}
	_, err := pods.List(t.Context(), metav1.ListOptions{})
	check(t, err)
}

func TestProxyRuleCounts(t *testing.T) {
	t.Parallel()
	c := Shared(t)
	p := c.Proxy(t)
	kubeconfig := p.Kubeconfig(c.Admin())
	p.Add(Rule{Pattern: regexp.MustCompile(`^/version\?n=`), After: 1, Times: 2, Status: 429})
	var got []int
	for _, path := range []string{"/version?n=1", "/version?n=2", "/version", "/version?n=3", "/version?n=4"} {
		res, _, err := fetch(t, kubeconfig, path)
		check(t, err)
		got = append(got, res.status)
		if res.status == 429 && res.header.Get("Retry-After") != "1" {
			t.Errorf("429 came with Retry-After %q", res.header.Get("Retry-After"))
		}
	}
	want := []int{200, 429, 200, 429, 200}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("the answers were %v, want %v", got, want)
		}
	}
	if n := p.Count(func(r Request) bool { return r.Spoiled }); n != 2 {
		t.Errorf("%d requests were spoiled, want 2", n)
	}
}

func TestProxyAnswersAPage(t *testing.T) {
	t.Parallel()
	c := Shared(t)
	p := c.Proxy(t)
	p.Add(Rule{Body: "<html>pay for the wifi</html>"})
	res, body, err := fetch(t, p.Kubeconfig(c.Admin()), "/version")
	check(t, err)
	if res.status != 200 || body != "<html>pay for the wifi</html>" {
		t.Errorf("got %d %q", res.status, body)
	}
}

func TestProxyCuts(t *testing.T) {
	t.Parallel()
	c := Shared(t)
	p := c.Proxy(t)
	kubeconfig := p.Kubeconfig(c.Admin())
	t.Run("before", func(t *testing.T) {
		defer p.Add(Rule{Cut: CutBefore})()
		// Go's HTTP/2 calls a reset an unexpected end, unless it came early on.
		res, _, err := fetch(t, kubeconfig, "/version")
		if res.status != 0 || !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, syscall.ECONNRESET) {
			t.Errorf("got %v, want an early end", err)
		}
	})
	for name, after := range map[string]int{"after the headers": 0, "in the body": 1000} {
		t.Run(name, func(t *testing.T) {
			defer p.Add(Rule{Cut: CutBody, CutAfter: after})()
			res, body, err := fetch(t, kubeconfig, "/openapi/v2")
			if res.status != http.StatusOK {
				t.Fatalf("no headers came: %v", err)
			}
			if err == nil || len(body) != after {
				t.Errorf("%d bytes and %v, want %d and an error", len(body), err, after)
			}
		})
	}
}

func TestProxyDelaysAndHangs(t *testing.T) {
	t.Parallel()
	c := Shared(t)
	p := c.Proxy(t)
	kubeconfig := p.Kubeconfig(c.Admin())
	remove := p.Add(Rule{Delay: 300 * time.Millisecond})
	began := time.Now()
	_, _, err := fetch(t, kubeconfig, "/version")
	check(t, err)
	if took := time.Since(began); took < 300*time.Millisecond {
		t.Errorf("it took %v", took)
	}
	remove()
	remove = p.Add(Rule{Hang: true})
	answered := make(chan error, 1)
	go func() {
		_, _, err := fetch(t, kubeconfig, "/version?hang")
		answered <- err
	}()
	p.Await(1, 10*time.Second, func(r Request) bool { return r.Query == "hang" })
	select {
	case err := <-answered:
		t.Errorf("it was answered: %v", err)
	case <-time.After(200 * time.Millisecond):
	}
	remove()
	check(t, <-answered)
}

func TestProxySlowBody(t *testing.T) {
	t.Parallel()
	c := Shared(t)
	p := c.Proxy(t)
	_, whole, err := fetch(t, c.Admin(), "/api/v1")
	check(t, err)
	p.Add(Rule{BytesPerSecond: 2 * len(whole)})
	began := time.Now()
	_, body, err := fetch(t, p.Kubeconfig(c.Admin()), "/api/v1")
	check(t, err)
	if took := time.Since(began); took < 400*time.Millisecond || body != whole {
		t.Errorf("%d of %d bytes took %v, want about half a second", len(body), len(whole), took)
	}
}

func TestProxyModes(t *testing.T) {
	t.Parallel()
	c := Shared(t)
	p := c.Proxy(t)
	kubeconfig := p.Kubeconfig(c.Admin())
	p.Mode(Refusing)
	if _, _, err := fetch(t, kubeconfig, "/version"); !errors.Is(err, syscall.ECONNREFUSED) {
		t.Errorf("refusing gave %v", err)
	}
	p.Mode(Silent)
	answered := make(chan error, 1)
	go func() {
		_, _, err := fetch(t, kubeconfig, "/version")
		answered <- err
	}()
	select {
	case err := <-answered:
		t.Errorf("silence answered: %v", err)
	case <-time.After(300 * time.Millisecond):
	}
	p.Mode(Open)
	check(t, <-answered)
}

func TestProxyCarriesWatches(t *testing.T) {
	t.Parallel()
	c := Shared(t)
	p := c.Proxy(t)
	ns := c.Namespace(t)
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	watch, err := client(t, p.Kubeconfig(c.Admin())).Resource(secrets()).Namespace(ns).Watch(ctx, metav1.ListOptions{})
	check(t, err)
	_, err = c.Dynamic().Resource(secrets()).Namespace(ns).Create(ctx, secret("news"), metav1.CreateOptions{})
	check(t, err)
	if event := <-watch.ResultChan(); event.Type != "ADDED" {
		t.Errorf("the watch brought %q", event.Type)
	}
	p.Mode(Refusing) // which ends what is open, too
	for range watch.ResultChan() {
	}
	if ctx.Err() != nil {
		t.Error("the watch went on")
	}
}

// A real link costs a new connection three round trips before its answer: TCP,
// TLS, request. A busy machine adds to it, so the best of some tries counts.
func TestProxyRoundTrips(t *testing.T) {
	t.Parallel()
	c := Shared(t)
	p := c.Proxy(t)
	kubeconfig := p.Kubeconfig(c.Admin())
	const roundTrip = 200 * time.Millisecond
	p.SetRoundTrip(roundTrip)
	best := time.Hour
	for range 5 {
		began := time.Now()
		_, _, err := fetch(t, kubeconfig, "/version")
		check(t, err)
		took := time.Since(began)
		if took < 3*roundTrip {
			t.Fatalf("it took %v, %.1f round trips", took, float64(took)/float64(roundTrip))
		}
		if best = min(best, took); best < 4*roundTrip {
			return
		}
	}
	t.Errorf("it took %v, %.1f round trips", best, float64(best)/float64(roundTrip))
}

func TestProxyBadCertificates(t *testing.T) {
	t.Parallel()
	c := Shared(t)
	expired := c.Proxy(t, ServerCertificate(-time.Hour))
	_, _, err := fetch(t, expired.Kubeconfig(c.Admin()), "/version")
	if invalid := (x509.CertificateInvalidError{}); !errors.As(err, &invalid) || invalid.Reason != x509.Expired {
		t.Errorf("an expired certificate gave %v", err)
	}
	other := c.Proxy(t, ServerCertificate(0, "somewhere.else"))
	_, _, err = fetch(t, other.Kubeconfig(c.Admin()), "/version")
	if wrong := (x509.HostnameError{}); !errors.As(err, &wrong) {
		t.Errorf("another host's certificate gave %v", err)
	}
}

func TestProxyOfAStoppedCluster(t *testing.T) {
	t.Parallel()
	c := Start(t)
	p := c.Proxy(t)
	c.Stop(t)
	if _, _, err := fetch(t, p.Kubeconfig(c.Admin()), "/version"); err == nil {
		t.Error("a stopped cluster answered")
	}
	c.Restart(t)
	_, _, err := fetch(t, p.Kubeconfig(c.Admin()), "/version")
	check(t, err)
}

func TestFreezeAndThaw(t *testing.T) {
	t.Parallel()
	c := Start(t, Version("1.33"), Named("cold"))
	c.Freeze(t)
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", strings.TrimPrefix(c.Server(), "https://"))
	check(t, err) // the kernel accepts
	check(t, conn.SetReadDeadline(time.Now().Add(200*time.Millisecond)))
	if _, err := conn.Read(make([]byte, 1)); !errors.Is(err, context.DeadlineExceeded) && !isTimeout(err) {
		t.Errorf("a frozen server answered: %v", err)
	}
	check(t, conn.Close())
	c.Thaw(t)
	_, _, err = fetch(t, c.Admin(), "/version")
	check(t, err)
}

func isTimeout(err error) bool {
	timeout, ok := errors.AsType[net.Error](err)
	return ok && timeout.Timeout()
}
