package oidc

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	goidc "github.com/coreos/go-oidc/v3/oidc"
	"github.com/go-jose/go-jose/v4"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// skew is how much this computer's clock may be ahead of the provider's.
const skew = 2 * time.Minute

var errSignature = errors.New("no key of the identity provider has signed it")

// identity is what a verified ID token says.
type identity struct {
	Subject string
	Name    string
	Groups  []string
	Expires time.Time
}

// verify checks an ID token: signed by the provider, for us, in answer to this sign-in (nonce; "" if there is none to repeat), not expired.
func (p *provider) verify(ctx context.Context, s kubeconfig.SignIn, raw, nonce string) (identity, error) {
	token, err := p.verifySignature(ctx, raw)
	if err != nil {
		return identity{}, err
	}
	claims := map[string]any{}
	if err := token.Claims(&claims); err != nil {
		return identity{}, errors.New("the identity provider's ID token can't be read")
	}
	switch {
	case !forUs(s, token.Audience, claims["azp"]):
		return identity{}, fmt.Errorf("the identity provider's ID token is for another client than %s", s.ClientID)
	case subtle.ConstantTimeCompare([]byte(token.Nonce), []byte(nonce)) != 1 && nonce != "":
		return identity{}, errors.New("the identity provider's ID token is for another sign-in: start again")
	case token.Subject == "":
		return identity{}, errors.New("the identity provider's ID token names nobody")
	}
	return identity{Subject: token.Subject, Name: name(s, claims), Groups: groups(claims["groups"]), Expires: token.Expiry}, nil
}

// verifySignature also checks issuer and times. A signature by an unknown key makes it read the keys again, once: providers change them.
func (p *provider) verifySignature(ctx context.Context, raw string) (*goidc.IDToken, error) {
	for again := range 2 {
		keys, err := p.signingKeys(ctx, again == 1)
		if err != nil {
			return nil, err
		}
		set := &keySet{keys: keys}
		token, err := goidc.NewVerifier(p.Issuer, set, &goidc.Config{
			SkipClientIDCheck:    true, // forUs does
			SupportedSigningAlgs: p.algorithms(),
			Now:                  func() time.Time { return time.Now().Add(-skew) },
		}).Verify(ctx, raw)
		if err == nil {
			return token, nil
		}
		if _, expired := errors.AsType[*goidc.TokenExpiredError](err); expired {
			return nil, errors.New("the identity provider's ID token has expired already: check this computer's clock")
		}
		if !set.unknown || again == 1 {
			return nil, fmt.Errorf("the identity provider's ID token is refused: %s", shown(err.Error(), 200))
		}
	}
	return nil, errSignature
}

// algorithms are those that the provider says it signs with, without secrets shared and unsigned tokens.
func (p *provider) algorithms() []string {
	known := []string{
		goidc.RS256, goidc.RS384, goidc.RS512, goidc.ES256, goidc.ES384, goidc.ES512, goidc.PS256, goidc.PS384, goidc.PS512, goidc.EdDSA,
	}
	return slices.DeleteFunc(known, func(a string) bool { return !slices.Contains(p.Algorithms, a) })
}

// signingKeys gives the provider's keys. They are read before a refresh token is spent, so that its successor isn't lost to a lame network.
func (p *provider) signingKeys(ctx context.Context, anew bool) ([]jose.JSONWebKey, error) {
	p.mu.Lock()
	keys := p.keys
	p.mu.Unlock()
	if keys != nil && !anew {
		return keys, nil
	}
	body, err := p.web.get(ctx, p.Keys)
	if err != nil {
		return nil, fmt.Errorf("read the identity provider's keys: %w", err)
	}
	var set struct{ Keys []json.RawMessage }
	if json.Unmarshal(body, &set) != nil || len(set.Keys) == 0 || len(set.Keys) > 100 {
		return nil, errors.New("the identity provider's keys can't be read")
	}
	keys = []jose.JSONWebKey{}
	for _, raw := range set.Keys { // one of a kind that we don't know must not hide the others
		var key jose.JSONWebKey
		if key.UnmarshalJSON(raw) == nil {
			keys = append(keys, key)
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.keys = keys
	return keys, nil
}

// keySet checks one signature. It notes that no key fits: go-oidc doesn't wrap what it is told.
type keySet struct {
	keys    []jose.JSONWebKey
	unknown bool
}

// VerifySignature is go-oidc's. The verifier has checked that the algorithm is one of ours.
func (k *keySet) VerifySignature(_ context.Context, raw string) ([]byte, error) {
	signed, err := jose.ParseSigned(raw, []jose.SignatureAlgorithm{
		jose.RS256, jose.RS384, jose.RS512, jose.ES256, jose.ES384, jose.ES512, jose.PS256, jose.PS384, jose.PS512, jose.EdDSA,
	})
	if err != nil {
		return nil, err
	}
	id := signed.Signatures[0].Header.KeyID
	for _, key := range k.keys {
		if id != "" && key.KeyID != id {
			continue
		}
		if payload, err := signed.Verify(&key); err == nil {
			return payload, nil
		}
	}
	k.unknown = true
	return nil, errSignature
}

// forUs says whether a token was given to our client. One that was asked for a cluster's own client may name only that one as its
// audience; Dex then says in azp who asked.
func forUs(s kubeconfig.SignIn, audience []string, party any) bool {
	if slices.Contains(audience, s.ClientID) {
		return true
	}
	return party == s.ClientID && slices.ContainsFunc(audience, func(a string) bool {
		return a == s.Audience || slices.Contains(s.Scopes, "audience:server:client_id:"+a)
	})
}

// name is what the person is called, "" if the provider doesn't say.
func name(s kubeconfig.SignIn, claims map[string]any) string {
	wanted := []string{s.NameClaim, "email", "preferred_username", "name", "sub"}
	for _, claim := range wanted {
		if text, ok := claims[claim].(string); ok && text != "" {
			return shown(text, 200)
		}
	}
	return ""
}

func groups(claim any) []string {
	if one, ok := claim.(string); ok {
		claim = []any{one}
	}
	list, _ := claim.([]any)
	var names []string
	for _, entry := range list {
		if text, ok := entry.(string); ok && text != "" && len(names) < 200 {
			names = append(names, shown(text, 200))
		}
	}
	return names
}
