package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"time"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/keychain"
	"github.com/binnacle-dev/binnacle/build/rig/controlplane"
)

const starts = 11 // of each window, after one that warms the caches: single ones differ by a tenth

// windows starts the program on a view of 50 members that are all away, and an empty window, in turn.
func windows(ctx context.Context, l *lab) ([]figure, error) {
	if runtime.GOOS != "linux" {
		return nil, errors.New("windows are measured on Linux only")
	}
	profile, err := l.offlineProfile(ctx)
	if err != nil {
		return nil, fmt.Errorf("prepare a view: %w", err)
	}
	empty := window{shim: l.shim, binary: l.empty, mark: "empty"}
	app := window{shim: l.shim, binary: l.app, args: []string{"--profile", profile}, mark: "binnacle:fleet"}
	var emptyStart, emptyMemory, start, memory samples
	shared := ""
	for n := range starts + 1 {
		e, err := empty.open(ctx)
		if err != nil {
			return nil, err
		}
		a, err := app.open(ctx)
		if err != nil {
			return nil, err
		}
		if n == 0 {
			continue
		}
		emptyStart, emptyMemory = append(emptyStart, ms(e.start)), append(emptyMemory, e.memory)
		start, memory = append(start, ms(a.start)), append(memory, a.memory)
		if e.shared || a.shared {
			shared = "; too low: other programs' web processes took their share of the engine"
		}
		if l.trace && n == starts {
			e.tell(os.Stderr, "empty")
			a.tell(os.Stderr, "program")
		}
	}
	return []figure{
		within(1.3, "start_ratio", start.median()/emptyStart.median(), "x", "start_ms to empty_start_ms"),
		within(1.5, "memory_ratio", memory.median()/emptyMemory.median(), "x", "memory_mb to empty_memory_mb"+shared),
		explains("start_ms", start.median(), "ms", start.String()+"; exec to 50 members painted, all of them away"),
		explains("empty_start_ms", emptyStart.median(), "ms", emptyStart.String()+"; exec to painted"),
		explains("memory_mb", memory.median(), "MB", memory.String()+"; PSS of program and web processes"),
		explains("empty_memory_mb", emptyMemory.median(), "MB", emptyMemory.String()),
	}, nil
}

// offlineProfile makes the folder and the keychain entries of a person who worked with 50 members yesterday and has no
// network today: all that is known of the members is there, and none answers.
func (l *lab) offlineProfile(ctx context.Context) (string, error) {
	cluster, err := l.cluster(ctx)
	if err != nil {
		return "", err
	}
	defer cluster.Stop()
	file, err := cluster.Kubeconfig(controlplane.User{Name: "traveller"})
	if err != nil {
		return "", err
	}
	others, err := crowd(cluster, members-1)
	if err != nil {
		return "", err
	}
	m, err := l.machine(keychain.OS())
	if err != nil {
		return "", err
	}
	p := m.start(ctx)
	defer p.Close()
	if err := p.begin(ctx, file, bridge.ModeSealed, others); err != nil {
		return "", err
	}
	err = p.until(ctx, "50 members that answered", func() bool {
		ready := 0
		for _, m := range p.Fleet().Members {
			if m.State == bridge.StateReady {
				ready++
			}
		}
		return ready == members
	})
	if err != nil {
		return "", err
	}
	return m.dir, sleep(ctx, 3*time.Second) // what they told is written down after 2 s
}

// sleep waits, unless ctx ends.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
