package local

import (
	"fmt"
	"os"
	"path/filepath"
)

const lockName = "lock"

// TryLock takes the profile for this program. ok is false when another running program has it; that one may write, this
// one must not. release gives it back; so does the program's end, however it comes.
func (f *Folder) TryLock() (release func(), ok bool, err error) {
	file, err := os.OpenFile(filepath.Join(f.dir, lockName), os.O_CREATE|os.O_RDWR, fileMode)
	if err != nil {
		return nil, false, fmt.Errorf("lock profile: %w", err)
	}
	ok, err = lock(file)
	if err != nil || !ok {
		_ = file.Close() // nothing was written
		if err != nil {
			return nil, false, fmt.Errorf("lock profile: %w", err)
		}
		return nil, false, nil
	}
	return func() { _ = file.Close() }, true, nil // closing unlocks; the file stays, for removing it would race
}
