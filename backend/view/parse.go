package view

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"
)

// The limits of a stored document. Edits keep to less, so that a merge of two machines' edits still fits.
const (
	MaxSize    = 16 << 20 // bytes of JSON
	MaxMembers = 2000
	maxDepth   = 32 // of objects and lists in one another
)

// Parse reads a document of this program's schema, or of an older one. A newer one is ErrNewer; use Upgrade to show it.
// Any other error is a *FieldError or says what is wrong with the JSON. Hostile input is an error, never a panic.
func Parse(b []byte) (Document, error) {
	d, err := Upgrade(b)
	if err != nil {
		return Document{}, err
	}
	return d, nil
}

// Upgrade reads a document of any schema for showing. With a newer one it gives whatever could be understood together with
// ErrNewer; with any other error the document is empty.
func Upgrade(b []byte) (Document, error) {
	if err := checkJSON(b); err != nil {
		return Document{}, fmt.Errorf("read the view: %w", err)
	}
	var o object
	if json.Unmarshal(b, &o) != nil || o == nil {
		return Document{}, fmt.Errorf("read the view: %w", &FieldError{Field: "document", Problem: "must be a JSON object"})
	}
	// There are no older schemas yet. The steps that bring one up to date work on o, here, before it is read.
	var schema int
	if json.Unmarshal(o["schema"], &schema) != nil || schema < 1 {
		return Document{}, fmt.Errorf("read the view: %w", &FieldError{Field: "schema", Problem: "must be a whole number from 1"})
	}
	r := reader{mode: strict}
	if schema > Schema {
		r.mode = showing
	}
	d := Document{Members: map[string]Member{}}
	r.record(&d, o, "")
	if r.err == nil && d.ID == "" && r.mode == strict {
		r.fail("id", checkID(""))
	}
	switch {
	case r.err != nil:
		return Document{}, fmt.Errorf("read the view: %w", r.err)
	case schema > Schema:
		return d, ErrNewer
	}
	return d, nil
}

// MarshalJSON gives the canonical form: keys sorted, empty fields left out. Equal documents are equal bytes. It answers
// ErrNewer for a newer schema, and Parse's error for a document that Parse would not take.
func (d Document) MarshalJSON() ([]byte, error) {
	if d.IsZero() {
		return []byte("null"), nil
	}
	b := d.bytes()
	if _, err := Parse(b); err != nil {
		return nil, err
	}
	return b, nil
}

// UnmarshalJSON is Upgrade: with ErrNewer the document is filled all the same. null is the zero Document.
func (d *Document) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*d = Document{}
		return nil
	}
	var err error
	*d, err = Upgrade(b)
	return err
}

func (d Document) bytes() []byte { return raw(encode(&d)) }

// checkJSON refuses what a JSON library would take in silence or with too much effort: documents without end, objects
// nested without end, text that is not UTF-8, and one key twice in an object, of which every reader picks another.
func checkJSON(b []byte) error {
	if len(b) > MaxSize {
		return &FieldError{Field: "document", Problem: fmt.Sprintf("must have at most %d bytes", MaxSize)}
	}
	if !utf8.Valid(b) {
		return &FieldError{Field: "document", Problem: "must be UTF-8"}
	}
	if err := json.Unmarshal(b, new(json.RawMessage)); err != nil {
		if e, ok := errors.AsType[*json.SyntaxError](err); ok {
			return &FieldError{Field: "document", Problem: fmt.Sprintf("is not JSON at byte %d", e.Offset)}
		}
		return err
	}
	return checkNesting(b)
}

func checkNesting(b []byte) error {
	type level struct {
		keys map[string]bool // nil in a list
		key  bool            // a key comes next
	}
	var stack []level
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	for {
		t, err := d.Token()
		if err != nil {
			return nil //nolint:nilerr // the end: it was valid JSON before
		}
		delim, isDelim := t.(json.Delim)
		if isDelim && (delim == '}' || delim == ']') {
			stack = stack[:len(stack)-1]
			continue
		}
		if n := len(stack); n > 0 && stack[n-1].keys != nil {
			top := &stack[n-1]
			if top.key = !top.key; !top.key {
				key, _ := t.(string)
				if top.keys[key] {
					return &FieldError{Field: "document", Problem: "must not hold one key twice in an object"}
				}
				top.keys[key] = true
				continue
			}
		}
		if isDelim {
			if len(stack) == maxDepth {
				return &FieldError{Field: "document", Problem: fmt.Sprintf("must not be nested deeper than %d", maxDepth)}
			}
			l := level{}
			if delim == '{' {
				l = level{keys: map[string]bool{}, key: true}
			}
			stack = append(stack, l)
		}
	}
}
