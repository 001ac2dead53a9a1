package view

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
)

// object is one JSON object with its values in canonical form.
type object map[string]json.RawMessage

// encode gives the object that a record is written as; a field that is zero is left out.
func encode(r record) object {
	o := object{}
	maps.Copy(o, *r.rest())
	for _, f := range r.fields() {
		if v := plain(f.at); v != nil {
			o[f.key] = raw(v)
		}
	}
	return o
}

// plain gives the value to write for a field, nil when there is nothing to write.
func plain(at any) any {
	switch p := at.(type) {
	case *string:
		if *p != "" {
			return *p
		}
	case *bool:
		if *p {
			return true
		}
	case *int:
		if *p != 0 {
			return *p
		}
	case *int64:
		if *p != 0 {
			return *p
		}
	case *[]string:
		if len(*p) > 0 {
			return *p
		}
	case *map[string]string:
		if len(*p) > 0 {
			return *p
		}
	case *map[string]int:
		if len(*p) > 0 {
			return *p
		}
	case *Set:
		if len(*p) > 0 {
			held := make(map[string]bool, len(*p))
			for _, s := range *p {
				held[s] = true
			}
			return held
		}
	case collection:
		if objects := p.objects(); len(objects) > 0 {
			return objects
		}
	case record:
		if o := encode(p); len(o) > 0 {
			return o
		}
	}
	return nil
}

// raw marshals what can't fail: texts, numbers, and values that were JSON before.
func raw(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		return json.RawMessage("null")
	}
	return b
}

// canonical writes a value in the one form in which equal values are equal bytes: keys sorted, no spaces, numbers as they are.
func canonical(b json.RawMessage) json.RawMessage {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return json.RawMessage("null")
	}
	return raw(v)
}

// mode says how much of what is read can be believed; a closed set.
type mode string

const (
	strict  mode = "strict"  // a stored document of our schema: the first fault ends it
	showing mode = "showing" // a newer one: a field that can't be read is left out
	trusted mode = "trusted" // what encode made: no limits, or a merge of two full views would lose members
)

// reader fills records from objects.
type reader struct {
	mode   mode
	member string // whose fields are being read
	err    *FieldError
}

func (r *reader) fail(name, problem string) {
	if r.err == nil && r.mode == strict {
		r.err = &FieldError{Member: r.member, Field: name, Problem: problem}
	}
}

// record reads an object; prefix is the path to it, for errors.
func (r *reader) record(rec record, o object, prefix string) {
	rest := maps.Clone(o)
	for _, f := range rec.fields() {
		if v, found := o[f.key]; found && string(v) != "null" {
			r.value(f, v, prefix+f.key)
		}
		delete(rest, f.key)
	}
	*rec.rest() = nil
	if len(rest) > 0 {
		for k, v := range rest {
			rest[k] = canonical(v)
		}
		*rec.rest() = unknown(rest)
	}
}

func (r *reader) value(f field, b json.RawMessage, name string) {
	switch p := f.at.(type) {
	case *string:
		read(r, p, b, name, "a text", func(s string) (string, string) { return r.text(f, s) })
	case *bool:
		read(r, p, b, name, "true or false", func(v bool) (bool, string) { return v, "" })
	case *int:
		read(r, p, b, name, "a whole number", func(v int) (int, string) { return v, "" })
	case *int64:
		read(r, p, b, name, "a whole number", func(v int64) (int64, string) {
			if v < 0 || v > maxNumber {
				return 0, fmt.Sprintf("must be from 0 to %d", int64(maxNumber))
			}
			return v, ""
		})
	case *[]string:
		read(r, p, b, name, "a list of texts", func(v []string) ([]string, string) { return r.list(f, v) })
	case *map[string]string:
		read(r, p, b, name, "an object of texts", func(v map[string]string) (map[string]string, string) { return r.labels(f, v) })
	case *map[string]int:
		read(r, p, b, name, "an object of whole numbers", func(v map[string]int) (map[string]int, string) { return r.widths(f, v) })
	case *Set:
		read(r, new(map[string]bool), b, name, "an object of true", func(v map[string]bool) (map[string]bool, string) { return v, r.set(f, p, v) })
	case collection:
		read(r, new(map[string]json.RawMessage), b, name, "an object of "+p.noun(),
			func(v map[string]json.RawMessage) (map[string]json.RawMessage, string) {
				return v, r.collection(f, p, v, name)
			})
	case record:
		var o object
		if read(r, &o, b, name, "an object", func(v object) (object, string) { return v, "" }); o != nil {
			r.record(p, o, name+".")
		}
	}
}

// read unmarshals one value and keeps it when accept finds nothing wrong with it.
func read[T any](r *reader, at *T, b json.RawMessage, name, kind string, accept func(T) (T, string)) {
	var v T
	if json.Unmarshal(b, &v) != nil {
		r.fail(name, "must be "+kind)
		return
	}
	v, problem := accept(v)
	if problem != "" {
		r.fail(name, problem)
		return
	}
	*at = v
}
