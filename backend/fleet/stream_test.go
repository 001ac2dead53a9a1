package fleet

import (
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

// ready is a world with one cluster, and its client.
func ready(t *testing.T) (*world, *fake, *Client) {
	t.Helper()
	w := newWorld(t)
	f, m := w.cluster("a")
	w.Set([]Member{m})
	w.wants("a", StateReady)
	c, err := w.Client("a")
	if err != nil {
		t.Fatal(err)
	}
	f.forget()
	return w, f, c
}

const pods = "/api/v1/pods"

func TestStreamHasNoCap(t *testing.T) {
	const size = maxBodyBytes + 1<<20
	synctest.Test(t, func(t *testing.T) {
		_, f, c := ready(t)
		f.answer("GET "+pods, func(w http.ResponseWriter, r *http.Request) {
			if got := r.Header.Get("Accept"); got != "text/special" || r.URL.RawQuery != "limit=0" || r.Header.Get("Authorization") != "Bearer t0ken" {
				t.Errorf("asked for %q with %q", got, r.URL.RawQuery)
			}
			_, _ = io.CopyN(w, endless('x'), size)
		})
		body, err := c.Stream(t.Context(), pods+"?limit=0", "text/special")
		if err != nil {
			t.Fatal(err)
		}
		n, err := io.Copy(io.Discard, body)
		if n != size || err != nil || body.Close() != nil {
			t.Errorf("%d bytes, %v", n, err)
		}
		if _, err := c.Send(t.Context(), Request{Method: http.MethodGet, Path: pods + "?limit=0", Accept: "text/special"}); !errors.Is(err, ErrTooBig) {
			t.Errorf("Send of the same: %v", err)
		}
	})
}

// A list may be slow to begin; anything else is given up sooner.
func TestStreamMayBeginLate(t *testing.T) {
	for name, c := range map[string]struct {
		after time.Duration
		took  time.Duration // until it is given up; 0: it isn't
	}{
		"soon enough": {bulkTimeout - time.Second, 0},
		"too late":    {bulkTimeout + time.Second, bulkTimeout},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				_, f, client := ready(t)
				f.answer("GET "+pods, func(w http.ResponseWriter, r *http.Request) {
					linger(r, c.after)
					_, _ = io.WriteString(w, "at last")
				})
				began := time.Now()
				body, err := client.Stream(t.Context(), pods, "")
				if c.took > 0 {
					if took := time.Since(began); err == nil || took != c.took || !timedOut(err) {
						t.Fatalf("%v after %v", err, took)
					}
				} else if b, _ := io.ReadAll(body); err != nil || string(b) != "at last" || body.Close() != nil {
					t.Fatalf("%q, %v", b, err)
				}
				began = time.Now()
				if err := client.Get(t.Context(), pods, &struct{}{}); time.Since(began) != headerTimeout || !timedOut(err) {
					t.Errorf("Get: %v after %v", err, time.Since(began))
				}
			})
		})
	}
}

func TestStreamEnds(t *testing.T) {
	for name, end := range map[string]func(w *world, c *Client, cancel func()){
		"with its ctx":         func(_ *world, _ *Client, cancel func()) { cancel() },
		"with the connections": func(_ *world, c *Client, _ func()) { c.Drop() },
		"with its member":      func(w *world, _ *Client, _ func()) { w.Set(nil) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w, f, c := ready(t)
				f.answer("GET "+pods, func(w http.ResponseWriter, r *http.Request) {
					_, _ = io.WriteString(w, "first")
					_ = http.NewResponseController(w).Flush()
					<-r.Context().Done()
				})
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				body, err := c.Stream(ctx, pods+"?watch=1", "")
				if err != nil {
					t.Fatal(err)
				}
				defer func() { _ = body.Close() }()
				if _, err := io.ReadFull(body, make([]byte, 5)); err != nil {
					t.Fatal(err)
				}
				time.Sleep(time.Hour) // nothing but that ends it
				end(w, c, cancel)
				if n, err := body.Read(make([]byte, 5)); err == nil {
					t.Errorf("%d bytes more", n)
				}
			})
		})
	}
}

// A heartbeat must not queue behind a list: the list has a connection of its own.
func TestStreamsHaveTheirOwnConnections(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, f, c := ready(t)
		before := len(w.net.dialled("a.test:6443"))
		f.answer("GET "+pods, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "{}") })
		for range 3 {
			body, err := c.Stream(t.Context(), pods, "")
			if err != nil {
				t.Fatal(err)
			}
			_, _ = io.Copy(io.Discard, body)
			_ = body.Close()
		}
		if n := len(w.net.dialled("a.test:6443")) - before; n != 1 {
			t.Errorf("%d connections for three streams", n)
		}
		if err := c.Get(t.Context(), pods, &struct{}{}); err != nil || len(w.net.dialled("a.test:6443"))-before != 1 {
			t.Errorf("Get: %v, over a new connection", err)
		}
	})
}

func TestStreamRefusals(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, f, c := ready(t)
		for name, refused := range map[string]struct {
			by    http.HandlerFunc
			right func(error) bool
		}{
			"gone":       {refuse(410, "too old resource version"), apierrors.IsGone},
			"denied":     {refuse(403, "no"), apierrors.IsForbidden},
			"busy":       {refuse(429, "slow down"), apierrors.IsTooManyRequests},
			"a page":     {func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "<html>", http.StatusBadGateway) }, apierrors.IsUnexpectedServerError},
			"a redirect": {http.RedirectHandler("https://evil.test/", http.StatusFound).ServeHTTP, func(err error) bool { _, ok := errors.AsType[*redirectError](err); return ok }},
		} {
			f.answer("GET "+pods, refused.by)
			if body, err := c.Stream(t.Context(), pods, ""); body != nil || !refused.right(err) {
				t.Errorf("%s: %T, %v", name, err, err)
			}
		}
	})
}

// The transport's gzip is used, and the kubeconfig's disable-compression is heeded.
func TestStreamCompression(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f := newFake(t, w.net, w.ca, "a.test")
		f.answer("GET "+pods, func(w http.ResponseWriter, r *http.Request) {
			if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
				_, _ = io.WriteString(w, "plain")
				return
			}
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			_, _ = io.WriteString(z, "packed")
			_ = z.Close()
		})
		for line, want := range map[string]string{"": "packed", "disable-compression: true": "plain"} {
			text := strings.Replace(f.file(), "  cluster:\n", "  cluster:\n    "+line+"\n", 1)
			c, err := dial(credential(t, text), "", nil, w.net.dial)
			if err != nil {
				t.Fatal(err)
			}
			body, err := c.Stream(t.Context(), pods, "")
			if err != nil {
				t.Fatal(err)
			}
			if got, _ := io.ReadAll(body); string(got) != want {
				t.Errorf("%q: %q", line, got)
			}
			_ = body.Close()
			c.Close()
		}
	})
}
