package logs_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/binnacle-dev/binnacle/backend/logs"
)

const (
	jwt = "eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJzdWIiOiJhbGljZSIsImV4cCI6MX0.c2lnbmF0dXJlLXRoYXQtaXMtbG9uZw"
	pem = "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA0Z3VS5JJcds3xfn/\nygWyF0bPGZaN0u2K3\n-----END RSA PRIVATE KEY-----"
)

func TestRedact(t *testing.T) {
	pem64 := base64.StdEncoding.EncodeToString([]byte(pem))
	for name, c := range map[string]struct{ in, want string }{
		"nothing":             {"", ""},
		"prose":               {"cluster a: list pods: forbidden", "cluster a: list pods: forbidden"},
		"prose about secrets": {"get secret: forbidden; token: expired; basic authentication", "get secret: forbidden; token: expired; basic authentication"},
		"a Kubernetes error":  {`secrets "binnacle-view-0a1b" is forbidden: User "bob" cannot get`, `secrets "binnacle-view-0a1b" is forbidden: User "bob" cannot get`},
		"a path":              {"GET /apis/apps/v1/namespaces/a-rather-long-namespace/deployments/a-rather-long-deployment/scale/status", "GET /apis/apps/v1/namespaces/a-rather-long-namespace/deployments/a-rather-long-deployment/scale/status"},
		"a fingerprint":       {"sha256 " + strings.Repeat("0123456789abcdef", 4), "sha256 " + strings.Repeat("0123456789abcdef", 4)},
		"a URL":               {"https://member.example:6443/version?timeout=5s", "https://member.example:6443/version?timeout=5s"},
		"JWT":                 {"the token " + jwt + " is bad", "the token [redacted] is bad"},
		"JWT cut":             {"x " + jwt[:40], "x [redacted]"},
		"bearer":              {"Bearer abc.def-123", "Bearer [redacted]"},
		"bearer, lower case":  {"sent bearer abcdefghij", "sent bearer [redacted]"},
		"basic":               {"Basic YWxhZGRpbjpvcGVu", "Basic [redacted]"},
		"header":              {"Authorization: Negotiate abc def\nHost: a", "Authorization: [redacted]\nHost: a"},
		"header in a map":     {"map[Authorization:[Bearer abc] Host:[a]]", "map[Authorization:[redacted]"},
		"cookie":              {"Cookie: a=b; c=d\nHost: a", "Cookie: [redacted]\nHost: a"},
		"PEM":                 {"key " + pem + " end", "key [redacted] end"},
		"PEM, escaped":        {"key " + strings.ReplaceAll(pem, "\n", `\n`) + " end", "key [redacted] end"},
		"PEM cut":             {"key " + pem[:60], "key [redacted]"},
		"PEM in base64":       {"x " + pem64 + " y", "x [redacted] y"},
		"kubeconfig line":     {"client-key-data: " + pem64 + "\nname: a", "client-key-data: [redacted]\nname: a"},
		"user and password":   {"dial https://alice:s3cr3t@proxy.example:3128/x", "dial https://[redacted]@proxy.example:3128/x"},
		"password with @ /":   {"dial https://alice:p@ss/w0rd@proxy.example/", "dial https://[redacted]@proxy.example/"},
		"JSON":                {`{"access_token":"ab\"cd","n":1}`, `{"access_token":[redacted],"n":1}`},
		"JSON with a blank":   {`{"password": "correct horse", "n":1}`, `{"password": [redacted] "n":1}`},
		"JSON in a string":    {`"{\"refresh_token\":\"abc def\"}"`, `"{\"refresh_token\":[redacted]`},
		"form":                {"grant_type=x&client_secret=abc,def&z=1", "grant_type=x&client_secret=[redacted]"},
		"password, words":     {"password: correct horse battery", "password: [redacted]"},
		"YAML block":          {"token: |\n  abc\n  def\nname: a", "token: [redacted]name: a"},
		"YAML next line":      {"token:\n    abc1\nname: a", "token:\n    [redacted]\nname: a"},
		"exec environment":    {"- name: AWS_SECRET_ACCESS_KEY\n  value: abc/def+1 2", "- name: AWS_SECRET_ACCESS_KEY\n  value: [redacted]"},
		"redirect":            {"GET /callback?code=abc&state=def&x=1", "GET /callback?code=[redacted]&state=[redacted]&x=1"},
		"age key":             {"AGE-SECRET-KEY-1QQPQRSTUVWXYZ", "[redacted]"},
		"OpenShift":           {"oc login with sha256~abcdefghijklmnopqrstuvwxyz0123456789", "oc login with [redacted]"},
		"EKS":                 {"k8s-aws-v1.aHR0cHM6Ly9zdHM", "[redacted]"},
		"blob":                {"x " + strings.Repeat("Ab1+", 30) + "= y", "x [redacted]= y"},
	} {
		if got := logs.Redact(c.in); got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", name, got, c.want)
		}
	}
}

func TestRedactCuts(t *testing.T) {
	got := logs.Redact(strings.Repeat("ä", 100_000))
	if len(got) > 17<<10 || !strings.HasSuffix(got, "ä [cut]") {
		t.Errorf("%d bytes, ends in %q", len(got), got[len(got)-10:])
	}
	across := strings.Repeat("x ", 8<<10-10) + jwt
	if got := logs.Redact(across); strings.Contains(got, "eyJ") {
		t.Errorf("a secret across the cut: %q", got[len(got)-60:])
	}
}

// FuzzRedact hides a secret of each kind in any text: it never comes out, and a second pass finds nothing new to say.
func FuzzRedact(f *testing.F) {
	f.Add("before ", " after", uint8(0))
	f.Add(`{"a":"`, `"}`, uint8(3))
	f.Add("x=\\\"", "\n", uint8(5))
	f.Fuzz(func(t *testing.T, before, after string, kind uint8) {
		shapes := []struct{ text, secret string }{
			{jwt, "eyJzdWIiOiJhbGljZSIsImV4cCI6MX0"},
			{pem, "ygWyF0bPGZaN0u2K3"},
			{"Bearer s3cr3t-Value-42", "s3cr3t-Value-42"},
			{"https://alice:s3cr3t-Value-42@proxy.example", "s3cr3t-Value-42"},
			{`"password":"s3cr3t-Value-42"`, "s3cr3t-Value-42"},
			{"client_secret=s3cr3t-Value-42", "s3cr3t-Value-42"},
			{"token: s3cr3t-Value-42", "s3cr3t-Value-42"},
			{"Authorization: Basic s3cr3t-Value-42", "s3cr3t-Value-42"},
		}
		s := shapes[int(kind)%len(shapes)]
		if strings.Contains(before+after, s.secret) {
			return
		}
		// A shape is only one when nothing is glued to its ends.
		if got := logs.Redact(before + " " + s.text + " " + after); strings.Contains(got, s.secret) {
			t.Errorf("%q is in %q", s.secret, got)
		}
	})
}

func BenchmarkRedact(b *testing.B) {
	for name, s := range map[string]string{
		"plain": "watch ended, next try in 4s",
		"url":   "cluster a: list pods: Get \"https://member-1.example:6443/api/v1/pods?limit=500\": dial tcp 192.0.2.1:6443: connect: connection refused",
		"jwt":   "Authorization: Bearer " + jwt,
		"16k":   strings.Repeat("name: a-pod namespace: default\n", 520),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			for b.Loop() {
				logs.Redact(s)
			}
		})
	}
}
