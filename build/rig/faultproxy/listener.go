package faultproxy

import (
	"context"
	"fmt"
	"net"
	"sync"
	"time"
)

// Mode is what becomes of the proxy's connections.
type Mode string

// The modes of a proxy.
const (
	Open     Mode = "open"     // all goes through
	Refusing Mode = "refusing" // nobody listens, and what was open is reset
	Silent   Mode = "silent"   // connections are accepted and no byte goes through, new or old
)

// SetMode changes the mode. What a Silent link holds back goes on with Open.
func (p *Proxy) SetMode(ctx context.Context, m Mode) error {
	p.network.silence(m == Silent)
	if m == Refusing {
		p.listen.refuse()
		return nil
	}
	return p.listen.resume(ctx)
}

// SetRoundTrip makes the link as long as one with this round trip time: every
// byte takes half of it in each direction, and a new connection takes one more
// before its first byte, as TCP does. 0 is the bare loopback.
func (p *Proxy) SetRoundTrip(d time.Duration) { p.network.setRoundTrip(d) }

// listener accepts on a port that can be closed and opened again, and hands out
// the near ends of links.
type listener struct {
	network *network
	address net.Addr
	ready   chan net.Conn
	done    chan struct{}
	work    sync.WaitGroup // accept loops and links

	mu    sync.Mutex
	tcp   net.Listener // nil while refusing
	links map[*link]struct{}
	shut  bool
}

func newListener(n *network) (*listener, error) {
	tcp, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen: %w", err)
	}
	l := &listener{
		network: n, address: tcp.Addr(), tcp: tcp,
		ready: make(chan net.Conn), done: make(chan struct{}), links: map[*link]struct{}{},
	}
	l.work.Go(func() { l.accept(tcp) })
	return l, nil
}

func (l *listener) accept(tcp net.Listener) {
	for {
		conn, err := tcp.Accept()
		if err != nil {
			return // closed by refuse or shut
		}
		k := newLink(conn, l.network)
		if !l.track(k, tcp) {
			k.reset()
			return
		}
		l.work.Go(func() {
			k.run()
			l.mu.Lock()
			delete(l.links, k)
			l.mu.Unlock()
		})
		select {
		case l.ready <- k.near():
		case <-l.done:
			return
		}
	}
}

// track keeps a link, unless its listener was closed meanwhile.
func (l *listener) track(k *link, tcp net.Listener) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.shut || l.tcp != tcp {
		return false
	}
	l.links[k] = struct{}{}
	return true
}

// Accept gives the next connection to the HTTP server.
func (l *listener) Accept() (net.Conn, error) {
	select {
	case c := <-l.ready:
		return c, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

// Addr is the port, open or not.
func (l *listener) Addr() net.Addr { return l.address }

// Close ends the listener and its links for good; the HTTP server calls it. It
// does not wait.
func (l *listener) Close() error {
	l.refuse()
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.shut {
		l.shut = true
		close(l.done)
	}
	return nil
}

func (l *listener) refuse() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.tcp != nil {
		_ = l.tcp.Close()
		l.tcp = nil
	}
	for k := range l.links {
		k.reset()
	}
}

// resume listens again on the port that refuse gave up. Somebody else may have
// taken it for a moment.
func (l *listener) resume(ctx context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.tcp != nil || l.shut {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	for {
		tcp, err := (&net.ListenConfig{}).Listen(ctx, "tcp", l.address.String())
		if err == nil {
			l.tcp = tcp
			l.work.Go(func() { l.accept(tcp) })
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("listen again: %w", err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}
