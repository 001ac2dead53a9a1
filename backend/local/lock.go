package local

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

const (
	lockName   = "lock"
	lockSuffix = ".lock"
	lockPause  = 20 * time.Millisecond // between two looks at a lock that another has
)

// TryLock takes the profile for this program. ok is false when another running program has it; that one may write, this
// one must not. release gives it back; so does the program's end, however it comes.
func (f *Folder) TryLock() (release func(), ok bool, err error) {
	release, err = f.take(lockName)
	if err != nil {
		return nil, false, fmt.Errorf("lock profile: %w", err)
	}
	return release, release != nil, nil
}

// Lock takes the lock of a name, held to the rules of Save, among all goroutines of all programs on this profile, and waits for it until
// ctx ends. unlock gives it back; so does the program's end, however it comes. Two names are two locks. Errors: ErrName, ctx.Err(),
// the OS's own.
func (f *Folder) Lock(ctx context.Context, name string) (unlock func(), err error) {
	if err := checkName(name); err != nil {
		return nil, fmt.Errorf("lock: %w", err)
	}
	pause := time.NewTicker(lockPause) // no OS has a wait for a file's lock that can be given up
	defer pause.Stop()
	for ctx.Err() == nil {
		if unlock, err = f.take(name + lockSuffix); err != nil {
			return nil, fmt.Errorf("lock %s: %w", name, err)
		}
		if unlock != nil {
			return unlock, nil
		}
		select {
		case <-pause.C:
		case <-ctx.Done():
		}
	}
	return nil, fmt.Errorf("lock %s: %w", name, ctx.Err())
}

// take locks a file of that name; release is nil when another has it.
func (f *Folder) take(name string) (release func(), err error) {
	file, err := os.OpenFile(filepath.Join(f.dir, name), os.O_CREATE|os.O_RDWR, fileMode) //nolint:gosec // the name is checked, the folder is the profile's
	if err != nil {
		return nil, err
	}
	ok, err := lock(file)
	if err != nil || !ok {
		_ = file.Close() // nothing was written
		return nil, err
	}
	return func() { _ = file.Close() }, nil // closing unlocks; the file stays, for removing it would race
}
