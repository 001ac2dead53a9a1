package object

import (
	"context"
	"errors"
)

const maxOwners = 8 // of a chain; real ones have four

// owners follows the chain of owners to the root. An owner that can't be read ends it, and says why.
func (m Member) owners(ctx context.Context, o object) []Link {
	var out []Link
	seen := map[string]bool{o.uid(): true}
	for range maxOwners {
		ref := controller(o.tree)
		if ref == nil {
			return out
		}
		link, next, err := m.owner(ctx, o, ref)
		if err != nil {
			link.Gone = gone(err)
		} else if seen[next.uid()] {
			link.Gone = "It is owned in a circle."
		}
		out = append(out, link)
		if link.Gone != "" {
			return out
		}
		seen[next.uid()] = true
		o = next
	}
	out[len(out)-1].Gone = "The chain of owners is too long to follow."
	return out
}

// owner reads one owner. An owner lives in the namespace of what it owns, or in none.
func (m Member) owner(ctx context.Context, of object, ref tree) (Link, object, error) {
	link := Link{Ref: Ref{Name: ref.raw("name"), UID: ref.raw("uid")}.cleaned(), Kind: ref.text("kind"), Tone: ToneNone}
	kind, err := m.kindOf(ref.raw("apiVersion"), ref.raw("kind"))
	if err != nil {
		return link, object{}, err
	}
	link.Ref.Kind = kind.Key()
	if kind.Namespaced {
		link.Ref.Namespace = of.ref().Namespace
	}
	if link.Ref.UID == "" {
		return link, object{}, errors.New("the reference names nothing")
	}
	if _, err := m.find(link.Ref); err != nil {
		return link, object{}, err
	}
	if isSecret(kind) { // its values aren't needed
		t, err := m.get(ctx, kind.path(link.Ref.Namespace, link.Ref.Name), acceptMetadata)
		if err != nil {
			return link, object{}, err
		}
		o := object{tree: t, kind: kind}
		return link, o, same(o, link.Ref)
	}
	o, err := m.read(ctx, link.Ref)
	if err != nil {
		return link, object{}, err
	}
	link.Status, link.Tone = status(o)
	return link, o, nil
}

// controller is the reference to the owner that manages the object, else to the first of its owners, else nil.
func controller(o tree) tree {
	refs := o.trees("metadata", "ownerReferences")
	for _, r := range refs {
		if r.flag("controller") {
			return r
		}
	}
	if len(refs) > 0 {
		return refs[0]
	}
	return nil
}
