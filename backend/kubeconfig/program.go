package kubeconfig

import (
	"encoding/json"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/runtime"
	clientauth "k8s.io/client-go/pkg/apis/clientauthentication/v1"

	"github.com/binnacle-dev/binnacle/backend/secret"
)

// Program is an exec plugin: a program that would be asked for the credential. Nothing here has run or been looked for.
type Program struct {
	Command     string   // as the kubeconfig names it, relative to the kubeconfig's folder already resolved; a bare name is looked for on the PATH
	Args        []string // may hold secrets: see ShownArgs
	Env         []EnvVar
	APIVersion  string // client.authentication.k8s.io/v1 or v1beta1
	Mode        string // Never, IfAvailable, Always
	InstallHint string // hostile text, cleaned
	ClusterInfo []byte // JSON of the Cluster for KUBERNETES_EXEC_INFO; nil when the plugin isn't to be told. May hold a proxy's password
}

// EnvVar is one variable that the kubeconfig sets for the program.
type EnvVar struct {
	Name  string
	Value secret.Value
}

// ShownArgs are the arguments with what looks like a secret kept back.
func (p Program) ShownArgs() []string { return shownArgs(p.Args) }

// Program is what an AuthExec credential would run.
func (c Credential) Program() (Program, bool) {
	s := c.parts.user.exec
	if c.facts.auth != AuthExec || s == nil {
		return Program{}, false
	}
	p := Program{
		Command: s.command, Args: slices.Clone(s.args), APIVersion: s.apiVersion, Mode: s.mode,
		InstallHint: Clean(clip(strings.Join(strings.Fields(s.hint), " "), 4*maxShown)), // hints have lines
	}
	if p.Mode == "" {
		p.Mode = "IfAvailable" // client-go's default for v1beta1; v1 has none
	}
	for _, v := range s.env {
		p.Env = append(p.Env, EnvVar{v.name, v.value})
	}
	if s.clusterInfo {
		p.ClusterInfo = c.clusterInfo()
	}
	return p, true
}

// clusterInfo is what client-go tells a plugin of the cluster, in the same words for v1 and v1beta1.
func (c Credential) clusterInfo() []byte {
	s, e := c.parts.cluster, c.facts.endpoint
	info, err := json.Marshal(clientauth.Cluster{
		Server: e.Server, TLSServerName: e.TLSName, InsecureSkipTLSVerify: e.CA == CAInsecure,
		CertificateAuthorityData: c.parts.caPEM, ProxyURL: strings.TrimSpace(string(s.proxy.Reveal())),
		DisableCompression: s.noCompression, Config: runtime.RawExtension{Raw: s.extension},
	})
	if err != nil { // the extension was made by json.Marshal
		panic(err)
	}
	return info
}
