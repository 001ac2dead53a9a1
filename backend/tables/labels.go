package tables

import (
	"hash/maphash"
	"maps"
	"strings"

	"github.com/binnacle-dev/binnacle/backend/pane"
)

// labelCache keeps the labels that came last: the next objects often have the same.
type labelCache struct {
	seed   maphash.Seed
	recent [256]struct {
		written string
		labels  pane.Labels
	}
}

func newLabelCache() labelCache { return labelCache{seed: maphash.MakeSeed()} }

func (c *labelCache) read(b []byte, i int) (pane.Labels, int) {
	end := skipValue(b, i)
	if end < 0 {
		return "", end
	}
	written := b[i:end]
	slot := &c.recent[maphash.Bytes(c.seed, written)%uint64(len(c.recent))]
	if slot.written != string(written) {
		slot.written, slot.labels = string(written), parseLabels(written)
	}
	return slot.labels, end
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
	const marks = "-_./"
	for _, c := range s {
		if (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && !strings.ContainsRune(marks, rune(c)) {
			return false
		}
	}
	return len(s) <= maxLabel
}
