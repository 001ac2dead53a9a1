package console

import (
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"

	"github.com/binnacle-dev/binnacle/backend/bridge"
)

// maxBody is above any kubeconfig that Parse takes; a larger one is refused by Parse in words, so some room is left.
const maxBody = 64 << 20

// Handler serves what the page fetches, behind Wails' asset server: same origin, never a TCP port in production.
func (c *Console) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/session", answer(c, func(*http.Request) (any, error) { return c.Session(), nil }))
	mux.HandleFunc("GET /api/fleet", answer(c, func(*http.Request) (any, error) { return c.Fleet(), nil }))
	mux.HandleFunc("POST /api/painted", answer(c, func(*http.Request) (any, error) { return struct{}{}, c.Painted() }))
	mux.HandleFunc("GET /api/import/{ticket}", answer(c, func(r *http.Request) (any, error) { return c.Import(r.PathValue("ticket")) }))
	mux.HandleFunc("GET /api/members/{id}/diagnostics", answer(c, func(r *http.Request) (any, error) {
		text, err := c.MemberDiagnostics(r.PathValue("id"))
		return plainText(text), err
	}))
	mux.HandleFunc("POST /api/import", answer(c, func(r *http.Request) (any, error) {
		body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
		if err != nil {
			return nil, err
		}
		ticket, err := c.ImportText(body)
		return map[string]string{"ticket": ticket}, err
	}))
	mux.HandleFunc("POST /api/seal", answer(c, with(func(_ *http.Request, request bridge.SealRequest) (any, error) {
		return struct{}{}, c.Seal(c.lifetime(), request)
	})))
	mux.HandleFunc("GET /api/lookup/{ticket}", answer(c, func(r *http.Request) (any, error) { return c.Lookup(r.PathValue("ticket")) }))
	mux.HandleFunc("POST /api/lookup/{ticket}/issuer", answer(c, with(func(r *http.Request, request bridge.IssuerRequest) (any, error) {
		return struct{}{}, c.LookUpIssuer(r.PathValue("ticket"), request)
	})))
	mux.HandleFunc("POST /api/lookup/{ticket}/way", answer(c, with(func(r *http.Request, request bridge.WayRequest) (any, error) {
		ticket, err := c.UseWay(c.lifetime(), r.PathValue("ticket"), request)
		return map[string]string{"ticket": ticket}, err
	})))
	mux.HandleFunc("POST /api/program", answer(c, with(func(_ *http.Request, subject bridge.Subject) (any, error) {
		return c.Program(c.lifetime(), subject)
	})))
	mux.HandleFunc("POST /api/program/answer", answer(c, with(func(_ *http.Request, request bridge.ProgramAnswer) (any, error) {
		return struct{}{}, c.AnswerProgram(request.Subject, request.Line)
	})))
	c.paneHandlers(mux)
	mux.HandleFunc("/api/", func(w http.ResponseWriter, _ *http.Request) {
		write(w, http.StatusNotFound, bridge.Wrap(bridge.CodeNotFound, nil, "There is no such resource.", ""))
	})
	return mux
}

// maxRequest is above an edit of the largest object that a cluster keeps, with the text that it began from.
const maxRequest = 8 << 20

// with reads a request's body.
func with[T any](f func(*http.Request, T) (any, error)) func(*http.Request) (any, error) {
	return func(r *http.Request) (any, error) {
		var request T
		if err := json.NewDecoder(io.LimitReader(r.Body, maxRequest)).Decode(&request); err != nil {
			return nil, errors.New("the page sent a request of another form") // the decoder's error may quote a secret
		}
		return f(r, request)
	}
}

// answer turns a use-case into a handler: JSON both ways, errors in bridge's envelope with a status above 399.
func answer(c *Console, f func(*http.Request) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if p := recover(); p != nil {
				c.Logger().Error("panic in a handler", slog.Any("panic", p), slog.String("path", r.URL.Path))
				write(w, http.StatusInternalServerError, bridge.Shape(errors.New("panic")))
			}
		}()
		err := c.ready()
		var out any
		if err == nil {
			out, err = f(r)
		}
		if err != nil {
			write(w, http.StatusUnprocessableEntity, c.Failed(err))
			return
		}
		write(w, http.StatusOK, out)
	}
}

// plainText is an answer that is no JSON.
type plainText string

func write(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Cache-Control", "no-store")
	if text, ok := v.(plainText); ok {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, string(text)) // fails only when the page has gone
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // fails only when the page has gone
}
