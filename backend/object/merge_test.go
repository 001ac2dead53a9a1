package object

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// read is a YAML text as a tree.
func read(t *testing.T, text string) tree {
	t.Helper()
	doc, problems := parse(text)
	if len(problems) > 0 {
		t.Fatalf("%q can't be read: %+v", text, problems)
	}
	return doc.tree
}

func TestMerge(t *testing.T) {
	for name, c := range map[string]struct {
		base, mine, theirs, want string
		clashes                  []string
	}{
		"nothing changed":        {"{a: 1}", "{a: 1}", "{a: 1}", "{a: 1}", nil},
		"mine":                   {"{a: 1, b: 1}", "{a: 2, b: 1}", "{a: 1, b: 1}", "{a: 2, b: 1}", nil},
		"theirs":                 {"{a: 1, b: 1}", "{a: 1, b: 1}", "{a: 2, b: 1}", "{a: 2, b: 1}", nil},
		"both, in two places":    {"{a: {x: 1, y: 1}}", "{a: {x: 2, y: 1}}", "{a: {x: 1, y: 2}}", "{a: {x: 2, y: 2}}", nil},
		"both the same":          {"{a: 1}", "{a: 2}", "{a: 2}", "{a: 2}", nil},
		"both differently":       {"{a: 1}", "{a: 2}", "{a: 3}", "{a: 2}", []string{"a"}},
		"both added maps":        {"{z: 1}", "{z: 1, a: {x: 1}}", "{z: 1, a: {y: 2}}", "{z: 1, a: {x: 1, y: 2}}", nil},
		"I remove":               {"{a: 1, b: 1}", "{b: 1}", "{a: 1, b: 2}", "{b: 2}", nil},
		"I remove what changed":  {"{a: 1, b: 1}", "{b: 1}", "{a: 2, b: 1}", "{b: 1}", []string{"a"}},
		"they remove what I did": {"{a: 1, b: 1}", "{a: 2, b: 1}", "{b: 1}", "{a: 2, b: 1}", []string{"a"}},
		"null isn't absent":      {"{a: 1}", "{a: 1, b: null}", "{a: 2}", "{a: 2, b: null}", nil},
		"one is one":             {"{a: 1, b: 1}", "{a: 1.0, b: 2}", "{a: 1, b: 1}", "{a: 1.0, b: 2}", nil},
		"a list as a whole":      {"{args: [a, b]}", "{args: [a, b, c]}", "{args: [z, a, b]}", "{args: [a, b, c]}", []string{"args"}},
		"a map became a text":    {"{a: {x: 1}}", "{a: text}", "{a: {x: 2}}", "{a: text}", []string{"a"}},
		"a key with dots":        {"{metadata: {annotations: {example.com/a: x}}}", "{metadata: {annotations: {example.com/a: y}}}", "{metadata: {annotations: {example.com/a: z}}}", "{metadata: {annotations: {example.com/a: y}}}", []string{"metadata.annotations[example.com/a]"}},
		"finalizers are a set":   {"{finalizers: [a]}", "{finalizers: [a, b]}", "{finalizers: [a, c]}", "{finalizers: [a, b, c]}", nil},
		"containers by name": {
			"containers: [{name: a, image: 1}, {name: b, image: 1}]", "containers: [{name: a, image: 2}, {name: b, image: 1}]",
			"containers: [{name: injected, image: 9}, {name: a, image: 1}, {name: b, image: 3}]",
			"containers: [{name: injected, image: 9}, {name: a, image: 2}, {name: b, image: 3}]", nil,
		},
		"env of a container": {
			"containers: [{name: a, env: [{name: X, value: '1'}]}]", "containers: [{name: a, env: [{name: X, value: '2'}]}]",
			"containers: [{name: a, env: [{name: X, value: '1'}, {name: Y, value: '1'}]}]",
			"containers: [{name: a, env: [{name: X, value: '2'}, {name: Y, value: '1'}]}]", nil,
		},
		"the same variable": {
			"containers: [{name: a, env: [{name: X, value: '1'}]}]", "containers: [{name: a, env: [{name: X, value: '2'}]}]",
			"containers: [{name: a, env: [{name: X, value: '3'}]}]", "containers: [{name: a, env: [{name: X, value: '2'}]}]",
			[]string{"containers[a].env[X].value"},
		},
		"ports, of a service and of TCP unsaid": {
			"ports: [{port: 80}]", "ports: [{port: 80, protocol: TCP, name: web}]", "ports: [{port: 80}, {port: 80, protocol: UDP}]",
			"ports: [{port: 80, protocol: TCP, name: web}, {port: 80, protocol: UDP}]", nil,
		},
		"I put them in order, they change one": {
			"volumes: [{name: a}, {name: b}, {name: c}]", "volumes: [{name: c}, {name: a}, {name: b}]", "volumes: [{name: a}, {name: b, x: 1}, {name: c}]",
			"volumes: [{name: c}, {name: a}, {name: b, x: 1}]", nil,
		},
		"both remove and add": {
			"volumes: [{name: a}, {name: b}, {name: c}]", "volumes: [{name: a}, {name: mine}, {name: c}]", "volumes: [{name: a}, {name: b}, {name: theirs}]",
			"volumes: [{name: a}, {name: mine}, {name: theirs}]", nil,
		},
		"two orders": {
			"volumes: [{name: a}, {name: b}, {name: c}]", "volumes: [{name: b}, {name: a}, {name: c}]", "volumes: [{name: a}, {name: c}, {name: b}]",
			"volumes: [{name: b}, {name: a}, {name: c}]",
			[]string{"volumes"},
		},
		"twice the same name": {
			"env: [{name: a, value: '1'}]", "env: [{name: a, value: '1'}, {name: a, value: '2'}]", "env: [{name: a, value: '3'}]",
			"env: [{name: a, value: '1'}, {name: a, value: '2'}]",
			[]string{"env"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			base, mine, theirs := read(t, c.base), read(t, c.mine), read(t, c.theirs)
			got, clashes := merge(base, mine, theirs)
			if diff := cmp.Diff(read(t, c.want), got); diff != "" {
				t.Errorf("merged (-want +got):\n%s", diff)
			}
			var paths []string
			for _, c := range clashes {
				paths = append(paths, c.path)
			}
			if diff := cmp.Diff(c.clashes, paths); diff != "" {
				t.Errorf("clashes (-want +got):\n%s", diff)
			}
			for name, same := range map[string]tree{"base": read(t, c.base), "mine": read(t, c.mine), "theirs": read(t, c.theirs)} {
				if diff := cmp.Diff(same, map[string]tree{"base": base, "mine": mine, "theirs": theirs}[name]); diff != "" {
					t.Errorf("the merge changed %s:\n%s", name, diff)
				}
			}
		})
	}
}
