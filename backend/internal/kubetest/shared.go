package kubetest

import (
	"context"
	"errors"
	"os"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"github.com/binnacle-dev/binnacle/build/rig/controlplane"
)

// pool holds the clusters that the tests of one process share, by version.
type pool struct {
	mu       sync.Mutex
	open     bool // Main runs and will close it
	clusters map[string]*shared
}

// shared is one of them. Its lock is held while it starts, so that the tests
// that want it wait for one start.
type shared struct {
	mu   sync.Mutex
	core *controlplane.Cluster
	err  error // why it did not start; it is not tried again
	dir  string
}

// process is what "once per test process" needs.
var process = &pool{clusters: map[string]*shared{}}

// Shared is a cluster that lives until the last test of the package is done.
// Use names of your own in it, and leave it running. The version is one such as
// "1.33"; the default is the newest.
func Shared(tb testing.TB, version ...string) *Cluster {
	tb.Helper()
	version = append(version, controlplane.Versions()[0])
	s := process.get(version[0])
	if s == nil {
		tb.Fatal("kubetest.Shared needs: func TestMain(m *testing.M) { kubetest.Main(m) }")
	}
	core, err := s.start(context.WithoutCancel(tb.Context()), version[0])
	need(tb, err)
	tb.Cleanup(func() {
		if tb.Failed() {
			tb.Logf("the end of the log of the shared cluster:\n%s", core.Log(10))
		}
	})
	return &Cluster{core: core}
}

// Main runs the tests of a package that uses Shared, then stops the clusters and
// fails if a goroutine is left. It does not return.
func Main(m *testing.M, options ...goleak.Option) {
	goleak.VerifyTestMain(runner{m}, options...)
}

// runner is a test run with its clean-up inside, so that what the shared
// clusters need is gone before goroutines are counted.
type runner struct{ m *testing.M }

// Run runs the tests and returns the exit code.
func (r runner) Run() int {
	process.mu.Lock()
	process.open = true
	process.mu.Unlock()
	code := r.m.Run()
	if err := process.close(); err != nil && code == 0 {
		_, _ = os.Stderr.WriteString("kubetest: " + err.Error() + "\n")
		code = 1
	}
	return code
}

// get is the entry of a version, nil unless Main runs.
func (p *pool) get(version string) *shared {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.open {
		return nil
	}
	if p.clusters[version] == nil {
		p.clusters[version] = &shared{}
	}
	return p.clusters[version]
}

func (p *pool) close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.open = false
	var errs []error
	for _, s := range p.clusters {
		if s.core != nil {
			s.core.Stop()
		}
		if s.dir != "" {
			errs = append(errs, os.RemoveAll(s.dir))
		}
	}
	return errors.Join(errs...)
}

func (s *shared) start(ctx context.Context, version string) (*controlplane.Cluster, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.core != nil || s.err != nil {
		return s.core, s.err
	}
	// Not a test's own folder: that one goes with the test.
	if s.dir, s.err = os.MkdirTemp("", "binnacle-kubetest-"); s.err != nil {
		return nil, s.err
	}
	s.core, s.err = controlplane.Start(ctx, controlplane.Options{Name: "shared", Version: version, Dir: s.dir})
	return s.core, s.err
}
