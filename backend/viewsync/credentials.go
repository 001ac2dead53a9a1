package viewsync

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"maps"

	"github.com/binnacle-dev/binnacle/backend/seal"
	"github.com/binnacle-dev/binnacle/backend/secret"
	"github.com/binnacle-dev/binnacle/backend/view"
)

// Carried is one member's credential and the endpoint that it was given for.
type Carried struct {
	Endpoint view.Endpoint
	Secret   secret.Value
}

// Credentials is this machine's vault. Its calls may take long (a keychain waits for its owner) and never hold up the
// document. They come one at a time.
type Credentials interface {
	// Collect gives the credentials of these members, as far as there are any.
	Collect(ctx context.Context, ids []string) (map[string]Carried, error)
	// Receive keeps credentials that another machine carried here. Each is for the endpoint that its member has now.
	Receive(ctx context.Context, credentials map[string]Carried) error
}

// cargo is what the sealed credentials blob holds.
type cargo struct {
	Revision int64           `json:"revision"` // of the document that it was first written with: an older blob coming back isn't news
	Items    map[string]item `json:"items"`    // by member
}

// item is a Carried in the clear. It exists in memory only while a blob is sealed or opened.
type item struct {
	Server  string `json:"server"`
	CA      string `json:"ca,omitempty"`
	TLSName string `json:"tlsName,omitempty"`
	Secret  []byte `json:"secret"`
}

func (i item) endpoint() view.Endpoint {
	return view.Endpoint{Server: i.Server, CA: i.CA, TLSName: i.TLSName}
}

func (i item) carried() Carried { return Carried{i.endpoint(), secret.New(i.Secret)} }

func itemOf(c Carried) item {
	return item{c.Endpoint.Server, c.Endpoint.CA, c.Endpoint.TLSName, c.Secret.Reveal()}
}

// none marks a member that had no credential here when it was asked for one.
const none = "none"

// mark is a fingerprint of a credential that is worth nothing without the view key: it lies on this machine's disk.
func mark(key seal.Key, i item) string {
	m := hmac.New(sha256.New, key.Secret().Reveal())
	_ = json.NewEncoder(m).Encode(i) //nolint:gosec // G117: it goes into the fingerprint, nowhere else; neither can fail
	return hex.EncodeToString(m.Sum(nil))[:32]
}

var errCargo = errors.New("the credentials on the primary can't be read")

func openCargo(key seal.Key, viewID string, blob []byte) (cargo, error) {
	plain, err := key.Open(seal.Credentials, viewID, blob)
	if err != nil {
		return cargo{}, because(errCargo.Error(), err)
	}
	var c cargo
	if json.Unmarshal(plain, &c) != nil { // its error may quote what it read
		return cargo{}, errCargo
	}
	return c, nil
}

func (c cargo) seal(key seal.Key, viewID string) ([]byte, error) {
	plain, err := json.Marshal(c)
	if err != nil {
		return nil, because("write the credentials", err)
	}
	blob, err := key.Seal(seal.Credentials, viewID, plain)
	if err != nil {
		return nil, because("seal the credentials", err)
	}
	return blob, nil
}

// collected is what the vault was asked for, by member.
type collected map[string]found

type found struct {
	change int64 // the change of the credential that it answers
	item   *item // nil: there is none
}

// news are the items that another machine changed and that may be handed on here: their member's endpoint is the one
// that they were given for.
func (c cargo) news(rec Record, key seal.Key) map[string]item {
	out := map[string]item{}
	for id, i := range c.Items {
		m, ok := rec.Document.Members[id]
		_, changedHere := rec.Credentials.Changed[id]
		if ok && !changedHere && m.Endpoint.Same(i.endpoint()) && rec.Credentials.Marks[id] != mark(key, i) {
			out[id] = i
		}
	}
	return out
}

// wanted are the members whose credentials must be collected: changed here, or never asked for.
func (c cargo) wanted(rec Record) map[string]int64 {
	out := map[string]int64{}
	for id := range rec.Document.Members {
		n, changed := rec.Credentials.Changed[id]
		_, carried := c.Items[id]
		_, asked := rec.Credentials.Marks[id]
		if changed || !carried && !asked {
			out[id] = n
		}
	}
	return out
}

// load puts what was collected into the cargo and drops what no member needs. It says whether anything changed.
func (c cargo) load(rec Record, got collected) (cargo, bool) {
	items := maps.Clone(c.Items)
	if items == nil {
		items = map[string]item{}
	}
	maps.DeleteFunc(items, func(id string, _ item) bool { _, ok := rec.Document.Members[id]; return !ok })
	changed := len(items) != len(c.Items)
	for id, g := range got {
		if _, ok := rec.Document.Members[id]; !ok {
			continue
		}
		old, had := items[id]
		switch {
		case g.item == nil:
			delete(items, id)
			changed = changed || had
		case !had || !old.equal(*g.item):
			items[id] = *g.item
			changed = true
		}
	}
	return cargo{Revision: c.Revision, Items: items}, changed
}

func (i item) equal(o item) bool {
	return i.endpoint().Same(o.endpoint()) && hmac.Equal(i.Secret, o.Secret)
}

// settle notes what was collected: done is on the primary now.
func (c *Carriage) settle(key seal.Key, done collected) {
	if c.Marks == nil {
		c.Marks = map[string]string{}
	}
	for id, g := range done {
		if n, ok := c.Changed[id]; ok && n != g.change {
			continue // it changed again meanwhile
		}
		delete(c.Changed, id)
		c.Marks[id] = none
		if g.item != nil {
			c.Marks[id] = mark(key, *g.item)
		}
	}
}
