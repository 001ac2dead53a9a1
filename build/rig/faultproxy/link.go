package faultproxy

import (
	"bytes"
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// network is what all links have in common.
type network struct {
	mu        sync.Mutex
	roundTrip time.Duration
	silent    chan struct{} // nil, or closed when the silence ends
}

func (n *network) setRoundTrip(d time.Duration) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.roundTrip = d
}

func (n *network) silence(on bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	switch {
	case on && n.silent == nil:
		n.silent = make(chan struct{})
	case !on && n.silent != nil:
		close(n.silent)
		n.silent = nil
	}
}

func (n *network) state() (roundTrip time.Duration, silent <-chan struct{}) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.roundTrip, n.silent
}

// link carries one client's connection: bytes are read at once, kept for as long
// as the network takes, and written in order.
type link struct {
	network *network
	client  net.Conn // TCP
	server  net.Conn // our end of a pipe to the HTTP server
	inner   net.Conn // the HTTP server's end
	opened  time.Time
	closed  chan struct{}
	close   func()
	unsent  atomic.Int64 // chunks on the way to the client
}

// chunk is a piece of the stream that arrives at a time.
type chunk struct {
	data []byte
	due  time.Time
}

// inFlight is how many chunks a direction holds: enough to fill a long fat link.
const inFlight = 512

func newLink(client net.Conn, n *network) *link {
	l := &link{network: n, client: client, opened: time.Now(), closed: make(chan struct{})}
	l.server, l.inner = net.Pipe()
	l.close = sync.OnceFunc(func() {
		close(l.closed)
		_ = l.client.Close()
		_ = l.server.Close()
		_ = l.inner.Close()
	})
	return l
}

// near is the end that the HTTP server serves.
func (l *link) near() net.Conn { return &nearEnd{Conn: l.inner, link: l} }

// run carries bytes until either side ends.
func (l *link) run() {
	var both sync.WaitGroup
	both.Go(func() { l.carry(l.server, l.client, nil) })
	both.Go(func() { l.carry(l.client, l.server, &l.unsent) })
	both.Wait()
}

// carry moves one direction. The first direction to end ends the link.
func (l *link) carry(to, from net.Conn, pending *atomic.Int64) {
	chunks := make(chan chunk, inFlight)
	var reading sync.WaitGroup
	reading.Go(func() { l.read(from, chunks, pending) })
	for c := range chunks {
		if !l.travel(c.due) {
			break
		}
		if _, err := to.Write(c.data); err != nil {
			break
		}
		if pending != nil {
			pending.Add(-1)
		}
	}
	l.close()
	reading.Wait()
}

func (l *link) read(from net.Conn, chunks chan<- chunk, pending *atomic.Int64) {
	defer close(chunks)
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		if n > 0 {
			if pending != nil {
				pending.Add(1)
			}
			select {
			case chunks <- chunk{data: bytes.Clone(buffer[:n]), due: l.due()}:
			case <-l.closed:
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// due is when a byte that is sent now arrives. Nothing arrives before TCP's own
// handshake would have been done.
func (l *link) due() time.Time {
	roundTrip, _ := l.network.state()
	due, earliest := time.Now().Add(roundTrip/2), l.opened.Add(roundTrip*3/2)
	if roundTrip > 0 && due.Before(earliest) {
		return earliest
	}
	return due
}

// travel waits until a chunk arrives. It says false if the link ends before.
func (l *link) travel(due time.Time) bool {
	if wait := time.Until(due); wait > 0 {
		select {
		case <-time.After(wait):
		case <-l.closed:
			return false
		}
	}
	for {
		_, silent := l.network.state()
		if silent == nil {
			return true
		}
		select {
		case <-silent:
		case <-l.closed:
			return false
		}
	}
}

// reset breaks the connection off: what was not delivered is lost.
func (l *link) reset() {
	if tcp, ok := l.client.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // a reset instead of a polite end
	}
	l.close()
}

// finish ends the connection when what was written has been delivered. HTTP/2
// writes its frames a moment after it says so, hence the pause.
func (l *link) finish() {
	const settled = 50 * time.Millisecond
	for {
		select {
		case <-time.After(settled):
		case <-l.closed:
			return
		}
		if l.unsent.Load() == 0 {
			l.close()
			return
		}
	}
}

// nearEnd tells the HTTP server whom it talks to.
type nearEnd struct {
	net.Conn
	link *link
}

func (e *nearEnd) Close() error { return e.Conn.Close() }

func (e *nearEnd) RemoteAddr() net.Addr { return e.link.client.RemoteAddr() }

func (e *nearEnd) LocalAddr() net.Addr { return e.link.client.LocalAddr() }

// linkKey is where a connection's context keeps its link.
type linkKey struct{}

func withLink(ctx context.Context, c net.Conn) context.Context {
	if t, ok := c.(*tls.Conn); ok {
		c = t.NetConn()
	}
	if e, ok := c.(*nearEnd); ok {
		ctx = context.WithValue(ctx, linkKey{}, e.link)
	}
	return ctx
}

func linkOf(r *http.Request) *link {
	l, ok := r.Context().Value(linkKey{}).(*link)
	if !ok {
		panic("faultproxy: a request without its link") // ConnContext sets it for every connection
	}
	return l
}
