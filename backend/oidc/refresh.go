package oidc

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/secret"
)

// Refresh renews a session without the person. ErrEnded says that it can't be: sign in again. Any other error says nothing about the session.
//
// Providers replace the refresh token when they answer, so Tokens that come with an error are to be kept, too: they are t with its new one.
func (c *Client) Refresh(ctx context.Context, s kubeconfig.SignIn, t Tokens) (Tokens, error) {
	if t.Refresh.Empty() {
		return t, fmt.Errorf("%w (the identity provider gave nothing to renew it with; the scope offline_access may help)", ErrEnded)
	}
	p, err := c.provider(ctx, s)
	if err != nil {
		return t, err
	}
	defer p.web.http.CloseIdleConnections()
	if !showsAccess(s) {
		if _, err := p.signingKeys(ctx, false); err != nil {
			return t, err
		}
	}
	g, err := p.grant(ctx, s, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {string(t.Refresh.Reveal())}})
	if err != nil {
		return t, p.sessionOver(err)
	}
	if g.Refresh != "" {
		t.Refresh = secret.New([]byte(g.Refresh))
	}
	fresh, err := p.renewed(ctx, s, t, g)
	if err != nil {
		return t, err
	}
	fresh.Refresh = t.Refresh
	return fresh, nil
}

// renewed are the tokens of the same person.
func (p *provider) renewed(ctx context.Context, s kubeconfig.SignIn, t Tokens, g grant) (Tokens, error) {
	if g.ID == "" && !showsAccess(s) {
		return Tokens{}, fmt.Errorf("%w (the identity provider renews it without an ID token, which clusters want)", ErrEnded)
	}
	fresh, err := p.session(ctx, s, g, "")
	switch {
	case err != nil:
		return Tokens{}, err
	case g.ID == "": // the person is the one of the old ID token
		fresh.ID, fresh.Subject, fresh.Name, fresh.Groups = t.ID, t.Subject, t.Name, t.Groups
	case t.Subject != "" && fresh.Subject != t.Subject:
		return Tokens{}, fmt.Errorf("%w (the identity provider renewed it for somebody else)", ErrEnded)
	}
	return fresh, nil
}

// sessionOver tells the refusals that only a new sign-in helps against. Dex calls a refresh token that has expired or was withdrawn an
// invalid request, and our requests are valid.
func (p *provider) sessionOver(err error) error {
	no, refused := errors.AsType[*Refusal](err)
	if !refused {
		return err
	}
	switch no.Code {
	case "invalid_grant", "interaction_required", "login_required", "consent_required":
		return fmt.Errorf("%w (%s)", ErrEnded, no.words())
	case "invalid_request":
		if p.isDex() {
			return fmt.Errorf("%w (%s)", ErrEnded, no.words())
		}
	}
	return err
}
