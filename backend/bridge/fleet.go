package bridge

// Fleet is every member of the view, in the view's order.
type Fleet struct {
	Seq     int64    `json:"seq"`
	Members []Member `json:"members"`
	Layout  Layout   `json:"layout"`
}

// Layout is how the person wants the cluster table; it is part of the view and syncs with it.
type Layout struct {
	Columns []string `json:"columns"` // shown, in order; empty: the default ones
	Sort    string   `json:"sort"`    // a column's id, "" is the view's own order
	Desc    bool     `json:"desc"`
	GroupBy string   `json:"groupBy"` // "", "group", "state", "distribution" or "label:<key>"
}

// MemberState is a closed set (design: fleet); off is a member that the view has switched off.
type MemberState string

// The member states.
const (
	StateOff              MemberState = "off"
	StateConnecting       MemberState = "connecting"
	StateReady            MemberState = "ready"
	StateNeedsCredentials MemberState = "needsCredentials"
	StateNeedsLogin       MemberState = "needsLogin"
	StateDenied           MemberState = "denied"
	StateUnreachable      MemberState = "unreachable"
)

// Member is one row: what the view says of it and what is known of the cluster. Facts stay while it is unreachable; Seen says how old they are.
type Member struct {
	ID      string            `json:"id"`
	Name    string            `json:"name"`
	Color   string            `json:"color"` // "", or one of Colors
	Group   string            `json:"group"`
	Labels  map[string]string `json:"labels"`
	Primary bool              `json:"primary"`

	Server   string `json:"server"`
	TLSName  string `json:"tlsName"`
	CA       string `json:"ca"` // SHA-256 of the CA, "" is the system's
	AuthKind string `json:"authKind"`

	State   MemberState `json:"state"`
	Since   int64       `json:"since"`
	Cause   string      `json:"cause"`   // why, in words
	NextTry int64       `json:"nextTry"` // 0: none planned
	Action  string      `json:"action"`  // the one that helps: signIn, approve, run, replaceCredentials, retry; "" is none
	SignIn  string      `json:"signIn"`  // the key of the session that it uses, "" is none
	Seen    int64       `json:"seen"`    // when the facts below were last confirmed

	// Proposed is set when the synced view names another server or CA than the credential here was given for.
	Proposed *Proposed `json:"proposed"` // or null

	Distribution       string `json:"distribution"` // an id such as openshift, eks, kind; "" is unknown
	DistributionByHand bool   `json:"distributionByHand"`
	Region             string `json:"region"`
	Version            string `json:"version"`    // Kubernetes' gitVersion
	T4KState           string `json:"t4kState"`   // installed, notInstalled, notVisible, "" is unknown
	T4KVersion         string `json:"t4kVersion"` // "" when installed but not told
	Identity           string `json:"identity"`
	IdentityVerified   bool   `json:"identityVerified"`
	LatencyMS          int64  `json:"latencyMS"` // of the last /version; -1 is unknown
	ExpiresAt          int64  `json:"expiresAt"` // of the client certificate or token
	ServerCertExpires  int64  `json:"serverCertExpires"`

	Access Access `json:"access"`

	Guard         Guard `json:"guard"`
	UnlockedUntil int64 `json:"unlockedUntil"` // of a protected member; 0 is locked
}

// Proposed is what the synced view says where it differs from what the credential was given for.
type Proposed struct {
	Server  string `json:"server"`
	CA      string `json:"ca"`
	TLSName string `json:"tlsName"`
}

// Colors are the colours that a member can have.
var Colors = []string{"blue", "teal", "green", "orange", "purple", "red", "orangered", "grey", "yellow"} //nolint:gochecknoglobals // a constant list

// MemberEdit changes what the view says of a member; a nil field stays as it is.
type MemberEdit struct {
	ID           string             `json:"id"`
	Name         *string            `json:"name"`
	Color        *string            `json:"color"`
	Group        *string            `json:"group"`
	Labels       *map[string]string `json:"labels"`
	Distribution *string            `json:"distribution"` // "" goes back to what is detected
}
