package fleet

import (
	"context"
	"net"
	"sync"
	"time"
)

// mode is how a host of a fakeNet behaves.
type mode string

const (
	up       mode = "up"
	refusing mode = "refusing" // its process ended: open connections are cut
	silent   mode = "silent"   // a black hole: packets vanish, in open connections too
	unknown  mode = "unknown"  // no such name
)

// fakeNet is a network in memory, so that time can be fake: a bubble of synctest can't wait for real sockets.
type fakeNet struct {
	mu    sync.Mutex
	hosts map[string]*host
	dials map[string][]time.Time // by address
	now   int                    // dials under way
}

func newNet() *fakeNet { return &fakeNet{hosts: map[string]*host{}, dials: map[string][]time.Time{}} }

// host is where a server listens.
type host struct {
	incoming chan net.Conn
	closed   chan struct{}
	once     sync.Once

	mu   sync.Mutex
	mode mode
	open []net.Conn
}

func (n *fakeNet) listen(address string) *host {
	n.mu.Lock()
	defer n.mu.Unlock()
	h := &host{incoming: make(chan net.Conn), closed: make(chan struct{}), mode: up}
	n.hosts[address] = h
	return h
}

// become changes the mode. When a host comes back from silence, connections from before stay dead.
func (h *host) become(m mode) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.mode = m
	if m == refusing {
		for _, c := range h.open {
			_ = c.Close()
		}
		h.open = nil
	}
}

func (h *host) is() mode {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.mode
}

func (n *fakeNet) dial(ctx context.Context, _, address string) (net.Conn, error) {
	n.mu.Lock()
	n.dials[address] = append(n.dials[address], time.Now())
	n.now++
	h := n.hosts[address]
	n.mu.Unlock()
	defer func() {
		n.mu.Lock()
		n.now--
		n.mu.Unlock()
	}()
	name, _, _ := net.SplitHostPort(address)
	is := unknown
	if h != nil {
		is = h.is()
	}
	switch is {
	case up:
	case unknown:
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: &net.DNSError{Err: "no such host", Name: name, IsNotFound: true}}
	case refusing:
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: errRefused}
	case silent:
		<-ctx.Done()
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: ctx.Err()}
	}
	ours, theirs := pipe()
	c := &fakeConn{Conn: ours, host: h}
	h.mu.Lock()
	h.open = append(h.open, theirs)
	h.mu.Unlock()
	select {
	case h.incoming <- theirs:
		return c, nil
	case <-h.closed:
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: errRefused}
	case <-ctx.Done():
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: ctx.Err()}
	}
}

func (n *fakeNet) dialled(address string) []time.Time {
	n.mu.Lock()
	defer n.mu.Unlock()
	return append([]time.Time(nil), n.dials[address]...)
}

// fakeConn is the client's end; while its host is silent nothing passes, and once that happened to something sent, nothing ever
// will.
type fakeConn struct {
	net.Conn

	host *host

	mu   sync.Mutex
	lost bool
}

func (c *fakeConn) Write(p []byte) (int, error) {
	c.mu.Lock()
	if c.host.is() == silent {
		c.lost = true
	}
	lost := c.lost
	c.mu.Unlock()
	if lost {
		return len(p), nil // the system's buffer takes it
	}
	return c.Conn.Write(p)
}

// Accept, Close and Addr make host a net.Listener.
func (h *host) Accept() (net.Conn, error) {
	select {
	case c := <-h.incoming:
		return c, nil
	case <-h.closed:
		return nil, net.ErrClosed
	}
}

func (h *host) Close() error {
	h.once.Do(func() { close(h.closed) })
	return nil
}

func (h *host) Addr() net.Addr { return &net.TCPAddr{} }
