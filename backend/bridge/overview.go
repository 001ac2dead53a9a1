package bridge

// Overview is the fleet at a glance. Each number carries the query that shows its rows.
type Overview struct {
	Seq          int64         `json:"seq"`
	Nodes        []Count       `json:"nodes"`     // by status
	Pods         []Count       `json:"pods"`      // by phase
	Workloads    []Count       `json:"workloads"` // ready and not, by kind
	NotReady     []OverviewRow `json:"notReady"`  // the first few workloads
	Warnings     []Warning     `json:"warnings"`  // of the last hour, merged, the most frequent first
	WarningRows  int           `json:"warningRows"`
	Versions     []Version     `json:"versions"`
	Certificates []Expiry      `json:"certificates"` // that end within 30 days, the first first
	Parts        []Part        `json:"parts"`
}

// Count is a number of objects that are alike.
type Count struct {
	Label string     `json:"label"`
	Tone  Tone       `json:"tone"`
	Rows  int        `json:"rows"`
	Query TableQuery `json:"query"`
}

// OverviewRow is one object that wants attention.
type OverviewRow struct {
	Ref    ObjectRef `json:"ref"`
	Kind   string    `json:"kind"`
	Status string    `json:"status"`
	Tone   Tone      `json:"tone"`
}

// Warning is an event told in several members or more than once.
type Warning struct {
	Reason  string     `json:"reason"`
	Message string     `json:"message"`
	Rows    int        `json:"rows"`
	Members []string   `json:"members"`
	Last    int64      `json:"last"`
	Query   TableQuery `json:"query"`
}

// Version is one of Kubernetes that is in use.
type Version struct {
	Version string   `json:"version"`
	Members []string `json:"members"`
}

// Expiry is something that ends.
type Expiry struct {
	Member string `json:"member"`
	What   string `json:"what"` // "Your certificate", "The server's certificate"
	At     int64  `json:"at"`
}

// Part says how complete one kind's numbers are.
type Part struct {
	Kind    string        `json:"kind"`
	Members []TableMember `json:"members"`
}
