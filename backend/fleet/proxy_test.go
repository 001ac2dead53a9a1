package fleet

import (
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// tunnel is an HTTP proxy at proxy.test:3128 that answers CONNECT with code, and carries on 200.
func tunnel(t *testing.T, n *fakeNet, code int) *host {
	t.Helper()
	h := n.listen("proxy.test:3128")
	var carried sync.WaitGroup
	server := &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodConnect || code != http.StatusOK {
			w.WriteHeader(code)
			return
		}
		there, err := n.dial(r.Context(), "tcp", r.Host)
		if err != nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		here, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = io.WriteString(here, "HTTP/1.1 200 OK\r\n\r\n")
		carried.Go(func() { _, _ = io.Copy(there, here); _ = there.Close() })
		carried.Go(func() { _, _ = io.Copy(here, there); _ = here.Close() })
	})}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(h)
	}()
	t.Cleanup(func() {
		_ = server.Close()
		<-done
		h.become(refusing) // Close leaves hijacked connections alone
		carried.Wait()
	})
	return h
}

func TestProxies(t *testing.T) {
	for name, c := range map[string]struct {
		scheme  string
		code    int
		prepare func(proxy *host, f *fake)
		state   State
		cause   string
		checks  string
	}{
		"carries":       {"http", 200, func(*host, *fake) {}, StateReady, "", "reach ok, tls ok"},
		"asks to login": {"http", 407, func(*host, *fake) {}, StateUnreachable, "The proxy asks for a sign-in (407)", "reach failed, tls skipped"},
		"says no":       {"http", 403, func(*host, *fake) {}, StateUnreachable, "won't pass this connection on (403)", "reach failed, tls skipped"},
		"is gone":       {"http", 200, func(p *host, _ *fake) { p.become(refusing) }, StateUnreachable, "The proxy can't be used", "reach failed, tls skipped"},
		"can't go on":   {"http", 200, func(_ *host, f *fake) { f.become(refusing) }, StateUnreachable, "won't pass this connection on (502)", "reach failed, tls skipped"},
		"has no TLS":    {"https", 200, func(*host, *fake) {}, StateUnreachable, "The proxy can't be used", "reach failed, tls skipped"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				f, _ := w.cluster("a")
				c.prepare(tunnel(t, w.net, c.code), f)
				cred := credential(t, strings.Replace(f.file(), "    certificate-", "    proxy-url: "+c.scheme+"://proxy.test:3128\n    certificate-", 1))
				w.Set([]Member{w.vault.put("a", cred)})
				if s := w.wants("a", c.state); !strings.Contains(s.Cause, c.cause) {
					t.Errorf("cause: %q", s.Cause)
				}
				client, err := dial(cred, "", nil, w.net.dial)
				if err != nil {
					t.Fatal(err)
				}
				defer client.Close()
				ends, _, _, _ := probed(t, client)
				if got := strings.Join(ends[:2], ", "); got != c.checks {
					t.Errorf("checks: %s", got)
				}
				if n := len(w.net.dialled("proxy.test:3128")); n == 0 {
					t.Error("the proxy was not asked")
				}
			})
		})
	}
}

func TestPlainHTTP(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		h := w.net.listen("plain.test:8080")
		f := &fake{host: h, version: "v1.36.3", user: "system:anonymous", groups: strings.Fields(baseGroups), answers: map[string]http.HandlerFunc{}}
		server := &http.Server{Handler: f, ReadHeaderTimeout: time.Minute}
		done := make(chan struct{})
		go func() {
			defer close(done)
			_ = server.Serve(h)
		}()
		t.Cleanup(func() {
			_ = server.Close()
			<-done
		})
		client, err := dial(credential(t, file("http://plain.test:8080", nil, []string{"{}"})), "", nil, w.net.dial)
		if err != nil {
			t.Fatal(err)
		}
		defer client.Close()
		ends, details, facts, err := probed(t, client)
		if got := strings.Join(ends[:3], ", "); got != "reach ok, tls warning, whoami warning" || err != nil {
			t.Errorf("checks: %v, %v", ends, err)
		}
		if !strings.Contains(details[CheckTLS], "plain HTTP") || !facts.ServerCertExpires.IsZero() {
			t.Errorf("tls: %q, %v", details[CheckTLS], facts.ServerCertExpires)
		}
	})
}

// The wrong scheme, either way round, and a port where something else listens.
func TestTheWrongPort(t *testing.T) {
	for name, c := range map[string]struct {
		serve func(h *host) error
		cause string
	}{
		"plain HTTP": {func(h *host) error {
			return (&http.Server{Handler: http.NotFoundHandler(), ReadHeaderTimeout: time.Minute}).Serve(h)
		}, "speaks plain HTTP"},
		"SSH": {func(h *host) error {
			for {
				c, err := h.Accept()
				if err != nil {
					return err
				}
				_, _ = io.WriteString(c, "SSH-2.0-OpenSSH_9.2\r\n")
			}
		}, "doesn't speak TLS"},
		"hangs up": {func(h *host) error {
			for {
				c, err := h.Accept()
				if err != nil {
					return err
				}
				_ = c.Close()
			}
		}, "cut before"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				h := w.net.listen("a.test:6443")
				done := make(chan struct{})
				go func() {
					defer close(done)
					_ = c.serve(h)
				}()
				t.Cleanup(func() {
					_ = h.Close()
					<-done
					h.become(refusing)
				})
				w.Set([]Member{w.vault.put("a", credential(t, file("https://a.test:6443", nil, []string{"token: x"})))})
				if s := w.wants("a", StateUnreachable); !strings.Contains(s.Cause, c.cause) {
					t.Errorf("cause: %q", s.Cause)
				}
			})
		})
	}
}
