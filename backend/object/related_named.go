package object

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
)

// named are the objects that this one names itself. Nothing is asked, so whether they exist shows when they are opened.
func (m Member) named(o object) []Group {
	switch o.kind.Key() {
	case pods:
		return m.mounts(o)
	case ingresses:
		return []Group{m.links("Services", services, o.namespace(), backends(o.tree))}
	case claims:
		return []Group{m.links("Volume", volumes, "", []string{o.raw("spec", "volumeName")})}
	case volumes:
		claim := o.in("spec", "claimRef")
		return []Group{m.links("Claim", claims, claim.raw("namespace"), []string{claim.raw("name")})}
	case autoscalers:
		return []Group{m.reference("Scales", o, o.in("spec", "scaleTargetRef"))}
	case events:
		about := o.in("involvedObject")
		return []Group{m.reference("About", object{tree: tree{"metadata": map[string]any{"namespace": about.raw("namespace")}}}, about)}
	}
	return nil
}

func (m Member) links(title, key, namespace string, names []string) Group {
	g := Group{Title: title}
	kind, err := m.kind(key)
	if err != nil {
		return g
	}
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		if name != "" {
			g.put(Link{Ref: Ref{Kind: key, Namespace: namespace, Name: name}.cleaned(), Kind: kind.Kind, Tone: ToneNone})
		}
	}
	return g
}

// reference is one link, to what a reference with apiVersion, kind and name means.
func (m Member) reference(title string, from object, to tree) Group {
	if to.raw("name") == "" {
		return Group{Title: title}
	}
	link := Link{Ref: Ref{Name: to.raw("name"), UID: to.raw("uid")}.cleaned(), Kind: to.text("kind"), Tone: ToneNone}
	kind, err := m.kindOf(to.raw("apiVersion"), to.raw("kind"))
	if err != nil {
		link.Gone = gone(err)
	}
	link.Ref.Kind = kind.Key()
	if kind.Namespaced {
		link.Ref.Namespace = from.ref().Namespace
	}
	return Group{Title: title, Links: []Link{link}}
}

func backends(ingress tree) []string {
	names := []string{ingress.raw("spec", "defaultBackend", "service", "name")}
	for _, r := range ingress.trees("spec", "rules") {
		for _, p := range r.trees("http", "paths") {
			names = append(names, p.raw("backend", "service", "name"))
		}
	}
	return names
}

func (m Member) mounts(o object) []Group {
	used := podUses(o.in("spec"))
	out := []Group{}
	for _, g := range []struct{ title, key string }{
		{"Config maps", configMaps}, {"Secrets", secrets}, {"Volume claims", claims}, {"Service account", accounts},
	} {
		out = append(out, m.links(g.title, g.key, o.namespace(), used[g.key]))
	}
	return out
}

// podUses are the names of what a pod's spec mounts or reads, by kind.
func podUses(spec tree) map[string][]string {
	used := map[string][]string{accounts: {spec.raw("serviceAccountName")}}
	add := func(key, name string) { used[key] = append(used[key], name) }
	sources := spec.trees("volumes")
	for _, v := range spec.trees("volumes") {
		add(claims, v.raw("persistentVolumeClaim", "claimName"))
		sources = append(sources, v.trees("projected", "sources")...)
	}
	for _, v := range sources {
		add(configMaps, v.raw("configMap", "name"))
		add(secrets, first(v.raw("secret", "secretName"), v.raw("secret", "name")))
	}
	for _, s := range spec.trees("imagePullSecrets") {
		add(secrets, s.raw("name"))
	}
	for _, list := range []string{"initContainers", "containers", "ephemeralContainers"} {
		for _, c := range spec.trees(list) {
			for _, e := range c.trees("envFrom") {
				add(configMaps, e.raw("configMapRef", "name"))
				add(secrets, e.raw("secretRef", "name"))
			}
			for _, e := range c.trees("env") {
				add(configMaps, e.raw("valueFrom", "configMapKeyRef", "name"))
				add(secrets, e.raw("valueFrom", "secretKeyRef", "name"))
			}
		}
	}
	return used
}

// whole lists objects with their specs, where a relation is told by nothing less.
func (m Member) whole(ctx context.Context, key, namespace string) ([]object, bool, error) {
	kind, err := m.kind(key)
	if err != nil {
		return nil, false, err
	}
	path := kind.path(namespace, "") + "?" + url.Values{"limit": {strconv.Itoa(maxListed)}}.Encode()
	ctx, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	answer, err := m.Requests.Send(ctx, Request{Method: http.MethodGet, Path: path})
	if err != nil {
		return nil, false, err
	}
	list, err := decode(answer.Body)
	if err != nil {
		return nil, false, err
	}
	var out []object
	for _, t := range list.trees("items") {
		out = append(out, object{tree: t, kind: kind})
	}
	return out, list.raw("metadata", "continue") != "", nil
}

// matching are the objects of a kind in the same namespace that pass a test on their specs.
func (m Member) matching(title, key string, o object, pass func(object) bool) asking {
	return func(ctx context.Context) Group {
		g := Group{Title: title}
		all, more, err := m.whole(ctx, key, o.namespace())
		if err != nil {
			g.Why = cantList(Kind{Resource: key}, err)
			return g
		}
		for _, other := range all {
			if pass(other) {
				link := Link{Ref: other.ref(), Kind: other.kind.Kind}
				link.Status, link.Tone = status(other)
				g.put(link)
			}
		}
		g.partial(listing{more: more}, Kind{Resource: key})
		return g
	}
}

// selecting are the services that a pod is behind.
func (m Member) selecting(pod object) asking {
	labels := pod.in("metadata", "labels")
	return m.matching("Services", services, pod, func(service object) bool {
		wanted := service.in("spec", "selector")
		for key, v := range wanted {
			if labels[key] != v {
				return false
			}
		}
		return len(wanted) > 0
	})
}

// using are the pods that use a claim, a config map, a Secret or an account.
func (m Member) using(o object) asking {
	return m.matching("Used by", pods, o, func(pod object) bool {
		return slices.Contains(podUses(pod.in("spec"))[o.kind.Key()], o.name())
	})
}
