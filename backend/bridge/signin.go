package bridge

// Subject is what a sign-in or a program is for: a member, or a candidate of an import.
type Subject struct {
	MemberID string `json:"memberID"` // or "", and then
	Ticket   string `json:"ticket"`
	Index    int    `json:"index"`
}

// SignInState is a closed set.
type SignInState string

// The states of a sign-in.
const (
	SignInNeeded     SignInState = "needed"     // the person must sign in
	SignInStarting   SignInState = "starting"   // the identity provider is asked
	SignInBrowser    SignInState = "browser"    // the system's browser is open: Go waits for its answer
	SignInDevice     SignInState = "device"     // the person types Code in on another device
	SignInOK         SignInState = "ok"         // signed in
	SignInRefreshing SignInState = "refreshing" // still signed in; a new token is on its way
	SignInFailed     SignInState = "failed"     // Why says what happened; the person can try again
)

// SignIn is one session with an identity provider. All members that use the same provider in the same way share it.
type SignIn struct {
	Key       string      `json:"key"`
	Issuer    string      `json:"issuer"`
	Title     string      `json:"title"`     // the provider for people: a host, or OpenShift of a cluster
	Connector string      `json:"connector"` // Dex' connector, "" lets the person choose there
	State     SignInState `json:"state"`
	Why       string      `json:"why"`
	Who       string      `json:"who"`       // as whom, once signed in
	ExpiresAt int64       `json:"expiresAt"` // of the token in use; it is renewed before
	Members   []string    `json:"members"`   // names of the members that wait for it or use it
	MemberIDs []string    `json:"memberIDs"`
	URL       string      `json:"url"`     // while the browser is open: to be copied into another one
	Code      *DeviceCode `json:"code"`    // in SignInDevice, else null
	Device    bool        `json:"device"`  // the provider offers a device code
	Browser   bool        `json:"browser"` // the provider offers the browser
	Plain     bool        `json:"plain"`   // the provider is reached by plain http
}

// DeviceCode is what the person types in on another device.
type DeviceCode struct {
	Code        string `json:"code"`
	URL         string `json:"url"`
	CompleteURL string `json:"completeURL"` // with the code in it, for a QR code or a click; "" when not given
	ExpiresAt   int64  `json:"expiresAt"`
}

// SignInChoice is how the person wants to sign in.
type SignInChoice struct {
	Device bool `json:"device"` // by a code on another device, instead of the browser here
}

// Program is an exec plugin that a credential wants run, with what the person has to know before allowing it.
type Program struct {
	Subject     Subject  `json:"subject"`
	Name        string   `json:"name"`    // the member's or the context's
	ID          string   `json:"id"`      // of all that is shown here: what is allowed is exactly that
	Command     string   `json:"command"` // as the kubeconfig names it
	Path        string   `json:"path"`    // what would run; "" when it was not found
	Target      string   `json:"target"`  // where Path leads, when it is a link
	Hash        string   `json:"hash"`    // SHA-256 of the file
	Script      string   `json:"script"`  // what the file is run by, when it is a script; "" when not
	Server      string   `json:"server"`  // that gets the answer
	Args        []string `json:"args"`    // what looks like a secret is kept back
	EnvNames    []string `json:"envNames"`
	Warnings    []string `json:"warnings"` // writable by others, a script...
	Changed     []string `json:"changed"`  // since it was allowed last; empty: it never was
	Searched    []string `json:"searched"` // the folders, when it was not found
	InstallHint string   `json:"installHint"`
	Allowed     bool     `json:"allowed"`
	Interactive bool     `json:"interactive"` // it wants to talk to the person: it runs only when they say so
	Running     bool     `json:"running"`
	Output      []string `json:"output"`  // what it said in this run, last lines
	Problem     string   `json:"problem"` // of the last run
}

// ProgramAnswer is a line for a program that talks with the person. It comes as a request body: it may be a password.
type ProgramAnswer struct {
	Subject Subject `json:"subject"`
	Line    string  `json:"line"`
}

// AllowedProgram is one that may run, for the settings.
type AllowedProgram struct {
	ID        string `json:"id"`
	Path      string `json:"path"`
	Hash      string `json:"hash"`
	Server    string `json:"server"`
	AllowedAt int64  `json:"allowedAt"`
}

// Access is how much of a member the person can see.
type Access struct {
	All        bool      `json:"all"`        // every namespace can be listed
	Namespaces []string  `json:"namespaces"` // else those known to be usable
	Missing    []Missing `json:"missing"`
}

// Missing is one thing that the person can't see, and what would change that.
type Missing struct {
	What string `json:"what"`
	Why  string `json:"why"`
	Rule string `json:"rule"` // YAML that an administrator would have to apply
}
