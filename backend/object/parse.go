package object

import (
	"errors"
	"io"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/binnacle-dev/binnacle/backend/plain"
)

const (
	maxYAML  = 4 << 20 // bytes that a person may send; an API server takes 3 MiB
	maxDepth = 200
)

// document is a person's YAML: its value, and where in the text each part is.
type document struct {
	tree

	root *yaml.Node
}

// parse reads exactly one object. Its problems are for the person, by line.
func parse(text string) (document, []Problem) {
	if len(text) > maxYAML {
		return document{}, []Problem{{Message: "The text is longer than 4 MiB, which no cluster takes."}}
	}
	root, problem := oneDocument(text)
	if problem != nil {
		return document{}, []Problem{*problem}
	}
	r := reader{}
	value := r.value(root, "", 0)
	if len(r.problems) > 0 {
		return document{}, r.problems
	}
	m, ok := value.(map[string]any)
	if !ok {
		return document{}, []Problem{{Line: root.Line, Message: "This isn't an object: it must be keys with values, beginning with apiVersion and kind."}}
	}
	return document{tree: m, root: root}, nil
}

// oneDocument is the only document in the text; empty ones around it don't count.
func oneDocument(text string) (*yaml.Node, *Problem) {
	var found *yaml.Node
	dec := yaml.NewDecoder(strings.NewReader(text))
	for {
		var n yaml.Node
		err := dec.Decode(&n)
		switch {
		case errors.Is(err, io.EOF) && found == nil:
			return nil, &Problem{Line: 1, Message: "There is nothing here."}
		case errors.Is(err, io.EOF):
			return found, nil
		case err != nil:
			return nil, syntaxProblem(text, err)
		case n.Kind != yaml.DocumentNode || len(n.Content) != 1 || n.Content[0].Tag == "!!null":
			continue
		case found != nil:
			return nil, &Problem{Line: n.Content[0].Line, Message: "A second document begins here. Only one object can be edited at a time."}
		}
		found = n.Content[0]
	}
}

// syntaxProblem says in words what is wrong, and where: the library's line is where the enclosing block began.
func syntaxProblem(text string, cause error) *Problem {
	lines := strings.SplitAfter(text, "\n")
	said := syntaxText(cause)
	fails := func(n int) bool {
		_, err := decodeAll(strings.Join(lines[:n], ""))
		return err != nil && syntaxText(err) == said
	}
	line := 1 + sort.Search(len(lines)-1, func(i int) bool { return fails(i + 1) })
	at := lines[min(line, len(lines))-1]
	if indent := at[:len(at)-len(strings.TrimLeft(at, " \t"))]; strings.Contains(indent, "\t") {
		return &Problem{Line: line, Message: "The line is indented with a tab. YAML takes spaces only."}
	}
	return &Problem{Line: line, Message: plainSyntax(said)}
}

func decodeAll(text string) (n int, err error) {
	dec := yaml.NewDecoder(strings.NewReader(text))
	for ; ; n++ {
		var node yaml.Node
		if err := dec.Decode(&node); errors.Is(err, io.EOF) {
			return n, nil
		} else if err != nil {
			return n, err
		}
	}
}

// syntaxText is the library's message without its line.
func syntaxText(err error) string {
	return linePrefix.ReplaceAllString(strings.TrimPrefix(err.Error(), "yaml: "), "")
}

var linePrefix = regexp.MustCompile(`line \d+: `)

func plainSyntax(said string) string {
	for _, known := range []struct{ part, words string }{
		{"cannot start any token", "A value can't begin with this character; put the value in quotes."},
		{"mapping values are not allowed", "There is a key where none can be: the line is indented wrongly, or a value with a colon needs quotes."},
		{"did not find expected key", "The indentation doesn't fit the lines above."},
		{"did not find expected '-' indicator", "The indentation doesn't fit the list above."},
		{"could not find expected ':'", "A colon is missing after the key."},
		{"unexpected end of stream", "A quote or a bracket is opened here or above, and never closed."},
		{"did not find expected ',' or", "A bracket is opened here or above, and a comma or its end is missing."},
		{"block sequence entries are not allowed", "A list item can't begin here; put it on a line of its own."},
		{"expected <document start>", "The indentation is less than that of the object's first line."},
	} {
		if strings.Contains(said, known.part) {
			return known.words
		}
	}
	return "This isn't YAML: " + plain.Line(said, maxName) + "."
}

// reader makes values of YAML's tree as JSON has them, and notes what JSON can't hold.
type reader struct{ problems []Problem }

func (r *reader) problem(n *yaml.Node, path, message string) {
	if len(r.problems) < maxList {
		r.problems = append(r.problems, Problem{Line: n.Line, Path: plain.Line(path, maxName), Message: message})
	}
}

func (r *reader) value(n *yaml.Node, path string, depth int) any {
	switch {
	case depth > maxDepth:
		r.problem(n, path, "This is nested too deeply.")
		return nil
	case n.Anchor != "" || n.Kind == yaml.AliasNode:
		r.problem(n, path, "Anchors and aliases (& and *) don't last in a cluster. Write the value out.")
		return nil
	}
	switch n.Kind {
	case yaml.MappingNode:
		return r.mapping(n, path, depth)
	case yaml.SequenceNode:
		list := make([]any, 0, len(n.Content))
		for i, item := range n.Content {
			list = append(list, r.value(item, path+"["+strconv.Itoa(i)+"]", depth+1))
		}
		return list
	default:
		return r.scalar(n, path)
	}
}

func (r *reader) mapping(n *yaml.Node, path string, depth int) any {
	m := make(map[string]any, len(n.Content)/2)
	lines := make(map[string]int, len(n.Content)/2)
	for pair := range slices.Chunk(n.Content, 2) {
		key, at := pair[0], join(path, pair[0].Value)
		switch {
		case len(pair) != 2:
			continue
		case key.Kind != yaml.ScalarNode || key.Anchor != "":
			r.problem(key, path, "A key must be a plain text.")
		case key.Tag == "!!merge":
			r.problem(key, path, "Merge keys (<<) don't last in a cluster. Write the values out.")
		case lines[key.Value] > 0:
			r.problem(key, at, "The key "+plain.Line(key.Value, maxName)+" is here twice; the first is in line "+strconv.Itoa(lines[key.Value])+".")
		default:
			m[key.Value], lines[key.Value] = r.value(pair[1], at, depth+1), key.Line
		}
	}
	return m
}

func (r *reader) scalar(n *yaml.Node, path string) any {
	switch n.ShortTag() {
	case "!!str", "!!timestamp":
		return n.Value
	case "!!null":
		return nil
	case "!!bool":
		return strings.EqualFold(n.Value, "true")
	case "!!int":
		plain := strings.ReplaceAll(n.Value, "_", "")
		if i, err := strconv.ParseInt(plain, 0, 64); err == nil {
			return i
		}
		var f float64
		if n.Decode(&f) == nil {
			return f
		}
	case "!!float":
		var f float64
		if n.Decode(&f) == nil && f-f == 0 { // neither infinite nor no number
			return f
		}
		r.problem(n, path, "Kubernetes has no such number.")
		return nil
	}
	r.problem(n, path, "Kubernetes doesn't know values of the kind "+plain.Line(n.Tag, maxName)+".")
	return nil
}
