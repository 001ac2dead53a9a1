package fleet

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"unicode/utf8"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// endless is a reader of one byte over and over.
type endless byte

func (e endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(e)
	}
	return len(p), nil
}

// bomb is 100 MB in 100 KB.
func bomb() []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = io.CopyN(z, endless(' '), 100<<20)
	_ = z.Close()
	return b.Bytes()
}

func TestAHugeAnswerIsNotKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, m := w.cluster("a")
		f.answer("GET /version", func(rw http.ResponseWriter, _ *http.Request) { _, _ = io.CopyN(rw, endless('1'), 100<<20) })
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		w.Set([]Member{m})
		w.wants("a", StateUnreachable)
		runtime.ReadMemStats(&after)
		// io.ReadAll grows by a quarter at a time: the sum of its buffers is some 5 times the cap.
		if grown := after.TotalAlloc - before.TotalAlloc; grown > 64<<20 {
			t.Errorf("%d MiB were allocated for it", grown>>20)
		}
	})
}

func TestWhatAClusterSaysIsCleaned(t *testing.T) {
	evil := "x\u202e\u0000\x1b[2J\n" + strings.Repeat("y", 100_000)
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, m := w.cluster("a")
		f.set(func(f *fake) {
			f.version, f.user = evil, evil
			f.groups = append(f.groups, "triliovault.trilio.io/v1", evil+"/v1")
			f.managers = `{"status":{"releaseVersion":"5\u202e\u0007` + strings.Repeat("z", 10_000) + `"}}`
		})
		w.Set([]Member{m})
		got := w.wants("a", StateReady).Facts
		for field, s := range map[string]string{"version": got.Version, "identity": got.Identity, "T4K": got.T4K.Version} {
			if utf8.RuneCountInString(s) > maxText+1 || strings.ContainsAny(s, "\u202e\x00\x07\x1b\n") || s == "" {
				t.Errorf("%s: %.40q of %d bytes", field, s, len(s))
			}
		}
	})
}

func TestACredentialGoesNowhereElse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, m := w.cluster("a")
		thief, _ := w.cluster("thief")
		w.Set([]Member{m})
		w.wants("a", StateReady)
		f.answer("GET /api/v1/namespaces/x/secrets/y", http.RedirectHandler("https://thief.test:6443/steal", http.StatusTemporaryRedirect).ServeHTTP)
		c, err := w.Client("a")
		if err != nil {
			t.Fatal(err)
		}
		secrets := c.Dynamic().Resource(schema.GroupVersionResource{Version: "v1", Resource: "secrets"}).Namespace("x")
		if _, err := secrets.Get(t.Context(), "y", metav1.GetOptions{}); err == nil {
			t.Error("a redirect passed for an answer")
		}
		if err := c.Get(t.Context(), "/api/v1/namespaces/x/secrets/y", &struct{}{}); err == nil {
			t.Error("a redirect passed for an answer")
		}
		r, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://thief.test:6443/", http.NoBody)
		if answer, err := c.http.Do(r); !errors.Is(err, errOtherHost) {
			if err == nil {
				_ = answer.Body.Close()
			}
			t.Errorf("another host: %v", err)
		}
		r, _ = http.NewRequestWithContext(t.Context(), http.MethodGet, "http://a.test:6443/", http.NoBody)
		if answer, err := c.http.Do(r); !errors.Is(err, errOtherHost) {
			if err == nil {
				_ = answer.Body.Close()
			}
			t.Errorf("without TLS: %v", err)
		}
		if n := len(thief.seen()) + len(w.net.dialled("thief.test:6443")); n != 0 {
			t.Errorf("the thief was called: %d", n)
		}
	})
}

// A list too large is refused, a watch as long as it lasts is not.
func TestDynamicAnswersAreCappedButStreamsAreNot(t *testing.T) {
	const limit, events = 1 << 20, 12
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, _ := w.cluster("a")
		f.answer("GET /api/v1/pods", func(rw http.ResponseWriter, r *http.Request) {
			rw.Header().Set("Content-Type", "application/json")
			if r.URL.Query().Get("watch") == "" {
				_, _ = io.CopyN(rw, endless(' '), limit+1)
				return
			}
			event := []byte(`{"type":"BOOKMARK","object":{"apiVersion":"v1","kind":"Pod","metadata":{"name":"` + strings.Repeat("p", limit/10) + `"}}}` + "\n")
			for range events {
				_, _ = rw.Write(event)
			}
		})
		c, err := dial(credential(t, f.file()), "binnacle/test", nil, w.net.dial)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if c.wire.limit != maxBodyBytes {
			t.Errorf("the limit is %d", c.wire.limit)
		}
		c.wire.limit = limit
		pods := c.Dynamic().Resource(schema.GroupVersionResource{Version: "v1", Resource: "pods"})
		if _, err := pods.List(t.Context(), metav1.ListOptions{}); !errors.Is(err, ErrTooBig) {
			t.Errorf("list: %v", err)
		}
		watch, err := pods.Watch(t.Context(), metav1.ListOptions{})
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for range watch.ResultChan() {
			n++
		}
		if n != events {
			t.Errorf("the watch brought %d events, want %d", n, events)
		}
	})
}

func TestClean(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"plain":            {"v1.36.3", "v1.36.3"},
		"spaces":           {"  a \t\n b  ", "a b"},
		"controls":         {"a\x00\x1b[31mb\x7f", "a[31mb"},
		"bidi":             {"a\u202eb\u2066c\u200fd", "abcd"},
		"invisible":        {"a\u200b\ufeffb", "ab"},
		"invalid UTF-8":    {"a\xff\xfeb", "ab"},
		"other languages":  {"größe 名前", "größe 名前"},
		"long":             {strings.Repeat("ä", 400), strings.Repeat("ä", 300) + "…"},
		"exactly as long":  {strings.Repeat("ä", 300), strings.Repeat("ä", 300)},
		"cut in character": {strings.Repeat("名", 801), strings.Repeat("名", 300) + "…"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := clean(c.in); got != c.want {
				t.Errorf("clean = %q, want %q", got, c.want)
			}
		})
	}
}

func FuzzClean(f *testing.F) {
	f.Add("a\u202eb\n")
	f.Fuzz(func(t *testing.T, s string) {
		got := clean(s)
		if !utf8.ValidString(got) || utf8.RuneCountInString(got) > maxText+1 || strings.ContainsAny(got, "\n\r\t\x00\x1b\u202e\u2028") {
			t.Errorf("clean(%q) = %q", s, got)
		}
		if again := clean(got); utf8.RuneCountInString(got) <= maxText && again != got {
			t.Errorf("clean is not stable: %q, then %q", got, again)
		}
	})
}
