package fleet

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
)

// A CRD comes and goes at a real API server: Kinds has it soon after Rediscover, without that too, and no longer when it is gone.
// Meanwhile the member's own requests stay few: a look costs one, mostly answered with 304.
func TestRealKindsComeAndGo(t *testing.T) {
	t.Parallel()
	for _, version := range []string{"1.36", "1.33"} {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			c := kubetest.Shared(t, version)
			timing := hasty()
			timing.Discovery = time.Second
			l := newLiveWith(t, Options{Timing: timing})
			l.Set([]Member{l.add("a", c.Admin())})
			l.until("a", surveyed)
			served := func(group, resource string) func(Status) bool {
				return func(Status) bool {
					kinds, known := l.Kinds("a")
					_, found := find(kinds, group, resource)
					return known && found
				}
			}
			l.until("a", served("", "pods"))
			kinds, _ := l.Kinds("a")
			pod, _ := find(kinds, "", "pods")
			if !pod.Namespaced || pod.Kind != "Pod" || pod.Version != "v1" || !slices.Contains(pod.ShortNames, "po") || !slices.Contains(pod.Categories, "all") ||
				!slices.Contains(pod.Subresources, "log") || !slices.Contains(pod.Verbs, "deletecollection") {
				t.Errorf("pods: %+v", pod)
			}
			if hpa, _ := find(kinds, "autoscaling", "horizontalpodautoscalers"); !slices.Equal(hpa.Versions, []string{"v2", "v1"}) || hpa.Version != "v2" {
				t.Errorf("autoscalers: %+v", hpa)
			}

			group := fmt.Sprintf("g%d.binnacle.test", time.Now().UnixNano())
			c.Apply(t, `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.`+group+`}
spec:
  group: `+group+`
  scope: Cluster
  names: {plural: things, singular: thing, kind: Thing}
  versions:
  - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}
`)
			l.Rediscover("a")
			l.until("a", served(group, "things"))
			crds := c.Dynamic().Resource(schema.GroupVersionResource{Group: "apiextensions.k8s.io", Version: "v1", Resource: "customresourcedefinitions"})
			if err := crds.Delete(t.Context(), "things."+group, metav1.DeleteOptions{}); err != nil {
				t.Fatal(err)
			}
			l.until("a", func(s Status) bool { return !served(group, "things")(s) })
		})
	}
}

// An aggregated API whose server doesn't answer: the others' kinds are there all the same, and the member is ready.
func TestRealBrokenAPIService(t *testing.T) {
	t.Parallel()
	c := kubetest.Start(t)
	c.Apply(t, `
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: {name: v1beta1.metrics.k8s.io}
spec:
  group: metrics.k8s.io
  version: v1beta1
  groupPriorityMinimum: 100
  versionPriority: 100
  insecureSkipTLSVerify: true
  service: {name: nobody, namespace: kube-system}
`)
	l := newLive(t)
	l.Set([]Member{l.add("a", c.Admin())})
	l.until("a", surveyed)
	l.until("a", func(Status) bool {
		kinds, known := l.Kinds("a")
		_, pods := find(kinds, "", "pods")
		_, deployments := find(kinds, "apps", "deployments")
		return known && pods && deployments
	})
}

// A server that tells only which groups there are (as before 1.26, and behind proxies that don't know of more) gives the same kinds
// as with aggregated discovery, CRDs in several versions and a broken aggregated API included.
func TestRealKindsOneByOne(t *testing.T) {
	t.Parallel()
	for _, version := range []string{"1.36", "1.33"} {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			c := kubetest.Start(t, kubetest.Version(version))
			c.Apply(t, `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.binnacle.test}
spec:
  group: binnacle.test
  scope: Namespaced
  names: {plural: things, singular: thing, kind: Thing, shortNames: [th], categories: [all, odd]}
  versions:
  - name: v1alpha1
    served: true
    storage: false
    schema: &any {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
  - {name: v1, served: true, storage: true, schema: *any, subresources: {status: {}, scale: {specReplicasPath: .spec.n, statusReplicasPath: .status.n}}}
---
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: {name: v1beta1.metrics.k8s.io}
spec:
  group: metrics.k8s.io
  version: v1beta1
  groupPriorityMinimum: 100
  versionPriority: 100
  insecureSkipTLSVerify: true
  service: {name: nobody, namespace: kube-system}
`)
			p := c.Proxy(t)
			p.Add(kubetest.Rule{Pattern: regexp.MustCompile("^/apis?$"), Accept: "application/json"})
			timing := hasty()
			timing.Discovery, timing.Request = time.Second, 10*time.Second
			l := newLiveWith(t, Options{Timing: timing})
			l.Set([]Member{l.add("whole", c.Admin()), l.add("parts", p.Kubeconfig(c.Admin()))})
			var whole, parts []Kind
			alike := func(Status) bool {
				one, known := l.Kinds("whole")
				other, told := l.Kinds("parts")
				_, thing := find(one, "binnacle.test", "things")
				whole, parts = one, other
				return known && told && thing && slices.EqualFunc(one, other, Kind.equal)
			}
			defer func() {
				if t.Failed() {
					t.Errorf("-aggregated +one by one:\n%s", cmp.Diff(whole, parts))
				}
			}()
			l.until("parts", alike)
			if listed := p.Count(func(r kubetest.Request) bool { return r.Path == "/apis/apps/v1" && r.Query == "" }); listed == 0 || len(whole) < 50 {
				t.Errorf("%d kinds, the plain list of apps/v1 was asked for %d times", len(whole), listed)
			}
		})
	}
}

// Streams against a real API server: a list as a Table, a watch that goes on until its ctx ends, and refusals.
func TestRealStreamAndSend(t *testing.T) {
	t.Parallel()
	c := kubetest.Shared(t)
	namespace := c.Namespace(t)
	client, err := Dial(credential(t, string(c.Admin())), "binnacle/test")
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	maps := "/api/v1/namespaces/" + namespace + "/configmaps"
	answer, err := client.Send(t.Context(), Request{
		Method: http.MethodPost, Path: maps + "?fieldValidation=Warn", ContentType: "application/yaml",
		Body: []byte("{apiVersion: v1, kind: ConfigMap, metadata: {name: one}, date: {a: b}}"),
	})
	if err != nil || len(answer.Warnings) != 1 || answer.Warnings[0] != `unknown field "date"` {
		t.Fatalf("%+v, %v", answer.Warnings, err)
	}
	body, err := client.Stream(t.Context(), maps, "application/json;as=Table;g=meta.k8s.io;v=v1")
	if err != nil {
		t.Fatal(err)
	}
	list, err := io.ReadAll(body)
	_ = body.Close()
	if err != nil || !strings.Contains(string(list), `"kind":"Table"`) {
		t.Errorf("%.200s, %v", list, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	watch, err := client.Stream(ctx, maps+"?watch=1", "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(watch, make([]byte, 20)); err != nil { // that there is one already
		t.Error(err)
	}
	cancel()
	if _, err := io.Copy(io.Discard, watch); err == nil {
		t.Error("the watch went on, or ended well")
	}
	_ = watch.Close()
	if _, err := client.Stream(t.Context(), "/apis/no.such/v1/things", ""); !apierrors.IsNotFound(err) {
		t.Errorf("what isn't there: %v", err)
	}
	_, err = client.Send(t.Context(), Request{Method: http.MethodPatch, Path: maps + "/one", ContentType: "application/merge-patch+json", Body: []byte(`{"metadata":{"labels":{"a b":"c"}}}`)})
	if status, ok := errors.AsType[*apierrors.StatusError](err); !ok || !apierrors.IsInvalid(err) || len(status.ErrStatus.Details.Causes) == 0 {
		t.Errorf("an invalid patch: %v", err)
	}
}

// Why guard lets no DELETE with a body pass as a dry run: an API server takes the body's options, and deletes.
func TestRealDryRunIsNotThatOfTheQueryBesideABody(t *testing.T) {
	t.Parallel()
	for _, version := range []string{"1.36", "1.33"} {
		c := kubetest.Shared(t, version)
		namespace := c.Namespace(t)
		client, err := Dial(credential(t, string(c.Admin())), "binnacle/test")
		if err != nil {
			t.Fatal(err)
		}
		defer client.Close()
		maps := "/api/v1/namespaces/" + namespace + "/configmaps"
		for body, stays := range map[string]bool{"": true, `{"apiVersion":"v1","kind":"DeleteOptions"}`: false} {
			if _, err := client.Send(t.Context(), Request{Method: http.MethodPost, Path: maps, Body: []byte(`{"metadata":{"name":"x"}}`)}); err != nil && !apierrors.IsAlreadyExists(err) {
				t.Fatal(err)
			}
			r := Request{Method: http.MethodDelete, Path: maps + "/x?dryRun=All"}
			if body != "" {
				r.Body = []byte(body)
			}
			if _, err := client.Send(t.Context(), r); err != nil {
				t.Error(err)
			}
			if err := client.Get(t.Context(), maps+"/x", &struct{}{}); (err == nil) != stays {
				t.Errorf("%s: with the body %q: %v", version, body, err)
			}
		}
	}
}
