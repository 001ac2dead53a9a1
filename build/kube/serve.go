package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"sync"
	"time"
)

// Config is one control plane. A list of flags goes to its component as it
// stands; without flags the controller manager and the scheduler are left out.
type Config struct {
	EtcdDir    string   `json:"etcdDir"`
	EtcdClient string   `json:"etcdClient"` // URL to listen on, such as http://127.0.0.1:PORT
	EtcdPeer   string   `json:"etcdPeer"`
	APIServer  []string `json:"apiserver"`
	KCM        []string `json:"kcm"`
	Scheduler  []string `json:"scheduler"`
	Kubeconfig string   `json:"kubeconfig"` // the admin's, to know when the API server is ready
	UntilEOF   bool     `json:"untilEOF"`   // end when standard input does: whoever started us has died
}

// patience is how long a component may take to stop. What was written outlives
// the process in any case.
const patience = 2 * time.Second

func serve(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("serve", flag.ExitOnError)
	file := flags.String("config", "", "file with a Config as JSON")
	if err := flags.Parse(args); err != nil {
		return err
	}
	b, err := os.ReadFile(*file)
	if err != nil {
		return err
	}
	var c Config
	if err := json.Unmarshal(b, &c); err != nil {
		return fmt.Errorf("read %s: %w", *file, err)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if c.UntilEOF {
		go func() {
			_, _ = io.Copy(io.Discard, os.Stdin)
			cancel()
		}()
	}
	return c.run(ctx)
}

// run runs the components until the context ends or one of them does. The API
// server and its clients stop first, etcd last.
func (c Config) run(ctx context.Context) error {
	etcd, err := startEtcd(ctx, c.EtcdDir, c.EtcdClient, c.EtcdPeer)
	if err != nil {
		return fmt.Errorf("etcd: %w", err)
	}
	defer within(patience, etcd.Close)

	ctx, cancel := context.WithCancel(ctx)
	var parts sync.WaitGroup
	defer within(patience, parts.Wait)
	defer cancel()
	ended := make(chan error, 3)
	start := func(name string, run func(context.Context, []string) error, flags []string) {
		if len(flags) == 0 {
			return
		}
		parts.Add(1) // not Go: the older version's module is of Go 1.24
		go func() {
			defer parts.Done()
			ended <- fmt.Errorf("%s: %w", name, orEnded(run(ctx, flags)))
		}()
	}
	start("kube-apiserver", runAPIServer, c.APIServer)
	if len(c.KCM)+len(c.Scheduler) > 0 {
		if err := awaitReady(ctx, c.Kubeconfig, ended); err != nil {
			return unlessDone(ctx, err)
		}
		start("kube-controller-manager", runControllerManager, c.KCM)
		start("kube-scheduler", runScheduler, c.Scheduler)
	}
	select {
	case err := <-ended:
		return unlessDone(ctx, err)
	case <-ctx.Done():
		return nil
	}
}

// orEnded makes an error of a component that ended without one.
func orEnded(err error) error {
	if err == nil {
		return errors.New("it ended")
	}
	return err
}

// unlessDone is nil when we were told to end: then no error is one.
func unlessDone(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

func within(limit time.Duration, stop func()) {
	done := make(chan struct{})
	go func() {
		stop()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(limit):
	}
}
