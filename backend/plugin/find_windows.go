package plugin

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// endings are what may stand behind a command's name: nothing if it has a known one.
func endings(ext string, env []string) []string {
	known := strings.Split(strings.ToLower(lookup(env, "PATHEXT")), ";")
	known = slices.DeleteFunc(known, func(e string) bool { return !slices.Contains([]string{".com", ".exe", ".bat", ".cmd"}, e) })
	if len(known) == 0 {
		known = []string{".com", ".exe", ".bat", ".cmd"}
	}
	if slices.Contains(known, strings.ToLower(ext)) {
		return []string{""}
	}
	return known
}

// poor is never so: Windows gives every program the person's PATH.
func poor([]string) bool { return false }

func usualFolders() []string {
	var folders []string
	for _, f := range []struct{ root, under string }{
		{"ProgramFiles", `Amazon\AWSCLIV2`},
		{"ProgramFiles", `Google\Cloud SDK\google-cloud-sdk\bin`},
		{"ProgramFiles(x86)", `Google\Cloud SDK\google-cloud-sdk\bin`},
		{"LocalAppData", `Google\Cloud SDK\google-cloud-sdk\bin`},
		{"LocalAppData", `Microsoft\WinGet\Links`},
		{"ProgramData", `chocolatey\bin`},
		{"UserProfile", `scoop\shims`},
		{"UserProfile", `.azure-kubelogin`},
		{"UserProfile", `.krew\bin`},
		{"UserProfile", `.local\bin`},
	} {
		if root := os.Getenv(f.root); filepath.IsAbs(root) {
			folders = append(folders, filepath.Join(root, f.under))
		}
	}
	return folders
}
