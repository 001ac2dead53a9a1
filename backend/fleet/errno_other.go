//go:build !windows

package fleet

import "syscall"

// The system's words for what a network does.
const (
	errRefused     = syscall.ECONNREFUSED
	errReset       = syscall.ECONNRESET
	errBroken      = syscall.EPIPE
	errNoHost      = syscall.EHOSTUNREACH
	errNoNetwork   = syscall.ENETUNREACH
	errNetworkDown = syscall.ENETDOWN
	errTimedOut    = syscall.ETIMEDOUT
)
