package controlplane

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/binnacle-dev/binnacle/build/rig/child"
)

// readyLimit is far above the usual 3 to 5 seconds: the machine may be busy.
const readyLimit = 3 * time.Minute

// awaitReady waits until the server and what every test relies on are there.
func (c *Cluster) awaitReady(ctx context.Context, p *child.Process) error {
	ctx, cancel := context.WithTimeout(ctx, readyLimit)
	defer cancel()
	paths := []string{"/readyz", "/api/v1/namespaces/default"}
	if c.options.Controllers {
		paths = append(paths, "/api/v1/namespaces/default/serviceaccounts/default")
	}
	for _, path := range paths {
		for !c.answers(ctx, path) {
			select {
			case <-p.Done():
				if strings.Contains(c.Log(50), "address already in use") {
					return child.ErrPortTaken
				}
				return errors.New("the server ended")
			case <-ctx.Done():
				return fmt.Errorf("%s was not there in time: %w", path, ctx.Err())
			case <-time.After(50 * time.Millisecond):
			}
		}
	}
	return nil
}

func (c *Cluster) answers(ctx context.Context, path string) bool {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.Server()+path, http.NoBody)
	if err != nil {
		return false
	}
	res, err := c.http.Do(req)
	if err != nil {
		return false
	}
	return res.Body.Close() == nil && res.StatusCode == http.StatusOK
}
