// Package architecture holds the rules of docs/architecture.md that a compiler doesn't.
package architecture

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const module = "github.com/binnacle-dev/binnacle/"

// mayImport lists for each package those of ours that it may import.
func mayImport() map[string]string {
	return map[string]string{
		"backend/bridge":                 "",
		"backend/secret":                 "",
		"backend/webview":                "",
		"backend/local":                  "",
		"backend/logs":                   "",
		"backend/view":                   "",
		"backend/kubeconfig":             "backend/secret",
		"backend/seal":                   "backend/secret",
		"backend/keychain":               "backend/secret",
		"backend/keychain/keychaintest":  "backend/keychain",
		"backend/fleet":                  "backend/kubeconfig backend/plain backend/secret",
		"backend/lookup":                 "backend/kubeconfig",
		"backend/pane":                   "",
		"backend/plain":                  "",
		"backend/catalog":                "",
		"backend/guard":                  "",
		"backend/tables":                 "backend/pane",
		"backend/object":                 "backend/pane backend/plain",
		"backend/podlogs":                "",
		"backend/apps":                   "backend/pane backend/plain", // its words for states
		"backend/oidc":                   "backend/kubeconfig backend/secret",
		"backend/login":                  "backend/kubeconfig backend/secret backend/oidc", // its tokens and its errors
		"backend/plugin":                 "backend/kubeconfig backend/secret",
		"backend/viewsync":               "backend/view backend/seal backend/secret",
		"backend/console":                "backend/bridge backend/secret backend/local backend/logs backend/view backend/kubeconfig backend/seal backend/keychain backend/fleet backend/viewsync backend/lookup backend/oidc backend/login backend/plugin backend/pane backend/catalog backend/guard backend/tables backend/object backend/podlogs backend/apps",
		"backend/internal/architecture":  "",
		"backend/internal/kubetest":      "build/rig/controlplane build/rig/faultproxy build/rig/kwok build/rig/t4k",
		"backend/internal/oidctest":      "build/rig/faultproxy build/rig/issuer",
		"backend/internal/secretservice": "",
	}
}

type listed struct {
	ImportPath, Doc string
	Imports         []string
}

func TestDependencyDirection(t *testing.T) {
	rules := mayImport()
	command := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Imports,Doc", "./backend/...")
	command.Dir = "../../.."
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimPrefix(p.ImportPath, module)
		allowed, known := rules[name]
		if !known {
			t.Errorf("%s has no line in mayImport", name)
		}
		if p.Doc == "" && name != "backend/internal/architecture" {
			t.Errorf("%s has no package comment", name)
		}
		for _, imp := range p.Imports {
			if strings.Contains(imp, "wailsapp") {
				t.Errorf("%s imports Wails; only package main may", name)
			}
			if imp == "k8s.io/client-go/kubernetes" {
				t.Errorf("%s imports the typed clientset: 20 MB of program", name)
			}
			if ours, ok := strings.CutPrefix(imp, module); ok && !slices.Contains(strings.Fields(allowed), ours) {
				t.Errorf("%s must not import %s", name, ours)
			}
		}
	}
}

// TestBoundMethods holds what the page may call to what the page declares: every exported method of App is callable.
func TestBoundMethods(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "../../../app.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var bound []string
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Recv == nil || !f.Name.IsExported() {
			continue
		}
		star, ok := f.Recv.List[0].Type.(*ast.StarExpr)
		if !ok {
			continue
		}
		if id, ok := star.X.(*ast.Ident); ok && id.Name == "App" {
			bound = append(bound, f.Name.Name)
		}
	}
	page, err := os.ReadFile("../../../frontend/src/wails/go.ts")
	if err != nil {
		t.Fatal(err)
	}
	var called []string
	for _, m := range regexp.MustCompile(`call\('([A-Za-z]+)'`).FindAllStringSubmatch(string(page), -1) {
		called = append(called, m[1])
	}
	slices.Sort(bound)
	slices.Sort(called)
	if diff := cmp.Diff(slices.Compact(called), bound); diff != "" {
		t.Errorf("what the page calls and what App offers differ (-called +bound):\n%s", diff)
	}
}

// TestFilesStaySmall keeps every file readable in one go.
func TestFilesStaySmall(t *testing.T) {
	const most = 400
	for _, pattern := range []string{"../../../*.go", "../../*/*.go", "../../internal/*/*.go", "../../../frontend/src/*/*.ts*", "../../../frontend/src/*/*/*.ts*"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if n := bytes.Count(data, []byte("\n")); n > most && !strings.Contains(name, "wailsjs") && filepath.Base(name) != "model.ts" { // made by programs
				t.Errorf("%s has %d lines; %d is the most", strings.TrimPrefix(name, "../../../"), n, most)
			}
		}
	}
}
