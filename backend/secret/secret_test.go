package secret_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/binnacle-dev/binnacle/backend/secret"
)

const hidden = "hunter2-hunter2"

func TestNothingPrintsIt(t *testing.T) {
	v := secret.New([]byte(hidden))
	type holder struct {
		V secret.Value
		u secret.Value // fmt can't call methods on an unexported field
		P *secret.Value
		S []secret.Value
		M map[string]secret.Value
	}
	h := holder{v, v, &v, []secret.Value{v}, map[string]secret.Value{"k": v}}
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%o", "%c", "%t", "%p"} {
		fmt.Fprintf(&out, verb+"\n", v)
		fmt.Fprintf(&out, verb+"\n", h)
	}
	js, err := json.Marshal(h)
	if err != nil {
		t.Fatal(err)
	}
	out.Write(js)
	if x, err := xml.Marshal(v); err == nil {
		out.Write(x)
	}
	for _, l := range []*slog.Logger{slog.New(slog.NewJSONHandler(&out, nil)), slog.New(slog.NewTextHandler(&out, nil))} {
		l.Info("x", slog.Any("v", v), slog.Any("h", h))
	}
	out.WriteString(fmt.Errorf("wrapped %v", v).Error())
	for _, form := range []string{hidden, fmt.Sprintf("%x", hidden), fmt.Sprintf("%d", []byte(hidden)), "aHVudGVyMi1odW50ZXIy"} {
		if strings.Contains(out.String(), form) {
			t.Errorf("the secret shows as %q in:\n%s", form, out.String())
		}
	}
}

func TestValue(t *testing.T) {
	b := []byte(hidden)
	v := secret.New(b)
	b[0] = 'X'
	v.Reveal()[1] = 'X'
	if got := string(v.Reveal()); got != hidden {
		t.Errorf("somebody else's write reached the value: %q", got)
	}
	if !v.Equal(secret.New([]byte(hidden))) || v.Equal(secret.New([]byte("other"))) {
		t.Error("Equal is wrong")
	}
	if (secret.Value{}).Empty() == v.Empty() {
		t.Error("Empty is wrong")
	}
	if err := json.Unmarshal([]byte(`"x"`), &v); !errors.Is(err, secret.ErrUnmarshal) {
		t.Errorf("unmarshal gave %v", err)
	}
}
