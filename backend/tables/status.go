package tables

import "time"

// State says how far one member's rows can be trusted. The set is closed.
type State string

// The states of a member in a table.
const (
	Waiting State = "waiting" // the member isn't connected, or hasn't told what it serves; rows, if any, are old
	Listing State = "listing" // the first rows are on their way
	Live    State = "live"
	Partial State = "partial" // live in some namespaces; Why and Hidden say what is missing
	Stale   State = "stale"   // the rows were right at Fresh; it is tried again
	Denied  State = "denied"  // the person may not see this kind there
	Missing State = "missing" // the member doesn't serve this kind
	Failed  State = "failed"  // the server can't answer for this kind; it is tried again
	Full    State = "full"    // more rows than are kept
)

// Status is what one member gives to a table.
type Status struct {
	Member string
	State  State
	Rows   int
	Fresh  time.Time // when the rows were last known to be right; zero is never
	Why    string    // what stands in the way, for people
	Hidden []string  // namespaces that can't be seen, sorted, the first few
}

const maxHidden = 20

// partStatus is how it stands with one list and watch.
type partStatus struct {
	state State // Listing, Live, Stale, Denied, Missing or Failed
	why   string
	fresh time.Time
}

// Words for people.
const (
	whyWaiting   = "This cluster isn't connected."
	whyUnknown   = "This cluster hasn't told yet what it serves."
	whyUnserved  = "This cluster doesn't serve this kind."
	whyAgain     = "It is asked again."
	whyFull      = "There are more rows than are kept. The first ones are shown."
	whyNowhere   = "You may not list this kind here, and no namespace is known to look in. Ask an administrator for access, or for a list of your namespaces."
	whyNone      = "You may not list this kind here: not over all namespaces, and in none of those that are known. Ask an administrator for access."
	whyRefused   = "You may not list this kind in this namespace."
	whyCluster   = "You may not list this kind here. It is in no namespace. Ask an administrator for access."
	whyPolled    = "This kind can't be watched here. It is listed again from time to time."
	whyHistory   = "The cluster no longer knows the changes since the last ones seen. Everything is listed again."
	whySecretAsk = "This cluster can't list Secrets without what is in them, so they aren't asked for."
)
