package oidc

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// dexPage is what Dex shows today; oldDexPage what its releases before 2021 did.
const (
	dexPage = `<!DOCTYPE html><html><body class="theme-body"><div class="theme-navbar"><a href="/dex/static/x">Home</a></div>
<h2 class="theme-heading">Log in to dex </h2>
<div class="theme-form-row">
  <a href="/dex/auth/ldap?client_id=x&amp;state=y" class="dex-btn dex-btn-provider theme-btn-provider">
    <span class="dex-btn-icon dex-btn-icon--ldap"></span>
    <span class="dex-btn-text">Log in with Example &amp; Sons</span>
  </a></div>
<a href="/dex/auth/my%20google?client_id=x" class="dex-btn"><span class="dex-btn-icon dex-btn-icon--oidc"></span><span>Log in with Google</span></a>
</body></html>`
	oldDexPage = `<div class="form-row"><a href="/dex/auth/ldap?req=abc" target="_self"><button class="btn btn-provider">
<span class="btn-icon btn-icon-ldap"></span><span class="btn-text">Log in with LDAP</span></button></a></div>`
)

func dexAuth(tb testing.TB) *url.URL {
	tb.Helper()
	u, err := url.Parse("https://login.example.com/dex/auth")
	if err != nil {
		tb.Fatal(err)
	}
	return u
}

func TestConnectors(t *testing.T) {
	link := func(href, text string) string { return `<a href="` + href + `">` + text + `</a>` }
	for name, c := range map[string]struct {
		page string
		want []Connector
	}{
		"dex":              {dexPage, []Connector{{"ldap", "Example & Sons", "ldap"}, {"my google", "Google", "oidc"}}},
		"old dex":          {oldDexPage, []Connector{{"ldap", "LDAP", "ldap"}}},
		"nothing":          {"", nil},
		"an error page":    {`<h2>Bad Request</h2><p>Invalid client_id provided.</p>`, nil},
		"absolute link":    {link("https://login.example.com/dex/auth/a", "A"), []Connector{{"a", "A", ""}}},
		"own words":        {link("/dex/auth/a", "Anmelden mit  \n A"), []Connector{{"a", "Anmelden mit A", ""}}},
		"no words":         {link("/dex/auth/a", "<b></b>"), []Connector{{"a", "a", ""}}},
		"twice":            {link("/dex/auth/a", "A") + link("/dex/auth/a", "B"), []Connector{{"a", "A", ""}}},
		"never closed":     {`<a href="/dex/auth/a">A<a href="/dex/auth/b">B`, []Connector{{"a", "A", ""}, {"b", "B", ""}}},
		"password page":    {link("/dex/auth/ldap/login?x=y", "L"), []Connector{{"ldap", "L", ""}}},
		"other host":       {link("https://evil.example/dex/auth/a", "A"), nil},
		"other scheme":     {link("http://login.example.com/dex/auth/a", "A") + link("javascript:/dex/auth/a", "A"), nil},
		"other path":       {link("/dex/token/a", "A") + link("/dex/authx/a", "A") + link("/dex/auth/", "A") + link("/dex/auth/a/b", "A"), nil},
		"up and away":      {link("/dex/auth/../token", "A") + link("/dex/auth/..", "A"), nil},
		"invisible id":     {link("/dex/auth/a%E2%80%AE", "A") + link("/dex/auth/%00", "A"), nil},
		"long id":          {link("/dex/auth/"+strings.Repeat("x", 129), "A"), nil},
		"hostile name":     {link("/dex/auth/a", "<script>alert(1)</script>&lt;b&gt;\u202e"), []Connector{{"a", `alert(1) <b>\u202e`, ""}}},
		"long name":        {link("/dex/auth/a", strings.Repeat("x", 999)), []Connector{{"a", strings.Repeat("x", 100) + "…", ""}}},
		"long, of pieces":  {link("/dex/auth/a", strings.Repeat("x<b>", 99)), []Connector{{"a", strings.TrimSpace(strings.Repeat("x ", 20)), ""}}},
		"hostile kind":     {`<a href="/dex/auth/a"><i class="dex-btn-icon--` + strings.Repeat("k", 99) + `"></i>A</a>`, []Connector{{"a", "A", strings.Repeat("k", 40) + "…"}}},
		"links in comment": {`<!-- <a href="/dex/auth/a">A</a> --><style><a href="/dex/auth/b"></style>`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, connectors(dexAuth(t), []byte(c.page))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	var many strings.Builder
	for i := range 500 {
		many.WriteString(link("/dex/auth/c"+strings.Repeat("x", i%120)+string(rune('a'+i/120)), "C"))
	}
	if n := len(connectors(dexAuth(t), []byte(many.String()))); n != maxConnectors {
		t.Errorf("there are %d connectors", n)
	}
}

func FuzzConnectors(f *testing.F) {
	f.Add(dexPage)
	f.Add(oldDexPage)
	f.Add(`<a href="/dex/auth/a">A<a href=/dex/auth/b class=dex-btn-icon--x>`)
	auth := dexAuth(f)
	f.Fuzz(func(t *testing.T, page string) {
		found := connectors(auth, []byte(page))
		if len(found) > maxConnectors {
			t.Errorf("%d connectors", len(found))
		}
		seen := map[string]bool{}
		for _, c := range found {
			if seen[c.ID] || c.ID == "" || c.Name == "" || shown(c.ID, 128) != c.ID || shown(c.Name, 2000) != c.Name || shown(c.Kind, 2000) != c.Kind {
				t.Errorf("a bad connector: %q", c)
			}
			seen[c.ID] = true
			if back := connectorID(auth, auth.JoinPath(url.PathEscape(c.ID)).String()); back != c.ID && !strings.Contains(c.ID, "/") {
				t.Errorf("%q comes back as %q", c.ID, back)
			}
		}
	})
}

func TestLookAtDex(t *testing.T) {
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		want   []Connector
	}{
		"shows them": {func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte(strings.ReplaceAll(dexPage, "/dex/", "/")))
		}, []Connector{{"ldap", "Example & Sons", "ldap"}, {"my google", "Google", "oidc"}}},
		"has one only": {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/auth/ldap?x=y", http.StatusFound) }, []Connector{{"ldap", "ldap", ""}}},
		"sends away": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://evil.example/auth/ldap", http.StatusFound)
		}, nil},
		"knows us not":   {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(400); _, _ = w.Write([]byte(oldDexPage)) }, nil},
		"shows too much": {func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, maxBody+1)) }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			i := newIssuer(t)
			inner := i.mux
			i.likeDex()
			i.mux = http.NewServeMux()
			i.mux.Handle("/", inner)
			var asked url.Values
			i.mux.HandleFunc("GET /auth", func(w http.ResponseWriter, r *http.Request) { asked = r.URL.Query(); c.answer(w, r) })
			s := i.signIn()
			got, err := New(Options{}).Look(t.Context(), s.Issuer, s.IssuerCA)
			if err != nil || !got.Dex {
				t.Fatalf("Dex is %+v, %v", got, err)
			}
			if diff := cmp.Diff(c.want, got.Connectors); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			s.Connector, s.Redirects = "old", []int{8001}
			_, _ = New(Options{}).Connectors(t.Context(), s)
			if asked.Get("client_id") != clientID || asked.Get("redirect_uri") != "http://localhost:8001/callback" || asked.Has("connector_id") {
				t.Errorf("asked by %v", asked)
			}
		})
	}
	i := newIssuer(t)
	if _, err := New(Options{}).Connectors(t.Context(), i.signIn()); err == nil || !strings.Contains(err.Error(), "isn't Dex") {
		t.Errorf("another provider gave %v", err)
	}
	if _, err := New(Options{}).Connectors(t.Context(), kubeconfigOf("nowhere")); !errors.Is(err, errIssuer) {
		t.Errorf("no address gave %v", err)
	}
}
