package kubeconfig

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

const maxFile = 1 << 20

// ReadFile reads a file that a kubeconfig refers to: a certificate, key or token. A hostile kubeconfig may name anything, so only a plain file
// of at most 1 MiB is read: a device or pipe would hang the program, and asking a foreign Windows share would send it the
// person's password hash. Errors name the file.
func ReadFile(path string) ([]byte, error) {
	if rest, ok := strings.CutPrefix(path, "~/"); ok { // as kubelogin takes it; paths of kubeconfigs themselves are absolute here
		home, err := os.UserHomeDir()
		if err != nil {
			return nil, fmt.Errorf("file %s: %w", quoted(path), err)
		}
		path = filepath.Join(home, rest)
	}
	b, err := readPlain(path)
	if err == nil {
		return b, nil
	}
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		err = e.Err // the path within is not safe to show
	}
	return nil, fmt.Errorf("file %s: %w", quoted(path), err)
}

func readPlain(path string) ([]byte, error) {
	if strings.HasPrefix(filepath.VolumeName(path), `\\`) {
		return nil, errors.New("lies on a network share, which is not read; copy it to this computer")
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if err := plainFile(info); err != nil {
		return nil, err
	}
	// The file may have been exchanged since: O_NONBLOCK keeps a pipe from hanging the open, and the second look is at what is open.
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0) //nolint:gosec // the path is the person's choice, seen and confirmed
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	if info, err = f.Stat(); err != nil {
		return nil, err
	}
	if err := plainFile(info); err != nil {
		return nil, err
	}
	b, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(b) > maxFile {
		err = errors.New("is larger than 1 MiB, which no certificate, key or token is")
	}
	return b, err
}

func plainFile(info fs.FileInfo) error {
	switch {
	case info.IsDir():
		return errors.New("is a folder, not a file")
	case !info.Mode().IsRegular():
		return errors.New("is a device or pipe, which is not read")
	case info.Size() > maxFile:
		return errors.New("is larger than 1 MiB, which no certificate, key or token is")
	}
	return nil
}
