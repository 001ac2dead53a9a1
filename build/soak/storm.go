package main

import (
	"context"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/binnacle-dev/binnacle/backend/fleet"
	"github.com/binnacle-dev/binnacle/build/rig/faultproxy"
)

const stormy = 35 * time.Second

// storm does to the fleet what a day does, in no order.
func (h *house) storm(ctx context.Context, f *fleet.Fleet) {
	for began := time.Now(); time.Since(began) < stormy && ctx.Err() == nil; time.Sleep(rand.N(500 * time.Millisecond)) {
		id := h.members[rand.IntN(len(h.members))].ID
		switch rand.IntN(8) {
		case 0:
			f.Set(h.some())
		case 1:
			f.Set(h.members)
		case 2:
			f.Renew(id)
		case 3:
			f.RenewAll()
		case 4:
			f.Retry(id)
		case 5:
			f.Retry()
		case 6:
			if c, err := f.Client(id); err == nil {
				_, _ = c.WhoAmI(ctx) // may fail: the storm goes on
			}
		default:
			h.spoil(ctx, h.proxies[rand.IntN(len(h.proxies))])
		}
	}
}

// some are about half of the members.
func (h *house) some() []fleet.Member {
	var some []fleet.Member
	for _, m := range h.members {
		if rand.IntN(2) == 0 {
			some = append(some, m)
		}
	}
	return some
}

// spoil does one thing to a proxy, in the place of what was done to it before.
func (h *house) spoil(ctx context.Context, p *faultproxy.Proxy) {
	p.Clear()
	_ = p.SetMode(ctx, faultproxy.Open) // ends with the storm at the latest; mend says if it can't
	switch rand.IntN(9) {
	case 0:
		_ = p.SetMode(ctx, faultproxy.Refusing)
	case 1:
		_ = p.SetMode(ctx, faultproxy.Silent)
	case 2:
		p.Add(faultproxy.Rule{Hang: true})
	case 3:
		p.Add(faultproxy.Rule{Cut: faultproxy.CutBefore})
	case 4:
		p.Add(faultproxy.Rule{Cut: faultproxy.CutBody, CutAfter: 10})
	case 5:
		p.Add(faultproxy.Rule{BytesPerSecond: 20})
	case 6:
		p.Add(faultproxy.Rule{Body: "<html>Welcome</html>"})
	default:
		codes := []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusServiceUnavailable}
		p.Add(faultproxy.Rule{Status: codes[rand.IntN(len(codes))]})
	}
}

// mend ends all faults.
func (h *house) mend(ctx context.Context) {
	for _, p := range h.proxies {
		p.Clear()
		_ = p.SetMode(ctx, faultproxy.Open) // what can't be mended shows in settle
	}
}
