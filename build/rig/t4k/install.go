// Package t4k puts Trilio for Kubernetes' API into a test cluster, as far as a
// client can see it: its kinds, and a TrilioVaultManager that names a version.
// Nothing runs behind them. The kinds are small ones of our own, with the
// names, scopes and top-level fields of the real ones.
package t4k

import (
	"context"
	"embed"
	"fmt"
	"strings"

	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/yaml"
)

const group = "triliovault.trilio.io"

//go:embed 2.10.6.yaml 5.4.yaml
var files embed.FS

// Cluster is where it is installed.
type Cluster interface {
	Apply(ctx context.Context, manifests string) error
	SetStatus(ctx context.Context, resource schema.GroupVersionResource, namespace, name string, status map[string]any) error
}

// Namespace is where the manager lives.
const Namespace = "trilio-system"

// Install serves the kinds of a version such as 5.4.0 or 2.10.6 and makes a
// TrilioVaultManager of it that is deployed.
func Install(ctx context.Context, c Cluster, version string) error {
	manifests, err := definitions(version)
	if err != nil {
		return err
	}
	manifests += fmt.Sprintf(`---
apiVersion: v1
kind: Namespace
metadata: {name: %[1]s}
---
apiVersion: %[2]s/v1
kind: TrilioVaultManager
metadata: {name: triliovault-manager, namespace: %[1]s}
spec: {applicationScope: Cluster, tvkInstanceName: t4k}
`, Namespace, group)
	if err := c.Apply(ctx, manifests); err != nil {
		return fmt.Errorf("install T4K %s: %w", version, err)
	}
	managers := schema.GroupVersionResource{Group: group, Version: "v1", Resource: "triliovaultmanagers"}
	return c.SetStatus(ctx, managers, Namespace, "triliovault-manager", map[string]any{
		"status": "Deployed", "releaseVersion": version,
	})
}

// kind is one entry of the files.
type kind struct {
	Kind, Plural, Scope    string
	ShortNames             []string
	Spec, Required, Status []string
	Columns                []column
}

type column struct{ Name, Path, Type string }

// definitions are the CRDs of a version, as YAML.
func definitions(version string) (string, error) {
	file := "5.4.yaml"
	if strings.HasPrefix(version, "2.") {
		file = "2.10.6.yaml"
	}
	b, err := files.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("read %s: %w", file, err)
	}
	var kinds []kind
	if err := yaml.UnmarshalStrict(b, &kinds); err != nil {
		return "", fmt.Errorf("read %s: %w", file, err)
	}
	var all strings.Builder
	for _, k := range kinds {
		crd, err := yaml.Marshal(k.definition())
		if err != nil {
			return "", fmt.Errorf("define %s: %w", k.Kind, err)
		}
		all.WriteString("---\n")
		all.Write(crd)
	}
	return all.String(), nil
}

type object = map[string]any

func (k kind) definition() object {
	var columns []object
	for _, c := range k.Columns {
		if c.Type == "" {
			c.Type = "string"
		}
		columns = append(columns, object{"name": c.Name, "jsonPath": c.Path, "type": c.Type})
	}
	spec := anything(k.Spec)
	if len(k.Required) > 0 {
		spec["required"] = k.Required
	}
	return object{
		"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
		"metadata": object{"name": k.Plural + "." + group},
		"spec": object{
			"group": group, "scope": k.Scope,
			"names": object{
				"kind": k.Kind, "listKind": k.Kind + "List",
				"plural": k.Plural, "singular": strings.ToLower(k.Kind), "shortNames": k.ShortNames,
			},
			"versions": []object{{
				"name": "v1", "served": true, "storage": true,
				"subresources":             object{"status": object{}},
				"additionalPrinterColumns": columns,
				"schema": object{"openAPIV3Schema": object{
					"type": "object", "properties": object{"spec": spec, "status": anything(k.Status)},
				}},
			}},
		},
	}
}

// anything is the schema of an object with these fields, whatever is in them.
func anything(fields []string) object {
	properties := object{}
	for _, f := range fields {
		properties[f] = object{"x-kubernetes-preserve-unknown-fields": true}
	}
	return object{"type": "object", "properties": properties}
}
