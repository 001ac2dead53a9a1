package apps

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"time"
)

const maxUnpacked = 16 << 20 // bytes of a release's record

// release is what is kept of a Helm release. Its values aren't.
type release struct {
	chart, version, app string
	status, description string
	deployed            time.Time
	images              []string
}

// decodeRelease reads a release as Helm keeps it: base64 of gzipped JSON, or of JSON as it did once. Its errors don't say what is in it.
func decodeRelease(packed []byte) (release, error) {
	raw := make([]byte, base64.StdEncoding.DecodedLen(len(packed)))
	n, err := base64.StdEncoding.Decode(raw, packed)
	if err != nil {
		return release{}, errUnreadable
	}
	raw = raw[:n]
	if bytes.HasPrefix(raw, []byte{0x1f, 0x8b, 0x08}) {
		if raw, err = unpack(raw); err != nil {
			return release{}, err
		}
	}
	var read struct {
		Info struct {
			LastDeployed moment `json:"last_deployed"`
			Description  string `json:"description"`
			Status       string `json:"status"`
		} `json:"info"`
		Chart struct {
			Metadata struct {
				Name       string `json:"name"`
				Version    string `json:"version"`
				AppVersion string `json:"appVersion"`
			} `json:"metadata"`
		} `json:"chart"`
		Manifest string `json:"manifest"`
	}
	if tolerant(json.Unmarshal(raw, &read)) != nil {
		return release{}, errUnreadable
	}
	return release{
		chart: clean(read.Chart.Metadata.Name), version: clean(read.Chart.Metadata.Version), app: clean(read.Chart.Metadata.AppVersion),
		status: clean(read.Info.Status), description: clean(read.Info.Description), deployed: read.Info.LastDeployed.Time,
		images: manifestImages(read.Manifest),
	}, nil
}

func unpack(raw []byte) ([]byte, error) {
	gz, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return nil, errUnreadable
	}
	out, err := io.ReadAll(io.LimitReader(gz, maxUnpacked+1))
	if err != nil {
		return nil, errUnreadable
	}
	if len(out) > maxUnpacked {
		return nil, fmt.Errorf("%w: it is larger than %d bytes", errUnreadable, maxUnpacked)
	}
	return out, nil
}

// describe adds what the record says to what its labels do.
func (r release) describe(i *Instance) {
	i.Chart, i.Version, i.App, i.Message, i.Updated, i.Images = r.chart, r.version, r.app, r.description, r.deployed, r.images
	if r.chart != "" {
		i.title = r.chart
	}
	if r.status != "" {
		i.Status, i.Tone = r.status, helmTone(r.status)
	}
}
