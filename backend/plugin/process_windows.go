package plugin

import (
	"fmt"
	"os/exec"
	"syscall"

	"golang.org/x/sys/windows"
)

// group is a process and its children: a job.
type group struct{ job windows.Handle }

// newGroup makes the process end with its children and gives it no console.
func newGroup(cmd *exec.Cmd) (group, error) {
	job, err := windows.CreateJobObject(nil, nil)
	if err != nil {
		return group{}, fmt.Errorf("make a job for it: %w", err)
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{HideWindow: true, CreationFlags: windows.CREATE_NO_WINDOW}
	cmd.Cancel = func() error {
		_ = cmd.Process.Kill() // also before it has joined
		return windows.TerminateJobObject(job, 1)
	}
	return group{job}, nil
}

// join is called when the process has started. What it started itself before that isn't in the job.
func (g group) join(pid int) error {
	process, err := windows.OpenProcess(windows.PROCESS_SET_QUOTA|windows.PROCESS_TERMINATE, false, uint32(pid)) //nolint:gosec // a process number
	if err != nil {
		return fmt.Errorf("put it into its job: %w", err)
	}
	defer func() { _ = windows.CloseHandle(process) }()
	if err := windows.AssignProcessToJobObject(g.job, process); err != nil {
		return fmt.Errorf("put it into its job: %w", err)
	}
	return nil
}

func (g group) close() { _ = windows.CloseHandle(g.job) }
