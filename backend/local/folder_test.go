package local_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/local"
)

type note struct {
	Text string `json:"text"`
	N    int    `json:"n"`
}

func open(t *testing.T) *local.Folder {
	t.Helper()
	f, err := local.Open(filepath.Join(t.TempDir(), "profile"))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func files(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if !e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names
}

func TestSaveAndLoad(t *testing.T) {
	f := open(t)
	for _, want := range []note{{"first", 1}, {"second <b>&</b> \u202e", 2}} {
		if err := f.Save("settings.json", want); err != nil {
			t.Fatal(err)
		}
		var got note
		if err := f.Load("settings.json", &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	}
	if diff := cmp.Diff([]string{"settings.json"}, files(t, f.Dir())); diff != "" {
		t.Errorf("files (-want +got)\n%s", diff)
	}
	if err := errors.Join(f.Remove("settings.json"), f.Remove("settings.json")); err != nil {
		t.Error(err)
	}
	if err := f.Load("settings.json", &note{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("after Remove: %v", err)
	}
}

func TestPrivate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows keeps a profile private by the folder's ACL")
	}
	dir := filepath.Join(t.TempDir(), "open to all")
	if err := os.Mkdir(dir, 0o755); err != nil { // what Open must mend
		t.Fatal(err)
	}
	f, err := local.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(f.Save("a.json", 1), f.Cache().Save("b.json", 1)); err != nil {
		t.Fatal(err)
	}
	_, _, err = f.TryLock()
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]fs.FileMode{
		dir: 0o700, f.Logs(): 0o700, f.Cache().Dir(): 0o700,
		filepath.Join(dir, "a.json"): 0o600, filepath.Join(dir, "lock"): 0o600, filepath.Join(f.Cache().Dir(), "b.json"): 0o600,
	} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s is %o, want %o", filepath.Base(path), got, want)
		}
	}
}

func TestDefaultPlace(t *testing.T) {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		t.Skip("the environment names the place on Linux only")
	}
	config := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", config)
	t.Setenv("PATH", "")
	f, err := local.Open("")
	if err != nil || f.Dir() != filepath.Join(config, "binnacle") {
		t.Errorf("%v, %v", f, err)
	}
	t.Setenv("XDG_CONFIG_HOME", "")
	t.Setenv("HOME", "")
	if _, err := local.Open(""); err == nil {
		t.Error("a profile in nobody's home")
	}
}

func TestNames(t *testing.T) {
	f := open(t)
	for _, name := range []string{
		"", ".", "..", "../x", "a/b", `a\b`, "/etc/passwd", "C:x", ".hidden", "a.", "a b", "a\x00", "ä", "a.lock", "A.LOCK", "NUL", "con.json", "Com1.txt", "a:stream", strings.Repeat("a", 101),
	} {
		for verb, err := range map[string]error{
			"save": f.Save(name, 1), "load": f.Load(name, new(int)), "remove": f.Remove(name), "sub": second(f.Sub(name)),
			"lock": second(f.Lock(t.Context(), name)),
		} {
			if !errors.Is(err, local.ErrName) {
				t.Errorf("%s %q: %v", verb, name, err)
			}
		}
	}
	for _, name := range []string{"settings.json", "view-ABCDEFGHIJ.json", "a", "console.json", strings.Repeat("a", 100)} {
		if err := f.Save(name, 1); err != nil {
			t.Error(err)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func TestSubAndList(t *testing.T) {
	f := open(t)
	views, err := f.Sub("views")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"b.json", "a.json"} {
		if err := views.Save(name, note{Text: name}); err != nil {
			t.Fatal(err)
		}
	}
	write(t, filepath.Join(views.Dir(), ".tmp-123"), "x")
	write(t, filepath.Join(views.Dir(), "a.json.broken-1"), "x")
	write(t, filepath.Join(views.Dir(), "not ours"), "x")
	got, err := views.List()
	if diff := cmp.Diff([]string{"a.json", "b.json"}, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got)\n%s", err, diff)
	}
	if top, err := f.List(); err != nil || len(top) > 0 {
		t.Errorf("the profile itself lists %v, %v", top, err)
	}
}

func TestDamaged(t *testing.T) {
	for name, text := range map[string]string{
		"cut": `{"text":"a","n"`, "empty": "", "NULs": "\x00\x00\x00", "two": `{"n":1}{"n":2}`, "another type": `{"n":"one"}`, "a list": "[]",
	} {
		t.Run(name, func(t *testing.T) {
			f := open(t)
			path := filepath.Join(f.Dir(), "a.json")
			write(t, path, text)
			err := f.Load("a.json", &note{})
			if !errors.Is(err, local.ErrCorrupt) {
				t.Fatalf("got %v", err)
			}
			left := files(t, f.Dir())
			if len(left) != 1 || !strings.HasPrefix(left[0], "a.json.broken-2") || !strings.Contains(err.Error(), left[0]) {
				t.Fatalf("set aside as %v, but the error says %v", left, err)
			}
			if b, _ := os.ReadFile(filepath.Join(f.Dir(), left[0])); string(b) != text {
				t.Errorf("the copy holds %q", b)
			}
			if err := f.Load("a.json", &note{}); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("again: %v", err)
			}
		})
	}
}

func TestDamagedManyTimes(t *testing.T) {
	f := open(t)
	for _, text := range []string{"1st", "2nd", "3rd", "4th", "5th"} {
		write(t, filepath.Join(f.Dir(), "a.json"), text)
		if err := f.Load("a.json", &note{}); !errors.Is(err, local.ErrCorrupt) {
			t.Fatal(err)
		}
	}
	left := files(t, f.Dir())
	if len(left) != 3 {
		t.Fatalf("kept %v", left)
	}
	if b, _ := os.ReadFile(filepath.Join(f.Dir(), left[0])); string(b) != "3rd" {
		t.Errorf("the oldest kept is %q", b)
	}
}

func TestTooBig(t *testing.T) {
	f := open(t)
	if err := f.Save("a.json", note{Text: "old"}); err != nil {
		t.Fatal(err)
	}
	if err := f.Save("a.json", strings.Repeat("x", local.MaxFile)); !errors.Is(err, local.ErrTooBig) {
		t.Errorf("save: %v", err)
	}
	var got note
	if err := f.Load("a.json", &got); err != nil || got.Text != "old" {
		t.Errorf("%v, %v", got, err)
	}
	huge := filepath.Join(f.Dir(), "huge.json")
	write(t, huge, "")
	if err := os.Truncate(huge, local.MaxFile+1); err != nil { // sparse
		t.Fatal(err)
	}
	if err := f.Load("huge.json", &got); !errors.Is(err, local.ErrTooBig) {
		t.Errorf("load: %v", err)
	}
}

func TestNotAFile(t *testing.T) {
	f := open(t)
	if err := os.Mkdir(filepath.Join(f.Dir(), "a.json"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := f.Load("a.json", &note{}); err == nil || errors.Is(err, local.ErrCorrupt) {
		t.Errorf("load: %v", err)
	}
	if err := f.Save("a.json", note{}); err == nil {
		t.Error("saved over a folder")
	}
	if left := files(t, f.Dir()); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
	write(t, filepath.Join(f.Dir(), "plain"), "")
	if _, err := local.Open(filepath.Join(f.Dir(), "plain")); err == nil {
		t.Error("a file is no profile")
	}
}

func TestNothingToSave(t *testing.T) {
	f := open(t)
	if err := f.Save("a.json", make(chan int)); err == nil || len(files(t, f.Dir())) > 0 {
		t.Errorf("%v, files %v", err, files(t, f.Dir()))
	}
}

// Open clears what a killed program left, but not what another is writing at this moment.
func TestStaleTemp(t *testing.T) {
	f := open(t)
	stale, fresh := filepath.Join(f.Dir(), ".tmp-1"), filepath.Join(f.Dir(), ".tmp-2")
	write(t, stale, "x")
	write(t, fresh, "x")
	old := time.Now().Add(-time.Hour)
	if err := os.Chtimes(stale, old, old); err != nil {
		t.Fatal(err)
	}
	if _, err := local.Open(f.Dir()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{".tmp-2"}, files(t, f.Dir())); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
