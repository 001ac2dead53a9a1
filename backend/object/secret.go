package object

import (
	"encoding/base64"
	"fmt"
	"maps"
	"strings"
)

const (
	lastApplied = "kubectl.kubernetes.io/last-applied-configuration"
	shortest    = 4   // bytes of a value whose copies are looked for; shorter ones are everywhere by chance
	shortLine   = 16  // the same, of one line of a value
	longest     = 256 // bytes of an annotation that is no copy of the whole object
)

// hider knows what of a Secret must not be shown: its values, also where others copied them to.
func hider(secret tree) hidden {
	h := hidden{}
	for _, part := range []string{"data", "stringData"} {
		for _, v := range secret.in(part) {
			s, _ := v.(string)
			plain, err := base64.StdEncoding.DecodeString(s)
			if err != nil || part == "stringData" {
				plain = []byte(s)
			}
			for _, form := range []string{s, string(plain), base64.StdEncoding.EncodeToString(plain)} {
				if form = strings.TrimSpace(form); len(form) >= shortest {
					h = append(h, form)
				}
			}
			for line := range strings.Lines(string(plain)) { // in JSON, a copy's line ends look otherwise
				if line = strings.TrimSpace(line); len(line) >= shortLine {
					h = append(h, line)
				}
			}
		}
	}
	return h
}

// hidden are texts that must not be shown.
type hidden []string

// value is what is shown of a label's or an annotation's value.
func (h hidden) value(key, value string) string {
	if key == lastApplied || strings.HasSuffix(key, "token-secret.value") || len(value) > longest { // the second is OpenShift's
		return mask(len(value))
	}
	for _, secret := range h {
		if strings.Contains(value, secret) {
			return mask(len(value))
		}
	}
	return value
}

func (h hidden) pairs(m tree) []Pair {
	safe := make(tree, len(m))
	for key, v := range m {
		safe[key] = h.value(key, scalar(v))
	}
	return pairs(safe)
}

// mask stands for a value of n bytes.
func mask(n int) string {
	if n == 1 {
		return "hidden: 1 byte"
	}
	return fmt.Sprintf("hidden: %d bytes", n)
}

// valueSize is the size of a Secret's value, which is base64 in data.
func valueSize(v any) int {
	s, _ := v.(string)
	if plain, err := base64.StdEncoding.DecodeString(s); err == nil {
		return len(plain)
	}
	return len(s)
}

// withoutValues is a copy of a Secret that can be shown.
func withoutValues(secret tree) tree {
	h, out := hider(secret), maps.Clone(secret)
	if secret.has("data") {
		data := tree{}
		for key, v := range secret.in("data") {
			data[key] = mask(valueSize(v))
		}
		out["data"] = data
	}
	if values := secret.in("stringData"); values != nil {
		data := tree{}
		for key, v := range values {
			data[key] = mask(len(scalar(v)))
		}
		out["stringData"] = data
	}
	metadata := tree{}
	maps.Copy(metadata, secret.in("metadata"))
	for _, part := range []string{"labels", "annotations"} {
		if m := secret.in("metadata", part); m != nil {
			safe := tree{}
			for key, v := range m {
				safe[key] = h.value(key, scalar(v))
			}
			metadata[part] = safe
		}
	}
	out["metadata"] = metadata
	return out
}
