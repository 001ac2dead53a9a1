package herd

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"
)

// tick is how often churn changes something.
const tick = 10 * time.Millisecond

// Churn changes so many pods a second from now on, spread over all members: nine of ten changes are of a pod's state and
// restarts, every tenth deletes one or makes one. 0 ends it. It goes on until it is set anew, Stop, or the end of ctx.
func (h *Herd) Churn(ctx context.Context, perSecond int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.endChurn()
	if perSecond <= 0 || len(h.Members) == 0 {
		return
	}
	ctx, h.churn = context.WithCancel(ctx)
	h.tasks.Go(func() { h.run(ctx, perSecond) })
}

// endChurn ends what goes on and waits for it. The lock is held.
func (h *Herd) endChurn() {
	if h.churn != nil {
		h.churn()
		h.tasks.Wait()
		h.churn = nil
	}
}

func (h *Herd) run(ctx context.Context, perSecond int) {
	ticks := time.NewTicker(tick)
	defer ticks.Stop()
	changers := make([]*changer, len(h.Members))
	for i, m := range h.Members {
		changers[i] = &changer{m: m, states: podStates()}
	}
	began, done := time.Now(), 0
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks.C:
		}
		for due := int(time.Since(began).Seconds() * float64(perSecond)); done < due; done++ {
			changers[done%len(changers)].change()
		}
	}
}

// changer changes pods of a member.
type changer struct {
	m      *Member
	states []*state
	made   int
	count  int
	gone   []*object // deleted, to be made again under another name
}

func (c *changer) change() {
	pods := c.m.stores[c.m.kind("pods")]
	old := pods.any()
	if old == nil {
		return
	}
	now := time.Now().Unix()
	c.count++
	switch {
	case c.count%20 == 5:
		c.gone = append(c.gone, old)
		_, _ = pods.put(old.namespace, old.name, c.m.next, func(*object) (*object, error) { return nil, nil }) //nolint:nilnil // nothing is what is to be left
	case c.count%20 == 15 && len(c.gone) > 0:
		c.made++
		o := *c.gone[0]
		c.gone = c.gone[1:]
		o.name = fmt.Sprintf("%s-%s-%s", o.app, o.hash, digest(5, c.m.name, o.name, fmt.Sprint(c.made, now)))
		o.uid, o.created, o.changed, o.restarts, o.state = uid(c.m.name, o.name), now, now, 0, c.states[len(c.states)-1]
		_, _ = pods.put(o.namespace, o.name, c.m.next, func(*object) (*object, error) { return &o, nil })
	default:
		_, _ = pods.put(old.namespace, old.name, c.m.next, func(is *object) (*object, error) {
			if is == nil {
				return nil, nil //nolint:nilnil // somebody deleted it meanwhile
			}
			o := *is
			o.changed, o.state = now, c.states[rand.IntN(len(c.states))]
			o.restarts++
			return &o, nil
		})
	}
}

// any is one of the objects, nil if there is none.
func (s *store) any() *object {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.objects) == 0 {
		return nil
	}
	return s.objects[rand.IntN(len(s.objects))]
}
