package seal

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"

	"filippo.io/age"

	"github.com/binnacle-dev/binnacle/backend/secret"
)

// Key is a view's key. The zero Key is none. Like a secret.Value it prints as [redacted].
type Key struct{ text secret.Value }

// NewKey draws a key.
func NewKey() (Key, error) {
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		return Key{}, fmt.Errorf("draw a view key: %w", err)
	}
	return Key{secret.New([]byte(identity.String()))}, nil
}

// ParseKey reads what Secret gave; else ErrKey.
func ParseKey(v secret.Value) (Key, error) {
	identity, err := Key{v}.identity()
	if err != nil {
		return Key{}, err
	}
	return Key{secret.New([]byte(identity.String()))}, nil
}

// Secret is the key's text, for the keychain.
func (k Key) Secret() secret.Value { return k.text }

// ID is a fingerprint that tells two keys apart and nothing else, the recipient least of all: 32 hex characters. It may be
// shown and stored.
func (k Key) ID() string {
	if k.Empty() {
		return ""
	}
	mac := hmac.New(sha256.New, k.text.Reveal())
	mac.Write([]byte("binnacle view key fingerprint 1"))
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

// Empty says whether there is no key.
func (k Key) Empty() bool { return k.text.Empty() }

// Equal compares in constant time.
func (k Key) Equal(o Key) bool { return k.text.Equal(o.text) }

// Format redacts, for every verb.
func (Key) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, secret.Value{}.String()) }

// LogValue redacts.
func (Key) LogValue() slog.Value { return secret.Value{}.LogValue() }

// MarshalText redacts; it serves JSON too.
func (Key) MarshalText() ([]byte, error) { return secret.Value{}.MarshalText() }

func (k Key) identity() (*age.X25519Identity, error) {
	identity, err := age.ParseX25519Identity(string(k.text.Reveal()))
	if err != nil {
		return nil, ErrKey // age's own error could quote the text
	}
	return identity, nil
}
