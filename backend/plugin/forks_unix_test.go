//go:build !windows

package plugin

import "syscall"

func forks(wait func()) {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	wait()
}
