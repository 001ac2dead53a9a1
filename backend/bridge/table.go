package bridge

// TableQuery asks for a window of the merged table of one kind.
type TableQuery struct {
	Kind   string `json:"kind"`
	Filter Filter `json:"filter"`
	Sort   string `json:"sort"` // a column's id; "" is by name, then namespace, then member
	Desc   bool   `json:"desc"`
	Offset int    `json:"offset"`
	Limit  int    `json:"limit"`  // at most 500
	Anchor string `json:"anchor"` // a row's key whose place is wanted too; "" is none
}

// Tone says how a state is to be taken. The set is closed.
type Tone string

// The tones.
const (
	ToneNone    Tone = "none" // nothing to say
	ToneGood    Tone = "good"
	ToneBusy    Tone = "busy" // on its way
	ToneWarning Tone = "warning"
	ToneBad     Tone = "bad"
)

// ColumnType says how a column's cells are to be read and sorted. The set is closed.
type ColumnType string

// The types of columns.
const (
	ColumnText     ColumnType = "text"
	ColumnNumber   ColumnType = "number"   // begins with one: "5 (3m ago)"
	ColumnFraction ColumnType = "fraction" // "1/3"
	ColumnQuantity ColumnType = "quantity" // "10Gi"
	ColumnTime     ColumnType = "time"     // Unix milliseconds as decimal text, "" is unknown
)

// The columns that every table has; their cells are fields of Row. The others' ids are "c:" and the server's title.
const (
	ColumnMember    = "member"
	ColumnNamespace = "namespace" // only of namespaced kinds
	ColumnName      = "name"
	ColumnAge       = "age"
)

// Column is one column of a table: those of all members, joined by title.
type Column struct {
	ID          string     `json:"id"`
	Title       string     `json:"title"`
	Type        ColumnType `json:"type"`
	Description string     `json:"description"`
	Wide        bool       `json:"wide"`   // not shown unless chosen
	Status      bool       `json:"status"` // the one that the status filter and the row's tone are about
	Dated       bool       `json:"dated"`  // the one that Filter.Within is about
}

// TableWindow is what is seen of a table.
type TableWindow struct {
	Seq     int64         `json:"seq"` // of the table; rises with every change of rows, columns or members
	Kind    string        `json:"kind"`
	Columns []Column      `json:"columns"`
	Total   int           `json:"total"`   // rows that are loaded
	Matched int           `json:"matched"` // rows that pass the filter
	Offset  int           `json:"offset"`  // of the first row here; less than asked when there are fewer
	Rows    []Row         `json:"rows"`
	Anchor  int           `json:"anchor"` // where the anchor stands among the matched, -1 is nowhere
	Members []TableMember `json:"members"`
	// Problem says what is wrong with the filter (a selector that can't be read); then it filters nothing.
	Problem string `json:"problem"`
}

// Row is one object.
type Row struct {
	Key       string   `json:"key"` // unique in the table and stable while the object lives
	Member    string   `json:"member"`
	Namespace string   `json:"namespace"`
	Name      string   `json:"name"`
	Created   int64    `json:"created"`
	Tone      Tone     `json:"tone"`
	Deleting  bool     `json:"deleting"`
	Cells     []string `json:"cells"` // of the columns after the common ones, in order
}

// TableState says how far one member's rows can be trusted. The set is closed.
type TableState string

// The states of a member in a table.
const (
	TableWaiting TableState = "waiting" // the member isn't connected yet; rows, if any, are old
	TableListing TableState = "listing" // the first rows are on their way
	TableLive    TableState = "live"
	TablePartial TableState = "partial" // live in some namespaces; Why and Hidden say what is missing
	TableStale   TableState = "stale"   // the rows were right at Fresh; it is being tried again
	TableDenied  TableState = "denied"  // the person may not see this kind there
	TableMissing TableState = "missing" // the member doesn't serve this kind
	TableFailed  TableState = "failed"  // the server can't answer for this kind; it is tried again
	TableFull    TableState = "full"    // more rows than are kept; the first ones are shown
)

// TableMember is what one member gives to a table.
type TableMember struct {
	ID     string     `json:"id"`
	State  TableState `json:"state"`
	Rows   int        `json:"rows"`
	Fresh  int64      `json:"fresh"`  // when the rows were last known to be right; 0 is never
	Why    string     `json:"why"`    // in words, what stands in the way
	Hidden []string   `json:"hidden"` // namespaces that can't be seen, the first few
}

// Facets are the values that a filter can have, with the rows of each under the rest of the filter.
type Facets struct {
	Seq        int64   `json:"seq"`
	Members    []Facet `json:"members"`
	Namespaces []Facet `json:"namespaces"` // the most frequent 500
	Status     []Facet `json:"status"`     // the most frequent 100
}

// Facet is one value.
type Facet struct {
	Value string `json:"value"`
	Rows  int    `json:"rows"`
	Tone  Tone   `json:"tone"` // of a status
}

// SearchRequest asks for objects by name over all that is loaded.
type SearchRequest struct {
	Text  string `json:"text"`
	Limit int    `json:"limit"` // at most 100
}

// SearchResult is what was found, the best first.
type SearchResult struct {
	Hits  []SearchHit `json:"hits"`
	More  bool        `json:"more"`  // there were more than the limit
	Kinds []string    `json:"kinds"` // that are loaded, and so were searched
}

// SearchHit is one object.
type SearchHit struct {
	Ref    ObjectRef `json:"ref"`
	Kind   string    `json:"kind"`
	Status string    `json:"status"`
	Tone   Tone      `json:"tone"`
}
