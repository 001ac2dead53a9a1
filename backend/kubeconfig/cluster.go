package kubeconfig

import (
	"encoding/json"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/binnacle-dev/binnacle/backend/secret"
)

// execExtension is the one extension with a meaning: client-go hands it to exec plugins that ask for the cluster.
const execExtension = "client.authentication.k8s.io/exec"

type cluster struct {
	entry
	clusterSpec
	clusterFacts
}

// clusterSpec is what the file says.
type clusterSpec struct {
	server        secret.Value // may hold a password
	proxy         secret.Value // likewise
	tlsName       string
	caFile        string
	ca            secret.Value // may hold a key by mistake
	insecure      bool
	noCompression bool
	extension     json.RawMessage
}

// clusterFacts is what follows from it.
type clusterFacts struct {
	endpoint Endpoint
	caPEM    []byte // certificates and nothing else
	plain    bool   // http
	flags    []Flag
	problems []string
}

func (d *document) cluster(e entry, body *yaml.Node) *cluster {
	c := &cluster{entry: e}
	for _, p := range c.fields(body) {
		switch p.key {
		case "server":
			c.server = c.secret(p)
		case "tls-server-name":
			c.tlsName = c.text(p)
		case "insecure-skip-tls-verify":
			c.insecure = c.truth(p)
		case "certificate-authority":
			c.caFile = c.text(p)
		case "certificate-authority-data":
			c.ca = c.data(p)
		case "proxy-url":
			c.proxy = c.secret(p)
		case "disable-compression":
			c.noCompression = c.truth(p)
		case "extensions":
			c.extension = c.execExtension(p)
		default:
			d.unknown(p, c.what)
		}
	}
	c.clusterFacts = judgeCluster(&c.entry, c.clusterSpec, d.now)
	return c
}

func (e *entry) execExtension(list pair) json.RawMessage {
	for _, item := range deref(list.value).Content {
		var name string
		var body *yaml.Node
		for _, p := range pairs(item) {
			switch p.key {
			case "name":
				name = deref(p.value).Value
			case "extension":
				body = p.value
			}
		}
		if name != execExtension || body == nil {
			continue
		}
		if raw, err := jsonOf(body); err == nil {
			return raw
		}
	}
	return nil
}

func judgeCluster(e *entry, s clusterSpec, now time.Time) clusterFacts {
	f := clusterFacts{problems: append([]string(nil), e.wrong...)}
	bad := func(field, format string, args ...any) {
		f.problems = append(f.problems, e.says(field, format, args...))
	}
	server, plain, err := NormalServer(string(s.server.Reveal()))
	if err != nil {
		bad("server", "server %v", err)
	}
	f.endpoint.Server, f.plain = server, plain
	if !s.proxy.Empty() {
		if proxy, err := parseProxy(s.proxy); err != nil {
			bad("proxy-url", "proxy-url %v", err)
		} else {
			f.flag(FlagProxy, SeverityWarning, "Goes through a proxy", "All requests go through "+shownURL(proxy)+".")
		}
	}
	if plain {
		f.flag(FlagHTTP, SeverityDanger, "No encryption", "The server is reached over plain http: anyone on the way can read and change everything.")
		return f
	}
	if s.tlsName != "" {
		name, err := normalHost(s.tlsName)
		if err != nil {
			bad("tls-server-name", "tls-server-name %v", err)
		}
		f.endpoint.TLSName = name
	}
	f.trust(e, s, now)
	return f
}

func (f *clusterFacts) flag(kind FlagKind, severity Severity, title, detail string) {
	f.flags = append(f.flags, Flag{kind, severity, title, detail})
}

// trust judges how the server is to be recognised.
func (f *clusterFacts) trust(e *entry, s clusterSpec, now time.Time) {
	bad := func(field, format string, args ...any) {
		f.problems = append(f.problems, e.says(field, format, args...))
	}
	switch {
	case s.insecure && (!s.ca.Empty() || s.caFile != ""):
		bad("insecure-skip-tls-verify", "insecure-skip-tls-verify and a certificate authority are both set; keep one (kubectl refuses both)")
	case s.insecure:
		f.endpoint.CA = CAInsecure
		f.flag(FlagInsecure, SeverityDanger, "Server is not verified", "insecure-skip-tls-verify is set: anyone between here and the server can take the credential and pose as the cluster.")
	case !s.ca.Empty():
		if s.caFile != "" {
			f.flag(FlagIgnored, SeverityInfo, "File not used", "certificate-authority "+quoted(s.caFile)+" is not read: certificate-authority-data is there, too.")
		}
		bundle, err := parseCertificates(s.ca)
		if err != nil {
			bad("certificate-authority-data", "%s %v", e.label("certificate-authority", s.caFile), err)
			return
		}
		f.caPEM, f.endpoint.CA = bundle.pem, bundle.fingerprint()
		f.flags = append(f.flags, bundle.caFlags(now)...)
	case s.caFile != "":
		f.endpoint.CA = CAFile
		path, err := e.resolve(s.caFile)
		if err != nil {
			bad("certificate-authority", "certificate-authority %v", err)
			return
		}
		f.flag(FlagFile, SeverityWarning, "Reads a file", "certificate-authority is read from "+quoted(path)+" once, at the import.")
	default:
		f.flag(FlagNoCA, SeverityInfo, "System certificates", "The file names no certificate authority: any that this computer trusts can vouch for the server.")
	}
}
