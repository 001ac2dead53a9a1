package kubeconfig

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"

	"github.com/binnacle-dev/binnacle/backend/secret"
)

// What RESTConfig makes by hand must be what client-go makes of the original file.
func TestRESTConfigIsClientGos(t *testing.T) {
	ca := authority(t)
	alice := issue(t, ca, nil)
	cert := "client-certificate-data: " + b64(alice.cert) + "\nclient-key-data: " + b64(alice.key)
	withCA := goodServer + "\ncertificate-authority-data: " + b64(ca.cert)
	for name, tt := range map[string]struct{ cluster, user string }{
		"certificate":   {withCA, cert},
		"token":         {withCA, goodToken},
		"both":          {withCA, cert + "\n" + goodToken},
		"basic":         {withCA, "username: joe\npassword: sesame"},
		"password only": {withCA, "password: sesame"},
		"system CA":     {goodServer, goodToken},
		"insecure":      {goodServer + "\ninsecure-skip-tls-verify: true", goodToken},
		"TLS name":      {withCA + "\ntls-server-name: other", goodToken},
		"proxy":         {withCA + "\nproxy-url: http://joe:sesame@proxy:3128", goodToken},
		"compression":   {withCA + "\ndisable-compression: true", goodToken},
		"impersonation": {withCA, goodToken + "\nas: root\nas-uid: '7'\nas-groups: [a, b]\nas-user-extra: {scopes: [v, w]}"},
		"http":          {"server: http://shop:8001\ncertificate-authority-data: " + b64(ca.cert), cert + "\nas: root"},
		"nobody":        {withCA, "{}"},
		"path":          {"server: https://shop/k8s/clusters/c-1", goodToken},
	} {
		t.Run(name, func(t *testing.T) {
			text := one(tt.cluster, tt.user)
			want, err := clientcmd.RESTConfigFromKubeConfig([]byte(text))
			if err != nil {
				t.Fatal(err)
			}
			got, err := mustCredential(t, only(t, text), nil).RESTConfig()
			if err != nil {
				t.Fatal(err)
			}
			if got.QPS < 20 || got.Burst < int(got.QPS) || got.Timeout != 0 || got.UserAgent != "" {
				t.Errorf("QPS %v, burst %v, timeout %v, agent %q", got.QPS, got.Burst, got.Timeout, got.UserAgent)
			}
			if d := cmp.Diff(plainConfig(t, want), plainConfig(t, got), cmpopts.EquateEmpty()); d != "" {
				t.Errorf("(-client-go +ours):\n%s", d)
			}
			if _, err := rest.TransportFor(got); err != nil {
				t.Errorf("no transport: %v", err)
			}
		})
	}
}

// plainConfig is what of a configuration can be compared.
func plainConfig(t *testing.T, c *rest.Config) map[string]any {
	t.Helper()
	m := map[string]any{
		"host": c.Host, "token": c.BearerToken, "tokenFile": c.BearerTokenFile, "user": c.Username, "password": c.Password, "compression": c.DisableCompression,
		"insecure": c.Insecure, "name": c.ServerName, "ca": string(c.CAData), "cert": string(c.CertData), "key": string(c.KeyData), "files": c.CAFile + c.CertFile + c.KeyFile,
		"as": c.Impersonate, "exec": c.ExecProvider != nil, "provider": c.AuthProvider != nil, "proxy": "",
	}
	if c.Proxy != nil {
		u, err := c.Proxy(&http.Request{})
		if err != nil {
			t.Fatal(err)
		}
		m["proxy"] = u.String()
	}
	return m
}

// The whole way, to a server that wants a client certificate.
func TestConnects(t *testing.T) {
	ca := authority(t)
	server, alice := issue(t, ca, serverCert), issue(t, ca, nil)
	pair, err := tls.X509KeyPair(server.cert, server.key)
	if err != nil {
		t.Fatal(err)
	}
	clients := x509.NewCertPool()
	clients.AddCert(ca.leaf)
	srv := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, r.TLS.PeerCertificates[0].Subject.CommonName)
	}))
	srv.TLS = &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{pair}, ClientCAs: clients, ClientAuth: tls.RequireAndVerifyClientCert}
	srv.StartTLS()
	defer srv.Close()
	// The kubelet keeps certificate and key in one file.
	files := map[string][]byte{"/home/me/.kube/ca.crt": ca.cert, "/home/me/.kube/both.pem": append(bytes.Clone(alice.cert), alice.key...)}
	var reads []string
	c := only(t, one("server: "+srv.URL+"\ncertificate-authority: ca.crt", "client-certificate: both.pem\nclient-key: ./both.pem"))
	if c.Endpoint.CA != CAFile || c.Identity != "" {
		t.Errorf("before the files are read: %+v", c)
	}
	cred := mustCredential(t, c, func(path string) ([]byte, error) {
		reads = append(reads, path)
		return files[path], nil
	})
	if len(reads) != 2 || cred.Identity() != "alice" || len(cred.Groups()) != 2 || !cred.Expires().Equal(alice.leaf.NotAfter) || len(cred.Endpoint().CA) != 64 {
		t.Errorf("read %v; got %q %v %v %v", reads, cred.Identity(), cred.Groups(), cred.Expires(), cred.Endpoint())
	}
	if strings.Contains(cred.Public(), b64(alice.key)[:40]) || !strings.Contains(cred.Public(), "DATA+OMITTED") {
		t.Errorf("the key of the combined file is public:\n%s", cred.Public())
	}
	back, err := FromVault(cred.Kubeconfig())
	if err != nil {
		t.Fatal(err)
	}
	config, err := back.RESTConfig()
	if err != nil {
		t.Fatal(err)
	}
	client, err := rest.HTTPClientFor(config)
	if err != nil {
		t.Fatal(err)
	}
	defer client.CloseIdleConnections()
	req, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, config.Host, nil)
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if body, _ := io.ReadAll(resp.Body); string(body) != "alice" {
		t.Errorf("the server saw %q", body)
	}
}

func TestCredentialFiles(t *testing.T) {
	alice, bob := issue(t, nil, nil), issue(t, nil, nil)
	files := map[string][]byte{"/k/a.crt": alice.cert, "/k/a.key": alice.key, "/k/b.key": bob.key, "/k/empty": []byte(" \n"), "/k/text": []byte("sesame two words"), "/k/token": []byte(" sesame-file\n")}
	read := func(path string) ([]byte, error) {
		b, ok := files[path]
		if !ok {
			return nil, fmt.Errorf("file %s: %w", path, fs.ErrNotExist)
		}
		return b, nil
	}
	for name, tt := range map[string]struct{ cluster, user, want string }{
		"good":              {goodServer, "client-certificate: a.crt\nclient-key: a.key", ""},
		"data over file":    {goodServer, "client-certificate: gone\nclient-certificate-data: " + b64(alice.cert) + "\nclient-key: a.key", ""},
		"unused key":        {goodServer, goodToken + "\nclient-key: gone", ""},
		"not for http":      {"server: http://shop\ncertificate-authority: gone", "tokenFile: gone", ""},
		"token beside file": {goodServer, "token: inline\ntokenFile: gone", ""},
		"missing":           {goodServer, "client-certificate: gone.crt\nclient-key: a.key", `user "me": client-certificate: file /k/gone.crt: file does not exist`},
		"missing key":       {goodServer, "client-certificate: a.crt\nclient-key: gone.key", `user "me": client-key: file /k/gone.key`},
		"missing CA":        {goodServer + "\ncertificate-authority: gone", goodToken, `cluster "shop": certificate-authority: file /k/gone`},
		"missing token":     {goodServer, "tokenFile: gone", `user "me": tokenFile: file /k/gone`},
		"mismatch":          {goodServer, "client-certificate: a.crt\nclient-key: b.key", `client-key "b.key" does not belong to the client certificate of "alice"`},
		"not a key":         {goodServer, "client-certificate: a.crt\nclient-key: text", `client-key "text" holds no private key`},
		"not a CA":          {goodServer + "\ncertificate-authority: text", goodToken, `certificate-authority "text" holds no certificate`},
		"empty":             {goodServer, "tokenFile: empty", `"/k/empty" is empty`},
		"not a token":       {goodServer, "tokenFile: text", "it is no token"},
	} {
		t.Run(name, func(t *testing.T) {
			f := mustParse(t, one(tt.cluster, tt.user), "/k/config")
			if f.Contexts[0].Problem != "" {
				t.Fatal(f.Contexts[0].Problem)
			}
			cred, err := f.Contexts[0].Credential(read)
			switch {
			case tt.want == "" && err != nil:
				t.Error(err)
			case tt.want == "" && !roundTrips(t, cred):
				t.Error("does not come back from the vault")
			case tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want) || !strings.HasPrefix(err.Error(), `/k/config: context "me@shop": `)):
				t.Errorf("error %v, want %q", err, tt.want)
			case err != nil && strings.Contains(err.Error(), "sesame"):
				t.Errorf("the error quotes the file: %v", err)
			}
		})
	}
	token := mustCredential(t, mustParse(t, one(goodServer, "tokenFile: token\ntoken: other"), "/k/config").Contexts[0], read)
	if config, err := token.RESTConfig(); err != nil || config.BearerToken != "sesame-file" {
		t.Errorf("the file's token should win, as in client-go: %v", err)
	}
	if c := mustParse(t, one(goodServer, "tokenFile: token"), "pasted text").Contexts[0]; !strings.Contains(c.Problem, `leads nowhere from "pasted text"`) {
		t.Errorf("a relative path in pasted text: %q", c.Problem)
	}
	if _, err := mustParse(t, one(goodServer, "tokenFile: /k/token"), "pasted text").Contexts[0].Credential(nil); err == nil {
		t.Error("a file was read without a reader")
	}
}

func roundTrips(t *testing.T, c Credential) bool {
	t.Helper()
	back, err := FromVault(c.Kubeconfig())
	if err != nil {
		t.Error(err)
		return false
	}
	return back.Kubeconfig().Equal(c.Kubeconfig()) && cmp.Equal(back.Endpoint(), c.Endpoint()) && back.Auth() == c.Auth() && back.Identity() == c.Identity() &&
		back.Expires().Equal(c.Expires()) && back.Public() == c.Public() && back.Namespace() == c.Namespace() && cmp.Equal(back.Groups(), c.Groups())
}

func TestPrograms(t *testing.T) {
	exec := mustCredential(t, only(t, one(goodServer+"\nextensions: [{name: client.authentication.k8s.io/exec, extension: {audience: 12, deep: [1.5, a, null, 2026-01-01]}}]", `exec:
  apiVersion: client.authentication.k8s.io/v1beta1
  command: ./get
  args: [a, --token=sesame]
  env: [{name: A, value: sesame}]
  provideClusterInfo: true
  installHint: see https://x`)), nil)
	provider := mustCredential(t, only(t, one(goodServer, "auth-provider: {name: oidc, config: {id-token: sesame, idp-issuer-url: 'https://i'}}")), nil)
	for want, c := range map[error]Credential{ErrRunsProgram: exec, ErrAuthProvider: provider} {
		if _, err := c.RESTConfig(); !errors.Is(err, want) {
			t.Errorf("RESTConfig gave %v, want %v", err, want)
		}
		if !roundTrips(t, c) || strings.Contains(c.Public(), "sesame") || !strings.Contains(c.Public(), "REDACTED") {
			t.Errorf("public form:\n%s", c.Public())
		}
	}
	kept := string(exec.Kubeconfig().Reveal())
	for _, part := range []string{`"command":"/home/me/.kube/get"`, `"value":"sesame"`, `"provideClusterInfo":true`, `"extension":{"audience":12,"deep":[1.5,"a",null,"2026-01-01"]}`} {
		if !strings.Contains(kept, part) {
			t.Errorf("the vault's form lacks %s:\n%s", part, kept)
		}
	}
	if _, err := (Credential{}).RESTConfig(); err == nil {
		t.Error("a zero credential gave a configuration")
	}
}

// Only the chosen context goes to the vault, and of it only what has an effect.
func TestNothingElseIsKept(t *testing.T) {
	ca := authority(t)
	text := strings.Replace(one(goodServer+"\ncertificate-authority-data: "+b64(append(bytes.Clone(ca.cert), ca.key...))+"\nextensions: [{name: minikube, extension: {secret: sesame}}]",
		goodToken+"\nclient-key-data: "+b64(ca.key)+"\nexec: {command: sesame, apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never}\nunknown: sesame"), "users:\n", "users:\n- {name: other, user: {token: sesame}}\n", 1)
	kept := string(mustCredential(t, only(t, text), nil).Kubeconfig().Reveal())
	if strings.Contains(kept, "sesame") || strings.Contains(kept, "client-key") || strings.Contains(kept, "other") || !strings.Contains(kept, `"certificate-authority-data":"`+b64(ca.cert)+`"`) {
		t.Errorf("kept:\n%s", kept)
	}
}

func TestFromVaultRefuses(t *testing.T) {
	for name, in := range map[string]string{
		"nothing": "", "damaged": `{"kind":"Config"`, "no context": `{"kind":"Config"}`,
		"a file":       one(goodServer, "tokenFile: /etc/passwd"),
		"two contexts": strings.Replace(one(goodServer, goodToken), "contexts:\n", "contexts:\n- {name: b, context: {cluster: shop, user: me}}\n", 1),
		"a problem":    one("server: shop", goodToken),
	} {
		if _, err := FromVault(secret.New([]byte(in))); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

func TestNothingPrintsASecret(t *testing.T) {
	alice := issue(t, nil, nil)
	secrets := map[string][]byte{"token": []byte("sesame-token-1"), "password": []byte("sesame-word-2"), "proxy": []byte("sesame-proxy-3"), "env": []byte("sesame-env-4"), "provider": []byte("sesame-provider-5"), "client": []byte("sesame-client-6"), "key": alice.key, "key in base64": []byte(b64(alice.key))}
	proxy := goodServer + "\nproxy-url: http://joe:sesame-proxy-3@p"
	cert := "client-certificate-data: " + b64(alice.cert) + "\nclient-key-data: " + b64(alice.key)
	var out bytes.Buffer
	for _, user := range []string{
		cert + "\ntoken: sesame-token-1", "username: joe\npassword: sesame-word-2",
		"exec: {command: c, apiVersion: client.authentication.k8s.io/v1beta1, env: [{name: A, value: sesame-env-4}]}",
		"auth-provider: {name: gcp, config: {access-token: sesame-provider-5}}",
		"auth-provider: {name: oidc, config: {idp-issuer-url: 'https://h', client-id: a, client-secret: sesame-client-6, id-token: sesame-token-1}}",
		"auth-provider: {name: binnacle.dev/sign-in, config: {issuer: 'https://h', client-id: a, client-secret: sesame-client-6}}",
	} {
		f := mustParse(t, one(proxy, user), "f")
		c := f.Contexts[0]
		cred := mustCredential(t, c, nil)
		for _, v := range []any{f, *f, c, &c, cred, &cred, []Credential{cred}, map[string]Context{"c": c}, struct{ c Credential }{cred}, *c.user, *c.cluster} {
			for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
				fmt.Fprintf(&out, verb+"\n", v)
			}
			if js, err := json.Marshal(v); err == nil {
				out.Write(js)
			}
		}
		out.WriteString(cred.Public())
	}
	for name, s := range secrets {
		for _, form := range []string{string(s), fmt.Sprintf("%x", s), strings.Trim(fmt.Sprintf("%d", s), "[]"), b64(s)} {
			if strings.Contains(out.String(), form) {
				t.Errorf("the %s shows", name)
			}
		}
	}
}

func TestPublicIsAKubeconfig(t *testing.T) {
	c := mustCredential(t, only(t, strings.ReplaceAll(one(goodServer, goodToken+"\nas: \"ro\\u202eot\""), "me@shop", `"me\u202e@shop"`)), nil)
	want := `apiVersion: v1
clusters:
- cluster:
    server: https://shop.example.com:6443
  name: shop
contexts:
- context:
    cluster: shop
    namespace: till
    user: me
  name: me\u202e@shop
current-context: me\u202e@shop
kind: Config
users:
- name: me
  user:
    as: ro\u202eot
    token: REDACTED
`
	if d := cmp.Diff(want, c.Public()); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if f := mustParse(t, c.Public(), "f"); f.Contexts[0].Problem != "" {
		t.Error(f.Contexts[0].Problem)
	}
}

func TestCredentialCopies(t *testing.T) {
	alice := issue(t, nil, nil)
	c := mustCredential(t, only(t, one(goodServer, "client-certificate-data: "+b64(alice.cert)+"\nclient-key-data: "+b64(alice.key))), nil)
	c.Groups()[0] = "changed"
	first, _ := c.RESTConfig()
	clear(first.KeyData)
	clear(first.CertData)
	second, err := c.RESTConfig()
	if err != nil || c.Groups()[0] == "changed" || !bytes.Equal(second.KeyData, alice.key) || !bytes.Equal(second.CertData, alice.cert) {
		t.Error("a caller's write reached the credential")
	}
	if c.Expires().Before(time.Now()) {
		t.Error("expires is wrong")
	}
}
