package faultproxy

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// maxForm is far above any form of a token endpoint.
const maxForm = 64 << 10

// grantOf reads the grant_type of a form and leaves the body as it was.
func grantOf(r *http.Request) string {
	if r.Method != http.MethodPost || !strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		return ""
	}
	start, err := io.ReadAll(io.LimitReader(r.Body, maxForm))
	rest := io.Reader(r.Body)
	if err != nil {
		rest = failing{err}
	}
	r.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(start), rest), r.Body}
	form, err := url.ParseQuery(string(start))
	if err != nil {
		return ""
	}
	return form.Get("grant_type")
}

// failing is a body that broke off.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }
