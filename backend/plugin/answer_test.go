package plugin

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

const v1, v1beta1 = "client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"

func pair(t *testing.T, ends time.Time) (cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: ends}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	keyDER, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})), string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: keyDER}))
}

func TestParse(t *testing.T) {
	now := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	cert, key := pair(t, now.Add(time.Hour))
	oldCert, oldKey := pair(t, now.Add(-time.Hour))
	answer := func(version string, status map[string]any) string {
		text, err := json.Marshal(map[string]any{"kind": kind, "apiVersion": version, "status": status})
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	for name, c := range map[string]struct {
		out, version string
		token        string
		expires      time.Time
		fails        string
	}{
		"token":             {out: answer(v1, map[string]any{"token": "abc"}), token: "abc"},
		"v1beta1":           {out: answer(v1beta1, map[string]any{"token": "abc"}), version: v1beta1, token: "abc"},
		"ends":              {out: answer(v1, map[string]any{"token": "abc", "expirationTimestamp": "2026-01-01T12:05:00Z"}), token: "abc", expires: now.Add(5 * time.Minute)},
		"yaml":              {out: "kind: ExecCredential\napiVersion: " + v1 + "\nstatus:\n  token: abc\n", token: "abc"},
		"certificate":       {out: answer(v1, map[string]any{"clientCertificateData": cert, "clientKeyData": key}), expires: now.Add(time.Hour)},
		"both":              {out: answer(v1, map[string]any{"token": "abc", "clientCertificateData": cert, "clientKeyData": key}), token: "abc", expires: now.Add(time.Hour)},
		"sooner":            {out: answer(v1, map[string]any{"expirationTimestamp": "2026-01-01T12:05:00Z", "clientCertificateData": cert, "clientKeyData": key}), expires: now.Add(5 * time.Minute)},
		"nothing":           {out: " \n", fails: "gave no answer"},
		"no JSON":           {out: "hush-hush: [", fails: "can't be read"},
		"wrong type":        {out: `{"kind":"ExecCredential","apiVersion":"` + v1 + `","status":{"token":["hush-hush"]}}`, fails: "can't be read"},
		"other kind":        {out: `{"kind":"Secret","token":"hush-hush"}`, fails: "isn't an ExecCredential"},
		"other version":     {out: answer(v1beta1, map[string]any{"token": "hush-hush"}), fails: `answered in version "` + v1beta1 + `"`},
		"no status":         {out: `{"kind":"ExecCredential","apiVersion":"` + v1 + `"}`, fails: "without a status"},
		"empty status":      {out: answer(v1, map[string]any{}), fails: "neither a token nor a certificate"},
		"half a pair":       {out: answer(v1, map[string]any{"token": "hush-hush", "clientKeyData": key}), fails: "only one of"},
		"not a pair":        {out: answer(v1, map[string]any{"clientCertificateData": cert, "clientKeyData": oldKey}), fails: "don't belong together"},
		"smuggled header":   {out: answer(v1, map[string]any{"token": "hush-hush\r\nX: y"}), fails: "characters that no token has"},
		"ended":             {out: answer(v1, map[string]any{"token": "hush-hush", "expirationTimestamp": "2026-01-01T11:00:00Z"}), fails: "ended at 2026-01-01T11:00:00Z"},
		"ended certificate": {out: answer(v1, map[string]any{"clientCertificateData": oldCert, "clientKeyData": oldKey}), fails: "ended at 2026-01-01T11:00:00Z"},
	} {
		t.Run(name, func(t *testing.T) {
			if c.version == "" {
				c.version = v1
			}
			p, err := parse([]byte(c.out), c.version, now)
			if c.fails != "" {
				if err == nil || !strings.Contains(err.Error(), c.fails) || strings.Contains(err.Error(), "hush-hush") {
					t.Fatalf("got %v, want %q", err, c.fails)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if string(p.Token.Reveal()) != c.token || !p.Expires.Equal(c.expires) || (len(p.CertPEM) > 0) != strings.Contains(c.out, "clientKeyData") || p.KeyPEM.Empty() != (len(p.CertPEM) == 0) {
				t.Errorf("got %+v", p)
			}
		})
	}
}

func TestRequest(t *testing.T) {
	p := kubeconfig.Program{APIVersion: v1beta1, ClusterInfo: []byte(`{"server":"https://x","certificate-authority-data":"YWE="}`)}
	got, err := request(p, true)
	want := `{"kind":"ExecCredential","apiVersion":"` + v1beta1 + `","spec":{"cluster":{"server":"https://x","certificate-authority-data":"YWE=","config":null},"interactive":true}}`
	if err != nil || string(got) != want {
		t.Errorf("got  %s, %v\nwant %s", got, err, want)
	}
	p.ClusterInfo = nil
	got, err = request(p, false)
	if want := `{"kind":"ExecCredential","apiVersion":"` + v1beta1 + `","spec":{"interactive":false}}`; err != nil || string(got) != want {
		t.Errorf("got %s, %v", got, err)
	}
	for _, bad := range []kubeconfig.Program{{APIVersion: "client.authentication.k8s.io/v1alpha1"}, {}, {APIVersion: v1, ClusterInfo: []byte("{")}} {
		if _, err := request(bad, false); err == nil {
			t.Errorf("%+v: no error", bad)
		}
	}
}
