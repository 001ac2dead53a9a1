package console

import (
	"context"
	"errors"

	"golang.org/x/sync/errgroup"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/fleet"
	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// atOnce is how many candidates are tested side by side.
const atOnce = 16

// TestCandidates tests contexts before they become members: reachability, TLS, who am I, may I, versions, T4K. It
// returns at once; the import's doorbell rings as results come.
func (c *Console) TestCandidates(ticket string, indexes []int) error {
	found, err := c.imports.candidates(ticket, indexes...)
	if err != nil {
		return err
	}
	var group errgroup.Group
	group.SetLimit(atOnce)
	tests := make([]func(), len(found))
	for n, candidate := range found {
		ctx, stop := context.WithCancel(c.lifetime())
		test, err := c.imports.begin(ticket, indexes[n], stop)
		if err != nil {
			stop()
			return err
		}
		tests[n] = func() {
			defer stop()
			c.imports.end(ticket, indexes[n], test, c.test(ctx, ticket, indexes[n], test, candidate))
		}
	}
	c.goes(func(context.Context) {
		for _, test := range tests {
			group.Go(func() error { test(); return nil })
		}
		_ = group.Wait() // none fails
	})
	return nil
}

// test runs the checks of one candidate and says whether it can be connected.
func (c *Console) test(ctx context.Context, ticket string, index int, test *checking, found candidate) bool {
	report := func(check fleet.Check) {
		c.imports.report(ticket, index, test, bridge.Check{
			ID: string(check.ID), Title: check.Title, State: string(check.State), Detail: check.Detail, MS: check.MS,
		})
	}
	client, err := c.dialCandidate(found)
	if err != nil {
		// Without a usable credential nothing is sent at all, not even to see whether the server is there.
		report(fleet.Check{ID: fleet.CheckWhoAmI, Title: "Sign in", State: fleet.CheckFailed, Detail: shape(err).Message})
		return false
	}
	defer client.Close()
	_, err = fleet.Probe(ctx, client, report)
	return err == nil
}

func (c *Console) dialCandidate(found candidate) (*fleet.Client, error) {
	credential, err := found.credential()
	if err != nil {
		return nil, err
	}
	return c.dial(credential)
}

// ConvertCandidate makes a candidate sign in natively instead of running the program that its kubeconfig names, or goes back.
func (c *Console) ConvertCandidate(ticket string, index int, native bool) error {
	return c.imports.convert(ticket, index, native)
}

func (c *Console) userAgent() string { return "binnacle/" + c.options.Version }

// unusable says whether an import is still wanted though nothing can be sent with it: it needs a program run.
func unusable(err error) bool {
	return errors.Is(err, kubeconfig.ErrRunsProgram) || errors.Is(err, kubeconfig.ErrAuthProvider)
}
