package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"time"
)

// mark is what this process holds at one moment. The cluster is another process, the proxies and the issuer are in this one.
type mark struct{ goroutines, files, heap int }

func (m mark) String() string {
	return fmt.Sprintf("%4d goroutines  %4d files  %6.1f MB", m.goroutines, m.files, float64(m.heap)/1e6)
}

func taken() mark {
	runtime.GC()
	runtime.GC() // what finalizers kept
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	files, _ := os.ReadDir("/proc/self/fd") // elsewhere goroutines must do: each connection has two
	return mark{runtime.NumGoroutine(), len(files), int(memory.HeapAlloc)}
}

// Some of it differs by chance: which proxies' connections have idled out, and how full maps are.
const (
	spareGoroutines = 30
	spareFiles      = 15
	spareHeap       = 6e6
)

// flat compares the last third with the first, each by its median; the first round warms up.
func flat(marks []mark) error {
	if len(marks) < 4 {
		return fmt.Errorf("%d rounds are too few to see a growth; give it more time", len(marks))
	}
	marks = marks[1:]
	third := max(len(marks)/3, 1)
	first, last := marks[:third], marks[len(marks)-third:]
	var wrong []error
	for what, c := range map[string]struct {
		of    func(mark) int
		spare int
	}{
		"goroutines":    {func(m mark) int { return m.goroutines }, spareGoroutines},
		"files":         {func(m mark) int { return m.files }, spareFiles},
		"bytes of heap": {func(m mark) int { return m.heap }, spareHeap},
	} {
		if before, after := median(first, c.of), median(last, c.of); after > before+c.spare {
			wrong = append(wrong, fmt.Errorf("%d %s at the end, %d at the beginning", after, what, before))
		}
	}
	return errors.Join(wrong...)
}

func median(marks []mark, of func(mark) int) int {
	var all []int
	for _, m := range marks {
		all = append(all, of(m))
	}
	slices.Sort(all)
	return all[len(all)/2]
}

// gone says whether something is left of a fleet that was closed. The proxies let go of their ends a little later.
func gone(before mark) error {
	now := taken()
	for began := time.Now(); now.goroutines > before.goroutines+spareGoroutines || now.files > before.files+spareFiles; now = taken() {
		if time.Since(began) > 2*time.Minute {
			return fmt.Errorf("after Close %v, before the fleet %v", now, before)
		}
		time.Sleep(time.Second)
	}
	return nil
}
