package fleet

import (
	"encoding/base64"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func status(code int, message string) func(*fake) {
	return func(f *fake) { f.answers["GET /version"] = refuse(code, message) }
}

// What a server answers decides the state, the words, and when it is asked again.
func TestAnswers(t *testing.T) {
	const review = "POST /apis/authentication.k8s.io/v1/selfsubjectreviews"
	const soon, never = time.Second, 0
	for name, c := range map[string]struct {
		prepare func(*fake)
		state   State
		cause   string
		next    time.Duration
	}{
		"401":                {status(401, "Unauthorized"), StateNeedsLogin, "doesn't accept this credential (401)", soon},
		"403 of the version": {status(403, "no"), StateReady, "", never},
		"403 of the review": {
			func(f *fake) { f.answers[review] = refuse(403, `User "x" cannot create selfsubjectreviews`) },
			StateDenied, `says no: User "x" cannot create selfsubjectreviews. Ask`, soon,
		},
		"401 of the review":     {func(f *fake) { f.answers[review] = refuse(401, "Unauthorized") }, StateNeedsLogin, "(401)", soon},
		"404":                   {status(404, "no"), StateUnreachable, "not a Kubernetes API server", soon},
		"429":                   {status(429, "slow down"), StateUnreachable, "too busy", soon},
		"500 with a lying text": {status(500, "etcd\u202e is\nnot \x1b[31mthere"), StateUnreachable, "(500): etcd is not [31mthere. It is", soon},
		"503":                   {status(503, "etcd is gone"), StateUnreachable, "can't serve (503): etcd is gone", soon},
		"a login page": {func(f *fake) {
			f.answers["GET /version"] = func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/html")
				_, _ = io.WriteString(w, "<html>secret</html>")
			}
		}, StateUnreachable, "not a Kubernetes API server", soon},
		"a redirect": {func(f *fake) {
			f.answers["GET /version"] = http.RedirectHandler("https://login.evil.test/?x", http.StatusFound).ServeHTTP
		}, StateUnreachable, "sends us elsewhere instead of answering: login.evil.test", soon},
		"other JSON": {func(f *fake) {
			f.answers["GET /version"] = func(w http.ResponseWriter, _ *http.Request) { reply(w, map[string]int{"x": 1}) }
		}, StateUnreachable, "not a Kubernetes API server", soon},
		"cut off": {func(f *fake) {
			f.answers["GET /version"] = func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
		}, StateUnreachable, "", soon},
		"100 MB": {func(f *fake) {
			f.answers["GET /version"] = func(w http.ResponseWriter, _ *http.Request) {
				_, _ = io.CopyN(w, endless('1'), 100<<20)
			}
		}, StateUnreachable, "far larger", soon},
		"a bomb": {func(f *fake) {
			f.answers["GET /version"] = func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Encoding", "gzip")
				_, _ = w.Write(bomb())
			}
		}, StateUnreachable, "far larger", soon},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				f, m := w.cluster("a")
				f.set(c.prepare)
				w.Set([]Member{m})
				got := w.wants("a", c.state)
				if !strings.Contains(got.Cause, c.cause) || (c.cause == "") != (got.Cause == "") && name != "cut off" {
					t.Errorf("cause: %q", got.Cause)
				}
				if c.next == never != got.NextTry.IsZero() || c.next != never && (time.Until(got.NextTry) > c.next || time.Until(got.NextTry) < c.next*7/10) {
					t.Errorf("the next try is in %v, want %v", time.Until(got.NextTry), c.next)
				}
			})
		})
	}
}

func TestHangingAnswers(t *testing.T) {
	for _, request := range []string{"GET /version", "GET /apis", "POST /apis/authentication.k8s.io/v1/selfsubjectreviews"} {
		t.Run(request, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				f, m := w.cluster("a")
				f.answer(request, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
				w.Set([]Member{m})
				w.until("a", StateUnreachable, 11*time.Second)
				if s := w.wants("a", StateUnreachable); !strings.Contains(s.Cause, "No answer in time") {
					t.Errorf("cause: %q", s.Cause)
				}
			})
		})
	}
}

// A body that never ends holds nobody up, and less than what was sent of it is kept.
func TestASlowBodyIsGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, m := w.cluster("a")
		f.answer("GET /apis", func(rw http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				_, _ = io.WriteString(rw, " ")
				_ = http.NewResponseController(rw).Flush()
				linger(r, time.Second)
			}
		})
		w.Set([]Member{m})
		w.until("a", StateUnreachable, 11*time.Second)
	})
}

func TestAPasswordIsNotTriedAgainByItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, _ := w.cluster("a")
		f.set(status(401, "Unauthorized"))
		w.Set([]Member{w.vault.put("a", credential(t, f.file("username: ana", "password: pw")))})
		if s := w.wants("a", StateNeedsLogin); !s.NextTry.IsZero() {
			t.Errorf("next try: %v", s.NextTry)
		}
		f.forget()
		time.Sleep(time.Hour)
		if n := len(f.seen()); n != 0 {
			t.Errorf("%d requests", n)
		}
	})
}

func TestALoginThatEndsIsNoticedAndComesBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, m := w.cluster("a")
		w.Set([]Member{m})
		w.wants("a", StateReady)
		f.set(func(f *fake) { f.tokens = []string{"another"} })
		if took := w.until("a", StateNeedsLogin, 30*time.Second); took > 25100*time.Millisecond {
			t.Errorf("noticed after %v", took)
		}
		if s := w.wants("a", StateNeedsLogin); s.Facts.Version == "" || s.Seen.IsZero() {
			t.Errorf("the facts are gone: %+v", s)
		}
		f.set(func(f *fake) { f.tokens = nil })
		w.until("a", StateReady, 5*time.Minute)
	})
}

func TestABusyServerIsAlive(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, m := w.cluster("a")
		w.Set([]Member{m})
		w.wants("a", StateReady)
		f.set(status(429, "slow down"))
		time.Sleep(5 * time.Minute)
		w.wants("a", StateReady)
		f.set(status(503, "etcd is gone"))
		w.until("a", StateUnreachable, 26*time.Second)
	})
}

func TestAClientCertificateThatEndsWhileReady(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, _ := w.cluster("a")
		cert, key := w.ca.client(t, "ana", time.Now().Add(time.Hour))
		m := w.vault.put("a", credential(t, f.file("client-certificate-data: "+b64(cert), "client-key-data: "+b64(key))))
		w.Set([]Member{m})
		if s := w.wants("a", StateReady); !s.Facts.CredentialExpires.Equal(time.Now().Add(time.Hour)) {
			t.Errorf("it ends at %v", s.Facts.CredentialExpires)
		}
		time.Sleep(59 * time.Minute)
		w.wants("a", StateReady)
		time.Sleep(90 * time.Second)
		if s := w.wants("a", StateNeedsLogin); !strings.Contains(s.Cause, "client certificate expired on 1 January 2000") {
			t.Errorf("cause: %q", s.Cause)
		}
	})
}

func TestServerCertificates(t *testing.T) {
	now := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC) // a bubble's clock
	stranger := newAuthority(t)
	for name, c := range map[string]struct {
		by       *authorityCert
		from, to time.Time
		host     string
		cause    string
	}{
		"expired":      {nil, year(1990), year(1999), "a.test", "server's certificate expired on 2 January 1999"},
		"not yet":      {nil, now.Add(10 * time.Minute), year(2010), "a.test", "Check this machine's clock"},
		"unknown CA":   {stranger, year(1990), year(2010), "a.test", "signed by a CA that this credential doesn't trust"},
		"another name": {nil, year(1990), year(2010), "b.test", "for other names than this address: b.test. Use"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				by := c.by
				if by == nil {
					by = w.ca
				}
				f := newFake(t, w.net, w.ca, "a.test", by.server(t, c.from, c.to, c.host))
				w.Set([]Member{w.vault.put("a", credential(t, f.file()))})
				if s := w.wants("a", StateUnreachable); !strings.Contains(s.Cause, c.cause) {
					t.Errorf("cause: %q", s.Cause)
				}
				if n := len(f.seen()); n != 0 {
					t.Errorf("%d requests reached a server that can't be trusted", n)
				}
			})
		})
	}
}

func b64(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

// TestADenialThatLasts is asked about soon at first, for a server that has just started denies everybody, and rarely after.
func TestADenialThatLasts(t *testing.T) {
	const review = "POST /apis/authentication.k8s.io/v1/selfsubjectreviews"
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, m := w.cluster("a")
		f.set(func(f *fake) { f.answers[review] = refuse(403, "no") })
		w.Set([]Member{m})
		w.wants("a", StateDenied)
		time.Sleep(2 * time.Minute)
		got, _ := w.Status("a")
		if wait := time.Until(got.NextTry); wait > 5*time.Minute || wait < 2*time.Minute {
			t.Errorf("after two minutes of denial the next try is in %v, want some minutes", wait)
		}
		f.set(func(f *fake) { delete(f.answers, review) })
		time.Sleep(5 * time.Minute)
		w.wants("a", StateReady)
	})
}
