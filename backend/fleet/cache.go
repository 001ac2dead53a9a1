package fleet

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
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
	Schema   int                 `json:"schema"`
	ETag     string              `json:"etag"`
	CoreETag string              `json:"coreETag"`
	Groups   map[string][]string `json:"groups"`
	Kinds    []Kind              `json:"kinds"` // null: not told yet
	Core     []Kind              `json:"core"`  // null: not told yet
}

const keptSchema = 2 // 1 had no kinds; it is asked anew

// cacheKey is the endpoint's: what a cluster serves is the same for everybody who may ask.
func cacheKey(e kubeconfig.Endpoint) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{e.Server, e.CA, e.TLSName}, "\n")))
	return "discovery-" + hex.EncodeToString(sum[:16])
}

func (a apis) save(c Cache, e kubeconfig.Endpoint) {
	k := kept{Schema: keptSchema, ETag: a.groups.etag, CoreETag: a.core.etag, Groups: a.groups.versions, Kinds: a.groups.list(), Core: a.core.list()}
	if b, err := json.Marshal(k); err == nil {
		c.Save(cacheKey(e), b)
	}
}

// loadAPIs is what was saved for the endpoint; nothing when that can't be read.
func loadAPIs(c Cache, e kubeconfig.Endpoint) apis {
	b, ok := c.Load(cacheKey(e))
	var k kept
	if !ok || len(b) > maxAnswer || json.Unmarshal(b, &k) != nil || k.Schema != keptSchema || len(k.Groups) == 0 ||
		len(k.ETag) > maxText || len(k.CoreETag) > maxText {
		return apis{}
	}
	return apis{
		asked: true, core: part{etag: k.CoreETag, kinds: restored(k.Core), told: k.Core != nil},
		groups: part{etag: k.ETag, versions: k.Groups, kinds: restored(k.Kinds), told: k.Kinds != nil},
	}
}

// list is the kinds as they are kept: half of them would be taken for all.
func (p part) list() []Kind {
	if !p.told {
		return nil
	}
	return append([]Kind{}, p.kinds...)
}

// restored judges what a file says like what a cluster says.
func restored(list []Kind) []Kind {
	g := gathering{kinds: []Kind{}, at: map[[2]string]int{}}
	for _, k := range list {
		versions := k.Versions[:min(len(k.Versions), maxVersions)]
		for _, k.Version = range versions {
			if k, ok := sound(k); ok {
				g.add(k)
			}
		}
	}
	return g.sorted()
}
