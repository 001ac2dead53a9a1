package bridge

// Import is what was found in kubeconfigs before anything is kept: parsing reads no other file, builds no client and runs nothing.
// It lives in memory under its ticket for 15 minutes.
type Import struct {
	Seq        int64       `json:"seq"`
	Ticket     string      `json:"ticket"`
	Sources    []Source    `json:"sources"`
	Candidates []Candidate `json:"candidates"`
	Testing    bool        `json:"testing"`
}

// Source is one file, paste or folder entry, with what is wrong with it.
type Source struct {
	Name    string   `json:"name"` // a file's base name, or "pasted text"
	Folder  string   `json:"folder"`
	Problem string   `json:"problem"` // "" when it could be read; names the line where it can
	Notes   []string `json:"notes"`   // lesser things: a context that names a missing user, a duplicate name
}

// Candidate is one context, with its verdict.
type Candidate struct {
	Index     int    `json:"index"` // its number within the import
	Source    string `json:"source"`
	Context   string `json:"context"`
	Cluster   string `json:"cluster"`
	User      string `json:"user"`
	Namespace string `json:"namespace"`
	Current   bool   `json:"current"` // the file's current-context
	Name      string `json:"name"`    // proposed for the member

	Server    string `json:"server"`
	TLSName   string `json:"tlsName"`
	CA        string `json:"ca"`       // SHA-256 of the CA, "" is the system's
	AuthKind  string `json:"authKind"` // client certificate, token, basic, exec, oidc, none...
	Identity  string `json:"identity"` // from the certificate or token, not confirmed
	ExpiresAt int64  `json:"expiresAt"`

	// Native is what would sign in instead of the program or auth-provider that the kubeconfig names, "" when nothing would.
	Native string `json:"native"`
	// Converted says that the person chose that.
	Converted bool   `json:"converted"`
	SignIn    string `json:"signIn"` // the key of the session that it uses, "" is none
	Given     bool   `json:"given"`  // the person gave that session to its server: without that it gets no token

	Flags   []Flag `json:"flags"`
	Problem string `json:"problem"` // why it can't be imported, "" when it can
	// MemberID and MemberName name the member that has the same server and user already, or are "".
	MemberID   string  `json:"memberID"`
	MemberName string  `json:"memberName"`
	NameTaken  bool    `json:"nameTaken"` // another member has the proposed name
	Checks     []Check `json:"checks"`    // of the test, in order; empty before it
	Tested     bool    `json:"tested"`    // the test has ended
	Passed     bool    `json:"passed"`
}

// Flag is one thing that a person should know before importing.
type Flag struct {
	Kind     string `json:"kind"`     // exec, file, insecure, http, proxy, impersonate, authProvider, expired, noCA...
	Severity string `json:"severity"` // info, warning, danger
	Title    string `json:"title"`
	Detail   string `json:"detail"`
}

// Check is one step of the test of a candidate.
type Check struct {
	ID     string `json:"id"` // reach, tls, whoami, rights, version, t4k
	Title  string `json:"title"`
	State  string `json:"state"`  // running, ok, warning, failed, skipped
	Detail string `json:"detail"` // what was found, or what went wrong and what to do
	MS     int64  `json:"ms"`
}

// Pick is one candidate that the person wants as a member.
type Pick struct {
	Index  int               `json:"index"`
	Name   string            `json:"name"`
	Color  string            `json:"color"`
	Group  string            `json:"group"`
	Labels map[string]string `json:"labels"`
}

// LogInRequest makes a candidate the primary; Others become members once the view is there.
type LogInRequest struct {
	Ticket  string `json:"ticket"`
	Primary Pick   `json:"primary"`
	Others  []Pick `json:"others"`
	// Offline begins a view on this machine though the primary doesn't answer; it is saved there when it does.
	Offline bool `json:"offline"`
}

// AddRequest adds candidates to the current view.
type AddRequest struct {
	Ticket string `json:"ticket"`
	Picks  []Pick `json:"picks"`
}

// SealRequest chooses how the view lies on the primary. It comes as a POST body, never as a bound method's argument, for the passphrases in it.
type SealRequest struct {
	Action     string `json:"action"` // choose, unlock, passphrase, mode, carry
	Mode       Mode   `json:"mode"`
	Passphrase string `json:"passphrase"`
	Old        string `json:"old"`
	Carry      bool   `json:"carry"`
}

// KubeconfigForm is what "copy kubeconfig" puts on the clipboard; a closed set.
type KubeconfigForm string

// The forms.
const (
	KubeconfigPublic  KubeconfigForm = "public"  // without secrets
	KubeconfigSecrets KubeconfigForm = "secrets" // with all of them
	KubeconfigProgram KubeconfigForm = "program" // calls this program for a credential at each use
)
