package fleet

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// Cache keeps what clusters serve between runs. It holds no secret. Both methods are called from members' goroutines and may
// block on a disk; a key is fit to be a file's name.
type Cache interface {
	Load(key string) ([]byte, bool)
	Save(key string, b []byte)
}

// kept is apis on disk. What stands there is used as a hint: it saves asking, and is asked anew with the next sign of life.
type kept struct {
	Schema    int                 `json:"schema"`
	ETag      string              `json:"etag"`
	Groups    map[string][]string `json:"groups"`
	Resources []string            `json:"resources"` // null: the server doesn't tell
}

const keptSchema = 1

// cacheKey is the endpoint's: what a cluster serves is the same for everybody who may ask.
func cacheKey(e kubeconfig.Endpoint) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{e.Server, e.CA, e.TLSName}, "\n")))
	return "discovery-" + hex.EncodeToString(sum[:16])
}

func (a apis) save(c Cache, e kubeconfig.Endpoint) {
	k := kept{Schema: keptSchema, ETag: a.etag, Groups: a.groups}
	if a.resources != nil {
		k.Resources = slices.Sorted(maps.Keys(a.resources))
	}
	if b, err := json.Marshal(k); err == nil {
		c.Save(cacheKey(e), b)
	}
}

// loadAPIs is what was saved for the endpoint; nothing when that can't be read.
func loadAPIs(c Cache, e kubeconfig.Endpoint) apis {
	b, ok := c.Load(cacheKey(e))
	var k kept
	if !ok || len(b) > maxAnswer || json.Unmarshal(b, &k) != nil || k.Schema != keptSchema || len(k.Groups) == 0 || len(k.ETag) > maxText {
		return apis{}
	}
	a := apis{asked: true, etag: k.ETag, groups: k.Groups}
	if k.Resources != nil {
		a.resources = make(map[string]bool, len(k.Resources))
		for _, r := range k.Resources {
			a.resources[r] = true
		}
	}
	return a
}
