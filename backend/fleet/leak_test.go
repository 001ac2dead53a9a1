package fleet

import (
	"net"
	"os"
	"runtime"
	"testing"
	"time"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// held is what a process may leak: goroutines, and files, which sockets and listeners are. Where the system doesn't tell its
// files, the goroutines that hold them must do.
type held struct{ goroutines, files int }

func holds() held {
	files, _ := os.ReadDir("/proc/self/fd")
	return held{runtime.NumGoroutine(), len(files)}
}

// settle waits until no more is held than before.
func (before held) settle(t *testing.T, what string) {
	t.Helper()
	ticker := time.NewTicker(20 * time.Millisecond)
	defer ticker.Stop()
	now := holds()
	for began := time.Now(); now.goroutines > before.goroutines || now.files > before.files; now = holds() {
		if time.Since(began) > 15*time.Second {
			stacks := make([]byte, 1<<16)
			t.Fatalf("%s: %+v, before %+v\n%s", what, now, before, stacks[:runtime.Stack(stacks, true)])
		}
		<-ticker.C
	}
}

// 200 rounds of connecting and dropping a cluster that is well, one that refuses, a black hole and one that waits for a sign-in,
// over real sockets. Nothing is left of them while the fleet goes on, and nothing at all after.
func TestRoundsLeakNothing(t *testing.T) {
	ca := newAuthority(t)
	f, server := onLoopback(t, ca)
	hole, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = hole.Close() }() // the kernel takes the connections, nobody answers
	l := newLiveWith(t, Options{
		Timing: hasty(),
		Source: func(string, kubeconfig.Credential) (Source, error) {
			return &issuer{err: &kubeconfig.NeedError{Why: "Sign in."}}, nil
		},
	})
	members := []Member{
		l.add("well", []byte(file(server, authorityOf(ca), []string{"token: t"}))),
		l.add("refuses", []byte(file("https://127.0.0.1:9", authorityOf(ca), []string{"token: t"}))),
		l.add("hole", []byte(file("https://"+hole.Addr().String(), authorityOf(ca), []string{"token: t"}))),
		l.add("waits", []byte(file(server, authorityOf(ca), []string{"exec: {apiVersion: client.authentication.k8s.io/v1, command: x, interactiveMode: Never}"}))),
	}
	l.Set(nil) // with it goes the one goroutine that watches this machine
	before := holds()
	for round := range 200 {
		l.Set(members)
		l.until("well", is(StateReady))
		switch round % 4 {
		case 0:
			l.Renew("well")
		case 1:
			l.Retry()
		case 2:
			l.moved()
		}
		if round%2 == 0 {
			l.until("waits", is(StateNeedsLogin))
		}
		l.Set(nil)
	}
	before.settle(t, "with an empty fleet")
	l.Close()
	before.goroutines--
	before.settle(t, "after Close")
	if len(f.seen()) < 400 {
		t.Errorf("only %d requests", len(f.seen()))
	}
}
