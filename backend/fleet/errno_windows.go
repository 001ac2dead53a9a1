package fleet

import "syscall"

// Winsock's words for what a network does; package syscall's Unix names are other numbers here.
const (
	errRefused     = syscall.Errno(10061)
	errReset       = syscall.Errno(10054)
	errBroken      = syscall.Errno(10053)
	errNoHost      = syscall.Errno(10065)
	errNoNetwork   = syscall.Errno(10051)
	errNetworkDown = syscall.Errno(10050)
	errTimedOut    = syscall.Errno(10060)
)
