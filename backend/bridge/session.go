package bridge

// Phase is where the person stands; a closed set.
type Phase string

// The phases.
const (
	PhaseWelcome    Phase = "welcome"    // nobody is logged in
	PhaseConnecting Phase = "connecting" // a login is under way (CancelLogin ends it)
	PhaseChoose     Phase = "choose"     // logged in, no view there yet: sealed or open list?
	PhaseLocked     Phase = "locked"     // a sealed view is there; this machine needs its passphrase
	PhaseReady      Phase = "ready"      // the view shows
)

// Session is who is logged in where, and how the view stands.
type Session struct {
	Seq       int64          `json:"seq"`
	Phase     Phase          `json:"phase"`
	LoginStep string         `json:"loginStep"` // while connecting: what is being done now, for people
	Primary   *Primary       `json:"primary"`   // null in PhaseWelcome
	Sync      Sync           `json:"sync"`
	Seal      Seal           `json:"seal"`
	Known     []KnownPrimary `json:"known"` // the primaries this machine knows, latest first
	Keychain  Keychain       `json:"keychain"`
	Settings  Settings       `json:"settings"`
	About     About          `json:"about"`
	Undo      *Undo          `json:"undo"`    // what can be undone now, or null
	SignIns   []SignIn       `json:"signIns"` // those that need the person first
	Offered   string         `json:"offered"` // the ticket of an import that came from outside (a drop, a start's argument) and waits, or ""
}

// Primary is the cluster that holds the current view.
type Primary struct {
	ViewID           string `json:"viewID"`
	MemberID         string `json:"memberID"`
	Name             string `json:"name"`
	Server           string `json:"server"`
	Identity         string `json:"identity"`
	IdentityVerified bool   `json:"identityVerified"` // false: read from the certificate or token, not confirmed by the cluster
	Location         string `json:"location"`         // namespace/secret of the view there, "" when not saved there yet
}

// KnownPrimary is one that this machine has logged in to before.
type KnownPrimary struct {
	ViewID    string `json:"viewID"`
	Name      string `json:"name"`
	Server    string `json:"server"`
	Identity  string `json:"identity"`
	LastLogin int64  `json:"lastLogin"`
	Members   int    `json:"members"`
	Current   bool   `json:"current"`
}

// SyncState is how the view on this machine stands to the one on the primary; a closed set.
type SyncState string

// The sync states.
const (
	SyncSynced   SyncState = "synced"
	SyncSaving   SyncState = "saving"
	SyncLocal    SyncState = "local"    // saved here only; Why says why
	SyncConflict SyncState = "conflict" // synced, with Conflicts to settle
	SyncAsking   SyncState = "asking"   // nothing is written until the Question is answered
)

// Sync is the state shown in the header.
type Sync struct {
	State     SyncState  `json:"state"`
	Since     int64      `json:"since"`
	Why       string     `json:"why"`
	Conflicts []Conflict `json:"conflicts"`
	Question  *Question  `json:"question"` // or null
}

// Conflict is one field that two machines changed differently. Theirs is what the view holds now.
type Conflict struct {
	ID     string `json:"id"`
	Member string `json:"member"` // its name, "" when the field is the view's own
	Field  string `json:"field"`  // for people: name, colour, labels...
	Mine   string `json:"mine"`   // shown as text
	Theirs string `json:"theirs"`
	When   int64  `json:"when"`
}

// Question stops the sync until the person has answered: the view's Secret was replaced, rolled back or isn't ours.
type Question struct {
	ID      string   `json:"id"`
	Title   string   `json:"title"`
	Text    string   `json:"text"`
	Choices []Choice `json:"choices"`
}

// Choice is one answer to a Question.
type Choice struct {
	ID     string `json:"id"`
	Label  string `json:"label"`
	Danger bool   `json:"danger"`
}

// Mode is how the view lies on the primary; a closed set.
type Mode string

// The modes; ModeNone until the person has chosen.
const (
	ModeNone   Mode = ""
	ModeSealed Mode = "sealed"
	ModeOpen   Mode = "open"
)

// Seal is how the view and the credentials are protected on the primary.
type Seal struct {
	Mode    Mode `json:"mode"`
	Carries bool `json:"carries"` // credentials travel, sealed, with the view
	Locked  bool `json:"locked"`  // what lies on the primary is sealed with a key that isn't here; the passphrase opens it
}

// Keychain is the state of the OS keychain.
type Keychain struct {
	State KeychainState `json:"state"`
	Hint  string        `json:"hint"` // what to do, for people; "" when ok
}

// KeychainState is a closed set.
type KeychainState string

// The keychain's states.
const (
	KeychainOK      KeychainState = "ok"
	KeychainWaiting KeychainState = "waiting" // a prompt of the OS is open
	KeychainMissing KeychainState = "missing" // no service, or it refuses
	KeychainMemory  KeychainState = "memory"  // the person chose memory only, for this run
)

// Settings are this machine's own; they are not part of the view.
type Settings struct {
	Theme    string `json:"theme"`    // system, light, dark
	Density  string `json:"density"`  // comfortable, compact
	LogLevel string `json:"logLevel"` // debug, info, warn, error
}

// About tells versions and folders.
type About struct {
	Version string `json:"version"`
	Go      string `json:"go"`
	OS      string `json:"os"`
	Profile string `json:"profile"` // "" is the default one
	Folder  string `json:"folder"`
	Logs    string `json:"logs"`
}

// Undo is the last removal, for ten seconds.
type Undo struct {
	ID    string `json:"id"`
	Text  string `json:"text"`
	Until int64  `json:"until"`
}
