package viewsync

import (
	"bytes"
	"maps"
	"slices"
	"time"

	"github.com/binnacle-dev/binnacle/backend/view"
)

// Record is what this machine keeps of one view, between runs too. There is no secret in it.
type Record struct {
	Document view.Document  `json:"document"`       // as it shows here, with edits that the primary may not have yet
	Base     *view.Document `json:"base,omitempty"` // what this machine and the primary last agreed on, or nil
	Sent     *view.Document `json:"sent,omitempty"` // written without an answer yet: if the primary has it, it is the base

	Place           Place  `json:"place,omitzero"`
	UID             string `json:"uid,omitempty"` // "" until the view was seen on the primary
	ResourceVersion string `json:"resourceVersion,omitempty"`
	Revision        int64  `json:"revision"` // the highest ever seen on the primary

	Mode         Mode   `json:"mode,omitempty"`
	Carries      bool   `json:"carries"`
	WrappedKey   []byte `json:"wrappedKey,omitempty"`
	KeyID        string `json:"keyID,omitempty"`
	ProtectDirty bool   `json:"protectDirty,omitempty"` // the four above were changed here and aren't on the primary yet
	SealedThere  bool   `json:"sealedThere,omitempty"`  // the primary's copy was sealed when it was last seen

	Conflicts   []view.Conflict `json:"conflicts,omitempty"`
	Credentials Carriage        `json:"credentials,omitzero"`

	LocalOnly bool      `json:"localOnly,omitempty"` // the person keeps it on this machine
	Newer     bool      `json:"newer,omitempty"`     // a newer version wrote it: read only
	Avoid     []string  `json:"avoid,omitempty"`     // namespaces where the view's name is somebody else's
	Answer    *Answer   `json:"answer,omitempty"`    // the last one given
	Dirty     time.Time `json:"dirty,omitzero"`      // since when there are edits that the primary doesn't have
	Synced    time.Time `json:"synced,omitzero"`     // when both sides were last known to be one
}

// Carriage is what is known of the credentials on the primary.
type Carriage struct {
	Revision int64             `json:"revision,omitempty"` // a blob of a lower one isn't news
	Marks    map[string]string `json:"marks,omitempty"`    // by member: keyed fingerprint of the credential last agreed on, or none
	Changed  map[string]int64  `json:"changed,omitempty"`  // by member: changed here, not yet on the primary; a running number
	Last     int64             `json:"last,omitempty"`     // the last such number
}

// Answer is what a person chose for a Question.
type Answer struct {
	Question string   `json:"question"`
	Choice   ChoiceID `json:"choice"`
}

func (r Record) clone() Record {
	r.Conflicts = slices.Clone(r.Conflicts)
	r.Avoid = slices.Clone(r.Avoid)
	r.Credentials.Marks = maps.Clone(r.Credentials.Marks)
	r.Credentials.Changed = maps.Clone(r.Credentials.Changed)
	return r
}

// edited says whether the document has what the primary doesn't. A primary that was rolled back counts, too: its copy has a lower revision than one that it held before.
func (r Record) edited() bool {
	return r.Base == nil || !same(r.Document, *r.Base) || r.Base.Revision < r.Revision
}

// pending says whether there is anything to write.
func (r Record) pending() bool { return r.edited() || r.ProtectDirty }

// protectedLike says whether both want the same protection.
func (r Record) protectedLike(o Record) bool {
	return r.Mode == o.Mode && r.Carries == o.Carries && r.KeyID == o.KeyID && bytes.Equal(r.WrappedKey, o.WrappedKey)
}

// answered gives the choice for a question, "" when there is none.
func (r Record) answered(q Question) ChoiceID {
	if r.Answer != nil && r.Answer.Question == q.ID {
		return r.Answer.Choice
	}
	return ""
}

// touch notes that the credentials of these members changed here.
func (c *Carriage) touch(ids ...string) {
	if c.Changed == nil {
		c.Changed = map[string]int64{}
	}
	for _, id := range ids {
		c.Last++
		c.Changed[id] = c.Last
	}
}

// rename follows members that took another id.
func (c *Carriage) rename(moved map[string]string) {
	for from, to := range moved {
		if n, ok := c.Changed[from]; ok {
			delete(c.Changed, from)
			c.Changed[to] = n
		}
		delete(c.Marks, from)
	}
}

// same compares documents but for their revision, which every write raises.
func same(a, b view.Document) bool {
	a.Revision, b.Revision = 0, 0
	return a.Equal(b)
}

// State is how the view here stands to the one on the primary; a closed set.
type State string

// The states.
const (
	StateSynced   State = "synced"
	StateSaving   State = "saving"   // on its way to the primary
	StateLocal    State = "local"    // saved here only; Why says why
	StateConflict State = "conflict" // synced, with Conflicts to settle
	StateAsking   State = "asking"   // nothing is written until the Question is answered
	StateChoosing State = "choosing" // no view is there, and the person hasn't chosen a Mode: call Protect
	StateLocked   State = "locked"   // sealed with a key that isn't here: call Unlock
	StateNewer    State = "newer"    // written by a newer version: shown, never changed
)

// Status is what a person is told.
type Status struct {
	State     State
	Since     time.Time // when State began
	Synced    time.Time // when both sides were last known to be one; zero: never
	Dirty     time.Time // since when edits wait to be written; zero: none do
	Why       string    // in words, "" when all is well
	Conflicts []view.Conflict
	Question  *Question // always in StateAsking; in StateLocal and StateLocked one that may be answered, but need not; else nil

	Place   Place // where the view lies, zero when not saved there yet
	Mode    Mode
	Carries bool
	// CredentialsDue: some that changed here are not on the primary yet.
	CredentialsDue bool
	// CredentialsWhy says why the credentials on the primary aren't as they are here, "" when they are.
	CredentialsWhy string
	// CredentialsLocked: the list is open, but its credentials are sealed with a key that isn't here: call Unlock.
	CredentialsLocked bool
}
