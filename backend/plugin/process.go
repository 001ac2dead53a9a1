package plugin

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"time"

	"github.com/binnacle-dev/binnacle/backend/secret"
)

// This is the only file of the program, but for those that the architecture test lists, that starts a process.

const leftover = 2 * time.Second // that a program's children may hold its output after its end

var errTooMuch = errors.New("it gave too much output")

// job is a process to be.
type job struct {
	path    string
	argv    []string // the first is the program's own name
	env     []string
	files   []*os.File          // from descriptor 3 on; not on Windows
	answers <-chan secret.Value // lines for its input; nil: no input
	stderr  io.Writer
	most    int // bytes of output
}

// launch runs a process to its end and gives its output, as much as there was. With ctx, its whole group ends. It has no terminal.
func launch(ctx context.Context, j job) ([]byte, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	out := &limited{most: j.most, full: func() { cancel(errTooMuch) }}
	cmd := exec.CommandContext(ctx, j.path) //nolint:gosec // the one place that runs programs: admitted ones and the login shell
	cmd.Args, cmd.Env, cmd.ExtraFiles, cmd.Stdout, cmd.Stderr = j.argv, j.env, j.files, out, j.stderr
	cmd.Dir = home() // not where we happen to be: programs read files and Windows loads libraries from there
	cmd.WaitDelay = leftover
	tree, err := newGroup(cmd)
	if err != nil {
		return nil, err
	}
	defer tree.close()
	var in io.WriteCloser
	if j.answers != nil {
		if in, err = cmd.StdinPipe(); err != nil {
			return nil, fmt.Errorf("connect its input: %w", err)
		}
	}
	if err := cmd.Start(); err != nil {
		return nil, &startError{err}
	}
	if in != nil {
		defer feed(in, j.answers)()
	}
	if err := tree.join(cmd.Process.Pid); err != nil {
		cancel(err) // what can't be ended as a whole doesn't run
	}
	err = cmd.Wait()
	switch {
	case ctx.Err() != nil:
		err = context.Cause(ctx)
	case errors.Is(err, exec.ErrWaitDelay):
		err = nil // it ended well; a child of it has its output open still
	}
	return out.kept.Bytes(), err
}

// startError is a program that doesn't even start.
type startError struct{ cause error }

func (e *startError) Error() string { return "start it: " + e.cause.Error() }
func (e *startError) Unwrap() error { return e.cause }

// feed passes answers on to the process until the function that it gives is called.
func feed(in io.WriteCloser, answers <-chan secret.Value) (stop func()) {
	ended, idle := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(idle)
		for {
			select {
			case <-ended:
				return
			case line, ok := <-answers:
				if !ok {
					_ = in.Close() // the end of input
					return
				}
				if _, err := in.Write(append(line.Reveal(), '\n')); err != nil {
					return // it reads no more
				}
			}
		}
	}()
	return func() {
		_ = in.Close() // ends a Write that nobody reads
		close(ended)
		<-idle
	}
}

// limited keeps what is written to it, up to a limit.
type limited struct {
	kept bytes.Buffer
	most int
	full func()
}

func (l *limited) Write(b []byte) (int, error) {
	fits := min(len(b), l.most-l.kept.Len())
	l.kept.Write(b[:fits])
	if fits < len(b) {
		l.full()
		return fits, errTooMuch
	}
	return fits, nil
}

func home() string {
	if dir, err := os.UserHomeDir(); err == nil {
		return dir
	}
	if runtime.GOOS == "windows" {
		return os.Getenv("SystemRoot")
	}
	return "/"
}
