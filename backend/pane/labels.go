package pane

import (
	"iter"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/labels"
)

// Labels is a set of labels as one text, "a=b,c=d", sorted by key: equal sets are equal texts.
type Labels string

// MakeLabels packs labels. Those that Kubernetes wouldn't take, with a comma or an equals sign in them, are left out.
func MakeLabels(pairs iter.Seq2[string, string]) Labels {
	type pair struct{ key, value string }
	var list []pair
	for key, value := range pairs {
		if !strings.ContainsAny(key, ",=") && !strings.ContainsAny(value, ",=") {
			list = append(list, pair{key, value})
		}
	}
	slices.SortFunc(list, func(a, b pair) int { return strings.Compare(a.key, b.key) })
	var text strings.Builder
	for i, p := range list {
		if i > 0 {
			text.WriteByte(',')
		}
		text.WriteString(p.key)
		text.WriteByte('=')
		text.WriteString(p.value)
	}
	return Labels(text.String())
}

var _ labels.Labels = Labels("")

// Lookup finds a label's value.
func (l Labels) Lookup(key string) (value string, exists bool) {
	for rest := string(l); rest != ""; {
		var pair string
		pair, rest, _ = strings.Cut(rest, ",")
		if len(pair) > len(key) && pair[len(key)] == '=' && pair[:len(key)] == key {
			return pair[len(key)+1:], true
		}
	}
	return "", false
}

// Has says whether there is such a label.
func (l Labels) Has(key string) bool {
	_, exists := l.Lookup(key)
	return exists
}

// Get is a label's value, "" when there is none.
func (l Labels) Get(key string) string {
	value, _ := l.Lookup(key)
	return value
}
