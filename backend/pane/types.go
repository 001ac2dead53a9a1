package pane

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

// Type says how a column's cells are to be read. The set is closed.
type Type string

// The types.
const (
	Text     Type = "text"
	Number   Type = "number"   // begins with one: "5 (3m ago)"
	Fraction Type = "fraction" // "1/3"
	Quantity Type = "quantity" // an amount with a unit: "10Gi", "250m", "3m20s"
	Time     Type = "time"     // Unix milliseconds as decimal text, "" is unknown
)

// The ids of the columns that every table has. The others' are "c:" and the server's title.
const (
	ColumnMember    = "member"
	ColumnNamespace = "namespace"
	ColumnName      = "name"
	ColumnAge       = "age"
	columnPrefix    = "c:"
)

// Column is one column of a table: those of all members, joined by title.
type Column struct {
	ID, Title   string
	Type        Type
	Description string
	Wide        bool // not shown unless chosen
	Status      bool // the one that Filter.Status and Row.Status are about
	Dated       bool // the one that Filter.Since is about
}

// Filter says which rows are wanted. The values of one field are alternatives; an empty field filters nothing.
type Filter struct {
	Members    []string // ids; nil is all, but empty and not nil is none
	Namespaces []string
	Status     []string // texts of the status column
	Tones      []Tone
	Cells      []string // "c:Reason=BackOff": a column's id and a whole text; of each column that is named, a row has one
	Since      int64    // Unix milliseconds: rows last seen, or else made, then or later; 0 is all
	Labels     string   // a selector as kubectl takes it
	Search     string   // each word must be somewhere in the row: name, namespace, member's name or cells that aren't times
}

// Query asks for a window.
type Query struct {
	Filter
	Sort          string // a column's id; "" and unknown ones are by name
	Desc          bool   // turns the column's order; blanks stay last, and ties by name, namespace, member and ID ascend
	Offset, Limit int    // of the rows that match; an offset beyond them is lowered to that of the last window
	Anchor        string // the key of a row whose place is wanted too; "" is none
}

// Window is what is seen of a table.
type Window struct {
	Seq                    int64    // of the table; rises with every change
	Columns                []Column // the common ones first
	Total, Matched, Offset int      // rows that are kept, that pass the filter, and that come before the first here
	Rows                   []Row
	Anchor                 int    // where the anchor stands among the matched, -1 is nowhere
	Problem                string // what is wrong with Filter.Labels; then it filters nothing
}

// Row is one object as it is shown.
type Row struct {
	Key                         string // unique in the table, and stable while the object lives
	Member, ID, Namespace, Name string
	Created                     int64 // Unix milliseconds, 0 is unknown
	Deleting                    bool
	Status                      string // of the status column
	Tone                        Tone
	Cells                       []string // of the columns after the common ones, in order
}

// Facets are the values that a filter can have, with the rows of each under the rest of the filter.
type Facets struct {
	Seq        int64
	Members    []Facet // all, in order
	Namespaces []Facet // the most frequent 500, and those that are chosen
	Status     []Facet // the most frequent 100, and those that are chosen
	Problem    string
}

// Facet is one value.
type Facet struct {
	Value string
	Rows  int
	Tone  Tone // of a status
}

// Counts are the rows that pass a filter, counted.
type Counts struct {
	Seq     int64
	Matched int
	Status  []Facet // the most frequent first
	Tones   map[Tone]int
}

// Hit is a row that was found by its name.
type Hit struct {
	Row
	Rank int // 0 is the name itself, 1 begins with the text, 2 has a word that does, 3 has it somewhere
}
