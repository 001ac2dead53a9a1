package kubeconfig

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

func isEOF(err error) bool { return errors.Is(err, io.EOF) }

// content is what stands in a document node.
func content(doc *yaml.Node) *yaml.Node {
	if doc.Kind == yaml.DocumentNode && len(doc.Content) == 1 {
		return doc.Content[0]
	}
	return doc
}

func deref(n *yaml.Node) *yaml.Node {
	for n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return n
}

func isNull(n *yaml.Node) bool {
	n = deref(n)
	return n.Kind == 0 || n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null"
}

// syntaxError words what the parser says. The parser quotes the file in one case only, the name of an unknown alias: that is not passed on,
// for it could be a password that begins with a star.
func syntaxError(err error, data []byte) error {
	if isEOF(err) {
		return errors.New("holds nothing but comments; choose a kubeconfig with at least one context")
	}
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	line := "near line 1"
	if head, tail, found := strings.Cut(text, ": "); found && strings.HasPrefix(head, "line ") {
		line, text = "near "+head, tail
	}
	switch {
	case strings.HasPrefix(text, "unknown anchor"):
		return fmt.Errorf("line %d: an alias (*name) stands for nothing; quote the value if it is text that begins with a star", starLine(data))
	case strings.HasPrefix(text, "exceeded max depth"):
		return fmt.Errorf("is nested too deeply: more than %d levels", maxDepth)
	}
	return fmt.Errorf("%s: %s; the file may be cut off or damaged", line, text)
}

// starLine finds the first alias that has no anchor before it.
func starLine(data []byte) int {
	anchors := map[string]bool{}
	for _, m := range regexp.MustCompile(`(^|[\s\[{,:-])([&*])([^\s,\[\]{}]+)`).FindAllSubmatchIndex(data, -1) {
		name := string(data[m[6]:m[7]])
		if data[m[4]] == '&' {
			anchors[name] = true
		} else if !anchors[name] {
			return 1 + bytes.Count(data[:m[4]], []byte("\n"))
		}
	}
	return 1
}

// pair is one field of a map.
type pair struct {
	key   string
	line  int
	value *yaml.Node
}

// pairs gives a map's fields with merge keys (<<) unfolded; the map's own fields win.
func pairs(n *yaml.Node) []pair {
	n = deref(n)
	var own []pair
	var merged []*yaml.Node
	for i := 0; i+1 < len(n.Content) && n.Kind == yaml.MappingNode; i += 2 {
		key, value := deref(n.Content[i]), n.Content[i+1]
		if key.ShortTag() != "!!merge" {
			own = append(own, pair{key.Value, n.Content[i].Line, value})
		} else if deref(value).Kind == yaml.SequenceNode {
			merged = append(merged, deref(value).Content...)
		} else {
			merged = append(merged, value)
		}
	}
	if len(merged) == 0 {
		return own
	}
	have := make(map[string]bool, len(own))
	for _, p := range own {
		have[p.key] = true
	}
	for _, m := range merged {
		for _, p := range pairs(m) {
			if !have[p.key] {
				have[p.key] = true
				own = append(own, p)
			}
		}
	}
	return own
}

// jsonOf gives a subtree that is only carried along, never looked into, as JSON.
func jsonOf(n *yaml.Node) ([]byte, error) { return json.Marshal(plainOf(n)) }

func plainOf(n *yaml.Node) any {
	n = deref(n)
	if n.Kind == yaml.MappingNode {
		m := map[string]any{}
		for _, p := range pairs(n) {
			m[p.key] = plainOf(p.value)
		}
		return m
	}
	if n.Kind == yaml.SequenceNode {
		s := make([]any, len(n.Content))
		for i, child := range n.Content {
			s[i] = plainOf(child)
		}
		return s
	}
	var v any
	if tag := n.ShortTag(); tag == "!!str" || tag == "!!timestamp" || n.Decode(&v) != nil {
		return n.Value
	}
	if _, err := json.Marshal(v); err != nil { // .nan and .inf
		return n.Value
	}
	return v
}
