package kubeconfig

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/binnacle-dev/binnacle/backend/secret"
)

// document is a kubeconfig as it stands, before contexts, clusters and users have found each other. It is not changed once read.
type document struct {
	source      string
	now         time.Time
	current     string
	currentLine int
	clusters    []*cluster
	users       []*user
	contexts    []*contextEntry
	notes       []string
}

// entry is what the items of a kubeconfig's three lists have in common.
type entry struct {
	source string
	what   string // `cluster "prod"`, for messages
	name   string // as it stands: not to be shown
	line   int
	lines  map[string]int // of the fields
	wrong  []string       // what could not be decoded
	sum    secret.Value   // digest of the content, to tell a copy from a clash
}

func (e *entry) says(field, format string, args ...any) string {
	line := e.line
	if l, ok := e.lines[field]; ok {
		line = l
	}
	return fmt.Sprintf("line %d: %s: ", line, e.what) + fmt.Sprintf(format, args...)
}

func (e *entry) bad(field, format string, args ...any) {
	e.wrong = append(e.wrong, e.says(field, format, args...))
}

// contextEntry is an item of the list of contexts.
type contextEntry struct {
	entry
	cluster, user, namespace string
}

func (d *document) note(format string, args ...any) {
	if len(d.notes) < maxNotes {
		d.notes = append(d.notes, fmt.Sprintf(format, args...))
	} else if len(d.notes) == maxNotes {
		d.notes = append(d.notes, "there is more of this kind")
	}
}

// unknown notes a field that nobody reads; kubectl passes over it in silence.
func (d *document) unknown(p pair, what string) {
	d.note("line %d: %s: the field %s is not known and has no effect", p.line, what, fieldName(p.key))
}

func (d *document) decode(root *yaml.Node) error {
	if isNull(root) {
		return errors.New("holds nothing; choose a kubeconfig with at least one context")
	}
	if root.Kind != yaml.MappingNode {
		return fmt.Errorf("line %d: is a list or plain text, not a kubeconfig", root.Line)
	}
	known := 0
	for _, p := range pairs(root) {
		ours, err := d.top(p)
		if err != nil {
			return err
		}
		if ours {
			known++
		} else {
			d.unknown(p, "kubeconfig")
		}
	}
	if known == 0 {
		return errors.New("is no kubeconfig: it has neither contexts, clusters nor users")
	}
	return nil
}

// top reads one field of the outermost map and says whether it belongs to a kubeconfig.
func (d *document) top(p pair) (ours bool, err error) {
	switch p.key {
	case "apiVersion", "kind":
		want := map[string]string{"apiVersion": "v1", "kind": "Config"}[p.key]
		value := deref(p.value)
		if got := value.Value; !isNull(value) && got != want && (got != "" || value.Kind != yaml.ScalarNode) {
			return false, fmt.Errorf("line %d: %s is %s; a kubeconfig has %s", p.line, p.key, quoted(got), want)
		}
		return p.key == "kind", nil
	case "current-context":
		d.current, d.currentLine = deref(p.value).Value, p.line
		return true, nil
	case "clusters":
		return true, d.items(p, "cluster", func(e entry, body *yaml.Node) { d.clusters = append(d.clusters, d.cluster(e, body)) })
	case "users":
		return true, d.items(p, "user", func(e entry, body *yaml.Node) { d.users = append(d.users, d.user(e, body)) })
	case "contexts":
		return true, d.items(p, "context", func(e entry, body *yaml.Node) { d.contexts = append(d.contexts, d.context(e, body)) })
	case "preferences", "extensions":
		return true, nil
	}
	return false, nil
}

// items reads one of the three lists: each item has a name and a body under the list's own key.
func (d *document) items(list pair, kind string, add func(entry, *yaml.Node)) error {
	if isNull(list.value) {
		return nil
	}
	if deref(list.value).Kind != yaml.SequenceNode {
		return fmt.Errorf("line %d: %s must be a list; each item begins with \"- name:\"", list.line, list.key)
	}
	for i, item := range deref(list.value).Content {
		if deref(item).Kind != yaml.MappingNode {
			return fmt.Errorf("line %d: item %d of %s must be a map with name and %s", item.Line, i+1, list.key, kind)
		}
		e := entry{source: d.source, line: item.Line, what: fmt.Sprintf("%s %d", kind, i+1), lines: map[string]int{}, sum: sum(item)}
		body := &yaml.Node{}
		var odd []pair
		for _, p := range pairs(item) {
			switch p.key {
			case "name":
				e.name = e.text(p)
				e.what = kind + " " + quoted(e.name)
			case kind:
				body = deref(p.value)
			default:
				odd = append(odd, p)
			}
		}
		for _, p := range odd {
			d.unknown(p, e.what)
		}
		if !isNull(body) && body.Kind != yaml.MappingNode {
			return fmt.Errorf("line %d: %s: %s must be a map", body.Line, e.what, kind)
		}
		add(e, body)
	}
	return nil
}

func (d *document) context(e entry, body *yaml.Node) *contextEntry {
	c := &contextEntry{entry: e}
	for _, p := range c.fields(body) {
		switch p.key {
		case "cluster":
			c.cluster = c.text(p)
		case "user":
			c.user = c.text(p)
		case "namespace":
			c.namespace = c.text(p)
		case "extensions":
		default:
			d.unknown(p, c.what)
		}
	}
	return c
}

// sum digests an item's content, whatever its layout.
func sum(n *yaml.Node) secret.Value {
	h := sha256.New()
	digest(h, n)
	return secret.New(h.Sum(nil))
}

func digest(h hash.Hash, n *yaml.Node) {
	n = deref(n)
	_, _ = fmt.Fprintf(h, "%d %d %d %s", n.Kind, len(n.Content), len(n.Value), n.Value)
	for _, child := range n.Content {
		digest(h, child)
	}
}
