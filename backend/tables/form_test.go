package tables

import (
	"bytes"
	"strings"
	"testing"
)

// What a form has seen tells where like values end, whatever their strings; others end where they end.
func TestForm(t *testing.T) {
	for name, c := range map[string]struct {
		values []string
		known  bool // the last one is like those before
	}{
		"the same":             {[]string{`[{"a":{}}]`, `[{"a":{}}]`}, true},
		"other strings":        {[]string{`[{"k":"1"}]`, `[{"k":"2"}]`, `[{"k":"a longer one, {\"it\":\"is\"}"}]`}, true},
		"another key, empty":   {[]string{`[{"a":{".":{}},"b":{}}]`, `[{"c":{".":{}},"b":{}}]`, `[{"":{".":{}},"b":{}}]`}, true},
		"two gaps, one by one": {[]string{`["a","b"]`, `["c","b"]`, `["c","d"]`, `["e","f"]`}, true},
		"another gap":          {[]string{`["a","b"]`, `["c","b"]`, `["c","d"]`}, false},
		"more of it":           {[]string{`["a"]`, `["b"]`, `["a","b"]`}, false},
		"less of it":           {[]string{`["a","b"]`, `["c","d"]`, `["a"]`}, false},
		"other brackets":       {[]string{`["a"]`, `["b"]`, `{"a"}`}, false},
		"a number goes on":     {[]string{`12`, `123`}, false},
		"a word":               {[]string{`["a"]`, `null`}, false},
	} {
		t.Run(name, func(t *testing.T) {
			var f form
			for i, value := range c.values {
				b := []byte(`"` + value + `,"]}`)
				if last := i == len(c.values)-1; last && (f.match(b, 1) > 0) != c.known {
					t.Errorf("%s: known %v", value, !c.known)
				}
				if got, want := f.skip(b, 1), 1+len(value); got != want {
					t.Errorf("%s ends at %d, not %d", value, got, want)
				}
				if got := f.skip(b[:len(value)], 1); got != short {
					t.Errorf("%s without its end ends at %d", value, got)
				}
			}
		})
	}
}

// Values that are too long for a form are skipped without one.
func TestLongForm(t *testing.T) {
	var f form
	value := []byte(`["` + strings.Repeat("x", maxForm) + `"]`)
	if got := f.skip(value, 0); got != len(value) || len(f.shared) > 0 {
		t.Errorf("it ends at %d, and %d bytes of it are kept", got, len(f.shared))
	}
}

// A form never ends a value elsewhere than skipValue does.
func FuzzForm(f *testing.F) {
	f.Add(`[{"a":{"k":"v"}}]`, `[{"a":{"k":"w"}}]`, `[{"a":{"k":""}}] `)
	f.Add(`["\"a","b"]`, `["\"","b\\"]`, `["]","}"]}`)
	f.Add(podMetadata[strings.Index(podMetadata, `[{"manager"`):], `[{"manager":"a"}]`, `[{`)
	f.Fuzz(func(t *testing.T, a, b, c string) {
		var seen form
		for _, text := range []string{a, b, a, c, b, c, a} {
			value := []byte(text)
			if got, want := seen.skip(value, 0), skipValue(value, 0); got != want {
				t.Errorf("%q ends at %d, not %d; the form is %q, %v", value, got, want, bytes.Clone(seen.shared), seen.gaps)
			}
		}
	})
}
