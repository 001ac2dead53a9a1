package fleet

import (
	"net/http"
	"net/url"
	"strings"
)

// GateRequest is a request that is about to leave for a member and could change something there.
type GateRequest struct {
	Method string
	Path   string // below the server's own, decoded
	Query  url.Values
	// HasBody says that something is sent along. For a DELETE that means that the query isn't all: the options in a body win.
	HasBody bool
}

// ask has the gate judge a request, unless nothing could come of it.
func (w *wire) ask(r *http.Request) error {
	if w.gate == nil || reads(r) {
		return nil
	}
	q := GateRequest{
		Method: r.Method, Path: strings.TrimPrefix(r.URL.Path, w.root), Query: r.URL.Query(),
		HasBody: r.Body != nil && r.Body != http.NoBody,
	}
	if r.Method == http.MethodPost && asksOfUs(q.Path) {
		return nil
	}
	return w.gate(q)
}

// reads says whether a request only reads. One that turns the connection into something else (exec, attach, port-forward) is a
// GET in name only.
func reads(r *http.Request) bool {
	switch r.Method {
	case "", http.MethodGet, http.MethodHead, http.MethodOptions:
		return !upgrades(r.Header)
	}
	return false
}

// upgrades reads the headers as a server will, whatever the case in which they were put there.
func upgrades(h http.Header) bool {
	for key, values := range h {
		if strings.EqualFold(key, "Upgrade") || (strings.EqualFold(key, "Connection") && strings.Contains(strings.ToLower(strings.Join(values, ",")), "upgrade")) {
			return true
		}
	}
	return false
}

// asksOfUs says whether a POST there is one of the reviews by which a cluster says who we are and what we may do. They are
// answered, and kept nowhere.
func asksOfUs(path string) bool {
	parts := strings.Split(path, "/") // "", "apis", group, version, resource
	if len(parts) != 5 || parts[0] != "" || parts[1] != "apis" {
		return false
	}
	switch parts[2] + "/" + parts[4] {
	case "authentication.k8s.io/selfsubjectreviews",
		"authorization.k8s.io/selfsubjectaccessreviews",
		"authorization.k8s.io/selfsubjectrulesreviews":
		return true
	}
	return false
}
