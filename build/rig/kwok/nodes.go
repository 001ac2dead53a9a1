package kwok

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/binnacle-dev/binnacle/build/rig/child"
	"github.com/binnacle-dev/binnacle/build/rig/controlplane"
)

// prepare writes what KWOK reads.
func (k *Kubelet) prepare(c *controlplane.Cluster) error {
	pair, err := c.ServerCertificate("127.0.0.1")
	if err != nil {
		return err
	}
	for name, content := range map[string][]byte{
		"kubeconfig": c.Admin(), "kubelet.crt": pair.Cert, "kubelet.key": pair.Key, "kwok.yaml": []byte(k.config()),
	} {
		if err := os.WriteFile(k.path(name), content, 0o600); err != nil {
			return fmt.Errorf("prepare the folder: %w", err)
		}
	}
	for of := range k.logs {
		if err := k.Write(of); err != nil { // an empty one, to be followed
			return err
		}
	}
	return nil
}

// config tells KWOK which file is which container's log, and which that of its
// previous run.
func (k *Kubelet) config() string {
	var b strings.Builder
	pods := map[[2]string][]string{}
	for of, file := range k.logs {
		if of == (Container{}) {
			fmt.Fprintf(&b, "apiVersion: kwok.x-k8s.io/v1alpha1\nkind: ClusterLogs\nmetadata: {name: all}\nspec:\n  logs:\n  - {containers: [], logsFile: %q}\n", file)
			continue
		}
		pod := [2]string{of.Namespace, of.Pod}
		pods[pod] = append(pods[pod], fmt.Sprintf("  - {containers: [%q], logsFile: %q, previousLogsFile: %q}\n", of.Name, file, previous(file)))
	}
	for pod, logs := range pods {
		fmt.Fprintf(&b, "---\napiVersion: kwok.x-k8s.io/v1alpha1\nkind: Logs\nmetadata: {namespace: %q, name: %q}\nspec:\n  logs:\n%s", pod[0], pod[1], strings.Join(logs, ""))
	}
	return b.String()
}

func makeNodes(ctx context.Context, c *controlplane.Cluster, n int) error {
	var b strings.Builder
	for i := range n {
		name := fmt.Sprintf("node-%d", i+1)
		fmt.Fprintf(&b, "---\napiVersion: v1\nkind: Node\nmetadata: {name: %s, labels: {kubernetes.io/hostname: %s, kubernetes.io/os: linux}}\n", name, name)
	}
	return c.Apply(ctx, b.String())
}

// awaitNodes waits until KWOK says of every node that it is ready.
func (k *Kubelet) awaitNodes(ctx context.Context, c *controlplane.Cluster, n int) error {
	ctx, cancel := context.WithTimeout(ctx, readyLimit)
	defer cancel()
	for {
		ready, err := readyNodes(ctx, c)
		if err == nil && ready >= n {
			return nil
		}
		select {
		case <-k.process.Done():
			if strings.Contains(k.Log(50), "address already in use") {
				return child.ErrPortTaken
			}
			return errors.New("KWOK ended")
		case <-ctx.Done():
			return fmt.Errorf("%d of %d nodes were ready in time: %w", ready, n, errors.Join(err, ctx.Err()))
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func readyNodes(ctx context.Context, c *controlplane.Cluster) (ready int, err error) {
	status, body, err := c.Request(ctx, http.MethodGet, "/api/v1/nodes", nil)
	if err != nil || status != http.StatusOK {
		return 0, errors.Join(err, fmt.Errorf("list nodes: status %d", status))
	}
	var list struct {
		Items []struct {
			Status struct {
				Conditions      []struct{ Type, Status string }
				DaemonEndpoints struct{ KubeletEndpoint struct{ Port int } }
			}
		}
	}
	if err := json.Unmarshal(body, &list); err != nil {
		return 0, fmt.Errorf("list nodes: %w", err)
	}
	for _, node := range list.Items {
		for _, condition := range node.Status.Conditions {
			if condition.Type == "Ready" && condition.Status == "True" && node.Status.DaemonEndpoints.KubeletEndpoint.Port > 0 {
				ready++
			}
		}
	}
	return ready, nil
}
