package kubeconfig

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"k8s.io/client-go/rest"
)

// Why a credential gives no client by itself.
var (
	ErrRunsProgram  = errors.New("this credential runs a program, which must be allowed first")
	ErrAuthProvider = errors.New("this credential uses an auth-provider, which Kubernetes has removed; get another kubeconfig or sign in")
	ErrSignsIn      = errors.New("this credential is a sign-in; sign in first")
)

// One person looks at one cluster: enough for a screen full of lists at once, too little to hurt an API server.
const (
	clientQPS   = 50
	clientBurst = 100
)

// RESTConfig gives client-go's configuration as kubectl would make it, but without any way to a file, a program or the environment of
// this process (an HTTPS_PROXY variable counts when requests are made, as for any program, unless the credential names a proxy). User agent and
// timeouts are the caller's. The error is ErrRunsProgram, ErrAuthProvider or ErrSignsIn, or that of a zero Credential.
func (c Credential) RESTConfig() (*rest.Config, error) {
	config, err := c.TransportConfig()
	if err != nil {
		return nil, err
	}
	switch c.facts.auth {
	case AuthExec:
		return nil, ErrRunsProgram
	case AuthProvider:
		return nil, ErrAuthProvider
	case AuthSignIn:
		return nil, ErrSignsIn
	default:
	}
	s := c.parts.user
	config.BearerToken = strings.TrimSpace(string(s.token.Reveal()))
	config.Username, config.Password = s.username, string(s.password.Reveal())
	config.CertData, config.KeyData = slices.Clone(c.parts.certPEM), c.parts.keyPEM.Reveal()
	return config, nil
}

// TransportConfig is RESTConfig for every kind of Auth and without any proof of who asks: the way to the server, how to recognise it, and
// whom the requests are made as. The Proof comes from elsewhere.
func (c Credential) TransportConfig() (*rest.Config, error) {
	e, as := c.facts.endpoint, c.parts.user.as
	if e.Server == "" {
		return nil, errors.New("an empty credential leads nowhere")
	}
	config := &rest.Config{
		Host: e.Server, QPS: clientQPS, Burst: clientBurst, DisableCompression: c.parts.cluster.noCompression,
		TLSClientConfig: rest.TLSClientConfig{Insecure: e.CA == CAInsecure, ServerName: e.TLSName, CAData: slices.Clone(c.parts.caPEM)},
		Impersonate:     rest.ImpersonationConfig{UserName: as.user, UID: as.uid, Groups: slices.Clone(as.groups), Extra: as.extra},
	}
	if !c.parts.cluster.proxy.Empty() {
		proxy, err := parseProxy(c.parts.cluster.proxy)
		if err != nil {
			return nil, err
		}
		config.Proxy = http.ProxyURL(proxy)
	}
	return config, nil
}
