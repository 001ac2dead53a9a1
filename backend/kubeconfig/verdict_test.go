package kubeconfig

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// Why a context can't be used. Lines count from the top of one(): cluster's fields begin at 10, the user's at 14 when the cluster has one field.
func TestProblems(t *testing.T) {
	alice, bob, ca := issue(t, nil, nil), issue(t, nil, nil), authority(t)
	certData := "client-certificate-data: " + b64(alice.cert) + "\n"
	locked := pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Headers: map[string]string{"Proc-Type": "4,ENCRYPTED", "DEK-Info": "AES-256-CBC,00"}, Bytes: []byte("x")})
	hugeKey := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: make([]byte, maxKeyDER+1)})
	exec := "exec:\n  apiVersion: client.authentication.k8s.io/v1\n  command: aws\n  interactiveMode: Never\n"
	for name, tt := range map[string]struct{ cluster, user, want string }{
		"no server":            {"tls-server-name: x", goodToken, `line 8: cluster "shop": server is missing`},
		"empty cluster":        {"", goodToken, `server is missing`},
		"server without https": {"server: shop:6443", goodToken, `line 10: cluster "shop": server does not begin with https://`},
		"server unix":          {"server: unix:///run/k8s.sock", goodToken, "neither https:// nor http://"},
		"server with password": {"server: https://u:sesame-open-1@shop", goodToken, "holds a user name or password"},
		"server query":         {"server: https://shop?x=1", goodToken, "query or fragment"},
		"server port":          {"server: https://shop:99999", goodToken, "impossible port"},
		"server host":          {"server: https://s%20hop", goodToken, "not a valid URL"},
		"server unicode":       {"server: https://shöp", goodToken, "xn-- form"},
		"server is a list":     {"server: [a]", goodToken, `line 10: cluster "shop": server must be text`},
		"insecure with CA":     {goodServer + "\ninsecure-skip-tls-verify: true\ncertificate-authority-data: " + b64(ca.cert), goodToken, `line 11: cluster "shop": insecure-skip-tls-verify and a certificate authority are both set`},
		"insecure is odd":      {goodServer + "\ninsecure-skip-tls-verify: perhaps", goodToken, "insecure-skip-tls-verify must be true or false"},
		"CA not base64":        {goodServer + "\ncertificate-authority-data: '%%%'", goodToken, `line 11: cluster "shop": certificate-authority-data is not base64`},
		"CA plain PEM":         {goodServer + "\ncertificate-authority-data: |\n  -----BEGIN CERTIFICATE-----\n  x", goodToken, "certificate-authority-data holds PEM as it is"},
		"CA not PEM":           {goodServer + "\ncertificate-authority-data: " + b64([]byte("hello")), goodToken, "certificate-authority-data holds no certificate in PEM form"},
		"CA broken":            {goodServer + "\ncertificate-authority-data: " + b64([]byte("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")), goodToken, "a certificate that can't be read"},
		"CA is a key":          {goodServer + "\ncertificate-authority-data: " + b64(ca.key), goodToken, "holds no certificate in PEM form"},
		"CA of blanks":         {goodServer + "\ncertificate-authority-data: ICAK", goodToken, "nothing but blanks"},
		"proxy scheme":         {goodServer + "\nproxy-url: ftp://u:sesame-open-1@p", goodToken, `line 11: cluster "shop": proxy-url begins with none of`},
		"proxy broken":         {goodServer + "\nproxy-url: 'http://u:sesame-open-1@p:x'", goodToken, "proxy-url is not a valid URL"},
		"TLS name":             {goodServer + "\ntls-server-name: a/b", goodToken, "tls-server-name holds characters"},
		"mismatched key":       {goodServer, certData + "client-key-data: " + b64(bob.key), `line 15: user "me": client-key-data does not belong to the client certificate of "alice"`},
		"no key":               {goodServer, certData, `line 14: user "me": there is a client certificate but no client-key`},
		"locked key":           {goodServer, certData + "client-key-data: " + b64(locked), "client-key-data is locked with a passphrase"},
		"key not PEM":          {goodServer, certData + "client-key-data: " + b64([]byte("sesame-open-1")), "client-key-data holds no private key"},
		"key broken":           {goodServer, certData + "client-key-data: " + b64([]byte("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")), "private key that can't be read"},
		"key too big":          {goodServer, certData + "client-key-data: " + b64(hugeKey), "private key that can't be read"},
		"key is a certificate": {goodServer, certData + "client-key-data: " + b64(alice.cert), "client-key-data holds no private key"},
		"certificate is a key": {goodServer, "client-certificate-data: " + b64(alice.key) + "\nclient-key-data: " + b64(alice.key), "client-certificate-data holds no certificate"},
		"token with blank":     {goodServer, "token: sesame open-1", `line 14: user "me": token`},
		"token with newline":   {goodServer, "token: \"sesame\\nopen-1\"", "holds blanks or unreadable"},
		"token too long":       {goodServer, "token: " + strings.Repeat("x", maxToken+1), "longer than 64 KiB"},
		"token and password":   {goodServer, "token: sesame-open-1\nusername: a\npassword: sesame-open-1", "keep one (kubectl refuses both)"},
		"user with colon":      {goodServer, "username: 'a:b'\npassword: sesame-open-1", "username must not hold a colon"},
		"exec and provider":    {goodServer, exec + "auth-provider: {name: oidc}", "exec and auth-provider are both set"},
		"exec no command":      {goodServer, "exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never}", "exec names no command"},
		"exec no version":      {goodServer, "exec: {command: x, interactiveMode: Never}", "exec has no apiVersion"},
		"exec no mode":         {goodServer, "exec: {command: x, apiVersion: client.authentication.k8s.io/v1}", "must have an interactiveMode"},
		"exec env":             {goodServer, exec + "  env: [{value: sesame-open-1}]", "environment variable that has no name"},
		"exec is text":         {goodServer, "exec: sesame-open-1", "exec must be a map"},
		"provider no name":     {goodServer, "auth-provider: {config: {id-token: sesame-open-1}}", "auth-provider has no name"},
		"groups without as":    {goodServer, "as-groups: [a]", "without as"},
		"groups is text":       {goodServer, "as: x\nas-groups: a", "as-groups must be a list"},
	} {
		t.Run(name, func(t *testing.T) {
			c := only(t, one(tt.cluster, tt.user))
			if !strings.Contains(c.Problem, tt.want) {
				t.Errorf("problem %q, want %q", c.Problem, tt.want)
			}
			if shows := fmt.Sprintf("%+v", c); strings.Contains(shows, "sesame") {
				t.Errorf("a secret shows: %s", shows)
			}
			if _, err := c.Credential(nil); err == nil || !strings.Contains(err.Error(), `context "me@shop"`) {
				t.Errorf("Credential gave %v, want an error with the context's name", err)
			}
		})
	}
}

func TestLooseEnds(t *testing.T) {
	f := mustParse(t, `kind: Config
contexts:
- {name: no-cluster, context: {cluster: gone, user: me}}
- {name: no-user, context: {cluster: shop, user: gone}}
- {name: nothing}
- {context: {cluster: shop, user: me}}
- {name: twice, context: {cluster: shop, user: me}}
- {name: twice, context: {cluster: same, user: me}}
- {name: unclear, context: {cluster: shop2, user: me}}
- {name: "bad namespace", context: {cluster: shop, user: me, namespace: "no/such"}}
clusters:
- {name: shop, cluster: {server: "https://shop"}}
- {name: same, cluster: {server: "https://same"}}
- {name: same, cluster: {server: "https://same"}}
- {name: shop2, cluster: {server: "https://a"}}
- {name: shop2, cluster: {server: "https://b"}}
users:
- {name: me, user: {token: x}}
`, "f")
	want := []string{
		`line 3: context "no-cluster": it names the cluster "gone", which the file does not have`,
		`line 4: context "no-user": it names the user "gone", which the file does not have`,
		`line 5: context "nothing": it names no cluster; line 5: context "nothing": it names no user`,
		`line 6: context 4: it has no name; a context needs one`,
		"", "",
		`line 9: context "unclear": there are different clusters named "shop2", in lines 15, 16; rename one`,
		"",
	}
	var got []string
	for _, c := range f.Contexts {
		got = append(got, c.Problem)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("problems (-want +got):\n%s", d)
	}
	for _, i := range []int{4, 5} {
		if flag, ok := flagOf(f.Contexts[i], FlagDuplicate); !ok || !strings.Contains(flag.Detail, "lines 7, 8") {
			t.Errorf("context %d of one name is not flagged: %+v", i, f.Contexts[i].Flags)
		}
	}
	if flag, ok := flagOf(f.Contexts[7], FlagIgnored); !ok || f.Contexts[7].Namespace != "" || !strings.Contains(flag.Detail, "no/such") {
		t.Errorf("the impossible namespace: %+v", f.Contexts[7])
	}
}

func TestFlags(t *testing.T) {
	ca := authority(t)
	at := func(begins, ends time.Duration) func(*x509.Certificate) {
		return func(c *x509.Certificate) { c.NotBefore, c.NotAfter = time.Now().Add(begins), time.Now().Add(ends) }
	}
	user := func(i *issued) string {
		return "client-certificate-data: " + b64(i.cert) + "\nclient-key-data: " + b64(i.key)
	}
	caData := func(i *issued) string { return goodServer + "\ncertificate-authority-data: " + b64(i.cert) }
	oldCA := issue(t, nil, func(c *x509.Certificate) { c.IsCA = true; at(-2*time.Hour, -time.Hour)(c) })
	withCA := caData(ca)
	for name, tt := range map[string]struct {
		cluster, user string
		auth          Auth
		kinds         []FlagKind
		detail        string // of the first
	}{
		"clean":                 {withCA, user(issue(t, ca, nil)), AuthClientCertificate, nil, ""},
		"system CA":             {goodServer, goodToken, AuthToken, []FlagKind{FlagNoCA}, "any that this computer trusts"},
		"expired":               {withCA, user(issue(t, ca, at(-2*time.Hour, -time.Hour))), AuthClientCertificate, []FlagKind{FlagExpired}, "It ended "},
		"expiring":              {withCA, user(issue(t, ca, at(-2*time.Hour, time.Hour))), AuthClientCertificate, []FlagKind{FlagExpiring}, "It ends "},
		"not yet":               {withCA, user(issue(t, ca, at(time.Hour, 999*time.Hour))), AuthClientCertificate, []FlagKind{FlagNotYet}, "clock"},
		"not a CA":              {caData(issue(t, nil, nil)), goodToken, AuthToken, []FlagKind{FlagNotCA}, `"alice", which may not sign others`},
		"expired CA":            {caData(oldCA), goodToken, AuthToken, []FlagKind{FlagExpired}, "server can't be verified"},
		"insecure":              {goodServer + "\ninsecure-skip-tls-verify: yes", goodToken, AuthToken, []FlagKind{FlagInsecure}, "take the credential"},
		"http":                  {"server: http://shop:8001", goodToken, AuthNone, []FlagKind{FlagHTTP}, "change everything. The token in the file is therefore left out: it is neither sent nor kept."},
		"http with password":    {"server: http://shop:8001", "username: joe\npassword: sesame", AuthNone, []FlagKind{FlagHTTP}, "The password in the file is therefore left out"},
		"http alone":            {"server: http://shop:8001", "{}", AuthNone, []FlagKind{FlagHTTP}, "can read and change everything."},
		"http with exec":        {"server: http://shop:8001", "exec: {command: evil}", AuthNone, []FlagKind{FlagHTTP}, "The program in the file is therefore left out"},
		"proxy":                 {withCA + "\nproxy-url: http://joe:sesame@proxy:3128/", goodToken, AuthToken, []FlagKind{FlagProxy}, "http://joe:redacted@proxy:3128"},
		"proxy token":           {withCA + "\nproxy-url: socks5://sesame@proxy:3128/?sesame", goodToken, AuthToken, []FlagKind{FlagProxy}, "socks5://redacted@proxy:3128."},
		"impersonation":         {withCA, goodToken + "\nas: root\nas-groups: ['system:masters']", AuthToken, []FlagKind{FlagImpersonate}, `as user "root", in groups "system:masters"`},
		"provider":              {withCA, "auth-provider: {name: oidc, config: {refresh-token: sesame}}", AuthProvider, []FlagKind{FlagAuthProvider}, `"oidc"`},
		"basic":                 {withCA, "username: joe\npassword: sesame", AuthBasic, []FlagKind{FlagBasic}, `"joe"`},
		"CA file":               {goodServer + "\ncertificate-authority: ca.crt", goodToken, AuthToken, []FlagKind{FlagFile}, "ca.crt"},
		"token file":            {withCA, "tokenFile: /etc/shadow", AuthTokenFile, []FlagKind{FlagFile}, "/etc/shadow"},
		"certificate":           {withCA, "client-certificate: a.crt\nclient-key: ../a.key", AuthClientCertificate, []FlagKind{FlagFile, FlagFile}, "a.crt"},
		"file and data":         {withCA + "\ncertificate-authority: ca.crt", goodToken, AuthToken, []FlagKind{FlagIgnored}, "not read"},
		"key alone":             {withCA, "client-key: a.key", AuthNone, []FlagKind{FlagIgnored}, "no client-certificate"},
		"exec and token":        {withCA, goodToken + "\nexec: {command: aws, apiVersion: client.authentication.k8s.io/v1beta1}", AuthToken, []FlagKind{FlagIgnored}, "never runs"},
		"provider, token":       {withCA, goodToken + "\nauth-provider: {name: gcp}", AuthToken, []FlagKind{FlagIgnored}, "no effect"},
		"certificate and token": {withCA, user(issue(t, ca, nil)) + "\n" + goodToken, AuthClientCertificate, nil, ""},
		"expired token":         {withCA, "token: " + jwt(map[string]any{"exp": time.Now().Add(-time.Hour).Unix()}), AuthToken, []FlagKind{FlagExpired}, "It ended"},
		"worst first":           {goodServer + "\nproxy-url: http://p", "tokenFile: /x", AuthTokenFile, []FlagKind{FlagFile, FlagProxy, FlagNoCA}, "the server gets its content"},
		"nobody":                {withCA, "", AuthNone, nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			c := only(t, one(tt.cluster, tt.user))
			if c.Problem != "" {
				t.Fatal(c.Problem)
			}
			var kinds []FlagKind
			for _, f := range c.Flags {
				kinds = append(kinds, f.Kind)
				if f.Severity == "" || f.Title == "" || f.Detail == "" {
					t.Errorf("incomplete: %+v", f)
				}
			}
			if d := cmp.Diff(tt.kinds, kinds); d != "" || c.Auth != tt.auth {
				t.Fatalf("auth %q, want %q; flags (-want +got):\n%s", c.Auth, tt.auth, d)
			}
			if len(kinds) > 0 && !strings.Contains(c.Flags[0].Detail, tt.detail) {
				t.Errorf("detail %q, want %q", c.Flags[0].Detail, tt.detail)
			}
			if shows := fmt.Sprintf("%+v", c); strings.Contains(shows, "sesame") {
				t.Errorf("a secret shows: %s", shows)
			}
		})
	}
}

func TestExecFlag(t *testing.T) {
	c := only(t, one(goodServer, `exec:
  apiVersion: client.authentication.k8s.io/v1beta1
  command: ./bin/get
  args: [get-token, --cluster-name, "sh\u202eop", --client-secret, sesame1, --password=sesame2, "--url=https://u:sesame3@h/x", -v]
  env: [{name: AWS_PROFILE, value: sesame4}, {name: X, value: sesame5}]`))
	f, ok := flagOf(c, FlagExec)
	want := `Runs "/home/me/.kube/bin/get" with "get-token", "--cluster-name", "sh\u202eop", "--client-secret", "redacted", "--password=redacted", ` +
		`"--url=https://redacted@h/x", "-v"; sets the environment variables "AWS_PROFILE", "X" (values not shown). Nothing runs before you allow it.`
	if !ok || f.Severity != SeverityDanger || c.Auth != AuthExec || c.Problem != "" {
		t.Fatalf("got %+v", c)
	}
	if d := cmp.Diff(want, f.Detail); d != "" {
		t.Errorf("detail (-want +got):\n%s", d)
	}
}

func TestIdentity(t *testing.T) {
	soonest := time.Now().Add(24 * time.Hour).Truncate(time.Second).UTC()
	ca := authority(t)
	alice := issue(t, ca, nil)
	cert := "client-certificate-data: " + b64(alice.cert) + "\nclient-key-data: " + b64(alice.key) + "\n"
	token := func(claims map[string]any) string { return "token: " + jwt(claims) }
	for name, tt := range map[string]struct {
		user, identity string
		groups         []string
		expires        time.Time
	}{
		"certificate":           {cert, "alice", []string{"dev", "ops"}, alice.leaf.NotAfter},
		"service account":       {token(map[string]any{"sub": "system:serviceaccount:ci:robot", "email": "x@y", "exp": soonest.Unix()}), "system:serviceaccount:ci:robot", nil, soonest},
		"email":                 {token(map[string]any{"sub": "1234", "email": "a@b", "preferred_username": "al", "groups": []string{"g"}}), "a@b", []string{"g"}, time.Time{}},
		"preferred":             {token(map[string]any{"sub": "1234", "preferred_username": "al", "groups": "odd"}), "al", nil, time.Time{}},
		"sub":                   {token(map[string]any{"sub": "1234", "email": 7, "exp": "odd"}), "1234", nil, time.Time{}},
		"absurd end":            {token(map[string]any{"sub": "1234", "exp": 1e300}), "1234", nil, time.Time{}},
		"bidi":                  {token(map[string]any{"sub": "\u202eroot"}), `\u202eroot`, nil, time.Time{}},
		"opaque":                {goodToken, "", nil, time.Time{}},
		"three parts":           {"token: a.b.c", "", nil, time.Time{}},
		"basic":                 {"username: joe\npassword: p", "joe", nil, time.Time{}},
		"certificate and token": {cert + token(map[string]any{"sub": "1234", "exp": soonest.Unix()}), "alice", []string{"dev", "ops"}, soonest},
	} {
		t.Run(name, func(t *testing.T) {
			c := only(t, one(goodServer, tt.user))
			if c.Problem != "" || c.Identity != tt.identity || !c.Expires.Equal(tt.expires) {
				t.Errorf("got %q %v %q, want %q %v", c.Identity, c.Expires, c.Problem, tt.identity, tt.expires)
			}
			if d := cmp.Diff(tt.groups, c.Groups); d != "" {
				t.Errorf("groups (-want +got):\n%s", d)
			}
		})
	}
}

func TestFingerprint(t *testing.T) {
	a, b := authority(t), authority(t)
	fingerprint := func(bundle string) string {
		return only(t, one(goodServer+"\ncertificate-authority-data: "+b64([]byte(bundle)), goodToken)).Endpoint.CA
	}
	sum := sha256.Sum256(a.leaf.Raw)
	if got := fingerprint(string(a.cert)); got != hex.EncodeToString(sum[:]) {
		t.Errorf("one certificate: %s is not what openssl prints", got)
	}
	both := fingerprint(string(a.cert) + string(b.cert))
	if both == fingerprint(string(a.cert)) || both != fingerprint("subject=b\n"+string(b.cert)+"\n\n"+string(a.cert)+string(a.key)+string(b.cert)) {
		t.Error("the fingerprint depends on more than the set of certificates")
	}
	if got := fingerprint(string(a.cert) + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"); got != fingerprint(string(a.cert)) {
		t.Error("a broken certificate beside a good one changes the fingerprint")
	}
}

// Names are anybody's; they reach the page readable and whole.
func TestNames(t *testing.T) {
	for _, name := range []string{
		"/run/user/1000/~x", "..", "a@b/c:d e", "名前-日本語", strings.Repeat("n", 253), strings.Repeat("é", 253), "123", "on", "null-ish", "a'b\"c", "- x", "#no",
	} {
		text := fmt.Sprintf("contexts: [{name: %[1]q, context: {cluster: %[1]q, user: %[1]q}}]\nclusters: [{name: %[1]q, cluster: {server: \"https://h\"}}]\nusers: [{name: %[1]q, user: {token: t}}]\ncurrent-context: %[1]q", name)
		c := only(t, text)
		if c.Name != name || c.Cluster != name || c.User != name || c.Problem != "" || !c.Current {
			t.Errorf("%q became %+v", name, c)
		}
		back, err := FromVault(mustCredential(t, c, nil).Kubeconfig())
		if err != nil || back.Name() != name {
			t.Errorf("%q came back from the vault as %q, %v", name, back.Name(), err)
		}
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"plain text":         "plain text",
		"é 名 😀":              "é 名 😀",
		"a\tb\nc\x00\x1b[1m": `a\u0009b\u000ac\u0000\u001b[1m`,
		"\u202eabc\u2066":    `\u202eabc\u2066`,
		"zero\u200bwidth":    `zero\u200bwidth`,
		"nb\u00a0sp":         `nb\u00a0sp`,
		"\xff\ufffd":         "\\xff\ufffd",
		"tag\U000e0041":      `tag\U000e0041`,
		"\u3164":             `\u3164`,
		"\u2028":             `\u2028`,
	} {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}
