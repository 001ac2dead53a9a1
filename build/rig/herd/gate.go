package herd

import (
	"net"
	"sync"
)

// gate lets bytes through, or holds them for as long as it is shut.
type gate struct {
	mu   sync.Mutex
	open chan struct{} // closed while the gate is open
	is   bool
}

func newGate() *gate {
	g := &gate{open: make(chan struct{}), is: true}
	close(g.open)
	return g
}

func (g *gate) set(open bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case open && !g.is:
		close(g.open)
	case !open && g.is:
		g.open = make(chan struct{})
	}
	g.is = open
}

func (g *gate) pass() {
	g.mu.Lock()
	open := g.open
	g.mu.Unlock()
	<-open
}

// gatedListener accepts always, as a kernel does, but what comes waits at the gate.
type gatedListener struct {
	net.Listener

	gate *gate
}

func (l *gatedListener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &gatedConn{conn, l.gate}, nil
}

type gatedConn struct {
	net.Conn

	gate *gate
}

func (c *gatedConn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	c.gate.pass()
	return n, err
}

func (c *gatedConn) Write(b []byte) (int, error) {
	c.gate.pass()
	return c.Conn.Write(b)
}
