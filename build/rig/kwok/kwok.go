// Package kwok gives a cluster of package controlplane nodes on which pods run, or
// rather seem to: KWOK (build/kwok) plays the nodes and their kubelets. Pods that
// are scheduled to them become ready, those of jobs succeed, and the cluster's own
// API server serves their logs, which are lines of files that a test writes.
//
// A Kubelet owns KWOK's process and the folder it was given. The process dies with
// this one. All methods are safe for concurrent use.
package kwok

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/binnacle-dev/binnacle/build/rig/child"
	"github.com/binnacle-dev/binnacle/build/rig/controlplane"
)

// ErrNoBinary means that KWOK was not built yet.
var ErrNoBinary = errors.New("KWOK is not built; run build/kwok/build.sh (a minute or two the first time)")

// readyLimit is far above the usual second or two: the machine may be busy.
const readyLimit = 2 * time.Minute

// Container names one, or with empty fields all those that have no log of their own.
type Container struct{ Namespace, Pod, Name string }

// Options say what to start.
type Options struct {
	Dir   string      // an existing private folder
	Nodes int         // node-1, node-2 and so on
	Logs  []Container // that have a log of their own; all others share one
}

// Kubelet is the running KWOK of a cluster.
type Kubelet struct {
	dir     string
	logs    map[Container]string // files
	process *child.Process

	mu sync.Mutex // held while a log is written
}

// Start makes the nodes and returns when they are ready. An error carries the end
// of KWOK's log. ErrNoBinary says that it was not built.
func Start(ctx context.Context, c *controlplane.Cluster, o Options) (*Kubelet, error) {
	bin, err := binary()
	if err != nil {
		return nil, err
	}
	k := &Kubelet{dir: o.Dir, logs: map[Container]string{{}: filepath.Join(o.Dir, "all.log")}}
	for i, own := range o.Logs {
		k.logs[own] = filepath.Join(o.Dir, "own-"+strconv.Itoa(i)+".log")
	}
	if err := errors.Join(k.prepare(c), makeNodes(ctx, c, o.Nodes)); err != nil {
		return nil, fmt.Errorf("start KWOK for cluster %s: %w", c.Name(), err)
	}
	for range 4 { // a port found free can be taken by somebody else
		if err = k.start(ctx, bin); err == nil {
			err = k.awaitNodes(ctx, c, o.Nodes)
		}
		if !errors.Is(err, child.ErrPortTaken) {
			break
		}
	}
	if err != nil {
		k.Stop()
		return nil, fmt.Errorf("start KWOK for cluster %s: %w; the end of its log:\n%s", c.Name(), err, k.Log(20))
	}
	return k, nil
}

func binary() (string, error) {
	root, err := controlplane.SourceRoot()
	if err != nil {
		return "", err
	}
	path := filepath.Join(root, "build", "kwok", "bin", "kwok")
	if runtime.GOOS == "windows" {
		path += ".exe"
	}
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return "", ErrNoBinary
	} else if err != nil {
		return "", fmt.Errorf("look for KWOK: %w", err)
	}
	return path, nil
}

func (k *Kubelet) start(ctx context.Context, bin string) error {
	ports, err := child.FreePorts(1)
	if err != nil {
		return err
	}
	port := strconv.Itoa(ports[0])
	k.process, err = child.Start(ctx, k.path("kwok.log"), nil, bin,
		"--kubeconfig", k.path("kubeconfig"),
		"--config", filepath.Join(filepath.Dir(bin), "stages.yaml"), "--config", k.path("kwok.yaml"),
		"--manage-all-nodes", "--node-ip", "127.0.0.1", "--node-port", port,
		"--server-address", net.JoinHostPort("127.0.0.1", port),
		"--tls-cert-file", k.path("kubelet.crt"), "--tls-private-key-file", k.path("kubelet.key"),
		"--node-lease-duration-seconds", "40")
	return err
}

// Stop ends KWOK at once. The nodes and the pods stay as they are.
func (k *Kubelet) Stop() {
	if k.process != nil {
		k.process.Kill()
	}
}

// Log is the last lines of what KWOK wrote.
func (k *Kubelet) Log(lines int) string { return child.Tail(k.path("kwok.log"), lines) }

// Write adds lines to a log, at the time that it is, as a container runtime does. The
// zero Container is the log that all share who have none of their own.
func (k *Kubelet) Write(of Container, lines ...string) error {
	file, known := k.logs[of]
	if !known {
		return fmt.Errorf("container %s of pod %s/%s has no log of its own", of.Name, of.Namespace, of.Pod)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	f, err := os.OpenFile(file, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("write a log: %w", err)
	}
	var b strings.Builder
	for _, line := range lines {
		fmt.Fprintf(&b, "%s stdout F %s\n", time.Now().UTC().Format(time.RFC3339Nano), line)
	}
	_, err = f.WriteString(b.String())
	return errors.Join(err, f.Close())
}

// Restart makes what a container has written the log of its previous run, and begins an empty one, as a restart of the
// container does. What follows the log at that time goes on with the old one.
func (k *Kubelet) Restart(of Container) error {
	file, known := k.logs[of]
	if !known || of == (Container{}) {
		return fmt.Errorf("container %s of pod %s/%s has no log of its own", of.Name, of.Namespace, of.Pod)
	}
	k.mu.Lock()
	err := os.Rename(file, previous(file))
	k.mu.Unlock()
	if err != nil {
		return fmt.Errorf("put a log away: %w", err)
	}
	return k.Write(of)
}

func previous(file string) string { return file + ".previous" }

func (k *Kubelet) path(name string) string { return filepath.Join(k.dir, name) }
