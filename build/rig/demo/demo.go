// Package demo fills test clusters with things to look at: nodes that give away
// where a cluster runs, some workloads, a T4K of one version or another, and the
// user ana, who may read everything and keep a view. Nothing of it runs: nodes,
// deployments and pods are objects with a status written into them.
package demo

import (
	"context"
	_ "embed"
	"fmt"

	"github.com/binnacle-dev/binnacle/build/rig/controlplane"
	"github.com/binnacle-dev/binnacle/build/rig/t4k"
)

// site is one cluster of the demo.
type site struct {
	name  string
	t4k   string // version; "" is none
	runs  string // version of what runs there
	nodes nodes
	extra string // manifests
}

//go:embed openshift.yaml
var openshift string

func sites() []site {
	return []site{
		{name: "prod-eu", t4k: "5.4.0", runs: "1.5.2", nodes: nodes{
			names:    []string{"ip-10-0-1-17", "ip-10-0-2-40", "ip-10-0-3-8"},
			provider: "aws:///eu-central-1a/i-0", region: "eu-central-1", instance: "m6i.xlarge",
			labels: map[string]string{"eks.amazonaws.com/nodegroup": "workers"},
		}},
		{name: "prod-us", t4k: "5.3.1", runs: "1.5.2", nodes: nodes{
			names:    []string{"gke-prod-us-pool-1-a", "gke-prod-us-pool-1-b"},
			provider: "gce://demo/us-east1-b/", region: "us-east1", instance: "e2-standard-4",
			labels: map[string]string{"cloud.google.com/gke-nodepool": "pool-1"},
		}},
		{name: "staging", t4k: "5.4.0", runs: "1.6.0", extra: openshift, nodes: nodes{
			names: []string{"master-0", "worker-0", "worker-1"}, instance: "vsphere-vm", provider: "vsphere://",
			labels: map[string]string{"node.openshift.io/os_id": "rhcos"},
		}},
		{name: "edge-oslo", runs: "1.4.0", nodes: nodes{
			names: []string{"edge-1"}, provider: "k3s://", instance: "k3s",
			labels: map[string]string{"node.kubernetes.io/instance-type": "k3s"},
		}},
		{name: "lab", t4k: "2.10.6", runs: "1.6.0", nodes: nodes{names: []string{"bench-1", "bench-2"}}},
	}
}

// Name is what the i-th cluster is called.
func Name(i int) string {
	if all := sites(); i < len(all) {
		return all[i].name
	}
	return fmt.Sprintf("site-%d", i+1)
}

// Fill puts the i-th cluster's contents into it. Those after the last site of
// the demo are as bare as the last, without T4K.
func Fill(ctx context.Context, c *controlplane.Cluster, i int) error {
	all := sites()
	s := all[min(i, len(all)-1)]
	if i >= len(all) {
		s.t4k = ""
	}
	steps := []func() error{
		func() error { return c.Apply(ctx, s.extra) },
		func() error { return s.nodes.create(ctx, c) },
		func() error { return workloads(ctx, c, s.runs) },
		func() error { return pods(ctx, c, s.nodes.names, s.runs) },
		func() error { return protection(ctx, c, s.t4k) },
		func() error { return reader(ctx, c) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return fmt.Errorf("fill the demo: %w", err)
		}
	}
	return nil
}

// protection installs T4K with a plan and its backups.
func protection(ctx context.Context, c *controlplane.Cluster, version string) error {
	if version == "" {
		return nil
	}
	if err := t4k.Install(ctx, c, version); err != nil {
		return err
	}
	return backups(ctx, c)
}

//go:embed reader.yaml
var readerManifests string

// reader lets ana read everything and keep a view.
func reader(ctx context.Context, c *controlplane.Cluster) error {
	if err := c.Apply(ctx, readerManifests); err != nil {
		return err
	}
	return c.LimitedKit(ctx, "binnacle")
}
