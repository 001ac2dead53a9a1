package kubeconfig

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"

	"github.com/binnacle-dev/binnacle/backend/secret"
)

// SignIn is what a program must know to sign a person in for a member: an OpenID Connect client, or OpenShift's own OAuth.
type SignIn struct {
	Flow         Flow
	Issuer       string       // URL, to the letter as the provider's tokens have it; for OpenShift its OAuth server's
	ClientID     string       //
	ClientSecret secret.Value // most native clients have none
	Scopes       []string     // besides openid; groups, email, offline_access...
	Params       map[string]string
	Audience     string // asked for as a parameter, where the provider wants that; "" is the client's own
	IssuerCA     []byte // PEM; nil trusts the system's CAs
	Connector    string // Dex' connector_id; "" lets the person choose on Dex' own page
	RedirectHost string // "" is localhost
	Redirects    []int  // ports of the loopback redirect, tried in order; empty: any free one
	RedirectPath string // "" is /callback; or NoPath
	NameClaim    string // whose value is shown as the name; "" tries email, preferred_username, name, sub
	AccessToken  bool   // send the access token, not the ID token; always so for OpenShift
}

// NoPath is the RedirectPath of a redirect that ends after its port, as http://localhost:8000. Kubelogin asks for such ones, and a provider
// that knows kubelogin's redirects takes no other: it compares to the letter.
const NoPath = "none"

// Flow is a closed set.
type Flow string

// The flows.
const (
	FlowBrowser   Flow = "browser"   // authorization code with PKCE, in the system's browser
	FlowDevice    Flow = "device"    // a code that is typed in on another device
	FlowOpenShift Flow = "openshift" // OpenShift's OAuth server, as oc login --web
)

// clone keeps a caller's writes out of what is immutable here.
func (s SignIn) clone() SignIn {
	s.Scopes, s.Params, s.IssuerCA, s.Redirects = slices.Clone(s.Scopes), maps.Clone(s.Params), slices.Clone(s.IssuerCA), slices.Clone(s.Redirects)
	return s
}

// Key names the session that a sign-in opens: members with equal keys share one. It is the same in every run and on every machine and
// tells nothing. How the person gets there (flow, redirect, shown claim) doesn't count.
func (s SignIn) Key() string {
	scopes := append([]string{}, s.Scopes...) // not nil: none must not differ from an empty list
	slices.Sort(scopes)
	params := map[string]string{}
	maps.Copy(params, s.Params)
	delete(params, "prompt")
	text, err := json.Marshal([]any{ // json sorts the keys of maps
		s.Flow == FlowOpenShift, s.Issuer, s.ClientID, slices.Compact(scopes), params, s.Audience, string(s.IssuerCA), s.Connector, s.AccessToken,
	})
	if err != nil { // strings, numbers and bytes always marshal
		panic(err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}
