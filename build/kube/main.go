// Command kube is one whole Kubernetes control plane in one process: etcd,
// kube-apiserver and, if wanted, kube-controller-manager and kube-scheduler. It
// is what Binnacle's tests and its demo fleet run against. The same file is
// kubectl.
//
// It is a module of its own, so that the servers' dependencies stay out of the
// program's. Two versions are built from it: go.mod and go.v133.mod; see build.sh.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	logsapi "k8s.io/component-base/logs/api/v1"
	"k8s.io/component-base/version"
)

const usage = `usage:
  kube serve --config FILE   run a control plane; FILE is the JSON of a Config
  kube kubectl ARGS...       kubectl; also when called by that name
  kube version
`

func main() {
	args := os.Args
	if filepath.Base(args[0]) != "kubectl" {
		args = args[1:]
	}
	if len(args) == 0 {
		fail(usage)
	}
	switch filepath.Base(args[0]) {
	case "serve":
		// Each component applies its logging options; they are one process's here.
		logsapi.ReapplyHandling = logsapi.ReapplyHandlingIgnoreUnchanged
		ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		defer cancel()
		if err := serve(ctx, args[1:]); err != nil {
			fail(fmt.Sprintf("kube serve: %v\n", err))
		}
	case "kubectl":
		kubectl(args)
	case "version":
		fmt.Println(version.Get())
	default:
		fail(usage)
	}
}

func fail(message string) {
	fmt.Fprint(os.Stderr, message)
	os.Exit(1)
}
