package kubeconfig

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"strings"
	"testing"
	"time"
)

// A file within the limits can't keep the program busy: each of these is built to make one step quadratic or dear.
func TestHostileFilesEndSoon(t *testing.T) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	rsaKey := b64(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}))
	cert := b64(issue(t, nil, nil).cert)
	large := MaxSize/4 - 1000
	// The measure is a harmless file on this machine, now: with the race detector and neighbours it takes ten times as long.
	begin := time.Now()
	mustParse(t, "kind: Config\nextensions: ["+strings.Repeat("a,", 100_000)+"]\npreferences: "+strings.Repeat("x", large), "f")
	limit := 100 * time.Since(begin)
	for name, text := range map[string]string{
		"one name": "contexts: [" + strings.Repeat("{name: a, context: {cluster: a, user: a}},", 8_000) + "]\nclusters: [" +
			strings.Repeat("{name: a, cluster: {server: a}},{name: a},", 5_000) + "]",
		"RSA keys":        "users:\n" + strings.Repeat("- {name: a, user: {client-certificate-data: "+cert+", client-key-data: "+rsaKey+"}}\n", large/3300),
		"begins":          one(goodServer+"\ncertificate-authority-data: "+b64([]byte(strings.Repeat("-----BEGIN CERTIFICATE-----\n", large*3/4/28))), goodToken),
		"begins of lines": one(goodServer+"\ncertificate-authority-data: "+b64([]byte(strings.Repeat("-----BEGIN ", large*3/4/11))), goodToken),
		"headers":         one(goodServer, "client-certificate-data: "+cert+"\nclient-key-data: "+b64([]byte("-----BEGIN PRIVATE KEY-----\n"+strings.Repeat("a: b\n", large/10)))),
		"unknown fields":  "kind: Config\n" + strings.Repeat("x", 3) + ": {" + strings.Repeat("a", 3) + ": b}\nusers: [{name: a, user: {" + fields(60_000) + "}}]",
		"dots":            one(goodServer, "token: "+strings.Repeat(".", large)),
		"shared giant": one(goodServer, "exec: {command: a, apiVersion: v1beta1, args: ["+strings.Repeat("x", large)+"]}") +
			"\nextensions: []\n",
		"stars": "kind: Config\ncurrent-context: *x\n" + strings.Repeat("# &a *b\n", 40_000),
	} {
		t.Run(name, func(t *testing.T) {
			begin := time.Now()
			f, err := Parse([]byte(text), "f")
			took := time.Since(begin)
			t.Logf("%d bytes, %v, error %v", len(text), took, err)
			if took > limit {
				t.Errorf("took %v, limit %v", took, limit)
			}
			if err != nil {
				return
			}
			for _, c := range f.Contexts {
				size := len(c.Problem)
				for _, flag := range c.Flags {
					size += len(flag.Detail)
				}
				if size > 20_000 {
					t.Fatalf("the verdict has %d bytes", size)
				}
			}
		})
	}
}

func fields(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "a%d: b,", i)
	}
	return b.String()
}
