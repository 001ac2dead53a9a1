package child

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"slices"
	"strconv"
	"strings"
	"time"
)

// ErrPortTaken means that somebody took a port between our look and its use.
var ErrPortTaken = errors.New("a port was taken by another program")

// FreePorts picks n ports of 127.0.0.1. They lie below the range from which
// systems take the ports of outgoing connections, so that nobody gets one by
// accident meanwhile.
func FreePorts(n int) ([]int, error) {
	var found []int
	for range 200 {
		if len(found) == n {
			return found, nil
		}
		if port := 20000 + rand.IntN(12000); !slices.Contains(found, port) && free(port) {
			found = append(found, port)
		}
	}
	return nil, errors.New("no free ports between 20000 and 32000")
}

func free(port int) bool {
	l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return false
	}
	return l.Close() == nil
}

// AwaitPorts waits until all ports can be listened on: a process that has just
// ended can hold its ports for a moment while its memory is freed.
func AwaitPorts(ctx context.Context, limit time.Duration, ports ...int) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	for {
		var taken []string
		for _, port := range ports {
			if !free(port) {
				taken = append(taken, strconv.Itoa(port))
			}
		}
		if len(taken) == 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("port %s: %w", strings.Join(taken, ", "), ErrPortTaken)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// Listening says whether somebody accepts connections on a port of 127.0.0.1.
func Listening(ctx context.Context, port int) bool {
	conn, err := (&net.Dialer{Timeout: time.Second}).DialContext(ctx, "tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return false
	}
	return conn.Close() == nil
}
