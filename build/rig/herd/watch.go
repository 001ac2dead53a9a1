package herd

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"
)

// A watch is told the version every so often, and shortly before its end.
const (
	bookmarkEvery  = time.Minute
	bookmarkBefore = 2 * time.Second
)

// watch answers with what becomes of the objects until the client has enough.
func (q *request) watch() {
	match, ok := q.selector()
	if !ok {
		return
	}
	query := q.r.URL.Query()
	version, err := strconv.ParseUint(query.Get("resourceVersion"), 10, 64)
	if text := query.Get("resourceVersion"); err != nil && text != "" {
		refuse(q.w, http.StatusBadRequest, "BadRequest", "invalid resource version "+strconv.Quote(text), nil)
		return
	}
	s := &stream{request: q, match: match, include: query.Get("includeObject"), version: version}
	q.w.plain() // nobody compresses a watch
	q.w.Header().Set("Content-Type", "application/json")
	q.w.WriteHeader(http.StatusOK)
	q.w.flush()
	if version == 0 { // whatever there is, then what becomes of it
		objects, now := q.store.list(q.now)
		s.version = now
		for _, o := range objects {
			if s.concerns(o) && !s.send("ADDED", o) {
				return
			}
		}
	}
	limit := 30*time.Minute + rand.N(30*time.Minute)
	if seconds, err := strconv.Atoi(query.Get("timeoutSeconds")); err == nil && seconds > 0 {
		limit = time.Duration(seconds) * time.Second
	}
	s.run(limit, isTrue(query.Get("allowWatchBookmarks")))
}

// stream is one watch.
type stream struct {
	*request

	match   func(*object) bool
	include string
	version uint64
	told    bool            // the columns
	changed <-chan struct{} // closed when there is more
}

func (s *stream) concerns(o *object) bool {
	return (s.namespace == "" || s.namespace == o.namespace) && s.match(o)
}

func (s *stream) run(limit time.Duration, bookmarks bool) {
	began, end := time.Now(), time.NewTimer(limit)
	bookmark := time.NewTimer(min(bookmarkEvery, limit-bookmarkBefore))
	defer end.Stop()
	defer bookmark.Stop()
	bookmarks = bookmarks && limit > bookmarkBefore && s.kind.resource != "events" // they aren't in the watch cache
	for s.catchUp() {
		select {
		case <-s.changed:
		case <-bookmark.C:
			if bookmarks && !s.bookmark() {
				return
			}
			if left := limit - bookmarkBefore - time.Since(began); left > 0 {
				bookmark.Reset(min(bookmarkEvery, left))
			}
		case <-end.C:
			return
		case <-s.r.Context().Done():
			return
		}
	}
}

// catchUp sends what happened since the watch's version. It says no at the end of the watch.
func (s *stream) catchUp() bool {
	changes, changed, known := s.store.since(s.version)
	if !known {
		s.expired()
		return false
	}
	s.changed = changed
	for _, c := range changes {
		s.version = c.object.version
		if s.concerns(c.object) && !s.send(c.kind, c.object) {
			return false
		}
	}
	s.w.flush()
	return true
}

// send writes one event.
func (s *stream) send(kind string, o *object) bool {
	b := append(append([]byte(`{"type":"`), kind...), `","object":`...)
	switch s.as {
	case table:
		b = append(s.kind.appendRow(s.head(b, o.version), o, s.include, time.Now()), "]}"...)
	case metadataOnly:
		b = s.kind.appendPartial(b, o)
	case whole:
		b = s.kind.appendWhole(b, o, true)
	}
	_, err := s.w.Write(append(b, "}\n"...))
	return err == nil
}

// head begins a Table; only a watch's first has the columns.
func (s *stream) head(b []byte, version uint64) []byte {
	columns := s.kind.columns
	if s.told {
		columns = nil
	}
	s.told = true
	return head{version: version}.appendTable(b, columns)
}

// bookmark tells the version that the watch has come to.
func (s *stream) bookmark() bool {
	b := []byte(`{"type":"BOOKMARK","object":`)
	s.version = max(s.version, s.quietVersion())
	metadata := fmt.Sprintf(`"metadata":{"resourceVersion":"%d"}`, s.version)
	switch s.as {
	case table:
		b = appendJSON(append(s.head(b, s.version), `{"cells":`...), s.kind.emptyCells())
		b = append(b, `,"object":{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1",`+metadata+`}}]}`...)
	case metadataOnly:
		b = append(b, `{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1",`+metadata+`}`...)
	case whole:
		b = append(b, `{"kind":"`+s.kind.name+`","apiVersion":"`+s.kind.apiVersion()+`",`+metadata+`}`...)
	}
	_, err := s.w.Write(append(b, "}\n"...))
	s.w.flush()
	return err == nil
}

// quietVersion is the member's version if nothing of the kind happened since the watch's.
func (s *stream) quietVersion() uint64 {
	s.store.mu.Lock()
	defer s.store.mu.Unlock()
	if n := len(s.store.history); n > 0 && s.store.history[n-1].object.version > s.version {
		return 0
	}
	return s.now()
}

// expired ends a watch from a version that is not known any more.
func (s *stream) expired() {
	message := fmt.Sprintf("too old resource version: %d (%d)", s.version, s.store.gone)
	_, _ = fmt.Fprintf(s.w, `{"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":%q,"reason":"Expired","code":410}}`+"\n", message)
}
