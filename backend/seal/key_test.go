package seal_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"github.com/binnacle-dev/binnacle/backend/seal"
	"github.com/binnacle-dev/binnacle/backend/secret"
)

func pass(s string) secret.Value { return secret.New([]byte(s)) }

func TestKey(t *testing.T) {
	k := newKey(t)
	back, err := seal.ParseKey(k.Secret())
	if err != nil || !back.Equal(k) || back.ID() != k.ID() {
		t.Errorf("a key changed in its text: %v", err)
	}
	if other := newKey(t); other.Equal(k) || other.ID() == k.ID() {
		t.Error("two keys are the same")
	}
	if k.Empty() || !(seal.Key{}).Empty() || (seal.Key{}).ID() != "" || len(k.ID()) != 32 {
		t.Error("Empty or ID is wrong")
	}
	identity, err := age.ParseX25519Identity(string(k.Secret().Reveal()))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(identity.Recipient().String(), k.ID()[:8]) {
		t.Error("the id is a part of the recipient")
	}
}

func TestParseKeyRefuses(t *testing.T) {
	good := string(newKey(t).Secret().Reveal())
	for name, text := range map[string]string{
		"nothing": "", "a word": "hunter2", "cut": good[:len(good)-1], "changed": strings.Replace(good, good[30:31], "b", 1),
		"a recipient": "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj", "two": good + "\n" + good,
	} {
		if _, err := seal.ParseKey(pass(text)); !errors.Is(err, seal.ErrKey) || err.Error() != seal.ErrKey.Error() {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNothingPrintsTheKey(t *testing.T) {
	k := newKey(t)
	type holder struct {
		K seal.Key
		k seal.Key
		P *seal.Key
	}
	h := holder{k, k, &k}
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%p"} {
		fmt.Fprintf(&out, verb+verb+"\n", k, h)
	}
	js, err := json.Marshal(h)
	if err != nil {
		t.Fatal(err)
	}
	out.Write(js)
	slog.New(slog.NewJSONHandler(&out, nil)).Info("x", slog.Any("k", k), slog.Any("h", h))
	text := string(k.Secret().Reveal())
	for _, form := range []string{text, text[20:40], fmt.Sprintf("%x", text), fmt.Sprintf("%d", []byte(text))} {
		if strings.Contains(out.String(), form) {
			t.Errorf("the key shows as %q", form)
		}
	}
	if !strings.Contains(string(js), `"K":"[redacted]"`) {
		t.Errorf("in JSON it is %s", js)
	}
}

func TestWrap(t *testing.T) {
	k := newKey(t)
	blob, err := seal.Wrap(k, pass("Grüße aus Zürich ﬁ"), seal.WorkFactor(4))
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string]struct {
		typed string
		want  error
	}{
		"the same":             {"Grüße aus Zürich ﬁ", nil},
		"as macOS decomposes":  {"Gru\u0308ße aus Zu\u0308rich fi", nil},
		"no-break spaces":      {"Grüße\u00a0aus\u00a0Zürich fi", nil},
		"another":              {"Gruße aus Zürich fi", seal.ErrPassphrase},
		"another case":         {"grüße aus Zürich fi", seal.ErrPassphrase},
		"one space more":       {"Grüße aus Zürich fi ", seal.ErrPassphrase},
		"nothing":              {"", seal.ErrPassphrase},
		"the first half of it": {"Grüße aus", seal.ErrPassphrase},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := seal.Unwrap(blob, pass(c.typed))
			if !errors.Is(err, c.want) || got.Equal(k) != (c.want == nil) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
	if bytes.Contains(blob, k.Secret().Reveal()) {
		t.Error("the blob shows the key")
	}
	if _, err := seal.Wrap(k, pass("")); !errors.Is(err, seal.ErrPassphrase) {
		t.Errorf("without a passphrase: %v", err)
	}
	if _, err := seal.Wrap(seal.Key{}, pass("x")); !errors.Is(err, seal.ErrKey) {
		t.Errorf("without a key: %v", err)
	}
}

// A new passphrase wraps the same key: what was sealed before opens, and the old blob is for the old passphrase only.
func TestANewPassphraseKeepsTheKey(t *testing.T) {
	k := newKey(t)
	blob := sealed(t, k, "text")
	again, err := seal.Wrap(k, pass("new"), seal.WorkFactor(2))
	if err != nil {
		t.Fatal(err)
	}
	back, err := seal.Unwrap(again, pass("new"))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := back.Open(seal.View, "v1", blob); err != nil || string(got) != "text" {
		t.Errorf("%q, %v", got, err)
	}
}

func TestUnwrapRefuses(t *testing.T) {
	k := newKey(t)
	whole, err := seal.Wrap(k, pass("x"), seal.WorkFactor(2))
	if err != nil {
		t.Fatal(err)
	}
	byAge := func(text string) []byte {
		r, err := age.NewScryptRecipient("x")
		if err != nil {
			t.Fatal(err)
		}
		r.SetWorkFactor(2)
		var out bytes.Buffer
		w, err := age.Encrypt(&out, r)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	for name, blob := range map[string][]byte{
		"nothing":              nil,
		"something else":       []byte("hello"),
		"cut":                  whole[:len(whole)-1],
		"more behind":          append(bytes.Clone(whole), 'x'),
		"a sealed text":        sealed(t, k, "x"),
		"without end":          append(bytes.Clone(whole), make([]byte, 5000)...),
		"work for a day":       bytes.Replace(whole, []byte(" 2\n"), []byte(" 30\n"), 1),
		"one step over":        bytes.Replace(whole, []byte(" 2\n"), []byte(" 21\n"), 1),
		"work without number":  bytes.Replace(whole, []byte(" 2\n"), []byte(" x\n"), 1),
		"not a key inside":     byAge("binnacle key 1\nhunter2"),
		"not our frame inside": byAge(string(k.Secret().Reveal())),
	} {
		t.Run(name, func(t *testing.T) {
			begun := time.Now()
			got, err := seal.Unwrap(blob, pass("x"))
			if !errors.Is(err, seal.ErrDamaged) || !got.Empty() || strings.Contains(err.Error(), "hunter2") {
				t.Errorf("got %v", err)
			}
			if took := time.Since(begun); took > time.Second {
				t.Errorf("it worked for %v on it", took)
			}
		})
	}
}

func FuzzUnwrap(f *testing.F) {
	k := fixedKey(f)
	whole, err := seal.Wrap(k, pass("x"), seal.WorkFactor(1))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add([]byte("age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 2\n\n--- x\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if heavy(b) {
			return // honest work, but minutes of it
		}
		got, err := seal.Unwrap(b, pass("x"))
		if err == nil && !got.Equal(k) {
			t.Fatal("a key that nobody wrapped")
		}
		if err != nil && !errors.Is(err, seal.ErrDamaged) && !errors.Is(err, seal.ErrPassphrase) {
			t.Fatalf("an error out of the list: %v", err)
		}
	})
}

// heavy finds a work factor of two digits.
func heavy(b []byte) bool {
	line, _, _ := bytes.Cut(b[max(0, bytes.Index(b, []byte("\n-> scrypt "))):], []byte("\n\n"))
	words := bytes.Fields(line)
	return len(words) > 3 && len(words[3]) > 1
}

func BenchmarkWrap(b *testing.B) {
	k := newKey(b)
	for b.Loop() {
		if _, err := seal.Wrap(k, pass("correct horse battery staple")); err != nil {
			b.Fatal(err)
		}
	}
}
