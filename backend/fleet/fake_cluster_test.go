package fleet

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// authorityCert signs the fakes' certificates. Its time spans the fake clocks, which begin in 2000.
type authorityCert struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func year(n int) time.Time { return time.Date(n, 1, 2, 3, 4, 0, 0, time.UTC) }

func newAuthority(t *testing.T) *authorityCert {
	t.Helper()
	a := &authorityCert{}
	a.cert, a.key = certificate(t, nil, &x509.Certificate{
		Subject: pkix.Name{CommonName: "test ca"}, NotBefore: year(1990), NotAfter: year(2090),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	})
	return a
}

func (a *authorityCert) pem() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.cert.Raw})
}

func certificate(t *testing.T, by *authorityCert, template *x509.Certificate) (*x509.Certificate, *ecdsa.PrivateKey) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template.SerialNumber = big.NewInt(time.Now().UnixNano())
	parent, signer := template, key
	if by != nil {
		parent, signer = by.cert, by.key
	}
	raw, err := x509.CreateCertificate(rand.Reader, template, parent, key.Public(), signer)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(raw)
	if err != nil {
		t.Fatal(err)
	}
	return cert, key
}

func (a *authorityCert) server(t *testing.T, from, to time.Time, names ...string) tls.Certificate {
	t.Helper()
	template := &x509.Certificate{Subject: pkix.Name{CommonName: names[0]}, NotBefore: from, NotAfter: to}
	for _, name := range names {
		if ip := net.ParseIP(name); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
		} else {
			template.DNSNames = append(template.DNSNames, name)
		}
	}
	cert, key := certificate(t, a, template)
	return tls.Certificate{Certificate: [][]byte{cert.Raw}, PrivateKey: key}
}

// client is certificate and key, in PEM.
func (a *authorityCert) client(t *testing.T, name string, until time.Time) (cert, key []byte) {
	t.Helper()
	c, k := certificate(t, a, &x509.Certificate{
		Subject: pkix.Name{CommonName: name}, NotBefore: year(1990), NotAfter: until,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	})
	raw, err := x509.MarshalPKCS8PrivateKey(k)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: raw})
}

// fake is a cluster that speaks the few endpoints the fleet asks.
type fake struct {
	*host

	name string
	ca   *authorityCert
	http *http.Server

	mu       sync.Mutex
	version  string
	user     string
	groups   []string            // API groups, "group/version"
	kinds    map[string][]string // further kinds by group
	stale    []string            // of groups: whose own API server is down
	managers string              // TVM list's items, JSON
	node     string              // node list's items, JSON
	rights   []string            // "verb resource" everywhere
	granted  map[string][]string // the same in one namespace
	asked    []string            // "verb resource" that an access review allows
	unsure   bool                // an authorizer can't list its rules
	lists    map[string]string   // "projects" or "admin": items or text, JSON
	cert     *tls.Certificate
	shut     int      // what everything is refused with; 0: nothing is
	tokens   []string // that are accepted; empty: any
	answers  map[string]http.HandlerFunc
	requests []string
	conns    map[string]bool
}

const baseGroups = "authentication.k8s.io/v1 authorization.k8s.io/v1 apps/v1"

func newFake(t *testing.T, n *fakeNet, ca *authorityCert, name string, certs ...tls.Certificate) *fake {
	t.Helper()
	f := &fake{
		host: n.listen(name + ":6443"), name: name, ca: ca,
		version: "v1.36.3", user: "ana", groups: strings.Fields(baseGroups), rights: []string{"* *"},
		granted: map[string][]string{}, lists: map[string]string{}, kinds: map[string][]string{},
		answers: map[string]http.HandlerFunc{}, conns: map[string]bool{},
	}
	if len(certs) == 0 {
		certs = []tls.Certificate{ca.server(t, year(1999), year(2089), name)}
	}
	f.certificate(certs[0])
	f.http = &http.Server{
		Handler: f, TLSConfig: &tls.Config{GetCertificate: f.shown, MinVersion: tls.VersionTLS12, ClientAuth: tls.RequestClientCert},
		ErrorLog: log.New(io.Discard, "", 0), ReadHeaderTimeout: time.Minute,
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = f.http.ServeTLS(f.host, "", "")
	}()
	t.Cleanup(func() {
		_ = f.http.Close()
		<-done
	})
	return f
}

// certificate is what it shows from now on.
func (f *fake) certificate(c tls.Certificate) {
	f.set(func(f *fake) { f.cert = &c })
}

func (f *fake) shown(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.cert, nil
}

func (f *fake) set(change func(*fake)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change(f)
}

// answer puts h in the place of what "METHOD /path" does; nil takes it away.
func (f *fake) answer(request string, h http.HandlerFunc) {
	f.set(func(f *fake) { f.answers[request] = h })
}

func (f *fake) seen() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.requests)
}

func (f *fake) forget() {
	f.set(func(f *fake) { f.requests = nil })
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	key := r.Method + " " + r.URL.Path
	f.mu.Lock()
	f.requests = append(f.requests, key)
	answer, shut := f.answers[key], f.shut
	allowed := len(f.tokens) == 0 || slices.Contains(f.tokens, strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "))
	f.mu.Unlock()
	switch {
	case shut != 0:
		refuse(shut, "nobody gets in")(w, r)
	case !allowed:
		refuse(http.StatusUnauthorized, "Unauthorized")(w, r)
	case answer != nil:
		answer(w, r)
	default:
		f.honest(w, r)
	}
}

func (f *fake) honest(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch r.URL.Path {
	case "/version":
		reply(w, map[string]string{"gitVersion": f.version})
	case "/apis":
		f.discovery(w, r, f.groups)
	case "/api":
		f.discovery(w, r, []string{"/v1"})
	case "/apis/authentication.k8s.io/v1/selfsubjectreviews":
		reply(w, map[string]any{"status": map[string]any{"userInfo": map[string]any{"username": f.user, "groups": []string{"system:authenticated"}}}})
	case "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews":
		var review struct {
			Spec struct {
				ResourceAttributes struct{ Verb, Resource string }
			}
		}
		_ = json.NewDecoder(r.Body).Decode(&review)
		asked := review.Spec.ResourceAttributes
		reply(w, map[string]any{"status": map[string]any{"allowed": slices.Contains(f.asked, asked.Verb+" "+asked.Resource)}})
	case "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews":
		f.review(w, r)
	case "/apis/project.openshift.io/v1/projects":
		_, _ = fmt.Fprintf(w, `{"items":[%s]}`, f.lists["projects"])
	case "/api/v1/namespaces/binnacle/configmaps/binnacle-namespaces":
		if f.lists["admin"] == "" {
			refuse(http.StatusForbidden, "no")(w, r)
			return
		}
		_, _ = fmt.Fprintf(w, `{"data":{"namespaces":%s}}`, f.lists["admin"])
	case "/apis/triliovault.trilio.io/v1/triliovaultmanagers":
		_, _ = fmt.Fprintf(w, `{"items":[%s]}`, f.managers)
	case "/api/v1/nodes":
		_, _ = fmt.Fprintf(w, `{"items":[%s]}`, f.node)
	default:
		refuse(http.StatusNotFound, "the server could not find the requested resource")(w, r)
	}
}

// review answers a SelfSubjectRulesReview. A right is "verb resource" or "verb resource group", then "/name" for one object.
func (f *fake) review(w http.ResponseWriter, r *http.Request) {
	var review struct{ Spec struct{ Namespace string } }
	_ = json.NewDecoder(r.Body).Decode(&review)
	rules := []any{}
	for _, right := range append(slices.Clone(f.rights), f.granted[review.Spec.Namespace]...) {
		right, name, one := strings.Cut(right, "/")
		fields := append(strings.Fields(right), "")
		rule := map[string]any{"verbs": fields[:1], "resources": fields[1:2], "apiGroups": fields[2:3]}
		if right == "* *" {
			rule["apiGroups"] = []string{"*"}
		}
		if one {
			rule["resourceNames"] = []string{name}
		}
		rules = append(rules, rule)
	}
	reply(w, map[string]any{"status": map[string]any{"resourceRules": rules, "incomplete": f.unsure}})
}

// discovery answers like an API server since 1.26. A group of kinds that a test put there has those alone.
func (f *fake) discovery(w http.ResponseWriter, r *http.Request, groups []string) {
	items := []any{}
	for _, gv := range groups {
		group, version, _ := strings.Cut(gv, "/")
		kinds := f.kinds[group]
		switch group {
		case "":
			kinds = append([]string{"Pod", "Secret", "Node"}, kinds...)
		case t4kGroup:
			kinds = append(kinds, "TrilioVaultManager")
		case projectGroup:
			kinds = append(kinds, "Project")
		}
		resources := []any{}
		for _, kind := range kinds {
			resources = append(resources, map[string]any{
				"resource": strings.ToLower(kind) + "s", "responseKind": map[string]string{"group": group, "version": version, "kind": kind},
				"scope": "Namespaced", "verbs": []string{"get", "list", "watch"},
			})
		}
		v := map[string]any{"version": version, "freshness": "Current", "resources": resources}
		if slices.Contains(f.stale, gv) {
			v["freshness"], v["resources"] = "Stale", nil
		}
		items = append(items, map[string]any{"metadata": map[string]string{"name": group}, "versions": []any{v}})
	}
	body, _ := json.Marshal(map[string]any{"kind": "APIGroupDiscoveryList", "items": items})
	tag := fmt.Sprintf("\"%x\"", sha256.Sum256(body))
	w.Header().Set("ETag", tag)
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(body)
}

func reply(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}

// linger waits, but not for a client that is gone.
func linger(r *http.Request, d time.Duration) {
	select {
	case <-time.After(d):
	case <-r.Context().Done():
	}
}

// refuse answers as an API server does.
func refuse(code int, message string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(code)
		_ = json.NewEncoder(w).Encode(map[string]any{
			"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": code, "message": message,
			"reason": strings.ReplaceAll(http.StatusText(code), " ", ""),
		})
	}
}

// file is a kubeconfig for the cluster. extra are lines of the user; without any it has the token "t0ken".
func (f *fake) file(extra ...string) string {
	if len(extra) == 0 {
		extra = []string{"token: t0ken"}
	}
	return file("https://"+f.name+":6443", []string{"certificate-authority-data: " + base64.StdEncoding.EncodeToString(f.ca.pem())}, extra)
}

func file(server string, cluster, user []string) string {
	var b bytes.Buffer
	b.WriteString("apiVersion: v1\nkind: Config\ncurrent-context: c\ncontexts:\n- {name: c, context: {cluster: k, user: u}}\n")
	fmt.Fprintf(&b, "clusters:\n- name: k\n  cluster:\n    server: %s\n", server)
	for _, line := range cluster {
		b.WriteString("    " + line + "\n")
	}
	b.WriteString("users:\n- name: u\n  user:\n")
	for _, line := range user {
		b.WriteString("    " + line + "\n")
	}
	return b.String()
}

// credential parses a kubeconfig of one context.
func credential(t *testing.T, text string) kubeconfig.Credential {
	t.Helper()
	f, err := kubeconfig.Parse([]byte(text), "test")
	if err != nil {
		t.Fatal(err)
	}
	c, err := f.Contexts[0].Credential(nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
