package object

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	kjson "k8s.io/apimachinery/pkg/util/json"
)

// errNotKubernetes says that something else answers in the cluster's place. The decoder's own words would quote it.
var errNotKubernetes = errors.New("the answer isn't one of a Kubernetes API server")

const (
	acceptTable    = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json"
	acceptMetadata = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json"
	acceptMetaList = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json"
)

// object is one that was read, with its kind.
type object struct {
	tree

	kind Kind
}

func (o object) ref() Ref {
	return Ref{Kind: o.kind.Key(), Namespace: o.namespace(), Name: o.name(), UID: o.uid()}.cleaned()
}

func (o object) is(key string) bool { return o.kind.Key() == key }

func (o object) secret() bool { return isSecret(o.kind) }

func isSecret(k Kind) bool { return k.Group == "" && k.Resource == "secrets" }

// read reads the object as a whole. It fails with ErrReplaced when the name is another's now.
func (m Member) read(ctx context.Context, ref Ref) (object, error) {
	kind, err := m.find(ref)
	if err != nil {
		return object{}, err
	}
	t, err := m.get(ctx, kind.path(ref.Namespace, ref.Name), "")
	if err != nil {
		return object{}, fmt.Errorf("read %s: %w", kind.Key(), err)
	}
	o := object{tree: t, kind: kind}
	if err := same(o, ref); err != nil {
		return object{}, err
	}
	return o, nil
}

// same holds an answer to what was asked for.
func same(o object, ref Ref) error {
	switch {
	case o.name() != ref.Name || o.uid() == "":
		return errNotKubernetes
	case ref.UID != "" && ref.UID != o.uid():
		return ErrReplaced
	}
	return nil
}

func (m Member) get(ctx context.Context, path, accept string) (tree, error) {
	ctx, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	answer, err := m.Requests.Send(ctx, Request{Method: http.MethodGet, Path: path, Accept: accept})
	if err != nil {
		return nil, err
	}
	return decode(answer.Body)
}

// decode keeps whole numbers whole, which encoding/json alone doesn't.
func decode(body []byte) (tree, error) {
	var t map[string]any
	if err := kjson.Unmarshal(body, &t); err != nil || t == nil {
		return nil, errNotKubernetes
	}
	return t, nil
}
