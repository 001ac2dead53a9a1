package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"k8s.io/client-go/tools/clientcmd"

	"github.com/binnacle-dev/binnacle/build/rig/controlplane"
)

const (
	namespace = "binnacle" // where the admin kit lets people keep views
	members   = 50         // of the view that is measured, the primary among them
)

// lab is what measures share: a folder that goes with it, and one real cluster, started when first asked for.
type lab struct {
	settings
	dir     string
	folders int
	primary *controlplane.Cluster
}

func newLab(s settings) (*lab, error) {
	dir, err := os.MkdirTemp("", "binnacle-bench-")
	if err != nil {
		return nil, fmt.Errorf("make a folder: %w", err)
	}
	return &lab{settings: s, dir: dir}, nil
}

func (l *lab) close() error {
	if l.primary != nil {
		l.primary.Stop()
	}
	return os.RemoveAll(l.dir)
}

// folder makes an empty one.
func (l *lab) folder(purpose string) (string, error) {
	l.folders++
	dir := filepath.Join(l.dir, fmt.Sprintf("%s-%d", purpose, l.folders))
	return dir, os.Mkdir(dir, 0o700)
}

// cluster gives the one cluster, running, with the rights of the admin kit: get, create, update and delete, no watch.
func (l *lab) cluster(ctx context.Context) (*controlplane.Cluster, error) {
	if l.primary != nil {
		return l.primary, l.primary.Restart(ctx)
	}
	dir, err := l.folder("cluster")
	if err != nil {
		return nil, err
	}
	c, err := controlplane.Start(ctx, controlplane.Options{Name: "primary", Version: controlplane.Versions()[0], Dir: dir})
	if err != nil {
		return nil, err
	}
	l.primary = c
	return c, c.LimitedKit(ctx, namespace)
}

// crowd is a kubeconfig with as many users of the cluster, each a context of their own: a fleet as far as the program can tell.
func crowd(c *controlplane.Cluster, n int) ([]byte, error) {
	all, err := clientcmd.Load(c.Admin())
	if err != nil {
		return nil, err
	}
	clear(all.AuthInfos)
	clear(all.Contexts)
	all.CurrentContext = ""
	for i := range n {
		one, err := c.Kubeconfig(controlplane.User{Name: fmt.Sprintf("team-%02d", i+1)})
		if err != nil {
			return nil, err
		}
		k, err := clientcmd.Load(one)
		if err != nil {
			return nil, err
		}
		maps.Copy(all.AuthInfos, k.AuthInfos)
		maps.Copy(all.Contexts, k.Contexts)
	}
	return clientcmd.Write(*all)
}

// machineFacts are what figures of a machine can't be read without.
func machineFacts() string {
	facts := fmt.Sprintf("%s/%s, %d cores, %s", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version())
	load, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return facts // another system than Linux
	}
	if fields := strings.Fields(string(load)); len(fields) >= 3 {
		facts += ", load " + strings.Join(fields[:3], " ")
	}
	return facts
}

// size is that of the program, without the page's own share told apart: it is embedded.
func size(_ context.Context, l *lab) ([]figure, error) {
	const goal = 40
	info, err := os.Stat(l.app)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%s is not built; run make build", l.app)
	}
	if err != nil {
		return nil, err
	}
	return []figure{within(goal, "binary_mb", float64(info.Size())/1e6, "MB", "the stripped program, its page in it")}, nil
}
