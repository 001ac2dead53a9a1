package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"syscall"
	"time"
)

const (
	// calm is how long after the first picture the memory is measured.
	calm = 5 * time.Second
	// untouched is how long a window runs before WebDriver comes to it, so that it disturbs neither start nor memory.
	untouched = 7 * time.Second
)

// window is a program with one, and the mark that its page sets when what matters is painted.
type window struct {
	shim, binary string
	args         []string
	mark         string
}

// opened is what one start showed.
type opened struct {
	start  time.Duration // from exec to the mark
	memory float64       // MB, PSS of the program and what it started
	shared bool          // another program's web process was there and took a part of that
	began  time.Time
	page   timeline
}

// open starts the window, measures and ends it. The start is read afterwards from the page's own timeline, on the one
// wall clock of this machine.
func (w window) open(ctx context.Context) (o opened, err error) {
	inspector, err := freeAddress(ctx)
	if err != nil {
		return opened{}, err
	}
	command := exec.Command(w.binary, w.args...)
	command.Env = append(os.Environ(), "LD_PRELOAD="+w.shim, "WEBKIT_INSPECTOR_SERVER="+inspector)
	began := time.Now()
	if err := command.Start(); err != nil {
		return opened{}, fmt.Errorf("start %s: %w", w.binary, err)
	}
	defer func() { err = errors.Join(err, end(command)) }()
	if err := sleep(ctx, untouched); err != nil {
		return opened{}, err
	}
	taken := time.Now()
	if err := o.weigh(command.Process.Pid); err != nil {
		return opened{}, err
	}
	painted, err := o.look(ctx, inspector, w.mark)
	if err != nil {
		return opened{}, fmt.Errorf("%s: %w", w.binary, err)
	}
	o.began, o.start = began, painted.Sub(began)
	if early := painted.Add(calm).Sub(taken); early > 0 { // a busy machine
		if err := sleep(ctx, early); err != nil {
			return opened{}, err
		}
		return o, o.weigh(command.Process.Pid)
	}
	return o, nil
}

// weigh measures the memory now.
func (o *opened) weigh(pid int) error {
	family, err := descendants(pid)
	if err != nil {
		return err
	}
	o.memory, err = memoryOf(append(family, pid))
	o.shared = company(family)
	return err
}

// look reads the running page.
func (o *opened) look(ctx context.Context, inspector, mark string) (painted time.Time, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	page, err := attach(ctx, inspector)
	if err != nil {
		return time.Time{}, fmt.Errorf("look into the window: %w", err)
	}
	defer page.leave()
	if painted, err = page.whenMarked(ctx, mark); err != nil {
		return time.Time{}, err
	}
	o.page, err = page.timeline(ctx)
	return painted, err
}

// tell prints where the time of a start went, in ms after exec.
func (o opened) tell(out io.Writer, name string) {
	fmt.Fprintf(out, "%s: painted after %.0f ms\n", name, ms(o.start))
	for _, e := range o.page.Entries {
		since := func(at float64) float64 { return ms(o.page.at(at).Sub(o.began)) }
		fmt.Fprintf(out, "  %6.0f %6.0f  %s %s\n", since(e.From), since(e.Till), e.Kind, e.Name)
	}
}

// end ends a window as the session's end would, waits for it and for what it started, and then insists.
func end(command *exec.Cmd) error {
	family, err := descendants(command.Process.Pid)
	if err != nil {
		return err
	}
	_ = command.Process.Signal(syscall.SIGTERM) // fails only if it has ended
	insist := time.AfterFunc(calm, func() {
		fmt.Fprintf(os.Stderr, "bench: %s does not end by itself\n", command.Path)
		_ = command.Process.Kill()
	})
	_ = command.Wait() // however it ended
	insist.Stop()
	for range 100 {
		if !anyAlive(family) {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	return fmt.Errorf("processes %v outlive their window", family)
}

// freeAddress is one on loopback that nobody listens on.
func freeAddress(ctx context.Context) (string, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}
