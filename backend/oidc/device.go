package oidc

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// Bounds of what a provider may ask of a waiting program (RFC 8628).
const (
	maxCodeLife     = 30 * time.Minute
	defaultCodeLife = 10 * time.Minute
	defaultInterval = 5 * time.Second
	maxInterval     = time.Minute
)

// Code is what a person types in at another device.
type Code struct {
	UserCode    string
	URL         string    // where
	CompleteURL string    // where the code needn't be typed, or ""
	Expires     time.Time // of the code
}

// deviceAnswer is RFC 8628's.
type deviceAnswer struct {
	DeviceCode string  `json:"device_code"`
	UserCode   string  `json:"user_code"`
	URL        string  `json:"verification_uri"`
	OldURL     string  `json:"verification_url"` // Google's name for it
	Complete   string  `json:"verification_uri_complete"`
	Expires    seconds `json:"expires_in"`
	Interval   seconds `json:"interval"`
}

// Device signs a person in by a code at another device. show is called once, from this goroutine.
func (c *Client) Device(ctx context.Context, s kubeconfig.SignIn, show func(Code)) (Tokens, error) {
	limited, cancel := context.WithTimeout(ctx, maxCodeLife)
	defer cancel()
	t, err := c.device(limited, s, show)
	return t, told(ctx, limited, err)
}

func (c *Client) device(ctx context.Context, s kubeconfig.SignIn, show func(Code)) (Tokens, error) {
	if err := checkParams(s.Params); err != nil {
		return Tokens{}, err
	}
	p, err := c.provider(ctx, s)
	if err != nil {
		return Tokens{}, err
	}
	defer p.web.http.CloseIdleConnections()
	if p.Device == "" {
		return Tokens{}, errors.New("the identity provider has no sign-in by code: use the browser")
	}
	a, err := p.deviceCode(ctx, s)
	if err != nil {
		return Tokens{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, time.Duration(a.Expires))
	defer cancel()
	show(Code{UserCode: shown(a.UserCode, 64), URL: a.URL, CompleteURL: a.Complete, Expires: time.Now().Add(time.Duration(a.Expires))})
	g, err := p.poll(ctx, s, a)
	if err != nil {
		return Tokens{}, err
	}
	return p.session(ctx, s, g, "")
}

// deviceCode asks for a code, and checks what a person would be sent to.
func (p *provider) deviceCode(ctx context.Context, s kubeconfig.SignIn) (deviceAnswer, error) {
	form := url.Values{"scope": {strings.Join(p.scopes(s), " ")}}
	for name, value := range s.Params {
		form.Set(name, value)
	}
	if s.Audience != "" {
		form.Set("audience", s.Audience)
	}
	if s.Connector != "" {
		form.Set("connector_id", s.Connector)
	}
	var a deviceAnswer
	if err := p.ask(ctx, s, p.Device, form, &a); err != nil {
		return deviceAnswer{}, fmt.Errorf("get a code: %w", err)
	}
	if a.URL == "" {
		a.URL = a.OldURL
	}
	if a.DeviceCode == "" || a.UserCode == "" || !under(p.Issuer, a.URL) {
		return deviceAnswer{}, errors.New("the identity provider gave no code that can be used: use the browser")
	}
	if !under(p.Issuer, a.Complete) {
		a.Complete = ""
	}
	if a.Expires == 0 {
		a.Expires = seconds(defaultCodeLife)
	}
	if a.Interval == 0 {
		a.Interval = seconds(defaultInterval)
	}
	return a, nil
}

// poll asks until the person is done. A provider that can't be reached for a while is asked less often, as one that says so.
func (p *provider) poll(ctx context.Context, s kubeconfig.SignIn, a deviceAnswer) (grant, error) {
	interval := time.Duration(a.Interval)
	for {
		select {
		case <-ctx.Done():
			return grant{}, ErrTimeout
		case <-time.After(min(max(interval, time.Second), maxInterval)):
		}
		g, err := p.grant(ctx, s, url.Values{
			"grant_type": {"urn:ietf:params:oauth:grant-type:device_code"}, "device_code": {a.DeviceCode},
		})
		no, refused := errors.AsType[*Refusal](err)
		switch {
		case err == nil:
			return g, nil
		case !refused:
			interval *= 2
		case no.Code == "slow_down":
			interval += 5 * time.Second
		case no.Code == "expired_token":
			return grant{}, ErrTimeout
		case no.Code != "authorization_pending":
			return grant{}, err
		}
	}
}
