package controlplane

import "errors"

var errNoFreeze = errors.New("a process can't be frozen on Windows")

func (*process) freeze() error { return errNoFreeze }

func (*process) thaw() error { return errNoFreeze }
