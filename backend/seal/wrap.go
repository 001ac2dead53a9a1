package seal

import (
	"errors"
	"io"
	"strings"

	"filippo.io/age"
	"golang.org/x/text/unicode/norm"

	"github.com/binnacle-dev/binnacle/backend/secret"
)

const (
	workFactor    = 18      // log2 of scrypt's N: 0.9 s on one core of a common server, 256 MB
	maxWorkFactor = 20      // what Unwrap will do for a blob from the primary: four times that, 1 GB
	maxWrapped    = 4 << 10 // bytes; ours have about 350
	wrapMagic     = "binnacle key 1\n"
)

// Option changes how Wrap works.
type Option func(*age.ScryptRecipient)

// WorkFactor sets log2 of scrypt's N from 1 to 20 instead of 18; tests pass 1 to 10.
func WorkFactor(logN int) Option {
	return func(r *age.ScryptRecipient) { r.SetWorkFactor(min(max(logN, 1), maxWorkFactor)) }
}

// Wrap encrypts a key with a passphrase. It takes about a second. Errors: ErrKey, and ErrPassphrase for an empty one. It
// does not judge the passphrase: ask Rate first.
//
// The passphrase is normalised (Unicode NFKC): macOS, Windows and Linux give the same typed letters as different code points.
// Its spaces and its case count.
func Wrap(k Key, pass secret.Value, options ...Option) ([]byte, error) {
	if _, err := k.identity(); err != nil {
		return nil, err
	}
	recipient, err := age.NewScryptRecipient(normal(pass))
	if err != nil {
		return nil, ErrPassphrase
	}
	recipient.SetWorkFactor(workFactor)
	for _, o := range options {
		o(recipient)
	}
	return encrypt(recipient, func(w io.Writer) error {
		_, err := w.Write(append([]byte(wrapMagic), k.text.Reveal()...))
		return err
	})
}

// Unwrap gives the key back. It takes as long as Wrap did. Errors: ErrPassphrase, and ErrDamaged for what Wrap did not make.
func Unwrap(blob []byte, pass secret.Value) (Key, error) {
	if len(blob) > maxWrapped {
		return Key{}, ErrDamaged
	}
	identity, err := age.NewScryptIdentity(normal(pass))
	if err != nil {
		return Key{}, ErrPassphrase
	}
	identity.SetMaxWorkFactor(maxWorkFactor)
	plain, err := decrypt(blob, "scrypt", identity, ErrPassphrase)
	if err != nil {
		return Key{}, err
	}
	text, ours := strings.CutPrefix(string(plain), wrapMagic)
	k, err := ParseKey(secret.New([]byte(text)))
	if !ours || errors.Is(err, ErrKey) {
		return Key{}, ErrDamaged
	}
	return k, err
}

func normal(pass secret.Value) string { return norm.NFKC.String(string(pass.Reveal())) }
