// Command dex runs Dex for tests: its own server, its own storage in a file and
// its own connectors, from its Go module. The module's own command can't be
// built outside its repository, as it needs an unreleased version of Dex' gRPC
// API; what stands here instead is that command without gRPC, telemetry and
// flags, and with two control paths. It ends with its standard input.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "dex:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	file := flag.String("config", "", "file with a Config as JSON")
	flag.Parse()
	c, err := readConfig(*file)
	if err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	store, err := c.open(log)
	if err != nil {
		return err
	}
	defer store.Close()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() { // whoever started us has died
		_, _ = io.Copy(io.Discard, os.Stdin)
		cancel()
	}()

	d := &dex{config: c, store: store, log: log}
	defer d.end()
	if err := d.renew(ctx, c.Life); err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.Handle("/", d)
	mux.Handle("POST /control/life", d.control(func(r *http.Request) (any, error) {
		var life Life
		if err := json.NewDecoder(r.Body).Decode(&life); err != nil {
			return nil, err
		}
		return nil, d.renew(ctx, life) // not the request's context: the server outlives it
	}))
	mux.Handle("POST /control/revoke", d.control(func(r *http.Request) (any, error) {
		return d.revoke(r.Context(), r.URL.Query().Get("user"))
	}))
	s := &http.Server{Addr: c.Listen, Handler: mux, ReadHeaderTimeout: time.Minute}
	go func() {
		<-ctx.Done()
		_ = s.Close()
	}()
	if err := s.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
