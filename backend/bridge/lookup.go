package bridge

// LookupState is a closed set.
type LookupState string

// The states of a look-up.
const (
	LookupLooking LookupState = "looking"
	LookupFound   LookupState = "found"
	LookupFailed  LookupState = "failed"
)

// Lookup is what was found at an address that the person typed. Nothing is kept, and no credential was sent.
type Lookup struct {
	Seq     int64       `json:"seq"`
	Ticket  string      `json:"ticket"`
	Address string      `json:"address"` // as typed
	State   LookupState `json:"state"`
	Problem string      `json:"problem"` // what went wrong and what to do
	Steps   []Check     `json:"steps"`

	Server       string       `json:"server"`
	Plain        bool         `json:"plain"`       // http: anyone on the way can read
	Certificate  *Certificate `json:"certificate"` // the server's, when the system doesn't trust it; else null
	Version      string       `json:"version"`
	Distribution string       `json:"distribution"`
	Console      string       `json:"console"`   // what else is there, such as a T4K console; "" is nothing
	Suggested    []string     `json:"suggested"` // addresses to look at instead: guesses
	Notes        []string     `json:"notes"`
	Ways         []Way        `json:"ways"`
}

// Certificate is one that the system doesn't trust; the person can, for this member.
type Certificate struct {
	Fingerprint string `json:"fingerprint"` // SHA-256 of what would be trusted
	Subject     string `json:"subject"`
	Issuer      string `json:"issuer"`
	ExpiresAt   int64  `json:"expiresAt"`
	IsCA        bool   `json:"isCA"` // false: only this very certificate would be trusted, until it is renewed
	// Names are those that the certificate is for, when the address is none of them: one can be expected instead.
	Names   []string `json:"names"`
	Problem string   `json:"problem"` // in words
}

// WayKind is a closed set.
type WayKind string

// The ways in.
const (
	WayOIDC       WayKind = "oidc"
	WayOpenShift  WayKind = "openshift"
	WayToken      WayKind = "token"      // the person has a bearer token
	WayKubeconfig WayKind = "kubeconfig" // the person has a kubeconfig
)

// Way is one way to sign in to what was found.
type Way struct {
	ID         string      `json:"id"`
	Kind       WayKind     `json:"kind"`
	Title      string      `json:"title"`
	From       string      `json:"from"` // who says so: the server, the cluster prod, you
	Issuer     string      `json:"issuer"`
	ClientID   string      `json:"clientID"`
	Scopes     []string    `json:"scopes"`
	Dex        bool        `json:"dex"`
	Connectors []Connector `json:"connectors"` // Dex' choices, when it shows them
	Device     bool        `json:"device"`
	Warning    string      `json:"warning"` // such as: this issuer's tokens are usually not taken by the API server
	Problem    string      `json:"problem"` // the issuer can't be used
	// Certificate is the issuer's, when the system doesn't trust it; else null.
	Certificate *Certificate `json:"certificate"`
}

// Connector is one of Dex' choices.
type Connector struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// WayRequest makes an import with one candidate out of a way. It comes as a request body: there may be secrets in it.
type WayRequest struct {
	Way          string            `json:"way"`         // its id
	Trust        string            `json:"trust"`       // fingerprint of the server's certificate that the person trusts, "" is none
	TrustIssuer  string            `json:"trustIssuer"` // likewise the issuer's
	TLSName      string            `json:"tlsName"`     // the name to expect in the server's certificate, "" is the address'
	Name         string            `json:"name"`
	ClientID     string            `json:"clientID"`
	ClientSecret string            `json:"clientSecret"`
	Scopes       []string          `json:"scopes"`
	Params       map[string]string `json:"params"`
	Audience     string            `json:"audience"`
	Connector    string            `json:"connector"`
	NameClaim    string            `json:"nameClaim"`
	Redirects    []int             `json:"redirects"` // ports, for providers with exact redirect URIs
	RedirectHost string            `json:"redirectHost"`
	Device       bool              `json:"device"`
	Token        string            `json:"token"` // for WayToken
}

// IssuerRequest asks an issuer that the person typed, or one that is among the ways already, what it offers; it joins the look-up.
type IssuerRequest struct {
	Issuer   string `json:"issuer"`
	CA       string `json:"ca"`       // PEM, "" is the system's
	Trust    string `json:"trust"`    // fingerprint of the certificate that was shown and that the person trusts, "" is none
	ClientID string `json:"clientID"` // Dex shows its connectors to a client that it knows, mostly to no other; "" when not known yet
}
