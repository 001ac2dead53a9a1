package kubeconfig

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// fromJSON gives valid JSON as the tree that YAML gives, with lines.
func fromJSON(data []byte) (*yaml.Node, error) {
	r := &jsonReader{dec: json.NewDecoder(bytes.NewReader(data)), data: data, line: 1}
	r.dec.UseNumber()
	return r.value(0)
}

// jsonError says where data stops being JSON.
func jsonError(data []byte) error {
	var all any
	err := json.Unmarshal(data, &all)
	if e, ok := errors.AsType[*json.SyntaxError](err); ok {
		line := 1 + bytes.Count(data[:min(int(e.Offset), len(data))], []byte("\n"))
		return fmt.Errorf("line %d: %w; the file may be cut off or damaged", line, e)
	}
	return errors.New("line 1: is no valid JSON")
}

type jsonReader struct {
	dec  *json.Decoder
	data []byte
	at   int64
	line int // at offset at
}

func (r *jsonReader) value(depth int) (*yaml.Node, error) {
	token, err := r.dec.Token()
	offset := r.dec.InputOffset()
	r.line += bytes.Count(r.data[r.at:offset], []byte("\n"))
	r.at = offset
	n := &yaml.Node{Kind: yaml.ScalarNode, Line: r.line}
	if err != nil || depth > maxDepth+1 {
		return nil, fmt.Errorf("line %d: is nested too deeply or is no JSON", r.line)
	}
	switch token := token.(type) {
	case string:
		n.Tag, n.Value = "!!str", token
	case json.Number:
		n.Tag, n.Value = "!!float", token.String()
		if !strings.ContainsAny(n.Value, ".eE") {
			n.Tag = "!!int"
		}
	case bool:
		n.Tag, n.Value = "!!bool", strconv.FormatBool(token)
	case nil:
		n.Tag = "!!null"
	case json.Delim:
		n.Kind, n.Tag = yaml.SequenceNode, "!!seq"
		if token == '{' {
			n.Kind, n.Tag = yaml.MappingNode, "!!map"
		}
		for r.dec.More() { // a map's names and values alternate
			child, err := r.value(depth + 1)
			if err != nil {
				return nil, err
			}
			n.Content = append(n.Content, child)
		}
		_, _ = r.dec.Token() // the closing bracket; the input is valid
	}
	return n, nil
}
