package fleet

import (
	"io"
	"net"
	"net/url"
	"strconv"
	"strings"
)

// conn is a connection that its wire knows until it is closed.
type conn struct {
	net.Conn

	wire *wire
}

func (c *conn) Close() error {
	c.wire.mu.Lock()
	delete(c.wire.conns, c)
	c.wire.mu.Unlock()
	return c.Conn.Close()
}

// capped is a body that fails once it is longer than allowed; it counts after decompression.
type capped struct {
	io.ReadCloser

	left int64
}

func (c *capped) Read(p []byte) (int, error) {
	if c.left <= 0 {
		return 0, ErrTooBig
	}
	if int64(len(p)) > c.left {
		p = p[:c.left]
	}
	n, err := c.ReadCloser.Read(p)
	c.left -= int64(n)
	return n, err
}

// streams says whether an answer has no natural end.
func streams(query url.Values) bool {
	for _, key := range []string{"watch", "follow"} {
		if on, err := strconv.ParseBool(query.Get(key)); err == nil && on {
			return true
		}
	}
	return false
}

// hostPort is the URL's host in lower case with the port in words.
func hostPort(u *url.URL) string {
	port := u.Port()
	switch {
	case port != "":
	case u.Scheme == "http":
		port = "80"
	default:
		port = "443"
	}
	return net.JoinHostPort(strings.ToLower(u.Hostname()), port)
}
