// Command bench measures what a person feels of the program: how soon it is there, what it takes, how soon a login or
// another machine's edit shows. It prints a table and writes a list of {name, value, unit, goal, holds} as JSON.
//
//	bash build/bench.sh [-only windows,login,edit,import,connections,size] [-trace]
//
// Every figure with a goal is better when lower. A goal that is missed is printed so and is no failure of this command;
// a figure that could not be taken is. The windows are the production program and an empty Wails window, each on a
// session of its own under Xvfb (build/desktop.sh); everything else is the program without its window, against a real
// API server. A ratio's two sides are taken in turn, in one run.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"
)

// settings are the flags.
type settings struct {
	app, empty, shim string
	out              string
	only             []string
	trace            bool
}

// measure is one kind of figures.
type measure struct {
	name string
	take func(context.Context, *lab) ([]figure, error)
}

// measures are in the order in which they run: the windows first, while the machine is quiet.
func measures() []measure {
	return []measure{
		{"windows", windows}, {"login", logins}, {"edit", edits}, {"import", imports}, {"connections", connections}, {"size", size},
	}
}

func main() {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout)
	cancel()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func parse(args []string) (settings, error) {
	var s settings
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.StringVar(&s.app, "app", "build/bin/binnacle", "the program")
	flags.StringVar(&s.empty, "empty", "build/bin/bench-empty", "the empty window")
	flags.StringVar(&s.shim, "shim", "build/bin/wdshim.so", "what lets WebDriver read a window")
	flags.StringVar(&s.out, "out", "build/bench.json", "where the figures go")
	flags.BoolVar(&s.trace, "trace", false, "print where the time of starts and logins went")
	only := flags.String("only", "", "take only these `measures`: "+strings.Join(names(measures()), ","))
	if err := flags.Parse(args); err != nil {
		return s, fmt.Errorf("flags: %w", err)
	}
	s.only = strings.FieldsFunc(*only, func(r rune) bool { return r == ',' })
	for _, name := range s.only {
		if !slices.Contains(names(measures()), name) {
			return s, fmt.Errorf("there is no measure %q", name)
		}
	}
	if flags.NArg() > 0 {
		return s, errors.New("no arguments but flags; see --help")
	}
	return s, nil
}

func names(all []measure) []string {
	out := make([]string, 0, len(all))
	for _, m := range all {
		out = append(out, m.name)
	}
	return out
}

func run(ctx context.Context, args []string, out io.Writer) (err error) {
	s, err := parse(args)
	if err != nil {
		return err
	}
	l, err := newLab(s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.close()) }()
	fmt.Fprintln(out, machineFacts())
	var all []figure
	var failed []error
	for _, m := range measures() {
		if len(s.only) > 0 && !slices.Contains(s.only, m.name) {
			continue
		}
		began := time.Now()
		found, err := m.take(ctx, l)
		if err != nil {
			failed = append(failed, fmt.Errorf("%s: %w", m.name, err))
		}
		all = append(all, found...)
		fmt.Fprintf(os.Stderr, "bench: %s took %.0f s\n", m.name, time.Since(began).Seconds())
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	table(out, all)
	fmt.Fprintln(out, machineFacts())
	return errors.Join(append(failed, save(s.out, all))...)
}
