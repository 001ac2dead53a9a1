package object

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParse(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want tree
	}{
		"a map":              {"a: 1\nb: x\n", tree{"a": int64(1), "b": "x"}},
		"one document":       {"---\na: 1\n---\n", tree{"a": int64(1)}},
		"comments":           {"# about it\na: 1 # one\n", tree{"a": int64(1)}},
		"octal, as kubectl":  {"mode: 0644\n", tree{"mode": int64(420)}},
		"large":              {"n: 9007199254740993\n", tree{"n": int64(9007199254740993)}},
		"fraction":           {"n: 0.5\ne: 1e3\n", tree{"n": 0.5, "e": 1000.0}},
		"a date is a text":   {"d: 2020-01-01\n", tree{"d": "2020-01-01"}},
		"yes is a text":      {"d: yes\n", tree{"d": "yes"}},
		"nothing":            {"a: null\nb:\n", tree{"a": nil, "b": nil}},
		"keys are texts":     {"1: a\ntrue: b\n", tree{"1": "a", "true": "b"}},
		"JSON is YAML":       {`{"a": [true, {"b": "c"}]}`, tree{"a": []any{true, map[string]any{"b": "c"}}}},
		"tabs in a text":     {"a: |\n  x\n  \ty\n", tree{"a": "x\n\ty\n"}},
		"windows line ends":  {"a: 1\r\nb:\r\n- 2\r\n", tree{"a": int64(1), "b": []any{int64(2)}}},
		"a text by its tag":  {"a: !!str 1\n", tree{"a": "1"}},
		"empty ones":         {"a: {}\nb: []\nc: ''\n", tree{"a": map[string]any{}, "b": []any{}, "c": ""}},
		"a text by its look": {"a: '1'\nb: \"true\"\n", tree{"a": "1", "b": "true"}},
	} {
		t.Run(name, func(t *testing.T) {
			got, problems := parse(c.text)
			if diff := cmp.Diff(c.want, got.tree); diff != "" || len(problems) > 0 {
				t.Errorf("%v (-want +got):\n%s", problems, diff)
			}
		})
	}
}

func TestParseProblems(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		line int
		says string
	}{
		"nothing":             {"", 1, "nothing here"},
		"only comments":       {"# a\n# b\n", 1, "nothing here"},
		"a text":              {"hello\n", 1, "isn't an object"},
		"a list":              {"\n- a\n", 2, "isn't an object"},
		"a tab":               {"a:\n  b: 1\n\tc: 2\n", 3, "tab"},
		"a tab deep":          {"a:\n  b:\n  - c: 1\n  \td: 2\ne: 3\n", 4, "tab"},
		"too far in":          {"a: 1\nb: 2\n   c: 3\nd: 4\n", 3, "indented wrongly"},
		"too far out":         {"a:\n    b: 1\n  c: 2\nd: 4\n", 3, "indentation"},
		"no colon":            {"a: 1\nb\nc: 3\n", 2, "colon"},
		"a quote left open":   {"a: 1\nb: \"x\nc: 3\n", 2, "quote"},
		"a bracket left open": {"a: [1, 2\nb: 3\n", 1, "bracket"},
		"a list without room": {"a: 1\n- b\n", 2, "indentation"},
		"twice":               {"a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n", 5, "the first is in line 3"},
		"a second document":   {"a: 1\n---\nb: 1\n", 3, "second document"},
		"an alias":            {"a: &x 1\nb: *x\n", 1, "Anchors"},
		"a merge key":         {"a: 1\n<<: {b: 1}\n", 2, "Merge keys"},
		"no number":           {"a: .nan\n", 1, "no such number"},
		"infinite":            {"a: 1\nb: -.inf\n", 2, "no such number"},
		"a foreign tag":       {"a: 1\nb: !secret x\n", 2, "values of the kind"},
		"binary":              {"a: !!binary aGVsbG8=\n", 1, "values of the kind"},
		"a map as a key":      {"{a: 1}: b\n", 1, "plain text"},
		"nested too deeply":   {strings.Repeat("[", 500) + strings.Repeat("]", 500), 1, "deeply"},
		"too long":            {strings.Repeat("a", maxYAML+1), 0, "longer"},
	} {
		t.Run(name, func(t *testing.T) {
			_, problems := parse(c.text)
			if len(problems) == 0 || problems[0].Line != c.line || !strings.Contains(problems[0].Message, c.says) {
				t.Errorf("got %+v, want line %d and %q", problems, c.line, c.says)
			}
		})
	}
}

func TestLineOf(t *testing.T) {
	doc, _ := parse(`apiVersion: v1
kind: Deployment
metadata:
  annotations:
    example.com/a.b: x
    example.com/a: y
spec:
  template:
    spec:
      containers:
      - image: x
        name: a
      - name: b
        ports:
        - containerPort: 80
data:
  file.conf: z
`)
	for path, want := range map[string]int{
		"kind": 2, "metadata.annotations[example.com/a]": 6, "metadata.annotations.example.com/a.b": 5,
		"spec.template.spec.containers[0].image": 11, "spec.template.spec.containers[1].ports[0].containerPort": 15,
		"spec.template.spec.containers[1].ports[0].hostPort": 15, "spec.template.spec.containers[1]": 13, "spec.template.spec.containers": 10,
		"spec.template.spec.containers[7].image": 10, "spec.replicas": 7, "data.file.conf": 17, "data[file.conf]": 17,
		"": 0, "nowhere": 0, "spec.template.spec.containers[-1]": 10, "spec.template.spec.containers[": 10,
	} {
		if got := lineOf(doc.root, path); got != want {
			t.Errorf("%q is in line %d, want %d", path, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"a: 1", "a: [1, {b: c}]\n", "- x", "a: &b c\nd: *b", "a: |\n  x\n", "\t", "a:\n\t- b", "{", "%YAML 1.2\n---\na: b", "a: !!binary x", "? a\n: b", "a: 'b\n", "\r\r0", "\ufeffa: 1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		doc, problems := parse(text)
		breaks := strings.NewReplacer("\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n") // as YAML counts lines
		for _, p := range problems {
			if p.Message == "" || p.Line < 0 || p.Line > strings.Count(breaks.Replace(text), "\n")+2 || len(problems) > 0 && doc.tree != nil {
				t.Fatalf("%q gives %+v", text, p)
			}
		}
		if len(problems) > 0 {
			return
		}
		again, err := write(doc.tree)
		if err != nil {
			t.Fatalf("%q can't be written: %v", text, err)
		}
		checkSame(t, doc.tree, again)
	})
}
