package plugin

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// find gives the absolute path of a command, or "" and where it was looked for. The current folder is never one of these places.
func (p *Plugins) find(ctx context.Context, command string) (path string, looked []string, err error) {
	env := p.o.Environ()
	if filepath.IsAbs(command) {
		return firstOf(filepath.Clean(command), env), []string{shownPath(command)}, nil
	}
	if command == "" || command != filepath.Base(command) || strings.ContainsAny(command, `/\:`) {
		return "", nil, &kubeconfig.ProofError{Why: fmt.Sprintf("The command %s is neither a path from the root nor a plain name. Correct it in the kubeconfig and import that again.", shownPath(command))}
	}
	for _, folder := range p.folders(ctx, env) {
		if path := firstOf(filepath.Join(folder, command), env); path != "" {
			return path, looked, nil
		}
		looked = append(looked, shownPath(folder))
	}
	return "", looked, nil
}

// firstOf gives the file that starts under this name: the file itself or, on Windows, with one of the known endings.
func firstOf(path string, env []string) string {
	for _, ending := range endings(filepath.Ext(path), env) {
		if runnable(path + ending) {
			return path + ending
		}
	}
	return ""
}

func runnable(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && (runtime.GOOS == "windows" || info.Mode()&0o111 != 0)
}

// folders is where programs are looked for, in order, and what becomes the PATH of one that runs. A desktop starts us with
// a PATH that knows nothing of what the person installed; then the login shell's counts more than ours.
func (p *Plugins) folders(ctx context.Context, env []string) []string {
	own, login := split(lookup(env, "PATH")), split(p.loginPath(ctx))
	if poor(own) {
		own, login = login, own
	}
	var all []string
	for _, folder := range slices.Concat(own, login, p.o.Folders) {
		if !slices.Contains(all, folder) {
			all = append(all, folder)
		}
	}
	return all
}

func (p *Plugins) loginPath(ctx context.Context) string {
	p.login.once.Do(func() {
		// One answer serves everybody, so it isn't this caller's to cancel.
		asking, cancel := p.within(context.WithoutCancel(ctx), shellTimeout)
		defer cancel()
		p.login.path = p.o.LoginPath(asking)
	})
	return p.login.path
}

// split reads a PATH. Empty and relative entries mean the current folder, which is anybody's.
func split(path string) []string {
	return slices.DeleteFunc(filepath.SplitList(path), func(folder string) bool { return !filepath.IsAbs(folder) })
}

func lookup(env []string, name string) string {
	for _, entry := range slices.Backward(env) { // the last one counts
		key, value, _ := strings.Cut(entry, "=")
		if key == name || runtime.GOOS == "windows" && strings.EqualFold(key, name) {
			return value
		}
	}
	return ""
}
