package oidc

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// openShiftPath is where an OpenShift API server tells of its OAuth server, to anybody.
const openShiftPath = "/.well-known/oauth-authorization-server"

// openShiftClient is the client that oc login --web uses: every cluster since 4.14 has it. It takes any loopback port, by address only.
const openShiftClient = "openshift-cli-client"

var errNoOpenShift = errors.New("the cluster has no OAuth server of OpenShift")

// OpenShiftOf gives the sign-in of an OpenShift cluster. get reads a path of its API server, as one that trusts it. The OAuth server may
// stand behind another certificate; whose CA is trusted for it is left to the caller (SignIn.IssuerCA).
func (*Client) OpenShiftOf(_ context.Context, get func(path string) ([]byte, error)) (kubeconfig.SignIn, error) {
	body, err := get(openShiftPath)
	if err != nil {
		return kubeconfig.SignIn{}, err
	}
	var m metadata
	if len(body) > maxBody || json.Unmarshal(body, &m) != nil || checkIssuer(m.Issuer) != nil {
		return kubeconfig.SignIn{}, errNoOpenShift
	}
	// The issuer is all that a member keeps, so the addresses must be those that OpenShift makes of it.
	if auth, token := openShiftEndpoints(m.Issuer); m.Auth != auth || m.Token != token {
		return kubeconfig.SignIn{}, errNoOpenShift
	}
	return kubeconfig.SignIn{
		Flow: kubeconfig.FlowOpenShift, Issuer: m.Issuer, ClientID: openShiftClient, RedirectHost: "127.0.0.1", AccessToken: true,
	}, nil
}

func openShiftEndpoints(issuer string) (auth, token string) {
	base := strings.TrimSuffix(issuer, "/") + "/oauth"
	return base + "/authorize", base + "/token"
}

// openShift is an OAuth server that needn't be looked up.
func (c *Client) openShift(s kubeconfig.SignIn) (*provider, error) {
	if err := checkIssuer(s.Issuer); err != nil {
		return nil, err
	}
	w, err := newWeb(c.o, s.IssuerCA)
	if err != nil {
		return nil, err
	}
	p := &provider{web: w, read: time.Now()}
	p.Issuer = s.Issuer
	p.Auth, p.Token = openShiftEndpoints(s.Issuer)
	return p, nil
}
