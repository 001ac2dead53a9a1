package apps

import (
	"context"
	"io"
	"sync"
	"time"
)

const (
	memberRequests = 4           // at a time to one member
	decodings      = 4           // of large records at a time, for all members
	memberLimit    = time.Minute // for all of one member
)

// turns lets so many go on at a time.
type turns chan struct{}

// take waits for a turn, and says whether it came before ctx ended.
func (t turns) take(ctx context.Context) bool {
	select {
	case t <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

func (t turns) leave() { <-t }

// reader reads one member once.
type reader struct {
	member   Member
	requests Requests
	slots    turns // of this member
	decoding turns // of the Book
	known    map[string]Instance
}

// found is what one reading of a member came to.
type found struct {
	helm      []Instance
	others    []Instance
	workloads []workload
	gaps      []gap
	records   map[string]Instance // Helm's, by the version of their object: a release that didn't change isn't read again
}

// all reads everything that tells of applications, side by side.
func (r *reader) all(ctx context.Context) found {
	ctx, cancel := context.WithTimeout(ctx, memberLimit)
	defer cancel()
	var (
		parts sync.WaitGroup
		mu    sync.Mutex
		out   found
	)
	for _, read := range []func(context.Context, *reader) found{readHelmSecrets, readHelmConfigMaps, readOperators, readWorkloads, readArgo, readFlux} {
		parts.Go(func() {
			part := read(ctx, r)
			mu.Lock()
			defer mu.Unlock()
			out.add(part)
		})
	}
	parts.Wait()
	return out
}

func (f *found) add(part found) {
	f.helm = append(f.helm, part.helm...)
	f.others = append(f.others, part.others...)
	f.workloads = append(f.workloads, part.workloads...)
	f.gaps = append(f.gaps, part.gaps...)
	for key, instance := range part.records {
		if f.records == nil {
			f.records = map[string]Instance{}
		}
		f.records[key] = instance
	}
}

// kind makes l whole; false when the member doesn't serve it.
func (r *reader) kind(l listing) (listing, bool) {
	version, served, _ := r.member.Serves(l.key)
	l.version = version
	if len(l.selectors) == 0 {
		l.selectors = []string{""}
	}
	return l, served
}

// namespaces are those that are asked one by one; only names can be part of a path.
func (r *reader) namespaces() []string {
	var out []string
	for _, n := range r.member.Namespaces[:min(len(r.member.Namespaces), maxNamespaces)] {
		if isPlace(n, n) {
			out = append(out, n)
		}
	}
	return out
}

// read makes one request, and has its body read while the request may last.
func (r *reader) read(ctx context.Context, path, accept string, use func(io.Reader) error) error {
	if !r.slots.take(ctx) {
		return ctx.Err()
	}
	defer r.slots.leave()
	ctx, cancel := context.WithTimeout(ctx, requestLimit)
	defer cancel()
	body, err := r.requests.Stream(ctx, path, accept)
	if err != nil {
		return blame(ctx, err)
	}
	defer func() { _ = body.Close() }() // there is nobody to tell
	return blame(ctx, use(io.LimitReader(body, maxPage)))
}

// blame is why reading failed: the time, if it was that.
func blame(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}
