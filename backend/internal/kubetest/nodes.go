package kubetest

import (
	"testing"

	"github.com/binnacle-dev/binnacle/build/rig/kwok"
)

// Container names one container of a pod, with a log of its own if WithNodes was
// told so. The zero Container is all the others, which share one log.
type Container = kwok.Container

// WithNodes has KWOK play n ready nodes, and runs controller manager and scheduler:
// pods are scheduled and Running soon, those of jobs succeed, and logs can be read
// through the API server. What is in a log is what WriteLog wrote. It needs the
// binary of build/kwok as Start needs that of build/kube.
func WithNodes(n int, logs ...Container) Option {
	return func(o *settings) {
		o.Controllers = true
		o.nodes = kwok.Options{Nodes: n, Logs: logs}
	}
}

func (c *Cluster) startNodes(tb testing.TB, o kwok.Options) {
	tb.Helper()
	o.Dir = tb.TempDir()
	kubelets, err := kwok.Start(tb.Context(), c.core, o)
	need(tb, err)
	tb.Cleanup(kubelets.Stop)
	tb.Cleanup(func() {
		if tb.Failed() {
			tb.Logf("the end of the log of KWOK:\n%s", kubelets.Log(20))
		}
	})
	c.kubelets = kubelets
}

// WriteLog adds lines to a container's log, at the time that it is.
func (c *Cluster) WriteLog(tb testing.TB, of Container, lines ...string) {
	tb.Helper()
	check(tb, c.kubelets.Write(of, lines...))
}
