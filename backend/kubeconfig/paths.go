package kubeconfig

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
)

// Paths are only computed here; nothing is opened.

// folder is where an entry's relative paths begin; "" when its source is not a path.
func (e *entry) folder() string {
	if !strings.ContainsAny(e.source, "/"+string(filepath.Separator)) {
		return ""
	}
	return filepath.Dir(e.source)
}

// resolve gives the file that a reference means. Its error follows the name of a field.
func (e *entry) resolve(path string) (string, error) {
	switch {
	case strings.ContainsRune(path, 0):
		return "", errors.New("is no possible path")
	case filepath.IsAbs(path):
		return filepath.Clean(path), nil
	case e.folder() == "":
		return "", fmt.Errorf("is the relative path %s, which leads nowhere from %s; open the kubeconfig as a file", quoted(path), quoted(e.source))
	}
	return filepath.Join(e.folder(), path), nil
}

// label names a certificate or key in messages: by its field, or by the file that it came from.
func (e *entry) label(field, path string) string {
	if _, inline := e.lines[field+"-data"]; inline || path == "" {
		return field + "-data"
	}
	return field + " " + quoted(path)
}

// commandPath is the program that client-go would start: a bare name is looked up in PATH, a relative path begins at the file's folder.
func (e *entry) commandPath(command string) string {
	if filepath.IsAbs(command) || !strings.ContainsRune(command, filepath.Separator) || e.folder() == "" {
		return command
	}
	return filepath.Join(e.folder(), command)
}
