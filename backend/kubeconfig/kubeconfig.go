// Package kubeconfig is the firewall in front of the vault: it turns the bytes of a kubeconfig into contexts with a
// verdict on each, and a chosen context into a credential that stands alone.
//
// # Rules
//
// Parse, Merge and all that hangs on them are pure: they open no file, run no program, build no client and read no
// environment. The one function that touches the disk is ReadFile, which the caller hands to [Context.Credential].
//
// A kubeconfig is hostile text. Everything in an exported field, a note, a flag or an error is safe to show: control,
// bidirectional and invisible characters are spelled out (see Clean), long text is cut, and no token, password, key,
// setting of a strange auth-provider or environment value is ever in it (a sign-in's issuer and client are named: they are no secrets). Secrets lie in
// secret.Value alone.
//
// What a file means follows kubectl, with three differences, each for safety: a key that is there twice is refused
// instead of the last one winning silently; a server without a scheme is refused instead of sent over plain http; and over plain http no
// credential is kept at all (kubectl holds it back, too).
//
// # Endpoints
//
// An Endpoint is compared, so it has one spelling: scheme://host[:port][/path]. Scheme and host are lower case, an IP
// address has its shortest form (IPv6 in brackets), the scheme's own port (443, 80) is left out, the path keeps its case and loses trailing
// slashes. User names, queries and fragments in a server are refused.
//
// Values are immutable once made and safe for concurrent use.
package kubeconfig

import "time"

// Limits. A kubeconfig of 300 contexts with inlined certificates has about 2 MiB and 6,000 parts.
const (
	MaxSize  = 8 << 20 // bytes of a file; larger input is refused unparsed
	maxParts = 250_000 // YAML parts: bounds what the parser may allocate for MaxSize bytes
	maxDepth = 32      // nested maps and lists; a kubeconfig has 6
	maxAlias = 4 << 20 // bytes that all YAML aliases together may stand for
	maxNotes = 50
)

// What Endpoint.CA says when it is neither "" (the system's certificate authorities) nor a fingerprint.
const (
	CAInsecure = "insecure" // the server's certificate is not checked
	CAFile     = "file"     // a file that was not read yet; only in a Context, never in a Credential
)

// File is what was found in one kubeconfig, or in several after Merge.
type File struct {
	Source   string
	Contexts []Context
	Notes    []string // lesser things, each with its line: unknown fields, clashes

	doc *document
}

// Context is one candidate for a member. Its exported fields are safe to show.
type Context struct {
	Source, Name, Cluster, User string
	Namespace                   string // "" when the file has none or an impossible one
	Current                     bool   // the file's current-context

	Endpoint Endpoint
	Auth     Auth
	Identity string    // from the certificate or token, confirmed by nobody; "" when unknown
	Groups   []string  // likewise
	Expires  time.Time // the earlier of certificate and token; zero when unknown
	Flags    []Flag    // worst first
	Problem  string    // why it can't be used, with line and field; "" when it can

	context *contextEntry
	cluster *cluster
	user    *user
	now     time.Time
}

// Endpoint is where a credential may be sent: nowhere else.
type Endpoint struct {
	Server  string // normalised, see the package comment
	CA      string // hex SHA-256 over the DER of the CA certificates, sorted; or "", CAInsecure, CAFile
	TLSName string // the name in the server's certificate, where it is not the host's; lower case
}

// Auth is how a context proves who it is. Where a user has several, the first of this order counts, as for the API server and client-go.
type Auth string

// The kinds of Auth. A client certificate goes together with a token or password; the server looks at the certificate first.
const (
	AuthClientCertificate Auth = "clientCertificate"
	AuthTokenFile         Auth = "tokenFile" // a Credential has it as AuthToken
	AuthToken             Auth = "token"
	AuthBasic             Auth = "basic"
	AuthExec              Auth = "exec"
	AuthProvider          Auth = "authProvider"
	AuthSignIn            Auth = "signIn" // the person signs in, see SignIn
	AuthNone              Auth = "none"
)

// Flag is one thing that a person should know before importing.
type Flag struct {
	Kind          FlagKind
	Severity      Severity
	Title, Detail string
}

// FlagKind is a closed set.
type FlagKind string

// The kinds of Flag.
const (
	FlagExec         FlagKind = "exec"
	FlagFile         FlagKind = "file"
	FlagInsecure     FlagKind = "insecure"
	FlagHTTP         FlagKind = "http"
	FlagProxy        FlagKind = "proxy"
	FlagImpersonate  FlagKind = "impersonate"
	FlagAuthProvider FlagKind = "authProvider"
	FlagSignIn       FlagKind = "signIn"
	FlagConvertible  FlagKind = "convertible" // Context.SignInCredential puts a sign-in in the place of exec or auth-provider
	FlagExpired      FlagKind = "expired"
	FlagExpiring     FlagKind = "expiring"
	FlagNotYet       FlagKind = "notYet" // valid from a time to come: often this machine's clock is wrong
	FlagNoCA         FlagKind = "noCA"   // no CA in the file: the system's are trusted
	FlagNotCA        FlagKind = "notCA"  // the CA is a certificate that may not sign others
	FlagBasic        FlagKind = "basic"
	FlagDuplicate    FlagKind = "duplicate" // another context in the file has the same name
	FlagIgnored      FlagKind = "ignored"   // something in the file has no effect
)

// Severity is a closed set.
type Severity string

// The severities.
const (
	SeverityInfo    Severity = "info"
	SeverityWarning Severity = "warning"
	SeverityDanger  Severity = "danger"
)
