package oidctest

import (
	"testing"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/rest"

	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
	"github.com/binnacle-dev/binnacle/build/rig/controlplane"
)

// TestTrust is the way of a shared cluster, on every version: the issuer comes
// later, its users get rights by name and by group, and it goes again.
func TestTrust(t *testing.T) {
	t.Parallel()
	dex := Dex(t)
	lena, luke := dex.User("lena@local.test"), dex.User("luke@local.test")
	tokens := map[string]string{}
	for _, u := range []User{lena, luke} {
		tokens[u.Name] = IDToken(t, dex.Login(t, u))
	}
	for _, version := range controlplane.Versions() {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			c := kubetest.Shared(t, version)
			if _, _, err := whoami(t.Context(), c, tokens[lena.Name]); !apierrors.IsUnauthorized(err) {
				t.Errorf("before it trusts the issuer, the cluster answers %v", err)
			}
			gone := Dex(t)
			t.Run("an issuer that ends", func(t *testing.T) { c.Trust(t, gone) })
			gone.Stop(t)
			c.Trust(t, dex) // would never be taken if the one that is gone were still asked for
			name, groups := dex.Seen(luke)
			if len(groups) > 0 {
				t.Fatal("luke is in no group, so that only the name counts")
			}
			pods := "{apiGroups: [\"\"], resources: [pods], verbs: [list]}"
			c.Allow(t, name, pods)
			c.Allow(t, kubetest.Group("dex:admins"), pods, "{apiGroups: [\"\"], resources: [nodes], verbs: [list]}")
			for user, want := range map[string]map[string]bool{
				lena.Name: {"pods": true, "nodes": true, "secrets": false},
				luke.Name: {"pods": true, "nodes": false, "secrets": false},
			} {
				for resource, may := range want {
					if err := list(t, c, tokens[user], resource); (err == nil) != may || (!may && !apierrors.IsForbidden(err)) {
						t.Errorf("%s lists %s: %v, want allowed %t", user, resource, err, may)
					}
				}
			}
		})
	}
}

func list(t *testing.T, c *kubetest.Cluster, token, resource string) error {
	t.Helper()
	client, err := dynamic.NewForConfig(&rest.Config{Host: c.Server(), BearerToken: token, TLSClientConfig: rest.TLSClientConfig{CAData: c.CAPEM()}})
	check(t, err)
	_, err = client.Resource(schema.GroupVersionResource{Version: "v1", Resource: resource}).List(t.Context(), metav1.ListOptions{})
	return err
}
