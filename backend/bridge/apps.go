package bridge

// Apps are the applications of all members, merged. Nothing is read for them before the person opens their page.
type Apps struct {
	Seq     int64       `json:"seq"`
	Apps    []App       `json:"apps"`
	Members []AppMember `json:"members"`
	Read    int64       `json:"read"` // when they were last read; 0 is not yet
	Reading bool        `json:"reading"`
}

// AppSource says what knows of an application. The set is closed.
type AppSource string

// The sources.
const (
	AppHelm     AppSource = "helm"
	AppOperator AppSource = "operator" // OLM
	AppLabels   AppSource = "labels"   // app.kubernetes.io
	AppArgo     AppSource = "argo"
	AppFlux     AppSource = "flux"
)

// App is one application, wherever it runs.
type App struct {
	Key       string        `json:"key"`
	Name      string        `json:"name"`
	Source    AppSource     `json:"source"`
	Tone      Tone          `json:"tone"` // the worst of its instances
	Instances []AppInstance `json:"instances"`
	Drift     []AppDrift    `json:"drift"` // what differs between instances
}

// AppInstance is an application in one namespace of one member.
type AppInstance struct {
	Member    string     `json:"member"`
	Namespace string     `json:"namespace"`
	Name      string     `json:"name"`
	Chart     string     `json:"chart"`   // or package, repository
	Version   string     `json:"version"` // of the chart or package
	App       string     `json:"app"`     // the application's own version
	Revision  string     `json:"revision"`
	Status    string     `json:"status"`
	Tone      Tone       `json:"tone"`
	Message   string     `json:"message"`
	Images    []string   `json:"images"`
	Updated   int64      `json:"updated"`
	Ref       *ObjectRef `json:"ref"`      // what stands for it in the cluster, or null
	Selector  string     `json:"selector"` // labels of its objects; "" is unknown
	// Workloads are what is known to run of it, and so writes logs: the first 50. More says how many others there are.
	Workloads     []ObjectRef `json:"workloads"`
	MoreWorkloads int         `json:"moreWorkloads"`
}

// AppDrift is one thing in which instances differ.
type AppDrift struct {
	Field  string       `json:"field"` // version, app, image <name>, status
	Values []DriftValue `json:"values"`
}

// DriftValue is one value with the members that have it.
type DriftValue struct {
	Value   string   `json:"value"`
	Members []string `json:"members"`
}

// AppMember says what could be read in one member.
type AppMember struct {
	ID      string   `json:"id"`
	State   string   `json:"state"`   // waiting, reading, read, failed
	Missing []string `json:"missing"` // in words, what could not be read and why
}
