package plugin

import (
	"bytes"
	"context"
	"crypto/rand"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const (
	shellTimeout = 5 * time.Second // start-up files may be slow, and may hang
	maxShell     = 256 << 10       // bytes that they may print
)

// askShell gives the PATH that the person has in a terminal, or "". It is nothing but a help: any failure is harmless.
func askShell(ctx context.Context, env []string) string {
	shell := lookup(env, "SHELL")
	known := []string{"bash", "zsh", "fish", "ksh", "mksh", "dash", "ash", "sh"} // these know -l, -i and -c
	if !filepath.IsAbs(shell) || !slices.Contains(known, filepath.Base(shell)) {
		return ""
	}
	mark := "binnacle-" + rand.Text() // so that nothing else which is printed can be taken for the answer
	// printenv, not $PATH: fish has a list there.
	out, _ := launch(ctx, job{
		path: shell, argv: []string{shell, "-l", "-i", "-c", "echo; echo " + mark + "; printenv PATH; echo " + mark},
		env: env, most: maxShell,
	}) // however it ended, an answer between two marks is one
	return between(out, mark)
}

func between(out []byte, mark string) string {
	_, rest, ok := bytes.Cut(out, []byte("\n"+mark+"\n"))
	path, _, ended := bytes.Cut(rest, []byte("\n"+mark))
	if !ok || !ended || bytes.ContainsAny(path, "\n\x00") {
		return ""
	}
	return strings.TrimSpace(string(path))
}
