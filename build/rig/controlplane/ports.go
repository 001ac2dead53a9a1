package controlplane

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"strconv"
	"time"
)

// errPortTaken means that somebody took a port between our look and its use.
var errPortTaken = errors.New("a port was taken by another program")

// ports are the cluster's listeners on loopback.
type ports struct{ api, etcd, peer int }

// freePorts picks three. They lie below the range from which systems take the
// ports of outgoing connections, so that nobody gets one by accident meanwhile.
func freePorts() (ports, error) {
	var found []int
	for range 200 {
		port := 20000 + rand.IntN(12000)
		if free(port) {
			found = append(found, port)
		}
		if len(found) == 3 {
			return ports{api: found[0], etcd: found[1], peer: found[2]}, nil
		}
	}
	return ports{}, errors.New("no free ports between 20000 and 32000")
}

func free(port int) bool {
	l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return false
	}
	return l.Close() == nil
}

// await waits until all ports can be listened on: a process that has just ended
// can hold its ports for a moment while its memory is freed.
func (p ports) await(ctx context.Context, limit time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	for {
		if free(p.api) && free(p.etcd) && free(p.peer) {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("ports %d, %d, %d: %w", p.api, p.etcd, p.peer, errPortTaken)
		case <-time.After(50 * time.Millisecond):
		}
	}
}
