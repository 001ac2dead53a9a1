package apps

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/pane"
)

func TestDrift(t *testing.T) {
	of := func(member, version, app, status string, images ...string) Instance {
		return Instance{Member: member, Version: version, App: app, Status: status, Images: images}
	}
	value := func(v string, members ...string) Value { return Value{v, members} }
	for name, c := range map[string]struct {
		instances []Instance
		want      []Drift
	}{
		"one instance": {[]Instance{of("a", "1", "1", "ok", "x:1", "x:2")}, nil},
		"all the same": {[]Instance{of("a", "1", "1", "ok", "x:1"), of("b", "1", "1", "ok", "x:1")}, nil},
		"everything differs": {
			[]Instance{of("a", "1.9", "v1", "deployed", "quay.io/x/y:1"), of("b", "1.10", "v2", "failed", "quay.io/x/y:2"), of("c", "1.10", "v2", "deployed", "quay.io/x/y:2")},
			[]Drift{
				{"version", []Value{value("1.10", "b", "c"), value("1.9", "a")}},
				{"app", []Value{value("v2", "b", "c"), value("v1", "a")}},
				{"image y", []Value{value("2", "b", "c"), value("1", "a")}},
				{"status", []Value{value("deployed", "a", "c"), value("failed", "b")}},
			},
		},
		"what is unknown differs from nothing": {[]Instance{of("a", "", "", "ok"), of("b", "1", "1", "ok", "x:1")}, nil},
		"two namespaces of one member": {
			[]Instance{of("a", "1", "", "ok"), of("a", "2", "", "ok"), of("b", "2", "", "ok")},
			[]Drift{{"version", []Value{value("2", "a", "b"), value("1", "a")}}},
		},
		"the hub's names are one":    {[]Instance{of("a", "", "", "", "nginx:1"), of("b", "", "", "", "docker.io/library/nginx:1@sha256:0a")}, nil},
		"no tag is the latest":       {[]Instance{of("a", "", "", "", "nginx"), of("b", "", "", "", "nginx:latest")}, nil},
		"other images aren't drift":  {[]Instance{of("a", "", "", "", "q.io/x:1", "q.io/y:1"), of("b", "", "", "", "q.io/x:1")}, nil},
		"a digest where no tag is":   {[]Instance{of("a", "", "", "", "q.io/x@sha256:0a"), of("b", "", "", "", "q.io/x@sha256:0b")}, []Drift{{"image x", []Value{value("sha256:0b", "b"), value("sha256:0a", "a")}}}},
		"two tags in one are a list": {[]Instance{of("a", "", "", "", "q.io/x:2", "q.io/x:1"), of("b", "", "", "", "q.io/x:1")}, []Drift{{"image x", []Value{value("1, 2", "a"), value("1", "b")}}}},
		"names that two share are whole": {
			[]Instance{of("a", "", "", "", "q.io/a/x:1", "q.io/b/x:1"), of("b", "", "", "", "q.io/a/x:2", "q.io/b/x:1")},
			[]Drift{{"image q.io/a/x", []Value{value("2", "b"), value("1", "a")}}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, drift(c.instances)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestMerge(t *testing.T) {
	of := func(member string, source Source, title, group string, tone pane.Tone) Instance {
		return Instance{Member: member, source: source, title: title, group: group, Tone: tone}
	}
	got := map[string]string{}
	var names []string
	for _, app := range merge([]Instance{
		of("a", Helm, "shop", "", pane.ToneGood), of("b", Helm, "shop", "", pane.ToneBad), of("b", Helm, "shop", "", pane.ToneNone),
		of("a", Labels, "shop", "", pane.ToneBusy), of("a", Flux, "app-10", "helmreleases", pane.ToneNone),
		of("b", Flux, "app-10", "kustomizations", pane.ToneGood), of("b", Argo, "app-9", "", pane.ToneWarning),
	}) {
		members := ""
		for _, i := range app.Instances {
			members += i.Member
		}
		got[app.Key] = members + " " + string(app.Tone)
		names = append(names, app.Name)
	}
	want := map[string]string{
		"helm/shop": "abb bad", "labels/shop": "a busy", "flux/helmreleases/app-10": "a none", "flux/kustomizations/app-10": "b good", "argo/app-9": "b warning",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if want := []string{"app-9", "app-10", "app-10", "shop", "shop"}; !slices.Equal(want, names) {
		t.Error(names)
	}
}

func TestImages(t *testing.T) {
	const digest = "@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	for reference, want := range map[string]bool{
		"nginx": true, "nginx:1.27": true, "registry.example.com:5000/a/b_c/d:v1-x" + digest: true, "localhost:5000/x": true, "x" + digest: true,
		"": false, "user:" + hidden + "@registry.example.com/x": false, "https://user:pw@r/x": false, "a b": false, "x:\x1b[31m": false,
		"x@sha256:" + hidden: false, "/x": false, "a//b": false, "x:": true, "{{ .Values.image }}": false,
	} {
		if isImage(reference) != want {
			t.Errorf("%q: %v", reference, !want)
		}
	}
}

func TestRepository(t *testing.T) {
	for address, want := range map[string]string{
		"https://user:" + hidden + "@git.example.com/team/app.git?token=" + hidden: "https://git.example.com/team/app.git",
		"git@git.example.com:team/app.git":                                         "git.example.com:team/app.git",
		"oci://registry.example.com/charts":                                        "oci://registry.example.com/charts",
		"registry.example.com/charts":                                              "registry.example.com/charts",
		"https://%zz:" + hidden + "@x":                                             "",
		hidden + "@a@b":                                                            "",
	} {
		if got := repository(address); got != want {
			t.Errorf("%q: %q, want %q", address, got, want)
		}
	}
}

func TestFold(t *testing.T) {
	release := Instance{source: Helm, title: "chart", Namespace: "n", Name: "r", Status: "deployed", Tone: pane.ToneGood, Message: "Upgrade complete", Images: []string{"a"}}
	w := func(namespace, instance, manager string, ready, wanted int) workload {
		return workload{ref: Ref{Kind: "deployments.apps", Namespace: namespace, Name: "w"}, instance: instance, manager: manager, ready: ready, wanted: wanted}
	}
	annotated := w("elsewhere", "other", "", 0, 1)
	annotated.helmRelease, annotated.helmNamespace = "r", "n"
	job := workload{ref: Ref{Kind: "cronjobs.batch", Namespace: "n", Name: "j"}, name: "nightly", scheduled: true}
	f := found{helm: []Instance{release}, workloads: []workload{
		w("n", "r", "Helm", 1, 2), w("n", "r", "Argo", 1, 1), w("m", "r", "Helm", 0, 3), annotated, job, w("n", "", "", 1, 1),
	}}
	got := map[string]string{}
	for _, i := range f.fold() {
		got[string(i.source)+" "+i.Namespace+"/"+i.Name] = i.Status + " " + string(i.Tone) + " " + i.Message
	}
	want := map[string]string{
		"helm n/r":         "deployed warning Upgrade complete. 1 of 3 ready.",
		"labels n/r":       "Ready good ",       // not Helm's
		"labels m/r":       "0 of 3 ready bad ", // Helm's, but its release wasn't found
		"labels n/nightly": "Scheduled good ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestReport(t *testing.T) {
	denied := func(what string) gap { return gap{what: what, resource: "things", fallback: true, namespaces: 1} }
	slow := gap{what: "Slow", resource: "things", err: errUnreadable}
	fine := gap{what: "Fine", resource: "things"}
	some := gap{what: "Some", resource: "things", fallback: true, namespaces: 40, read: 26, refused: []string{"a", "b", "c", "d"}}
	for name, c := range map[string]struct {
		gaps  []gap
		state State
		want  []string
	}{
		"nothing served":   {nil, Read, nil},
		"all fine":         {[]gap{fine}, Read, nil},
		"all refused":      {[]gap{denied("A"), denied("B")}, Failed, []string{"You may not list anything there that tells of applications."}},
		"one refused":      {[]gap{denied("A"), fine}, Read, []string{"A: you may not list things."}},
		"all broken alike": {[]gap{slow, slow}, Failed, []string{"Its answer can't be read."}},
		"nothing left":     {[]gap{slow, denied("A")}, Failed, []string{"Slow: its answer can't be read.", "A: you may not list things."}},
		"records": {[]gap{{what: "Helm", resource: "secrets", closed: 2, broken: 1}}, Read, []string{
			"Helm: of 2 only name and state are known, for you may not get their secrets; of 1 only name and state are known, for their records can't be read.",
		}},
		"limited": {[]gap{some, fine}, Read, []string{
			"Some: you may not list things in a, b, c and 1 more namespaces; only the first 30 of your 40 namespaces were read.",
			"You may not list all namespaces at once: the 26 that you are known to use were looked into.",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			state, missing := reportOf(c.gaps)
			if diff := cmp.Diff([]any{c.state, c.want}, []any{state, missing}); diff != "" {
				t.Error(diff)
			}
		})
	}
}
