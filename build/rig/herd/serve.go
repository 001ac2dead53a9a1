package herd

import (
	"encoding/json"
	"net/http"
	"strings"
)

// ServeHTTP answers one request.
func (m *Member) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	who, known := m.authenticate(r)
	if !known {
		refuse(w, http.StatusUnauthorized, "Unauthorized", "Unauthorized", nil)
		return
	}
	out := &compressor{w: w, accepts: strings.Contains(r.Header.Get("Accept-Encoding"), "gzip"), sent: &m.bytes}
	defer out.close()
	w.Header().Set("Cache-Control", "no-cache, private")
	parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	switch {
	case r.URL.Path == "/version":
		m.version136(out)
	case r.URL.Path == "/api" || r.URL.Path == "/apis":
		m.discovery(out, r, r.URL.Path == "/api")
	case r.URL.Path == "/readyz" || r.URL.Path == "/livez" || r.URL.Path == "/healthz":
		_, _ = out.Write([]byte("ok"))
	case parts[0] == "api" && len(parts) > 2 && parts[1] == "v1":
		m.resource(out, r, "", parts[2:])
	case parts[0] == "apis" && len(parts) == 4 && parts[1] != "apps":
		review(out, r, who, parts[3])
	case parts[0] == "apis" && len(parts) > 3 && parts[2] == "v1":
		m.resource(out, r, parts[1], parts[3:])
	default:
		http.Error(out, "404 page not found", http.StatusNotFound)
	}
}

// user is who asks.
type user struct {
	name   string
	groups []string
}

func (m *Member) authenticate(r *http.Request) (user, bool) {
	if r.TLS != nil && len(r.TLS.VerifiedChains) > 0 {
		subject := r.TLS.VerifiedChains[0][0].Subject
		return user{subject.CommonName, append(subject.Organization, "system:authenticated")}, true
	}
	token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	m.mu.Lock()
	defer m.mu.Unlock()
	name, known := m.known[token]
	return user{name, []string{"system:authenticated"}}, known
}

// resource answers for /{resource}, /{resource}/{name} and the same below namespaces/{namespace}.
func (m *Member) resource(w *compressor, r *http.Request, group string, parts []string) {
	namespace := ""
	if parts[0] == "namespaces" && len(parts) > 2 {
		namespace, parts = parts[1], parts[2:]
	}
	var k *kind
	for _, known := range m.kinds {
		if known.group == group && known.resource == parts[0] && (known.namespaced || namespace == "") {
			k = known
		}
	}
	if k == nil || len(parts) > 2 {
		http.Error(w, "404 page not found", http.StatusNotFound)
		return
	}
	q := &request{Member: m, w: w, r: r, kind: k, store: m.stores[k], namespace: namespace, as: negotiate(r)}
	if len(parts) == 2 {
		q.name = parts[1]
	}
	switch {
	case r.Method == http.MethodGet && q.name != "":
		q.get()
	case r.Method == http.MethodGet && isTrue(r.URL.Query().Get("watch")):
		q.watch()
	case r.Method == http.MethodGet:
		q.list()
	default:
		q.write()
	}
}

// request is one for objects of a kind.
type request struct {
	*Member

	w               *compressor
	r               *http.Request
	kind            *kind
	store           *store
	namespace, name string
	as              form
}

// form is how objects are answered. The set is closed.
type form int

const (
	whole form = iota
	metadataOnly
	table
)

// negotiate takes the first form that the client accepts.
func negotiate(r *http.Request) form {
	for accept := range strings.SplitSeq(r.Header.Get("Accept"), ",") {
		switch {
		case strings.Contains(accept, "as=Table"):
			return table
		case strings.Contains(accept, "as=PartialObjectMetadata"):
			return metadataOnly
		case strings.Contains(accept, "json"), strings.Contains(accept, "*/*"):
			return whole
		}
	}
	return whole
}

func isTrue(s string) bool { return s == "true" || s == "1" }

// refuse answers with a Status.
func refuse(w http.ResponseWriter, code int, reason, message string, details map[string]any) {
	status := map[string]any{
		"kind": "Status", "apiVersion": "v1", "metadata": map[string]any{}, "status": "Failure",
		"message": message, "reason": reason, "code": code,
	}
	if details != nil {
		status["details"] = details
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(status)
}

func (q *request) notFound(name string) {
	refuse(q.w, http.StatusNotFound, "NotFound", q.kind.plural()+` "`+name+`" not found`, q.details(name))
}

func (q *request) details(name string) map[string]any {
	details := map[string]any{"name": name, "kind": q.kind.resource}
	if q.kind.group != "" {
		details["group"] = q.kind.group
	}
	return details
}
