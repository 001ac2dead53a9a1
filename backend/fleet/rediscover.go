package fleet

import (
	"context"
	"maps"
	"slices"
	"time"
)

// Kinds is what the member serves, as Client.Kinds; nothing while it has no client.
func (f *Fleet) Kinds(id string) (kinds []Kind, known bool) {
	client, err := f.Client(id)
	if err != nil {
		return nil, false
	}
	return client.Kinds()
}

// Rediscover has the member asked at once what it serves, if it is ready, and not only within Timing.Discovery: someone found out
// that a kind has come or gone. Changed rings if that is so.
func (f *Fleet) Rediscover(id string) {
	for _, m := range f.all(func(m *member) bool { return m.spec.ID == id }) {
		select {
		case m.look <- struct{}{}:
		default: // one is enough
		}
	}
}

// idle waits between two signs of life, and looks at what is served meanwhile if someone wants that.
func (m *member) idle(ctx context.Context, wait time.Duration) (asked, alive bool) {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return false, false
		case <-m.kick:
			return true, true
		case <-timer.C:
			return false, true
		case <-m.look:
			m.rediscover(ctx, true)
		}
	}
}

// rediscover asks what is served, by its tag: mostly the answer is that nothing changed. Where kinds must be asked for one by one,
// those that are new are, or all of them with anew. What goes wrong is left to the next sign of life, and what is known stays.
func (m *member) rediscover(ctx context.Context, anew bool) {
	before := m.client.discovered()
	err := m.guarded(ctx, func(ctx context.Context) error {
		ctx, cancel := context.WithTimeout(ctx, m.fleet.o.Timing.Request)
		defer cancel()
		now, err := m.client.discover(ctx, anew)
		if err == nil && !now.core.told && len(now.core.ask()) == 0 {
			err = m.client.discoverCore(ctx)
		}
		if err != nil {
			return err
		}
		return m.client.askDue(ctx)
	})
	m.discovered = time.Now()
	m.unfinished = err != nil && unanswered(err) // then the next sign of life comes soon: the member may be gone
	if m.keep(before) {
		m.fleet.update(m, func(*Status) {}) // rings
	}
}

// keep saves what is served if that is other than before, and says whether the kinds are.
func (m *member) keep(before apis) bool {
	now := m.client.discovered()
	news := now.known() != before.known() || !sameList(now.all, before.all)
	renewed := news || now.groups.etag != before.groups.etag || now.core.etag != before.core.etag ||
		!maps.EqualFunc(now.groups.versions, before.groups.versions, slices.Equal)
	if c := m.fleet.o.Cache; c != nil && now.asked && renewed {
		now.save(c, m.spec.Endpoint)
	}
	return news
}

// sameList says whether both are one list: learn keeps the old one while nothing changes.
func sameList(a, b []Kind) bool { return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0]) }
