package kubetest

import (
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

func TestInstallT4K(t *testing.T) {
	for kubernetes, version := range map[string]string{"1.36": "5.4.0", "1.33": "2.10.6"} {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			c := Shared(t, kubernetes)
			c.InstallT4K(t, version)
			managers := schema.GroupVersionResource{Group: "triliovault.trilio.io", Version: "v1", Resource: "triliovaultmanagers"}
			list, err := c.Dynamic().Resource(managers).List(t.Context(), metav1.ListOptions{})
			check(t, err)
			if len(list.Items) != 1 {
				t.Fatalf("%d managers, want 1", len(list.Items))
			}
			got, _, err := unstructured.NestedString(list.Items[0].Object, "status", "releaseVersion")
			check(t, err)
			if got != version {
				t.Errorf("the manager names %q, want %q", got, version)
			}
			// Only the newer line has snapshots.
			_, err = c.Dynamic().Resource(managers.GroupVersion().WithResource("snapshots")).List(t.Context(), metav1.ListOptions{})
			if served := err == nil; served != (version == "5.4.0") {
				t.Errorf("listing snapshots gave %v", err)
			}
		})
	}
}
