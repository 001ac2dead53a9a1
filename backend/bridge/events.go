package bridge

// Event names a doorbell: its payload is a Doorbell and nothing else. The page subscribes first, then pulls.
type Event string

// The doorbells.
const (
	EventSession Event = "session" // GET /api/session has news
	EventFleet   Event = "fleet"   // GET /api/fleet has news
	EventImport  Event = "import"  // GET /api/import/<Key> has news, or a new ticket arrived (Open)
	EventLookup  Event = "lookup"  // GET /api/lookup/<Key> has news
	EventCatalog Event = "catalog" // GET /api/catalog has news
	EventTable   Event = "table"   // POST /api/table for the kind Key has news
	EventApps    Event = "apps"    // GET /api/apps has news
	EventLogs    Event = "logs"    // POST /api/logs/<Key> has news
	EventProgram Event = "program" // POST /api/program for Key (a member's id, or ticket:index) has news
)

// Doorbell says that something changed, never what: under 200 bytes.
type Doorbell struct {
	Seq  int64  `json:"seq"`            // of the resource named by the event; the page drops answers older than the last
	Key  string `json:"key,omitempty"`  // what of the event it is about
	Open bool   `json:"open,omitempty"` // the import came from outside (a drop, a second start): show it
}
