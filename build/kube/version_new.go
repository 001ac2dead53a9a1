//go:build !v133

package main

import (
	"context"

	"go.etcd.io/etcd/server/v3/embed"
	kcm "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	kcmconfig "k8s.io/kubernetes/cmd/kube-controller-manager/app/config"
	kcmoptions "k8s.io/kubernetes/cmd/kube-controller-manager/app/options"
)

// tuneEtcd keeps little of the log in memory.
func tuneEtcd(c *embed.Config) { c.SnapshotCount = 5000 }

func controllerConfig(ctx context.Context, o *kcmoptions.KubeControllerManagerOptions) (*kcmconfig.Config, error) {
	return o.Config(ctx, kcm.KnownControllers(), kcm.ControllersDisabledByDefault(), kcm.ControllerAliases())
}
