package controlplane

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	yamlutil "k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/discovery/cached/memory"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/restmapper"
	"sigs.k8s.io/yaml"
)

// Apply creates or changes the objects of a YAML text, in its order, by
// server-side apply as the admin. It waits for the kinds that it defines.
func (c *Cluster) Apply(ctx context.Context, manifests string) error {
	objects, err := decode(manifests)
	if err != nil {
		return fmt.Errorf("apply: read the manifests: %w", err)
	}
	disco, err := discovery.NewDiscoveryClientForConfigAndClient(c.config, c.http)
	if err != nil {
		return fmt.Errorf("apply: %w", err)
	}
	a := applier{cluster: c, mapper: restmapper.NewDeferredDiscoveryRESTMapper(memory.NewMemCacheClient(disco))}
	for _, object := range objects {
		if err := a.apply(ctx, object); err != nil {
			return fmt.Errorf("apply %s %s: %w", object.GetKind(), object.GetName(), err)
		}
	}
	return a.settle(ctx)
}

func decode(manifests string) ([]*unstructured.Unstructured, error) {
	var objects []*unstructured.Unstructured
	reader := yamlutil.NewYAMLReader(bufio.NewReader(strings.NewReader(manifests)))
	for {
		doc, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return objects, nil
		}
		if err != nil {
			return nil, err
		}
		object := &unstructured.Unstructured{}
		if err := yaml.Unmarshal(doc, &object.Object); err != nil {
			return nil, err
		}
		if len(object.Object) > 0 { // not only comments
			objects = append(objects, object)
		}
	}
}

// applier is one Apply.
type applier struct {
	cluster *Cluster
	mapper  meta.ResettableRESTMapper
	defined []string // kinds that are not known to be served yet
}

const crdKind = "CustomResourceDefinition"

func (a *applier) apply(ctx context.Context, object *unstructured.Unstructured) error {
	gvk := object.GroupVersionKind()
	if gvk.Kind != crdKind {
		if err := a.settle(ctx); err != nil {
			return err
		}
	}
	mapping, err := awaitMapping(ctx, a.mapper, gvk)
	if err != nil {
		return err
	}
	client := a.cluster.scoped(mapping, object.GetNamespace())
	options := metav1.ApplyOptions{FieldManager: "binnacle-rig", Force: true}
	if _, err := client.Apply(ctx, object.GetName(), object, options); err != nil {
		return err
	}
	if gvk.Kind == crdKind {
		a.defined = append(a.defined, object.GetName())
	}
	return nil
}

// settle waits until the kinds that were defined are served. It is put off for
// as long as only definitions come, so that the server can do them at once.
func (a *applier) settle(ctx context.Context) error {
	if len(a.defined) == 0 {
		return nil
	}
	crds := a.cluster.dynamic.Resource(schema.GroupVersionResource{
		Group: "apiextensions.k8s.io", Version: "v1", Resource: "customresourcedefinitions",
	})
	for _, name := range a.defined {
		if err := awaitEstablished(ctx, crds, name); err != nil {
			return fmt.Errorf("wait for %s: %w", name, err)
		}
	}
	a.defined = nil
	a.mapper.Reset()
	return nil
}

// awaitMapping finds a kind. One that was just established can be missing from
// discovery for a moment still.
func awaitMapping(ctx context.Context, mapper meta.ResettableRESTMapper, gvk schema.GroupVersionKind) (*meta.RESTMapping, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	for {
		mapping, err := mapper.RESTMapping(gvk.GroupKind(), gvk.Version)
		if !meta.IsNoMatchError(err) {
			return mapping, err
		}
		select {
		case <-ctx.Done():
			return nil, err
		case <-time.After(100 * time.Millisecond):
			mapper.Reset()
		}
	}
}

func (c *Cluster) scoped(mapping *meta.RESTMapping, namespace string) dynamic.ResourceInterface {
	all := c.dynamic.Resource(mapping.Resource)
	if mapping.Scope.Name() == meta.RESTScopeNameRoot {
		return all
	}
	if namespace == "" {
		namespace = "default"
	}
	return all.Namespace(namespace)
}

// awaitEstablished waits until the server serves a kind that was just defined.
func awaitEstablished(ctx context.Context, crds dynamic.ResourceInterface, name string) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for {
		crd, err := crds.Get(ctx, name, metav1.GetOptions{})
		if err != nil {
			return err
		}
		if established(crd) {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("it was not served in time: %w", ctx.Err())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func established(crd *unstructured.Unstructured) bool {
	conditions, _, _ := unstructured.NestedSlice(crd.Object, "status", "conditions") // another shape is "not yet"
	for _, c := range conditions {
		if m, ok := c.(map[string]any); ok && m["type"] == "Established" && m["status"] == "True" {
			return true
		}
	}
	return false
}

// SetStatus writes one object's status, as a controller would.
func (c *Cluster) SetStatus(ctx context.Context, resource schema.GroupVersionResource, namespace, name string, status map[string]any) error {
	client := c.dynamic.Resource(resource).Namespace(namespace)
	object, err := client.Get(ctx, name, metav1.GetOptions{})
	if err == nil {
		object.Object["status"] = status
		_, err = client.UpdateStatus(ctx, object, metav1.UpdateOptions{})
	}
	if err != nil {
		return fmt.Errorf("set the status of %s %s/%s: %w", resource.Resource, namespace, name, err)
	}
	return nil
}
