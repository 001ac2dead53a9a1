package kubetest

import (
	"strings"
	"testing"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/dynamic"

	"github.com/binnacle-dev/binnacle/build/rig/controlplane"
)

func client(t *testing.T, kubeconfig []byte) dynamic.Interface {
	t.Helper()
	d, err := dynamic.NewForConfig(Config(t, kubeconfig))
	check(t, err)
	return d
}

func secrets() schema.GroupVersionResource {
	return schema.GroupVersionResource{Version: "v1", Resource: "secrets"}
}

func secret(name string) *unstructured.Unstructured {
	return &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "v1", "kind": "Secret", "metadata": map[string]any{"name": name},
	}}
}

func whoami(t *testing.T, kubeconfig []byte) (string, []string) {
	t.Helper()
	reviews := schema.GroupVersionResource{Group: "authentication.k8s.io", Version: "v1", Resource: "selfsubjectreviews"}
	answer, err := client(t, kubeconfig).Resource(reviews).Create(t.Context(), &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview",
	}}, metav1.CreateOptions{})
	check(t, err)
	name, _, err := unstructured.NestedString(answer.Object, "status", "userInfo", "username")
	check(t, err)
	groups, _, err := unstructured.NestedStringSlice(answer.Object, "status", "userInfo", "groups")
	check(t, err)
	return name, groups
}

func TestEveryVersionAnswers(t *testing.T) {
	for _, version := range controlplane.Versions() {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			c := Shared(t, version)
			name, groups := whoami(t, c.User(t, "ana", "dev"))
			if got := strings.Join(append(groups, name), " "); got != "dev system:authenticated ana" {
				t.Errorf("the server knows the user as %q", got)
			}
		})
	}
}

func TestUsersHaveOnlyTheirRights(t *testing.T) {
	t.Parallel()
	c := Shared(t)
	ns := c.Namespace(t)
	c.AllowSecrets(t, ns, "ben", "mine")
	ben := client(t, c.User(t, "ben")).Resource(secrets())
	_, err := ben.Namespace(ns).Create(t.Context(), secret("mine"), metav1.CreateOptions{})
	check(t, err)
	_, err = ben.Namespace(ns).List(t.Context(), metav1.ListOptions{FieldSelector: "metadata.name=mine"})
	check(t, err)
	if _, err = ben.Namespace(ns).List(t.Context(), metav1.ListOptions{}); !apierrors.IsForbidden(err) {
		t.Errorf("listing all Secrets gave %v, want forbidden", err)
	}
	if _, err = ben.Namespace("default").Get(t.Context(), "mine", metav1.GetOptions{}); !apierrors.IsForbidden(err) {
		t.Errorf("getting a Secret elsewhere gave %v, want forbidden", err)
	}
	eve := client(t, c.User(t, "eve")).Resource(secrets())
	if _, err = eve.Namespace(ns).Get(t.Context(), "mine", metav1.GetOptions{}); !apierrors.IsForbidden(err) {
		t.Errorf("another user's get gave %v, want forbidden", err)
	}
}

func TestLimitedKit(t *testing.T) {
	t.Parallel()
	c := Shared(t)
	ns := c.Namespace(t)
	c.LimitedKit(t, ns)
	user := client(t, c.User(t, "anybody")).Resource(secrets()).Namespace(ns)
	_, err := user.Create(t.Context(), secret("view"), metav1.CreateOptions{})
	check(t, err)
	if _, err = user.List(t.Context(), metav1.ListOptions{}); !apierrors.IsForbidden(err) {
		t.Errorf("list gave %v, want forbidden", err)
	}
	check(t, user.Delete(t.Context(), "view", metav1.DeleteOptions{}))
}

func TestExpiredUserIsUnauthorized(t *testing.T) {
	t.Parallel()
	c := Shared(t)
	_, err := client(t, c.ExpiredUser(t, "old")).Resource(secrets()).Namespace("default").Get(t.Context(), "x", metav1.GetOptions{})
	if !apierrors.IsUnauthorized(err) {
		t.Errorf("got %v, want unauthorized", err)
	}
}

func TestTokenUser(t *testing.T) {
	t.Parallel()
	c := Shared(t)
	ns := c.Namespace(t)
	if name, _ := whoami(t, c.TokenUser(t, ns, "robot")); name != "system:serviceaccount:"+ns+":robot" {
		t.Errorf("the server knows the token as %q", name)
	}
}

func TestApplyKnowsKindsOfItsOwnText(t *testing.T) {
	t.Parallel()
	c := Shared(t)
	c.Apply(t, `# a comment alone
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: lamps.test.binnacle.dev}
spec:
  group: test.binnacle.dev
  scope: Namespaced
  names: {kind: Lamp, plural: lamps}
  versions:
  - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}
---
apiVersion: test.binnacle.dev/v1
kind: Lamp
metadata: {name: port, namespace: default}
`)
	lamps := schema.GroupVersionResource{Group: "test.binnacle.dev", Version: "v1", Resource: "lamps"}
	_, err := c.Dynamic().Resource(lamps).Namespace("default").Get(t.Context(), "port", metav1.GetOptions{})
	check(t, err)
}
