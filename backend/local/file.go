package local

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

const (
	// MaxFile is the most that a file may hold: last known rows of a large fleet are the largest.
	MaxFile    = 64 << 20
	tempPrefix = ".tmp-"
	broken     = ".broken-"
	keptBroken = 3 // copies of one file; more tell nothing new
)

// Save stores v as JSON under a plain file name in place of what was there. After an error the old file is still
// there. Errors: ErrName, ErrTooBig, ErrFull, and the OS's own.
func (f *Folder) Save(name string, v any) error {
	if err := checkName(name); err != nil {
		return err
	}
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("save %s: %w", name, err)
	}
	if len(b) > MaxFile {
		return fmt.Errorf("save %s: %w: %d MiB, the most is %d", name, ErrTooBig, len(b)>>20, MaxFile>>20)
	}
	if err := f.replace(name, b); err != nil {
		if isFull(err) {
			return fmt.Errorf("save %s: %w, and nothing was changed: free some space in %s", name, ErrFull, f.dir)
		}
		return fmt.Errorf("save %s: %w", name, err)
	}
	return nil
}

// replace writes beside the file and renames, each made durable before the next relies on it.
func (f *Folder) replace(name string, b []byte) error {
	t, err := os.CreateTemp(f.dir, tempPrefix+"*") // mode 0600
	if err != nil {
		return err
	}
	_, err = t.Write(b)
	if err == nil {
		err = t.Sync()
	}
	if closeErr := t.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = rename(t.Name(), filepath.Join(f.dir, name))
	}
	if err != nil {
		_ = os.Remove(t.Name()) // the first error is the one to tell; Open clears what stays
		return err
	}
	return syncDir(f.dir)
}

// Load reads a file into v, a pointer. Errors: fs.ErrNotExist, ErrName, ErrTooBig, the OS's own; and ErrCorrupt for a file
// that isn't JSON or doesn't fit v: it then lies beside as <name>.broken-<time>, the next Load gives fs.ErrNotExist, and
// what is in v is of no use.
func (f *Folder) Load(name string, v any) error {
	if err := checkName(name); err != nil {
		return err
	}
	path := filepath.Join(f.dir, name)
	b, err := read(path)
	if err != nil {
		return fmt.Errorf("load %s: %w", name, err)
	}
	if err := json.Unmarshal(b, v); err == nil {
		return nil
	}
	aside := path + broken + time.Now().UTC().Format("20060102T150405.000000000Z")
	if err := rename(path, aside); err != nil {
		return fmt.Errorf("load %s: %w, and it can't be set aside: %w", name, ErrCorrupt, err)
	}
	f.forget(name)
	return fmt.Errorf("load %s: %w: it is kept as %s", name, ErrCorrupt, filepath.Base(aside))
}

func read(path string) ([]byte, error) {
	file, err := os.Open(path) //nolint:gosec // the name is checked, the folder is the profile's
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }() // only read
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("not a plain file")
	}
	b, err := io.ReadAll(io.LimitReader(file, MaxFile+1))
	if err == nil && len(b) > MaxFile {
		err = ErrTooBig
	}
	return b, err
}

// forget deletes all but the newest copies of a damaged file; their names sort by time.
func (f *Folder) forget(name string) {
	copies, err := filepath.Glob(filepath.Join(escapeGlob(f.dir), name+broken+"*"))
	if err != nil {
		return
	}
	for len(copies) > keptBroken {
		_ = os.Remove(copies[0]) // tried again at the next one
		copies = copies[1:]
	}
}

// escapeGlob makes filepath.Glob take a path as it is. Windows has no escape, and no need: [ is the one that a folder
// can have there, and a pattern that finds nothing only leaves old copies lying.
func escapeGlob(path string) string {
	if filepath.Separator == '\\' {
		return path
	}
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(path)
}
