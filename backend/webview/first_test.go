package webview

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func get(t *testing.T, path string, first string) *httptest.ResponseRecorder {
	t.Helper()
	const page = "<body>" + slot + "</script></body>"
	inner := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "60")
		w.Header().Set("Content-Type", "text/html")
		if r.URL.Path == "/index.html" {
			w.WriteHeader(http.StatusNotFound)
		}
		_, _ = io.WriteString(w, page)
	})
	w := httptest.NewRecorder()
	First(func() []byte { return []byte(first) }, inner).ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, http.NoBody))
	return w
}

func TestFirst(t *testing.T) {
	const hostile = `</script><script>alert(1)</script><!--`
	written, err := json.Marshal(map[string]string{"name": hostile})
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		path  string
		first string
		want  string
	}{
		"page with data":      {"/", `{"seq":7}`, slot + `{"seq":7}</script>`},
		"nothing yet":         {"/", "", slot + `</script>`},
		"data can't be code":  {"/", string(written), slot + `{"name":"\u003c/script\u003e\u003cscript\u003ealert(1)\u003c/script\u003e\u003c!--"}</script>`},
		"code isn't data":     {"/", hostile, slot + `</script>`},
		"what isn't the page": {"/assets/x.html", `{"seq":7}`, slot + `</script>`},
		"page that is gone":   {"/index.html", `{"seq":7}`, slot + `</script>`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			answer := get(t, test.path, test.first)
			if want := "<body>" + test.want + "</body>"; answer.Body.String() != want {
				t.Errorf("got %s\nwant %s", answer.Body, want)
			}
			if got := answer.Header().Get("Content-Type"); got != "text/html" {
				t.Errorf("content type %q", got)
			}
			if strings.Contains(test.want, ":") && answer.Header().Get("Content-Length") == "60" {
				t.Error("the length is still that of the page without its data")
			}
		})
	}
}
