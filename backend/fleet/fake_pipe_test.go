package fleet

import (
	"bytes"
	"io"
	"net"
	"os"
	"sync"
	"time"
)

// pipe is net.Pipe with room for what is written, as a socket has: TLS peers that both write would wait for each other for ever.
func pipe() (a, b net.Conn) {
	x, y := newStream(), newStream()
	return &end{in: x, out: y}, &end{in: y, out: x}
}

// stream is one direction.
type stream struct {
	mu     sync.Mutex
	buf    bytes.Buffer
	closed bool          // the writer's end
	news   chan struct{} // closed and replaced when something changed
}

func newStream() *stream { return &stream{news: make(chan struct{})} }

func (s *stream) change(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
	close(s.news)
	s.news = make(chan struct{})
}

// end is one end. Deadlines hold for reads, for writes never wait.
type end struct {
	in, out *stream

	mu       sync.Mutex
	deadline time.Time
	gone     bool
}

func (e *end) Read(p []byte) (int, error) {
	for {
		e.mu.Lock()
		deadline, gone := e.deadline, e.gone
		e.mu.Unlock()
		e.in.mu.Lock()
		n, _ := e.in.buf.Read(p)
		closed, news := e.in.closed, e.in.news
		e.in.mu.Unlock()
		switch {
		case gone:
			return 0, net.ErrClosed
		case n > 0:
			return n, nil
		case closed:
			return 0, io.EOF
		case !deadline.IsZero() && !time.Now().Before(deadline):
			return 0, os.ErrDeadlineExceeded
		}
		var due <-chan time.Time
		if !deadline.IsZero() {
			timer := time.NewTimer(time.Until(deadline))
			due = timer.C
			defer timer.Stop()
		}
		select {
		case <-news:
		case <-due:
		}
	}
}

func (e *end) Write(p []byte) (n int, err error) {
	e.mu.Lock()
	gone := e.gone
	e.mu.Unlock()
	if gone {
		return 0, net.ErrClosed
	}
	e.out.change(func() {
		if e.out.closed {
			err = errBroken
			return
		}
		n, _ = e.out.buf.Write(p)
	})
	return n, err
}

func (e *end) Close() error {
	e.mu.Lock()
	e.gone = true
	e.mu.Unlock()
	e.in.change(func() { e.in.closed = true }) // the other's writes fail
	e.out.change(func() { e.out.closed = true })
	return nil
}

func (e *end) SetDeadline(t time.Time) error { return e.SetReadDeadline(t) }

func (e *end) SetReadDeadline(t time.Time) error {
	e.mu.Lock()
	e.deadline = t
	e.mu.Unlock()
	e.in.change(func() {})
	return nil
}

func (*end) SetWriteDeadline(time.Time) error { return nil }
func (*end) LocalAddr() net.Addr              { return &net.TCPAddr{} }
func (*end) RemoteAddr() net.Addr             { return &net.TCPAddr{} }
