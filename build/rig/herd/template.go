package herd

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// part is some JSON text, then what is the object's own.
type part struct {
	text  []byte
	field func(b []byte, o *object) []byte // nil: nothing
}

// template is JSON with $(field) in strings, and "#(field)" in place of other values.
type template []part

var placeholder = regexp.MustCompile(`"#\([a-zA-Z]+\)"|\$\([a-zA-Z]+\)`)

func parseTemplate(text []byte) (template, error) {
	var compact bytes.Buffer
	if err := json.Compact(&compact, text); err != nil {
		return nil, fmt.Errorf("read a template: %w", err)
	}
	text = compact.Bytes()
	known, t, last := placeholders(), template{}, 0
	for _, at := range placeholder.FindAllIndex(text, -1) {
		name := strings.Trim(string(text[at[0]:at[1]]), `"#$()`)
		field, found := known[name]
		if !found {
			return nil, fmt.Errorf("read a template: there is no field %q", name)
		}
		t = append(t, part{text[last:at[0]], field})
		last = at[1]
	}
	return append(t, part{text[last:], nil}), nil
}

func (t template) append(b []byte, o *object) []byte {
	for i := range t {
		b = append(b, t[i].text...)
		if t[i].field != nil {
			b = t[i].field(b, o)
		}
	}
	return b
}

// split makes a template of an object's metadata, and one of all of it.
func split(text []byte) (metadata, whole template, err error) {
	var o struct {
		Metadata json.RawMessage `json:"metadata"`
	}
	if err := json.Unmarshal(text, &o); err != nil {
		return nil, nil, fmt.Errorf("read a template: %w", err)
	}
	if metadata, err = parseTemplate(o.Metadata); err != nil {
		return nil, nil, err
	}
	whole, err = parseTemplate(text)
	return metadata, whole, err
}
