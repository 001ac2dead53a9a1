package object

import (
	"slices"
	"strings"

	"github.com/binnacle-dev/binnacle/backend/plain"
)

const (
	maxDescription = 300
	maxDefinitions = 2_000 // the largest real kind needs 250
	refPrefix      = "#/components/schemas/"
)

// rootSchema is the name of the schema of a kind, "" when there is none.
func rootSchema(all map[string]tree, kind Kind) string {
	var found []string
	for name, s := range all {
		for _, gvk := range s.trees("x-kubernetes-group-version-kind") {
			if gvk.raw("group") == kind.Group && gvk.raw("version") == kind.Version && gvk.raw("kind") == kind.Kind {
				found = append(found, name)
			}
		}
	}
	if len(found) == 0 {
		return ""
	}
	return slices.Min(found) // there is but one
}

// reduce is a schema with all that it refers to as its definitions.
func reduce(all map[string]tree, root string) tree {
	r := reducer{all: all, definitions: map[string]any{}}
	out := r.schema(all[root], 0)
	for len(r.next) > 0 { // what refers to itself is written down once, like everything else
		name := r.next[0]
		r.next = r.next[1:]
		if _, done := r.definitions[name]; !done && len(r.definitions) < maxDefinitions {
			r.definitions[name] = true // begun
			r.definitions[name] = r.schema(all[name], 0)
		}
	}
	if len(r.definitions) > 0 {
		out["definitions"] = r.definitions
	}
	return out
}

type reducer struct {
	all         map[string]tree
	definitions map[string]any
	next        []string
}

// schema keeps what an editor completes and checks by.
func (r *reducer) schema(s tree, depth int) tree {
	out := tree{}
	if depth > maxDepth {
		return out
	}
	for key, v := range s {
		switch key {
		case "$ref":
			name := strings.TrimPrefix(s.raw(key), refPrefix)
			if r.all[name] != nil {
				r.next = append(r.next, name)
				out[key] = "#/definitions/" + name
			}
		case "description":
			out[key] = plain.Line(s.raw(key), maxDescription)
		case "properties":
			properties := tree{}
			for name, p := range s.in(key) {
				properties[name] = r.schema(asTree(p), depth+1)
			}
			out[key] = properties
		case "items", "additionalProperties", "not":
			out[key] = v // additionalProperties may be a flag
			if sub := asTree(v); sub != nil {
				out[key] = r.schema(sub, depth+1)
			}
		case "allOf", "oneOf", "anyOf":
			var parts []tree
			for _, part := range s.trees(key) {
				parts = append(parts, r.schema(part, depth+1))
			}
			out[key] = parts
		case "type", "format", "enum", "default", "required", "nullable", "pattern", "minimum", "maximum", "exclusiveMinimum",
			"exclusiveMaximum", "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties", "multipleOf",
			"uniqueItems", "x-kubernetes-int-or-string", "x-kubernetes-list-type", "x-kubernetes-list-map-keys",
			"x-kubernetes-map-type", "x-kubernetes-preserve-unknown-fields":
			out[key] = v
		}
	}
	return out
}

// hasSuspend says that objects of the kind have a switch spec.suspend.
func hasSuspend(all map[string]tree, root string) bool {
	spec := resolve(all, all[root].in("properties", "spec"))
	return resolve(all, spec.in("properties", "suspend")).raw("type") == "boolean"
}

// resolve follows a schema's reference, which Kubernetes wraps into allOf to give it a description.
func resolve(all map[string]tree, s tree) tree {
	for range 4 {
		name := s.raw("$ref")
		if name == "" {
			for _, part := range s.trees("allOf") {
				name = first(name, part.raw("$ref"))
			}
		}
		if name == "" {
			return s
		}
		s = all[strings.TrimPrefix(name, refPrefix)]
	}
	return s
}
