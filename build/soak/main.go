// Command soak runs a fleet for half an hour under all that a day does to it: clusters that come and go, black holes, faults on the
// way, and sign-ins and client certificates that end every minute. After each round everything is mended, and then every
// member must be in the state that is true, and stay there. Goroutines, heap and open files must not grow.
//
//	go run ./build/soak [-for 30m]
//
// It needs the control plane of `make rig`. The exit code says whether all of it held.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:])
	cancel()
	if err != nil {
		fmt.Fprintln(os.Stderr, "soak:", err)
		os.Exit(1)
	}
	fmt.Println("soak: all of it held")
}

func run(ctx context.Context, args []string) (err error) {
	flags := flag.NewFlagSet("soak", flag.ContinueOnError)
	length := flags.Duration("for", 30*time.Minute, "how long")
	if err := flags.Parse(args); err != nil {
		return fmt.Errorf("flags: %w", err)
	}
	h, err := build(ctx)
	if err != nil {
		return err
	}
	defer h.close()
	before := taken()
	f := h.open()
	var marks []mark
	var wrong []error
	for began := time.Now(); time.Since(began) < *length && ctx.Err() == nil; {
		h.storm(ctx, f)
		h.mend(ctx)
		wrong = append(wrong, h.settle(ctx, f), h.steady(ctx, f))
		marks = append(marks, taken())
		fmt.Printf("%5.0f s  %v  %d proofs given\n", time.Since(began).Seconds(), marks[len(marks)-1], h.proofs.Load())
		if err := errors.Join(wrong...); err != nil {
			f.Close()
			return err
		}
	}
	f.Close()
	return errors.Join(ctx.Err(), flat(marks), gone(before))
}
