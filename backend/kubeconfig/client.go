package kubeconfig

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"k8s.io/client-go/rest"
)

// Why a credential gives no client yet.
var (
	ErrRunsProgram  = errors.New("this credential runs a program, which must be allowed first")
	ErrAuthProvider = errors.New("this credential uses an auth-provider, which Kubernetes has removed; get another kubeconfig or sign in")
)

// One person looks at one cluster: enough for a screen full of lists at once, too little to hurt an API server.
const (
	clientQPS   = 50
	clientBurst = 100
)

// RESTConfig gives client-go's configuration as kubectl would make it, but without any way to a file, a program or the environment of
// this process (an HTTPS_PROXY variable counts when requests are made, as for any program, unless the credential names a proxy). User agent and
// timeouts are the caller's. The error is ErrRunsProgram or ErrAuthProvider, or that of a zero Credential.
func (c Credential) RESTConfig() (*rest.Config, error) {
	switch {
	case c.facts.endpoint.Server == "":
		return nil, errors.New("an empty credential leads nowhere")
	case c.facts.auth == AuthExec:
		return nil, ErrRunsProgram
	case c.facts.auth == AuthProvider:
		return nil, ErrAuthProvider
	}
	s, e := c.parts.user, c.facts.endpoint
	config := &rest.Config{
		Host: e.Server, QPS: clientQPS, Burst: clientBurst, DisableCompression: c.parts.cluster.noCompression,
		BearerToken: strings.TrimSpace(string(s.token.Reveal())),
		Username:    s.username, Password: string(s.password.Reveal()),
		TLSClientConfig: rest.TLSClientConfig{
			Insecure: e.CA == CAInsecure, ServerName: e.TLSName, CAData: slices.Clone(c.parts.caPEM),
			CertData: slices.Clone(c.parts.certPEM), KeyData: c.parts.keyPEM.Reveal(),
		},
		Impersonate: rest.ImpersonationConfig{UserName: s.as.user, UID: s.as.uid, Groups: slices.Clone(s.as.groups), Extra: s.as.extra},
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
