package console

import (
	"testing"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/fleet"
)

// Rung says whether a log's doorbell is kept.
func (c *Console) Rung(log string) bool { return c.bells.at(bridge.EventLogs, log) > 0 }

// Who is about to tell is in a catalog, so it is news when one can't any more, though nobody told anything.
func TestLearningIsNews(t *testing.T) {
	var k kinds
	none := map[string][]fleet.Kind{}
	for i, c := range []struct {
		told     map[string][]fleet.Kind
		learning []string
		news     bool
	}{
		{none, []string{"a", "b"}, true},
		{none, []string{"a", "b"}, false},
		{none, []string{"a"}, true},
		{map[string][]fleet.Kind{"a": {}}, nil, true},
		{map[string][]fleet.Kind{"a": {}}, nil, false},
	} {
		if news := k.learn(c.told, c.learning); news != c.news {
			t.Errorf("%d: news %v", i, news)
		}
	}
}
