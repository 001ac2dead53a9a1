package kubetest

import (
	"testing"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/binnacle-dev/binnacle/build/rig/controlplane"
)

// With controllers a deleted namespace goes, which none but them can do.
func TestControllers(t *testing.T) {
	for _, version := range controlplane.Versions() {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			c := Start(t, Version(version), WithControllers())
			c.Apply(t, "apiVersion: v1\nkind: Namespace\nmetadata: {name: brief}\n")
			namespaces := c.Dynamic().Resource(schema.GroupVersionResource{Version: "v1", Resource: "namespaces"})
			check(t, namespaces.Delete(t.Context(), "brief", metav1.DeleteOptions{}))
			for deadline := time.Now().Add(2 * time.Minute); ; time.Sleep(100 * time.Millisecond) {
				_, err := namespaces.Get(t.Context(), "brief", metav1.GetOptions{})
				if apierrors.IsNotFound(err) {
					return
				}
				if time.Now().After(deadline) {
					t.Fatalf("the namespace is still there: %v", err)
				}
			}
		})
	}
}
