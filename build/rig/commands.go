package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/binnacle-dev/binnacle/build/rig/controlplane"
	"github.com/binnacle-dev/binnacle/build/rig/t4k"
)

// command is one line of input. Which fields count depends on Op; see commands.
type command struct {
	ID      json.RawMessage `json:"id,omitempty"` // given back with the answer
	Op      string          `json:"op"`
	Cluster string          `json:"cluster"`

	User         string          `json:"user"`
	Groups       []string        `json:"groups"`
	ValidSeconds int             `json:"validSeconds"` // 0: a year; below 0: expired
	Proxy        bool            `json:"proxy"`        // the kubeconfig goes through the fault proxy
	Namespace    string          `json:"namespace"`
	Watched      []string        `json:"watched"`
	Manifests    string          `json:"manifests"`
	Version      string          `json:"version"`
	Method       string          `json:"method"`
	Path         string          `json:"path"`
	Body         json.RawMessage `json:"body"`
	Rule         faultRule       `json:"rule"`
	Fault        int             `json:"fault"`
	Mode         string          `json:"mode"`
	Milliseconds int             `json:"milliseconds"`
}

// answer is one line of output.
type answer struct {
	ID         json.RawMessage `json:"id,omitempty"`
	OK         bool            `json:"ok"`
	Error      string          `json:"error,omitempty"`
	Kubeconfig string          `json:"kubeconfig,omitempty"` // a file
	Server     string          `json:"server,omitempty"`
	Status     int             `json:"status,omitempty"`
	Body       json.RawMessage `json:"body,omitempty"`
	Fault      int             `json:"fault,omitempty"`
	Requests   []requestReport `json:"requests,omitempty"`
}

// handler does one command; what it fills into the answer is given back.
type handler func(context.Context, *member, command, *answer) error

// commands is every op there is, with the fields that it reads.
func commands() map[string]handler {
	return map[string]handler{
		"stop":   func(_ context.Context, m *member, _ command, _ *answer) error { m.Stop(); return nil },
		"start":  func(ctx context.Context, m *member, _ command, _ *answer) error { return m.Restart(ctx) },
		"freeze": func(_ context.Context, m *member, _ command, _ *answer) error { return m.Freeze() },
		"thaw":   func(_ context.Context, m *member, _ command, _ *answer) error { return m.Thaw() },

		"apply":        apply,        // manifests
		"user":         makeUser,     // user, groups, validSeconds, proxy -> kubeconfig
		"token":        makeToken,    // namespace, user (the service account), proxy -> kubeconfig
		"allowSecrets": allowSecrets, // namespace, user, watched
		"limitedKit":   limitedKit,   // namespace
		"t4k":          installT4K,   // version
		"request":      request,      // method, path, body -> status, body; as the admin

		"proxy":     startProxy,   // -> server
		"fault":     addFault,     // rule -> fault
		"unfault":   removeFault,  // fault
		"mode":      setMode,      // mode: open, refusing, silent
		"roundTrip": setRoundTrip, // milliseconds
		"requests":  listRequests, // -> requests
		"clear":     clearProxy,   // all rules and requests
	}
}

func (f *fleet) handle(ctx context.Context, line []byte) answer {
	var c command
	var a answer
	err := json.Unmarshal(line, &c)
	if err == nil {
		a.ID = c.ID
		err = f.do(ctx, c, &a)
	}
	if err != nil {
		return answer{ID: c.ID, Error: err.Error()}
	}
	a.OK = true
	return a
}

func (f *fleet) do(ctx context.Context, c command, a *answer) error {
	do, known := commands()[c.Op]
	if !known {
		return fmt.Errorf("there is no op %q", c.Op)
	}
	m, err := f.find(c.Cluster)
	if err != nil {
		return err
	}
	return do(ctx, m, c, a)
}

func apply(ctx context.Context, m *member, c command, _ *answer) error {
	return m.Apply(ctx, c.Manifests)
}

func makeUser(_ context.Context, m *member, c command, a *answer) error {
	if c.User == "" {
		return errors.New("user: no name given")
	}
	valid := time.Duration(c.ValidSeconds) * time.Second
	kubeconfig, err := m.Kubeconfig(controlplane.User{Name: c.User, Groups: c.Groups, Valid: valid})
	if err != nil {
		return err
	}
	return m.hand(c, kubeconfig, a)
}

func makeToken(ctx context.Context, m *member, c command, a *answer) error {
	kubeconfig, err := m.TokenKubeconfig(ctx, c.Namespace, c.User)
	if err != nil {
		return err
	}
	return m.hand(c, kubeconfig, a)
}

// hand writes a kubeconfig, with the proxy as its server if that is wanted.
func (m *member) hand(c command, kubeconfig []byte, a *answer) error {
	name := c.User
	if c.Proxy {
		p, err := m.ensureProxy()
		if err != nil {
			return err
		}
		if kubeconfig, err = controlplane.WithServer(kubeconfig, p.URL()); err != nil {
			return err
		}
		name += "-proxied"
	}
	var err error
	a.Kubeconfig, err = m.save(name, kubeconfig)
	return err
}

func allowSecrets(ctx context.Context, m *member, c command, _ *answer) error {
	return m.AllowSecrets(ctx, c.Namespace, c.User, c.Watched...)
}

func limitedKit(ctx context.Context, m *member, c command, _ *answer) error {
	return m.LimitedKit(ctx, c.Namespace)
}

func installT4K(ctx context.Context, m *member, c command, _ *answer) error {
	return t4k.Install(ctx, m, c.Version)
}

func request(ctx context.Context, m *member, c command, a *answer) error {
	if c.Method == "" {
		c.Method = http.MethodGet
	}
	status, body, err := m.Request(ctx, c.Method, c.Path, c.Body)
	if err != nil {
		return err
	}
	a.Status = status
	if a.Body = body; !json.Valid(body) {
		a.Body, err = json.Marshal(string(body))
	}
	return err
}
