package fleet

import (
	"context"
	"fmt"
	"io"
	"net/http"
)

type bulkKey struct{}

// isBulk says whether a request is a Stream's: of any size, and slow to begin.
func isBulk(ctx context.Context) bool { return ctx.Value(bulkKey{}) != nil }

// Stream gets path (as Request.Path) and gives its body as it comes, decompressed: a list of any
// size, a watch, a log. accept "" is JSON. The body has no cap and no deadline but ctx, whose end fails the next read; the answer
// must begin within a minute. The caller closes it. A refusal is an *apierrors.StatusError.
//
// Streams go over connections of their own, that Drop and Close cut like the others.
func (c *Client) Stream(ctx context.Context, path, accept string) (io.ReadCloser, error) {
	answer, err := c.answer(context.WithValue(ctx, bulkKey{}, true), call{method: http.MethodGet, path: path, accept: accept})
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", http.MethodGet, path, err)
	}
	return answer.Body, nil
}
