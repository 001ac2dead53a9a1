package kubeconfig

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	clientcmd "k8s.io/client-go/tools/clientcmd/api/v1"
	"sigs.k8s.io/yaml"

	"github.com/binnacle-dev/binnacle/backend/secret"
)

// Through is a kubeconfig in YAML for the same cluster and user that holds no secret: whoever uses it runs the command, which
// answers as an exec credential plugin. install says how to get the command where it is missing.
func (c Credential) Through(command string, args []string, install string) (string, error) {
	var config clientcmd.Config
	if err := json.Unmarshal(c.canonical.Reveal(), &config); err != nil || len(config.Clusters) != 1 || len(config.AuthInfos) != 1 {
		return "", errors.New("an empty credential leads nowhere") // the error may quote what it read
	}
	if err := hide(&config); err != nil {
		return "", err
	}
	user := &config.AuthInfos[0].AuthInfo
	*user = clientcmd.AuthInfo{
		Impersonate: user.Impersonate, ImpersonateUID: user.ImpersonateUID,
		ImpersonateGroups: user.ImpersonateGroups, ImpersonateUserExtra: user.ImpersonateUserExtra,
		Exec: &clientcmd.ExecConfig{
			Command: command, Args: args, APIVersion: "client.authentication.k8s.io/v1", InstallHint: install,
			InteractiveMode: clientcmd.IfAvailableExecInteractiveMode, ProvideClusterInfo: true, // the command checks whom it is asked for
		},
	}
	text, err := yaml.Marshal(config)
	if err != nil {
		return "", fmt.Errorf("write as YAML: %w", err)
	}
	return string(text), nil
}

// Proof is what a token or a client certificate shows; false for a credential that has to be signed in, run or typed first.
func (c Credential) Proof() (Proof, bool) {
	s := c.parts.user
	proof := Proof{
		Token: secret.New([]byte(strings.TrimSpace(string(s.token.Reveal())))), CertPEM: slices.Clone(c.parts.certPEM), KeyPEM: c.parts.keyPEM,
		Expires: c.facts.expires,
	}
	return proof, (c.facts.auth == AuthToken || c.facts.auth == AuthClientCertificate) && !proof.Empty()
}
