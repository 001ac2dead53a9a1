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

// command is one line of input. It is for a cluster, or for an issuer if one is
// named; which other fields count depends on Op. See commands and issuerCommands.
type command struct {
	ID      json.RawMessage `json:"id,omitempty"` // given back with the answer
	Op      string          `json:"op"`
	Cluster string          `json:"cluster"`
	Issuer  string          `json:"issuer"`

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
	Rules        []string        `json:"rules"`
	LDAP         bool            `json:"ldap"`
	Local        bool            `json:"local"`
	Life         lifeSeconds     `json:"life"`
	Address      string          `json:"address"`
	Code         string          `json:"code"`
	Deny         bool            `json:"deny"`
	Auth         string          `json:"auth"`
	Nodes        int             `json:"nodes"`
	Logs         []containerName `json:"logs"`
	Container    containerName   `json:"container"`
	Lines        []string        `json:"lines"`
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
	Issuer     *issuerReport   `json:"issuer,omitempty"`
	Count      int             `json:"count,omitempty"`
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

		"nodes":   startNodes, // nodes, logs; with --controllers
		"log":     writeLog,   // container, lines
		"restart": restartLog, // container

		"allow": allow,      // user or one of groups, rules: YAML, for the whole cluster
		"proxy": startProxy, // -> server; the frontCommands start it too
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
	if c.Issuer != "" {
		return f.doIssuer(ctx, c, a)
	}
	m, err := f.find(c.Cluster)
	if err != nil {
		return err
	}
	if do, known := frontCommands()[c.Op]; known {
		if _, err := m.ensureProxy(); err != nil {
			return err
		}
		return do(ctx, &m.front, c, a)
	}
	if do, known := commands()[c.Op]; known {
		return do(ctx, m, c, a)
	}
	return fmt.Errorf("there is no op %q", c.Op)
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

func allow(ctx context.Context, m *member, c command, _ *answer) error {
	subject := c.User
	if len(c.Groups) > 0 {
		subject = controlplane.GroupPrefix + c.Groups[0]
	}
	return m.Allow(ctx, subject, c.Rules...)
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
