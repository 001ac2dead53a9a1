//go:build !windows

package local_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/binnacle-dev/binnacle/backend/local"
)

// role says what this test program is to be as a child: see TestMain.
const role, where = "LOCAL_TEST_ROLE", "LOCAL_TEST_DIR"

func TestMain(m *testing.M) {
	roles := map[string]func(*local.Folder) error{
		"save for ever": saveForEver, "hold the lock": holdTheLock, "hold a name": holdAName, "fill the disk": fillTheDisk,
	}
	do, child := roles[os.Getenv(role)]
	if !child {
		os.Exit(m.Run())
	}
	f, err := local.Open(os.Getenv(where))
	if err == nil {
		err = do(f)
	}
	if err != nil {
		_, _ = fmt.Fprintln(os.Stdout, err)
		os.Exit(1)
	}
}

// child starts this program again in a role, and waits for its first line.
func child(t *testing.T, as, dir string) (cmd *exec.Cmd, line string) {
	t.Helper()
	cmd = exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), role+"="+as, where+"="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err = bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return cmd, strings.TrimSpace(line)
}

// large is a file of several pages whose parts all tell which save they are from.
func large(n int) []int {
	s := make([]int, 20_000)
	for i := range s {
		s[i] = n
	}
	return s
}

func saveForEver(f *local.Folder) error {
	if _, err := fmt.Println("ready"); err != nil { // to the parent
		return err
	}
	for n := 1; ; n++ {
		if err := f.Save("a.json", large(n)); err != nil {
			return err
		}
	}
}

// TestKilledWhileSaving kills a program that does nothing but save: each time the file is whole.
func TestKilledWhileSaving(t *testing.T) {
	f := open(t)
	if err := f.Save("a.json", large(0)); err != nil {
		t.Fatal(err)
	}
	saves := 0
	for round := range 25 {
		cmd, _ := child(t, "save for ever", f.Dir())
		var got []int
		for range round * 3 { // the kill comes at another moment each time, and readers come in between
			if err := f.Load("a.json", &got); err != nil {
				t.Fatal(err)
			}
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait() // killed
		got = nil
		if err := f.Load("a.json", &got); err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		if len(got) != len(large(0)) {
			t.Fatalf("round %d: %d entries", round, len(got))
		}
		for _, n := range got {
			if n != got[0] {
				t.Fatalf("round %d: saves %d and %d in one file", round, got[0], n)
			}
		}
		saves += got[0]
	}
	if saves == 0 {
		t.Error("no child ever saved: nothing was tried")
	}
}

func holdTheLock(f *local.Folder) error {
	release, ok, err := f.TryLock()
	if err != nil {
		return err
	}
	defer func() {
		if ok {
			release()
		}
	}()
	if _, err := fmt.Println("locked:", ok); err != nil { // to the parent
		return err
	}
	_, err = os.Stdin.Read(make([]byte, 1)) // the parent writes nothing and keeps it open: until it is killed
	return err
}

func TestSecondProgram(t *testing.T) {
	f := open(t)
	cmd, line := child(t, "hold the lock", f.Dir())
	if line != "locked: true" {
		t.Fatalf("the first: %s", line)
	}
	if _, ok, err := f.TryLock(); ok || err != nil {
		t.Errorf("while the first runs: %t, %v", ok, err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // killed
	release, ok, err := f.TryLock()
	if !ok || err != nil {
		t.Fatalf("after the first was killed: %t, %v", ok, err)
	}
	release()
	release, ok, err = f.TryLock()
	if !ok || err != nil {
		t.Fatalf("after release: %t, %v", ok, err)
	}
	release()
}

func holdAName(f *local.Folder) error {
	unlock, err := f.Lock(context.Background(), "a")
	if err != nil {
		return err
	}
	defer unlock()
	if _, err := fmt.Println("locked"); err != nil { // to the parent
		return err
	}
	_, err = os.Stdin.Read(make([]byte, 1)) // until it is killed
	return err
}

// TestLockOfAnotherProgram waits for a lock that only a kill gives back.
func TestLockOfAnotherProgram(t *testing.T) {
	f := open(t)
	cmd, line := child(t, "hold a name", f.Dir())
	if line != "locked" {
		t.Fatalf("the other program: %s", line)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if unlock, err := f.Lock(ctx, "a"); unlock != nil || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("while the other runs: %v", err)
	}
	if unlock, err := f.Lock(ctx, "b"); unlock != nil || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("nobody has it, but time was up before: %v", err)
	}
	waited := make(chan error, 1)
	go func() {
		unlock, err := f.Lock(t.Context(), "a")
		if err == nil {
			unlock()
		}
		waited <- err
	}()
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // killed
	if err := <-waited; err != nil {
		t.Errorf("after the other was killed: %v", err)
	}
}

// fillTheDisk finds that a file can't grow beyond 64 KiB, which the kernel tells as a full disk does: in the middle of a write.
func fillTheDisk(f *local.Folder) error {
	signal.Ignore(syscall.SIGXFSZ)
	if err := unix.Setrlimit(unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: 64 << 10, Max: 64 << 10}); err != nil {
		return err
	}
	err := f.Save("a.json", strings.Repeat("x", 1<<20))
	_, printErr := fmt.Println("full:", errors.Is(err, local.ErrFull), err) // to the parent
	return printErr
}

func TestNoRoomForTheFile(t *testing.T) {
	f := open(t)
	if err := f.Save("a.json", "old"); err != nil {
		t.Fatal(err)
	}
	cmd, line := child(t, "fill the disk", f.Dir())
	_ = cmd.Wait()
	if !strings.HasPrefix(line, "full: true") {
		t.Error(line)
	}
	stillOld(t, f)
}

func stillOld(t *testing.T, f *local.Folder) {
	t.Helper()
	var got string
	if err := f.Load("a.json", &got); err != nil || got != "old" {
		t.Errorf("%.20q, %v", got, err)
	}
	if left := files(t, f.Dir()); len(left) != 1 {
		t.Errorf("left beside it: %v", left)
	}
}
