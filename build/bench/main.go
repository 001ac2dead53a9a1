// Command bench measures what a person feels of the program: how soon it is there, what it takes, how soon a login or
// another machine's edit shows. It prints a table and writes a list of {name, value, unit, goal, holds} as JSON;
// with -only, the other figures of an earlier run stay in it.
//
//	bash build/bench.sh [-only windows,login,edit,import,connections,size,pane,browser] [-trace] [-long] [-docs]
//
// Every figure with a goal is better when lower. A goal that is missed is printed so and is no failure of this command;
// a figure that could not be taken is. The windows are the production program and an empty Wails window, each on a
// session of its own under Xvfb (build/desktop.sh); the page is the same program's in Chromium; everything else is the program
// without its window. Members are a real API server, and for pane and browser 20 simulated ones (build/rig/herd) in a process of
// their own. A ratio's two sides are taken in turn, in one run.
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
	herd, kube, dev  string
	out              string
	only             []string
	trace, docs      bool
	churnFor         time.Duration
	pods             int
}

// measure is one kind of figures.
type measure struct {
	name string
	take func(context.Context, *lab) ([]figure, error)
}

// measures are in the order in which they run: the windows first, while the machine is quiet.
func measures() []measure {
	return []measure{
		{"windows", windows},
		{"login", logins},
		{"edit", edits},
		{"import", imports},
		{"connections", connections},
		{"size", size},
		{"pane", paneFigures},
		{"browser", browser},
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
	flags.StringVar(&s.herd, "herd", "build/bin/herd", "what simulates members")
	flags.StringVar(&s.kube, "kube", "build/kube/bin/kube-1.36", "what is kubectl when called so")
	flags.StringVar(&s.dev, "dev", "build/bin/binnacle-dev", "the program that Chromium can show")
	flags.DurationVar(&s.churnFor, "for", 30*time.Second, "how long the rows of pane and browser change")
	flags.IntVar(&s.pods, "pods", crowdPods, "how many pods all simulated members have together; other numbers are for trying out")
	long := flags.Bool("long", false, "have them change for ten minutes")
	flags.BoolVar(&s.docs, "docs", false, "write the figures of pane and browser into docs/performance.md")
	flags.StringVar(&s.out, "out", "build/bench.json", "where the figures go")
	flags.BoolVar(&s.trace, "trace", false, "print where the time of starts and logins went")
	only := flags.String("only", "", "take only these `measures`: "+strings.Join(names(measures()), ","))
	if err := flags.Parse(args); err != nil {
		return s, fmt.Errorf("flags: %w", err)
	}
	if *long {
		s.churnFor = 10 * time.Minute
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
	failed = append(failed, save(s.out, all))
	if s.docs {
		failed = append(failed, l.document())
	}
	return errors.Join(failed...)
}
