// Package lookup finds out what is at an address that a person typed: a cluster's API server, T4K's console or something else, how its
// certificate is to be trusted, and which ways to sign in there are.
//
// # Rules
//
// Nothing is sent that proves who asks: there are no credentials here. At most 8 requests are made, to the typed host alone; where a server
// sends us elsewhere is shown, not followed. No certificate is refused while looking, since looking at it is the purpose: every doubt about it is in
// Found.TLS, and what came over such a connection is a hint for the person and trusted by nobody. Whoever uses the address afterwards
// must give the chosen Pin to the credential, which then verifies as always.
//
// All that comes back is hostile text: cleaned, cut, fit to be shown.
//
// # Trusting a server whose CA nobody knows
//
// The Pin is the certificate that issued the server's own, if the server sends it: it stays good when the server's certificate is renewed.
// Kubernetes' API servers mostly don't send it. Then the Pin is the server's certificate itself: that is narrower and safe, but must be
// confirmed anew after every renewal. Both go into a credential as its certificate-authority; crypto/x509 takes a leaf among the roots as trusted when
// the server shows that very certificate, and still checks its names, dates and usage. The CA that a kubeadm cluster tells of in its public
// cluster-info is shown beside it, to be compared with what the cluster's administrator says, and is never chosen by the program.
//
// Look is safe for concurrent use and leaves no goroutine or connection behind.
package lookup

import (
	"context"
	"crypto/x509"
	"net"
	"net/http"
	"net/url"
	"time"
)

// Limits of one Look.
const (
	maxRequests  = 8
	maxRedirects = 3
	maxBody      = 64 << 10
	maxHeader    = 64 << 10
	askTimeout   = 5 * time.Second
	graceTimeout = time.Second // for better answers, once an API server has answered
)

// Options of a Look. The zero value is good.
type Options struct {
	CAPEM     []byte                                // trusted instead of the system's CAs: a Pin that was confirmed
	TLSName   string                                // the name expected in the certificate instead of the host's
	Proxy     func(*http.Request) (*url.URL, error) // nil: as the environment says
	UserAgent string
	Words     func(error) string // puts a network's error into words; nil shows it as it is

	// For tests: the system's CAs, its network and its clock.
	roots *x509.CertPool
	dial  func(ctx context.Context, network, address string) (net.Conn, error)
	now   func() time.Time
}

// Kind is what answers; a closed set.
type Kind string

// The kinds.
const (
	KindAPIServer Kind = "apiServer"
	KindConsole   Kind = "console" // T4K's
	KindIssuer    Kind = "issuer"  // an identity provider
	KindUnknown   Kind = "unknown"
)

// Found is what answers at an address. Every text in it is safe to show.
type Found struct {
	Kind      Kind
	Server    string // the address that answered, spelt as in a kubeconfig.Endpoint
	Plain     bool   // by plain http
	Version   string // the API server's gitVersion; "" when it tells nobody
	OpenShift bool   // the API server names an OpenShift OAuth server
	TLS       *TLS   // nil by plain http
	Cluster   *ClusterInfo
	Ways      []Way     // best first
	Elsewhere string    // where the server wanted to send us; not followed
	Suggested []string  // addresses to try instead: guesses, not contacted
	Says      []string  // sentences: what it is, what to know, what to do next
	Tried     []Attempt // in order of preference
}

// Attempt is one address that was tried.
type Attempt struct {
	URL string
	Why string // why nothing answered, in words; "" when something did
	Err error  // or nil
}

// Way is one way to sign in.
type Way struct {
	Kind   WayKind
	Issuer string // "" where the person must name it
	From   From
	Why    string // what to know of it; "" when nothing
}

// WayKind is a closed set.
type WayKind string

// The ways.
const (
	WayOpenShift  WayKind = "openshift"  // the cluster's own OAuth server
	WayOIDC       WayKind = "oidc"       // an issuer that the API server trusts
	WayDex        WayKind = "dex"        // the Dex of a T4K console
	WayToken      WayKind = "token"      // a token that the person has
	WayKubeconfig WayKind = "kubeconfig" // a kubeconfig that the person has
)

// From is who names a way; a closed set. What other members use is for the caller to add.
type From string

// The sources of ways.
const (
	FromServer From = "server"
	FromPerson From = "person"
)

// ClusterInfo is what a kubeadm cluster tells everybody: the ConfigMap kube-public/cluster-info.
type ClusterInfo struct {
	Server string       // its own address, or ""
	CA     *Certificate // nil: none that can be read
	CAPEM  []byte       // of CA
	Issued bool         // CA issued the certificate that the server shows
}
