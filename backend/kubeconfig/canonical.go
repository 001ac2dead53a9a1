package kubeconfig

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"k8s.io/apimachinery/pkg/runtime"
	clientcmd "k8s.io/client-go/tools/clientcmd/api/v1"
	"sigs.k8s.io/yaml"

	"github.com/binnacle-dev/binnacle/backend/secret"
)

// What stands for a secret in the public form: kubectl's own words.
const (
	hiddenText = "REDACTED"
	hiddenData = "DATA+OMITTED"
)

// write makes the two written forms. Only what has an effect goes in: a key without its certificate or a program that a token makes
// needless would be one more secret to lose.
func (c *Credential) write(from Context) error {
	full, err := json.Marshal(c.config(from))
	if err != nil {
		return fmt.Errorf("write as JSON: %w", err)
	}
	full = escapeControls(full)
	if err := checkBytes(full); len(full) > MaxSize || err != nil {
		return errors.New("is too large with its files and can't be kept")
	}
	c.canonical = secret.New(full)
	public := c.config(from)
	if err := hide(&public); err != nil {
		return err
	}
	text, err := yaml.Marshal(public)
	if err != nil {
		return fmt.Errorf("write as YAML: %w", err)
	}
	rows := strings.Split(string(text), "\n")
	for i, row := range rows {
		rows[i] = Clean(row)
	}
	c.public = strings.Join(rows, "\n")
	return nil
}

// escapeControls writes the control characters that JSON allows and YAML and Parse do not.
func escapeControls(js []byte) []byte {
	var b bytes.Buffer
	for _, r := range string(js) {
		if r >= 0x7f && r < 0xa0 {
			fmt.Fprintf(&b, `\u%04x`, r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.Bytes()
}

func (c *Credential) config(from Context) clientcmd.Config {
	return clientcmd.Config{
		APIVersion: "v1", Kind: "Config", CurrentContext: from.context.name,
		Clusters:  []clientcmd.NamedCluster{{Name: from.context.cluster, Cluster: c.clusterConfig()}},
		AuthInfos: []clientcmd.NamedAuthInfo{{Name: from.context.user, AuthInfo: c.userConfig()}},
		Contexts: []clientcmd.NamedContext{{Name: from.context.name, Context: clientcmd.Context{
			Cluster: from.context.cluster, AuthInfo: from.context.user, Namespace: c.facts.namespace,
		}}},
	}
}

func (c *Credential) clusterConfig() clientcmd.Cluster {
	s, e := c.parts.cluster, c.facts.endpoint
	out := clientcmd.Cluster{
		Server: e.Server, TLSServerName: e.TLSName, InsecureSkipTLSVerify: e.CA == CAInsecure,
		CertificateAuthorityData: c.parts.caPEM,
		ProxyURL:                 strings.TrimSpace(string(s.proxy.Reveal())), DisableCompression: s.noCompression,
	}
	if c.facts.auth == AuthExec && s.extension != nil {
		out.Extensions = []clientcmd.NamedExtension{{Name: execExtension, Extension: runtime.RawExtension{Raw: s.extension}}}
	}
	return out
}

func (c *Credential) userConfig() clientcmd.AuthInfo {
	s := c.parts.user
	out := clientcmd.AuthInfo{
		ClientCertificateData: c.parts.certPEM, ClientKeyData: c.parts.keyPEM.Reveal(),
		Token:    strings.TrimSpace(string(s.token.Reveal())),
		Username: s.username, Password: string(s.password.Reveal()),
		Impersonate: s.as.user, ImpersonateUID: s.as.uid, ImpersonateGroups: s.as.groups, ImpersonateUserExtra: s.as.extra,
	}
	if c.facts.auth == AuthExec {
		out.Exec = s.exec.config()
	}
	if c.facts.auth == AuthProvider {
		settings := map[string]string{}
		for k, v := range s.provider.config {
			settings[k] = string(v.Reveal())
		}
		out.AuthProvider = &clientcmd.AuthProviderConfig{Name: s.provider.name, Config: settings}
	}
	if c.parts.signIn != nil {
		out.AuthProvider = &clientcmd.AuthProviderConfig{Name: signInProvider, Config: c.parts.signIn.settings()}
	}
	return out
}

func (s *execSpec) config() *clientcmd.ExecConfig {
	out := &clientcmd.ExecConfig{
		Command: s.command, Args: s.args, APIVersion: s.apiVersion, InstallHint: s.hint,
		ProvideClusterInfo: s.clusterInfo, InteractiveMode: clientcmd.ExecInteractiveMode(s.mode),
	}
	for _, v := range s.env {
		out.Env = append(out.Env, clientcmd.ExecEnvVar{Name: v.name, Value: string(v.value.Reveal())})
	}
	return out
}

// hide takes out of a kubeconfig what nobody else may see.
func hide(c *clientcmd.Config) error {
	key, err := base64.StdEncoding.DecodeString(hiddenData) // the field is written in base64, which these words are
	if err != nil {
		return err
	}
	cluster, user := &c.Clusters[0].Cluster, &c.AuthInfos[0].AuthInfo
	cluster.Extensions = nil // may be anything
	if cluster.ProxyURL != "" {
		if u, err := parseProxy(secret.New([]byte(cluster.ProxyURL))); err == nil {
			cluster.ProxyURL = shownURL(u)
		}
	}
	if user.Token != "" {
		user.Token = hiddenText
	}
	if user.Password != "" {
		user.Password = hiddenText
	}
	if len(user.ClientKeyData) > 0 {
		user.ClientKeyData = key
	}
	if user.AuthProvider != nil {
		hideProvider(user.AuthProvider)
	}
	if user.Exec != nil {
		user.Exec.Args = shownArgs(user.Exec.Args)
		for i := range user.Exec.Env {
			user.Exec.Env[i].Value = hiddenText
		}
	}
	return nil
}

// hideProvider keeps of a sign-in what a colleague needs to sign in the same way.
func hideProvider(p *clientcmd.AuthProviderConfig) {
	for name := range p.Config {
		if p.Name != signInProvider || name == secretSetting {
			p.Config[name] = hiddenText
		}
	}
	if p.Name != signInProvider || p.Config["params"] == "" {
		return
	}
	params, err := readParams(p.Config["params"])
	if err != nil { // not of our writing
		p.Config["params"] = hiddenText
		return
	}
	for name := range params {
		if secretName(name) {
			params[name] = hiddenText
		}
	}
	p.Config["params"] = SignIn{Params: params}.settings()["params"]
}
