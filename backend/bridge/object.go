package bridge

// ObjectRef names one object.
type ObjectRef struct {
	Member    string `json:"member"`
	Kind      string `json:"kind"` // a Kind's key
	Namespace string `json:"namespace"`
	Name      string `json:"name"`
	UID       string `json:"uid"` // "": whatever bears the name
}

// Object is one object, read when it was opened. Texts are cleaned and capped; the whole is in its YAML.
type Object struct {
	Ref         ObjectRef      `json:"ref"` // with the UID
	APIVersion  string         `json:"apiVersion"`
	Kind        string         `json:"kind"`
	Version     string         `json:"version"` // its resourceVersion; opaque
	Created     int64          `json:"created"`
	Deleting    int64          `json:"deleting"` // since when; 0 is not
	Status      string         `json:"status"`   // in a word or two
	Tone        Tone           `json:"tone"`
	Summary     []Fact         `json:"summary"`
	Conditions  []Condition    `json:"conditions"`
	Labels      []Pair         `json:"labels"`
	Annotations []Pair         `json:"annotations"`
	Owners      []ObjectLink   `json:"owners"` // the nearest first, up to the root
	Actions     []ObjectAction `json:"actions"`
	Hidden      string         `json:"hidden"` // what isn't shown, and why: a Secret's values
}

// Fact is one line of a summary.
type Fact struct {
	Title string     `json:"title"`
	Value string     `json:"value"`
	Time  int64      `json:"time"` // in place of Value; 0 is none
	Tone  Tone       `json:"tone"`
	Link  *ObjectRef `json:"link"` // what the value names, or null
}

// Pair is a key with its value.
type Pair struct {
	Key   string `json:"key"`
	Value string `json:"value"`
	Cut   bool   `json:"cut"` // the value is longer
}

// Condition is one of the object's own conditions.
type Condition struct {
	Type    string `json:"type"`
	Status  string `json:"status"`
	Reason  string `json:"reason"`
	Message string `json:"message"`
	Since   int64  `json:"since"`
	Tone    Tone   `json:"tone"`
}

// ObjectLink leads to another object.
type ObjectLink struct {
	Ref    ObjectRef `json:"ref"`
	Kind   string    `json:"kind"`
	Status string    `json:"status"`
	Tone   Tone      `json:"tone"`
	Gone   string    `json:"gone"` // why it can't be opened; "" when it can
}

// ActionID names what can be done with an object. The set is closed.
type ActionID string

// The actions.
const (
	ActionEdit     ActionID = "edit"
	ActionDelete   ActionID = "delete"
	ActionLogs     ActionID = "logs"
	ActionScale    ActionID = "scale"
	ActionRestart  ActionID = "restart"
	ActionSuspend  ActionID = "suspend"
	ActionResume   ActionID = "resume"
	ActionCordon   ActionID = "cordon"
	ActionUncordon ActionID = "uncordon"
)

// ObjectAction is one that makes sense for the object.
type ObjectAction struct {
	ID       ActionID `json:"id"`
	Refused  string   `json:"refused"`  // why not now, in words; "" when it may be tried
	Replicas int      `json:"replicas"` // of scale: how many are wanted now; -1 is unknown
}

// ObjectEvents are what the cluster tells of an object, the newest first.
type ObjectEvents struct {
	Events []ObjectEvent `json:"events"`
	Why    string        `json:"why"` // why there are none to see; "" when there are just none
}

// ObjectEvent is one, counted.
type ObjectEvent struct {
	Warning bool   `json:"warning"`
	Reason  string `json:"reason"`
	Message string `json:"message"`
	Source  string `json:"source"`
	Count   int    `json:"count"`
	First   int64  `json:"first"`
	Last    int64  `json:"last"`
}

// ObjectRelated are other objects that have to do with this one.
type ObjectRelated struct {
	Groups []RelatedGroup `json:"groups"`
}

// RelatedGroup is one kind of relation: "Pods", "Mounted by", "Selected by".
type RelatedGroup struct {
	Title string       `json:"title"`
	Links []ObjectLink `json:"links"`
	More  int          `json:"more"` // that are not listed
	Why   string       `json:"why"`  // why it can't be told; "" when it can
}

// ObjectText is an object as YAML, without managedFields.
type ObjectText struct {
	YAML    string `json:"yaml"`
	Version string `json:"version"` // the resourceVersion that it was read at
	Refused string `json:"refused"` // why it can't be edited; "" when it can
}

// ObjectEdit is a person's YAML for an object.
type ObjectEdit struct {
	Ref     ObjectRef `json:"ref"`
	YAML    string    `json:"yaml"`
	Base    string    `json:"base"`    // the YAML that the edit began from
	Version string    `json:"version"` // of Base
	Confirm string    `json:"confirm"` // for saving: the member's name, as the person saw it
}

// ObjectPreview is what saving an edit would do, by the server's own word.
type ObjectPreview struct {
	Before   string        `json:"before"` // YAML as it is now
	After    string        `json:"after"`  // YAML as the server would keep it
	Version  string        `json:"version"`
	Warnings []string      `json:"warnings"` // the server's
	Problems []EditProblem `json:"problems"` // why it can't be saved
	// Clashes are fields that both the person and somebody else changed since Version; "" paths are never in it. When the
	// others' changes don't clash they are in After.
	Clashes []EditClash `json:"clashes"`
	Merged  string      `json:"merged"` // the person's YAML brought onto what is there now; "" when nobody else changed it
}

// EditProblem is one thing that the server, or the YAML, objects to.
type EditProblem struct {
	Line    int    `json:"line"` // from 1; 0 is unknown
	Path    string `json:"path"`
	Message string `json:"message"`
}

// EditClash is one field with both values, as YAML.
type EditClash struct {
	Path   string `json:"path"`
	Mine   string `json:"mine"`
	Theirs string `json:"theirs"`
}

// Deletion is what goes when an object is deleted.
type Deletion struct {
	Groups     []RelatedGroup `json:"groups"` // what is owned by it, or lives in it
	Finalizers []string       `json:"finalizers"`
	Warnings   []string       `json:"warnings"`
}

// ObjectChange asks for an action on an object.
type ObjectChange struct {
	Ref      ObjectRef `json:"ref"`
	Action   ActionID  `json:"action"`
	Replicas int       `json:"replicas"` // of scale
	Orphan   bool      `json:"orphan"`   // of delete: what it owns stays
	Confirm  string    `json:"confirm"`  // the member's name, as the person saw it
}
