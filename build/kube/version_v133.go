//go:build v133

package main

import (
	"context"

	"go.etcd.io/etcd/server/v3/embed"
	kcm "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	kcmconfig "k8s.io/kubernetes/cmd/kube-controller-manager/app/config"
	kcmoptions "k8s.io/kubernetes/cmd/kube-controller-manager/app/options"
)

// tuneEtcd keeps little of the log in memory; etcd 3.5 must be told for how much
// of it behind a snapshot, too.
func tuneEtcd(c *embed.Config) {
	c.SnapshotCount = 5000
	c.SnapshotCatchUpEntries = 500
}

func controllerConfig(_ context.Context, o *kcmoptions.KubeControllerManagerOptions) (*kcmconfig.Config, error) {
	return o.Config(kcm.KnownControllers(), kcm.ControllersDisabledByDefault(), kcm.ControllerAliases())
}
