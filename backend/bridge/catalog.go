package bridge

// Catalog is every kind that any member serves, with how the person keeps their tables.
type Catalog struct {
	Seq        int64         `json:"seq"`
	Kinds      []Kind        `json:"kinds"` // sorted by category, then by name
	Favourites []string      `json:"favourites"`
	Recents    []string      `json:"recents"` // newest first; of this machine
	Layouts    []TableLayout `json:"layouts"`
	Filters    []SavedFilter `json:"filters"`
	// Learning are the members that have not told yet what they serve.
	Learning []string `json:"learning"`
}

// Category is where the picker shows a kind. The set is closed.
type Category string

// The categories.
const (
	CategoryWorkloads  Category = "workloads"
	CategoryNetwork    Category = "network"
	CategoryConfig     Category = "config"
	CategoryStorage    Category = "storage"
	CategoryAccess     Category = "access"
	CategoryCluster    Category = "cluster"
	CategoryProtection Category = "protection" // T4K and Velero
	CategoryCustom     Category = "custom"
)

// Kind is one kind of object, over all members.
type Kind struct {
	Key        string   `json:"key"` // "pods", "deployments.apps": resource and group as kubectl takes them
	Group      string   `json:"group"`
	Resource   string   `json:"resource"`
	Kind       string   `json:"kind"`
	Namespaced bool     `json:"namespaced"`
	ShortNames []string `json:"shortNames"`
	Category   Category `json:"category"`
	Members    int      `json:"members"` // that serve it
	Lacking    []string `json:"lacking"` // members that told what they serve, and this isn't among it
	Verbs      []string `json:"verbs"`   // that some member knows for it
}

// TableLayout is how the person wants the table of one kind; part of the view, and syncs with it.
type TableLayout struct {
	Kind    string         `json:"kind"`
	Columns []string       `json:"columns"` // shown, in order; empty: the default ones
	Widths  map[string]int `json:"widths"`  // px by column
	Sort    string         `json:"sort"`
	Desc    bool           `json:"desc"`
}

// SavedFilter is a filter under a name; part of the view, and syncs with it.
type SavedFilter struct {
	ID     string `json:"id"` // "" for a new one
	Name   string `json:"name"`
	Kind   string `json:"kind"`
	Filter Filter `json:"filter"`
}

// Filter says which rows to show. Empty fields filter nothing; the values of one field are alternatives.
type Filter struct {
	Members      []string `json:"members"`      // ids
	Groups       []string `json:"groups"`       // of members
	MemberLabels []string `json:"memberLabels"` // "key=value"
	Namespaces   []string `json:"namespaces"`
	Status       []string `json:"status"`
	Tones        []Tone   `json:"tones"`
	Cells        []string `json:"cells"`  // "c:Reason=BackOff": a column's id and a whole text; of each column that is named, a row has one
	Within       int      `json:"within"` // seconds: rows that were last seen, or else made, as long ago at most; 0 is all
	Labels       string   `json:"labels"` // a selector on the objects' own labels, as kubectl takes it
	Search       string   `json:"search"` // every word must be somewhere in the row
}

// Named answers or asks for one thing by its id.
type Named struct {
	ID string `json:"id"`
}

// Favourite says whether a kind is one.
type Favourite struct {
	Kind string `json:"kind"`
	On   bool   `json:"on"`
}

// TableRefresh asks for a kind's rows anew.
type TableRefresh struct {
	Kind    string   `json:"kind"`
	Members []string `json:"members"` // empty: all
}

// Saved says whether something was written where the person chose.
type Saved struct {
	Saved bool `json:"saved"` // false: they cancelled
}
