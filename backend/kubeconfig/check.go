package kubeconfig

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

// checker walks a tree as a reader would, through its aliases, and refuses what would surprise or exhaust one.
type checker struct {
	within int // aliases that the walk is inside of
	spent  int
}

func (c *checker) check(n *yaml.Node, depth int) error {
	if depth > maxDepth {
		return fmt.Errorf("line %d: is nested too deeply: more than %d levels", n.Line, maxDepth)
	}
	if c.within > 0 {
		if c.spent += 64 + len(n.Value); c.spent > maxAlias {
			return fmt.Errorf("line %d: YAML aliases unfold to more than a kubeconfig may hold", n.Line)
		}
	}
	if n.Kind == yaml.AliasNode {
		c.within++
		defer func() { c.within-- }()
		return c.check(n.Alias, depth+1)
	}
	if n.Kind == yaml.MappingNode {
		if err := checkKeys(n); err != nil {
			return err
		}
	}
	switch n.ShortTag() {
	case "", "!!str", "!!int", "!!float", "!!bool", "!!null", "!!timestamp", "!!map", "!!seq", "!!merge":
	default:
		return fmt.Errorf("line %d: has a YAML tag (such as !!binary) that a kubeconfig can't use", n.Line)
	}
	for _, child := range n.Content {
		if err := c.check(child, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// checkKeys refuses a key that is there twice: kubectl takes the last one, a person reads the first.
func checkKeys(n *yaml.Node) error {
	lines := make(map[string]int, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := deref(n.Content[i])
		if key.Kind != yaml.ScalarNode {
			return fmt.Errorf("line %d: a map or list stands where a field's name should", n.Content[i].Line)
		}
		if first, twice := lines[key.Value]; twice {
			return fmt.Errorf("line %d: the field %s is there already, in line %d; keep one", n.Content[i].Line, fieldName(key.Value), first)
		}
		lines[key.Value] = n.Content[i].Line
	}
	return nil
}

// fieldName shows a field only if it looks like one: in {token:abc} the secret has become part of a name.
func fieldName(s string) string {
	odd := func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' && r != '_'
	}
	if len(s) > 40 || s == "" || strings.ContainsFunc(s, odd) {
		return "(odd name)"
	}
	return `"` + s + `"`
}
