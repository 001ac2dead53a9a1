package oidc

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/secret"
)

// Revoke ends a session at the provider (RFC 7009): the refresh token first, for it can make others. ErrCannotRevoke if the provider
// has no such thing. An ID token can't be revoked: clusters take it until it expires.
func (c *Client) Revoke(ctx context.Context, s kubeconfig.SignIn, t Tokens) error {
	p, err := c.provider(ctx, s)
	if err != nil {
		return err
	}
	defer p.web.http.CloseIdleConnections()
	if p.Revocation == "" {
		return ErrCannotRevoke
	}
	return errors.Join(
		p.revoke(ctx, s, "refresh_token", t.Refresh),
		p.revoke(ctx, s, "access_token", t.Access),
	)
}

func (p *provider) revoke(ctx context.Context, s kubeconfig.SignIn, kind string, token secret.Value) error {
	if token.Empty() {
		return nil
	}
	err := p.ask(ctx, s, p.Revocation, url.Values{"token": {string(token.Reveal())}, "token_type_hint": {kind}}, nil)
	if no, refused := errors.AsType[*Refusal](err); refused && no.Code == "unsupported_token_type" {
		return nil // many revoke refresh tokens only; the access token then ends with it or soon
	}
	if err != nil {
		return fmt.Errorf("revoke the session: %w", err)
	}
	return nil
}
