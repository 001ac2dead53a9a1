package bridge

// LogRequest asks for the logs of objects: pods, or workloads with all their pods, in any members.
type LogRequest struct {
	Refs      []ObjectRef `json:"refs"`      // at most 100
	Container string      `json:"container"` // "" is all of them
	Previous  bool        `json:"previous"`  // of the containers that ran before
	Tail      int         `json:"tail"`      // lines of each container to begin with; 0 is 500
}

// LogJoin adds objects to an open log.
type LogJoin struct {
	Refs []ObjectRef `json:"refs"`
}

// LogLeave takes all of a member out of an open log.
type LogLeave struct {
	Member string `json:"member"`
}

// Namesakes are where else there is an object of the same kind, namespace and name.
type Namesakes struct {
	Refs   []ObjectRef `json:"refs"`   // one for each other member that has it
	Unsure []Unsure    `json:"unsure"` // members that can't tell now
}

// Unsure is a member that can't tell something, and why, in words.
type Unsure struct {
	Member string `json:"member"`
	Why    string `json:"why"`
}

// LogQuery asks for lines of an open log.
type LogQuery struct {
	Search string     `json:"search"` // text to be found in the line; case doesn't count
	Levels []LogLevel `json:"levels"` // empty: all
	Source string     `json:"source"` // a LogSource's key; "" is all
	After  int64      `json:"after"`  // only lines whose No is greater: what came since the person cleared the view; 0 is all
	From   int        `json:"from"`   // index among the matched; -1 is the end
	Around int64      `json:"around"` // the No of a line to have in the window's middle, in place of From; 0 is none
	Limit  int        `json:"limit"`  // at most 1,000
}

// LogLevel is what a line says of itself. The set is closed.
type LogLevel string

// The levels.
const (
	LogUnknown LogLevel = "unknown"
	LogDebug   LogLevel = "debug"
	LogInfo    LogLevel = "info"
	LogWarning LogLevel = "warning"
	LogError   LogLevel = "error"
)

// LogWindow is what is seen of a log.
type LogWindow struct {
	Seq     int64       `json:"seq"`
	Total   int         `json:"total"`   // lines that are kept
	Dropped int         `json:"dropped"` // older lines that are not kept any more
	Matched int         `json:"matched"`
	From    int         `json:"from"`
	At      int         `json:"at"` // index among the matched of the line asked for by Around, or of where it would be; else -1
	Lines   []LogLine   `json:"lines"`
	Sources []LogSource `json:"sources"`
}

// LogLine is one line, of plain text: colours and other control codes are taken out.
type LogLine struct {
	No     int64    `json:"no"` // unique and rising in arrival, not in place
	Time   int64    `json:"time"`
	Source string   `json:"source"`
	Level  LogLevel `json:"level"`
	Text   string   `json:"text"`
	Cut    int      `json:"cut"` // bytes that are not shown
}

// LogSource is one container of one pod, or what is to be said of a workload itself.
type LogSource struct {
	Key       string `json:"key"`
	Member    string `json:"member"`
	Namespace string `json:"namespace"`
	Pod       string `json:"pod"`
	Container string `json:"container"` // "": it speaks for a workload, which Pod names as "deployments/web"
	State     string `json:"state"`     // waiting, live, ended, failed
	Why       string `json:"why"`
	Lines     int    `json:"lines"`
}
