package kubeconfig

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/binnacle-dev/binnacle/backend/secret"
)

// Credential is one context that stands alone: nothing in it refers to a file, and nothing of other contexts is left.
// All that it prints by itself is [redacted].
type Credential struct {
	facts     facts
	canonical secret.Value // see canonical.go
	public    string
	parts     parts
}

// facts are what a credential shows.
type facts struct {
	name, namespace, identity string
	endpoint                  Endpoint
	auth                      Auth
	groups                    []string
	expires                   time.Time
}

// parts are what canonical form and client are made of. The specs have every file inlined.
type parts struct {
	cluster clusterSpec
	user    userSpec
	caPEM   []byte
	certPEM []byte
	keyPEM  secret.Value
	plain   bool
	signIn  *SignIn // of AuthSignIn
}

// Credential reads the files that the context refers to, each once, and inlines them. read is ReadFile or a test's own; it is given
// absolute paths if Parse was given one. The error names the context and the field.
func (c Context) Credential(read func(path string) ([]byte, error)) (Credential, error) {
	if c.Problem != "" || c.cluster == nil || c.user == nil {
		return Credential{}, fmt.Errorf("%s: context %q can't be used: %s", c.Source, c.Name, c.Problem)
	}
	in := inliner{read: read, files: map[string][]byte{}}
	cl, err := in.cluster(&c.cluster.entry, c.cluster.clusterSpec, c.plain())
	if err != nil {
		return Credential{}, fmt.Errorf("%s: context %q: %w", c.Source, c.Name, err)
	}
	us := userSpec{as: c.user.as}
	if !c.plain() {
		if us, err = in.user(&c.user.entry, c.user.userSpec); err != nil {
			return Credential{}, fmt.Errorf("%s: context %q: %w", c.Source, c.Name, err)
		}
	}
	// What came from files is judged like what stood in the kubeconfig.
	cf, uf := judgeCluster(&c.cluster.entry, cl, c.now), judgeUser(c.user.settled(), us, c.now)
	if problems := append(cf.problems, uf.problems...); len(problems) > 0 {
		return Credential{}, fmt.Errorf("%s: context %q: %s", c.Source, c.Name, strings.Join(problems, "; "))
	}
	if us.exec != nil { // the folder that a relative command begins at is known here only
		exec := *us.exec
		exec.command = c.user.commandPath(exec.command)
		us.exec = &exec
	}
	cred := Credential{
		facts: facts{c.Name, c.Namespace, uf.identity, cf.endpoint, uf.auth, uf.groups, uf.expires},
		parts: parts{cl, us, cf.caPEM, uf.certPEM, uf.keyPEM, cf.plain, uf.signIn},
	}
	if err := cred.write(c); err != nil {
		return Credential{}, fmt.Errorf("%s: context %q: %w", c.Source, c.Name, err)
	}
	return cred, nil
}

// FromVault reads what Kubeconfig gave. Flags and expiry are judged anew.
func FromVault(v secret.Value) (Credential, error) {
	f, err := Parse(v.Reveal(), "vault")
	if err != nil {
		return Credential{}, err
	}
	if len(f.Contexts) != 1 {
		return Credential{}, errors.New("vault: a stored credential has exactly one context; import the kubeconfig again")
	}
	return f.Contexts[0].Credential(nil)
}

// Name is the context's.
func (c Credential) Name() string { return c.facts.name }

// Namespace is the context's default one, or "".
func (c Credential) Namespace() string { return c.facts.namespace }

// Endpoint is the only place where the credential may be sent.
func (c Credential) Endpoint() Endpoint { return c.facts.endpoint }

// Auth is never AuthTokenFile.
func (c Credential) Auth() Auth { return c.facts.auth }

// Identity comes from the certificate or token; nobody has confirmed it.
func (c Credential) Identity() string { return c.facts.identity }

// Groups come from there, too.
func (c Credential) Groups() []string { return slices.Clone(c.facts.groups) }

// Expires is the earlier of certificate and token; zero when unknown.
func (c Credential) Expires() time.Time { return c.facts.expires }

// Kubeconfig is the form for the vault: a kubeconfig in JSON, always the same bytes for the same credential.
func (c Credential) Kubeconfig() secret.Value { return c.canonical }

// Public is the same kubeconfig in YAML without its secrets, for "copy kubeconfig".
func (c Credential) Public() string { return c.public }

// String keeps a credential out of logs even where its shape would be printed.
func (c Credential) String() string { return "credential for " + c.facts.endpoint.Server }

// inliner reads each file once: a certificate and its key often share one.
type inliner struct {
	read  func(path string) ([]byte, error)
	files map[string][]byte
}

func (in inliner) file(e *entry, field, path string) (secret.Value, error) {
	resolved, err := e.resolve(path)
	if err != nil {
		return secret.Value{}, fmt.Errorf("%s: %s %w", e.what, field, err)
	}
	return in.resolved(e, field, resolved)
}

func (in inliner) resolved(e *entry, field, path string) (_ secret.Value, err error) {
	b, have := in.files[path]
	if !have {
		if in.read == nil {
			return secret.Value{}, fmt.Errorf("%s: %s is a file, and none may be read here", e.what, field)
		}
		if b, err = in.read(path); err != nil {
			return secret.Value{}, fmt.Errorf("%s: %s: %w", e.what, field, err)
		}
		in.files[path] = b
	}
	if len(strings.TrimSpace(string(b))) == 0 {
		return secret.Value{}, fmt.Errorf("%s: %s: %s is empty", e.what, field, quoted(path))
	}
	return secret.New(b), nil
}

func (in inliner) cluster(e *entry, s clusterSpec, plain bool) (clusterSpec, error) {
	var err error
	if s.caFile != "" && s.ca.Empty() && !plain {
		s.ca, err = in.file(e, "certificate-authority", s.caFile)
	}
	return s, err
}

func (in inliner) user(e *entry, s userSpec) (userSpec, error) {
	var err error
	withCert := s.certFile != "" || !s.cert.Empty()
	if s.certFile != "" && s.cert.Empty() {
		if s.cert, err = in.file(e, "client-certificate", s.certFile); err != nil {
			return s, err
		}
	}
	if s.keyFile != "" && s.key.Empty() && withCert {
		if s.key, err = in.file(e, "client-key", s.keyFile); err != nil {
			return s, err
		}
	}
	if s.tokenFile != "" {
		token, err := in.file(e, "tokenFile", s.tokenFile)
		if err != nil && s.token.Empty() { // client-go, too, falls back to the token beside it
			return s, err
		} else if err == nil {
			s.token = token
		}
	}
	s.tokenFile = "" // the other names stay, for messages: data beside them counts
	return s, nil
}
