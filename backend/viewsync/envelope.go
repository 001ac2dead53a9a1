package viewsync

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"strconv"
)

// Mode is how the view lies on the primary; a closed set.
type Mode string

// The modes. ModeNone is a person who hasn't chosen yet.
const (
	ModeNone   Mode = ""
	ModeSealed Mode = "sealed" // the document is encrypted; whoever reads the Secret learns only that it exists
	ModeOpen   Mode = "open"   // the document is plain JSON
)

// Format is the layout of the Secret that this version writes.
const Format = 1

// Envelope is what the Secret holds.
type Envelope struct {
	Format      int
	Mode        Mode
	View        []byte // plain JSON, in open mode
	Sealed      []byte // the sealed document, in sealed mode
	Credentials []byte // sealed, or nil
	Key         []byte // the view key, wrapped with the passphrase, or nil
	KeyID       string // tells whether it is the key that this machine has; a hint, never proof
}

// The keys of the Secret's data.
const (
	keyFormat      = "format"
	keyMode        = "mode"
	keyView        = "view.json"
	keySealed      = "sealed"
	keyCredentials = "credentials"
	keyKey         = "key"
	keyKeyID       = "keyID"
	keyIndex       = "index" // in place of view.json, sealed and credentials when those lie in shards
	keyShard       = "shard"
	keyFence       = "fence"
)

// SecretName is the name of a user's view on every primary.
func SecretName(username string) string {
	sum := sha256.Sum256([]byte(username))
	return "binnacle-view-" + hex.EncodeToString(sum[:])[:16]
}

// index says where the parts of a sharded envelope lie. Shards are created, never changed: the index alone decides
// which of them make the document.
type index struct {
	Parts  []part  `json:"parts"`
	Shards []shard `json:"shards"`
	SHA256 string  `json:"sha256"` // over all
}

type part struct {
	Key  string `json:"key"`
	Size int    `json:"size"`
}

type shard struct {
	Slot   int    `json:"slot"`
	SHA256 string `json:"sha256"`
}

// big gives the parts that may lie in shards.
func (e Envelope) big() map[string][]byte {
	parts := map[string][]byte{}
	if e.Mode == ModeSealed {
		parts[keySealed] = e.Sealed
	} else {
		parts[keyView] = e.View
	}
	if e.Credentials != nil {
		parts[keyCredentials] = e.Credentials
	}
	return parts
}

// small gives the rest.
func (e Envelope) small() map[string][]byte {
	data := map[string][]byte{keyFormat: []byte(strconv.Itoa(Format)), keyMode: []byte(e.Mode)}
	if e.Key != nil {
		data[keyKey] = e.Key
	}
	if e.KeyID != "" {
		data[keyKeyID] = []byte(e.KeyID)
	}
	return data
}

// ours are the data keys of this format. Others are kept as they are found.
func ours() []string {
	return []string{keyFormat, keyMode, keyView, keySealed, keyCredentials, keyKey, keyKeyID, keyIndex, keyFence}
}

// openEnvelope reads data, with the shards' parts already in it.
func openEnvelope(data map[string][]byte) (Envelope, error) {
	format, err := strconv.Atoi(string(data[keyFormat]))
	if err != nil || format < 1 {
		return Envelope{}, fmt.Errorf("%w: it names no format", ErrGarbled)
	}
	e := Envelope{Format: format, Mode: Mode(data[keyMode]), Key: data[keyKey], KeyID: string(data[keyKeyID])}
	if format > Format {
		return e, fmt.Errorf("%w (its format is %d, this one knows %d)", ErrNewer, format, Format)
	}
	e.View, e.Sealed, e.Credentials = data[keyView], data[keySealed], data[keyCredentials]
	switch {
	case e.Mode == ModeSealed && len(e.Sealed) > 0:
		e.View = nil
	case e.Mode == ModeOpen && len(e.View) > 0:
		e.Sealed = nil
	default:
		return e, fmt.Errorf("%w: there is no document of mode %q in it", ErrGarbled, plain(string(e.Mode)))
	}
	return e, nil
}

// cut gives the chunks for an envelope's big parts and the index that names them, its slots still to be filled in.
func cut(parts map[string][]byte, size int) ([][]byte, index) {
	var all []byte
	var ix index
	for _, k := range []string{keyView, keySealed, keyCredentials} {
		if b, ok := parts[k]; ok {
			ix.Parts = append(ix.Parts, part{k, len(b)})
			all = append(all, b...)
		}
	}
	ix.SHA256 = digest(all)
	var chunks [][]byte
	for len(all) > 0 {
		n := min(size, len(all))
		chunks = append(chunks, all[:n])
		ix.Shards = append(ix.Shards, shard{SHA256: digest(all[:n])})
		all = all[n:]
	}
	return chunks, ix
}

// join puts the shards' bytes back into data, in the index's order.
func join(data map[string][]byte, ix index, chunks [][]byte) (map[string][]byte, error) {
	var all []byte
	for i, c := range chunks {
		if digest(c) != ix.Shards[i].SHA256 {
			return nil, fmt.Errorf("%w: shard %d is another one than the index names", ErrDamaged, ix.Shards[i].Slot)
		}
		all = append(all, c...)
	}
	if digest(all) != ix.SHA256 {
		return nil, fmt.Errorf("%w: the shards don't make the whole that the index names", ErrDamaged)
	}
	out := maps.Clone(data)
	for _, p := range ix.Parts {
		if p.Size < 0 || p.Size > len(all) {
			return nil, fmt.Errorf("%w: the index is wrong about a part's size", ErrDamaged)
		}
		out[p.Key], all = all[:p.Size:p.Size], all[p.Size:]
	}
	return out, nil
}

// indexOf reads the index in data; ok is false when the envelope isn't sharded.
func indexOf(data map[string][]byte) (ix index, ok bool, err error) {
	raw, ok := data[keyIndex]
	if !ok {
		return index{}, false, nil
	}
	if err := json.Unmarshal(raw, &ix); err != nil {
		return index{}, true, fmt.Errorf("%w: its index is no JSON", ErrGarbled)
	}
	if len(ix.Shards) == 0 || len(ix.Shards) > maxShards {
		return index{}, true, fmt.Errorf("%w: its index names %d shards", ErrGarbled, len(ix.Shards))
	}
	for _, p := range ix.Parts {
		if p.Key != keyView && p.Key != keySealed && p.Key != keyCredentials {
			return index{}, true, fmt.Errorf("%w: its index names an unknown part", ErrGarbled)
		}
	}
	for _, s := range ix.Shards {
		if s.Slot < 1 || s.Slot > slots {
			return index{}, true, fmt.Errorf("%w: its index names shard %d", ErrGarbled, s.Slot)
		}
	}
	return ix, true, nil
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
