package kubeconfig

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/binnacle-dev/binnacle/backend/secret"
)

// FuzzParse holds Parse to its promises on any bytes: it ends soon, never panics, shows no secret, and what it accepts can be kept.
func FuzzParse(f *testing.F) {
	ca := authority(f)
	alice := issue(f, ca, nil)
	cert := "client-certificate-data: " + b64(alice.cert) + "\nclient-key-data: " + b64(alice.key)
	withCA := goodServer + "\ncertificate-authority-data: " + b64(ca.cert)
	for _, user := range []string{
		cert, goodToken, "token: " + jwt(map[string]any{"sub": "x", "exp": 1}), "username: a\npassword: password-of-alice", "tokenFile: t", "as: x\nas-user-extra: {a: [b]}\n" + goodToken,
		"exec: {command: ./a, args: [--token=argument-token], env: [{name: A, value: environment-value}], apiVersion: client.authentication.k8s.io/v1beta1, provideClusterInfo: true}",
		"auth-provider: {name: a, config: {id-token: provider-token-value}}",
		"auth-provider: {name: oidc, config: {idp-issuer-url: 'https://h', client-id: a, client-secret: client-secret-value, id-token: provider-token-value, extra-scopes: 'a,b'}}",
		"auth-provider: {name: binnacle.dev/sign-in, config: {issuer: 'https://h', client-id: a, client-secret: client-secret-value, params: 'a=b', redirect-ports: '1,2', flow: device}}",
		"exec: {command: kubelogin, args: [get-token, --oidc-issuer-url=https://h, --oidc-client-id, a, --oidc-client-secret, client-secret-value, --listen-address=x:1], apiVersion: client.authentication.k8s.io/v1beta1}", "<<: &x {token: merged-token-value}",
	} {
		for _, cluster := range []string{withCA, goodServer, "server: http://x", goodServer + "\nproxy-url: http://u:proxy-password-1@p\nextensions: [{name: client.authentication.k8s.io/exec, extension: {a: [1, .nan, 0x1f]}}]"} {
			f.Add([]byte(one(cluster, user)))
		}
	}
	f.Add([]byte(`{"contexts":[{"name":"a","context":{"cluster":"a","user":"a"}}],"clusters":[{"name":"a","cluster":{"server":"https://a"}}],"users":[{"name":"a","user":{"token":"json-token-value"}}]}`))
	f.Add([]byte("a: &a [*a]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		begin := time.Now()
		file, err := Parse(data, "fuzz")
		if took := time.Since(begin); took > 10*time.Second {
			t.Fatalf("took %v", took)
		}
		if err != nil {
			if strings.ContainsFunc(err.Error(), func(r rune) bool { return !visible(r) }) {
				t.Fatalf("unreadable error %q", err)
			}
			return
		}
		hidden := hiddenIn(file.doc, data)
		for _, c := range Merge(file, file).Contexts {
			holds(t, c, hidden)
		}
		for _, c := range file.Contexts {
			holds(t, c, hidden)
		}
		never(t, "notes", strings.Join(file.Notes, "\n"), hidden)
	})
}

func holds(t *testing.T, c Context, hidden []string) {
	t.Helper()
	shows, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	never(t, "context", string(shows)+fmt.Sprintf("%+v", c), hidden)
	for _, s := range []string{c.Source, c.Name, c.Cluster, c.User, c.Namespace, c.Identity, c.Problem, c.Endpoint.Server, c.Endpoint.TLSName, c.SuggestedName()} {
		if Clean(s) != s {
			t.Fatalf("unreadable text in %q", s)
		}
	}
	cred, err := c.Credential(nil)
	_, reads := flagOf(c, FlagFile)
	switch {
	case err != nil && c.Problem == "" && !reads:
		t.Fatalf("no problem and no file, but no credential: %v", err)
	case err != nil:
		never(t, "error", err.Error(), hidden)
		return
	case c.Problem != "":
		t.Fatalf("a credential in spite of %s", c.Problem)
	}
	if s, ok := c.SignIn(); ok {
		signIn, err := c.SignInCredential(nil)
		if err != nil && len(c.conversion().caFiles) == 0 {
			t.Fatalf("an offered sign-in can't be had: %v", err)
		} else if err == nil {
			if kept, _ := signIn.SignIn(); kept.Key() != s.Key() {
				t.Fatalf("offered %+v, gave %+v", s, kept)
			}
			comesBack(t, signIn, hidden)
		}
	}
	comesBack(t, cred, hidden)
}

func comesBack(t *testing.T, cred Credential, hidden []string) {
	t.Helper()
	never(t, "public form", cred.Public(), hidden)
	never(t, "credential", fmt.Sprintf("%+v", cred), hidden)
	back, err := FromVault(cred.Kubeconfig())
	if err != nil {
		t.Fatalf("does not come back: %v\n%s", err, cred.Kubeconfig().Reveal())
	}
	if !back.Kubeconfig().Equal(cred.Kubeconfig()) || back.Endpoint() != cred.Endpoint() || back.Auth() != cred.Auth() || back.Identity() != cred.Identity() || !back.Expires().Equal(cred.Expires()) {
		t.Fatalf("comes back as another:\n%s\n%s", cred.Kubeconfig().Reveal(), back.Kubeconfig().Reveal())
	}
	if _, err := back.RESTConfig(); err != nil && back.Auth() != AuthExec && back.Auth() != AuthProvider && back.Auth() != AuthSignIn {
		t.Fatalf("no client: %v", err)
	}
}

func never(t *testing.T, where, text string, hidden []string) {
	t.Helper()
	for _, s := range hidden {
		if strings.Contains(text, s) {
			t.Fatalf("the %s shows the secret %q:\n%s", where, s, text)
		}
	}
}

// hiddenIn gives the secrets of a document that are long enough to be told from chance and that the input has once only and without
// an anchor: what is also somebody's name is no secret.
func hiddenIn(d *document, data []byte) []string {
	var all []secret.Value
	for _, u := range d.users {
		all = append(all, u.token, u.password, u.key)
		if u.exec != nil {
			for _, v := range u.exec.env {
				all = append(all, v.value)
			}
			if c := u.exec.conversion(); c != nil {
				all = append(all, c.signIn.ClientSecret)
			}
		}
		if u.provider != nil {
			for name, v := range u.provider.config {
				if u.provider.name != signInProvider && name != "idp-issuer-url" && name != "client-id" || name == secretSetting {
					all = append(all, v)
				}
			}
		}
	}
	for _, c := range d.clusters {
		if u, err := parseProxy(c.proxy); err == nil && u.User != nil {
			password, _ := u.User.Password()
			all = append(all, secret.New([]byte(password)))
		}
	}
	var hidden []string
	for _, v := range all {
		s := bytes.TrimSpace(v.Reveal())
		if len(s) >= 12 && bytes.Count(data, s) <= 1 && !bytes.Contains(data, []byte("&")) {
			hidden = append(hidden, string(s))
		}
	}
	return hidden
}

func FuzzServer(f *testing.F) {
	for _, s := range []string{"https://Shop:443/a/", "https://[2001:DB8::1%25eth0]:1", "http://u:p@h", "https://h/%2F"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, plain, err := NormalServer(s)
		if err != nil {
			return
		}
		if again, p, err := NormalServer(got); err != nil || again != got || p != plain {
			t.Fatalf("%q became %q and then %q, %v", s, got, again, err)
		}
	})
}
