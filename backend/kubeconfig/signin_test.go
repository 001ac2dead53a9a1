package kubeconfig

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/secret"
)

func fullSignIn(t *testing.T) SignIn {
	t.Helper()
	return SignIn{
		Flow: FlowDevice, Issuer: "https://Dex.example.com:5556/dex/", ClientID: "kube client", ClientSecret: secret.New([]byte("sesame &=\"é")),
		Scopes: []string{"groups", "audience:server:client_id:kube"}, Params: map[string]string{"hd": "a b&c", "login_token": "sesame"}, Audience: "https://k8s",
		IssuerCA: authority(t).cert, Connector: "ldap", RedirectHost: "127.0.0.1", Redirects: []int{8000, 1}, RedirectPath: "/cb", NameClaim: "email", AccessToken: true,
	}
}

func TestNewSignIn(t *testing.T) {
	ca, s := authority(t), fullSignIn(t)
	cred, err := NewSignIn("shöp\u0085", Target{Server: "https://SHOP:6443/", CAPEM: ca.cert, TLSName: "kubernetes", ProxyURL: "http://joe:sesame@p", Namespace: "till"}, s)
	if err != nil {
		t.Fatal(err)
	}
	if cred.Auth() != AuthSignIn || cred.Endpoint().Server != "https://shop:6443" || len(cred.Endpoint().CA) != 64 || cred.Namespace() != "till" || !roundTrips(t, cred) {
		t.Errorf("made %+v %v", cred.Endpoint(), cred.Auth())
	}
	if d := cmp.Diff(s, must(cred.SignIn()), cmp.Comparer(secret.Value.Equal)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if strings.Contains(cred.Public(), "sesame") || !strings.Contains(cred.Public(), "client-secret: REDACTED") || !strings.Contains(cred.Public(), "login_token=REDACTED") {
		t.Errorf("public form:\n%s", cred.Public())
	}
	got := must(cred.SignIn())
	got.Params["hd"], got.Scopes[0], got.Redirects[0], got.IssuerCA[0] = "changed", "changed", 7, 'x'
	if cmp.Equal(got, must(cred.SignIn()), cmp.Comparer(secret.Value.Equal)) {
		t.Error("a caller's write reached the credential")
	}
}

func must(s SignIn, ok bool) SignIn {
	if !ok {
		panic("no sign-in")
	}
	return s
}

// A sign-in that a colleague copied comes in flagged; a secret that was left out is asked for instead of being sent as REDACTED.
func TestSharedSignIn(t *testing.T) {
	s := fullSignIn(t)
	s.ClientSecret, s.Params = secret.Value{}, nil
	cred, err := NewSignIn("shop", Target{Server: "https://shop"}, s)
	if err != nil {
		t.Fatal(err)
	}
	c := only(t, cred.Public())
	flag, ok := flagOf(c, FlagSignIn)
	if !ok || c.Problem != "" || c.Auth != AuthSignIn || flag.Severity != SeverityWarning || !strings.Contains(flag.Detail, `at "https://Dex.example.com:5556/dex/" with a code`) {
		t.Errorf("%q, flags %+v", c.Problem, c.Flags)
	}
	if got := must(mustCredential(t, c, nil).SignIn()); got.Key() != s.Key() {
		t.Errorf("the colleague signs in to something else: %+v", got)
	}
	if _, converts := c.SignIn(); converts {
		t.Error("a sign-in can be turned into a sign-in")
	}
	for _, change := range []func(*SignIn){
		func(s *SignIn) { s.ClientSecret = secret.New([]byte("x")) },
		func(s *SignIn) { s.Params = map[string]string{"my-token": "x"} },
	} {
		with := s
		change(&with)
		cred, err := NewSignIn("shop", Target{Server: "https://shop"}, with)
		if err != nil {
			t.Fatal(err)
		}
		if c := only(t, cred.Public()); !strings.Contains(c.Problem, "left out when this kubeconfig was copied") {
			t.Errorf("problem %q", c.Problem)
		}
	}
}

func TestSignInsRefused(t *testing.T) {
	for name, tt := range map[string]struct{ config, want string }{
		"nothing":         {"", "issuer is missing"},
		"no client":       {"issuer: 'https://h'", "client-id is missing"},
		"newer":           {"issuer: 'https://h', client-id: a, magic: sesame", `"magic" is not known here`},
		"odd name":        {"issuer: 'https://h', client-id: a, 'sesame open': x", "(odd name) is not known here"},
		"flow":            {"issuer: 'https://h', client-id: a, flow: sesame", "flow must be"},
		"http":            {"issuer: 'http://sesame', client-id: a", "plain http"},
		"other scheme":    {"issuer: 'ftp://sesame', client-id: a", "does not begin with https://"},
		"no scheme":       {"issuer: 'sesame:80', client-id: a", "does not begin with https://"},
		"query":           {"issuer: 'https://h?sesame', client-id: a", "query"},
		"bidi":            {"issuer: \"https://h/\\u202esesame\", client-id: a", "not a valid URL"},
		"client's bidi":   {"issuer: 'https://h', client-id: \"\\u202esesame\"", "client-id is too long or holds unreadable"},
		"scope":           {"issuer: 'https://h', client-id: a, scopes: 'a \"sesame\"'", "scopes are too many"},
		"parameter":       {"issuer: 'https://h', client-id: a, params: 'State=sesame'", `params set "State"`},
		"parameter twice": {"issuer: 'https://h', client-id: a, params: 'a=sesame&a=b'", "one name twice"},
		"parameters":      {"issuer: 'https://h', client-id: a, params: 'a=%sesame'", "must look like name=value"},
		"redirect":        {"issuer: 'https://h', client-id: a, redirect-host: sesame.example.com", "redirect-host must be"},
		"port":            {"issuer: 'https://h', client-id: a, redirect-ports: '1,sesame'", "impossible port"},
		"path":            {"issuer: 'https://h', client-id: a, redirect-path: '//sesame?x'", "redirect-path must begin"},
		"CA":              {"issuer: 'https://h', client-id: a, issuer-ca-data: '%'", `"issuer-ca-data" is not base64`},
		"boolean":         {"issuer: 'https://h', client-id: a, access-token: sesame", "must be true or false"},
		"secret":          {"issuer: 'https://h', client-id: a, client-secret: \"a\\tsesame\"", "client-secret is too long or holds unreadable"},
	} {
		t.Run(name, func(t *testing.T) {
			c := only(t, one(goodServer, "auth-provider: {name: binnacle.dev/sign-in, config: {"+tt.config+"}}"))
			if !strings.Contains(c.Problem, `user "me": sign-in: `) || !strings.Contains(c.Problem, tt.want) || strings.Contains(c.Problem, "sesame") {
				t.Errorf("problem %q, want %q", c.Problem, tt.want)
			}
		})
	}
	if _, err := NewSignIn("a", Target{Server: "http://h"}, SignIn{Flow: FlowBrowser, Issuer: "https://h", ClientID: "a"}); err == nil || !strings.Contains(err.Error(), "plain http") {
		t.Errorf("over plain http: %v", err)
	}
	if _, err := NewSignIn("a", Target{Server: "h"}, SignIn{Flow: FlowBrowser, Issuer: "https://h", ClientID: "a"}); err == nil {
		t.Error("a server without a scheme was taken")
	}
	if _, err := NewSignIn("a", Target{Server: "https://h"}, SignIn{Issuer: "https://h", ClientID: "a"}); err == nil {
		t.Error("a sign-in without a flow was taken")
	}
}

// Members with equal keys share a session, so what counts as equal is a promise.
func TestSignInKey(t *testing.T) {
	base := SignIn{Flow: FlowBrowser, Issuer: "https://h", ClientID: "a", Scopes: []string{"x", "y"}}
	for name, change := range map[string]func(*SignIn){
		"device":       func(s *SignIn) { s.Flow = FlowDevice },
		"order":        func(s *SignIn) { s.Scopes = []string{"y", "x", "y"} },
		"redirect":     func(s *SignIn) { s.RedirectHost, s.Redirects, s.RedirectPath = "127.0.0.1", []int{1}, NoPath },
		"claim":        func(s *SignIn) { s.NameClaim = "sub" },
		"empty things": func(s *SignIn) { s.Params, s.IssuerCA = map[string]string{}, []byte{} },
		"prompt":       func(s *SignIn) { s.Params = map[string]string{"prompt": "login"} },
	} {
		same := base
		if change(&same); same.Key() != base.Key() {
			t.Errorf("%s changes the key", name)
		}
	}
	seen := map[string]string{base.Key(): "base"}
	for name, change := range map[string]func(*SignIn){
		"openshift": func(s *SignIn) { s.Flow = FlowOpenShift }, "issuer": func(s *SignIn) { s.Issuer += "/" }, "client": func(s *SignIn) { s.ClientID = "b" },
		"scope": func(s *SignIn) { s.Scopes = nil }, "parameter": func(s *SignIn) { s.Params = map[string]string{"a": "b"} }, "audience": func(s *SignIn) { s.Audience = "b" },
		"CA": func(s *SignIn) { s.IssuerCA = []byte("x") }, "connector": func(s *SignIn) { s.Connector = "b" }, "access token": func(s *SignIn) { s.AccessToken = true },
	} {
		other := base
		change(&other)
		if as, taken := seen[other.Key()]; taken {
			t.Errorf("%s has the key of %s", name, as)
		}
		seen[other.Key()] = name
	}
}

func TestProgram(t *testing.T) {
	ca := authority(t)
	user := "exec: {command: ./bin/get, apiVersion: client.authentication.k8s.io/v1beta1, args: [a, --token=sesame], env: [{name: A, value: sesame}], provideClusterInfo: true, installHint: \"get it\\n at \\u202ehome\"}"
	cred := mustCredential(t, only(t, one(goodServer+"\ncertificate-authority-data: "+b64(ca.cert)+"\nproxy-url: http://joe:sesame@p\ntls-server-name: k\nextensions: [{name: client.authentication.k8s.io/exec, extension: {aud: 12}}]", user)), nil)
	back, err := FromVault(cred.Kubeconfig())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []Credential{cred, back} {
		p, ok := c.Program()
		if !ok || p.Command != "/home/me/.kube/bin/get" || p.Mode != "IfAvailable" || p.APIVersion != "client.authentication.k8s.io/v1beta1" || p.InstallHint != `get it at \u202ehome` {
			t.Errorf("got %+v", p)
		}
		if d := cmp.Diff([]EnvVar{{"A", secret.New([]byte("sesame"))}}, p.Env, cmp.Comparer(secret.Value.Equal)); d != "" {
			t.Errorf("environment:\n%s", d)
		}
		if d := cmp.Diff([]string{"a", "--token=redacted"}, p.ShownArgs()); d != "" {
			t.Errorf("arguments:\n%s", d)
		}
		var info map[string]any
		if err := json.Unmarshal(p.ClusterInfo, &info); err != nil {
			t.Fatal(err)
		}
		want := map[string]any{
			"server": "https://shop.example.com:6443", "tls-server-name": "k", "certificate-authority-data": b64(ca.cert),
			"proxy-url": "http://joe:sesame@p", "config": map[string]any{"aud": 12.},
		}
		if d := cmp.Diff(want, info); d != "" {
			t.Errorf("cluster info (-want +got):\n%s", d)
		}
		p.Args[0] = "changed"
		if again, _ := c.Program(); again.Args[0] == "changed" {
			t.Error("a caller's write reached the credential")
		}
	}
	quiet := mustCredential(t, only(t, one(goodServer, "exec: {command: get, apiVersion: client.authentication.k8s.io/v1, interactiveMode: Always}")), nil)
	if p, _ := quiet.Program(); p.ClusterInfo != nil || p.Mode != "Always" || p.Command != "get" {
		t.Errorf("got %+v", p)
	}
	if _, ok := mustCredential(t, only(t, one(goodServer, goodToken)), nil).Program(); ok {
		t.Error("a token runs a program")
	}
}

// The way to the server is the same whoever asks, and carries no proof of anybody.
func TestTransportConfig(t *testing.T) {
	ca, alice := authority(t), issue(t, nil, nil)
	cluster := goodServer + "\ncertificate-authority-data: " + b64(ca.cert) + "\ntls-server-name: k\nproxy-url: http://p\ndisable-compression: true"
	as := "\nas: root\nas-groups: [a]"
	s := "auth-provider: {name: binnacle.dev/sign-in, config: {issuer: 'https://h', client-id: a}}"
	refuses := map[string]error{execUser("aws", "", ""): ErrRunsProgram, "auth-provider: {name: gcp}": ErrAuthProvider, s: ErrSignsIn}
	users := []string{"client-certificate-data: " + b64(alice.cert) + "\nclient-key-data: " + b64(alice.key), goodToken, "username: joe\npassword: sesame"}
	for user := range refuses {
		users = append(users, user)
	}
	for _, user := range users {
		c := mustCredential(t, only(t, one(cluster, strings.TrimSpace(user)+as)), nil)
		if _, err := c.RESTConfig(); !errors.Is(err, refuses[user]) {
			t.Errorf("%s: RESTConfig gave %v", c.Auth(), err)
		}
		got, err := c.TransportConfig()
		if err != nil {
			t.Fatal(err)
		}
		if got.BearerToken+got.Username+got.Password != "" || got.CertData != nil || got.KeyData != nil || got.ExecProvider != nil || got.AuthProvider != nil {
			t.Errorf("%s: the transport carries a proof", c.Auth())
		}
		if got.Host != "https://shop.example.com:6443" || got.ServerName != "k" || string(got.CAData) != string(ca.cert) || got.Proxy == nil || !got.DisableCompression || got.QPS != clientQPS || got.Impersonate.UserName != "root" {
			t.Errorf("%s: %+v", c.Auth(), got)
		}
	}
	if _, err := (Credential{}).TransportConfig(); err == nil {
		t.Error("a zero credential leads somewhere")
	}
}
