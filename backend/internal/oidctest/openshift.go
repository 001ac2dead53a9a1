package oidctest

import (
	"testing"

	"github.com/binnacle-dev/binnacle/build/rig/issuer"
)

// OpenShift runs the fake of OpenShift's OAuth server until the test ends. A
// cluster started with kubetest.Reviewing(it) takes its tokens; its description
// is at WellKnownPath of its own URL and, where a test wants that, in front of a
// cluster by a Rule{Path: WellKnownPath, Body: ..., Type: "application/json"}.
func OpenShift(tb testing.TB) *issuer.OpenShift {
	tb.Helper()
	o, err := issuer.StartOpenShift(tb.Context())
	check(tb, err)
	tb.Cleanup(o.Close)
	return o
}

// WellKnownPath is where OpenShift's API servers describe the OAuth server.
const WellKnownPath = issuer.WellKnownPath
