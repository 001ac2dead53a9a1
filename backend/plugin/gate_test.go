package plugin

import (
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/client-go/rest"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/secret"
)

// ways is everything exported that has a program or could lead to one.
func ways() map[string]func(t *testing.T, r *rig, p kubeconfig.Program) {
	proof := func(t *testing.T, r *rig, p kubeconfig.Program) {
		t.Helper()
		_, _ = r.Source(p, here()).Proof(t.Context(), kubeconfig.Proof{})
	}
	return map[string]func(*testing.T, *rig, kubeconfig.Program){
		"Inspect": func(t *testing.T, r *rig, p kubeconfig.Program) {
			t.Helper()
			r.ask(t, p)
		},
		"Approve": func(t *testing.T, r *rig, p kubeconfig.Program) {
			t.Helper()
			other := p
			other.Args = append(slices.Clone(p.Args), "-life", "1h")
			if err := r.Approve(r.ask(t, other)); err != nil { // a yes to something else
				t.Fatal(err)
			}
			proof(t, r, p)
		},
		"Withdraw": func(t *testing.T, r *rig, p kubeconfig.Program) {
			t.Helper()
			if err := r.Approve(r.ask(t, p)); err != nil {
				t.Fatal(err)
			}
			if err := r.Withdraw(r.store.all[0].Path); err != nil {
				t.Fatal(err)
			}
			proof(t, r, p)
		},
		"Source": func(_ *testing.T, r *rig, p kubeconfig.Program) { r.Source(p, here()) },
		"Proof":  proof,
		"Run": func(t *testing.T, r *rig, p kubeconfig.Program) {
			t.Helper()
			err := r.Source(p, here()).Run(t.Context(), Talk{Show: func(string) {}, Answers: make(chan secret.Value)})
			if n := needs(t, err, kubeconfig.NeedApprove); !strings.Contains(n.Why, "must be allowed") {
				t.Error(n.Why)
			}
		},
		"Reset": func(t *testing.T, r *rig, p kubeconfig.Program) {
			t.Helper()
			r.Source(p, here()).Reset()
			proof(t, r, p)
		},
		"Close": func(t *testing.T, r *rig, p kubeconfig.Program) {
			t.Helper()
			r.Close()
			proof(t, r, p)
		},
		"New":   func(_ *testing.T, _ *rig, _ kubeconfig.Program) {},
		"Guard": clientGo(Guard),
	}
}

// clientGo asks a server by a client of client-go that has the program as its plugin.
func clientGo(guard func(*rest.Config)) func(*testing.T, *rig, kubeconfig.Program) {
	return func(t *testing.T, _ *rig, p kubeconfig.Program) {
		t.Helper()
		config := &rest.Config{Host: "http://127.0.0.1:1", ExecProvider: &clientcmdapi.ExecConfig{
			Command: p.Command, Args: p.Args, APIVersion: p.APIVersion, InteractiveMode: clientcmdapi.NeverExecInteractiveMode,
		}}
		guard(config)
		client, err := rest.HTTPClientFor(config)
		if err != nil {
			t.Fatal(err)
		}
		response, err := client.Get(config.Host)
		if err == nil {
			_ = response.Body.Close()
			t.Fatal("port 1 answers")
		}
	}
}

// TestNothingRunsUnallowed holds every way to a client to the person's yes.
func TestNothingRunsUnallowed(t *testing.T) {
	for name, way := range ways() {
		for _, mode := range []string{"Never", "IfAvailable", "Always"} {
			t.Run(name+" "+mode, func(t *testing.T) {
				r := newRig(t)
				p := r.program()
				p.Mode = mode
				way(t, r, p)
				if n := len(r.ran()); n != 0 {
					t.Errorf("it ran %d times", n)
				}
			})
		}
	}
	t.Run("but it runs when allowed", func(t *testing.T) {
		r := newRig(t)
		token(t, r.allowed(t, r.program()), kubeconfig.Proof{})
		if len(r.ran()) != 1 {
			t.Error("the ledger doesn't show a run")
		}
	})
	t.Run("and client-go's when not guarded", func(t *testing.T) {
		r := newRig(t)
		clientGo(func(*rest.Config) {})(t, r, r.program())
		if len(r.ran()) != 1 {
			t.Error("the ledger doesn't show a run of client-go's")
		}
	})
	t.Run("nor does client-go run an allowed one", func(t *testing.T) {
		r := newRig(t)
		r.allowed(t, r.program())
		clientGo(Guard)(t, r, r.program())
		if len(r.ran()) != 0 {
			t.Error("it ran")
		}
	})
}

// TestEveryWayIsTested fails when the package gets an exported function that ways doesn't know.
func TestEveryWayIsTested(t *testing.T) {
	harmless := []string{"Error", "Unwrap", "Write"} // of errors and writers
	var found, known []string
	eachFile(t, ".", func(_ string, f *ast.File) {
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Name.IsExported() && !slices.Contains(harmless, fn.Name.Name) {
				found = append(found, fn.Name.Name)
			}
		}
	})
	for name := range ways() {
		known = append(known, name)
	}
	slices.Sort(found)
	slices.Sort(known)
	if diff := cmp.Diff(known, found); diff != "" {
		t.Errorf("-tested +exported:\n%s", diff)
	}
}

// TestOnePlaceStartsProcesses holds the whole program to one file that can start a process, and to none that can make client-go do it.
func TestOnePlaceStartsProcesses(t *testing.T) {
	imports := map[string][]string{ // and who may have them
		"os/exec": {
			"backend/plugin/process.go", "backend/plugin/process_unix.go", "backend/plugin/process_windows.go", // the one
			"backend/plugin/run.go", "backend/keychain/os_unix.go", "backend/keychain/errors.go", // for its errors
		},
		"k8s.io/client-go/tools/clientcmd":             nil, // makes clients of whole kubeconfigs
		"k8s.io/client-go/plugin/pkg/client/auth":      nil,
		"k8s.io/client-go/plugin/pkg/client/auth/exec": nil,
	}
	uses := map[string][]string{
		"exec.Command": nil, "exec.CommandContext": {"backend/plugin/process.go"}, "exec.Cmd": {"backend/plugin/process_unix.go", "backend/plugin/process_windows.go"},
		"os.StartProcess": nil, "syscall.StartProcess": nil, "syscall.ForkExec": nil, "syscall.Exec": nil, "unix.Exec": nil,
		"windows.ShellExecute": nil, "windows.CreateProcess": nil, "windows.CreateProcessAsUser": nil,
		"ExecProvider": {"backend/plugin/guard.go"}, // of a rest.Config: a plugin for client-go
	}
	looked := 0
	eachFile(t, "../..", func(path string, f *ast.File) {
		looked++
		for _, imp := range f.Imports {
			name, err := strconv.Unquote(imp.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if may, listed := imports[name]; listed && !slices.Contains(may, path) {
				t.Errorf("%s imports %s, which can start a process past the person's yes", path, name)
			}
		}
		ast.Inspect(f, func(n ast.Node) bool {
			for _, name := range used(n) {
				if may, listed := uses[name]; listed && !slices.Contains(may, path) {
					t.Errorf("%s uses %s, which can start a process past the person's yes", path, name)
				}
			}
			return true
		})
	})
	if looked < 100 {
		t.Errorf("only %d files were looked at", looked)
	}
}

// used gives what a node names: package.Name, Field.
func used(n ast.Node) []string {
	switch n := n.(type) {
	case *ast.SelectorExpr:
		if x, ok := n.X.(*ast.Ident); ok {
			return []string{x.Name + "." + n.Sel.Name, n.Sel.Name}
		}
		return []string{n.Sel.Name}
	case *ast.KeyValueExpr:
		if key, ok := n.Key.(*ast.Ident); ok {
			return []string{key.Name}
		}
	}
	return nil
}

// eachFile parses what is in the program: no tests, no code for tests, nothing of the page or the build.
func eachFile(t *testing.T, root string, look func(path string, f *ast.File)) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel := filepath.ToSlash(strings.TrimPrefix(strings.TrimPrefix(path, root), string(filepath.Separator)))
		if d.IsDir() && slices.Contains([]string{"frontend", "build", "docs", ".git", "backend/internal"}, rel) {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(gotoken.NewFileSet(), path, nil, 0)
		if err == nil {
			look(rel, f)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
