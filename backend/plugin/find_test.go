package plugin

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// ending is that of a program's name.
func ending() string {
	if runtime.GOOS == "windows" {
		return ".cmd"
	}
	return ""
}

func TestFind(t *testing.T) {
	rich := t.TempDir()
	login, usual, current := filepath.Join(rich, "login"), filepath.Join(rich, "usual"), filepath.Join(rich, "current")
	name := "tool" + ending()
	list := string(os.PathListSeparator)
	for title, c := range map[string]struct {
		path   string
		exists []string
		want   string
	}{
		"on our own PATH":                          {rich, []string{rich, login, usual}, rich},
		"on the login shell's":                     {rich, []string{login, usual}, login},
		"at a usual place":                         {rich, []string{usual}, usual},
		"the login shell's beats a desktop's PATH": {"/usr/bin:/bin", []string{login}, login},
		"never here":                               {list + "." + list + "current" + list + "./", []string{current}, ""},
	} {
		t.Run(title, func(t *testing.T) {
			t.Chdir(rich)
			for _, dir := range []string{rich, login, usual, current} {
				_ = os.Remove(filepath.Join(dir, name))
			}
			for _, dir := range c.exists {
				put(t, filepath.Join(dir, name), "x")
			}
			if title == "never here" {
				t.Chdir(current)
			}
			r := newRig(t, func(o *Options) {
				o.Environ = func() []string { return []string{"PATH=/overridden", "PATH=" + c.path} }
				o.LoginPath = func(context.Context) string { return login }
				o.Folders = []string{usual}
			})
			got := r.ask(t, kubeconfig.Program{Command: "tool"}).Path
			if want := filepath.Join(c.want, name); got != want && (c.want != "" || got != "") {
				t.Errorf("found %q, want %q", got, want)
			}
		})
	}
}

func TestTheDesktopsPathYields(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows' desktop has the person's PATH")
	}
	for path, want := range map[string]string{
		"/usr/bin:/bin":           "/mine /usr/bin /bin",
		"/usr/bin:/bin:/opt/x":    "/usr/bin /bin /opt/x /mine",
		"":                        "/mine",
		"/usr/bin:/mine:/usr/bin": "/usr/bin /mine",
	} {
		r := newRig(t, func(o *Options) { o.LoginPath = func(context.Context) string { return "/mine" } })
		leave, err := r.enter()
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(r.folders(t.Context(), []string{"PATH=" + path}), " "); got != want {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
		leave()
	}
}

func TestTheShellIsAskedOnce(t *testing.T) {
	asked := 0
	r := newRig(t, func(o *Options) {
		o.LoginPath = func(context.Context) string { asked++; return "" }
	})
	for range 3 {
		r.ask(t, kubeconfig.Program{Command: "nowhere-to-be-found"})
	}
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
}

func TestNotACommand(t *testing.T) {
	r := newRig(t)
	for _, command := range []string{"", "./tool", "../tool", "bin/tool", `bin\tool`, `C:tool`} {
		_, err := r.Inspect(t.Context(), kubeconfig.Program{Command: command}, here())
		if p := proofError(t, err); !strings.Contains(p.Why, "plain name") {
			t.Error(p.Why)
		}
	}
	for _, command := range []string{".", "..", "a\x00b"} {
		if q, err := r.Inspect(t.Context(), kubeconfig.Program{Command: command}, here()); err == nil && !q.Missing {
			t.Errorf("%q was found: %+v", command, q)
		}
	}
}

func TestBetween(t *testing.T) {
	for name, c := range map[string]struct{ out, want string }{
		"plain":       {"\nM\n/a:/b\nM\n", "/a:/b"},
		"noise":       {"hello\nlast login: M\n\nM\n/a:/b\nM\nbye", "/a:/b"},
		"no end":      {"\nM\n/a:/b\n", ""},
		"no mark":     {"/a:/b\n", ""},
		"no printenv": {"\nM\nM\n", ""},
		"two lines":   {"\nM\n/a\n/b\nM\n", ""},
	} {
		if got := between([]byte(c.out), "M"); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}
