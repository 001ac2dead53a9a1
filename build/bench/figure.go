package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"text/tabwriter"
)

// figure is one line of the table.
type figure struct {
	Name  string   `json:"name"`
	Value float64  `json:"value"`
	Unit  string   `json:"unit"`
	Goal  *float64 `json:"goal"`  // the most that is good; null: none, this figure explains another
	Holds bool     `json:"holds"` // true without a goal
	note  string   // how it came about
}

// explains is a figure without a goal.
func explains(name string, value float64, unit, note string) figure {
	return figure{Name: name, Value: math.Round(value*1000) / 1000, Unit: unit, Holds: true, note: note}
}

// within is a figure that should not be above goal.
func within(goal float64, name string, value float64, unit, note string) figure {
	f := explains(name, value, unit, note)
	f.Goal, f.Holds = &goal, value <= goal
	return f
}

// samples are repeated takings of one thing.
type samples []float64

func (s samples) median() float64 {
	sorted := slices.Sorted(slices.Values(s))
	n := len(sorted)
	if n == 0 {
		return math.NaN()
	}
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

// String tells number and spread.
func (s samples) String() string {
	if len(s) == 0 {
		return "never taken"
	}
	return fmt.Sprintf("median of %d, %.3g to %.3g", len(s), slices.Min(s), slices.Max(s))
}

// table prints figures: those with a goal first.
func table(out io.Writer, all []figure) {
	sorted := slices.Clone(all)
	slices.SortStableFunc(sorted, func(a, b figure) int { return cmp.Compare(rank(a), rank(b)) })
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "\nfigure\tvalue\tunit\tgoal\t\thow")
	for _, f := range sorted {
		goal, verdict := "-", ""
		if f.Goal != nil {
			goal, verdict = strconv.FormatFloat(*f.Goal, 'f', -1, 64), "holds"
			if !f.Holds {
				verdict = "MISSED"
			}
		}
		fmt.Fprintf(w, "%s\t%.4g\t%s\t%s\t%s\t%s\n", f.Name, f.Value, f.Unit, goal, verdict, f.note)
	}
	fmt.Fprintln(w)
	_ = w.Flush() // to a terminal
}

func rank(f figure) int {
	if f.Goal != nil {
		return 0
	}
	return 1
}

// save writes the figures as JSON, over those of the same names: others stay, of an earlier run.
func save(file string, found []figure) error {
	all, err := load(file)
	if err != nil {
		return err
	}
	for _, f := range found {
		if i := slices.IndexFunc(all, func(old figure) bool { return old.Name == f.Name }); i >= 0 {
			all[i] = f
		} else {
			all = append(all, f)
		}
	}
	b, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return fmt.Errorf("encode the figures: %w", err)
	}
	return os.WriteFile(file, append(b, '\n'), 0o644)
}

// load reads what save wrote; nothing was saved yet is no error.
func load(file string) ([]figure, error) {
	all := []figure{}
	b, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return all, nil
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(b, &all); err != nil {
		return nil, fmt.Errorf("read the figures in %s: %w", file, err)
	}
	return all, nil
}
