package fleet

import (
	"context"
	"net"
	"slices"
	"strings"
	"time"
)

// reading is what the two clocks say. The monotonic one stands still while some systems sleep and goes on while others do.
type reading struct{ wall, mono time.Time }

func read() reading {
	now := time.Now()
	return reading{wall: now.Round(0), mono: now}
}

// slept says whether the machine slept between two readings that should be tick apart.
func slept(before, after reading, tick time.Duration) bool {
	wall, mono := after.wall.Sub(before.wall), after.mono.Sub(before.mono)
	return wall-mono > sleepGap || mono > tick+sleepGap
}

// outlook tells this machine's place in the network: its addresses, and those from which it would speak to the world. Nothing is
// sent for it. Of IPv6 only the network counts, for the rest of an address changes every day on purpose.
func outlook() string {
	var places []string
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		return ""
	}
	for _, a := range addresses {
		if n, ok := a.(*net.IPNet); ok && n.IP.IsGlobalUnicast() {
			if n.IP.To4() == nil {
				n.IP = n.IP.Mask(n.Mask)
			}
			places = append(places, n.String())
		}
	}
	slices.Sort(places)
	for _, world := range []string{"192.0.2.1:9", "[2001:db8::1]:9"} { // addresses for documentation; connecting UDP only picks the route
		if c, err := (&net.Dialer{}).DialContext(context.Background(), "udp", world); err == nil { //nolint:forbidigo // never waits
			if from, ok := c.LocalAddr().(*net.UDPAddr); ok {
				if from.IP.To4() == nil {
					from.IP = from.IP.Mask(net.CIDRMask(64, 128))
				}
				places = append(places, "from "+from.IP.String())
			}
			_ = c.Close()
		}
	}
	return strings.Join(places, " ")
}

// watchMachine starts the one goroutine that notices a wake from sleep and a change of network, and has everything tried again
// then; the caller holds mu.
func (f *Fleet) watchMachine() {
	if f.watching {
		return
	}
	f.watching = true
	f.wg.Go(func() {
		ticker := time.NewTicker(f.o.Timing.Tick)
		defer ticker.Stop()
		clock, place := f.o.clock(), f.o.outlook()
		for {
			select {
			case <-f.done:
				return
			case <-ticker.C:
			}
			now, here := f.o.clock(), f.o.outlook()
			switch {
			case slept(clock, now, f.o.Timing.Tick):
				f.o.Log.Info("this machine slept; every member is tried again")
				f.moved()
			case here != place:
				f.o.Log.Info("this machine's network changed; every member is tried again")
				f.moved()
			}
			clock, place = now, here
		}
	})
}

// moved tells all members that nothing on the way to them is as it was.
func (f *Fleet) moved() {
	for _, m := range f.all(func(*member) bool { return true }) {
		m.poke(true)
	}
}
