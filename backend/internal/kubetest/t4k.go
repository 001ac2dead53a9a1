package kubetest

import (
	"testing"

	"github.com/binnacle-dev/binnacle/build/rig/t4k"
)

// InstallT4K serves the kinds of a T4K version such as 5.4.0 or 2.10.6 and makes
// a deployed TrilioVaultManager that names it, in t4k.Namespace.
func (c *Cluster) InstallT4K(tb testing.TB, version string) {
	tb.Helper()
	check(tb, t4k.Install(tb.Context(), c.core, version))
}
