package lookup

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"strings"
)

// other looks closer at what is no API server: T4K's console, an identity provider, or a stranger.
func (l *looker) other(ctx context.Context, f *Found, a address, root string) {
	path := strings.TrimSuffix(a.path, "/dex")
	paths := []string{
		root + "/", root + "/api/v1/readyz", root + "/dex/.well-known/openid-configuration", root + path + "/.well-known/openid-configuration",
	}
	said := make([]answer, len(paths))
	done := make(chan struct{}, len(paths))
	for i, path := range paths {
		go func() {
			said[i], _ = l.get(ctx, path) // no answer is an empty one
			done <- struct{}{}
		}()
	}
	for range paths {
		<-done
	}
	if f.Elsewhere == "" {
		f.Elsewhere = said[0].elsewhere
	}
	dex, own := readIssuer(said[2]), readIssuer(said[3])
	named := said[0].status == http.StatusOK && strings.Contains(strings.ToLower(string(said[0].body)), "trilio")
	ready := said[1].status == http.StatusOK && !strings.Contains(said[1].header.Get("Content-Type"), "html") // not the page that web applications give to every path
	switch {
	case named && (dex != "" || ready), dex != "" && ready:
		f.Kind = KindConsole
		if dex != "" {
			f.Ways = append(f.Ways, Way{WayDex, dex, FromServer, dexWords(dex)})
		}
		f.Ways = append(f.Ways, Way{WayKubeconfig, "", FromPerson, "A console doesn't tell its cluster's own address; a kubeconfig has it."})
	case own != "" || dex != "":
		f.Kind = KindIssuer
		f.Ways = []Way{{WayOIDC, cmp.Or(own, dex), FromServer, "Clusters may trust this issuer; add one of them by its address."}}
	}
	f.Suggested = suggest(a.host)
}

func readIssuer(a answer) string {
	var m struct {
		Issuer string `json:"issuer"`
		Ask    string `json:"authorization_endpoint"`
	}
	if a.status != http.StatusOK || json.Unmarshal(a.body, &m) != nil || m.Ask == "" {
		return ""
	}
	return webAddress(m.Issuer)
}

// dexWords say what a token of the console's Dex is worth: the console acts for whoever has it, the API server mostly doesn't know it.
func dexWords(issuer string) string {
	words := "This Dex signs you in to T4K's console. The cluster's API server takes its tokens only if its administrator has set it up for this issuer; mostly it isn't."
	if strings.HasPrefix(issuer, "http://") {
		words = "This Dex signs you in to T4K's console by plain http. No API server takes the tokens of such an issuer, and they aren't asked for here."
	}
	return words
}

// suggest guesses the API server's address behind an OpenShift route.
func suggest(host string) []string {
	if _, domain, ok := strings.Cut(host, ".apps."); ok {
		return []string{"https://api." + domain + ":6443"}
	}
	return nil
}
