package main

import (
	"context"
	"errors"
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
	Spoiled   bool      `json:"spoiled"`
}

func (r faultRule) rule() (faultproxy.Rule, error) {
	rule := faultproxy.Rule{
		Method: r.Method, Path: r.Path, After: r.After, Times: r.Times,
		Delay: time.Duration(r.DelayMilliseconds) * time.Millisecond, Hang: r.Hang, Cut: r.Cut,
		Status: r.Status, Message: r.Message, RetryAfter: time.Duration(r.RetryAfterSeconds) * time.Second,
		Body: r.Body, CutAfter: r.CutAfter, BytesPerSecond: r.BytesPerSecond,
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

func startProxy(_ context.Context, m *member, _ command, a *answer) error {
	p, err := m.ensureProxy()
	if err != nil {
		return err
	}
	a.Server = p.URL()
	return nil
}

func addFault(_ context.Context, m *member, c command, a *answer) error {
	p, err := m.ensureProxy()
	if err != nil {
		return err
	}
	rule, err := c.Rule.rule()
	if err != nil {
		return err
	}
	m.faultN++
	a.Fault = m.faultN
	m.faults[m.faultN] = p.Add(rule)
	return nil
}

func removeFault(_ context.Context, m *member, c command, _ *answer) error {
	remove, there := m.faults[c.Fault]
	if !there {
		return fmt.Errorf("there is no fault %d", c.Fault)
	}
	remove()
	delete(m.faults, c.Fault)
	return nil
}

func setMode(ctx context.Context, m *member, c command, _ *answer) error {
	p, err := m.ensureProxy()
	if err != nil {
		return err
	}
	switch mode := faultproxy.Mode(c.Mode); mode {
	case faultproxy.Open, faultproxy.Refusing, faultproxy.Silent:
		return p.SetMode(ctx, mode)
	default:
		return fmt.Errorf("there is no mode %q", c.Mode)
	}
}

func setRoundTrip(_ context.Context, m *member, c command, _ *answer) error {
	p, err := m.ensureProxy()
	if err != nil {
		return err
	}
	p.SetRoundTrip(time.Duration(c.Milliseconds) * time.Millisecond)
	return nil
}

func listRequests(_ context.Context, m *member, _ command, a *answer) error {
	if m.proxy == nil {
		return errors.New("the cluster has no proxy yet")
	}
	for _, r := range m.proxy.Requests() {
		a.Requests = append(a.Requests, requestReport(r))
	}
	return nil
}

func clearProxy(_ context.Context, m *member, _ command, _ *answer) error {
	if m.proxy != nil {
		m.proxy.Clear()
		clear(m.faults)
	}
	return nil
}
