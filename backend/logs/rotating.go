package logs

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

const (
	// Name is the newest log file; Name.1 and Name.2 are older.
	Name     = "binnacle.log"
	maxSize  = 5 << 20 // bytes of one file
	maxFiles = 3       // with the newest
)

// rotating is a file that starts anew when it is full. Each Write is one line and stays in one file.
type rotating struct {
	dir  string
	most int64
	keep int

	mu     sync.Mutex
	file   *os.File
	size   int64
	closed bool
}

// Write appends a line.
func (r *rotating) Write(line []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed || r.dir == "" {
		return 0, fs.ErrClosed
	}
	if r.file == nil {
		if err := r.open(); err != nil {
			return 0, err
		}
	}
	if r.size > 0 && r.size+int64(len(line)) > r.most {
		if err := r.rotate(); err != nil {
			return 0, err
		}
	}
	n, err := r.file.Write(line)
	r.size += int64(n)
	return n, err
}

// Close ends the file; it can be called twice.
func (r *rotating) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = true
	return r.end()
}

func (r *rotating) end() error {
	if r.file == nil {
		return nil
	}
	err := r.file.Close()
	r.file = nil
	return err
}

func (r *rotating) open() error {
	if err := os.MkdirAll(r.dir, 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(r.path(0), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	info, err := file.Stat()
	if err != nil {
		return errors.Join(err, file.Close())
	}
	r.file, r.size = file, info.Size()
	return nil
}

// rotate moves each file one on; the oldest is overwritten. Windows wants the file closed for that.
func (r *rotating) rotate() error {
	if err := r.end(); err != nil {
		return err
	}
	for n := r.keep - 1; n > 0; n-- {
		if err := os.Rename(r.path(n-1), r.path(n)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return errors.Join(err, r.open()) // somebody has it open: go on in the full file
		}
	}
	return r.open()
}

func (r *rotating) path(n int) string {
	if n == 0 {
		return filepath.Join(r.dir, Name)
	}
	return filepath.Join(r.dir, fmt.Sprintf("%s.%d", Name, n))
}
