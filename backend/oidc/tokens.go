package oidc

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/secret"
)

var errTokens = errors.New("a kept session can't be read: sign in again")

// Tokens are a session at an identity provider.
type Tokens struct {
	ID, Access, Refresh secret.Value // each may be empty
	Expires             time.Time    // of the token that clusters are shown; zero: unknown
	Name                string       // of the person, fit to be shown; "" if the provider doesn't say
	Subject             string       // the provider's own key of the person, to the letter
	Groups              []string     // fit to be shown
}

// kept is how Tokens stand in the keychain.
type kept struct {
	ID      string    `json:"id,omitempty"`
	Access  string    `json:"access,omitempty"`
	Refresh string    `json:"refresh,omitempty"`
	Expires time.Time `json:"expires,omitzero"`
	Name    string    `json:"name,omitempty"`
	Subject string    `json:"subject,omitempty"`
	Groups  []string  `json:"groups,omitempty"`
}

// Proof is what a cluster is shown.
func (t Tokens) Proof(s kubeconfig.SignIn) kubeconfig.Proof {
	if showsAccess(s) {
		return kubeconfig.Proof{Token: t.Access, Expires: t.Expires}
	}
	return kubeconfig.Proof{Token: t.ID, Expires: t.Expires}
}

// showsAccess says whether clusters are shown the access token rather than the ID token.
func showsAccess(s kubeconfig.SignIn) bool {
	return s.AccessToken || s.Flow == kubeconfig.FlowOpenShift
}

// Secret is t for the keychain; Parse reads it.
func (t Tokens) Secret() secret.Value {
	text, err := json.Marshal(kept{
		string(t.ID.Reveal()), string(t.Access.Reveal()), string(t.Refresh.Reveal()), t.Expires, t.Name, t.Subject, t.Groups,
	})
	if err != nil { // only a year beyond 9999 does not marshal, and seconds keeps those out
		panic(err)
	}
	return secret.New(text)
}

// Parse reads what Secret gave.
func Parse(v secret.Value) (Tokens, error) {
	var k kept
	if json.Unmarshal(v.Reveal(), &k) != nil || k.ID+k.Access+k.Refresh == "" {
		return Tokens{}, errTokens
	}
	return Tokens{
		ID: secret.New([]byte(k.ID)), Access: secret.New([]byte(k.Access)), Refresh: secret.New([]byte(k.Refresh)),
		Expires: k.Expires, Name: k.Name, Subject: k.Subject, Groups: k.Groups,
	}, nil
}
