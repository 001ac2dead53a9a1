// Command rig runs real Kubernetes clusters and identity providers on this
// machine, for end-to-end tests and for the demo.
//
//	go run ./build/rig --dir DIR --clusters 5 --versions 1.36,1.33 --users ana,ben
//	go run ./build/rig --demo
//
// It writes DIR/<cluster>/<user>.kubeconfig for admin and for each user, then
// prints one line of JSON: {"ready":true,"clusters":[{"name","server",
// "version","kubeconfigs":{"admin":"<file>",...}}]}. After that it takes
// commands, one JSON object per line of standard input, and answers each with
// one line, in order: {"id":…,"ok":true,…} or {"id":…,"ok":false,"error":"…"}.
// See the commands' tables for what there is. It ends, and ends what it started,
// when standard input closes, or by Ctrl-C.
//
// Users have no rights but those that a command gives them; in the demo, ana may
// read everything.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

// settings are the flags.
type settings struct {
	dir         string
	count       int
	versions    []string
	users       []string
	controllers bool
	demo        bool
	openshift   bool
}

func main() {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdin, os.Stdout)
	cancel()
	if err != nil {
		fmt.Fprintln(os.Stderr, "rig:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, in io.Reader, out io.Writer) (err error) {
	s, err := parse(args)
	if err != nil {
		return err
	}
	temporary := s.dir == ""
	if temporary {
		if s.dir, err = os.MkdirTemp("", "binnacle-rig-"); err != nil {
			return fmt.Errorf("make a folder: %w", err)
		}
		defer func() { err = errors.Join(err, os.RemoveAll(s.dir)) }()
	}
	f, err := startFleet(ctx, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.stop()) }()
	answers := json.NewEncoder(out)
	if err := answers.Encode(f.report()); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	for line := range lines(ctx, in) {
		if err := answers.Encode(f.handle(ctx, line)); err != nil {
			return fmt.Errorf("answer: %w", err)
		}
	}
	return nil
}

func parse(args []string) (settings, error) {
	var s settings
	flags := flag.NewFlagSet("rig", flag.ContinueOnError)
	flags.StringVar(&s.dir, "dir", "", "folder for kubeconfigs and data; the default is a temporary one")
	flags.IntVar(&s.count, "clusters", 5, "how many clusters")
	versions := flags.String("versions", "1.36", "Kubernetes versions, taken in turn")
	users := flags.String("users", "ana,ben", "users to make kubeconfigs for in every cluster")
	flags.BoolVar(&s.controllers, "controllers", false, "run controller managers and schedulers too")
	flags.BoolVar(&s.demo, "demo", false, "give the clusters names and contents to look at")
	flags.BoolVar(&s.openshift, "openshift", false, "have the last cluster sign people in as OpenShift does, at a fake of its OAuth server")
	if err := flags.Parse(args); err != nil {
		return s, fmt.Errorf("flags: %w", err)
	}
	if s.count < 1 || flags.NArg() > 0 {
		return s, errors.New("at least one cluster, and no arguments but flags; see --help")
	}
	s.versions, s.users = split(*versions), split(*users)
	return s, nil
}

func split(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
}
