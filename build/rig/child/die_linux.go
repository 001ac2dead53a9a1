package child

import (
	"os/exec"
	"syscall"
)

// dieWithParent has the kernel kill the child when this process ends. The child
// gets a process group of its own, so that Ctrl-C reaches only us.
func dieWithParent(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
}
