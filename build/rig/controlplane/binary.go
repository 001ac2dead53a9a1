package controlplane

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
)

// ErrNoBinary means that the control plane of a version was not built yet.
var ErrNoBinary = errors.New("the Kubernetes server is not built; run build/kube/build.sh (minutes the first time)")

// Versions are those that build/kube can build, newest first.
func Versions() []string { return []string{"1.36", "1.33"} }

// modulePattern knows the root module from the nested ones by its go.mod.
var modulePattern = regexp.MustCompile(`(?m)^module github\.com/binnacle-dev/binnacle$`)

// Binary finds the server of a version, from anywhere inside the source tree.
func Binary(version string) (string, error) {
	root, err := SourceRoot()
	if err != nil {
		return "", err
	}
	name := "kube-" + version
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	path := filepath.Join(root, "build", "kube", "bin", name)
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return "", fmt.Errorf("version %s: %w", version, ErrNoBinary)
	} else if err != nil {
		return "", fmt.Errorf("look for the Kubernetes server: %w", err)
	}
	return path, nil
}

// SourceRoot is the source tree that we are run in.
func SourceRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("find the module root: %w", err)
	}
	for {
		b, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err == nil && modulePattern.Match(b) {
			return dir, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", errors.New("find the module root: not inside the source tree")
		}
		dir = up
	}
}
