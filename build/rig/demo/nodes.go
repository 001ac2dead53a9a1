package demo

import (
	"context"
	"fmt"
	"maps"

	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/yaml"

	"github.com/binnacle-dev/binnacle/build/rig/controlplane"
)

// nodes are a cluster's machines, as a cloud would label them.
type nodes struct {
	names    []string
	provider string // start of the provider id; "" is none
	region   string
	instance string
	labels   map[string]string
}

type object = map[string]any

func (n nodes) create(ctx context.Context, c *controlplane.Cluster) error {
	resource := schema.GroupVersionResource{Version: "v1", Resource: "nodes"}
	for _, name := range n.names {
		manifest, err := yaml.Marshal(n.object(name))
		if err != nil {
			return fmt.Errorf("node %s: %w", name, err)
		}
		if err := c.Apply(ctx, string(manifest)); err != nil {
			return err
		}
		if err := c.SetStatus(ctx, resource, "", name, nodeStatus(c.Version())); err != nil {
			return err
		}
	}
	return nil
}

func (n nodes) object(name string) object {
	labels := map[string]string{
		"kubernetes.io/hostname": name, "kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64",
	}
	maps.Copy(labels, n.labels)
	if n.region != "" {
		labels["topology.kubernetes.io/region"] = n.region
	}
	if n.instance != "" {
		labels["node.kubernetes.io/instance-type"] = n.instance
	}
	spec := object{}
	if n.provider != "" {
		spec["providerID"] = n.provider + name
	}
	return object{
		"apiVersion": "v1", "kind": "Node",
		"metadata": object{"name": name, "labels": labels}, "spec": spec,
	}
}

func nodeStatus(version string) object {
	room := object{"cpu": "4", "memory": "16Gi", "pods": "110"}
	return object{
		"capacity": room, "allocatable": room,
		"conditions": []any{object{
			"type": "Ready", "status": "True", "reason": "KubeletReady", "message": "the demo says so",
		}},
		"nodeInfo": object{
			"kubeletVersion": "v" + version + ".0", "operatingSystem": "linux", "architecture": "amd64",
			"osImage": "", "kernelVersion": "", "containerRuntimeVersion": "", "kubeProxyVersion": "",
			"machineID": "", "systemUUID": "", "bootID": "",
		},
	}
}
