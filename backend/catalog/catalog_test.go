package catalog

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// kind reads "Pods v1", "Deployment.apps v1 verbs=list,get short=deploy cluster".
func kind(text string) Kind {
	words := strings.Fields(text)
	name, group, _ := strings.Cut(words[0], ".")
	k := Kind{
		Group: group, Version: words[1], Resource: strings.ToLower(name) + "s", Kind: name, Namespaced: true,
		Verbs: []string{"list"}, Versions: words[1:2],
	}
	for _, w := range words[2:] {
		key, value, _ := strings.Cut(w, "=")
		switch key {
		case "verbs":
			k.Verbs = strings.Split(value, ",")
		case "short":
			k.ShortNames = strings.Split(value, ",")
		case "sub":
			k.Subresources = strings.Split(value, ",")
		case "cluster":
			k.Namespaced = false
		}
	}
	return k
}

func served(kinds ...string) []Kind {
	var all []Kind
	for _, k := range kinds {
		all = append(all, kind(k))
	}
	return all
}

// said writes a list as "key(members)".
func said(entries []Entry) string {
	var all []string
	for _, e := range entries {
		all = append(all, e.Key+"("+strings.Join(slices.Sorted(maps.Keys(e.Versions)), ",")+")")
	}
	return strings.Join(all, " ")
}

func TestMerge(t *testing.T) {
	for name, c := range map[string]struct {
		members map[string][]Kind
		want    string
	}{
		"nobody":                 {nil, ""},
		"a member without kinds": {map[string][]Kind{"a": nil}, ""},
		"joined":                 {map[string][]Kind{"a": served("Pod v1", "Thing.g.io v1"), "b": served("Pod v1")}, "pods(a,b) things.g.io(a)"},
		"what can't be listed":   {map[string][]Kind{"a": served("Binding v1 verbs=create", "Pod v1 verbs=get,list")}, "pods(a)"},
		"listable in one only":   {map[string][]Kind{"a": served("Thing.g.io v1 verbs=get"), "b": served("Thing.g.io v1")}, "things.g.io(b)"},
		"by category, then name": {
			map[string][]Kind{"a": served("Zebra.g.io v1", "Backup.velero.io v1", "Node v1", "Role.rbac.authorization.k8s.io v1", "PersistentVolume v1", "Secret v1",
				"ConfigMap v1", "Service v1", "Pod v1", "Job.batch v1", "Ant.g.io v1")},
			"jobs.batch(a) pods(a) services(a) configmaps(a) secrets(a) persistentvolumes(a) roles.rbac.authorization.k8s.io(a) nodes(a) backups.velero.io(a) ants.g.io(a) zebras.g.io(a)",
		},
		"one name in several groups": {
			map[string][]Kind{"a": served("Event.events.k8s.io v1", "Event v1", "Event.stranger.io v1"), "b": served("NetworkPolicie.extensions v1beta1", "NetworkPolicie.networking.k8s.io v1")},
			"networkpolicies.networking.k8s.io(b) networkpolicies.extensions(b) events(a) events.events.k8s.io(a) events.stranger.io(a)",
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got := said(Merge(c.members)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestMembersThatDiffer(t *testing.T) {
	old, young := kind("Thing.g.io v1beta1 verbs=list,get short=th cluster sub=status"), kind("Thing.g.io v1 verbs=watch,list short=th,tg sub=scale,status")
	young.Kind = "Things"
	want := Entry{
		Key: "things.g.io", Group: "g.io", Resource: "things", Kind: "Thing", Namespaced: true, Category: Custom,
		ShortNames: []string{"tg", "th"}, Verbs: []string{"get", "list", "watch"}, Subresources: []string{"scale", "status"},
		Versions: map[string]string{"a": "v1beta1", "b": "v1"},
	}
	young.Resource = old.Resource
	members := map[string][]Kind{"b": {young}, "a": {old}}
	for range 20 { // maps have no order
		if diff := cmp.Diff([]Entry{want}, Merge(members)); diff != "" {
			t.Fatalf("-want +got:\n%s", diff)
		}
	}
	if len(old.ShortNames) != 1 || len(members["a"][0].Verbs) != 2 || old.Verbs[0] != "list" {
		t.Error("what was given is changed")
	}
}

func TestCategories(t *testing.T) {
	for key, want := range map[string]Category{
		"pods": Workloads, "replicationcontrollers": Workloads, "deployments.apps": Workloads, "cronjobs.batch": Workloads,
		"horizontalpodautoscalers.autoscaling": Workloads, "poddisruptionbudgets.policy": Workloads, "deployments.extensions": Workloads,
		"verticalpodautoscalers.autoscaling.k8s.io": Workloads,
		"services": Network, "endpoints": Network, "ingresses.networking.k8s.io": Network, "ingresses.extensions": Network,
		"endpointslices.discovery.k8s.io": Network, "gateways.gateway.networking.k8s.io": Network, "networkpolicies.extensions": Network,
		"configmaps": Config, "secrets": Config, "resourcequotas": Config,
		"persistentvolumeclaims": Storage, "storageclasses.storage.k8s.io": Storage, "volumesnapshots.snapshot.storage.k8s.io": Storage,
		"serviceaccounts": Access, "roles.rbac.authorization.k8s.io": Access, "certificatesigningrequests.certificates.k8s.io": Access,
		"nodes": Cluster, "namespaces": Cluster, "events": Cluster, "events.events.k8s.io": Cluster, "leases.coordination.k8s.io": Cluster,
		"customresourcedefinitions.apiextensions.k8s.io": Cluster, "nodes.metrics.k8s.io": Cluster, "priorityclasses.scheduling.k8s.io": Cluster,
		"backups.triliovault.trilio.io": Protection, "backups.velero.io": Protection, "datauploads.velero.io": Protection, "things.velero.io.evil.io": Custom,
		"applications.argoproj.io": Custom, "helmreleases.helm.toolkit.fluxcd.io": Custom, "certificates.cert-manager.io": Custom,
		"clusters.cluster.x-k8s.io": Custom, "routes.route.openshift.io": Custom, "things.evilk8s.io": Custom, "things.one": Custom,
	} {
		group, resource := ParseKey(key)
		if got := categoryOf(group, resource); got != want {
			t.Errorf("%s is in %s, want %s", key, got, want)
		}
		if again := Key(group, resource); again != key {
			t.Errorf("%s became %s", key, again)
		}
	}
}

// A member with more kinds than anybody can have doesn't push out what the others have in common with Kubernetes.
func TestAFloodOfKinds(t *testing.T) {
	flood := make([]Kind, 0, 2*maxEntries)
	for i := range 2 * maxEntries {
		flood = append(flood, kind(fmt.Sprintf("A%d.a.io v1", i)))
	}
	got := Merge(map[string][]Kind{"a": served("Pod v1", "Node v1", "Backup.velero.io v1"), "b": flood})
	if len(got) != maxEntries || said(got[:3]) != "pods(a) nodes(a) backups.velero.io(a)" {
		t.Errorf("%d entries: %s...", len(got), said(got[:3]))
	}
}

func TestRanksAreComplete(t *testing.T) {
	order := []Category{Workloads, Network, Config, Storage, Access, Cluster, Protection, Custom}
	if !slices.IsSortedFunc(order, func(a, b Category) int { return a.rank() - b.rank() }) || Category("new").rank() <= Custom.rank() {
		t.Error("they are out of order")
	}
	if diff := cmp.Diff([]Entry{}, Merge(nil), cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
}

func BenchmarkMerge20x300(b *testing.B) {
	members := map[string][]Kind{}
	for m := range 20 {
		for i := range 300 {
			members[fmt.Sprint("m", m)] = append(members[fmt.Sprint("m", m)], kind(fmt.Sprintf("Kind%d.group%d.io v1 verbs=get,list,watch short=k", i, i/10)))
		}
	}
	for b.Loop() {
		Merge(members)
	}
}
