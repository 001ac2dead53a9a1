package webview

import (
	"bytes"
	"net/http"
	"slices"
)

// slot is the place in the page's HTML for what shows first. A script of that type is data and never runs.
const slot = `<script type="application/json" id="first">`

// First writes into the page's HTML what it shows first, so that it needs no answer before that. first gives JSON, as the
// standard library writes it, or nil when there is nothing yet; the page then asks.
func First(first func() []byte, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet || r.URL.Path != "/" && r.URL.Path != "/index.html" {
			next.ServeHTTP(w, r)
			return
		}
		page := &recorder{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(page, r)
		body := page.body.Bytes()
		if page.status == http.StatusOK {
			body = fill(body, first())
			w.Header().Del("Content-Length")
		}
		w.WriteHeader(page.status)
		_, _ = w.Write(body) // fails only when the page has gone
	})
}

// fill puts JSON into the page's slot. What could end the script is refused; JSON of the standard library never holds it.
func fill(page, data []byte) []byte {
	if bytes.ContainsAny(data, "<>") {
		return page
	}
	return bytes.Replace(page, []byte(slot), slices.Concat([]byte(slot), data), 1)
}

// recorder keeps a body back; headers go where they belong.
type recorder struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

func (r *recorder) WriteHeader(status int)      { r.status = status }
func (r *recorder) Write(b []byte) (int, error) { return r.body.Write(b) }
