package kubeconfig

import (
	"bytes"
	"encoding/base64"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/binnacle-dev/binnacle/backend/secret"
)

// The readers of single values. What they can't read they enter as the entry's problem, so that one bad context doesn't
// cost the others.

func (e *entry) fields(body *yaml.Node) []pair {
	all := pairs(body)
	for _, p := range all {
		e.lines[p.key] = p.line
	}
	return all
}

// text takes any scalar as it stands: a name such as 123 needs no quotes.
func (e *entry) text(p pair) string {
	n := deref(p.value)
	if isNull(n) {
		return ""
	}
	if n.Kind != yaml.ScalarNode {
		e.lines[p.key] = p.line
		e.bad(p.key, "%s must be text, not a list or map", p.key)
		return ""
	}
	return n.Value
}

func (e *entry) secret(p pair) secret.Value { return secret.New([]byte(e.text(p))) }

// truth takes YAML 1.1's words too, as kubectl does: a "yes" that passes for false would hide insecure-skip-tls-verify.
func (e *entry) truth(p pair) bool {
	switch text := e.text(p); strings.ToLower(text) {
	case "true", "yes", "on", "y":
		return true
	case "false", "no", "off", "n", "":
	default:
		e.bad(p.key, "%s must be true or false", p.key)
	}
	return false
}

// data decodes base64. Unlike kubectl it accepts blanks, which folded YAML text has.
func (e *entry) data(p pair) secret.Value {
	text := e.text(p)
	if strings.Contains(text, "-----BEGIN ") {
		e.bad(p.key, "%s holds PEM as it is, but must hold it in base64", p.key)
		return secret.Value{}
	}
	decoded, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
	if err != nil {
		e.bad(p.key, "%s is not base64; export the file again with \"kubectl config view --raw\"", p.key)
		return secret.Value{}
	}
	if text != "" && len(bytes.TrimSpace(decoded)) == 0 {
		e.bad(p.key, "%s holds nothing but blanks", p.key)
	}
	return secret.New(decoded)
}

func (e *entry) list(p pair) []string {
	n := deref(p.value)
	if isNull(n) {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		e.bad(p.key, "%s must be a list", p.key)
		return nil
	}
	all := make([]string, len(n.Content))
	for i, item := range n.Content {
		all[i] = e.text(pair{p.key, item.Line, item})
	}
	return all
}

// object gives the fields of a map within an entry.
func (e *entry) object(p pair) []pair {
	if n := deref(p.value); !isNull(n) && n.Kind != yaml.MappingNode {
		e.bad(p.key, "%s must be a map", p.key)
		return nil
	}
	return pairs(p.value)
}
