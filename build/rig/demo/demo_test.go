package demo

import (
	"errors"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/binnacle-dev/binnacle/build/rig/controlplane"
)

// All sites go into one cluster after another: what is asserted is that servers
// take every manifest and keep what clients look for.
func TestFill(t *testing.T) {
	c, err := controlplane.Start(t.Context(), controlplane.Options{Name: "demo", Version: "1.36", Dir: t.TempDir()})
	if errors.Is(err, controlplane.ErrNoBinary) && os.Getenv("CI") != "true" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Stop)
	const managers = "/apis/triliovault.trilio.io/v1/triliovaultmanagers"
	for i, wants := range []map[string]string{
		{
			"/api/v1/nodes/ip-10-0-1-17":                                                  `"providerID":"aws:///eu-central-1a/`,
			"/apis/apps/v1/namespaces/shop/deployments/payments":                          `"readyReplicas":1`,
			"/apis/apps/v1/namespaces/shop/deployments/web":                               `"app.kubernetes.io/version":"1.5.2"`,
			"/api/v1/namespaces/shop/pods":                                                `"reason":"CrashLoopBackOff"`,
			"/apis/triliovault.trilio.io/v1/namespaces/shop/backups/shop-daily-2":         `"status":"Failed"`,
			"/apis/rbac.authorization.k8s.io/v1/namespaces/binnacle/roles/binnacle-views": `"secrets"`,
			managers: `"releaseVersion":"5.4.0"`,
		},
		{"/api/v1/nodes/gke-prod-us-pool-1-a": `"cloud.google.com/gke-nodepool":"pool-1"`, managers: `"releaseVersion":"5.3.1"`},
		{"/apis/config.openshift.io/v1/clusterversions/version": `"version":"4.19.9"`},
		{"/api/v1/nodes/edge-1": `"k3s://edge-1"`},
		{"/api/v1/nodes/bench-1": `"type":"Ready"`, managers: `"releaseVersion":"2.10.6"`},
	} {
		t.Run(Name(i), func(t *testing.T) {
			if err := Fill(t.Context(), c, i); err != nil {
				t.Fatal(err)
			}
			for path, want := range wants {
				status, body, err := c.Request(t.Context(), http.MethodGet, path, nil)
				if err != nil || status != http.StatusOK || !strings.Contains(string(body), want) {
					t.Errorf("%s has no %s: %d %s %v", path, want, status, body, err)
				}
			}
		})
	}
}

func TestNames(t *testing.T) {
	seen := map[string]bool{}
	for i := range 8 {
		seen[Name(i)] = true
	}
	if len(seen) != 8 || !seen["prod-eu"] || !seen["site-8"] {
		t.Errorf("the names are %v", seen)
	}
}
