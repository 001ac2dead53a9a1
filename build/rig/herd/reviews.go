package herd

import (
	"crypto/sha512"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

func (*Member) version136(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write([]byte(`{"major":"1","minor":"36","emulationMajor":"1","emulationMinor":"36","minCompatibilityMajor":"1","minCompatibilityMinor":"35",` +
		`"gitVersion":"v1.36.3","gitCommit":"","gitTreeState":"","buildDate":"1970-01-01T00:00:00Z","goVersion":"go1.26.8","compiler":"gc","platform":"linux/amd64"}` + "\n"))
}

// reviews are the kinds that answer who one is and what one may.
func reviews() map[string][]string {
	return map[string][]string{
		"authentication.k8s.io": {"SelfSubjectReview"},
		"authorization.k8s.io":  {"SelfSubjectAccessReview", "SelfSubjectRulesReview"},
	}
}

// discovery answers with all that is served, for /api or for /apis.
func (m *Member) discovery(w *compressor, r *http.Request, core bool) {
	const mediaType = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"
	if !strings.Contains(r.Header.Get("Accept"), "as=APIGroupDiscoveryList") {
		refuse(w, http.StatusNotAcceptable, "NotAcceptable", "only the following media types are accepted: "+mediaType, nil)
		return
	}
	body := fmt.Appendf(nil, `{"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","metadata":{},"items":[%s]}`+"\n", strings.Join(m.groups(core), ","))
	etag := fmt.Sprintf(`"%X"`, sha512.Sum512(body))
	w.Header().Set("Vary", "Accept")
	w.Header().Set("ETag", etag)
	w.Header().Set("Cache-Control", "public")
	if r.Header.Get("If-None-Match") == etag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("Content-Type", mediaType)
	_, _ = w.Write(body)
}

func (m *Member) groups(core bool) []string {
	var coreEntries, apps, groups []string
	for _, k := range m.kinds {
		if k.group == "" {
			coreEntries = append(coreEntries, k.discovery)
		} else {
			apps = append(apps, k.discovery)
		}
	}
	group := func(metadata string, entries []string) string {
		return fmt.Sprintf(`{"metadata":{%s},"versions":[{"version":"v1","resources":[%s],"freshness":"Current"}]}`, metadata, strings.Join(entries, ","))
	}
	if core {
		return []string{group("", coreEntries)}
	}
	groups = append(groups, group(`"name":"apps"`, apps))
	for _, name := range []string{"authentication.k8s.io", "authorization.k8s.io"} {
		var entries []string
		for _, kind := range reviews()[name] {
			entries = append(entries, entry(strings.ToLower(kind)+"s", strings.ToLower(kind), kind, "Cluster", `,"verbs":["create"]`))
		}
		groups = append(groups, group(fmt.Sprintf(`"name":%q`, name), entries))
	}
	return groups
}

// review answers who asks, and that they may do everything.
func review(w *compressor, r *http.Request, who user, resource string) {
	var asked map[string]any
	if r.Method != http.MethodPost || json.NewDecoder(r.Body).Decode(&asked) != nil {
		refuse(w, http.StatusBadRequest, "BadRequest", "a review is wanted", nil)
		return
	}
	var status any
	switch resource {
	case "selfsubjectreviews":
		status = map[string]any{"userInfo": map[string]any{"username": who.name, "groups": who.groups}}
	case "selfsubjectaccessreviews":
		status = map[string]any{"allowed": true}
	case "selfsubjectrulesreviews":
		all := []string{"*"}
		status = map[string]any{
			"incomplete": false, "nonResourceRules": []any{map[string]any{"verbs": all, "nonResourceURLs": all}},
			"resourceRules": []any{map[string]any{"verbs": all, "apiGroups": all, "resources": all}},
		}
	default:
		http.Error(w, "404 page not found", http.StatusNotFound)
		return
	}
	asked["status"] = status
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusCreated)
	_ = json.NewEncoder(w).Encode(asked)
}
