// Package seal encrypts what lies on the primary, so that whoever can read Secrets there learns nothing but that it exists.
//
// A view has one Key, an age X25519 identity, kept in the OS keychain. The view's document and its credentials are sealed to
// it. The key itself lies beside them, wrapped with the person's passphrase (age's scrypt), for the next machine.
//
// # What it promises
//
//   - Secrecy: without the key, or the passphrase, nothing of the text can be read; its length roughly can.
//   - Place: purpose and view id are sealed together with the text, so that one can't be put where another belongs.
//   - Origin: age encrypts to a public recipient, and whoever has that could make a text that opens. So the recipient is
//     treated as a secret too: it is never written anywhere, age's header does not tell it, and ID does not either. Only
//     holders of the key can then make a text that Open takes. Putting an older text of the same place back can't be seen
//     here; the document's revision is for that.
//
// Texts are compressed before they are sealed. That leaks something only where an attacker can mix chosen text into a secret
// and watch the length many times; nobody can here. Opening is bounded in memory however hostile the input.
//
// The package is pure and safe for concurrent use; Wrap and Unwrap need about one second and 256 MB each.
package seal

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"
)

// Purpose says what a sealed text is for; a closed set.
type Purpose string

// The purposes.
const (
	View        Purpose = "view"
	Credentials Purpose = "credentials"
)

const (
	// MaxPlain is the largest text that is sealed or opened, in bytes.
	MaxPlain = 16 << 20

	maxBlob   = MaxPlain + 1<<20 // what age and gzip can add to a text that doesn't compress is far less
	maxHeader = 1 << 10          // age's header for one recipient has about 200 bytes
	maxPlace  = 64
	magic     = "binnacle sealed 1"
)

var (
	// ErrWrongKey says that the text was sealed with another key.
	ErrWrongKey = errors.New("sealed with another key")
	// ErrDamaged says that the text is not one that Seal or Wrap made, or was cut or changed since.
	ErrDamaged = errors.New("the sealed text is damaged")
	// ErrMisplaced says that the text is whole but was sealed for another purpose or another view.
	ErrMisplaced = errors.New("the sealed text belongs to another place")
	// ErrTooBig says that the text is larger than MaxPlain.
	ErrTooBig = errors.New("the text is too large to be sealed")
	// ErrPassphrase says that the passphrase is wrong or empty.
	ErrPassphrase = errors.New("the passphrase is wrong")
	// ErrKey says that a key is missing or malformed.
	ErrKey = errors.New("the view key is missing or malformed")
)

// Seal compresses and encrypts plain for one purpose of one view. Errors: ErrKey, ErrTooBig, and ErrMisplaced for a purpose
// or view id that is not 1 to 64 letters, digits, dots, dashes or underscores.
func (k Key) Seal(purpose Purpose, viewID string, plain []byte) ([]byte, error) {
	if len(plain) > MaxPlain {
		return nil, ErrTooBig
	}
	if !isPlace(string(purpose)) || !isPlace(viewID) {
		return nil, ErrMisplaced
	}
	identity, err := k.identity()
	if err != nil {
		return nil, err
	}
	return encrypt(identity.Recipient(), func(w io.Writer) error {
		if _, err := fmt.Fprintf(w, "%s\n%s %s\n", magic, purpose, viewID); err != nil {
			return err
		}
		z := gzip.NewWriter(w)
		if _, err := z.Write(plain); err != nil {
			return err
		}
		return z.Close()
	})
}

// Open gives what Seal was given. viewID "" is any view, for a machine that does not know it yet: it must then compare the
// id in the document with where it found it. Errors: ErrKey, ErrWrongKey, ErrDamaged, ErrMisplaced, ErrTooBig.
func (k Key) Open(purpose Purpose, viewID string, blob []byte) ([]byte, error) {
	if len(blob) > maxBlob {
		return nil, ErrTooBig
	}
	identity, err := k.identity()
	if err != nil {
		return nil, err
	}
	framed, err := decrypt(blob, "X25519", identity, ErrWrongKey)
	if err != nil {
		return nil, err
	}
	first, rest, _ := bytes.Cut(framed, []byte("\n"))
	place, packed, found := bytes.Cut(rest, []byte("\n"))
	gotPurpose, gotView, ok := strings.Cut(string(place), " ")
	switch {
	case string(first) != magic || !found || !ok:
		return nil, ErrDamaged
	case gotPurpose != string(purpose) || viewID != "" && gotView != viewID:
		return nil, ErrMisplaced
	}
	return unpack(packed)
}

// unpack stops where a small text grows into one without end.
func unpack(packed []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, ErrDamaged
	}
	plain, err := io.ReadAll(io.LimitReader(z, MaxPlain+1))
	switch {
	case err != nil:
		return nil, ErrDamaged
	case len(plain) > MaxPlain:
		return nil, ErrTooBig
	}
	return plain, nil
}

func isPlace(s string) bool {
	return s != "" && len(s) <= maxPlace && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") == ""
}

func encrypt(to age.Recipient, write func(io.Writer) error) ([]byte, error) {
	var out bytes.Buffer
	w, err := age.Encrypt(&out, to)
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	if err := errors.Join(write(w), w.Close()); err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	return out.Bytes(), nil
}

// decrypt opens one age file for one recipient of the given kind. A stranger's identity is the mismatch error. The errors
// of age itself are left out: they tell a person nothing, and quote from the input.
func decrypt(blob []byte, kind string, with age.Identity, mismatch error) ([]byte, error) {
	if !oneRecipient(blob, kind) {
		return nil, ErrDamaged
	}
	r, err := age.Decrypt(bytes.NewReader(blob), with)
	if err != nil {
		if _, stranger := errors.AsType[*age.NoIdentityMatchError](err); stranger {
			return nil, mismatch
		}
		return nil, ErrDamaged
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		return nil, ErrDamaged
	}
	return plain, nil
}

// oneRecipient looks at age's header before age does: a hostile one could list recipients by the hundred thousand and have
// each of them tried.
func oneRecipient(blob []byte, kind string) bool {
	header, _, found := bytes.Cut(blob[:min(len(blob), maxHeader)], []byte("\n--- "))
	return found && bytes.Count(header, []byte("\n-> ")) == 1 && bytes.Contains(header, []byte("\n-> "+kind+" "))
}
