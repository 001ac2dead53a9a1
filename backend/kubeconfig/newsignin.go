package kubeconfig

import (
	"encoding/json"
	"fmt"

	clientcmd "k8s.io/client-go/tools/clientcmd/api/v1"
)

// Target is the cluster that a sign-in is for, as a person gave it. See Endpoint for the fields.
type Target struct {
	Server, TLSName, ProxyURL, Namespace string
	CAPEM                                []byte // nil trusts the system's CAs
	Insecure                             bool   // don't check the server's certificate
}

// NewSignIn makes the credential of a member that was added by its address. Its errors name what is wrong and quote no secret.
func NewSignIn(name string, t Target, s SignIn) (Credential, error) {
	s, err := s.checked()
	if err != nil {
		return Credential{}, fmt.Errorf("sign-in: %w", err)
	}
	text, err := json.Marshal(clientcmd.Config{
		APIVersion: "v1", Kind: "Config", CurrentContext: name,
		Clusters: []clientcmd.NamedCluster{{Name: name, Cluster: clientcmd.Cluster{
			Server: t.Server, TLSServerName: t.TLSName, CertificateAuthorityData: t.CAPEM, ProxyURL: t.ProxyURL, InsecureSkipTLSVerify: t.Insecure,
		}}},
		AuthInfos: []clientcmd.NamedAuthInfo{{Name: name, AuthInfo: clientcmd.AuthInfo{
			AuthProvider: &clientcmd.AuthProviderConfig{Name: signInProvider, Config: s.settings()},
		}}},
		Contexts: []clientcmd.NamedContext{{Name: name, Context: clientcmd.Context{Cluster: name, AuthInfo: name, Namespace: t.Namespace}}},
	})
	if err != nil {
		return Credential{}, fmt.Errorf("sign-in: write as JSON: %w", err)
	}
	f, err := Parse(escapeControls(text), "sign-in")
	if err != nil {
		return Credential{}, err
	}
	c, err := f.Contexts[0].Credential(nil)
	if err == nil && c.Auth() != AuthSignIn {
		err = fmt.Errorf("sign-in: %s is plain http, over which no token is sent; use https://", c.Endpoint().Server)
	}
	if err != nil {
		return Credential{}, err
	}
	return c, nil
}

// SignIn is what an AuthSignIn credential signs in to.
func (c Credential) SignIn() (SignIn, bool) {
	if c.parts.signIn == nil {
		return SignIn{}, false
	}
	return c.parts.signIn.clone(), true
}
