package seal_test

import (
	"bytes"
	"compress/gzip"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"filippo.io/age"
	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/seal"
)

func newKey(tb testing.TB) seal.Key {
	tb.Helper()
	k, err := seal.NewKey()
	if err != nil {
		tb.Fatal(err)
	}
	return k
}

// fixedKey is one key for all processes of a fuzz run; it seals nothing but test texts.
func fixedKey(tb testing.TB) seal.Key {
	tb.Helper()
	k, err := seal.ParseKey(pass("AGE-SECRET-KEY-1" + "VDW4Z0AX4EZJ5WW7LCASALY4KNYDSF40MJSW79DE2M2CW5C7FGYSKX76KY"))
	if err != nil {
		tb.Fatal(err)
	}
	return k
}

func sealed(tb testing.TB, k seal.Key, plain string) []byte {
	tb.Helper()
	b, err := k.Seal(seal.View, "v1", []byte(plain))
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

func TestSealAndOpen(t *testing.T) {
	k := newKey(t)
	noise := make([]byte, 300_000)
	if _, err := rand.Read(noise); err != nil {
		t.Fatal(err)
	}
	for name, plain := range map[string][]byte{
		"nothing": {}, "short": []byte("x"), "lines": []byte("a\nb\n\n"), "noise": noise, "long": bytes.Repeat([]byte("view "), 200_000),
	} {
		t.Run(name, func(t *testing.T) {
			blob, err := k.Seal(seal.View, "v1", plain)
			if err != nil {
				t.Fatal(err)
			}
			for _, id := range []string{"v1", ""} {
				got, err := k.Open(seal.View, id, blob)
				if err != nil || !bytes.Equal(got, plain) {
					t.Errorf("view %q: %d bytes, %v; want %d", id, len(got), err, len(plain))
				}
			}
		})
	}
}

func TestSealHidesAndCompresses(t *testing.T) {
	k := newKey(t)
	plain := strings.Repeat("token: hunter2 ", 1000)
	one, two := sealed(t, k, plain), sealed(t, k, plain)
	if len(one) > len(plain)/10 {
		t.Errorf("%d bytes for %d", len(one), len(plain))
	}
	if bytes.Equal(one, two) {
		t.Error("the same text gives the same bytes twice")
	}
	identity, err := age.ParseX25519Identity(string(k.Secret().Reveal()))
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"hunter2", "v1 ", "view", identity.Recipient().String(), k.ID()} {
		if bytes.Contains(one, []byte(word)) {
			t.Errorf("it shows %q", word)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	k := newKey(t)
	whole := sealed(t, k, strings.Repeat("some text ", 100))
	changed := func(at int) []byte {
		b := bytes.Clone(whole)
		b[at] ^= 1
		return b
	}
	header := bytes.Index(whole, []byte("\n--- "))
	wrapped, err := seal.Wrap(k, pass("x"), seal.WorkFactor(2))
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string]struct {
		key     seal.Key
		purpose seal.Purpose
		view    string
		blob    []byte
		want    error
	}{
		"another key":         {newKey(t), seal.View, "v1", whole, seal.ErrWrongKey},
		"no key":              {seal.Key{}, seal.View, "v1", whole, seal.ErrKey},
		"another purpose":     {k, seal.Credentials, "v1", whole, seal.ErrMisplaced},
		"another purpose, ''": {k, seal.Credentials, "", whole, seal.ErrMisplaced},
		"another view":        {k, seal.View, "v2", whole, seal.ErrMisplaced},
		"nothing":             {k, seal.View, "v1", nil, seal.ErrDamaged},
		"something else":      {k, seal.View, "v1", []byte("hello"), seal.ErrDamaged},
		"cut in the header":   {k, seal.View, "v1", whole[:60], seal.ErrDamaged},
		"cut in the text":     {k, seal.View, "v1", whole[:len(whole)-1], seal.ErrDamaged},
		"cut to the header":   {k, seal.View, "v1", whole[:header+60], seal.ErrDamaged},
		"more behind":         {k, seal.View, "v1", append(bytes.Clone(whole), 'x'), seal.ErrDamaged},
		"changed MAC":         {k, seal.View, "v1", changed(header + 10), seal.ErrDamaged},
		"changed nonce":       {k, seal.View, "v1", changed(header + 55), seal.ErrDamaged},
		"changed text":        {k, seal.View, "v1", changed(len(whole) - 40), seal.ErrDamaged},
		"a wrapped key":       {k, seal.View, "v1", wrapped, seal.ErrDamaged},
		"without end":         {k, seal.View, "v1", make([]byte, seal.MaxPlain+2<<20), seal.ErrTooBig},
		"not ours inside":     {k, seal.View, "v1", foreign(t, k, "hello"), seal.ErrDamaged},
		"no line end":         {k, seal.View, "v1", foreign(t, k, "binnacle sealed 1\nview v1"), seal.ErrDamaged},
		"not packed":          {k, seal.View, "v1", foreign(t, k, "binnacle sealed 1\nview v1\nhello"), seal.ErrDamaged},
		"packed, cut":         {k, seal.View, "v1", foreign(t, k, "binnacle sealed 1\nview v1\n"+packed(t, 1000)[:15]), seal.ErrDamaged},
		"packed without end":  {k, seal.View, "v1", foreign(t, k, "binnacle sealed 1\nview v1\n"+packed(t, seal.MaxPlain+1)), seal.ErrTooBig},
		"many recipients":     {k, seal.View, "v1", crowd(t, k), seal.ErrDamaged},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := c.key.Open(c.purpose, c.view, c.blob)
			if !errors.Is(err, c.want) || got != nil {
				t.Errorf("got %d bytes, %v; want %v", len(got), err, c.want)
			}
		})
	}
	if got, err := k.Open(seal.View, "v1", foreign(t, k, "binnacle sealed 1\nview v1\n"+packed(t, seal.MaxPlain))); err != nil || len(got) != seal.MaxPlain {
		t.Errorf("the largest text: %d bytes, %v", len(got), err)
	}
}

// foreign seals by age alone, as somebody could who has the key.
func foreign(t *testing.T, k seal.Key, framed string, more ...age.Recipient) []byte {
	t.Helper()
	identity, err := age.ParseX25519Identity(string(k.Secret().Reveal()))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w, err := age.Encrypt(&out, append(more, identity.Recipient())...)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, framed); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func crowd(t *testing.T, k seal.Key) []byte {
	t.Helper()
	other, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return foreign(t, k, "binnacle sealed 1\nview v1\n"+packed(t, 1), other.Recipient())
}

func packed(t *testing.T, size int) string {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if _, err := z.Write(make([]byte, size)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestSealRefuses(t *testing.T) {
	k := newKey(t)
	cases := map[string]struct {
		key     seal.Key
		purpose seal.Purpose
		view    string
		size    int
		want    error
	}{
		"no key":          {seal.Key{}, seal.View, "v1", 1, seal.ErrKey},
		"too big":         {k, seal.View, "v1", seal.MaxPlain + 1, seal.ErrTooBig},
		"no view":         {k, seal.View, "", 1, seal.ErrMisplaced},
		"view of two":     {k, seal.View, "a b", 1, seal.ErrMisplaced},
		"view in lines":   {k, seal.View, "a\nb", 1, seal.ErrMisplaced},
		"view, long":      {k, seal.View, strings.Repeat("v", 65), 1, seal.ErrMisplaced},
		"no purpose":      {k, "", "v1", 1, seal.ErrMisplaced},
		"purpose of two":  {k, "view v0", "v1", 1, seal.ErrMisplaced},
		"as big as it is": {k, seal.View, "v1", seal.MaxPlain, nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if _, err := c.key.Seal(c.purpose, c.view, make([]byte, c.size)); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

func FuzzOpen(f *testing.F) {
	k := fixedKey(f)
	f.Add(sealed(f, k, "text"))
	f.Add([]byte("age-encryption.org/v1\n-> X25519 abc\n\n--- x\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := k.Open(seal.View, "v1", b)
		if err == nil && string(got) != "text" {
			t.Fatalf("a text that nobody sealed opens: %q", got)
		}
		for _, known := range []error{nil, seal.ErrDamaged, seal.ErrWrongKey} {
			if errors.Is(err, known) {
				return
			}
		}
		t.Fatalf("an error out of the list: %v", err)
	})
}

// What is inside the encryption is hostile only where the key is shared; it is read with the same care.
func FuzzInside(f *testing.F) {
	k := fixedKey(f)
	f.Add([]byte("binnacle sealed 1\nview v1\nhello"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, err := k.Open(seal.View, "v1", foreign(t, k, string(b))); err != nil &&
			!errors.Is(err, seal.ErrDamaged) && !errors.Is(err, seal.ErrMisplaced) && !errors.Is(err, seal.ErrTooBig) {
			t.Fatalf("an error out of the list: %v", err)
		}
	})
}

func TestErrorsTellNothingOfTheInput(t *testing.T) {
	k := newKey(t)
	blob := []byte("age-encryption.org/v1\n-> X25519 hunter2\n\n--- hunter2\n")
	_, err := k.Open(seal.View, "v1", blob)
	if diff := cmp.Diff("the sealed text is damaged", fmt.Sprint(err)); diff != "" {
		t.Error(diff)
	}
}
