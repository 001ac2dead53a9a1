package bridge_test

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write frontend/src/wails/model.ts")

const modelFile = "../../frontend/src/wails/model.ts"

// TestModelIsCurrent holds the page's types to this package's: one is made from the other.
func TestModelIsCurrent(t *testing.T) {
	want := typescript(t)
	if *update {
		if err := os.WriteFile(modelFile, []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(modelFile)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("model.ts is old; run go test ./backend/bridge -update (-want +got):\n%s", diff)
	}
}

// typescript turns every exported struct and closed string set of this package into TypeScript.
func typescript(t *testing.T) string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var specs []*ast.TypeSpec
	docs, sets := map[string]string{}, map[string][]string{}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, s := range g.Specs {
				switch s := s.(type) {
				case *ast.TypeSpec:
					specs = append(specs, s)
					docs[s.Name.Name] = strings.TrimSpace(g.Doc.Text())
				case *ast.ValueSpec:
					if id, ok := s.Type.(*ast.Ident); ok && len(s.Values) == 1 {
						if lit, ok := s.Values[0].(*ast.BasicLit); ok {
							sets[id.Name] = append(sets[id.Name], strings.ReplaceAll(lit.Value, `"`, `'`))
						}
					}
				}
			}
		}
	}
	slices.SortFunc(specs, func(a, b *ast.TypeSpec) int { return strings.Compare(a.Name.Name, b.Name.Name) })

	var out strings.Builder
	out.WriteString("// Made from backend/bridge by its test; do not edit.\n")
	for _, s := range specs {
		doc := strings.Join(strings.Fields(docs[s.Name.Name]), " ")
		switch typ := s.Type.(type) {
		case *ast.StructType:
			name := s.Name.Name
			if name == "Error" {
				name = "Failure" // Error is JavaScript's own
			}
			fmt.Fprintf(&out, "\n/** %s */\nexport interface %s {\n", doc, name)
			for _, f := range typ.Fields.List {
				if len(f.Names) == 0 || !f.Names[0].IsExported() {
					continue
				}
				tag := reflect.StructTag(strings.Trim(f.Tag.Value, "`")).Get("json")
				key, opts, _ := strings.Cut(tag, ",")
				if opts == "omitempty" {
					key += "?"
				}
				fmt.Fprintf(&out, "  %s: %s\n", key, tsType(t, f.Type))
			}
			out.WriteString("}\n")
		case *ast.Ident:
			fmt.Fprintf(&out, "\n/** %s */\nexport type %s = %s\n", doc, s.Name.Name, strings.Join(sets[s.Name.Name], " | "))
		}
	}
	return out.String()
}

func tsType(t *testing.T, e ast.Expr) string {
	t.Helper()
	switch e := e.(type) {
	case *ast.Ident:
		switch e.Name {
		case "string":
			return "string"
		case "bool":
			return "boolean"
		case "int", "int64", "float64":
			return "number"
		default:
			return e.Name
		}
	case *ast.StarExpr:
		return tsType(t, e.X) + " | null"
	case *ast.ArrayType:
		return tsType(t, e.Elt) + "[]"
	case *ast.MapType:
		return "Record<string, " + tsType(t, e.Value) + ">"
	}
	t.Fatalf("no TypeScript for %T", e)
	return ""
}
