package controlplane

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strings"
)

// AllowSecrets makes the namespace and lets the user get, create, update and
// delete Secrets there. The named Secrets, if any, they may also list and watch;
// no others.
func (c *Cluster) AllowSecrets(ctx context.Context, namespace, user string, watched ...string) error {
	rules := "- {apiGroups: [\"\"], resources: [secrets], verbs: [get, create, update, delete]}\n"
	if len(watched) > 0 {
		rules += fmt.Sprintf("- {apiGroups: [\"\"], resources: [secrets], verbs: [list, watch], resourceNames: [%s]}\n", quoted(watched))
	}
	return c.grant(ctx, grant{
		namespace: namespace, name: "secrets-of-" + slug(user), rules: rules,
		subject: fmt.Sprintf("{kind: User, name: %q, apiGroup: rbac.authorization.k8s.io}", user),
	})
}

// LimitedKit makes the namespace and gives what the admin kit gives there:
// every authenticated user may get, create, update and delete Secrets by name,
// and list none.
func (c *Cluster) LimitedKit(ctx context.Context, namespace string) error {
	return c.grant(ctx, grant{
		namespace: namespace, name: "binnacle-views",
		rules:   "- {apiGroups: [\"\"], resources: [secrets], verbs: [get, create, update, delete]}\n",
		subject: "{kind: Group, name: \"system:authenticated\", apiGroup: rbac.authorization.k8s.io}",
	})
}

// GroupPrefix marks a subject of Allow as a group.
const GroupPrefix = "group:"

// Allow gives a user, or a group if the name has GroupPrefix, rules for the whole
// cluster, each a line of YAML.
func (c *Cluster) Allow(ctx context.Context, subject string, rules ...string) error {
	kind, name := "User", subject
	if group, ok := strings.CutPrefix(subject, GroupPrefix); ok {
		kind, name = "Group", group
	}
	text := "- " + strings.Join(rules, "\n- ")
	return c.Apply(ctx, fmt.Sprintf(`apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: %[1]q}
rules:
%[2]s
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: %[1]q}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: %[1]q}
subjects:
- {kind: %[3]s, name: %[4]q, apiGroup: rbac.authorization.k8s.io}
`, "allow-"+slug(subject+text), text, kind, name))
}

// grant is a namespace, a Role in it and its binding to one subject.
type grant struct{ namespace, name, rules, subject string }

func (c *Cluster) grant(ctx context.Context, g grant) error {
	return c.Apply(ctx, fmt.Sprintf(`apiVersion: v1
kind: Namespace
metadata: {name: %[1]q}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: %[2]q, namespace: %[1]q}
rules:
%[3]s---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: %[2]q, namespace: %[1]q}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: %[2]q}
subjects:
- %[4]s
`, g.namespace, g.name, g.rules, g.subject))
}

func quoted(names []string) string {
	q := make([]string, len(names))
	for i, n := range names {
		q[i] = fmt.Sprintf("%q", n)
	}
	return strings.Join(q, ", ")
}

// slug turns any user's name into a part of an object's name.
func slug(user string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(user)))[:16] }
