package apps

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
	"github.com/binnacle-dev/binnacle/backend/pane"
)

const deployment = `---
apiVersion: apps/v1
kind: Deployment
metadata: {namespace: %[1]s, name: %[2]s, labels: {%[3]s}}
spec:
  replicas: %[5]d
  selector: {matchLabels: {x: %[2]s}}
  template: {metadata: {labels: {x: %[2]s}}, spec: {containers: [{name: c, image: "%[4]s", env: [{name: P, value: %[6]s}]}]}}
`

func deployed(namespace, name, labels, image string, replicas int) string {
	return fmt.Sprintf(deployment, namespace, name, labels, image, replicas, hidden)
}

// Two clusters of two versions have one chart in different versions: what is told is the newest revision of each, and how they differ;
// what Helm's values and Secrets hold is nowhere.
func TestRealHelm(t *testing.T) {
	t.Parallel()
	one, two, ns := both(t)
	values := map[string]any{"auth": map[string]any{"password": hidden}}
	of := func(revision int, version, status string) helm {
		return helm{ns, "shop", "shop-chart", version, "v" + version, status, revision, manifest("v" + version), values}
	}
	one.Apply(t, of(9, "1.0.0", "superseded").object("Secret")+of(10, "2.0.0", "deployed").object("Secret")+
		helm{namespace: ns, name: "gone", status: "uninstalled", revision: 1}.object("Secret")+
		helm{namespace: ns, name: "mapped", chart: "mapped", version: "3", status: "pending-upgrade", revision: 2}.object("ConfigMap")+
		deployed(ns, "shop", "app.kubernetes.io/instance: shop, app.kubernetes.io/managed-by: Helm", "x:1", 0))
	two.Apply(t, of(1, "1.0.0", "failed").object("Secret"))
	w := newWorld(t)
	w.connect(Member{ID: "one"}, one.Admin())
	w.connect(Member{ID: "two"}, two.Admin())
	now := w.read("one", "two")
	apps := in(now, ns)
	if len(apps) != 2 || apps[0].Name != "mapped" || apps[1].Name != "shop-chart" || apps[0].Tone != pane.ToneBusy {
		t.Fatalf("%+v", apps)
	}
	shop := apps[1]
	if shop.Tone != pane.ToneBad || len(shop.Instances) != 2 {
		t.Errorf("%+v", shop)
	}
	i := shop.Instances[0]
	i.Ref.UID = ""
	for n := range i.Workloads {
		i.Workloads[n].UID = ""
	}
	want := Instance{
		Member: "one", Namespace: ns, Name: "shop", Chart: "shop-chart", Version: "2.0.0", App: "v2.0.0", Revision: "10", Status: "deployed", Tone: pane.ToneGood,
		Message: "Upgrade complete", Images: []string{"busybox", "registry.example.com:5000/team/shop:v2.0.0"}, Updated: i.Updated,
		Ref: Ref{Kind: "secrets", Namespace: ns, Name: "sh.helm.release.v1.shop.v10"}, Selector: "app.kubernetes.io/instance=shop",
		Workloads: []Ref{{Kind: "deployments.apps", Namespace: ns, Name: "shop"}}, source: Helm, title: "shop-chart",
	}
	if diff := cmp.Diff(want, i, cmp.AllowUnexported(Instance{})); diff != "" || i.Updated.IsZero() {
		t.Errorf("%s\nupdated %v", diff, i.Updated)
	}
	differ := func(field, a, b string) Drift {
		return Drift{field, []Value{{a, []string{"one"}}, {b, []string{"two"}}}}
	}
	drifts := []Drift{
		differ("version", "2.0.0", "1.0.0"), differ("app", "v2.0.0", "v1.0.0"), differ("image shop", "v2.0.0", "v1.0.0"),
		{"status", []Value{{"failed", []string{"two"}}, {"deployed", []string{"one"}}}},
	}
	if diff := cmp.Diff(drifts, shop.Drift); diff != "" {
		t.Error(diff)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.Book.mu.Lock()
	defer w.Book.mu.Unlock()
	for id, s := range w.seats {
		if told := fmt.Sprintf("%+v %+v %+v", now, *s, s.records); strings.Contains(told, hidden) {
			t.Errorf("a secret of %s is kept", id)
		}
	}
}

// Workloads are grouped by their labels, per namespace; those that have none aren't applications.
func TestRealLabels(t *testing.T) {
	t.Parallel()
	one, two, ns := both(t)
	const other = `---
apiVersion: apps/v1
kind: %s
metadata: {namespace: %[2]s, name: web, labels: {app.kubernetes.io/name: web, app.kubernetes.io/instance: web-%[2]s, app.kubernetes.io/version: "7"}}
spec:
  selector: {matchLabels: {x: web}}
  serviceName: web
  template: {metadata: {labels: {x: web}}, spec: {containers: [{name: c, image: "q.io/web:7"}]}}
`
	const job = `---
apiVersion: batch/v1
kind: CronJob
metadata: {namespace: %s, name: night, labels: {app.kubernetes.io/name: night}}
spec: {schedule: "0 0 * * *", suspend: true, jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: "q.io/night:1"}]}}}}}
`
	web := "app.kubernetes.io/name: web, app.kubernetes.io/instance: web-" + ns
	one.Apply(t, deployed(ns, "web", web, "q.io/web:8", 3)+fmt.Sprintf(other, "StatefulSet", ns)+fmt.Sprintf(job, ns)+deployed(ns, "bare", "app: bare", "q.io/bare:1", 1))
	two.Apply(t, fmt.Sprintf(strings.Replace(other, "  serviceName: web\n", "", 1), "DaemonSet", ns))
	w := newWorld(t)
	w.connect(Member{ID: "one"}, one.Admin())
	w.connect(Member{ID: "two"}, two.Admin())
	got := map[string]string{}
	for _, app := range in(w.read("one", "two"), ns) {
		for _, i := range app.Instances {
			got[app.Key+" "+i.Member] = fmt.Sprint(i.Status, " ", i.Tone, " ", i.App, " ", i.Images, " ", i.Ref.Kind, " ", i.Selector, " ", kindsOf(i.Workloads))
		}
		for _, d := range app.Drift {
			got[app.Key+" drift "+d.Field] = fmt.Sprint(d.Values)
		}
	}
	want := map[string]string{
		"labels/night one":                      "Suspended none  [q.io/night:1] cronjobs.batch app.kubernetes.io/name=night [cronjobs.batch/night]",
		"labels/web-" + ns + " one":             "0 of 4 ready bad 7 [q.io/web:7 q.io/web:8] deployments.apps app.kubernetes.io/instance=web-" + ns + " [deployments.apps/web statefulsets.apps/web]",
		"labels/web-" + ns + " two":             "Scaled to none none 7 [q.io/web:7] daemonsets.apps app.kubernetes.io/instance=web-" + ns + " [daemonsets.apps/web]",
		"labels/web-" + ns + " drift image web": "[{7, 8 [one]} {7 [two]}]",
		"labels/web-" + ns + " drift status":    "[{Scaled to none [two]} {0 of 4 ready [one]}]",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// kindsOf are the workloads as "kind/name".
func kindsOf(refs []Ref) []string {
	var out []string
	for _, r := range refs {
		out = append(out, r.Kind+"/"+r.Name)
	}
	return out
}

// limitedTo lets a user list and get Helm's records and Deployments in namespaces.
func limitedTo(user string, namespaces ...string) string {
	const role = `---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {namespace: %[1]s, name: apps}
rules: [{apiGroups: ["", apps], resources: [secrets, deployments], verbs: [list]}, {apiGroups: [""], resources: [secrets], verbs: [get], resourceNames: [sh.helm.release.v1.mine.v1]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {namespace: %[1]s, name: apps}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: apps}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: %[2]s}]
`
	var out strings.Builder
	for _, ns := range namespaces {
		fmt.Fprintf(&out, role, ns, user)
	}
	return out.String()
}

// A limited person sees what is in their namespaces, hears what they don't, and makes few requests; one who may do nothing hears just that.
func TestRealLimited(t *testing.T) {
	t.Parallel()
	for _, version := range []string{"1.36", "1.33"} {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			c := kubetest.Shared(t, version)
			mine, theirs := c.Namespace(t), c.Namespace(t)
			for _, ns := range []string{mine, theirs} {
				for _, name := range []string{"mine", "closed"} {
					c.Apply(t, helm{namespace: ns, name: name, chart: name + "-chart", version: "1", status: "deployed", revision: 1}.object("Secret"))
				}
			}
			user := "limited-" + mine
			c.Apply(t, limitedTo(user, mine))
			p := c.Proxy(t)
			w := newWorld(t)
			w.connect(Member{ID: "a", Namespaces: []string{mine, theirs, "not-there"}}, p.Kubeconfig(c.User(t, user)))
			w.connect(Member{ID: "nobody"}, c.User(t, "nobody-"+mine))
			now := w.read("a", "nobody")
			var names []string
			for _, app := range now.Apps {
				names = append(names, app.Name+" "+app.Instances[0].Namespace)
			}
			if want := []string{"closed " + mine, "mine-chart " + mine}; !slices.Equal(names, want) {
				t.Errorf("%v, want %v", names, want)
			}
			r := reportOfMember(now, "a")
			slices.Sort(r.Missing)
			want := []string{
				"CronJobs: you may not list cronjobs.", "DaemonSets: you may not list daemonsets.", "Deployments: you may not list deployments in " + theirs + ", not-there.",
				"Helm releases in ConfigMaps: you may not list configmaps.",
				"Helm releases: you may not list secrets in " + theirs + ", not-there; of 1 only name and state are known, for you may not get their secrets.",
				"StatefulSets: you may not list statefulsets.", "You may not list all namespaces at once: the 1 that you are known to use were looked into.",
			}
			if diff := cmp.Diff(Report{"a", Read, want}, r); diff != "" {
				t.Error(diff)
			}
			if n := p.Count(func(kubetest.Request) bool { return true }); n > 32 {
				t.Errorf("%d requests", n)
			}
			if r := reportOfMember(now, "nobody"); r.State != Failed || len(r.Missing) != 1 || !strings.Contains(r.Missing[0], "You may not list anything") {
				t.Errorf("nobody: %+v", r)
			}
		})
	}
}

// A dead member, one whose Secrets break off, and one that is well.
func TestRealFaults(t *testing.T) {
	t.Parallel()
	c := kubetest.Shared(t)
	ns := c.Namespace(t)
	c.Apply(t, helm{namespace: ns, name: "well", chart: "well", status: "deployed", revision: 1}.object("Secret")+
		"---\napiVersion: v1\nkind: Secret\ntype: helm.sh/release.v1\nmetadata: {namespace: "+ns+", name: odd, labels: {owner: helm, name: odd, version: \"1\", status: deployed}}\nstringData: {release: "+hidden+"}\n"+
		deployed(ns, "web", "app.kubernetes.io/name: web", "q.io/web:8", 0))
	dead, cut := c.Proxy(t), c.Proxy(t)
	dead.Mode(kubetest.Silent)
	cut.Add(kubetest.Rule{Pattern: regexp.MustCompile(`^/api/v1/secrets\?`), Cut: kubetest.CutBody, CutAfter: 100})
	w := newWorld(t)
	w.connect(Member{ID: "dead"}, dead.Kubeconfig(c.Admin()))
	w.connect(Member{ID: "cut"}, cut.Kubeconfig(c.Admin()))
	w.connect(Member{ID: "well"}, c.Admin())
	now := w.read("cut", "well")
	if r := reportOfMember(now, "dead"); r.State != Reading {
		t.Errorf("the dead member was waited for: %+v", r)
	}
	for range 5 { // what else is on its way over the connection that breaks off goes with it, now and then
		if len(reportOfMember(now, "cut").Missing) == 1 {
			break
		}
		before := reportOfMember(now, "cut")
		w.Refresh()
		now = w.until("it is read again", func(a Apps) bool {
			r := reportOfMember(a, "cut")
			return r.State == Read && !slices.Equal(r.Missing, before.Missing)
		})
	}
	r := reportOfMember(now, "well")
	if r.State != Read || len(r.Missing) != 1 || !strings.Contains(r.Missing[0], "of 1 only name and state are known, for their records") || strings.Contains(fmt.Sprint(r), hidden) {
		t.Errorf("well: %+v", r)
	}
	r = reportOfMember(now, "cut")
	if r.State != Read || len(r.Missing) != 1 || !strings.HasPrefix(r.Missing[0], "Helm releases: ") {
		t.Errorf("cut: %+v", r)
	}
	members := map[string]string{}
	for _, app := range in(now, ns) {
		for _, i := range app.Instances {
			members[app.Key] += i.Member + " "
		}
	}
	if diff := cmp.Diff(map[string]string{"helm/well": "well ", "helm/odd": "well ", "labels/web": "cut well "}, members); diff != "" {
		t.Error(diff)
	}
}
