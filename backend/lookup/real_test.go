package lookup

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// A real API server, first as it comes, then with what kubeadm adds.
func TestRealServer(t *testing.T) {
	c := kubetest.Shared(t)
	typed := strings.TrimPrefix(c.Server(), "https://")
	f, err := Look(t.Context(), typed, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if f.Kind != KindAPIServer || f.Server != c.Server() || !strings.HasPrefix(strings.TrimPrefix(f.Version, "v"), c.Version()) || ways(f) != "oidc, token, kubeconfig" || f.Cluster != nil {
		t.Errorf("found %+v", f)
	}
	if f.TLS.Trusted != TrustedByNobody || f.TLS.Pin == nil {
		t.Fatalf("TLS %+v", f.TLS)
	}
	p := newPlace(t)
	p.at[typed] = typed
	if err := connect(t, p, kubeconfig.Target{Server: f.Server, CAPEM: f.TLS.Pin.PEM}); err != nil {
		t.Errorf("the pinned %s: %v", f.TLS.Pin.Kind, err)
	}
	c.Apply(t, `
apiVersion: v1
kind: Namespace
metadata: {name: kube-public}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: cluster-info, namespace: kube-public}
data:
  kubeconfig: |
    apiVersion: v1
    kind: Config
    clusters:
    - name: ""
      cluster:
        server: `+c.Server()+`
        certificate-authority-data: `+base64.StdEncoding.EncodeToString(c.CAPEM())+`
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: cluster-info, namespace: kube-public}
rules: [{apiGroups: [""], resources: [configmaps], resourceNames: [cluster-info], verbs: [get]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: cluster-info, namespace: kube-public}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: cluster-info}
subjects: [{kind: User, apiGroup: rbac.authorization.k8s.io, name: "system:anonymous"}]
`)
	f, err = Look(t.Context(), typed, Options{CAPEM: c.CAPEM()})
	if err != nil {
		t.Fatal(err)
	}
	if f.TLS.Trusted != TrustedByGiven || len(f.TLS.Problems) > 0 || f.Cluster == nil || !f.Cluster.Issued || f.Cluster.Server != c.Server() {
		t.Errorf("found %+v, %+v", f.TLS, f.Cluster)
	}
}
