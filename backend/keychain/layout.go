package keychain

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/binnacle-dev/binnacle/backend/secret"
)

// How a value lies in the keychain
//
// The item named like the value is its header. The value itself, gzip, is cut into chunks, items named
// <name>@<slot>.<index>, base64 because KWallet and KeePassXC store text only. Values take turns in slots 0 and 1.
//
// Put:    header says how many chunks the other slot may hold from now on; chunks into that slot; header names them
//
//	(here the new value replaces the old); old chunks are deleted; header says that nothing is left over.
//
// Delete: header says that there is no value (here it is gone) and what is left over; chunks are deleted; header is deleted.
//
// Each write is read back before the next step relies on it: macOS' security tool and a dismissed prompt on Linux both
// report success for a write that didn't happen. Whatever step is the last before a crash, the header knows every chunk
// that can exist, and its SHA-256 lets no other bytes pass for the value. go-keyring can't list, so nothing else could.
const (
	maxItem   = 2048 // bytes of any stored string: Windows takes 2,560; macOS 4,096 for a line that has it in base64 again, and names
	chunkSize = maxItem / 4 * 3
	// maxChunks is what MaxValue can come to: gzip adds 18 bytes, and 5 for each 64 KiB that it can't compress.
	maxChunks = (MaxValue+64)/chunkSize + 1
	maxGen    = 1 << 53 // what JSON numbers keep
	version   = 1
	probeName = "probe"
)

// header is the item that tells what the chunks are.
type header struct {
	Version int    `json:"v"`
	Gen     int64  `json:"gen"`            // counts Puts; the value is in slot Gen mod 2
	Count   int    `json:"count"`          // chunks of the value; 0: there is no value
	Size    int    `json:"size,omitempty"` // of the value, bytes
	Sum     string `json:"sha256,omitempty"`
	Left    [2]int `json:"left"` // for each slot: chunks from here on can't exist; 0: none but the value's own
}

// none stands for a header that isn't there, before the first generation.
func none() header { return header{Version: version} }

func (h header) slot() int { return int(h.Gen % 2) }

// next is the generation after h's, in the other slot.
func (h header) next() int64 {
	if h.Gen >= maxGen {
		return int64(1 - h.slot())
	}
	return h.Gen + 1
}

// kept is how many chunks of a slot belong to the value.
func (h header) kept(slot int) int {
	if slot == h.slot() {
		return h.Count
	}
	return 0
}

// bound is the first index of a slot at which no chunk can be.
func (h header) bound(slot int) int { return max(h.Left[slot], h.kept(slot)) }

// clean says whether the value's own chunks are all there are.
func (h header) clean() bool { return h.Left == [2]int{} }

// encode gives the stored form, at most maxItem bytes.
func (h header) encode() string {
	b, err := json.Marshal(h)
	if err != nil {
		panic("keychain: a header has plain fields only: " + err.Error())
	}
	return string(b)
}

// parseHeader reads a stored header; what it accepts is safe to use for indexes and sizes.
func parseHeader(s string) (header, error) {
	var h header
	d := json.NewDecoder(strings.NewReader(s))
	d.DisallowUnknownFields()
	if len(s) > maxItem || d.Decode(&h) != nil || d.More() {
		return none(), fmt.Errorf("%w: its header can't be read", ErrCorrupt)
	}
	inRange := func(n, most int) bool { return n >= 0 && n <= most }
	sum, err := hex.DecodeString(h.Sum)
	ok := h.Version == version && h.Gen >= 0 && h.Gen <= maxGen && inRange(h.Count, maxChunks) && inRange(h.Size, MaxValue) &&
		inRange(h.Left[0], maxChunks) && inRange(h.Left[1], maxChunks) &&
		err == nil && (h.Count == 0 || len(sum) == sha256.Size)
	if !ok {
		return none(), fmt.Errorf("%w: its header makes no sense", ErrCorrupt)
	}
	return h, nil
}

// packed is a value ready to be stored.
type packed struct {
	chunks []string
	size   int
	sum    string
}

// pack compresses and cuts a value.
func pack(v secret.Value) (packed, error) {
	if v.Len() > MaxValue {
		return packed{}, fmt.Errorf("%w: %d KiB, the most is %d", ErrTooBig, (v.Len()+1023)/1024, MaxValue/1024)
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := z.Write(v.Reveal())
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		return packed{}, fmt.Errorf("compress: %w", err)
	}
	sum := sha256.Sum256(b.Bytes())
	p := packed{size: v.Len(), sum: hex.EncodeToString(sum[:])}
	for b.Len() > 0 {
		p.chunks = append(p.chunks, base64.StdEncoding.EncodeToString(b.Next(chunkSize)))
	}
	return p, nil
}

// unpack puts the chunks that a header names together again; anything but exactly them is ErrCorrupt.
func unpack(h header, chunks []string) (secret.Value, error) {
	if len(chunks) != h.Count || h.Count == 0 {
		return secret.Value{}, fmt.Errorf("%w: it has %d parts of %d", ErrCorrupt, len(chunks), h.Count)
	}
	var b []byte
	for i, c := range chunks {
		raw, err := base64.StdEncoding.DecodeString(c)
		if err != nil || len(c) > maxItem {
			return secret.Value{}, fmt.Errorf("%w: part %d can't be read", ErrCorrupt, i+1)
		}
		b = append(b, raw...)
	}
	if sum := sha256.Sum256(b); hex.EncodeToString(sum[:]) != h.Sum {
		return secret.Value{}, fmt.Errorf("%w: its parts don't belong together", ErrCorrupt)
	}
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return secret.Value{}, fmt.Errorf("%w: it can't be unpacked", ErrCorrupt)
	}
	plain, err := io.ReadAll(io.LimitReader(z, MaxValue+1)) // a foreign item may be a gzip bomb
	if err != nil || len(plain) != h.Size {
		return secret.Value{}, fmt.Errorf("%w: it can't be unpacked", ErrCorrupt)
	}
	return secret.New(plain), nil
}

// chunkName names one chunk's item. A name has no @, so no chunk is taken for a header.
func chunkName(name string, slot, index int) string {
	return name + "@" + strconv.Itoa(slot) + "." + strconv.Itoa(index)
}

// checkNames holds service and name to what every OS stores as it is, shell and all.
func checkNames(service, name string) error {
	for _, s := range []string{service, name} {
		odd := strings.ContainsFunc(s, func(r rune) bool {
			letter := 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
			return !letter && !strings.ContainsRune("._:/-", r)
		})
		if s == "" || len(s) > MaxName || s[0] == '-' || odd {
			return fmt.Errorf("%w: %q; it takes 1 to %d letters, digits and . _ : / -", ErrName, brief(s), MaxName)
		}
	}
	return nil
}
