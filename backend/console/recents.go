package console

import (
	"log/slog"
	"slices"
	"sync"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/local"
)

const (
	recentsFile = "recents"
	maxRecents  = 8
)

// recents are the kinds that were looked at last, the newest first; this machine's, not the view's.
type recents struct {
	mu    sync.Mutex
	kinds []string
}

func (r *recents) load(folder *local.Folder, log *slog.Logger) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := loadOr(folder, recentsFile, &r.kinds); err != nil {
		log.Warn("recent kinds", slog.Any("error", err))
	}
	r.kinds = r.kinds[:min(len(r.kinds), maxRecents)]
}

// use puts a kind in front, and says whether that changed anything; kinds is what there is then.
func (r *recents) use(kind string) (kinds []string, changed bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.kinds) > 0 && r.kinds[0] == kind {
		return nil, false
	}
	next := append([]string{kind}, slices.DeleteFunc(slices.Clone(r.kinds), func(k string) bool { return k == kind })...)
	r.kinds = next[:min(len(next), maxRecents)]
	return r.kinds, true
}

// usedKind remembers that somebody looks at a kind.
func (c *Console) usedKind(kind string) {
	kinds, changed := c.merged.recents.use(kind)
	if !changed {
		return
	}
	if err := c.folder.Save(recentsFile, kinds); err != nil {
		c.Logger().Warn("recent kinds", slog.Any("error", err))
	}
	c.bells.ring(bridge.EventCatalog, "", false)
}

func (c *Console) recentKinds() []string {
	r := &c.merged.recents
	r.mu.Lock()
	defer r.mu.Unlock()
	return list(r.kinds)
}
