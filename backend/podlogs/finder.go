package podlogs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/url"
	"strconv"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

const (
	pageLimit = 250             // pods in one answer to a list
	pollPause = 5 * time.Second // where pods may be read, but not watched
	watchTime = 5 * time.Minute // that a watch lives; then the pods are listed again
	maxPage   = 64 << 20
	maxEvent  = 8 << 20
)

// finder finds the pods of one Ref and keeps to them. Its goroutine is run.
type finder struct {
	log  *Log
	host *host
	ref  Ref
	note *note
	pods map[string]*pod // by UID, as last seen
	more map[string]bool // containers that are not shown, by UID and name: there are too many
	poll bool            // watching is not allowed
}

func (f *finder) run(ctx context.Context) {
	pause := shortPause
	for ctx.Err() == nil {
		began := time.Now()
		err := f.pass(ctx)
		if err != nil && ctx.Err() == nil {
			state, why := verdict(err, "pods")
			f.log.say(f.note, state, why)
		}
		switch {
		case f.poll && err == nil:
			pause = pollPause
		case err == nil || time.Since(began) > longPause:
			pause = shortPause
		}
		if f.log.options.Previous && err == nil {
			return // what ran before doesn't change
		}
		sleep(ctx, jitter(pause), nil)
		pause = min(2*pause, longPause)
	}
}

// pass finds the pods once and, if that is allowed, watches them until the watch ends.
func (f *finder) pass(ctx context.Context) error {
	if f.ref.Resource == "cronjobs" {
		return f.jobs(ctx)
	}
	query, err := f.query(ctx)
	if err != nil {
		return err
	}
	version, err := f.list(ctx, query)
	if f.ref.isPod() && apierrors.IsForbidden(err) { // to get it may be allowed all the same
		f.poll = true
		return f.get(ctx)
	}
	if err != nil || f.log.options.Previous {
		return err
	}
	err = f.watch(ctx, query, version)
	if apierrors.IsForbidden(err) {
		f.poll, err = true, nil
	}
	return err
}

func (r Ref) isPod() bool { return r.Group == "" && r.Resource == "pods" }

// list takes in all pods there are and answers the version to watch from.
func (f *finder) list(ctx context.Context, query url.Values) (version string, err error) {
	ctx, cancel := context.WithTimeout(ctx, answerLimit)
	defer cancel()
	found, token := map[string]bool{}, ""
	for {
		page, err := f.page(ctx, query, token)
		if err != nil {
			return "", err
		}
		for i := range page.Items {
			f.see(&page.Items[i], false)
			found[page.Items[i].Metadata.UID] = true
		}
		version, token = page.Metadata.ResourceVersion, page.Metadata.Continue
		if token == "" || len(found) >= f.log.options.Limits.Sources {
			break
		}
	}
	for uid, p := range f.pods {
		if !found[uid] && token == "" {
			f.see(p, true)
		}
	}
	f.tell()
	return version, nil
}

// podPage is one answer to a list.
type podPage struct {
	Metadata struct {
		ResourceVersion string `json:"resourceVersion"`
		Continue        string `json:"continue"`
	} `json:"metadata"`
	Items []pod `json:"items"`
}

func (f *finder) page(ctx context.Context, query url.Values, token string) (page podPage, err error) {
	q := url.Values{"limit": {strconv.Itoa(pageLimit)}}
	if token != "" {
		q.Set("continue", token)
	}
	err = f.read(ctx, f.podsPath(query, q), "application/json", &page)
	return page, err
}

// read decodes one answer of any length that makes sense.
func (f *finder) read(ctx context.Context, path, accept string, into any) error {
	stream, err := f.stream(ctx, path, accept)
	if err != nil {
		return err
	}
	defer func() { _ = stream.Close() }()
	if err := json.NewDecoder(io.LimitReader(stream, maxPage)).Decode(into); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return errors.New("the answer can't be read: it broke off, or isn't one of a Kubernetes API server")
	}
	return nil
}

func (f *finder) stream(ctx context.Context, path, accept string) (io.ReadCloser, error) {
	requests, err := f.log.options.Requests(f.ref.Member)
	if err != nil {
		return nil, err
	}
	return requests.Stream(ctx, path, accept)
}

// get takes in one pod by its name.
func (f *finder) get(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, answerLimit)
	defer cancel()
	var p pod
	if err := f.read(ctx, f.podsPath(nil, nil)+"/"+url.PathEscape(f.ref.Name), "application/json", &p); err != nil {
		if apierrors.IsNotFound(err) {
			f.forget()
		}
		return err
	}
	for uid, old := range f.pods {
		if uid != p.Metadata.UID {
			f.see(old, true)
		}
	}
	f.see(&p, false)
	f.tell()
	return nil
}

func (f *finder) forget() {
	for _, p := range f.pods {
		f.see(p, true)
	}
}

func (f *finder) podsPath(queries ...url.Values) string {
	all := url.Values{}
	for _, q := range queries {
		maps.Copy(all, q)
	}
	path := "/api/v1/namespaces/" + url.PathEscape(f.ref.Namespace) + "/pods"
	if len(all) > 0 {
		path += "?" + all.Encode()
	}
	return path
}

// see makes known how a pod stands.
func (f *finder) see(p *pod, gone bool) {
	if p.Metadata.UID == "" || (f.ref.isPod() && f.ref.UID != "" && f.ref.UID != p.Metadata.UID) {
		return
	}
	if gone {
		delete(f.pods, p.Metadata.UID)
	} else {
		f.pods[p.Metadata.UID] = p
	}
	for _, c := range p.containers() {
		if only := f.log.options.Container; only != "" && only != c.name {
			continue
		}
		key := p.Metadata.UID + "/" + c.name
		delete(f.more, key)
		switch {
		case gone:
			f.log.depart(f.host, f.ref, key)
		case !f.log.adopt(f.host, f.ref, p, c):
			f.more[key] = true
		}
	}
}

// tell says what there is to say of the workload when its pods can be read.
func (f *finder) tell() {
	switch {
	case len(f.more) > 0:
		f.log.say(f.note, Waiting, fmt.Sprintf("%d more containers are not shown: there are too many.", len(f.more)))
	case len(f.pods) == 0:
		f.log.say(f.note, Waiting, "There is no pod.")
	default:
		f.log.say(f.note, Live, "")
	}
}
