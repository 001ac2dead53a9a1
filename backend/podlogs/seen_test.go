package podlogs

import (
	"fmt"
	"hash/maphash"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestSeen breaks a container's log off at random lines and goes on as a server would: from the beginning of the newest
// second, with the lines of two streams a little out of order and many at the same time.
func TestSeen(t *testing.T) {
	for name, perSecond := range map[string]int{"slow": 3, "some": 500, "more than is remembered": 3 * maxSeen} {
		t.Run(name, func(t *testing.T) {
			random := rand.New(rand.NewPCG(uint64(perSecond), 1))
			at, seed := time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC), maphash.MakeSeed()
			var all []record
			for i := range 2 * maxSeen * min(2, 1+perSecond/maxSeen) {
				if random.IntN(3) > 0 {
					at = at.Add(time.Duration(random.Int64N(3 * int64(time.Second) / int64(perSecond))))
				}
				r := record{time: at, text: fmt.Append(nil, i)}
				if perSecond < maxSeen { // where all is remembered, order doesn't matter
					r.time = at.Add(-time.Duration(random.IntN(50)) * time.Microsecond)
					if random.IntN(5) == 0 {
						r.text = []byte("the same")
					}
				}
				r.id = maphash.String(seed, r.time.String()+string(r.text))
				all = append(all, r)
			}
			var s seen
			var got, want []string
			for _, r := range all {
				want = append(want, string(r.text))
			}
			for next, stops := 0, 0; next < len(all); stops++ {
				again, stop := s.again(), next+random.IntN(len(all)/8)+1
				for i, r := range all {
					if r.time.Before(s.second) && !s.second.IsZero() && i < next || i >= stop {
						continue
					}
					if !again(r) {
						s.add(r)
						got = append(got, string(r.text))
					}
				}
				next = min(stop, len(all))
			}
			if diff := cmp.Diff(strings.Join(want, "\n"), strings.Join(got, "\n")); diff != "" {
				t.Errorf("%d lines became %d (-want +got):\n%.2000s", len(want), len(got), diff)
			}
		})
	}
}
