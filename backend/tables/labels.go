package tables

import (
	"bytes"
	"hash/maphash"
	"maps"

	"github.com/binnacle-dev/binnacle/backend/pane"
)

// labelCache keeps the labels that came last: the next objects often have the same.
type labelCache struct {
	seed   maphash.Seed
	recent [256]writtenLabels
	last   *writtenLabels // of recent; nil: there is none
}

type writtenLabels struct {
	written string
	labels  pane.Labels
}

func newLabelCache() labelCache { return labelCache{seed: maphash.MakeSeed()} }

func (c *labelCache) read(b []byte, i int) (pane.Labels, int) {
	if c.last != nil && bytes.HasPrefix(b[i:], []byte(c.last.written)) {
		return c.last.labels, i + len(c.last.written)
	}
	end := skipValue(b, i)
	if end < 0 {
		return "", end
	}
	written := b[i:end]
	slot := &c.recent[maphash.Bytes(c.seed, written)%uint64(len(c.recent))]
	if slot.written != string(written) {
		labels, ordered := orderedLabels(written)
		if !ordered {
			labels = parseLabels(written)
		}
		slot.written, slot.labels = string(written), labels
	}
	if written[0] == '{' { // a number has no end of its own
		c.last = slot
	}
	return slot.labels, end
}

// orderedLabels is parseLabels for labels that stand in the order of their keys, as servers write them: what pane.MakeLabels would sort
// is sorted already. It says whether they did.
func orderedLabels(b []byte) (labels pane.Labels, ordered bool) {
	text := make([]byte, 0, len(b))
	var before []byte
	i, ok := within(b, 0, '{')
	for n := 0; ok; n++ {
		var key, value []byte
		if key, i = member(b, i); key == nil {
			break
		}
		value, i = content(b, i)
		if n == maxLabels || i < 0 || !isLabel(key) || !isLabel(value) || n > 0 && bytes.Compare(before, key) >= 0 {
			return "", false
		}
		if n > 0 {
			text = append(text, ',')
		}
		text = append(append(append(text, key...), '='), value...)
		before = key
	}
	return pane.Labels(text), true
}

// parseLabels reads an object of labels; what can't be one is left out.
func parseLabels(b []byte) pane.Labels {
	labels := map[string]string{}
	i, ok := within(b, 0, '{')
	for ok && len(labels) < maxLabels {
		var key, value []byte
		if key, i = member(b, i); key == nil {
			break
		}
		value, i = content(b, i)
		if ok = i >= 0; ok && isLabel(key) && isLabel(value) {
			labels[string(key)] = string(value)
		}
	}
	return pane.MakeLabels(maps.All(labels))
}

// isLabel says whether the text can be a part of a label: of these characters alone, and not long.
func isLabel(s []byte) bool {
	for _, c := range s {
		switch {
		case c >= 'a' && c <= 'z', c >= '-' && c <= '9', c >= 'A' && c <= 'Z', c == '_': // - . / and digits follow each other
		default:
			return false
		}
	}
	return len(s) <= maxLabel
}
