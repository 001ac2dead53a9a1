package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/binnacle-dev/binnacle/build/rig/kwok"
)

// startNodes gives a cluster live nodes, on which pods run; it wants --controllers. The containers named get a log of
// their own, to be written with writeLog.
func startNodes(ctx context.Context, m *member, c command, _ *answer) error {
	if m.kubelets != nil {
		return errors.New("it has nodes already")
	}
	o := kwok.Options{Dir: filepath.Join(m.dir, "kwok"), Nodes: c.Nodes}
	for _, of := range c.Logs {
		o.Logs = append(o.Logs, kwok.Container(of))
	}
	if err := os.Mkdir(o.Dir, 0o700); err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	var err error
	m.kubelets, err = kwok.Start(ctx, m.Cluster, o)
	return err
}

// containerName is a kwok.Container as JSON; an empty one is all those that have no log of their own.
type containerName struct {
	Namespace string `json:"namespace"`
	Pod       string `json:"pod"`
	Name      string `json:"name"`
}

func writeLog(_ context.Context, m *member, c command, _ *answer) error {
	if m.kubelets == nil {
		return errors.New("it has no nodes")
	}
	return m.kubelets.Write(kwok.Container(c.Container), c.Lines...)
}

func restartLog(_ context.Context, m *member, c command, _ *answer) error {
	if m.kubelets == nil {
		return errors.New("it has no nodes")
	}
	return m.kubelets.Restart(kwok.Container(c.Container))
}
