package herd

import (
	"bytes"
	"encoding/json"
	"strconv"
	"time"
)

// flushBytes is how much of an answer is put together before it is written.
const flushBytes = 32 << 10

func compact(raw json.RawMessage) (json.RawMessage, error) {
	var b bytes.Buffer
	err := json.Compact(&b, raw)
	return b.Bytes(), err
}

func appendJSON(b []byte, v any) []byte {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err) // strings and maps of JSON
	}
	return append(b, raw...)
}

// appendMetadata adds an object's metadata.
func (k *kind) appendMetadata(b []byte, o *object) []byte {
	if o.body == nil {
		return k.metadata.append(b, o)
	}
	return appendJSON(b, o.bodyNow()["metadata"])
}

// appendWhole adds all of an object, with its kind or, as in a list, without.
func (k *kind) appendWhole(b []byte, o *object, named bool) []byte {
	start := len(b)
	if o.body != nil {
		b = appendJSON(b, o.bodyNow())
	} else {
		b = k.whole.append(b, o)
	}
	if !named {
		return b
	}
	rest := bytes.Clone(b[start+1:])
	b = append(b[:start], `{"kind":"`+k.name+`","apiVersion":"`+k.apiVersion()+`",`...)
	return append(b, rest...)
}

// appendPartial adds an object's metadata as an object.
func (k *kind) appendPartial(b []byte, o *object) []byte {
	b = append(b, `{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":`...)
	return append(k.appendMetadata(b, o), '}')
}

// appendRow adds a Table's row; include is what the client wants of the object.
func (k *kind) appendRow(b []byte, o *object, include string, now time.Time) []byte {
	b = append(b, `{"cells":`...)
	b = appendJSON(b, k.cells(o, now))
	if o.state != nil && o.state.completed != "" {
		b = append(append(b, `,"conditions":`...), o.state.completed...)
	}
	b = append(b, `,"object":`...)
	switch include {
	case "None":
		b = append(b, "null"...)
	case "Object":
		b = k.appendWhole(b, o, true)
	default:
		b = k.appendPartial(b, o)
	}
	return append(b, '}')
}

// head is the beginning of a list or a Table, up to its items.
type head struct {
	version   uint64
	token     string
	remaining int
}

func (h head) appendMetadata(b []byte) []byte {
	b = append(b, `"metadata":{"resourceVersion":"`...)
	b = append(strconv.AppendUint(b, h.version, 10), '"')
	if h.token != "" {
		b = append(append(append(b, `,"continue":"`...), h.token...), '"')
	}
	if h.remaining > 0 {
		b = strconv.AppendInt(append(b, `,"remainingItemCount":`...), int64(h.remaining), 10)
	}
	return append(b, '}')
}

// appendTable begins a Table; its rows, then ]} are to come. columns nil: the client knows them.
func (h head) appendTable(b []byte, columns json.RawMessage) []byte {
	b = h.appendMetadata(append(b, `{"kind":"Table","apiVersion":"meta.k8s.io/v1",`...))
	b = append(b, `,"columnDefinitions":`...)
	if columns == nil {
		b = append(b, "null"...)
	}
	return append(append(b, columns...), `,"rows":[`...)
}
