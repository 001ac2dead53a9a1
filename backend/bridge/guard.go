package bridge

// Guard is what the person allows to be done in a member. It is part of the view, and held in Go. The set is closed.
type Guard string

// The guards.
const (
	GuardNone      Guard = ""
	GuardProtected Guard = "protected" // changes only after unlocking, for a time
	GuardReadOnly  Guard = "readOnly"  // no changes
)

// GuardRequest sets a member's guard. Loosening one wants the member's name typed.
type GuardRequest struct {
	Member string `json:"member"`
	Guard  Guard  `json:"guard"`
	Typed  string `json:"typed"`
}

// UnlockRequest unlocks a protected member for a time.
type UnlockRequest struct {
	Member  string `json:"member"`
	Typed   string `json:"typed"`   // the member's name
	Minutes int    `json:"minutes"` // 5, 15 or 60
}
