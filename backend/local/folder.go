// Package local keeps this machine's own files of one profile: settings, the last known view and rows, the journal of
// keychain intents, and the places for logs and cache. Nothing secret is ever stored here.
//
// A file is JSON and is replaced whole: after a crash, a full disk or a kill it is the old one or the new one. Files are
// 0600 in folders of 0700. A file that can't be read as JSON is set aside, never overwritten unseen.
// A Folder is safe for concurrent use; two programs on one profile tell each other by TryLock, and take turns by Lock.
package local

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Errors; ask with errors.Is. A missing file is fs.ErrNotExist.
var (
	ErrCorrupt = errors.New("the file is damaged")
	ErrFull    = errors.New("the disk is full")
	ErrTooBig  = errors.New("the file is too big")
	ErrName    = errors.New("not a name for a file")
)

const (
	program  = "binnacle"
	dirMode  = 0o700
	fileMode = 0o600
	maxName  = 100
	// staleTemp is how old a temporary file must be to be nobody's: a save takes seconds at most.
	staleTemp = 10 * time.Minute
)

// Folder is one folder of a profile.
type Folder struct {
	dir string
}

// Open opens the profile in dir and makes what is missing of it. An empty dir is the OS's place for a user's
// configuration (on Linux $XDG_CONFIG_HOME or ~/.config), folder binnacle.
func Open(dir string) (*Folder, error) {
	if dir == "" {
		base, err := os.UserConfigDir()
		if err != nil {
			return nil, fmt.Errorf("profile folder: %w", err)
		}
		dir = filepath.Join(base, program)
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("profile folder: %w", err)
	}
	for _, d := range []string{dir, filepath.Join(dir, "logs"), filepath.Join(dir, "cache")} {
		if err := makeFolder(d); err != nil {
			return nil, fmt.Errorf("profile folder: %w", err)
		}
	}
	return &Folder{dir: dir}, nil
}

// Dir is the folder's absolute path.
func (f *Folder) Dir() string { return f.dir }

// Logs is the path of the profile's folder for logs.
func (f *Folder) Logs() string { return filepath.Join(f.dir, "logs") }

// Cache is the profile's folder for what can be made again; the program works without any file in it.
func (f *Folder) Cache() *Folder { return &Folder{dir: filepath.Join(f.dir, "cache")} }

// Sub opens a folder inside, and makes it if it is missing. Its name is held to the rules of Save.
func (f *Folder) Sub(name string) (*Folder, error) {
	if err := checkName(name); err != nil {
		return nil, err
	}
	dir := filepath.Join(f.dir, name)
	if err := makeFolder(dir); err != nil {
		return nil, fmt.Errorf("folder %s: %w", name, err)
	}
	return &Folder{dir: dir}, nil
}

// List gives the names that Load can read, sorted.
func (f *Folder) List() ([]string, error) {
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", filepath.Base(f.dir), err)
	}
	var names []string
	for _, e := range entries {
		if e.Type().IsRegular() && checkName(e.Name()) == nil && e.Name() != lockName && !strings.Contains(e.Name(), broken) {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

// Remove deletes a file. One that isn't there is no error.
func (f *Folder) Remove(name string) error {
	if err := checkName(name); err != nil {
		return err
	}
	if err := os.Remove(filepath.Join(f.dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove %s: %w", name, err)
	}
	return syncDir(f.dir)
}

// makeFolder makes a private folder, or makes an existing one private, and clears it of what killed programs left.
func makeFolder(dir string) error {
	if err := os.MkdirAll(dir, dirMode); err != nil {
		return err
	}
	info, err := os.Stat(dir)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return fmt.Errorf("%s: not a folder", dir)
	}
	if info.Mode().Perm() != dirMode {
		if err := os.Chmod(dir, dirMode); err != nil {
			return err
		}
	}
	left, err := filepath.Glob(filepath.Join(escapeGlob(dir), tempPrefix+"*"))
	if err != nil {
		return err
	}
	for _, t := range left {
		if info, err := os.Lstat(t); err == nil && time.Since(info.ModTime()) > staleTemp {
			_ = os.Remove(t) // it is in nobody's way
		}
	}
	return nil
}

// checkName lets through what is a plain file name on every OS, and none that this package uses itself.
func checkName(name string) error {
	odd := strings.ContainsFunc(name, func(r rune) bool {
		letter := 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
		return !letter && !strings.ContainsRune("._-", r)
	})
	stem, _, _ := strings.Cut(strings.ToLower(name), ".")
	odd = odd || strings.HasSuffix(name, ".") || strings.HasSuffix(strings.ToLower(name), lockSuffix)
	if name == "" || len(name) > maxName || odd || name[0] == '.' || slices.Contains(devices(), stem) {
		return fmt.Errorf("%w: %.100q", ErrName, name)
	}
	return nil
}

// devices are the names that Windows keeps for itself, with any extension.
func devices() []string {
	d := []string{"con", "prn", "aux", "nul"}
	for n := range 10 {
		d = append(d, fmt.Sprintf("com%d", n), fmt.Sprintf("lpt%d", n))
	}
	return d
}
