package oidc

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
)

const pageStyle = `body{font:16px/1.5 system-ui,sans-serif;max-width:34em;margin:15vh auto;padding:0 1em}`

// page answers the browser. Nothing that came with the request stands on it, and it can do nothing but be read.
func page(w http.ResponseWriter, status int, title, text string) {
	sum := sha256.Sum256([]byte(pageStyle))
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+
		"'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	h.Set("Referrer-Policy", "no-referrer") // the address holds the code
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Connection", "close")
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark">`+
		`<title>%s</title><style>%s</style><h1>%s</h1><p>%s</p></html>`, title, pageStyle, title, text)
}
