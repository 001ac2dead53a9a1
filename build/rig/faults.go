package main

import (
	"context"
	"fmt"
	"regexp"
	"time"

	"github.com/binnacle-dev/binnacle/build/rig/controlplane"
	"github.com/binnacle-dev/binnacle/build/rig/faultproxy"
)

// faultRule is a faultproxy.Rule as JSON.
type faultRule struct {
	Method            string         `json:"method"`
	Path              string         `json:"path"`
	Pattern           string         `json:"pattern"`
	After             int            `json:"after"`
	Times             int            `json:"times"`
	DelayMilliseconds int            `json:"delayMilliseconds"`
	Hang              bool           `json:"hang"`
	Cut               faultproxy.Cut `json:"cut"`
	Status            int            `json:"status"`
	Message           string         `json:"message"`
	RetryAfterSeconds int            `json:"retryAfterSeconds"`
	Body              string         `json:"body"`
	Type              string         `json:"type"`
	CutAfter          int            `json:"cutAfter"`
	BytesPerSecond    int            `json:"bytesPerSecond"`
}

// requestReport is a faultproxy.Request as JSON.
type requestReport struct {
	Time      time.Time `json:"time"`
	Method    string    `json:"method"`
	Path      string    `json:"path"`
	Query     string    `json:"query"`
	UserAgent string    `json:"userAgent"`
	User      string    `json:"user"`
	Grant     string    `json:"grant"`
	Spoiled   bool      `json:"spoiled"`
}

func (r faultRule) rule() (faultproxy.Rule, error) {
	rule := faultproxy.Rule{
		Method: r.Method, Path: r.Path, After: r.After, Times: r.Times,
		Delay: time.Duration(r.DelayMilliseconds) * time.Millisecond, Hang: r.Hang, Cut: r.Cut,
		Status: r.Status, Message: r.Message, RetryAfter: time.Duration(r.RetryAfterSeconds) * time.Second,
		Body: r.Body, Type: r.Type, CutAfter: r.CutAfter, BytesPerSecond: r.BytesPerSecond,
	}
	switch r.Cut {
	case faultproxy.CutNone, faultproxy.CutBefore, faultproxy.CutBody:
	default:
		return rule, fmt.Errorf("there is no cut %q", r.Cut)
	}
	if r.Pattern == "" {
		return rule, nil
	}
	var err error
	if rule.Pattern, err = regexp.Compile(r.Pattern); err != nil {
		return rule, fmt.Errorf("the rule's pattern: %w", err)
	}
	return rule, nil
}

// front is the fault proxy before a cluster or an issuer, with the rules in force.
type front struct {
	proxy  *faultproxy.Proxy // nil until it is wanted
	faults map[int]func()    // each function removes one
	faultN int
	always []faultproxy.Rule // in force whatever is cleared
}

func (m *member) ensureProxy() (*faultproxy.Proxy, error) {
	if m.proxy != nil {
		return m.proxy, nil
	}
	p, err := m.Proxy(controlplane.ProxyOptions{})
	if err != nil {
		return nil, err
	}
	m.proxy = p
	return p, nil
}

// frontCommand is a command that a front does, whatever stands behind it.
type frontCommand func(context.Context, *front, command, *answer) error

func frontCommands() map[string]frontCommand {
	return map[string]frontCommand{
		"fault":     addFault,     // rule -> fault
		"unfault":   removeFault,  // fault
		"mode":      setMode,      // mode: open, refusing, silent
		"roundTrip": setRoundTrip, // milliseconds
		"requests":  listRequests, // -> requests
		"clear":     clearProxy,   // all rules and requests
	}
}

func startProxy(_ context.Context, m *member, _ command, a *answer) error {
	p, err := m.ensureProxy()
	if err != nil {
		return err
	}
	a.Server = p.URL()
	return nil
}

func addFault(_ context.Context, f *front, c command, a *answer) error {
	rule, err := c.Rule.rule()
	if err != nil {
		return err
	}
	f.faultN++
	a.Fault = f.faultN
	f.faults[f.faultN] = f.proxy.Add(rule)
	return nil
}

func removeFault(_ context.Context, f *front, c command, _ *answer) error {
	remove, there := f.faults[c.Fault]
	if !there {
		return fmt.Errorf("there is no fault %d", c.Fault)
	}
	remove()
	delete(f.faults, c.Fault)
	return nil
}

func setMode(ctx context.Context, f *front, c command, _ *answer) error {
	switch mode := faultproxy.Mode(c.Mode); mode {
	case faultproxy.Open, faultproxy.Refusing, faultproxy.Silent:
		return f.proxy.SetMode(ctx, mode)
	default:
		return fmt.Errorf("there is no mode %q", c.Mode)
	}
}

func setRoundTrip(_ context.Context, f *front, c command, _ *answer) error {
	f.proxy.SetRoundTrip(time.Duration(c.Milliseconds) * time.Millisecond)
	return nil
}

func listRequests(_ context.Context, f *front, _ command, a *answer) error {
	for _, r := range f.proxy.Requests() {
		a.Requests = append(a.Requests, requestReport(r))
	}
	return nil
}

func clearProxy(_ context.Context, f *front, _ command, _ *answer) error {
	f.proxy.Clear()
	clear(f.faults)
	for _, rule := range f.always {
		f.proxy.Add(rule)
	}
	return nil
}
