package console

import (
	"encoding/json"
	"log/slog"

	"github.com/binnacle-dev/binnacle/backend/fleet"
	"github.com/binnacle-dev/binnacle/backend/local"
)

// discovery keeps what clusters serve in files that can be lost.
type discovery struct {
	folder *local.Folder
	log    *slog.Logger
}

// openDiscovery gives nil when there is nowhere to keep it: every start asks anew then.
func openDiscovery(folder *local.Folder, log *slog.Logger) fleet.Cache {
	sub, err := folder.Cache().Sub("discovery")
	if err != nil {
		log.Warn("what clusters serve can't be kept", slog.Any("error", err))
		return nil
	}
	return discovery{sub, log}
}

func (d discovery) Load(key string) ([]byte, bool) {
	var b json.RawMessage
	err := d.folder.Load(key, &b)
	return b, err == nil
}

func (d discovery) Save(key string, b []byte) {
	if err := d.folder.Save(key, json.RawMessage(b)); err != nil {
		d.log.Debug("what a cluster serves was not kept", slog.Any("error", err))
	}
}
