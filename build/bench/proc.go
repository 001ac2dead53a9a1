package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// memoryOf is the proportional set size of processes in MB: a page that n processes share counts 1/n in each.
func memoryOf(pids []int) (float64, error) {
	total := 0
	for _, p := range pids {
		kib, err := pss(p)
		if err != nil {
			return 0, err
		}
		total += kib
	}
	return float64(total) * 1024 / 1e6, nil
}

func pss(pid int) (int, error) {
	b, err := os.ReadFile(procFile(pid, "smaps_rollup"))
	if err != nil {
		return 0, fmt.Errorf("read the memory of process %d: %w", pid, err)
	}
	for line := range strings.Lines(string(b)) {
		if rest, ok := strings.CutPrefix(line, "Pss:"); ok {
			return strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")))
		}
	}
	return 0, fmt.Errorf("the memory of process %d is not told", pid)
}

// descendants are the processes that a process started, and those that they started.
func descendants(pid int) ([]int, error) {
	files, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		return nil, err
	}
	children := map[int][]int{}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			continue // it has just ended
		}
		// pid (name) state ppid ...: the name may hold anything, so its end is the last bracket.
		fields := bytes.Fields(b[bytes.LastIndexByte(b, ')')+1:])
		if len(fields) < 2 {
			continue
		}
		parent, err := strconv.Atoi(string(fields[1]))
		if err != nil {
			continue
		}
		child, err := strconv.Atoi(filepath.Base(filepath.Dir(file)))
		if err == nil {
			children[parent] = append(children[parent], child)
		}
	}
	var all []int
	for next := children[pid]; len(next) > 0; {
		all = append(all, next...)
		var further []int
		for _, p := range next {
			further = append(further, children[p]...)
		}
		next = further
	}
	return all, nil
}

// company says whether a web process runs on this machine that is none of these: it shares the engine's pages, of which
// each then counts less.
func company(own []int) bool {
	files, err := filepath.Glob("/proc/[0-9]*/comm")
	if err != nil {
		return false // never: the pattern is good
	}
	for _, file := range files {
		name, err := os.ReadFile(file)
		if err != nil || !strings.HasPrefix(string(name), "WebKitWebProces") { // comm holds 15 bytes
			continue
		}
		if pid, err := strconv.Atoi(filepath.Base(filepath.Dir(file))); err == nil && !slices.Contains(own, pid) {
			return true
		}
	}
	return false
}

func anyAlive(pids []int) bool {
	return slices.ContainsFunc(pids, func(pid int) bool {
		_, err := os.Stat(procFile(pid, "stat"))
		return err == nil
	})
}

func procFile(pid int, name string) string {
	return filepath.Join("/proc", strconv.Itoa(pid), name)
}
