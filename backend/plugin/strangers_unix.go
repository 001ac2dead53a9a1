//go:build !windows

package plugin

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
)

// strangers warns of everybody but the person and root who can put another program there: by the file or a folder above it.
func strangers(paths ...string) []string {
	var words []string
	seen := map[string]bool{}
	for _, path := range paths {
		for ; !seen[path]; path = filepath.Dir(path) {
			seen[path] = true
			if who := stranger(path); who != "" {
				words = append(words, fmt.Sprintf("%s can be changed by %s, who could put another program in its place.", shownPath(path), who))
			}
		}
	}
	return words
}

func stranger(path string) string {
	info, err := os.Stat(path)
	if err != nil {
		return ""
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return ""
	}
	sticky := info.IsDir() && info.Mode()&os.ModeSticky != 0 // others can add to it but replace nothing
	switch {
	case owner.Uid != 0 && int(owner.Uid) != os.Getuid():
		return fmt.Sprintf("another user (%d)", owner.Uid)
	case info.Mode()&0o002 != 0 && !sticky:
		return "everybody on this machine"
	case info.Mode()&0o020 != 0 && !sticky && !trusted(owner.Gid):
		return fmt.Sprintf("everybody in the group %d", owner.Gid)
	}
	return ""
}

// trusted groups are root's, macOS's administrators (Homebrew gives them its folders), and the person's own where everybody has one.
func trusted(gid uint32) bool {
	const admin = 80
	return gid == 0 || runtime.GOOS == "darwin" && gid == admin || int(gid) == os.Getgid() && int(gid) == os.Getuid()
}
