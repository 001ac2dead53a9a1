package guard

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// Request is one that could change something.
type Request struct {
	Method string
	Path   string // below the server's own, decoded
	Query  url.Values
	// HasBody says that something is sent along.
	HasBody bool
}

// Refusal is why a request was not sent.
type Refusal struct { //nolint:errname // it says no, and nothing went wrong
	Member string // its id
	Name   string // "": it isn't in the view
	Mode   Mode
}

// Error says what holds and what to do.
func (r *Refusal) Error() string {
	switch {
	case r.Name == "":
		return "This cluster is not in the view, so nothing is changed there."
	case r.Mode == Protected:
		return "The cluster " + r.Name + " is protected, so nothing was sent to it. Unlock it to make changes."
	default:
		return "The cluster " + r.Name + " is read-only in this view, so nothing was sent to it. Loosen its guard to make changes."
	}
}

// Check says whether a request may leave for the member now; the error is a *Refusal.
func (b *Book) Check(member string, r Request) error {
	now := b.o.Now()
	b.mu.Lock()
	e, found := b.members[member]
	b.mu.Unlock()
	switch {
	case found && (e.Mode == None || (e.Mode == Protected && e.unlocked(now))):
		return nil
	case r.dry(), b.o.Allow != nil && b.o.Allow(member, r):
		return nil
	case !found:
		return &Refusal{Member: member, Mode: ReadOnly}
	}
	return &Refusal{Member: member, Name: e.Name, Mode: e.Mode}
}

// dry says whether an API server is certain to only try the request: one of an object's own verbs, with All as each dryRun of the
// query. Two traps: the options in the body of a DELETE are taken instead of those in the query, and what an API server hands on
// (exec, proxy, other people's subresources) goes by nobody's dryRun.
func (r Request) dry() bool {
	switch r.Method {
	case http.MethodPost, http.MethodPut, http.MethodPatch:
	case http.MethodDelete:
		if r.HasBody {
			return false
		}
	default:
		return false
	}
	runs := r.Query["dryRun"]
	return len(runs) > 0 && !slices.ContainsFunc(runs, func(v string) bool { return v != "All" }) && ofObjects(r.Path)
}

// ofObjects says whether a path is that of objects, or of one of the subresources that every API server keeps itself.
func ofObjects(path string) bool {
	parts := strings.Split(strings.TrimPrefix(path, "/"), "/")
	switch {
	case slices.ContainsFunc(parts, func(p string) bool { return p == "" || p == "." || p == ".." }):
		return false
	case len(parts) > 2 && parts[0] == "api": // api, version
		parts = parts[2:]
	case len(parts) > 3 && parts[0] == "apis": // apis, group, version
		parts = parts[3:]
	default:
		return false
	}
	if parts[0] == "namespaces" && len(parts) > 2 && parts[2] != "status" && parts[2] != "finalize" { // which are a namespace's own
		parts = parts[2:]
	}
	// What is left: resource, name, subresource.
	return len(parts) < 3 || (len(parts) == 3 && slices.Contains([]string{"status", "scale", "eviction"}, parts[2]))
}
