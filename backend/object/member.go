package object

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/binnacle-dev/binnacle/backend/plain"
)

// Times and sizes of one request.
const (
	readTime  = 20 * time.Second
	writeTime = 60 * time.Second // admission webhooks may take 30 s each
)

// Requests is how a cluster is asked. A refusal is an *apierrors.StatusError.
type Requests interface {
	Send(ctx context.Context, r Request) (Answer, error)
}

// Request is one request. The path is below the server's own, with its query. An empty Accept is JSON.
type Request struct {
	Method, Path, ContentType, Accept string
	Body                              []byte
}

// Answer is what came back, with what the server warned of.
type Answer struct {
	Body     []byte
	Warnings []string
}

// Kind is how a member serves one kind of object.
type Kind struct {
	Group, Version, Resource, Kind string
	Namespaced                     bool
	Verbs                          []string
	Subresources                   []string // "scale", "status"
}

// Key names the kind as kubectl takes it: "pods", "deployments.apps".
func (k Kind) Key() string {
	if k.Group == "" {
		return k.Resource
	}
	return k.Resource + "." + k.Group
}

func (k Kind) root() string {
	if k.Group == "" {
		return "/api/" + k.Version
	}
	return "/apis/" + k.Group + "/" + k.Version
}

// path is that of all objects of the kind in the namespace, or of the one named. It isn't escaped yet.
func (k Kind) path(namespace, name string) string {
	var b strings.Builder
	b.WriteString(k.root())
	if k.Namespaced && namespace != "" {
		b.WriteString("/namespaces/" + namespace)
	}
	b.WriteString("/" + k.Resource)
	if name != "" {
		b.WriteString("/" + name)
	}
	return b.String()
}

func (k Kind) can(verb string) bool        { return slices.Contains(k.Verbs, verb) }
func (k Kind) has(subresource string) bool { return slices.Contains(k.Subresources, subresource) }

// Ref names one object of the member.
type Ref struct {
	Kind            string // a Kind's key
	Namespace, Name string
	UID             string // "": whatever bears the name
}

// cleaned is the reference as it can be shown. Kubernetes allows no names that this changes; where a server gives one all the
// same, it leads nowhere.
func (r Ref) cleaned() Ref {
	return Ref{Kind: r.Kind, Namespace: plain.Line(r.Namespace, maxName), Name: plain.Line(r.Name, maxName), UID: plain.Line(r.UID, maxName)}
}

// Member is one cluster as its objects are reached.
type Member struct {
	Requests Requests
	Kinds    []Kind   // all that it serves, each resource once
	ID       string   // tells its schemas from those of others
	Schemas  *Schemas // nil keeps none
}

// find is the kind of a reference whose names can stand in a path, where they mean that object and no other.
func (m Member) find(ref Ref) (Kind, error) {
	for _, name := range []string{ref.Namespace, ref.Name} {
		if name == "." || name == ".." || strings.ContainsAny(name, "/?%") {
			return Kind{}, invalid("The name " + plain.Line(name, maxName) + " can't be asked for.")
		}
	}
	if ref.Name == "" {
		return Kind{}, invalid("No object is named.")
	}
	return m.kind(ref.Kind)
}

func (m Member) kind(key string) (Kind, error) {
	for _, k := range m.Kinds {
		if k.Key() == key {
			return k, nil
		}
	}
	return Kind{}, &UnknownKindError{Kind: plain.Line(key, maxName)}
}

// kindOf finds the kind of a reference such as an owner's, which names a version that needn't be the one used here.
func (m Member) kindOf(apiVersion, kind string) (Kind, error) {
	group, _, found := strings.Cut(apiVersion, "/")
	if !found {
		group = ""
	}
	for _, k := range m.Kinds {
		if k.Group == group && k.Kind == kind {
			return k, nil
		}
	}
	return Kind{}, &UnknownKindError{Kind: plain.Line(kind, maxName)}
}
