package lookup

import (
	"context"
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"

	clientcmd "k8s.io/client-go/tools/clientcmd/api/v1"
	"sigs.k8s.io/yaml"
)

// readVersion recognises an API server by its answer to /version: the version, or the refusal to tell it.
func readVersion(a answer) (version string, ok bool) {
	var said struct {
		GitVersion string `json:"gitVersion"`
		Kind       string `json:"kind"`
		APIVersion string `json:"apiVersion"`
		Type       string `json:"type"`
	}
	if json.Unmarshal(a.body, &said) != nil {
		return "", false
	}
	switch {
	case a.status == http.StatusOK:
		return shown(said.GitVersion), said.GitVersion != ""
	case said.Kind == "Status" && said.APIVersion == "v1":
		return "", true
	}
	// Rancher stands in front of the API server and refuses in words of its own.
	return "", a.status == http.StatusUnauthorized && said.Type == "error" && strings.Contains(a.url.Path, "/k8s/clusters/")
}

// apiServer asks what an API server tells strangers: OpenShift's OAuth server, and what kubeadm publishes.
func (l *looker) apiServer(ctx context.Context, f *Found, first answer) {
	type said struct {
		answer answer
		err    error
	}
	oauth, info := make(chan said, 1), make(chan said, 1)
	for path, to := range map[string]chan said{
		"/.well-known/oauth-authorization-server":                oauth,
		"/api/v1/namespaces/kube-public/configmaps/cluster-info": info,
	} {
		go func() {
			a, err := l.get(ctx, f.Server+path)
			to <- said{a, err}
		}()
	}
	if s := <-oauth; s.err == nil {
		if issuer := readOAuth(s.answer); issuer != "" {
			f.OpenShift = true
			f.Ways = append(f.Ways, Way{WayOpenShift, issuer, FromServer, ""})
		}
	}
	if s := <-info; s.err == nil {
		f.Cluster = readClusterInfo(s.answer)
	}
	for _, issuer := range hints(first.header) {
		f.Ways = append(f.Ways, Way{WayOIDC, issuer, FromServer, "The server names this issuer when it asks for a sign-in. Check that you know it."})
	}
	f.Ways = append(f.Ways,
		Way{WayOIDC, "", FromPerson, "An API server doesn't tell which issuer it trusts. Ask the cluster's administrator for the issuer's address and the client's name, or take those of another member."},
		Way{WayToken, "", FromPerson, ""}, Way{WayKubeconfig, "", FromPerson, ""})
}

// readOAuth gives the issuer of OpenShift's OAuth server; "" when this is none.
func readOAuth(a answer) string {
	var m struct {
		Issuer string `json:"issuer"`
		Ask    string `json:"authorization_endpoint"`
		Token  string `json:"token_endpoint"`
	}
	if a.status != http.StatusOK || json.Unmarshal(a.body, &m) != nil || !strings.HasSuffix(m.Ask, "/oauth/authorize") || !strings.HasSuffix(m.Token, "/oauth/token") {
		return ""
	}
	if !strings.HasPrefix(m.Issuer, "https://") {
		return ""
	}
	return webAddress(m.Issuer)
}

// hints are the issuers that a server or a proxy in front of it names in WWW-Authenticate.
func hints(header http.Header) []string {
	var all []string
	for _, value := range header.Values("WWW-Authenticate") {
		for _, m := range regexp.MustCompile(`(?i)\b(?:issuer|authorization_uri)="(https://[^"]+)"`).FindAllStringSubmatch(value, 5) {
			if issuer := webAddress(m[1]); issuer != "" && !slices.Contains(all, issuer) && len(all) < 5 {
				all = append(all, issuer)
			}
		}
	}
	return all
}

// readClusterInfo takes the kubeconfig apart that kubeadm publishes: a cluster without users.
func readClusterInfo(a answer) *ClusterInfo {
	var object struct {
		Data struct {
			Kubeconfig string `json:"kubeconfig"`
		} `json:"data"`
	}
	var config clientcmd.Config
	if a.status != http.StatusOK || json.Unmarshal(a.body, &object) != nil || yaml.Unmarshal([]byte(object.Data.Kubeconfig), &config) != nil || len(config.Clusters) == 0 {
		return nil
	}
	cluster := config.Clusters[0].Cluster
	info := &ClusterInfo{Server: shown(cluster.Server)}
	if ca := firstCertificate(cluster.CertificateAuthorityData); ca != nil {
		shows := describe(ca)
		info.CA, info.CAPEM = &shows, encode(ca)
	}
	return info
}
