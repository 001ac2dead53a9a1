package herd

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"

	"github.com/binnacle-dev/binnacle/build/rig/controlplane"
	"github.com/binnacle-dev/binnacle/build/rig/kwok"
)

// contents are one or more of each kind that a herd has.
const contents = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: default, labels: {a: b}}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}, annotations: {a: b}}
    spec: {containers: [{name: app, image: none}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: worker, namespace: default, labels: {a: b}}
spec:
  replicas: 0
  selector: {matchLabels: {app: worker}}
  template:
    metadata: {labels: {app: worker}}
    spec: {containers: [{name: app, image: none}]}
---
apiVersion: batch/v1
kind: Job
metadata: {name: zz-once, namespace: default}
spec:
  template:
    metadata: {annotations: {a: b}}
    spec: {restartPolicy: Never, containers: [{name: app, image: none}]}
---
apiVersion: v1
kind: Secret
metadata: {name: view, namespace: default}
type: binnacle.dev/view
stringData: {a: b}
---
apiVersion: v1
kind: Secret
metadata: {name: other, namespace: default}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: default, labels: {a: b}}
spec: {selector: {app: web}, ports: [{port: 80}]}
`

// side is one of the two servers that are compared.
type side struct {
	client *http.Client
	url    string
}

func connect(tb testing.TB, kubeconfig []byte) side {
	tb.Helper()
	config, err := clientcmd.RESTConfigFromKubeConfig(kubeconfig)
	if err != nil {
		tb.Fatal(err)
	}
	client, err := rest.HTTPClientFor(config)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(client.CloseIdleConnections)
	return side{client, config.Host}
}

type reply struct {
	Code        int
	ContentType string
	body        []byte
}

func (s side) get(t *testing.T, accept, path string) reply {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.url+path, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept", accept)
	res, err := s.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{res.StatusCode, res.Header.Get("Content-Type"), body}
}

// kubernetes starts a real server with all kinds of objects in it.
func kubernetes(t *testing.T) side {
	t.Helper()
	need := func(err error) {
		t.Helper()
		if (errors.Is(err, controlplane.ErrNoBinary) || errors.Is(err, kwok.ErrNoBinary)) && os.Getenv("CI") != "true" {
			t.Skip(err)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	c, err := controlplane.Start(t.Context(), controlplane.Options{Name: "real", Version: "1.36", Dir: t.TempDir(), Controllers: true})
	need(err)
	t.Cleanup(c.Stop)
	k, err := kwok.Start(t.Context(), c, kwok.Options{Dir: t.TempDir(), Nodes: 2})
	need(err)
	t.Cleanup(k.Stop)
	need(c.Apply(t.Context(), contents))
	s := connect(t, c.Admin())
	await(t, "a pod that is done and one that runs", func() bool {
		all := string(s.get(t, "application/json", "/api/v1/pods").body)
		return strings.Contains(all, `"Succeeded"`) && strings.Contains(all, `"Running"`)
	})
	return s
}

const (
	asTable    = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json"
	asMetadata = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io"
	asOne      = "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io"
	asGroups   = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"
)

// free is what an object may have or not, as its owner likes.
func free(path string) bool {
	for _, own := range []string{".labels", ".annotations", ".managedFields[].fieldsV1", ".managedFields[].subresource", ".spec", ".status.", ".status[", ".generateName", ".generation", ".ownerReferences", ".finalizers", ".data", "deprecated", ".lastTimestamp", ".firstTimestamp", ".eventTime", ".action", ".source", ".fieldPath", ".count", ".reporting"} {
		if strings.Contains(path, own) {
			return true
		}
	}
	return false
}

// shape is every path in a JSON value with the types that stand there. Cells keep their places.
func shape(v any, path string, into map[string]string) {
	kind := strings.ReplaceAll(fmt.Sprintf("%T", v), " ", "")
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			shape(value, path+"."+key, into)
		}
	case []any:
		for i, value := range v {
			at := path + "[]"
			if strings.HasSuffix(path, ".cells") {
				at = fmt.Sprintf("%s[%d]", path, i)
			}
			shape(value, at, into)
		}
	}
	if !free(path) && !strings.Contains(into[path], kind) {
		into[path] = strings.Join(slices.Sorted(slices.Values(append(strings.Fields(into[path]), kind))), " ")
	}
}

func shapes(t *testing.T, body []byte) map[string]string {
	t.Helper()
	into := map[string]string{}
	for dec := json.NewDecoder(strings.NewReader(string(body))); ; {
		var v any
		if err := dec.Decode(&v); errors.Is(err, io.EOF) {
			return into
		} else if err != nil {
			t.Fatalf("%v in %.300s", err, body)
		}
		shape(v, "", into)
	}
}

// TestLikeTheReal asks a real server and a herd the same, and compares how they answer: codes, types, columns and the shape
// of what they say, but for what an object's owner decides.
func TestLikeTheReal(t *testing.T) {
	kube := kubernetes(t)
	h := start(t, Options{Members: 1, Pods: 60, Events: 20})
	kubeconfig, err := h.Members[0].Kubeconfig("ana")
	if err != nil {
		t.Fatal(err)
	}
	herd := connect(t, kubeconfig)
	secret := `{"metadata":{"name":"view","namespace":"team-01"},"type":"binnacle.dev/view","data":{"a":"Yg=="}}`
	herd.send(t, http.MethodPost, "/api/v1/namespaces/team-01/secrets", secret)
	herd.send(t, http.MethodPost, "/api/v1/namespaces/team-02/secrets", strings.Replace(secret, "team-01", "team-02", 1))
	for _, k := range h.Members[0].kinds {
		t.Run(k.resource, func(t *testing.T) {
			base := "/api/v1/"
			if k.group != "" {
				base = "/apis/" + k.group + "/v1/"
			}
			realName, herdName := first(t, kube, base+k.resource, k), first(t, herd, base+k.resource, k)
			for name, ask := range map[string]struct{ accept, real, herd string }{
				"table":                {asTable, k.resource, k.resource},
				"table of a page":      {asTable, k.resource + "?limit=1", k.resource + "?limit=1"},
				"table without object": {asTable, k.resource + "?includeObject=None", k.resource + "?includeObject=None"},
				"table with object":    {asTable, k.resource + "?includeObject=Object", k.resource + "?includeObject=Object"},
				"metadata":             {asMetadata, k.resource, k.resource},
				"list":                 {"application/json", k.resource, k.resource},
				"one":                  {"application/json", realName, herdName},
				"one as a table":       {asTable, realName, herdName},
				"one's metadata":       {asOne, realName, herdName},
				"none":                 {"application/json", realName + "-none", herdName + "-none"},
				"wrong selector":       {asTable, k.resource + "?fieldSelector=a.b=c", k.resource + "?fieldSelector=a.b=c"},
				"wrong token":          {asTable, k.resource + "?continue=abc", k.resource + "?continue=abc"},
				"watch from the start": {asTable, k.resource + "?watch=1&timeoutSeconds=1", k.resource + "?watch=1&timeoutSeconds=1"},
				"watch of objects":     {"application/json", k.resource + "?watch=1&timeoutSeconds=1", k.resource + "?watch=1&timeoutSeconds=1"},
				"bookmark":             {asTable, k.resource + "?watch=1&allowWatchBookmarks=true&timeoutSeconds=4&resourceVersion=" + version(t, kube, base+k.resource), k.resource + "?watch=1&allowWatchBookmarks=true&timeoutSeconds=4&resourceVersion=" + version(t, herd, base+k.resource)},
			} {
				if name == "bookmark" && k.resource != "pods" && k.resource != "nodes" {
					continue // each takes seconds
				}
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					want, got := kube.get(t, ask.accept, base+ask.real), herd.get(t, ask.accept, base+ask.herd)
					if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(reply{})); diff != "" {
						t.Errorf("(-real +herd):\n%s", diff)
					}
					if name == "bookmark" { // what else happens meanwhile isn't compared
						if want.body, got.body = bookmarks(want.body), bookmarks(got.body); len(want.body) == 0 {
							t.Skip("the real server sends none, as when nothing of the kind happened lately")
						}
					}
					wantShape, gotShape := shapes(t, want.body), shapes(t, got.body)
					if k.metadata == nil { // a herd doesn't note who wrote what clients make
						maps.DeleteFunc(wantShape, func(path, _ string) bool { return strings.Contains(path, ".managedFields") })
					}
					if diff := cmp.Diff(wantShape, gotShape); diff != "" {
						t.Errorf("shape (-real +herd):\n%s\nreal: %.500s\nherd: %.500s", diff, want.body, got.body)
					}
				})
			}
			var want, got struct{ ColumnDefinitions []map[string]any }
			unmarshal(t, kube.get(t, asTable, base+k.resource).body, &want)
			unmarshal(t, herd.get(t, asTable, base+k.resource).body, &got)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("columns (-real +herd):\n%s", diff)
			}
		})
	}
	t.Run("discovery", func(t *testing.T) { compareDiscovery(t, kube, herd) })
}

func unmarshal(t *testing.T, raw []byte, into any) {
	t.Helper()
	if err := json.Unmarshal(raw, into); err != nil {
		t.Fatalf("%v in %.300s", err, raw)
	}
}

type item struct {
	Metadata struct{ Namespace, Name string }
	Status   struct{ Phase string }
}

type someList struct {
	Metadata struct{ ResourceVersion string }
	Items    []item
}

// first is the path below the group of the first object that isn't a pod at its end, whose row would say so.
func first(t *testing.T, s side, path string, k *kind) string {
	t.Helper()
	var list someList
	unmarshal(t, s.get(t, "application/json", path).body, &list)
	if len(list.Items) == 0 {
		t.Fatalf("%s has no %s", s.url, k.resource)
	}
	m := list.Items[slices.IndexFunc(list.Items, func(i item) bool { return i.Status.Phase != "Succeeded" })].Metadata
	if !k.namespaced {
		return k.resource + "/" + m.Name
	}
	return "namespaces/" + m.Namespace + "/" + k.resource + "/" + m.Name
}

func version(t *testing.T, s side, path string) string {
	t.Helper()
	var list someList
	unmarshal(t, s.get(t, "application/json", path+"?limit=1").body, &list)
	return list.Metadata.ResourceVersion
}

// compareDiscovery holds each kind's entry to the real one's, but for subresources that nobody simulates.
func compareDiscovery(t *testing.T, kube, herd side) {
	t.Helper()
	entries := func(s side) map[string]map[string]any {
		all := map[string]map[string]any{}
		for _, path := range []string{"/api", "/apis"} {
			answer := s.get(t, asGroups, path)
			if answer.ContentType != asGroups {
				t.Errorf("%s is %q", path, answer.ContentType)
			}
			var list struct {
				Items []struct {
					Metadata struct{ Name string }
					Versions []struct {
						Version   string
						Resources []map[string]any
					}
				}
			}
			unmarshal(t, answer.body, &list)
			for _, group := range list.Items {
				for _, v := range group.Versions {
					for _, r := range v.Resources {
						delete(r, "subresources")
						all[fmt.Sprint(group.Metadata.Name, "/", v.Version, "/", r["resource"])] = r
					}
				}
			}
		}
		return all
	}
	want, got := entries(kube), entries(herd)
	maps.DeleteFunc(want, func(key string, _ map[string]any) bool { return got[key] == nil })
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-real +herd):\n%s", diff)
	}
	if keys := slices.Collect(maps.Keys(got)); len(keys) < 10 {
		t.Errorf("only %v are served", keys)
	}
}

// bookmarks are those among the events of a watch. The columns come with the first event, whichever that is.
func bookmarks(body []byte) []byte {
	var all []string
	for line := range strings.Lines(string(body)) {
		if strings.HasPrefix(line, `{"type":"BOOKMARK"`) {
			all = append(all, regexp.MustCompile(`"columnDefinitions":(null|\[.*?\]),"rows"`).ReplaceAllString(line, `"rows"`))
		}
	}
	return []byte(strings.Join(all, ""))
}
