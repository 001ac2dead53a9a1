// Command serve runs a herd of simulated clusters for measures and end-to-end tests.
//
//	go run ./build/rig/herd/serve --dir DIR --members 20 --pods 5000
//
// It writes DIR/<member>.kubeconfig for each member and DIR/all.kubeconfig with a
// context of each, then prints one line of JSON: {"ready":true,"all":"<file>",
// "members":[{"name","server","kubeconfig"}]}. After that it takes commands, one
// JSON object per line of standard input, and answers each with one line, in
// order: {"ok":true} or {"ok":false,"error":"…"}.
//
//	{"op":"churn","perSecond":1000}              pods change so often in all members together; 0 ends it
//	{"op":"hole","member":"herd-03","on":true}   it takes requests and never answers
//	{"op":"sent"}                                -> "bytes" of bodies that were sent so far
//
// It ends when standard input closes, or by Ctrl-C.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/binnacle-dev/binnacle/build/rig/herd"
)

func main() {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdin, os.Stdout)
	cancel()
	if err != nil {
		fmt.Fprintln(os.Stderr, "serve:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, in io.Reader, out io.Writer) error {
	var o herd.Options
	flags := flag.NewFlagSet("serve", flag.ContinueOnError)
	dir := flags.String("dir", "", "an existing folder for kubeconfigs")
	flags.IntVar(&o.Members, "members", 20, "how many members")
	flags.IntVar(&o.Pods, "pods", 5000, "pods of each member")
	flags.IntVar(&o.Nodes, "nodes", 0, "nodes of each member; 0 is a fiftieth of the pods")
	flags.IntVar(&o.Deployments, "deployments", 0, "deployments of each member; 0 is a fifth of the pods")
	flags.IntVar(&o.Events, "events", 200, "events of each member")
	flags.IntVar(&o.Namespaces, "namespaces", 20, "namespaces of each member")
	flags.BoolVar(&o.Tokens, "tokens", false, "have the user known by tokens in place of certificates")
	user := flags.String("user", "ana", "the user that the kubeconfigs are for")
	if err := flags.Parse(args); err != nil {
		return fmt.Errorf("flags: %w", err)
	}
	if *dir == "" || o.Members < 1 {
		return errors.New("--dir and at least one member are needed; see --help")
	}
	h, err := herd.Start(ctx, o)
	if err != nil {
		return err
	}
	defer h.Stop()
	answers := json.NewEncoder(out)
	said, err := write(h, *dir, *user)
	if err == nil {
		err = answers.Encode(said)
	}
	if err != nil {
		return err
	}
	go func() { // standard input can't be read with a deadline
		<-ctx.Done()
		_ = os.Stdin.Close()
	}()
	for lines := bufio.NewScanner(in); lines.Scan(); {
		if err := answers.Encode(handle(ctx, h, lines.Bytes())); err != nil {
			return fmt.Errorf("answer: %w", err)
		}
	}
	return nil
}

type memberReport struct {
	Name       string `json:"name"`
	Server     string `json:"server"`
	Kubeconfig string `json:"kubeconfig"`
}

type report struct {
	Ready   bool           `json:"ready"`
	All     string         `json:"all"`
	Members []memberReport `json:"members"`
}

// write writes the kubeconfigs.
func write(h *herd.Herd, dir, user string) (report, error) {
	r := report{Ready: true, All: filepath.Join(dir, "all.kubeconfig")}
	all, err := h.Kubeconfig(user)
	if err == nil {
		err = os.WriteFile(r.All, all, 0o600)
	}
	for _, m := range h.Members {
		if err != nil {
			break
		}
		one := memberReport{m.Name(), m.URL(), filepath.Join(dir, m.Name()+".kubeconfig")}
		var file []byte
		if file, err = m.Kubeconfig(user); err == nil {
			err = os.WriteFile(one.Kubeconfig, file, 0o600)
		}
		r.Members = append(r.Members, one)
	}
	if err != nil {
		return r, fmt.Errorf("write the kubeconfigs: %w", err)
	}
	return r, nil
}

type answer struct {
	OK    bool   `json:"ok"`
	Error string `json:"error,omitempty"`
	Bytes int64  `json:"bytes,omitempty"`
}

func handle(ctx context.Context, h *herd.Herd, line []byte) answer {
	var c struct {
		Op        string `json:"op"`
		PerSecond int    `json:"perSecond"`
		Member    string `json:"member"`
		On        bool   `json:"on"`
	}
	if err := json.Unmarshal(line, &c); err != nil {
		return answer{Error: err.Error()}
	}
	switch c.Op {
	case "churn":
		h.Churn(ctx, c.PerSecond)
		return answer{OK: true}
	case "hole":
		for _, m := range h.Members {
			if m.Name() == c.Member {
				m.BlackHole(c.On)
				return answer{OK: true}
			}
		}
		return answer{Error: "there is no member " + c.Member}
	case "sent":
		a := answer{OK: true}
		for _, m := range h.Members {
			a.Bytes += m.Sent()
		}
		return a
	}
	return answer{Error: "there is no op " + c.Op}
}
