// Package secret holds bytes that must never be shown: kubeconfigs, tokens, keys, passphrases.
//
// A Value prints as [redacted] in every verb, in JSON and in slog. Reveal is the one way out, so that
// every place that can leak a secret is found by one search.
package secret

import (
	"bytes"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"log/slog"
)

const redacted = "[redacted]"

// ErrUnmarshal is the answer to reading a Value from JSON: a document that could fill one would also be written with one.
var ErrUnmarshal = errors.New("a secret is never read from a document")

// Value is a secret. The zero Value is empty. It is immutable and safe for concurrent use.
//
// The bytes stand behind a function, for fmt reads plain fields by reflection wherever it can't call a method
// (an unexported field, %p); of a function it prints an address. It also makes a Value incomparable: == leaks by timing.
type Value struct{ bytes func() []byte }

// New keeps a copy of b.
func New(b []byte) Value {
	kept := bytes.Clone(b)
	return Value{bytes: func() []byte { return kept }}
}

func (v Value) peek() []byte {
	if v.bytes == nil {
		return nil
	}
	return v.bytes()
}

// Reveal gives a copy of the secret.
func (v Value) Reveal() []byte { return bytes.Clone(v.peek()) }

// Empty says whether there is nothing in it.
func (v Value) Empty() bool { return len(v.peek()) == 0 }

// Len is the number of bytes.
func (v Value) Len() int { return len(v.peek()) }

// Equal compares in constant time.
func (v Value) Equal(w Value) bool { return subtle.ConstantTimeCompare(v.peek(), w.peek()) == 1 }

// String redacts.
func (Value) String() string { return redacted }

// GoString redacts.
func (Value) GoString() string { return redacted }

// Format redacts for every verb, also those that skip String.
func (Value) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, redacted) }

// LogValue redacts.
func (Value) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalJSON redacts.
func (Value) MarshalJSON() ([]byte, error) { return []byte(`"` + redacted + `"`), nil }

// MarshalText redacts; it serves XML, YAML and map keys.
func (Value) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// UnmarshalJSON refuses.
func (*Value) UnmarshalJSON([]byte) error { return ErrUnmarshal }
