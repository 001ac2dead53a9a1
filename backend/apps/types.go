package apps

import (
	"context"
	"io"
	"time"

	"github.com/binnacle-dev/binnacle/backend/pane"
)

// Requests reads from one member; a *fleet.Client does. A refusal is an *apierrors.StatusError.
type Requests interface {
	// Stream gets path and gives the body as it comes, until ctx ends. accept "" is JSON.
	Stream(ctx context.Context, path, accept string) (io.ReadCloser, error)
}

// Member is one cluster as it is now.
type Member struct {
	ID         string
	Connected  bool
	Namespaces []string // where to look when a list of all is refused
	// Serves says in which version the member serves a kind ("deployments.apps"), and whether it told what it serves.
	Serves func(key string) (version string, served, known bool)
}

// Source says what knows of an application. The set is closed.
type Source string

// The sources.
const (
	Helm     Source = "helm"
	Operator Source = "operator" // OLM
	Labels   Source = "labels"   // app.kubernetes.io
	Argo     Source = "argo"
	Flux     Source = "flux"
)

// Apps are the applications of all members, merged, as they were read last.
type Apps struct {
	Apps    []App    // by name, then key
	Members []Report // in the members' own order
	Read    time.Time
	Reading bool
}

// App is one application, wherever it runs.
type App struct {
	Key       string
	Name      string
	Source    Source
	Tone      pane.Tone  // the worst of its instances
	Instances []Instance // in the members' own order, then by namespace and name
	Drift     []Drift
}

// Instance is an application in one namespace of one member.
type Instance struct {
	Member    string
	Namespace string
	Name      string
	Chart     string // or package, repository, name by its label
	Version   string // of the chart or package; the short commit of a repository
	App       string // the application's own version
	Revision  string // Helm's number, OLM's channel, Git's branch or tag
	Status    string
	Tone      pane.Tone
	Message   string
	Images    []string // sorted
	Updated   time.Time
	Ref       Ref    // what stands for it in the cluster
	Selector  string // labels of its objects; "" is unknown
	Workloads []Ref  // what is known to run of it, by kind and name; the first maxWorkloads
	More      int    // workloads beside those

	source Source
	title  string // what it is merged by, and called by when merged
	group  string // tells two of the same title apart that aren't the same
}

// Ref names an object. The zero one is none.
type Ref struct{ Kind, Namespace, Name, UID string }

// Drift is one thing in which instances differ: "version", "app", "image <name>" or "status".
type Drift struct {
	Field  string
	Values []Value
}

// Value is one value with the members that have it.
type Value struct {
	Value   string
	Members []string
}

// State says how far the reading of a member is. The set is closed.
type State string

// The states.
const (
	Waiting State = "waiting" // it isn't connected, or didn't tell yet what it serves
	Reading State = "reading" // for the first time; later readings show what the last one found
	Read    State = "read"
	Failed  State = "failed" // nothing could be read
)

// Report says what could be read of one member.
type Report struct {
	ID      string
	State   State
	Missing []string // sentences: what could not be read and why
}
