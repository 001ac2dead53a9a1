package main

import (
	"context"
	"net"
	"net/url"
	"sync"
	"time"
)

// link carries bytes to a server far away and changes none: what is sent arrives half a round trip later, and a connection takes
// one more to stand. Unlike the fault proxy it leaves TLS to the two ends, so that fifty of them cost next to nothing.
type link struct {
	listener net.Listener
	to       string
	stop     context.CancelFunc
	carrying sync.WaitGroup
}

func newLink(ctx context.Context, server string) (*link, error) {
	to, err := url.Parse(server)
	if err != nil {
		return nil, err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(ctx)
	l := &link{listener: listener, to: to.Host, stop: stop}
	l.carrying.Go(func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			l.carrying.Go(func() { l.carry(ctx, near) })
		}
	})
	return l, nil
}

func (l *link) close() {
	l.stop()
	_ = l.listener.Close()
	l.carrying.Wait()
}

// carry goes on until either end closes.
func (l *link) carry(ctx context.Context, near net.Conn) {
	far, err := (&net.Dialer{}).DialContext(ctx, "tcp", l.to)
	if err != nil {
		_ = near.Close()
		return
	}
	defer context.AfterFunc(ctx, func() { _, _ = near.Close(), far.Close() })()
	stands := time.Now().Add(roundTrip)
	var both sync.WaitGroup
	both.Go(func() { slowly(far, near, stands) })
	both.Go(func() { slowly(near, far, stands) })
	both.Wait()
}

// slowly copies what comes, each piece half a round trip late, and nothing before the connection stands.
func slowly(to, from net.Conn, stands time.Time) {
	type piece struct {
		bytes []byte
		due   time.Time
	}
	way := make(chan piece, 256)
	var reading sync.WaitGroup
	reading.Go(func() {
		defer close(way)
		for {
			b := make([]byte, 16<<10)
			n, err := from.Read(b)
			if n > 0 {
				leaves := time.Now()
				if leaves.Before(stands) {
					leaves = stands
				}
				way <- piece{b[:n], leaves.Add(roundTrip / 2)}
			}
			if err != nil {
				return
			}
		}
	})
	for p := range way {
		time.Sleep(time.Until(p.due))
		_, _ = to.Write(p.bytes) // an end that is gone ends the reading, too
	}
	_, _ = to.Close(), from.Close()
	reading.Wait()
}
