package fleet

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"sigs.k8s.io/yaml"
)

const rbac = "rbac.authorization.k8s.io"

// grant is what an administrator would have to allow one user.
type grant struct {
	name      string // of role and binding; the user's mark is added
	namespace string // "": cluster-wide
	role      string // an existing ClusterRole, or "" for one with these rules
	group     string
	resources []string
}

// forUser is the grant as YAML for kubectl apply. A name that reads differently from what it is gets none: nobody should grant
// rights to what they can't read.
func (g grant) forUser(user string) string {
	if user == "" || clean(user) != user || strings.HasPrefix(user, "system:anonymous") {
		return ""
	}
	sum := sha256.Sum256([]byte(user))
	name := "binnacle-" + g.name + "-" + hex.EncodeToString(sum[:4])
	meta := map[string]any{"name": name}
	binding := map[string]any{
		"apiVersion": rbac + "/v1", "kind": "ClusterRoleBinding", "metadata": meta,
		"subjects": []any{map[string]string{"apiGroup": rbac, "kind": "User", "name": user}},
	}
	if g.namespace != "" {
		binding["kind"] = "RoleBinding"
		binding["metadata"] = map[string]any{"name": name, "namespace": g.namespace}
	}
	documents := []any{}
	role := g.role
	if role == "" {
		role = name
		documents = append(documents, map[string]any{
			"apiVersion": rbac + "/v1", "kind": "ClusterRole", "metadata": meta,
			"rules": []any{map[string]any{"apiGroups": []string{g.group}, "resources": g.resources, "verbs": []string{"get", "list", "watch"}}},
		})
	}
	binding["roleRef"] = map[string]string{"apiGroup": rbac, "kind": "ClusterRole", "name": role}
	var out []string
	for _, d := range append(documents, binding) {
		text, err := yaml.Marshal(d)
		if err != nil {
			return ""
		}
		out = append(out, string(text))
	}
	return strings.Join(out, "---\n")
}

// missing says what a user with these facts doesn't get. useless is the kubeconfig's namespace if nothing in it may be read; blind
// says that no node may be looked at.
func missing(f Facts, user, useless string, blind bool) []Missing {
	var all []Missing
	add := func(what, why string, g grant) {
		all = append(all, Missing{What: what, Why: why, Rule: g.forUser(user)})
	}
	if !f.Access.All {
		add("The list of namespaces", "You may not list this cluster's namespaces, so only those that Binnacle found otherwise are shown.",
			grant{name: "namespaces", resources: []string{"namespaces"}})
	}
	if useless != "" {
		add("Namespace "+useless, "The kubeconfig names it, but nothing in it may be read.", grant{name: "view", namespace: useless, role: "view"})
	}
	if f.T4K.State == T4KNotVisible {
		add("Trilio for Kubernetes", "It is installed, but you may not see its settings.",
			grant{name: "t4k", group: t4kGroup, resources: []string{"*"}})
	}
	if f.Distribution == "" && blind {
		add("The kind of cluster", "It could not be told from outside, and you may not look at a node. You can also set it by hand.",
			grant{name: "nodes", resources: []string{"nodes"}})
	}
	return all
}
