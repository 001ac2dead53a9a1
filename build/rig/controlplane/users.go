package controlplane

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/tools/clientcmd"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"

	"github.com/binnacle-dev/binnacle/build/rig/certs"
)

// User is somebody known by a client certificate.
type User struct {
	Name   string
	Groups []string
	Valid  time.Duration // how long from now; 0: a year; below 0: expired that long ago
}

// Admin is the kubeconfig of one who may do everything. The copy is the caller's.
func (c *Cluster) Admin() []byte { return bytes.Clone(c.admin) }

// Kubeconfig makes a certificate for the user and returns a kubeconfig with it.
// The user has no rights but those that RBAC gives to the name or the groups.
func (c *Cluster) Kubeconfig(u User) ([]byte, error) {
	p, err := c.pki.ca.Issue(certs.Leaf{Name: u.Name, Groups: u.Groups, Valid: u.Valid})
	if err != nil {
		return nil, err
	}
	return c.encodeKubeconfig(u.Name, &clientcmdapi.AuthInfo{ClientCertificateData: p.Cert, ClientKeyData: p.Key})
}

// TokenKubeconfig makes the service account, if it is not there, and returns a
// kubeconfig with a token of it, good for an hour.
func (c *Cluster) TokenKubeconfig(ctx context.Context, namespace, account string) ([]byte, error) {
	accounts := c.dynamic.Resource(schema.GroupVersionResource{Version: "v1", Resource: "serviceaccounts"}).Namespace(namespace)
	err := c.Apply(ctx, fmt.Sprintf("apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: %q, namespace: %q}\n", account, namespace))
	if err != nil {
		return nil, err
	}
	request := &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest",
		"metadata": map[string]any{"name": account},
		"spec":     map[string]any{"expirationSeconds": int64(3600)},
	}}
	answer, err := accounts.Create(ctx, request, metav1.CreateOptions{}, "token")
	if err != nil {
		return nil, fmt.Errorf("ask for a token of service account %s/%s: %w", namespace, account, err)
	}
	token, _, err := unstructured.NestedString(answer.Object, "status", "token")
	if err != nil || token == "" {
		return nil, errors.New("the server gave no token")
	}
	return c.encodeKubeconfig(account, &clientcmdapi.AuthInfo{Token: token})
}

// KubeconfigWith is a kubeconfig of the cluster with any proof, for those that we
// can't make otherwise: a plugin to run, an auth-provider.
func (c *Cluster) KubeconfigWith(user string, auth *clientcmdapi.AuthInfo) ([]byte, error) {
	return c.encodeKubeconfig(user, auth)
}

func (c *Cluster) encodeKubeconfig(user string, auth *clientcmdapi.AuthInfo) ([]byte, error) {
	name := user + "@" + c.options.Name
	k := clientcmdapi.NewConfig()
	k.Clusters[c.options.Name] = &clientcmdapi.Cluster{Server: c.Server(), CertificateAuthorityData: c.CAPEM()}
	k.AuthInfos[name] = auth
	k.Contexts[name] = &clientcmdapi.Context{Cluster: c.options.Name, AuthInfo: name}
	k.CurrentContext = name
	b, err := clientcmd.Write(*k)
	if err != nil {
		return nil, fmt.Errorf("encode a kubeconfig: %w", err)
	}
	return b, nil
}
