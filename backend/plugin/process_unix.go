//go:build !windows

package plugin

import (
	"os/exec"
	"syscall"
)

// group is a process and its children.
type group struct{}

// newGroup puts the process into a session of its own: it ends with its children and has no terminal, on which it could ask
// behind our window.
func newGroup(cmd *exec.Cmd) (group, error) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	return group{}, nil
}

func (group) join(int) error { return nil }
func (group) close()         {}
