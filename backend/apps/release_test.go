package apps

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func gzipped(r io.Reader) []byte {
	var out bytes.Buffer
	gz := gzip.NewWriter(&out)
	_, _ = io.Copy(gz, r)
	_ = gz.Close()
	return out.Bytes()
}

// zeros is so many bytes of nothing.
type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }

func TestDecodeRelease(t *testing.T) {
	text := func(raw []byte) []byte { return []byte(base64.StdEncoding.EncodeToString(raw)) }
	h := helm{namespace: "n", name: "shop", chart: "shop\u202e\x1b[31m", version: "1.2.3", app: "v9", status: "deployed", revision: 2, manifest: manifest("v9"), config: map[string]any{"password": hidden}}
	got, err := decodeRelease([]byte(h.packed()))
	check(t, err)
	if got.chart != "shop[31m" || got.version != "1.2.3" || got.app != "v9" || got.deployed.UTC().Format(time.RFC3339Nano) != "2026-11-20T09:00:00.123456789Z" {
		t.Errorf("%+v", got)
	}
	if diff := cmp.Diff([]string{"busybox", "registry.example.com:5000/team/shop:v9"}, got.images); diff != "" {
		t.Error(diff)
	}
	if strings.Contains(fmt.Sprintf("%+v", got), hidden) {
		t.Error("a secret was kept")
	}
	for name, packed := range map[string][]byte{
		"not base64":      []byte("\x00" + hidden),
		"not gzip":        text(append([]byte{0x1f, 0x8b, 0x08}, hidden...)),
		"not JSON":        text([]byte(`{"config": "` + hidden)),
		"a bomb":          text(gzipped(io.LimitReader(zeros{}, 1<<30))),
		"cut short":       text(gzipped(strings.NewReader(`{}`))[:12]),
		"nothing":         nil,
		"deeper than any": text([]byte(strings.Repeat("[", 100_000))),
	} {
		if _, err := decodeRelease(packed); !errors.Is(err, errUnreadable) || strings.Contains(err.Error(), hidden) {
			t.Errorf("%s: %v", name, err)
		}
	}
	odd, err := decodeRelease(text([]byte(`{"chart": [], "info": {"last_deployed": 5, "status": "failed"}, "manifest": 7}`)))
	if err != nil || odd.status != "failed" {
		t.Errorf("odd types: %+v, %v", odd, err)
	}
}

func FuzzDecodeRelease(f *testing.F) {
	f.Add([]byte(`{"info":{"last_deployed":"2026-11-20T10:00:00Z","status":"x"},"chart":{"metadata":{"name":"a"}},"manifest":"---\nkind: Pod\ncontainers:\n- image: a"}`), true)
	f.Add([]byte(`{"chart":null,"info":[1]}`), false)
	f.Fuzz(func(t *testing.T, raw []byte, packed bool) {
		if packed {
			raw = gzipped(bytes.NewReader(raw))
		}
		got, err := decodeRelease([]byte(base64.StdEncoding.EncodeToString(raw)))
		if err != nil && !errors.Is(err, errUnreadable) {
			t.Fatal(err)
		}
		for _, s := range append([]string{got.chart, got.version, got.app, got.status, got.description}, got.images...) {
			if !fit(s) {
				t.Fatalf("%q isn't fit to be shown", s)
			}
		}
		_, _ = decodeRelease(raw)
	})
}

func FuzzManifest(f *testing.F) {
	f.Add(manifest("v1"))
	f.Add("kind: List\nitems:\n- &a {containers: [*a]}\n- containers: {image: x}\n")
	f.Add("kind: Pod\na: &a [*a]\ncontainers: [{image: b}, 5, null]\n--- # x\nkind: Pod\ninitContainers:\n- image: c\n")
	f.Fuzz(func(t *testing.T, text string) {
		images := manifestImages(text)
		if len(images) > maxImages {
			t.Fatalf("%d images", len(images))
		}
		for _, image := range images {
			if !fit(image) || !isImage(image) {
				t.Fatalf("%q is no image", image)
			}
			if repository, version := splitImage(image); repository == "" || version == "" {
				t.Fatalf("%q is %q, %q", image, repository, version)
			}
		}
	})
}

// FuzzList feeds any JSON to the readers of all kinds.
func FuzzList(f *testing.F) {
	f.Add([]byte(`{"metadata":{"continue":"x"},"items":[{"metadata":{"name":"a","labels":{"app.kubernetes.io/name":"b"}},"spec":{"replicas":-5,"template":{"spec":{"containers":[{"image":"c"}]}}},"status":{"conditions":[{"type":"Progressing","lastUpdateTime":"never"}]}}]}`))
	f.Add([]byte(`{"items":null}`))
	f.Add([]byte(`{"items":[{"metadata":7,"status":{"operationState":{"finishedAt":3}}},5,null]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var out found
		for _, read := range []func(io.Reader, *int) error{
			listOf(func(o object) { out.workloads = append(out.workloads, o.workload("deployments.apps")) }),
			listOf(func(v csv) { out.others = append(out.others, v.instance(subscription{})) }),
			listOf(func(s subscription) { out.others = append(out.others, s.pending()) }),
			listOf(func(a argoApp) { out.others = append(out.others, a.instance()) }),
			listOf(func(o fluxObject) { out.others = append(out.others, o.instance(listing{resource: "kustomizations"})) }),
		} {
			left := 100
			if err := read(bytes.NewReader(raw), &left); err != nil && !errors.Is(err, errUnreadable) && !errors.Is(err, errTooMany) {
				t.Fatal(err)
			}
		}
		for _, app := range merge(out.fold()) {
			for _, i := range app.Instances {
				for _, s := range []string{i.Namespace, i.Name, i.Chart, i.Version, i.App, i.Revision, i.Status, i.Message, i.Ref.Name, i.Selector} {
					if !fit(s) {
						t.Fatalf("%q isn't fit to be shown", s)
					}
				}
			}
		}
	})
}

func listOf[T any](take func(T)) func(io.Reader, *int) error {
	return func(r io.Reader, left *int) error {
		_, err := decodeList(r, left, take)
		return err
	}
}

// fit says whether a text can be shown as it stands.
func fit(s string) bool {
	return utf8.ValidString(s) && len(s) < 20*maxText && !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) })
}
