//go:build !windows

package plugin

import (
	"os"
	"path/filepath"
	"slices"
)

func endings(string, []string) []string { return []string{""} }

// poor says whether a PATH has only what every system has.
func poor(path []string) bool {
	system := []string{
		"/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/games", "/usr/games", "/snap/bin",
	}
	return !slices.ContainsFunc(path, func(folder string) bool { return !slices.Contains(system, filepath.Clean(folder)) })
}

func usualFolders() []string {
	folders := []string{"/opt/homebrew/bin", "/usr/local/bin", "/home/linuxbrew/.linuxbrew/bin", "/snap/bin", "/usr/lib/google-cloud-sdk/bin"}
	if home, err := os.UserHomeDir(); err == nil {
		for _, under := range []string{".local/bin", "bin", "google-cloud-sdk/bin", ".krew/bin", "go/bin", ".asdf/shims", ".local/share/mise/shims"} {
			folders = append(folders, filepath.Join(home, under))
		}
	}
	return folders
}
