package object

import (
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// join is the path of a key below a path, as API servers write it: spec.replicas, metadata.annotations[example.com/a].
func join(path, key string) string {
	switch {
	case key == "" || strings.ContainsAny(key, "./[]\" "):
		return path + "[" + key + "]"
	case path == "":
		return key
	}
	return path + "." + key
}

// lineOf is the line of the deepest part of a path that the text has, 0 when it has none of it.
func lineOf(root *yaml.Node, path string) int {
	if root == nil || path == "" {
		return 0
	}
	line := 0
	for path != "" {
		switch root.Kind {
		case yaml.MappingNode:
			i, rest := mappingStep(root, path)
			if i < 0 {
				return line
			}
			line, root, path = root.Content[i].Line, root.Content[i+1], rest
		case yaml.SequenceNode:
			i, rest := sequenceStep(root, path)
			if i < 0 {
				return line
			}
			root, path = root.Content[i], rest
			line = root.Line
		default:
			return line
		}
	}
	return line
}

// mappingStep finds the key that a path goes on with. A key may itself hold the dots that divide a path, so the longest
// that fits is it.
func mappingStep(n *yaml.Node, path string) (index int, rest string) {
	index, longest := -1, -1
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i].Value
		for _, form := range []string{key, "." + key, "[" + key + "]"} {
			after, ok := strings.CutPrefix(path, form)
			if ok && (after == "" || after[0] == '.' || after[0] == '[') && len(key) > longest {
				index, longest, rest = i, len(key), after
			}
		}
	}
	return index, rest
}

// sequenceStep finds the item of "[3]..." .
func sequenceStep(n *yaml.Node, path string) (index int, rest string) {
	inner, rest, found := strings.Cut(strings.TrimPrefix(path, "["), "]")
	i, err := strconv.Atoi(inner)
	if !found || err != nil || i < 0 || i >= len(n.Content) {
		return -1, ""
	}
	return i, rest
}
