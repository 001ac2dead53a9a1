package kubetest

import (
	"strings"
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/rand"

	"github.com/binnacle-dev/binnacle/build/rig/controlplane"
)

// Admin is the kubeconfig of one who may do everything. The copy is the caller's.
func (c *Cluster) Admin() []byte { return c.core.Admin() }

// User is the kubeconfig of a user with a client certificate and no rights but
// those that RBAC gives to the name and the groups.
func (c *Cluster) User(tb testing.TB, name string, groups ...string) []byte {
	tb.Helper()
	return c.user(tb, controlplane.User{Name: name, Groups: groups})
}

// ExpiredUser is like User, with a certificate that expired an hour ago.
func (c *Cluster) ExpiredUser(tb testing.TB, name string, groups ...string) []byte {
	tb.Helper()
	return c.user(tb, controlplane.User{Name: name, Groups: groups, Valid: -time.Hour})
}

// UserFor is like User, with a certificate that is good for the time given.
func (c *Cluster) UserFor(tb testing.TB, valid time.Duration, name string, groups ...string) []byte {
	tb.Helper()
	return c.user(tb, controlplane.User{Name: name, Groups: groups, Valid: valid})
}

func (c *Cluster) user(tb testing.TB, u controlplane.User) []byte {
	tb.Helper()
	kubeconfig, err := c.core.Kubeconfig(u)
	check(tb, err)
	return kubeconfig
}

// TokenUser is the kubeconfig of a service account, made if it is not there.
// The namespace must be.
func (c *Cluster) TokenUser(tb testing.TB, namespace, account string) []byte {
	tb.Helper()
	kubeconfig, err := c.core.TokenKubeconfig(tb.Context(), namespace, account)
	check(tb, err)
	return kubeconfig
}

// Apply creates or changes the objects of a YAML text, as the admin, in its order.
func (c *Cluster) Apply(tb testing.TB, manifests string) {
	tb.Helper()
	check(tb, c.core.Apply(tb.Context(), manifests))
}

// AllowSecrets makes the namespace and lets the user get, create, update and
// delete Secrets there. The named Secrets, if any, they may also list and watch,
// by a field selector on the name; no others.
func (c *Cluster) AllowSecrets(tb testing.TB, namespace, user string, watched ...string) {
	tb.Helper()
	check(tb, c.core.AllowSecrets(tb.Context(), namespace, user, watched...))
}

// LimitedKit makes the namespace and gives what the admin kit gives there: every
// authenticated user may get, create, update and delete Secrets, and list none.
func (c *Cluster) LimitedKit(tb testing.TB, namespace string) {
	tb.Helper()
	check(tb, c.core.LimitedKit(tb.Context(), namespace))
}

// Trust is Trusting for a cluster that runs, such as a shared one. It takes 10
// seconds, for the server looks twice at a new issuer, and ends with the test.
func (c *Cluster) Trust(tb testing.TB, issuers ...Issuer) {
	tb.Helper()
	all := trusted(issuers)
	tb.Cleanup(func() { c.core.Forget(all...) })
	check(tb, c.core.Trust(tb.Context(), all...))
}

// Group is a subject of Allow; a user is just the name.
func Group(name string) string { return controlplane.GroupPrefix + name }

// Allow gives a user or a Group rules for the whole cluster, each a line of YAML
// such as {apiGroups: [""], resources: [pods], verbs: [get, list]}.
func (c *Cluster) Allow(tb testing.TB, subject string, rules ...string) {
	tb.Helper()
	check(tb, c.core.Allow(tb.Context(), subject, rules...))
}

// Namespace makes a namespace with a random name and deletes it after the test.
// Without controllers it stays behind, terminating: nothing may be made in it.
func (c *Cluster) Namespace(tb testing.TB) string {
	tb.Helper()
	name := "ns-" + strings.ToLower(rand.String(8))
	c.Apply(tb, "apiVersion: v1\nkind: Namespace\nmetadata: {name: "+name+"}\n")
	tb.Cleanup(func() {
		ctx, cancel := late(tb)
		defer cancel()
		namespaces := c.core.Dynamic().Resource(schema.GroupVersionResource{Version: "v1", Resource: "namespaces"})
		if err := namespaces.Delete(ctx, name, metav1.DeleteOptions{}); err != nil {
			tb.Logf("delete namespace %s: %v", name, err) // the test may have stopped the cluster
		}
	})
	return name
}
