package kubeconfig

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/secret"
)

// execUser is a user with a program; args is a YAML list without its brackets.
func execUser(command, args, more string) string {
	return fmt.Sprintf("exec:\n  apiVersion: client.authentication.k8s.io/v1\n  interactiveMode: IfAvailable\n  command: %s\n  args: [%s]\n%s", command, args, more)
}

const issuerAndClient = `--oidc-issuer-url=https://dex.example.com/dex, --oidc-client-id=kube`

func TestConversion(t *testing.T) {
	ca := authority(t)
	base := func(change func(*SignIn)) *SignIn {
		s := &SignIn{Flow: FlowBrowser, Issuer: "https://dex.example.com/dex", ClientID: "kube", Redirects: []int{8000, 18000}, RedirectPath: NoPath}
		change(s)
		return s
	}
	plainly := base(func(*SignIn) {})
	get := func(args string) string {
		return execUser("kubectl", "oidc-login, get-token, "+issuerAndClient+", "+args, "")
	}
	for name, tt := range map[string]struct {
		user string
		want *SignIn
		says string // in the flag
	}{
		"kubectl":       {get(""), plainly, `You sign in at "https://dex.example.com/dex" in your browser, as the client "kube"`},
		"kubelogin":     {execUser("/opt/bin/kubelogin", "get-token, "+issuerAndClient, ""), plainly, ""},
		"on Windows":    {execUser(`'C:\bin\Kubelogin.exe'`, "get-token, "+issuerAndClient, ""), plainly, ""},
		"krew's name":   {execUser("kubectl-oidc_login", "get-token, "+issuerAndClient, ""), plainly, ""},
		"values apart":  {execUser("kubelogin", "get-token, --oidc-issuer-url, 'https://dex.example.com/dex', --oidc-client-id, kube, --grant-type, authcode", ""), plainly, ""},
		"secret":        {get("--oidc-client-secret, sesame"), base(func(s *SignIn) { s.ClientSecret = secret.New([]byte("sesame")) }), ""},
		"scopes":        {get("'--oidc-extra-scope=groups,email', --oidc-extra-scope, offline_access, --oidc-extra-scope=openid"), base(func(s *SignIn) { s.Scopes = []string{"groups", "email", "offline_access"} }), ""},
		"one parameter": {get("'--oidc-auth-request-extra-params=claims=a,b'"), base(func(s *SignIn) { s.Params = map[string]string{"claims": "a,b"} }), ""},
		"parameters": {
			get("'--oidc-auth-request-extra-params=hd=x,audience=k8s,connector_id=ldap'"),
			base(func(s *SignIn) {
				s.Params, s.Audience, s.Connector = map[string]string{"hd": "x"}, "k8s", "ldap"
			}), "",
		},
		"device":            {get("--grant-type=device-code"), base(func(s *SignIn) { s.Flow, s.Redirects, s.RedirectPath = FlowDevice, nil, "" }), "with a code, on any device"},
		"access token":      {get("--oidc-use-access-token"), base(func(s *SignIn) { s.AccessToken = true }), ""},
		"no access token":   {get("--oidc-use-access-token=false"), plainly, ""},
		"listen":            {get("--listen-address=127.0.0.1:1234, '--listen-address=localhost:5,127.0.0.1:6'"), base(func(s *SignIn) { s.Redirects = []int{1234, 5, 6} }), ""},
		"any port":          {get("--listen-address=127.0.0.1:0"), base(func(s *SignIn) { s.Redirects = nil }), ""},
		"redirect host":     {get("--oidc-redirect-url-hostname=127.0.0.1"), base(func(s *SignIn) { s.RedirectHost = "127.0.0.1" }), ""},
		"redirect URL":      {get("--oidc-redirect-url=http://localhost:9/cb"), base(func(s *SignIn) { s.RedirectHost, s.Redirects, s.RedirectPath = "localhost", []int{9}, "/cb" }), ""},
		"bare redirect":     {get("'--oidc-redirect-url=http://[::1]'"), base(func(s *SignIn) { s.RedirectHost, s.Redirects = "::1", []int{80} }), ""},
		"CA":                {get("--certificate-authority-data=" + b64(ca.cert)), base(func(s *SignIn) { s.IssuerCA = ca.cert }), ""},
		"needless":          {get("--token-cache-dir=/sesame, -v1, -v, 4, --v=2, --skip-open-browser, --username=joe, --grant-type=authcode"), plainly, `"--token-cache-dir", "-v", "-v", "--v", "--skip-open-browser", "--username".`},
		"needless variable": {execUser("kubelogin", "get-token, "+issuerAndClient, "  env: [{name: KUBECACHEDIR, value: sesame}]"), plainly, `Left out, as not needed: "KUBECACHEDIR".`},
		"not insecure":      {get("--insecure-skip-tls-verify=false"), plainly, ""},

		"insecure":        {get("--insecure-skip-tls-verify"), nil, `the flag "--insecure-skip-tls-verify" asks for a connection that is not safe`},
		"password":        {get("--grant-type=password, --password=sesame"), nil, "it sends your password to the client"},
		"user":            {get("--username=joe"), nil, "it sends your password to the client"},
		"keyboard":        {get("--grant-type=authcode-keyboard"), nil, "neither auto, authcode nor device-code"},
		"unknown flag":    {get("--oidc-magic=sesame"), nil, `its flag "--oidc-magic" is not known`},
		"odd flag":        {get("'--sesame open=x'"), nil, "its flag (odd name) is not known"},
		"argument":        {get("sesame"), nil, "an argument that is no flag"},
		"no value":        {get("--username"), nil, `the flag "--username" has no value`},
		"own certificate": {get("--local-server-cert=/c"), nil, `it needs the flag "--local-server-cert"`},
		"proxy":           {execUser("kubelogin", "get-token, "+issuerAndClient, "  env: [{name: https_proxy, value: 'http://joe:sesame@p'}]"), nil, `the environment variable "https_proxy"`},
		"elsewhere":       {get("--oidc-redirect-url=http://evil.example.com:8000/sesame"), nil, "does not lead to this computer"},
		"host elsewhere":  {get("--oidc-redirect-url-hostname=evil.example.com"), nil, "redirect-host must be localhost"},
		"issuer by http":  {execUser("kubelogin", "get-token, --oidc-issuer-url=http://sesame.example.com, --oidc-client-id=kube", ""), nil, "anyone on the way could sign in as you"},
		"issuer's secret": {execUser("kubelogin", "get-token, '--oidc-issuer-url=https://joe:sesame@h', --oidc-client-id=kube", ""), nil, "holds a user name, password"},
		"no client":       {execUser("kubelogin", "get-token, --oidc-issuer-url=https://h", ""), nil, "client-id is missing"},
		"our parameter":   {get("--oidc-auth-request-extra-params=redirect_uri=http://sesame"), nil, `params set "redirect_uri"`},
		"odd boolean":     {get("--oidc-use-access-token=sesame"), nil, `its flag "--oidc-use-access-token" can't be read`},
		"odd port":        {get("--listen-address=127.0.0.1:99999"), nil, "impossible port"},
		"relative CA":     {get("--certificate-authority=ca.pem"), nil, `"ca.pem" is a relative path`},
		"CA is none":      {get("--certificate-authority-data=c2VzYW1l"), nil, "issuer-ca-data holds no certificate"},

		"Azure":          {execUser("kubelogin", "get-token, --server-id, x, --login, azurecli", ""), nil, ""},
		"another verb":   {execUser("kubelogin", "setup, "+issuerAndClient, ""), nil, ""},
		"another plugin": {execUser("kubectl", "sesame, get-token, "+issuerAndClient, ""), nil, ""},
		"another tool":   {execUser("aws", "eks, get-token", ""), nil, ""},
		"Google":         {"auth-provider: {name: gcp, config: {access-token: sesame}}", nil, ""},
		"with a token":   {goodToken + "\n" + get(""), nil, ""},

		"legacy":          {"auth-provider: {name: oidc, config: {idp-issuer-url: 'https://dex.example.com/dex', client-id: kube, id-token: sesame, refresh-token: sesame}}", plainly, ""},
		"legacy scopes":   {"auth-provider: {name: oidc, config: {idp-issuer-url: 'https://dex.example.com/dex', client-id: kube, extra-scopes: 'groups,email'}}", base(func(s *SignIn) { s.Scopes = []string{"groups", "email"} }), ""},
		"legacy CA":       {"auth-provider: {name: oidc, config: {idp-issuer-url: 'https://dex.example.com/dex', client-id: kube, idp-certificate-authority-data: " + b64(ca.cert) + "}}", base(func(s *SignIn) { s.IssuerCA = ca.cert }), ""},
		"legacy odd":      {"auth-provider: {name: oidc, config: {idp-issuer-url: 'https://dex.example.com/dex', client-id: kube, more: sesame, 'sesame open': x}}", plainly, `Left out, as not needed: "more", "(odd name)".`},
		"legacy no issue": {"auth-provider: {name: oidc, config: {client-id: kube, id-token: sesame}}", nil, "issuer is missing"},
	} {
		t.Run(name, func(t *testing.T) {
			c := only(t, one(goodServer, tt.user))
			if c.Problem != "" {
				t.Fatal(c.Problem)
			}
			flag, offered := flagOf(c, FlagConvertible)
			_, reason, _ := strings.Cut(fmt.Sprint(c.Flags), "A native sign-in can't take its place: ") // before it are the arguments
			if strings.Contains(flag.Detail+reason, "sesame") {
				t.Errorf("a value is shown: %s %s", flag.Detail, reason)
			}
			s, ok := c.SignIn()
			if ok != (tt.want != nil) || offered != ok {
				t.Fatalf("converted: %v, offered: %v, flags %+v", ok, offered, c.Flags)
			}
			if !ok {
				_, err := c.SignInCredential(nil)
				if err == nil || !strings.Contains(reason, tt.says) || (tt.says == "") != (reason == "") {
					t.Errorf("reason %q, want %q; error %v", reason, tt.says, err)
				}
				return
			}
			if d := cmp.Diff(*tt.want, s, cmp.Comparer(secret.Value.Equal)); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
			if !strings.Contains(flag.Detail, tt.says) {
				t.Errorf("the flag says %q, want %q", flag.Detail, tt.says)
			}
			cred, err := c.SignInCredential(nil)
			if err != nil || cred.Auth() != AuthSignIn || !roundTrips(t, cred) || cred.Name() != c.Name || cred.Namespace() != "till" {
				t.Fatalf("credential %v: %v", cred, err)
			}
			kept, _ := cred.SignIn()
			if d := cmp.Diff(s, kept, cmp.Comparer(secret.Value.Equal)); d != "" || kept.Key() != s.Key() {
				t.Errorf("not what was offered:\n%s", d)
			}
			if _, runs := cred.Program(); runs || strings.Contains(string(cred.Kubeconfig().Reveal()), "exec") || strings.Contains(cred.Public(), "sesame") {
				t.Errorf("kept or shown too much:\n%s", cred.Public())
			}
		})
	}
}

func TestConversionReadsTheCA(t *testing.T) {
	ca, second := authority(t), authority(t)
	files := map[string][]byte{"/pki/a.pem": ca.cert, "~/b.pem": second.cert, "/pki/none.pem": []byte("sesame")}
	read := func(path string) ([]byte, error) {
		if b, ok := files[path]; ok {
			return b, nil
		}
		return nil, fs.ErrNotExist
	}
	get := func(args string) Context {
		return only(t, one(goodServer, execUser("kubelogin", "get-token, "+issuerAndClient+", "+args, "")))
	}
	c := get("--certificate-authority=/pki/a.pem, --certificate-authority, ~/b.pem")
	if flag, ok := flagOf(c, FlagConvertible); !ok || !strings.Contains(flag.Detail, `read from "/pki/a.pem", "~/b.pem" once`) {
		t.Errorf("the flag is %+v", flag)
	}
	cred, err := c.SignInCredential(read)
	if err != nil {
		t.Fatal(err)
	}
	if s, _ := cred.SignIn(); string(s.IssuerCA) != string(ca.cert)+string(second.cert) {
		t.Errorf("the CA is\n%s", s.IssuerCA)
	}
	for path, want := range map[string]string{"/pki/gone.pem": "the provider's certificate-authority: file does not exist", "/pki/none.pem": "issuer-ca-data holds no certificate"} {
		if _, err := get("--certificate-authority=" + path).SignInCredential(read); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", path, err, want)
		}
	}
	legacy := only(t, one(goodServer, "auth-provider: {name: oidc, config: {idp-issuer-url: 'https://h', client-id: kube, idp-certificate-authority: /pki/a.pem}}"))
	if cred, err := legacy.SignInCredential(read); err != nil {
		t.Error(err)
	} else if s, _ := cred.SignIn(); string(s.IssuerCA) != string(ca.cert) {
		t.Errorf("the legacy CA is\n%s", s.IssuerCA)
	}
	s, _ := c.SignIn()
	s.Redirects[0] = 1
	if again, _ := c.SignIn(); again.Redirects[0] == 1 {
		t.Error("a caller's write reached the context")
	}
	// A context of the same user with another cluster is not touched.
	if _, ok := get("").SignIn(); !ok || c.Auth != AuthExec {
		t.Error("the context itself changed")
	}
}
