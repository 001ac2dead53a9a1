package object

import (
	"maps"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	kyaml "sigs.k8s.io/yaml"
)

// checkSame holds a text to the tree that it was written from; managedFields apart.
func checkSame(t *testing.T, want tree, text string) {
	t.Helper()
	back, problems := parse(text)
	if len(problems) > 0 {
		t.Fatalf("what was written can't be read: %+v\n%s", problems, text)
	}
	if !equal(map[string]any(back.tree), map[string]any(withoutManaged(want))) {
		t.Fatalf("what was written reads otherwise:\n%s\n%s", text, cmp.Diff(want, back.tree))
	}
}

func withoutManaged(t tree) tree {
	out := maps.Clone(t)
	if m, ok := t["metadata"].(map[string]any); ok && m["managedFields"] != nil {
		metadata := tree{}
		for key, v := range m {
			if key != "managedFields" {
				metadata[key] = v
			}
		}
		out["metadata"] = map[string]any(metadata)
	}
	return out
}

func TestWriteOrder(t *testing.T) {
	object := tree{
		"status": map[string]any{"x": int64(1)}, "zeta": "z", "alpha": "a", "kind": "K", "apiVersion": "v1",
		"spec":     map[string]any{"containers": []any{map[string]any{"image": "i", "args": []any{}, "name": "n"}}},
		"metadata": map[string]any{"uid": "u", "namespace": "ns", "name": "n", "managedFields": []any{"x"}, "annotations": map[string]any{}},
	}
	const want = `apiVersion: v1
kind: K
metadata:
  name: n
  namespace: ns
  annotations: {}
  uid: u
spec:
  containers:
    - name: "n"
      args: []
      image: i
alpha: a
zeta: z
status:
  x: 1
`
	got, err := write(object)
	if diff := cmp.Diff(strings.ReplaceAll(want, "name: n\n", "name: \"n\"\n"), got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if _, has := object["metadata"].(map[string]any)["managedFields"]; !has {
		t.Error("writing changed the object")
	}
}

func TestWriteTexts(t *testing.T) {
	for name, s := range map[string]string{
		"plain": "hello world", "empty": "", "space": " ", "true": "true", "old true": "yes", "null": "null", "tilde": "~", "number": "12",
		"float": "1e3", "sexagesimal": "1:20", "date": "2020-01-01", "octal": "0644", "lines": "a\nb\n", "lines without end": "a\nb",
		"more ends": "a\n\n\n", "begins with a line": "\na", "begins with spaces": "  a\nb", "ends in spaces": "a  \nb ", "tab": "a\tb\n\tc",
		"carriage": "a\r\nb", "escape": "\x1b[31mred\x1b[0m", "zero": "\x00", "bidi": "\u202eevil\u202c", "bidi in lines": "a\n\u202eb\n",
		"invisible": "a\u200bb", "byte order": "\ufeffa", "next line": "a\u0085b", "separator": "a\u2028b", "emoji": "🚀", "tag": "a\U000e0041b",
		"html": "<script>alert(1)</script>", "template": "{{ .Values.x }}", "comment": "a # b", "colon": "a: b", "dash": "- a", "star": "*a",
		"percent": "%a", "at": "@a", "document": "---", "end": "...", "quote": `"'`, "backslash": `\u202e`, "merge": "<<", "hex": "0x1F", "binary": "0b11", "uid": "859ae20b-c0fe", "hash": "12e4", "infinity": ".inf", "under": "1_000", "signed": "+5", "fraction of 60": "1:20.5", "equals": "=",
		"long": strings.Repeat("long words ", 1000), "soft hyphen": "a\u00adb", "no break": "a\u00a0b", "private": "\ue000",
	} {
		t.Run(name, func(t *testing.T) {
			object := tree{"a": s, "b": map[string]any{"k" + s: []any{s}}}
			text, err := write(object)
			if err != nil {
				t.Fatal(err)
			}
			checkSame(t, object, text)
			var kubectls map[string]any // kubectl's reader, of YAML 1.1
			if err := kyaml.Unmarshal([]byte(text), &kubectls); err != nil || kubectls["a"] != s {
				t.Errorf("kubectl reads %q, %v of\n%s", kubectls["a"], err, text)
			}
			for _, r := range text {
				if r != '\n' && r != '\t' && !unicode.IsPrint(r) {
					t.Errorf("%q is in the text as it is:\n%s", r, text)
				}
			}
		})
	}
}

func FuzzWrite(f *testing.F) {
	for _, seed := range []string{"a", "a\nb", " a\n", "\u202e", "1:2", "\x1b", "#", "'", "\r", "\n\n", "- \n", "|", ">\n a"} {
		f.Add(seed, seed, 0.5)
	}
	f.Fuzz(func(t *testing.T, key, value string, n float64) {
		key, value = strings.ToValidUTF8(key, "x"), strings.ToValidUTF8(value, "x") // as JSON was decoded
		if n-n != 0 || len(key) > 1<<16 {
			return
		}
		object := tree{key: value, "list": []any{value, map[string]any{key: []any{n, int64(n / 2), true, nil, value}}}}
		text, err := write(object)
		if err != nil {
			t.Fatal(err)
		}
		checkSame(t, object, text)
	})
}
