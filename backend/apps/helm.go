package apps

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"

	apierrors "k8s.io/apimachinery/pkg/api/errors"

	"github.com/binnacle-dev/binnacle/backend/pane"
)

const (
	asMetadata  = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io"
	maxRecord   = 8 << 20 // bytes of an object that holds a release; etcd takes 1.5 MiB
	maxReleases = 2_000   // of one member whose records are read
)

// meta is what is read of any object's metadata.
type meta struct {
	Name            string            `json:"name"`
	Namespace       string            `json:"namespace"`
	UID             string            `json:"uid"`
	ResourceVersion string            `json:"resourceVersion"`
	Labels          map[string]string `json:"labels"`
	Annotations     map[string]string `json:"annotations"`
}

func (m meta) ref(kind string) Ref {
	return Ref{Kind: kind, Namespace: clean(m.Namespace), Name: clean(m.Name), UID: clean(m.UID)}
}

// record is an object in which Helm keeps one revision of a release.
type record struct {
	meta

	release  string
	revision int
}

func readHelmSecrets(ctx context.Context, r *reader) found {
	l := listing{what: "Helm releases", key: "secrets", resource: "secrets", fields: "type=helm.sh/release.v1"}
	return readHelm(ctx, r, l, func(body []byte) ([]byte, error) {
		var secret struct {
			Data struct {
				Release []byte `json:"release"`
			} `json:"data"`
		}
		err := json.Unmarshal(body, &secret)
		return secret.Data.Release, err
	})
}

func readHelmConfigMaps(ctx context.Context, r *reader) found {
	l := listing{what: "Helm releases in ConfigMaps", key: "configmaps", resource: "configmaps"}
	return readHelm(ctx, r, l, func(body []byte) ([]byte, error) {
		var configMap struct {
			Data struct {
				Release string `json:"release"`
			} `json:"data"`
		}
		err := json.Unmarshal(body, &configMap)
		return []byte(configMap.Data.Release), err
	})
}

// readHelm lists the names of all revisions, and reads the newest one of each release. unwrap takes Helm's part out of its object.
func readHelm(ctx context.Context, r *reader, l listing, unwrap func([]byte) ([]byte, error)) found {
	l.accept, l.selectors = asMetadata, []string{"owner=helm"}
	l, served := r.kind(l)
	if !served {
		return found{}
	}
	newest := map[[2]string]record{}
	type named struct {
		Metadata meta `json:"metadata"`
	}
	g := each(ctx, r, l, func(o named) {
		c, ok := recordOf(o.Metadata)
		at := [2]string{c.Namespace, c.release}
		if best, there := newest[at]; ok && (!there || best.revision < c.revision) {
			newest[at] = c
		}
	})
	out := found{records: map[string]Instance{}}
	var mu sync.Mutex
	var gets sync.WaitGroup
	for _, c := range newest {
		if c.Labels["status"] == "uninstalled" {
			continue // only its history was kept
		}
		gets.Go(func() {
			instance, err := r.release(ctx, l, c, unwrap, len(newest) <= maxReleases)
			mu.Lock()
			defer mu.Unlock()
			out.helm = append(out.helm, instance)
			switch {
			case err == nil:
				out.records[c.key(l)] = instance
			case apierrors.IsForbidden(err):
				g.closed++
			case errors.Is(err, errUnreadable):
				g.broken++
			case apierrors.IsNotFound(err): // a newer one came, or it was uninstalled: the next reading shows it
			default:
				g.err = err
			}
		})
	}
	gets.Wait()
	out.gaps = []gap{g}
	return out
}

// recordOf reads which revision of which release an object holds.
func recordOf(m meta) (record, bool) {
	revision, err := strconv.Atoi(m.Labels["version"])
	c := record{meta: m, release: clean(m.Labels["name"]), revision: revision}
	return c, err == nil && c.release != "" && isPlace(m.Namespace, m.Name)
}

// key tells a record in a state from every other.
func (c record) key(l listing) string { return l.resource + "/" + c.UID + "/" + c.ResourceVersion }

// release is one release: what its labels say, and what its record says if it can be read.
func (r *reader) release(ctx context.Context, l listing, c record, unwrap func([]byte) ([]byte, error), read bool) (Instance, error) {
	if known, ok := r.known[c.key(l)]; ok {
		return known, nil
	}
	status := clean(c.Labels["status"])
	instance := Instance{
		source: Helm, title: c.release, Namespace: c.Namespace, Name: c.release, Revision: strconv.Itoa(c.revision),
		Status: status, Tone: helmTone(status), Ref: c.ref(l.key), Selector: selectorOf(labelInstance, c.release),
	}
	if !read {
		return instance, fmt.Errorf("%w: too many releases", errUnreadable)
	}
	path := l.path(c.Namespace, "", "")
	path = path[:strings.IndexByte(path, '?')] + "/" + c.Name
	err := r.read(ctx, path, "", func(body io.Reader) error {
		raw, err := io.ReadAll(io.LimitReader(body, maxRecord))
		if err != nil {
			return unreadable(err)
		}
		if !r.decoding.take(ctx) {
			return ctx.Err()
		}
		defer r.decoding.leave()
		packed, err := unwrap(raw)
		if err != nil {
			return errUnreadable
		}
		known, err := decodeRelease(packed)
		if err != nil {
			return errUnreadable
		}
		known.describe(&instance)
		return nil
	})
	return instance, err
}

func helmTone(status string) pane.Tone {
	switch status {
	case "deployed":
		return pane.ToneGood
	case "failed":
		return pane.ToneBad
	case "pending-install", "pending-upgrade", "pending-rollback", "uninstalling":
		return pane.ToneBusy
	case "uninstalled":
		return pane.ToneNone
	}
	return pane.ToneWarning
}
