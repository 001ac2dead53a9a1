package fleet

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/secret"
)

// issuer is a Source whose tokens are "t0", "t1"...: the next one each time that one is called stale.
type issuer struct {
	mu    sync.Mutex
	n     int
	err   error
	takes time.Duration
	asked []string // tokens that were called stale
	calls int
	certs []kubeconfig.Proof // given instead of tokens
}

func (i *issuer) Proof(ctx context.Context, stale kubeconfig.Proof) (kubeconfig.Proof, error) {
	i.mu.Lock()
	i.calls++
	takes := i.takes
	i.mu.Unlock()
	select {
	case <-time.After(takes):
	case <-ctx.Done():
		return kubeconfig.Proof{}, ctx.Err()
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	if !stale.Empty() {
		i.asked = append(i.asked, string(stale.Token.Reveal()))
		i.n++
	}
	switch {
	case i.err != nil:
		return kubeconfig.Proof{}, i.err
	case i.certs != nil:
		return i.certs[min(i.n, len(i.certs)-1)], nil
	}
	return kubeconfig.Proof{Token: secret.New([]byte("t" + itoa(i.n)))}, nil
}

func (i *issuer) set(change func(*issuer)) {
	i.mu.Lock()
	defer i.mu.Unlock()
	change(i)
}

// program is a credential that wants a program run; lines are added to the user.
func (f *fake) program(lines ...string) string {
	return f.file(append(lines, "exec: {apiVersion: client.authentication.k8s.io/v1, command: get-token, interactiveMode: Never}")...)
}

// signedIn makes the cluster "a", which accepts some tokens, and its member with a Source.
func (w *world) signedIn(accepted ...string) (*fake, *issuer, Member) {
	w.t.Helper()
	f, _ := w.cluster("a")
	f.set(func(f *fake) { f.tokens = accepted })
	s := &issuer{}
	w.sources["a"] = s
	return f, s, w.vault.put("a", credential(w.t, f.program()))
}

func TestAStaleProofIsReplacedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, s, m := w.signedIn("t1")
		w.Set([]Member{m})
		w.wants("a", StateReady)
		if !slices.Equal(s.asked, []string{"t0"}) {
			t.Errorf("called stale: %v", s.asked)
		}
		f.set(func(f *fake) { f.tokens = []string{"t2"} }) // as when it expires
		time.Sleep(time.Minute)
		w.wants("a", StateReady)
		if !slices.Equal(s.asked, []string{"t0", "t1"}) {
			t.Errorf("called stale: %v", s.asked)
		}
	})
}

// A cluster that takes no token at all must not wear out the issuer, or a whole fleet would.
func TestAClusterThatTrustsNoTokenNeedsALogin(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, s, m := w.signedIn("none of them")
		w.Set([]Member{m})
		got := w.wants("a", StateNeedsLogin)
		if got.Action != ActionRetry || !strings.Contains(got.Cause, "what the program gave (401): get-token. Sign in with") {
			t.Errorf("%s: %q", got.Action, got.Cause)
		}
		time.Sleep(50 * time.Second)
		if n := len(s.asked); n != 1 || len(f.seen()) < 4 {
			t.Errorf("%d replacements for %d requests", n, len(f.seen()))
		}
	})
}

func TestWhatOnlyThePersonCanDo(t *testing.T) {
	for need, action := range map[kubeconfig.Need]Action{
		kubeconfig.NeedSignIn: ActionSignIn, kubeconfig.NeedApprove: ActionApprove, kubeconfig.NeedRun: ActionRun,
	} {
		t.Run(string(need), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				f, s, m := w.signedIn("t0")
				fb, b := w.cluster("b")
				s.err = &kubeconfig.NeedError{Need: need, Why: "Do\u202e it."}
				w.Set([]Member{m, b})
				got := w.wants("a", StateNeedsLogin)
				if got.Action != action || got.Cause != "Do it." || !got.NextTry.IsZero() {
					t.Errorf("%+v", got)
				}
				time.Sleep(time.Hour)
				if n := len(w.net.dialled("a.test:6443")); n != 0 {
					t.Errorf("%d connections without anything to show", n)
				}
				s.set(func(i *issuer) { i.err = nil })
				w.wants("b", StateReady)
				fb.forget()
				w.RenewAll()
				w.wants("a", StateReady)
				if len(f.seen()) == 0 || len(fb.seen()) != 0 {
					t.Errorf("the other member was disturbed: %v", fb.seen())
				}
			})
		})
	}
}

// A session that ends while the member is ready.
func TestASessionThatEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		_, s, m := w.signedIn("t0")
		w.Set([]Member{m})
		before := w.wants("a", StateReady)
		dialled := len(w.net.dialled("a.test:6443"))
		s.set(func(i *issuer) { i.err = &kubeconfig.NeedError{Need: kubeconfig.NeedSignIn, Why: "Sign in again."} })
		time.Sleep(26 * time.Second)
		got := w.wants("a", StateNeedsLogin)
		if got.Action != ActionSignIn || got.Facts.Version != before.Facts.Version || len(w.net.dialled("a.test:6443")) != dialled {
			t.Errorf("%+v", got)
		}
	})
}

func TestAnIssuerInTrouble(t *testing.T) {
	for name, c := range map[string]struct {
		err   error
		cause string
	}{
		"says why":    {&kubeconfig.ProofError{Why: "The identity provider doesn't answer.", Err: errors.New("x")}, "The identity provider doesn't answer."},
		"doesn't":     {errors.New("pip\u202ee burst"), "could not be had: pipe burst"},
		"is too late": {context.DeadlineExceeded, "took too long"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				_, s, m := w.signedIn("t0")
				s.err = c.err
				w.Set([]Member{m})
				got := w.wants("a", StateUnreachable)
				if got.Action != ActionRetry || !strings.Contains(got.Cause, c.cause) || got.NextTry.IsZero() {
					t.Errorf("%+v", got)
				}
				s.set(func(i *issuer) { i.err = nil })
				w.until("a", StateReady, time.Second)
			})
		})
	}
}

func TestASourceThatCantBeMade(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		_, _, m := w.signedIn("t0")
		var approved bool
		w.o.Source = func(string, kubeconfig.Credential) (Source, error) {
			if !approved {
				return nil, &kubeconfig.NeedError{Need: kubeconfig.NeedApprove, Why: "Allow it."}
			}
			return &issuer{}, nil
		}
		w.Set([]Member{m})
		if got := w.wants("a", StateNeedsLogin); got.Action != ActionApprove {
			t.Errorf("%+v", got)
		}
		approved = true
		w.RenewAll()
		w.wants("a", StateReady)
	})
}

// Programs may be slow. The time that they take is not taken from the requests.
func TestASlowSource(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		_, s, m := w.signedIn("t0")
		s.takes = 4 * time.Second // each time: slower than any program that keeps what it got
		w.Set([]Member{m})
		w.wants("a", StateConnecting)
		w.until("a", StateReady, 20*time.Second)
	})
}

func TestANewCertificateDropsTheOldConnections(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, s, m := w.signedIn()
		for _, name := range []string{"old", "new"} {
			cert, key := w.ca.client(t, name, year(2080))
			s.certs = append(s.certs, kubeconfig.Proof{CertPEM: cert, KeyPEM: secret.New(key)})
		}
		var seen []string
		f.answer("GET /version", func(rw http.ResponseWriter, r *http.Request) {
			name := "nobody"
			if len(r.TLS.PeerCertificates) > 0 {
				name = r.TLS.PeerCertificates[0].Subject.CommonName
			}
			seen = append(seen, name)
			reply(rw, map[string]string{"gitVersion": "v1.36.3"})
		})
		w.Set([]Member{m})
		w.wants("a", StateReady)
		time.Sleep(26 * time.Second)
		s.set(func(i *issuer) { i.n = 1 })
		time.Sleep(26 * time.Second)
		w.wants("a", StateReady)
		if !slices.Equal(seen, []string{"old", "old", "new"}) || len(w.net.dialled("a.test:6443")) != 2 {
			t.Errorf("seen %v over %d connections", seen, len(w.net.dialled("a.test:6443")))
		}
		s.set(func(i *issuer) { i.certs[1].KeyPEM = i.certs[0].KeyPEM })
		time.Sleep(26 * time.Second)
		if got := w.wants("a", StateUnreachable); !strings.Contains(got.Cause, "don't belong together") {
			t.Errorf("cause: %q", got.Cause)
		}
	})
}

// What can't be sent twice is refused once, but not the next time.
func TestOnlyWhatCanBeRewoundIsSentAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, _, _ := w.signedIn("t1")
		var bodies []string
		f.answer("POST /x", func(rw http.ResponseWriter, r *http.Request) {
			b, _ := io.ReadAll(r.Body)
			bodies = append(bodies, string(b))
			reply(rw, map[string]string{})
		})
		c, err := dial(credential(t, f.program()), "", &issuer{}, w.net.dial)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		post := func(body io.Reader) int {
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://a.test:6443/x", body)
			if err != nil {
				t.Fatal(err)
			}
			answer, err := c.http.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			_ = answer.Body.Close()
			return answer.StatusCode
		}
		if code := post(io.MultiReader(strings.NewReader("once"))); code != http.StatusUnauthorized {
			t.Errorf("what can't be rewound: %d", code)
		}
		if code := post(io.MultiReader(strings.NewReader("then"))); code != http.StatusOK {
			t.Errorf("with the new token: %d", code)
		}
		f.set(func(f *fake) { f.tokens = []string{"t2"} })
		if code := post(strings.NewReader("again")); code != http.StatusOK || !slices.Equal(bodies, []string{"then", "again"}) {
			t.Errorf("what can: %d, %v", code, bodies)
		}
	})
}

func TestAProofGoesNowhereElse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, _, _ := w.signedIn("t0")
		thief, _ := w.cluster("thief")
		s := &issuer{}
		c, err := dial(credential(t, f.program()), "", s, w.net.dial)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		f.answer("GET /x", http.RedirectHandler("https://thief.test:6443/steal", http.StatusTemporaryRedirect).ServeHTTP)
		if err := c.Get(t.Context(), "/x", &struct{}{}); err == nil {
			t.Error("a redirect passed for an answer")
		}
		calls := s.calls
		for _, address := range []string{"https://thief.test:6443/", "http://a.test:6443/", "https://a.test/"} {
			r, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
			if answer, err := c.http.Do(r); !errors.Is(err, errOtherHost) {
				if err == nil {
					_ = answer.Body.Close()
				}
				t.Errorf("%s: %v", address, err)
			}
		}
		if s.calls != calls {
			t.Error("a proof was asked for another host")
		}
		if n := len(thief.seen()) + len(w.net.dialled("thief.test:6443")); n != 0 {
			t.Errorf("the thief was called: %d", n)
		}
	})
}

// Who acts for somebody else proves who they are, and says who they want to be.
func TestImpersonationWithASource(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, _, _ := w.signedIn("t0")
		var as []string
		f.answer("GET /x", func(rw http.ResponseWriter, r *http.Request) {
			as = append(as, r.Header.Get("Authorization"), r.Header.Get("Impersonate-User"), strings.Join(r.Header["Impersonate-Group"], ","))
			reply(rw, map[string]string{})
		})
		c, err := dial(credential(t, f.program("as: eve", "as-groups: [ops, dev]")), "", &issuer{}, w.net.dial)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if err := c.Get(t.Context(), "/x", &struct{}{}); err != nil || !slices.Equal(as, []string{"Bearer t0", "eve", "ops,dev"}) {
			t.Errorf("%v, %v", as, err)
		}
	})
}

// Before anybody signed in one can still see whether the server is there.
func TestProbeWithoutAProof(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, s, _ := w.signedIn("t0")
		s.err = &kubeconfig.NeedError{Need: kubeconfig.NeedSignIn, Why: "Sign in first."}
		var shown []string
		f.set(func(f *fake) { f.tokens = nil })
		f.answer("GET /version", func(rw http.ResponseWriter, r *http.Request) {
			shown = append(shown, r.Header.Get("Authorization"))
			refuse(http.StatusUnauthorized, "Unauthorized")(rw, r)
		})
		c, err := dial(credential(t, f.program()), "", s, w.net.dial)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		ends, details, _, err := probed(t, c)
		if got := strings.Join(ends, ", "); got != "reach ok, tls ok, whoami failed, rights skipped, version skipped, t4k skipped" {
			t.Errorf("checks: %s", got)
		}
		if _, ok := errors.AsType[*kubeconfig.NeedError](err); !ok || details[CheckWhoAmI] != "Sign in first." || !slices.Equal(shown, []string{""}) {
			t.Errorf("%v, %q, shown %q", err, details[CheckWhoAmI], shown)
		}
	})
}

func TestASignInWithoutASource(t *testing.T) {
	sign, err := kubeconfig.NewSignIn("a", kubeconfig.Target{Server: "https://a.test"}, kubeconfig.SignIn{Flow: kubeconfig.FlowBrowser, Issuer: "https://i.test", ClientID: "c"})
	if err != nil {
		t.Fatal(err)
	}
	_, err = Dial(sign, "")
	state, cause := Classify(err)
	if state != StateNeedsLogin || cause != "Sign in to use this cluster." || remedy(err, state, sign.Auth()) != ActionSignIn {
		t.Errorf("%s: %s, %s", state, cause, remedy(err, state, sign.Auth()))
	}
}
