package tables

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/binnacle-dev/binnacle/backend/pane"
)

// fake is a cluster in this process that serves one kind.
type fake struct {
	mu      sync.Mutex
	version int
	objects map[string]string // "namespace/name": its note
	streams map[*stream]bool
	asked   []ask
	// fault may answer in place of the cluster; nil, nil is to let it.
	fault func(ctx context.Context, a ask) (io.ReadCloser, error)
}

// ask is one request.
type ask struct {
	at           time.Time
	path, accept string
	query        url.Values
}

func (a ask) watches() bool { return a.query.Get("watch") != "" }

// String is what the request was for: "list", "watch 7", "page", "page next".
func (a ask) String() string {
	what := "list"
	switch {
	case a.watches():
		what = "watch"
	case a.query.Get("limit") != "":
		what = "page"
	}
	return strings.Join(strings.Fields(what+" "+a.query.Get("resourceVersion")+" "+a.query.Get("continue")), " ")
}

func refused(code int, message string) error {
	return &apierrors.StatusError{ErrStatus: metav1.Status{Status: metav1.StatusFailure, Code: int32(code), Message: message}}
}

func (f *fake) Stream(ctx context.Context, path, accept string) (io.ReadCloser, error) {
	u, err := url.Parse(path)
	if err != nil {
		return nil, err
	}
	a := ask{at: time.Now(), path: u.Path, accept: accept, query: u.Query()}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked = append(f.asked, a)
	if f.fault != nil {
		if body, err := f.fault(ctx, a); body != nil || err != nil {
			return body, err
		}
	}
	if a.watches() {
		s := newStream(ctx)
		s.under = namespaceOf(a.path)
		f.streams[s] = true
		return s, nil
	}
	return io.NopCloser(strings.NewReader(f.table(namespaceOf(a.path)))), nil
}

func namespaceOf(path string) string {
	_, rest, _ := strings.Cut(path, "/namespaces/")
	namespace, _, _ := strings.Cut(rest, "/")
	return namespace
}

// table is a list's body. The caller holds mu.
func (f *fake) table(namespace string) string {
	var rows []string
	for _, key := range slices.Sorted(maps.Keys(f.objects)) {
		if in, _, _ := strings.Cut(key, "/"); namespace == "" || in == namespace {
			rows = append(rows, f.row(key))
		}
	}
	return fmt.Sprintf(`{"kind":"Table","metadata":{"resourceVersion":"%d"},%s,"rows":[%s]}`, f.version, columns, strings.Join(rows, ","))
}

func (f *fake) row(key string) string {
	namespace, name, _ := strings.Cut(key, "/")
	return fmt.Sprintf(`{"cells":[%q,1,%q],"object":{"metadata":{"name":%q,"namespace":%q,"uid":"uid-%s","resourceVersion":"%d"}}}`,
		name, f.objects[key], name, namespace, key, f.version)
}

// change sets or, with note "", deletes an object, and tells the watches.
func (f *fake) change(key, note string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.version++
	kind := "ADDED"
	if f.objects[key] != "" {
		kind = "MODIFIED"
	}
	if note == "" {
		kind = "DELETED"
	}
	f.objects[key] = note
	f.send(kind, key)
	if note == "" {
		delete(f.objects, key)
	}
}

func (f *fake) send(kind, key string) {
	namespace, _, _ := strings.Cut(key, "/")
	for s := range f.streams {
		if s.under == "" || s.under == namespace || kind == "BOOKMARK" {
			s.say(fmt.Sprintf(`{"type":%q,"object":{"kind":"Table","metadata":{},%s,"rows":[%s]}}`+"\n", kind, columns, f.row(key)))
		}
	}
}

func (f *fake) bookmark() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.version++
	f.send("BOOKMARK", "/")
}

// cut ends all watches, with a last word or none.
func (f *fake) cut(word string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for s := range f.streams {
		if word != "" {
			s.say(word)
		}
		close(s.news)
	}
	clear(f.streams)
}

// set changes how the cluster behaves from now on.
func (f *fake) set(fault func(context.Context, ask) (io.ReadCloser, error)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fault = fault
}

// requests are those since the last call.
func (f *fake) requests() []ask {
	f.mu.Lock()
	defer f.mu.Unlock()
	asked := f.asked
	f.asked = nil
	return asked
}

func words(asked []ask) []string {
	var all []string
	for _, a := range asked {
		all = append(all, a.String())
	}
	return all
}

// stream is a body that comes as it is said.
type stream struct {
	done  <-chan struct{}
	news  chan string
	rest  string
	under string // namespace
}

func newStream(ctx context.Context) *stream {
	return &stream{done: ctx.Done(), news: make(chan string, 1000)}
}

func (s *stream) say(text string) { s.news <- text }

func (s *stream) Read(b []byte) (int, error) {
	if s.rest == "" {
		var ok bool
		select {
		case <-s.done:
			return 0, errors.New("the request was given up")
		case s.rest, ok = <-s.news:
			if !ok {
				return 0, io.EOF
			}
		}
	}
	n := copy(b, s.rest)
	s.rest = s.rest[n:]
	return n, nil
}

func (s *stream) Close() error { return nil }

// world is Tables over fakes, in a bubble of time.
type world struct {
	*Tables

	t       *testing.T
	fakes   map[string]*fake
	members []Member
	mu      sync.Mutex
	rung    []time.Time
	tried   []string
}

func things() Kind { return Kind{Key: "things.x", Group: "x", Resource: "things", Namespaced: true} }

func inBubble(t *testing.T, o Options, test func(*world)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := &world{t: t, fakes: map[string]*fake{}}
		o.Requests = func(id string) (Requests, error) {
			w.mu.Lock()
			defer w.mu.Unlock()
			if f := w.fakes[id]; f != nil {
				return f, nil
			}
			return nil, errors.New("no such member")
		}
		o.Changed = func(string) {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.rung = append(w.rung, time.Now())
		}
		o.Tried = func(member, namespace string, allowed bool) {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.tried = append(w.tried, member+" "+namespace+" "+strconv.FormatBool(allowed))
		}
		o.Limits.Decoders = cmp.Or(o.Limits.Decoders, 4) // whatever the machine has
		w.Tables = New(o)
		defer w.Close()
		test(w)
	})
}

// add makes a member that serves things, with these objects in it.
func (w *world) add(id string, objects ...string) *fake {
	f := &fake{version: 10, objects: map[string]string{}, streams: map[*stream]bool{}}
	for _, o := range objects {
		f.objects[o] = "new"
	}
	w.mu.Lock()
	w.fakes[id] = f
	w.mu.Unlock()
	w.members = append(w.members, Member{
		ID: id, Name: id, Connected: true, Connection: "1",
		Serves: func(string) (string, bool, bool) { return "v1", true, true },
	})
	return f
}

// open opens the table of things with all members, and waits until all is quiet.
func (w *world) open() *Table {
	w.SetMembers(w.members)
	table := w.Open(things())
	synctest.Wait()
	return table
}

// of is how it stands with a member.
func (w *world) of(table *Table, id string) Status {
	w.t.Helper()
	for _, s := range table.Members() {
		if s.Member == id {
			return s
		}
	}
	w.t.Fatalf("no member %s", id)
	return Status{}
}

// wants fails the test unless the member is in the state, with so many rows.
func (w *world) wants(table *Table, id string, state State, rows int) Status {
	w.t.Helper()
	s := w.of(table, id)
	if s.State != state || s.Rows != rows {
		w.t.Errorf("%s is %s with %d rows (%s), want %s with %d", id, s.State, s.Rows, s.Why, state, rows)
	}
	return s
}

// names are the rows' names and notes.
func rowsOf(table *Table) []string {
	var all []string
	for _, r := range table.Pane().Window(pane.Query{Limit: 1000}).Rows {
		all = append(all, r.Member+" "+r.Namespace+"/"+r.Name+" "+r.Cells[1])
	}
	return all
}

// wait lets time pass.
func wait(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// answers is a fault that refuses what match says.
func answers(status int, match func(ask) bool) func(context.Context, ask) (io.ReadCloser, error) {
	return func(_ context.Context, a ask) (io.ReadCloser, error) {
		if match(a) {
			return nil, refused(status, http.StatusText(status))
		}
		return nil, nil // the cluster answers
	}
}

func always(ask) bool { return true }
