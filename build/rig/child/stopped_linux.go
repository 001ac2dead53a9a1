package child

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// awaitStopped waits until every thread has seen the signal: one that runs on
// another processor may still answer a request.
func (p *Process) awaitStopped() error {
	pattern := fmt.Sprintf("/proc/%d/task/*/stat", p.cmd.Process.Pid)
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		threads, err := filepath.Glob(pattern)
		if err != nil {
			return err
		}
		if len(threads) > 0 && allStopped(threads) {
			return nil
		}
	}
	return errors.New("the process does not stop")
}

func allStopped(threads []string) bool {
	for _, file := range threads {
		b, err := os.ReadFile(file)
		if err != nil {
			continue // that thread has ended
		}
		// "PID (NAME) STATE ...", where the name may hold anything.
		if at := bytes.LastIndexByte(b, ')'); at < 0 || !bytes.HasPrefix(b[at:], []byte(") T")) {
			return false
		}
	}
	return true
}
