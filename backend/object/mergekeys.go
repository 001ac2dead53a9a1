package object

import "strings"

// named is a list whose items have names: those of the fields that tell them apart.
type named struct {
	order []string
	items map[string]any
}

// nameItems fails for a list whose items have no names, or the same.
func nameItems(field string, list []any) (named, bool) {
	out := named{items: make(map[string]any, len(list))}
	keys := mergeKeys(field)
	if keys == nil && field != "finalizers" {
		return out, false
	}
	for _, item := range list {
		name, ok := itemName(keys, item)
		if _, twice := out.items[name]; !ok || twice {
			return out, false
		}
		out.order = append(out.order, name)
		out.items[name] = item
	}
	return out, true
}

// itemName is an item's name; a set of plain texts names each by itself.
func itemName(keys []string, item any) (string, bool) {
	if keys == nil {
		s, ok := item.(string)
		return s, ok
	}
	m, ok := item.(map[string]any)
	if !ok {
		return "", false
	}
	var parts []string
	for _, key := range keys {
		value := scalar(m[key])
		if key == "containerPort|port" {
			value = first(scalar(m["containerPort"]), scalar(m["port"]))
		}
		if key == "protocol" {
			value = first(scalar(m[key]), "TCP") // as the server takes it
		}
		if value == "" {
			return "", false
		}
		parts = append(parts, value)
	}
	return strings.Join(parts, "/"), true
}

// mergeKeys are the fields that name the items of a list, as the schemas of Kubernetes' own kinds have them. The
// schema of the kind isn't asked: a list that isn't here is merged as a whole, which is safe.
func mergeKeys(field string) []string {
	switch field {
	case "containers", "initContainers", "ephemeralContainers", "env", "volumes", "imagePullSecrets", "secrets", "versions",
		"webhooks", "volumeClaimTemplates", "resourceClaims":
		return []string{"name"}
	case "ports":
		return []string{"containerPort|port", "protocol"}
	case "volumeMounts":
		return []string{"mountPath"}
	case "volumeDevices":
		return []string{"devicePath"}
	case "conditions":
		return []string{"type"}
	case "hostAliases":
		return []string{"ip"}
	case "ownerReferences":
		return []string{"uid"}
	case "taints":
		return []string{"key", "effect"}
	case "topologySpreadConstraints":
		return []string{"topologyKey", "whenUnsatisfiable"}
	}
	return nil
}
