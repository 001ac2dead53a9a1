//go:build unix

package child

import "syscall"

// Freeze stops it without closing anything, and waits until it stands:
// connections are accepted by the kernel and never answered, as with a machine
// that hangs.
func (p *Process) Freeze() error {
	if err := p.cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		return err
	}
	return p.awaitStopped()
}

// Thaw lets it go on.
func (p *Process) Thaw() error { return p.cmd.Process.Signal(syscall.SIGCONT) }
