package lookup

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"k8s.io/client-go/rest"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

func TestTrust(t *testing.T) {
	company, root := authority(t, nil, "a company"), authority(t, nil, "kubernetes")
	between := authority(t, root, "between")
	lasting := func(from, to time.Duration) func(*x509.Certificate) {
		return func(c *x509.Certificate) { c.NotBefore, c.NotAfter = time.Now().Add(from), time.Now().Add(to) }
	}
	client := func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth} }
	other := func(c *x509.Certificate) {
		c.DNSNames, c.IPAddresses = []string{"other"}, []net.IP{net.IPv4(10, 0, 0, 1)}
	}
	nameless := func(c *x509.Certificate) { c.DNSNames = nil }
	deadCA := issue(t, nil, func(c *x509.Certificate) {
		c.IsCA, c.KeyUsage = true, x509.KeyUsageCertSign
		lasting(-2*time.Hour, -time.Hour)(c)
	})
	given := func(ca *issued) func(*Options) { return func(o *Options) { o.CAPEM = ca.pem() } }
	named := func(o *Options) { o.TLSName = "other" }
	for name, tt := range map[string]struct {
		chain    []*issued
		o        func(*Options)
		trusted  Trusted
		problems []Problem
		kind     PinKind
		says     string
	}{
		"system":             {[]*issued{issue(t, company, nil)}, nil, TrustedBySystem, nil, "", ""},
		"unknown":            {[]*issued{issue(t, root, nil)}, nil, "", []Problem{ProblemUnknownCA}, PinLeaf, "when it is renewed, you are asked again"},
		"unknown, CA sent":   {[]*issued{issue(t, root, nil), root}, nil, "", []Problem{ProblemUnknownCA}, PinCA, "Compare the fingerprint"},
		"between":            {[]*issued{issue(t, between, nil), between}, nil, "", []Problem{ProblemUnknownCA}, PinCA, ""},
		"between and root":   {[]*issued{issue(t, between, nil), root, between}, nil, "", []Problem{ProblemUnknownCA}, PinCA, ""},
		"self-signed":        {[]*issued{issue(t, nil, nil)}, nil, "", []Problem{ProblemUnknownCA}, PinLeaf, ""},
		"a CA as server":     {[]*issued{issue(t, nil, func(c *x509.Certificate) { c.IsCA = true })}, nil, "", []Problem{ProblemUnknownCA}, PinLeaf, ""},
		"another CA sent":    {[]*issued{issue(t, root, nil), company}, nil, "", []Problem{ProblemUnknownCA}, PinLeaf, ""},
		"CA of one name":     {[]*issued{issue(t, root, nil), authority(t, nil, "kubernetes")}, nil, "", []Problem{ProblemUnknownCA}, PinLeaf, ""},
		"name":               {[]*issued{issue(t, company, other)}, nil, TrustedBySystem, []Problem{ProblemName}, "", "for other names: other, 10.0.0.1."},
		"name expected":      {[]*issued{issue(t, company, other)}, named, TrustedBySystem, nil, "", ""},
		"name and CA":        {[]*issued{issue(t, root, other)}, nil, "", []Problem{ProblemName, ProblemUnknownCA}, PinLeaf, ""},
		"no name":            {[]*issued{issue(t, company, nameless)}, nil, TrustedBySystem, []Problem{ProblemName}, "", "names no host at all"},
		"expired":            {[]*issued{issue(t, company, lasting(-2*time.Hour, -time.Hour))}, nil, "", []Problem{ProblemExpired}, "", "has expired"},
		"expired, unknown":   {[]*issued{issue(t, root, lasting(-2*time.Hour, -time.Hour)), root}, nil, "", []Problem{ProblemExpired}, "", ""},
		"not yet":            {[]*issued{issue(t, company, lasting(time.Hour, 2*time.Hour))}, nil, "", []Problem{ProblemNotYet}, "", "clock"},
		"for clients":        {[]*issued{issue(t, company, client)}, nil, "", []Problem{ProblemInvalid}, "", "not made for a server"},
		"CA expired":         {[]*issued{issue(t, deadCA, nil), deadCA}, nil, "", []Problem{ProblemExpired}, "", "one that it rests on"},
		"given":              {[]*issued{issue(t, root, nil)}, given(root), TrustedByGiven, nil, "", ""},
		"given, not system":  {[]*issued{issue(t, company, nil)}, given(root), "", []Problem{ProblemUnknownCA}, PinLeaf, ""},
		"given, CA changed":  {[]*issued{issue(t, between, nil), between}, given(company), "", []Problem{ProblemUnknownCA}, PinCA, ""},
		"given, still a bad": {[]*issued{issue(t, root, other)}, given(root), TrustedByGiven, []Problem{ProblemName}, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPlace(t)
			p.serve("shop:443", apiServer(), tt.chain...)
			if tt.o == nil {
				tt.o = func(*Options) {}
			}
			f := p.mustLook("shop", company, tt.o)
			if f.Kind != KindAPIServer || f.TLS.Trusted != tt.trusted || !cmp.Equal(f.TLS.Problems, tt.problems) || !strings.Contains(strings.Join(f.Says, " "), tt.says) {
				t.Errorf("trusted by %q, problems %v, want %q %v; says %q", f.TLS.Trusted, f.TLS.Problems, tt.trusted, tt.problems, f.Says)
			}
			if (f.TLS.Pin == nil) != (tt.kind == "") || f.TLS.Pin != nil && f.TLS.Pin.Kind != tt.kind {
				t.Fatalf("pin %+v, want %q", f.TLS.Pin, tt.kind)
			}
			if len(f.TLS.Chain) != len(tt.chain) || f.TLS.Chain[0].SHA256 != describe(tt.chain[0].leaf).SHA256 {
				t.Errorf("chain %+v", f.TLS.Chain)
			}
			if f.TLS.Pin != nil {
				verifies(t, p, f)
			}
		})
	}
}

// verifies uses the pin as the program will: in a credential, through client-go.
func verifies(t *testing.T, p *place, f Found) {
	t.Helper()
	target := kubeconfig.Target{Server: f.Server, CAPEM: f.TLS.Pin.PEM}
	for _, problem := range f.TLS.Problems {
		if problem == ProblemName {
			if err := connect(t, p, target); err == nil {
				t.Error("the wrong name is accepted")
			}
			target.TLSName = f.TLS.Names[0]
		}
	}
	if err := connect(t, p, target); err != nil {
		t.Errorf("the pin doesn't verify: %v", err)
	}
	if c := credential(t, target); c.Endpoint().CA != f.TLS.Pin.SHA256 {
		t.Errorf("the credential's CA is %s, the pin %s", c.Endpoint().CA, f.TLS.Pin.SHA256)
	}
}

func credential(t *testing.T, target kubeconfig.Target) kubeconfig.Credential {
	t.Helper()
	c, err := kubeconfig.NewSignIn("shop", target, kubeconfig.SignIn{Flow: kubeconfig.FlowBrowser, Issuer: "https://dex", ClientID: "kube"})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func connect(t *testing.T, p *place, target kubeconfig.Target) error {
	t.Helper()
	config, err := credential(t, target).TransportConfig()
	if err != nil {
		t.Fatal(err)
	}
	config.Dial = p.dial
	client, err := rest.HTTPClientFor(config)
	if err != nil {
		t.Fatal(err)
	}
	defer client.CloseIdleConnections()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, config.Host+"/version", nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := client.Do(request)
	if err == nil {
		_ = response.Body.Close()
	}
	return err
}

// What pinning a leaf means: it holds for that certificate alone. A pinned CA outlives the certificate.
func TestRenewal(t *testing.T) {
	root := authority(t, nil, "kubernetes")
	for kind, rest := range map[PinKind][]*issued{PinLeaf: nil, PinCA: {root}} {
		p := newPlace(t)
		p.serve("shop:443", apiServer(), append([]*issued{issue(t, root, nil)}, rest...)...)
		f := p.mustLook("shop", nil)
		target := kubeconfig.Target{Server: f.Server, CAPEM: f.TLS.Pin.PEM}
		if err := connect(t, p, target); err != nil || f.TLS.Pin.Kind != kind {
			t.Fatalf("%s: %v", kind, err)
		}
		p.serve("shop:443", apiServer(), issue(t, root, nil)) // renewed
		if err := connect(t, p, target); (err == nil) != (kind == PinCA) {
			t.Errorf("a renewed certificate with a pinned %s: %v", kind, err)
		}
		p.serve("shop:443", apiServer(), issue(t, authority(t, nil, "kubernetes"), nil)) // somebody else
		if err := connect(t, p, target); err == nil {
			t.Errorf("a stranger passes with a pinned %s", kind)
		}
		if f := p.mustLook("shop", nil, func(o *Options) { o.CAPEM = target.CAPEM }); !cmp.Equal(f.TLS.Problems, []Problem{ProblemUnknownCA}) {
			t.Errorf("the stranger isn't told from the pinned one: %+v", f.TLS)
		}
	}
}

func TestCertificateInWords(t *testing.T) {
	root := issue(t, nil, func(c *x509.Certificate) {
		c.Subject = pkix.Name{CommonName: "kuber\u202enetes"}
		c.IsCA, c.KeyUsage, c.DNSNames = true, x509.KeyUsageCertSign, nil
	})
	leaf := issue(t, root, nil)
	p := newPlace(t)
	p.serve("shop:443", apiServer(), leaf, root)
	f := p.mustLook("shop", nil)
	if c := f.TLS.Chain[0]; c.Subject != "CN=kube-apiserver" || c.Issuer != `CN=kuber\u202enetes` || c.CA || c.SelfSigned || !c.NotAfter.Equal(leaf.leaf.NotAfter) {
		t.Errorf("the leaf is %+v", c)
	}
	if c := f.TLS.Chain[1]; c.Subject != c.Issuer || !c.CA || !c.SelfSigned || len(c.KeySHA256) != 64 || c.SHA256 != f.TLS.Pin.SHA256 {
		t.Errorf("the CA is %+v", c)
	}
	if d := cmp.Diff([]string{"shop", "kubernetes"}, f.TLS.Names); d != "" {
		t.Error(d)
	}
}

// The CA that a cluster tells of is compared, and never chosen.
func TestClusterInfo(t *testing.T) {
	root, stranger := authority(t, nil, "kubernetes"), authority(t, nil, "kubernetes")
	for name, tt := range map[string]struct {
		ca     *issued
		issued bool
	}{"its own": {root, true}, "another": {stranger, false}} {
		p := newPlace(t)
		kubeconfig := fmt.Sprintf("apiVersion: v1\nclusters:\n- name: ''\n  cluster:\n    server: https://10.0.0.1:6443\n    certificate-authority-data: %s\n", base64.StdEncoding.EncodeToString(tt.ca.pem()))
		p.serve("shop:443", with(apiServer(), site{"/api/v1/namespaces/kube-public/configmaps/cluster-info": {200, asJSON, fmt.Sprintf(`{"data":{"kubeconfig":%q}}`, kubeconfig)}}), issue(t, root, nil))
		f := p.mustLook("shop", nil)
		if f.Cluster == nil || f.Cluster.Server != "https://10.0.0.1:6443" || f.Cluster.CA.SHA256 != describe(tt.ca.leaf).SHA256 || f.Cluster.Issued != tt.issued {
			t.Errorf("%s: %+v", name, f.Cluster)
		}
		if f.TLS.Trusted != TrustedByNobody || f.TLS.Pin.Kind != PinLeaf {
			t.Errorf("%s: the server's own word is trusted: %+v", name, f.TLS)
		}
		if said := strings.Contains(strings.Join(f.Says, " "), "its own CA issued"); said != tt.issued {
			t.Errorf("%s: says %q", name, f.Says)
		}
	}
}
