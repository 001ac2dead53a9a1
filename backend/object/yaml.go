package object

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"
)

// Text is an object as YAML, without managedFields.
type Text struct {
	YAML    string
	Version string // the resourceVersion that it was read at
	Refused string // why it can't be edited; "" when it can
}

// Text reads the object as YAML. A Secret's values are hidden in it.
func (m Member) Text(ctx context.Context, ref Ref) (Text, error) {
	o, err := m.read(ctx, ref)
	if err != nil {
		return Text{}, err
	}
	return textOf(o)
}

func textOf(o object) (Text, error) {
	out, shown := Text{Version: o.version()}, o.tree
	switch {
	case o.secret():
		shown, out.Refused = withoutValues(o.tree), secretsStay
	case !o.kind.can("update"):
		out.Refused = "The cluster lets nobody change " + o.kind.Resource + "."
	}
	var err error
	out.YAML, err = write(shown)
	return out, err
}

// write is an object as YAML, in the conventional order and without managedFields.
func write(t tree) (string, error) {
	shown := maps.Clone(t)
	if metadata := t.in("metadata"); metadata != nil {
		metadata = maps.Clone(metadata)
		delete(metadata, "managedFields")
		shown["metadata"] = metadata
	}
	return writeValue(shown)
}

// writeValue is any value as YAML that reads back as the same. Characters that a page may draw as something else are
// escaped, and so show as what they are.
func writeValue(v any) (string, error) {
	var b bytes.Buffer
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	if err := enc.Encode(nodeOf(v, 0)); err != nil {
		return "", fmt.Errorf("write YAML: %w", err)
	}
	if err := enc.Close(); err != nil {
		return "", fmt.Errorf("write YAML: %w", err)
	}
	return escape(b.String()), nil
}

// nodeOf is a value as YAML's tree, for only that keeps an order of keys.
func nodeOf(v any, depth int) *yaml.Node {
	switch v := v.(type) {
	case tree:
		return nodeOf(map[string]any(v), depth)
	case map[string]any:
		n := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
		if len(v) == 0 {
			n.Style = yaml.FlowStyle
		}
		for _, key := range slices.SortedFunc(maps.Keys(v), order(depth)) {
			n.Content = append(n.Content, stringNode(key), nodeOf(v[key], depth+1))
		}
		return n
	case []any:
		n := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
		if len(v) == 0 {
			n.Style = yaml.FlowStyle
		}
		for _, item := range v {
			n.Content = append(n.Content, nodeOf(item, depth+1))
		}
		return n
	case string:
		return stringNode(v)
	case bool:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: scalar(v)}
	case int64:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: scalar(v)}
	case float64:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!float", Value: decimal(v)}
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Value: "null"}
}

// decimal is a number that YAML can't take for a whole one.
func decimal(f float64) string {
	s := scalar(f)
	if !strings.ContainsAny(s, ".e") {
		s += ".0"
	}
	return s
}

// order compares keys: by convention at the top, and elsewhere what names a thing comes first.
func order(depth int) func(a, b string) int {
	place := func(key string) int {
		first := []string{"name", "namespace"}
		if depth == 0 {
			first = []string{"apiVersion", "kind", "metadata", "spec"}
			if key == "status" {
				return len(first) + 1
			}
		}
		if i := slices.Index(first, key); i >= 0 {
			return i
		}
		return len(first)
	}
	return func(a, b string) int {
		if d := place(a) - place(b); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	}
}

func stringNode(s string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s}
	switch {
	case strings.ContainsFunc(s, unsafe), ambiguous(s):
		n.Style = yaml.DoubleQuotedStyle
	case strings.Contains(s, "\n") && !strings.HasPrefix(s, "\n") && !strings.HasPrefix(s, " "):
		n.Style = yaml.LiteralStyle
	case strings.Contains(s, "\n"):
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}

// unsafe is a character that isn't what it looks like: invisible, or changing the direction of others. The encoder escapes
// control characters itself, and would keep these.
func unsafe(r rune) bool {
	return r > unicode.MaxASCII && !unicode.IsPrint(r)
}

// escape writes those as YAML's escapes; every string that holds one is in double quotes.
func escape(text string) string {
	if !strings.ContainsFunc(text, unsafe) {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		switch {
		case !unsafe(r):
			b.WriteRune(r)
		case r > 0xffff:
			fmt.Fprintf(&b, `\U%08X`, r)
		default:
			fmt.Fprintf(&b, `\u%04X`, r)
		}
	}
	return b.String()
}

// ambiguous says that readers of YAML 1.1, such as kubectl, take a plain text for something else where the encoder, which
// writes 1.2, sees none: other booleans, and numbers to the base of 60.
func ambiguous(s string) bool {
	switch strings.ToLower(s) {
	case "y", "n", "yes", "no", "on", "off", "=", "<<", "~":
		return true
	}
	return s != "" && base60.MatchString(s)
}

var base60 = regexp.MustCompile(`^[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?$`)
