package tables

import (
	"testing"

	"github.com/binnacle-dev/binnacle/backend/pane"
)

// Labels are read from what the cache has only where all of them are the same.
func TestLabelCache(t *testing.T) {
	c := newLabelCache()
	for _, want := range []struct {
		written string
		labels  pane.Labels
		end     int
	}{
		{`{"a":"1"}`, "a=1", 9},
		{`{"a":"1"},`, "a=1", 9},
		{`{"a":"1","b":"2"}`, "a=1,b=2", 17},
		{`{"a":"1"}}`, "a=1", 9},
		{`{"a":"1"`, "", short},
		{`12,`, "", 2},
		{`123,`, "", 3},
	} {
		for range 2 {
			if labels, end := c.read([]byte(want.written), 0); labels != want.labels || end != want.end {
				t.Errorf("%s: %q until %d; want %q until %d", want.written, labels, end, want.labels, want.end)
			}
		}
	}
}

// The way for labels in order gives what the way for all labels gives, and leaves to that what isn't in order.
func TestOrderedLabels(t *testing.T) {
	for name, c := range map[string]struct {
		written string
		labels  pane.Labels
		ordered bool
	}{
		"none":         {`{}`, "", true},
		"null":         {`null`, "", true},
		"as servers":   {`{"app":"web","app.kubernetes.io/name":"web","tier":""}`, "app=web,app.kubernetes.io/name=web,tier=", true},
		"with spaces":  {"{ \"a\" : \"1\" ,\n\"b\" : \"2\" }", "a=1,b=2", true},
		"not in order": {`{"b":"2","a":"1"}`, "a=1,b=2", false},
		"twice":        {`{"a":"1","a":"2"}`, "a=2", false},
		"no label":     {`{"a":"1","b":"x,c=y"}`, "a=1", false},
		"escaped":      {`{"\u0061":"1","b":"2"}`, "a=1,b=2", true},
	} {
		t.Run(name, func(t *testing.T) {
			labels, ordered := orderedLabels([]byte(c.written))
			if ordered != c.ordered || ordered && labels != c.labels {
				t.Errorf("in order: %q, %v; want %q, %v", labels, ordered, c.labels, c.ordered)
			}
			if got := parseLabels([]byte(c.written)); got != c.labels {
				t.Errorf("in any order: %q, want %q", got, c.labels)
			}
		})
	}
}
