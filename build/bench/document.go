package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

const (
	performance = "docs/performance.md"
	sizePlot    = "docs/images/cost-against-size.svg"
)

// document writes the saved figures into docs/performance.md, between its marks, and a plot of the sizes beside it.
func (l *lab) document() error {
	all, err := load(l.out)
	if err != nil {
		return err
	}
	page, err := os.ReadFile(performance)
	if err != nil {
		return err
	}
	page, err1 := between(page, "figures", goalTable(all))
	page, err2 := between(page, "sizes", sizeTable(all))
	page, err3 := between(page, "machine", fmt.Sprintf("Taken on %s: %s.\n", time.Now().Format(time.DateOnly), machineFacts()))
	if err := errors.Join(err1, err2, err3); err != nil {
		return err
	}
	if err := os.WriteFile(performance, page, 0o644); err != nil {
		return err
	}
	costs := costsOf(all)
	if len(costs) == 0 {
		return nil
	}
	return os.WriteFile(sizePlot, plot(costs), 0o644)
}

// between puts text between two marks of a page: <!-- bench:name --> and <!-- end -->.
func between(page []byte, name, text string) ([]byte, error) {
	mark := []byte("<!-- bench:" + name + " -->\n")
	start := bytes.Index(page, mark)
	if start < 0 {
		return page, fmt.Errorf("%s has no mark %s", performance, bytes.TrimSpace(mark))
	}
	start += len(mark)
	end := bytes.Index(page[start:], []byte("<!-- end -->"))
	if end < 0 {
		return page, fmt.Errorf("%s has no end of %s", performance, bytes.TrimSpace(mark))
	}
	return bytes.Join([][]byte{page[:start], []byte(text), page[start+end:]}, nil), nil
}

// goalTable has the figures with a goal.
func goalTable(all []figure) string {
	var b strings.Builder
	b.WriteString("| figure | measured | goal | |\n|---|---:|---:|---|\n")
	for _, f := range all {
		if f.Goal == nil {
			continue
		}
		verdict := "holds"
		if !f.Holds {
			verdict = "**missed**"
		}
		fmt.Fprintf(&b, "| `%s` | %.3g %s | %s | %s |\n", f.Name, f.Value, f.Unit, strconv.FormatFloat(*f.Goal, 'f', -1, 64), verdict)
	}
	return b.String()
}

// costsOf finds the sizes' figures again.
func costsOf(all []figure) []sizeCost {
	value := map[string]float64{}
	for _, f := range all {
		value[f.Name] = f.Value
	}
	var costs []sizeCost
	for _, rows := range sizeRows() {
		name := fmt.Sprintf("size_%dk_", rows/1000)
		if mb, taken := value[name+"heap_mb"]; taken {
			costs = append(costs, sizeCost{Rows: rows, Seconds: value[name+"list_seconds"], MB: mb, P99: value[name+"window_p99_ms"]})
		}
	}
	return costs
}

func sizeTable(all []figure) string {
	var b strings.Builder
	b.WriteString("| rows | listed in | Go's heap | window p99 |\n|---:|---:|---:|---:|\n")
	for _, c := range costsOf(all) {
		fmt.Fprintf(&b, "| %d | %.2f s | %.1f MB | %.1f ms |\n", c.Rows, c.Seconds, c.MB, c.P99)
	}
	return b.String()
}
