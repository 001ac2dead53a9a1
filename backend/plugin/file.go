package plugin

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

const (
	maxProgram = 1 << 30 // bytes
	maxShebang = 256     // bytes; what Linux reads
)

// file is a program that was found, open, with what was in it when it was hashed.
type file struct {
	open         *os.File
	path, target string // as found; and without symbolic links
	hash         string
	script       string // cleaned; "" for a binary
}

func (f *file) close() { _ = f.open.Close() } // was only read

// examine opens and hashes a program.
func examine(path string) (*file, error) {
	f, err := open(path)
	if err == nil {
		if err = f.read(); err == nil {
			return f, nil
		}
		f.close()
	}
	cause := err
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		cause = e.Err // the path is named already
	}
	return nil, &kubeconfig.ProofError{Why: fmt.Sprintf("%s can't be read, so it can't be checked: %s.", shownPath(path), kubeconfig.Clean(cause.Error())), Err: err}
}

func open(path string) (*file, error) {
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		return nil, err
	}
	if err := regular(os.Stat(target)); err != nil { // before opening, for a named pipe would hold us
		return nil, err
	}
	opened, err := os.Open(target)
	if err != nil {
		return nil, err
	}
	return &file{open: opened, path: path, target: target}, nil
}

func regular(info os.FileInfo, err error) error {
	switch {
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return errors.New("not a plain file")
	case info.Size() > maxProgram:
		return errors.New("larger than any program")
	}
	return nil
}

func (f *file) read() error {
	if err := regular(f.open.Stat()); err != nil {
		return err
	}
	sum := sha256.New()
	head := &start{most: maxShebang}
	if _, err := io.Copy(io.MultiWriter(sum, head), io.LimitReader(f.open, maxProgram)); err != nil {
		return err
	}
	f.hash = hex.EncodeToString(sum.Sum(nil))
	f.script = runBy(f.target, string(head.kept))
	return nil
}

// runBy gives what runs a script.
func runBy(path, head string) string {
	if batch(path) {
		return "cmd.exe"
	}
	line, ok := strings.CutPrefix(head, "#!")
	if !ok {
		return ""
	}
	line, _, _ = strings.Cut(line, "\n")
	if line = strings.TrimSpace(line); line == "" {
		line = "/bin/sh"
	}
	return kubeconfig.Clean(line)
}

// batch says whether Windows would run it by cmd.exe, which reads arguments in ways of its own.
func batch(path string) bool {
	ext := filepath.Ext(path)
	return strings.EqualFold(ext, ".bat") || strings.EqualFold(ext, ".cmd")
}

// start keeps the first bytes that are written to it.
type start struct {
	kept []byte
	most int
}

func (s *start) Write(b []byte) (int, error) {
	s.kept = append(s.kept, b[:min(len(b), s.most-len(s.kept))]...)
	return len(b), nil
}
