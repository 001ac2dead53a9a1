package lookup

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func discovery(issuer string) page {
	return page{200, asJSON, fmt.Sprintf(`{"issuer":%q,"authorization_endpoint":"%[1]s/auth"}`, issuer)}
}

func spa(title string) page { return page{200, asHTML, "<title>" + title + "</title>"} }

func oauth(issuer string) page {
	return page{200, asJSON, fmt.Sprintf(`{"issuer":%q,"authorization_endpoint":"%[1]s/oauth/authorize","token_endpoint":"%[1]s/oauth/token"}`, issuer)}
}

// with is a site with more pages.
func with(s site, more site) site {
	maps.Copy(s, more)
	return s
}

func ways(f Found) string {
	var all []string
	for _, w := range f.Ways {
		all = append(all, strings.TrimSpace(string(w.Kind)+" "+w.Issuer))
	}
	return strings.Join(all, ", ")
}

func TestWhatIsThere(t *testing.T) {
	ca := authority(t, nil, "a company")
	shop := issue(t, ca, nil)
	const everybody = "oidc, token, kubeconfig"
	for name, tt := range map[string]struct {
		typed  string
		site   site
		want   Found
		ways   string
		says   string
		hinted string // the Why of the first way
	}{
		"API server":       {"https://shop", apiServer(), Found{Kind: KindAPIServer, Server: "https://shop", Version: "v1.33.4"}, everybody, "a Kubernetes API server, version v1.33.4.", "doesn't tell which issuer"},
		"no anonymous":     {"shop", site{"": {401, asJSON, unauthorized}}, Found{Kind: KindAPIServer, Server: "https://shop"}, everybody, "tells strangers nothing more", ""},
		"Rancher":          {"https://shop/dashboard/c/c-m-1/explorer#/x", site{"/k8s/clusters/c-m-1/version": {401, asJSON, `{"type":"error","status":"401"}`}, "": spa("Rancher")}, Found{Kind: KindAPIServer, Server: "https://shop/k8s/clusters/c-m-1"}, everybody, "", ""},
		"console's page":   {"shop/login?next=x", apiServer(), Found{Kind: KindAPIServer, Server: "https://shop", Version: "v1.33.4"}, everybody, "", ""},
		"unknown page":     {"shop/some/page", apiServer(), Found{Kind: KindAPIServer, Server: "https://shop", Version: "v1.33.4"}, everybody, "", ""},
		"OpenShift":        {"shop", with(apiServer(), site{"/.well-known/oauth-authorization-server": oauth("https://oauth.apps.shop")}), Found{Kind: KindAPIServer, Server: "https://shop", Version: "v1.33.4", OpenShift: true}, "openshift https://oauth.apps.shop, " + everybody, "an OpenShift cluster, version", ""},
		"not OpenShift":    {"shop", with(apiServer(), site{"/.well-known/oauth-authorization-server": discovery("https://x")}), Found{Kind: KindAPIServer, Server: "https://shop", Version: "v1.33.4"}, everybody, "", ""},
		"OAuth by http":    {"shop", with(apiServer(), site{"/.well-known/oauth-authorization-server": oauth("http://x")}), Found{Kind: KindAPIServer, Server: "https://shop", Version: "v1.33.4"}, everybody, "", ""},
		"service accounts": {"shop", with(apiServer(), site{"/.well-known/openid-configuration": discovery("https://kubernetes.default.svc")}), Found{Kind: KindAPIServer, Server: "https://shop", Version: "v1.33.4"}, everybody, "", ""},
		"console": {
			"https://shop/login",
			site{"/": spa("Trilio for Kubernetes"), "/api/v1/readyz": {200, "text/plain", "ok"}, "/dex/.well-known/openid-configuration": discovery("https://shop/dex"), "": spa("Trilio")},
			Found{Kind: KindConsole, Server: "https://shop"},
			"dex https://shop/dex, kubeconfig", "This is a T4K console, not the cluster itself.", "only if its administrator has set it up",
		},
		"console without Dex": {"shop", site{"/": spa("TrilioVault"), "/api/v1/readyz": {200, asJSON, "{}"}}, Found{Kind: KindConsole, Server: "https://shop"}, "kubeconfig", "", ""},
		"console, Dex by http": {
			"shop",
			site{"": spa("x"), "/api/v1/readyz": {200, "text/plain", "ok"}, "/dex/.well-known/openid-configuration": discovery("http://shop/dex")},
			Found{Kind: KindConsole, Server: "https://shop"},
			"dex http://shop/dex, kubeconfig", "", "No API server takes the tokens",
		},
		"Dex itself":      {"https://shop/dex", site{"/dex/.well-known/openid-configuration": discovery("https://shop/dex")}, Found{Kind: KindIssuer, Server: "https://shop"}, "oidc https://shop/dex", "an identity provider", ""},
		"another issuer":  {"https://shop/realms/a", site{"/realms/a/.well-known/openid-configuration": discovery("https://shop/realms/a")}, Found{Kind: KindIssuer, Server: "https://shop"}, "oidc https://shop/realms/a", "", ""},
		"a web page":      {"shop", site{"": spa("Welcome")}, Found{Kind: KindUnknown, Server: "https://shop"}, "", "neither a Kubernetes API server nor a T4K console", ""},
		"JSON everywhere": {"shop", site{"": {200, asJSON, `[{"gitVersion":7}]`}}, Found{Kind: KindUnknown, Server: "https://shop"}, "", "", ""},
		"empty version":   {"shop", site{"": {200, asJSON, `{"gitVersion":""}`}}, Found{Kind: KindUnknown, Server: "https://shop"}, "", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPlace(t)
			p.serve("shop:443", tt.site, shop)
			f := p.mustLook(tt.typed, ca)
			got := Found{Kind: f.Kind, Server: f.Server, Version: f.Version, OpenShift: f.OpenShift, Plain: f.Plain}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
			if ways(f) != tt.ways {
				t.Errorf("ways %q, want %q", ways(f), tt.ways)
			}
			if said := strings.Join(f.Says, " "); !strings.Contains(said, tt.says) || said == "" {
				t.Errorf("says %q, want %q", said, tt.says)
			}
			if tt.hinted != "" && !strings.Contains(f.Ways[0].Why, tt.hinted) {
				t.Errorf("the first way says %q", f.Ways[0].Why)
			}
			if f.TLS == nil || f.TLS.Trusted != TrustedBySystem || len(f.TLS.Problems) > 0 {
				t.Errorf("TLS: %+v", f.TLS)
			}
		})
	}
}

func TestWayHints(t *testing.T) {
	ca := authority(t, nil, "a company")
	p := newPlace(t)
	p.serve("shop:443", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Add("WWW-Authenticate", `Bearer authorization_uri="https://login.example.com/tenant", issuer="https://login.example.com/tenant"`)
		w.Header().Add("WWW-Authenticate", `Bearer issuer="https://joe:sesame@evil", issuer="http://plain", issuer="https://x/?sesame", issuer="javascript:1"`)
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = w.Write([]byte(unauthorized))
	}), issue(t, ca, nil))
	if got, want := ways(p.mustLook("shop", ca)), "oidc https://login.example.com/tenant, oidc, token, kubeconfig"; got != want {
		t.Errorf("ways %q, want %q", got, want)
	}
}

// Which of several ports and schemes counts.
func TestWhereItIs(t *testing.T) {
	ca := authority(t, nil, "a company")
	shop := issue(t, ca, nil)
	web := site{"": spa("Welcome")}
	tls := func(p *place, address string, s site) { p.serve(address, s, shop) }
	for name, tt := range map[string]struct {
		typed  string
		build  func(p *place)
		server string
		plain  bool
	}{
		"443":                     {"shop", func(p *place) { tls(p, "shop:443", apiServer()) }, "https://shop", false},
		"6443":                    {"https://shop", func(p *place) { tls(p, "shop:6443", apiServer()) }, "https://shop:6443", false},
		"both":                    {"shop", func(p *place) { tls(p, "shop:6443", apiServer()); tls(p, "shop:443", apiServer()) }, "https://shop", false},
		"a page beside it":        {"shop", func(p *place) { tls(p, "shop:443", web); tls(p, "shop:6443", apiServer()) }, "https://shop:6443", false},
		"a hole beside it":        {"shop", func(p *place) { p.at["shop:443"] = blackHole; tls(p, "shop:6443", apiServer()) }, "https://shop:6443", false},
		"a hole after it":         {"shop", func(p *place) { p.at["shop:6443"] = blackHole; tls(p, "shop:443", apiServer()) }, "https://shop", false},
		"another port":            {"shop:1234", func(p *place) { tls(p, "shop:1234", apiServer()) }, "https://shop:1234", false},
		"http at a port":          {"shop:8001", func(p *place) { p.serve("shop:8001", apiServer()) }, "http://shop:8001", true},
		"http at 80":              {"shop", func(p *place) { p.serve("shop:80", apiServer()) }, "http://shop", true},
		"http typed":              {"http://shop:8001", func(p *place) { p.serve("shop:8001", apiServer()) }, "http://shop:8001", true},
		"http typed, https there": {"http://shop:6443", func(p *place) { tls(p, "shop:6443", apiServer()) }, "https://shop:6443", false},
		"http with a path":        {"http://shop/api", func(p *place) { p.serve("shop:80", apiServer()) }, "http://shop", true},
		"letters":                 {"HTTPS://BÜCHER.example:443", func(p *place) { tls(p, "xn--bcher-kva.example:443", apiServer()) }, "https://xn--bcher-kva.example", false},
		"IPv6":                    {"2001:DB8::1", func(p *place) { tls(p, "[2001:db8::1]:6443", apiServer()) }, "https://[2001:db8::1]:6443", false},
		"redirect to https": {"http://shop", func(p *place) {
			p.serve("shop:80", http.RedirectHandler("https://shop/version", http.StatusMovedPermanently))
			tls(p, "shop:443", apiServer())
		}, "https://shop", false},
		"https broken, http works": {"shop:8001", func(p *place) { p.serve("shop:8001", apiServer()) }, "http://shop:8001", true},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPlace(t)
			tt.build(p)
			begin := time.Now()
			f := p.mustLook(tt.typed, ca)
			if f.Kind != KindAPIServer || f.Server != tt.server || f.Plain != tt.plain || (f.TLS == nil) != tt.plain {
				t.Errorf("found %+v, want %s", f, tt.server)
			}
			if tt.plain && (ways(f) != "kubeconfig" || !strings.Contains(strings.Join(f.Says, " "), "plain http: anyone on the way")) {
				t.Errorf("plain http is not flagged: %q, %v", ways(f), f.Says)
			}
			if took := time.Since(begin); took > askTimeout-time.Second {
				t.Errorf("took %v: a better answer that never comes is waited for", took)
			}
		})
	}
}

func TestNothingThere(t *testing.T) {
	p := newPlace(t)
	p.serve("web:443", apiServer()) // plain http at the https port
	_, err := p.look("https://web", nil)
	nothing, ok := errors.AsType[*NothingError](err)
	if !ok || len(nothing.Tried) != 2 || nothing.Tried[0].URL != "https://web" || !errors.Is(err, http.ErrSchemeMismatch) || !strings.HasPrefix(err.Error(), "nothing answers. https://web: ") {
		t.Errorf("https at a port with http: %v", err)
	}
	_, err = p.look("gone", nil, func(o *Options) { o.Words = func(error) string { return "In words." } })
	if nothing, ok = errors.AsType[*NothingError](err); !ok || len(nothing.Tried) != 3 || nothing.Tried[2].Why != "In words." || nothing.Tried[2].Err == nil {
		t.Errorf("nobody anywhere: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	p.at["hole:443"], p.at["hole:6443"] = blackHole, blackHole
	time.AfterFunc(50*time.Millisecond, cancel)
	if _, err := Look(ctx, "hole", Options{dial: p.dial}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestElsewhere(t *testing.T) {
	ca := authority(t, nil, "a company")
	p := newPlace(t)
	p.serve("evil:443", http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("another host was asked") }), issue(t, ca, nil))
	p.serve("shop:443", http.RedirectHandler("https://joe:sesame@evil/login?token=sesame#sesame", http.StatusFound), issue(t, ca, nil))
	f := p.mustLook("shop", ca)
	if f.Kind != KindUnknown || f.Elsewhere != "https://evil/login" || !strings.Contains(strings.Join(f.Says, " "), "on to https://evil/login, where nothing was asked") {
		t.Errorf("found %+v", f)
	}
	p.serve("down:443", http.RedirectHandler("http://down/", http.StatusFound), issue(t, ca, nil))
	p.serve("down:80", http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("https led to http") }))
	if f := p.mustLook("https://down", ca); f.Elsewhere != "http://down/" || f.Plain {
		t.Errorf("found %+v", f)
	}
	p.serve("round:443", http.RedirectHandler("/round", http.StatusFound), issue(t, ca, nil))
	if f := p.mustLook("https://round", ca); f.Kind != KindUnknown { // and place.look counts the requests
		t.Errorf("found %+v", f)
	}
	p.serve("t4k.apps.shop.example.com:443", site{"": spa("Welcome")}, issue(t, ca, nil))
	if f := p.mustLook("t4k.apps.shop.example.com", ca); !cmp.Equal(f.Suggested, []string{"https://api.shop.example.com:6443"}) {
		t.Errorf("suggested %v", f.Suggested)
	}
}

// An answer may be anything.
func TestHostileAnswers(t *testing.T) {
	ca := authority(t, nil, "a company")
	bomb := "a: &a [" + strings.Repeat("x,", 1000) + "]\nb: &b [" + strings.Repeat("*a,", 1000) + "]\nclusters: [" + strings.Repeat("*b,", 1000) + "]"
	info := func(kubeconfig string) page {
		return page{200, asJSON, fmt.Sprintf(`{"data":{"kubeconfig":%q}}`, kubeconfig)}
	}
	const infoPath = "/api/v1/namespaces/kube-public/configmaps/cluster-info"
	for name, s := range map[string]site{
		"bidi":            {"/version": {200, asJSON, "{\"gitVersion\":\"v1\u202e\u0000\\u001b[31m" + strings.Repeat("long ", 1000) + "\"}"}},
		"giant":           {"": {200, asJSON, `{"gitVersion":"` + strings.Repeat("x", 10<<20) + `"}`}},
		"giant elsewhere": with(apiServer(), site{"/.well-known/oauth-authorization-server": {200, asJSON, strings.Repeat("[", 10<<20)}}),
		"bomb":            with(apiServer(), site{infoPath: info(bomb)}),
		"no cluster":      with(apiServer(), site{infoPath: info("clusters: []")}),
		"odd CA":          with(apiServer(), site{infoPath: info("clusters: [{cluster: {server: \"https://\u202ex\", certificate-authority-data: " + base64.StdEncoding.EncodeToString([]byte(pemOf("CERTIFICATE", []byte("x")))) + "}}]")}),
		"odd issuer":      with(apiServer(), site{"/.well-known/oauth-authorization-server": oauth("https://joe:sesame@x\u202e")}),
		"odd Dex":         {"": spa("Trilio"), "/api/v1/readyz": {200, asJSON, ""}, "/dex/.well-known/openid-configuration": discovery("javascript:sesame()")},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPlace(t)
			p.serve("shop:443", s, issue(t, ca, nil))
			f := p.mustLook("shop", ca)
			text := fmt.Sprintf("%+v %+v", f, f.Cluster)
			if strings.ContainsAny(text, "\u202e\x00\x1b") || strings.Contains(text, "sesame") || len(text) > 8000 {
				t.Errorf("shown as it is: %q", text)
			}
		})
	}
}
