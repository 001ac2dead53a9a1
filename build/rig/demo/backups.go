package demo

import (
	"context"
	_ "embed"

	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/binnacle-dev/binnacle/build/rig/controlplane"
)

//go:embed backups.yaml
var backupManifests string

// backups makes a target, a plan for the shop and two backups of it, one good.
func backups(ctx context.Context, c *controlplane.Cluster) error {
	if err := c.Apply(ctx, backupManifests); err != nil {
		return err
	}
	for _, s := range []struct {
		resource, name string
		status         object
	}{
		{"targets", "archive", object{"status": "Available"}},
		{"backupplans", "shop-daily", object{"status": "Available", "scope": "Namespace"}},
		{"backups", "shop-daily-1", object{
			"status": "Available", "type": "Full", "size": "1.2Gi", "percentageCompletion": int64(100),
			"startTimestamp": "2026-01-05T02:00:00Z", "completionTimestamp": "2026-01-05T02:04:10Z",
		}},
		{"backups", "shop-daily-2", object{
			"status": "Failed", "type": "Incremental", "percentageCompletion": int64(40),
			"startTimestamp": "2026-01-06T02:00:00Z", "completionTimestamp": "2026-01-06T02:01:30Z",
		}},
	} {
		resource := schema.GroupVersionResource{Group: "triliovault.trilio.io", Version: "v1", Resource: s.resource}
		if err := c.SetStatus(ctx, resource, "shop", s.name, s.status); err != nil {
			return err
		}
	}
	return nil
}
