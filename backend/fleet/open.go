package fleet

import (
	"context"
	"errors"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// open takes the credential from the vault, if it may be used, and makes a client of it. Nothing is sent.
func (m *member) open(ctx context.Context) (*Client, error) {
	o := m.fleet.o
	credential, err := o.Vault.Credential(ctx, m.spec.ID)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, ErrNoCredential):
		return nil, err
	case err != nil:
		return nil, &waiting{
			state: StateNeedsCredentials, action: ActionRetry,
			cause: joined("The keychain didn't give this cluster's credential", err.Error(), "See to the keychain, then try again."),
		}
	}
	if credential.Endpoint() != m.spec.Endpoint {
		proposed := m.spec.Endpoint
		return nil, &waiting{
			state: StateNeedsCredentials, action: ActionReplaceCredentials,
			cause: differs(proposed, credential.Endpoint()), proposed: &proposed,
		}
	}
	source, err := m.source(credential)
	if err != nil {
		return nil, err
	}
	client, err := dial(credential, o.UserAgent, source, o.dial)
	if err != nil {
		return nil, err
	}
	if o.Gate != nil {
		client.wire.gate = func(r GateRequest) error { return o.Gate(m.spec.ID, r) }
	}
	if o.Cache != nil {
		client.learn(loadAPIs(o.Cache, m.spec.Endpoint))
	}
	return client, nil
}

// source is where the credential's proof comes from; nil when it needs none, or there is nobody to ask.
func (m *member) source(credential kubeconfig.Credential) (Source, error) {
	if m.fleet.o.Source == nil || !wantsSource(credential) {
		return nil, nil //nolint:nilnil // none is an answer
	}
	m.fleet.mu.Lock()
	m.sourced = true
	m.fleet.mu.Unlock()
	source, err := m.fleet.o.Source(m.spec.ID, credential)
	if err != nil {
		return nil, unproven(err)
	}
	return source, nil
}
