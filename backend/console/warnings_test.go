package console_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/binnacle-dev/binnacle/backend/bridge"
)

func warningEvent(namespace, name, reason, message string, ago time.Duration) string {
	at := time.Now().Add(-ago).UTC().Format(time.RFC3339)
	return fmt.Sprintf(`apiVersion: v1
kind: Event
metadata: {name: %s, namespace: %s}
involvedObject: {apiVersion: v1, kind: Pod, name: web, namespace: %[2]s}
type: Warning
reason: %s
message: %q
count: 1
firstTimestamp: %q
lastTimestamp: %q
`, name, namespace, reason, message, at, at)
}

// TestWarningsLeadToTheirRows counts the warnings of the last hour, and finds that each number's query shows just what it counted:
// no older event, and none that merely mentions the reason.
func TestWarningsLeadToTheirRows(t *testing.T) {
	p, one, two, namespace := twoMembers(t)
	hour := time.Hour
	one.Apply(t, warningEvent(namespace, "a", "Drifted-"+namespace, "off the course", hour/60))
	two.Apply(t, warningEvent(namespace, "b", "Drifted-"+namespace, "still off", hour/2))
	one.Apply(t, warningEvent(namespace, "old", "Drifted-"+namespace, "long ago", 2*hour))
	two.Apply(t, warningEvent(namespace, "c", "Drifted-"+namespace+"-far", "Drifted-"+namespace+" once more", hour/60))

	find := func(o bridge.Overview) *bridge.Warning {
		for i := range o.Warnings {
			if o.Warnings[i].Reason == "Drifted-"+namespace {
				return &o.Warnings[i]
			}
		}
		return nil
	}
	var w *bridge.Warning
	var o bridge.Overview
	p.until("both are counted", func() bool {
		o = must[bridge.Overview](p, "/api/overview", nil)
		w = find(o)
		return w != nil && w.Rows == 2
	})
	if len(w.Members) != 2 || w.Message != "off the course" {
		t.Errorf("%+v", w)
	}
	p.shows(w.Query, "one/"+namespace+"/a", "two/"+namespace+"/b")
	all := w.Query
	all.Filter.Cells = nil
	if got := p.window(all).Matched; got != o.WarningRows {
		t.Errorf("%d warnings are counted, and %d shown", o.WarningRows, got)
	}
	all.Filter.Within, all.Filter.Namespaces = 0, []string{namespace}
	if got := p.window(all).Matched; got != 4 {
		t.Errorf("%d of 4 warnings without a time", got)
	}
	all.Filter.Within = 300
	if got := p.window(all).Matched; got != 2 {
		t.Errorf("%d of 2 warnings of the last five minutes", got)
	}
}
