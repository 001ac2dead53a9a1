package console

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"strings"
	"sync"

	"k8s.io/client-go/rest"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/fleet"
	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/local"
	"github.com/binnacle-dev/binnacle/backend/logs"
	"github.com/binnacle-dev/binnacle/backend/plugin"
	"github.com/binnacle-dev/binnacle/backend/secret"
)

const programsFile = "programs"

// approvals keeps on this machine which programs may run.
type approvals struct{ folder *local.Folder }

func (a approvals) Load() ([]plugin.Approval, error) {
	var all []plugin.Approval
	if err := a.folder.Load(programsFile, &all); err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, local.ErrCorrupt) {
		return nil, err
	}
	return all, nil // a damaged file was kept aside: everything is asked anew
}

func (a approvals) Save(all []plugin.Approval) error { return a.folder.Save(programsFile, all) }

func newPrograms(folder *local.Folder, log *slog.Logger, environ func() []string) *plugin.Plugins {
	return plugin.New(plugin.Options{
		Approvals: approvals{folder}, Redact: logs.Redact, Log: log.With(slog.String("pkg", "plugin")), Environ: environ,
	})
}

// guarded is a client's configuration for others who make clients of it.
func guarded(client *fleet.Client) *rest.Config {
	config := client.Config()
	plugin.Guard(config)
	return config
}

// runs are the programs that talk with the person, and what they said last, by subject.
type runs struct {
	mu   sync.Mutex
	last map[string]*run
}

type run struct {
	stop    context.CancelFunc
	answers chan secret.Value
	output  []string
	problem string
	running bool
}

// Program is what the person has to know before a program runs, and how its last run with them went.
func (c *Console) Program(ctx context.Context, s bridge.Subject) (bridge.Program, error) {
	name, program, credential, err := c.programOf(ctx, s)
	if err != nil {
		return bridge.Program{}, err
	}
	q, err := c.programs.Inspect(ctx, program, credential.Endpoint())
	if err != nil {
		return bridge.Program{}, err
	}
	out := bridge.Program{
		Subject: s, Name: name, ID: q.ID, Command: q.Command, Path: q.Path, Target: q.Target, Hash: q.Hash, Script: q.Script,
		Args: list(q.ShownArgs), EnvNames: list(q.EnvNames), Warnings: list(q.Warnings), Changed: list(q.Changed), Searched: list(q.Looked),
		Server: q.Server, InstallHint: q.InstallHint, Allowed: q.Approved, Interactive: program.Mode == "Always", Output: []string{},
	}
	c.runs.mu.Lock()
	defer c.runs.mu.Unlock()
	if r := c.runs.last[topicOf(s)]; r != nil {
		out.Running, out.Problem, out.Output = r.running, r.problem, append(out.Output, r.output...)
	}
	return out, nil
}

// list is a list that JSON shows as one even when it is empty.
func list(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

func (c *Console) programOf(ctx context.Context, s bridge.Subject) (string, kubeconfig.Program, kubeconfig.Credential, error) {
	name, credential, err := c.subject(ctx, s)
	if err != nil {
		return "", kubeconfig.Program{}, kubeconfig.Credential{}, err
	}
	program, ok := credential.Program()
	if !ok {
		return "", kubeconfig.Program{}, kubeconfig.Credential{}, bridge.Wrap(bridge.CodeNotFound, nil, name+" does not run a program.", "")
	}
	return name, program, credential, nil
}

// AllowProgram allows exactly what the person was shown: asked is the id of that.
func (c *Console) AllowProgram(ctx context.Context, s bridge.Subject, asked string) error {
	_, program, credential, err := c.programOf(ctx, s)
	if err != nil {
		return err
	}
	q, err := c.programs.Inspect(ctx, program, credential.Endpoint())
	if err != nil {
		return err
	}
	if q.ID != asked {
		c.bells.ring(bridge.EventProgram, topicOf(s), false)
		return bridge.Wrap(bridge.CodeConflict, nil, "The program has changed since you looked.", "Look at it again before you allow it.")
	}
	if err := c.programs.Approve(q); err != nil {
		return err
	}
	c.bells.ring(bridge.EventProgram, topicOf(s), false)
	c.fleet.RenewAll()
	return nil
}

// RunProgram runs an allowed program that wants to talk to the person; it returns at once.
func (c *Console) RunProgram(ctx context.Context, s bridge.Subject) error {
	_, program, credential, err := c.programOf(ctx, s)
	if err != nil {
		return err
	}
	topic := topicOf(s)
	running, stop := context.WithCancel(c.lifetime())
	r := &run{stop: stop, answers: make(chan secret.Value, 1), running: true}
	c.runs.mu.Lock()
	former := c.runs.last[topic]
	if former != nil && former.running {
		c.runs.mu.Unlock()
		stop()
		return nil
	}
	c.runs.last[topic] = r
	c.runs.mu.Unlock()
	ring := func() { c.bells.ring(bridge.EventProgram, topic, false) }
	ring()
	c.goes(func(context.Context) {
		defer stop()
		err := c.programs.Source(program, credential.Endpoint()).Run(running, plugin.Talk{
			Show: func(said string) {
				c.runs.mu.Lock()
				r.output = strings.Split(strings.TrimRight(said, "\n"), "\n")
				c.runs.mu.Unlock()
				ring()
			},
			Answers: r.answers,
		})
		c.runs.mu.Lock()
		r.running = false
		if err != nil {
			r.problem = shape(err).Message
		}
		c.runs.mu.Unlock()
		ring()
		if err == nil {
			c.fleet.RenewAll()
		}
	})
	return nil
}

// StopProgram ends a run with the person.
func (c *Console) StopProgram(s bridge.Subject) error {
	c.runs.mu.Lock()
	defer c.runs.mu.Unlock()
	if r := c.runs.last[topicOf(s)]; r != nil {
		r.stop()
	}
	return nil
}

// AnswerProgram gives a line to a program that talks with the person.
func (c *Console) AnswerProgram(s bridge.Subject, line string) error {
	c.runs.mu.Lock()
	r := c.runs.last[topicOf(s)]
	running := r != nil && r.running
	c.runs.mu.Unlock()
	if !running {
		return bridge.Wrap(bridge.CodeNotFound, nil, "The program has ended.", "Run it again.")
	}
	select {
	case r.answers <- secret.New([]byte(line)):
		return nil
	default:
		return bridge.Wrap(bridge.CodeBusy, nil, "The program has not read your last line yet.", "Wait a moment.")
	}
}

// AllowedPrograms are those that may run.
func (c *Console) AllowedPrograms() ([]bridge.AllowedProgram, error) {
	if err := c.ready(); err != nil {
		return nil, err
	}
	all, err := approvals{c.folder}.Load()
	out := []bridge.AllowedProgram{}
	for _, a := range all {
		out = append(out, bridge.AllowedProgram{
			ID: a.Path, Path: kubeconfig.Clean(a.Path), Hash: a.Hash, Server: kubeconfig.Clean(a.Endpoint.Server), AllowedAt: ms(a.When),
		})
	}
	return out, err
}

// DisallowProgram takes back what was allowed; members that need it wait for the person again.
func (c *Console) DisallowProgram(id string) error {
	if err := c.ready(); err != nil {
		return err
	}
	if err := c.programs.Withdraw(id); err != nil {
		return err
	}
	for id, status := range c.fleet.Statuses() {
		if status.Facts.AuthKind == kubeconfig.AuthExec {
			c.fleet.Renew(id) // nobody works on with what the program gave
		}
	}
	return nil
}
