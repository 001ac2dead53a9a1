package apps

import (
	"slices"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/util/validation"

	"github.com/binnacle-dev/binnacle/backend/plain"
)

const (
	maxText   = 300 // characters of a text that is shown
	maxImages = 100 // of an instance
)

// clean makes a stranger's text fit to be shown.
func clean(s string) string { return plain.Line(s, maxText) }

// first is the first text that isn't empty, cleaned.
func first(texts ...string) string {
	for _, s := range texts {
		if s = clean(s); s != "" {
			return s
		}
	}
	return ""
}

// sentences joins what is there, each with a full stop.
func sentences(texts ...string) string {
	var out []string
	for _, s := range texts {
		if s = clean(s); s != "" {
			if !strings.ContainsAny(s[len(s)-1:], ".!?") && !strings.HasSuffix(s, "…") {
				s += "."
			}
			out = append(out, s)
		}
	}
	return strings.Join(out, " ")
}

// isPlace says whether an object can be asked for by these names: what isn't a name could lead a path elsewhere.
func isPlace(namespace, name string) bool {
	return len(validation.IsDNS1123Label(namespace)) == 0 && len(validation.IsDNS1123Subdomain(name)) == 0
}

// selectorOf is a label selector for one value, "" if it can't be one.
func selectorOf(label, value string) string {
	if value == "" || len(validation.IsValidLabelValue(value)) > 0 {
		return ""
	}
	return label + "=" + value
}

// moment is a time in JSON; what is none is the zero one, and fails nothing.
type moment struct{ time.Time }

// UnmarshalJSON never fails.
func (m *moment) UnmarshalJSON(raw []byte) error {
	if m.Time.UnmarshalJSON(raw) != nil {
		m.Time = time.Time{}
	}
	return nil
}

// imageSet gathers references of images, each once and not too many.
type imageSet map[string]bool

func (s imageSet) add(reference string) {
	if len(s) < maxImages && isImage(reference) {
		s[strings.Clone(reference)] = true // the caller's may be part of something large
	}
}

func (s imageSet) sorted() []string {
	out := make([]string, 0, len(s))
	for image := range s {
		out = append(out, image)
	}
	slices.Sort(out)
	return out
}
