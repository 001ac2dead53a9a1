package child

import "errors"

var errNoFreeze = errors.New("a process can't be frozen on Windows")

// Freeze fails here.
func (*Process) Freeze() error { return errNoFreeze }

// Thaw fails here.
func (*Process) Thaw() error { return errNoFreeze }
