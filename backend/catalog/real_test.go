package catalog_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/binnacle-dev/binnacle/backend/catalog"
	"github.com/binnacle-dev/binnacle/backend/fleet"
	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

func TestMain(m *testing.M) { kubetest.Main(m) }

// vault holds the credentials of a test.
type vault map[string]kubeconfig.Credential

func (v vault) Credential(_ context.Context, id string) (kubeconfig.Credential, error) {
	return v[id], nil
}

// learned are the kinds of real API servers as the fleet learns them, once all have told and one of them serves last.
func learned(t *testing.T, clusters map[string]*kubetest.Cluster, last string) map[string][]catalog.Kind {
	t.Helper()
	rings := make(chan struct{}, 1)
	v, members := vault{}, []fleet.Member{}
	for id, c := range clusters {
		file, err := kubeconfig.Parse(c.Admin(), "test")
		if err != nil {
			t.Fatal(err)
		}
		if v[id], err = file.Contexts[0].Credential(nil); err != nil {
			t.Fatal(err)
		}
		members = append(members, fleet.Member{ID: id, Name: id, Endpoint: v[id].Endpoint()})
	}
	f := fleet.New(fleet.Options{
		Vault: v, Timing: fleet.Timing{Heartbeat: time.Second / 4, Discovery: time.Second / 4}, // a CRD is served a little after it is there
		Changed: func(string) {
			select {
			case rings <- struct{}{}:
			default:
			}
		},
	})
	defer f.Close()
	f.Set(members)
	all, complete := map[string][]catalog.Kind{}, false
	for len(all) < len(clusters) || !complete {
		select {
		case <-rings:
		case <-t.Context().Done():
			t.Fatal("they didn't tell")
		}
		for id := range clusters {
			if kinds, known := f.Kinds(id); known {
				all[id] = nil
				for _, k := range kinds {
					all[id] = append(all[id], catalog.Kind(k))
					complete = complete || k.Resource == last
				}
			}
		}
	}
	return all
}

// What two versions of Kubernetes and T4K serve is one list, in which each knows its own.
func TestRealClustersAreOneCatalog(t *testing.T) {
	t.Parallel()
	old, young := kubetest.Shared(t, "1.33"), kubetest.Start(t, kubetest.Version("1.36"))
	young.InstallT4K(t, "5.3.1")
	young.Apply(t, `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: certificates.cert-manager.io}
spec:
  group: cert-manager.io
  scope: Namespaced
  names: {plural: certificates, singular: certificate, kind: Certificate, shortNames: [cert, certs], categories: [cert-manager]}
  versions:
  - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}, subresources: {status: {}}}
  - {name: v1alpha2, served: true, storage: false, schema: {openAPIV3Schema: {type: object}}}
`)
	got := catalog.Merge(learned(t, map[string]*kubetest.Cluster{"old": old, "young": young}, "certificates"))
	byKey := map[string]catalog.Entry{}
	for _, e := range got {
		byKey[e.Key] = e
		if !slices.Contains(e.Verbs, "list") || e.Kind == "" || e.Resource == "" {
			t.Errorf("%+v", e)
		}
	}
	for key, want := range map[string]struct {
		category   catalog.Category
		versions   string // old, young
		short      string
		namespaced bool
	}{
		"pods":                                   {catalog.Workloads, "v1 v1", "po", true},
		"deployments.apps":                       {catalog.Workloads, "v1 v1", "deploy", true},
		"cronjobs.batch":                         {catalog.Workloads, "v1 v1", "cj", true},
		"services":                               {catalog.Network, "v1 v1", "svc", true},
		"secrets":                                {catalog.Config, "v1 v1", "", true},
		"persistentvolumes":                      {catalog.Storage, "v1 v1", "pv", false},
		"storageclasses.storage.k8s.io":          {catalog.Storage, "v1 v1", "sc", false},
		"clusterroles.rbac.authorization.k8s.io": {catalog.Access, "v1 v1", "", false},
		"nodes":                                  {catalog.Cluster, "v1 v1", "no", false},
		"events":                                 {catalog.Cluster, "v1 v1", "ev", true},
		"events.events.k8s.io":                   {catalog.Cluster, "v1 v1", "ev", true},
		"horizontalpodautoscalers.autoscaling":   {catalog.Workloads, "v2 v2", "hpa", true},
		"customresourcedefinitions.apiextensions.k8s.io": {catalog.Cluster, "v1 v1", "crd crds", false},
		"backupplans.triliovault.trilio.io":              {catalog.Protection, " v1", "", true},
		"certificates.cert-manager.io":                   {catalog.Custom, " v1", "cert certs", true},
	} {
		e := byKey[key]
		if versions := e.Versions["old"] + " " + e.Versions["young"]; e.Category != want.category || versions != want.versions ||
			e.Namespaced != want.namespaced || want.short != "" && strings.Join(e.ShortNames, " ") != want.short {
			t.Errorf("%s: %+v", key, e)
		}
	}
	for _, key := range []string{"bindings", "tokenreviews.authentication.k8s.io", "selfsubjectreviews.authentication.k8s.io"} {
		if _, listed := byKey[key]; listed {
			t.Errorf("%s can't be listed", key)
		}
	}
	if subs := byKey["deployments.apps"].Subresources; !slices.Equal(subs, []string{"scale", "status"}) {
		t.Errorf("subresources of deployments: %v", subs)
	}
	if i, j := slices.IndexFunc(got, keyed("events")), slices.IndexFunc(got, keyed("events.events.k8s.io")); j != i+1 {
		t.Errorf("the core's events are at %d, the others at %d", i, j)
	}
	t.Logf("%d kinds", len(got))
}

func keyed(key string) func(catalog.Entry) bool {
	return func(e catalog.Entry) bool { return e.Key == key }
}
