package podlogs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
)

// fakeMember is an API server with its kubelets, as far as logs go, in memory, so that a test can break what it likes at a
// time of its own. It cuts sinceTime to whole seconds as the real one does, and answers to follow only when a line is there.
type fakeMember struct {
	mu      sync.Mutex
	changed chan struct{} // closed at every change
	version int
	objects map[string]string // path -> JSON
	pods    []*fakePod
	events  []fakeEvent
	refuse  func(path string) error // nil: nothing is refused
	hang    func(path string) bool
	cut     func(path string) int // bytes after which a log's stream breaks off; 0 is never
	asked   []string
}

type fakePod struct {
	name, uid, labels, status string // the last two JSON
	containers                []string
	logs                      map[string]*fakeLog
}

type fakeLog struct {
	lines []string // with their time, without the newline
	open  string   // a line that is not at its end
	over  bool     // the container has ended
}

type fakeEvent struct {
	kind string
	pod  string
}

func newMember() *fakeMember {
	return &fakeMember{changed: make(chan struct{}), objects: map[string]string{}}
}

// change does something and wakes whoever waits for it.
func (m *fakeMember) change(do func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	do()
	close(m.changed)
	m.changed = make(chan struct{})
}

const running = `{"phase":"Running","containerStatuses":[{"name":"app","state":{"running":{}}},{"name":"side","state":{"running":{}}}]}`

// pod adds a running pod with the label app and the containers named.
func (m *fakeMember) pod(name string, containers ...string) *fakePod {
	p := &fakePod{name: name, uid: "uid-" + name, labels: `{"app":"web"}`, status: running, containers: containers, logs: map[string]*fakeLog{}}
	for _, c := range containers {
		p.logs[c] = &fakeLog{}
	}
	m.change(func() {
		m.pods = append(m.pods, p)
		m.event("ADDED", p)
	})
	return p
}

func (m *fakeMember) event(kind string, p *fakePod) {
	m.version++
	m.events = append(m.events, fakeEvent{kind, p.json()})
}

func (m *fakeMember) setStatus(p *fakePod, status string) {
	m.change(func() {
		p.status = status
		m.event("MODIFIED", p)
	})
}

func (m *fakeMember) remove(p *fakePod) {
	m.change(func() {
		m.pods = slices.DeleteFunc(m.pods, func(o *fakePod) bool { return o == p })
		for _, l := range p.logs {
			l.over = true
		}
		m.event("DELETED", p)
	})
}

// write adds lines at the time that it is.
func (m *fakeMember) write(p *fakePod, container string, lines ...string) {
	m.change(func() {
		for _, text := range lines {
			p.logs[container].lines = append(p.logs[container].lines, time.Now().UTC().Format(time.RFC3339Nano)+" "+text)
		}
	})
}

func (p *fakePod) json() string {
	var specs []string
	for _, c := range p.containers {
		specs = append(specs, fmt.Sprintf(`{"name":%q}`, c))
	}
	return fmt.Sprintf(`{"metadata":{"name":%q,"uid":%q,"labels":%s},"spec":{"containers":[%s]},"status":%s}`, p.name, p.uid, p.labels, strings.Join(specs, ","), p.status)
}

func refusal(code int, message string) error {
	reasons := map[int]metav1.StatusReason{400: metav1.StatusReasonBadRequest, 403: metav1.StatusReasonForbidden, 404: metav1.StatusReasonNotFound}
	return &apierrors.StatusError{ErrStatus: metav1.Status{Code: int32(code), Reason: reasons[code], Message: message}}
}

func (m *fakeMember) Get(ctx context.Context, path string, into any) error {
	if err := m.enter(ctx, path); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	object, found := m.objects[path]
	if !found {
		return refusal(http.StatusNotFound, path+" not found")
	}
	return json.Unmarshal([]byte(object), into)
}

// enter notes a request and hangs or refuses it if the test wants that.
func (m *fakeMember) enter(ctx context.Context, path string) error {
	m.mu.Lock()
	m.asked = append(m.asked, path)
	refuse, hang := m.refuse, m.hang
	m.mu.Unlock()
	if hang != nil && hang(path) {
		<-ctx.Done()
		return ctx.Err()
	}
	if refuse != nil {
		return refuse(path)
	}
	return nil
}

func (m *fakeMember) count(match func(path string) bool) (n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, path := range m.asked {
		if match(path) {
			n++
		}
	}
	return n
}

func (m *fakeMember) Stream(ctx context.Context, path, _ string) (io.ReadCloser, error) {
	if err := m.enter(ctx, path); err != nil {
		return nil, err
	}
	u, err := url.Parse(path)
	if err != nil {
		return nil, err
	}
	parts, q := strings.Split(strings.TrimPrefix(u.Path, "/"), "/"), u.Query()
	switch {
	case len(parts) == 7 && parts[6] == "log":
		return m.log(ctx, path, parts[5], q)
	case len(parts) == 6 && parts[4] == "pods":
		return m.one(parts[5])
	case parts[len(parts)-1] != "pods":
		m.mu.Lock()
		defer m.mu.Unlock()
		return io.NopCloser(strings.NewReader(m.objects[u.Path])), nil
	case q.Get("watch") != "":
		return m.watch(ctx, q), nil
	}
	return m.list(q), nil
}

func (m *fakeMember) one(name string) (io.ReadCloser, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, p := range m.pods {
		if p.name == name {
			return io.NopCloser(strings.NewReader(p.json())), nil
		}
	}
	return nil, refusal(http.StatusNotFound, "pods not found")
}

func selects(q url.Values, object string) bool {
	var p struct{ Metadata metav1.ObjectMeta }
	if json.Unmarshal([]byte(object), &p) != nil {
		return false
	}
	if name, found := strings.CutPrefix(q.Get("fieldSelector"), "metadata.name="); found {
		return p.Metadata.Name == name
	}
	selector, err := labels.Parse(q.Get("labelSelector"))
	return err == nil && selector.Matches(labels.Set(p.Metadata.Labels))
}

func (m *fakeMember) list(q url.Values) io.ReadCloser {
	m.mu.Lock()
	defer m.mu.Unlock()
	var items []string
	for _, p := range m.pods {
		if object := p.json(); selects(q, object) {
			items = append(items, object)
		}
	}
	return io.NopCloser(strings.NewReader(fmt.Sprintf(`{"metadata":{"resourceVersion":"%d"},"items":[%s]}`, m.version, strings.Join(items, ","))))
}

// pipe runs a writer until it ends or the stream is closed.
func pipe(ctx context.Context, write func(ctx context.Context, w io.Writer) error) io.ReadCloser {
	ctx, cancel := context.WithCancel(ctx)
	r, w := io.Pipe()
	stop := context.AfterFunc(ctx, func() { _ = r.CloseWithError(ctx.Err()) })
	go func() {
		err := write(ctx, w)
		stop()
		_ = w.CloseWithError(err)
	}()
	return &piped{r, cancel}
}

type piped struct {
	io.Reader
	cancel context.CancelFunc
}

func (p *piped) Close() error {
	p.cancel()
	return nil
}

func (m *fakeMember) watch(ctx context.Context, q url.Values) io.ReadCloser {
	next, _ := strconv.Atoi(q.Get("resourceVersion"))
	return pipe(ctx, func(ctx context.Context, w io.Writer) error {
		for {
			m.mu.Lock()
			events, changed := m.events[min(next, len(m.events)):], m.changed
			m.mu.Unlock()
			for _, e := range events {
				next++
				if !selects(q, e.pod) {
					continue
				}
				if _, err := fmt.Fprintf(w, `{"type":%q,"object":%s}`+"\n", e.kind, e.pod); err != nil {
					return err
				}
			}
			if err := m.wait(ctx, changed); err != nil {
				return err
			}
		}
	})
}

func (m *fakeMember) wait(ctx context.Context, changed <-chan struct{}) error {
	select {
	case <-changed:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// log streams a container's log. Without follow it ends with what is there.
func (m *fakeMember) log(ctx context.Context, path, pod string, q url.Values) (io.ReadCloser, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	i := slices.IndexFunc(m.pods, func(p *fakePod) bool { return p.name == pod })
	if i < 0 {
		return nil, refusal(http.StatusNotFound, "pods "+pod+" not found")
	}
	name := q.Get("container")
	if q.Get("previous") != "" {
		name += "-previous"
	}
	log := m.pods[i].logs[name]
	if log == nil {
		return nil, refusal(http.StatusBadRequest, `container "`+q.Get("container")+`" in pod "`+pod+`" is waiting to start: ContainerCreating`)
	}
	since, _ := time.Parse(time.RFC3339, q.Get("sinceTime"))
	tail, _ := strconv.Atoi(q.Get("tailLines"))
	from, left := max(0, len(log.lines)-tail), 0
	if m.cut != nil {
		left = m.cut(path)
	}
	follow := q.Get("follow") != ""
	return pipe(ctx, func(ctx context.Context, w io.Writer) error {
		out := &cutter{w: w, left: left}
		for {
			m.mu.Lock()
			lines, open, over, changed := log.lines[from:], log.open, log.over, m.changed
			m.mu.Unlock()
			for _, line := range lines {
				from++
				if at, _ := stamp([]byte(line)); at.Before(since) && !since.IsZero() {
					continue
				}
				if _, err := io.WriteString(out, line+"\n"); err != nil {
					return err
				}
			}
			if !follow || over {
				_, err := io.WriteString(out, open)
				return err
			}
			if err := m.wait(ctx, changed); err != nil {
				return err
			}
		}
	}), nil
}

var errCut = errors.New("connection reset by peer")

// cutter breaks a stream off after some bytes, wherever that is.
type cutter struct {
	w    io.Writer
	left int // 0 is no limit
}

func (c *cutter) Write(b []byte) (int, error) {
	if c.left == 0 {
		return c.w.Write(b)
	}
	n := min(len(b), c.left)
	if _, err := c.w.Write(b[:n]); err != nil {
		return 0, err
	}
	if c.left -= n; c.left == 0 {
		return n, errCut
	}
	return n, nil
}

// open opens a log of members that are named by their place: m0, m1 and so on.
func open(t *testing.T, o Options, members ...*fakeMember) *Log {
	t.Helper()
	o.Requests = func(member string) (Requests, error) {
		i, err := strconv.Atoi(strings.TrimPrefix(member, "m"))
		if err != nil || i >= len(members) {
			return nil, errors.New("the member isn't connected")
		}
		return members[i], nil
	}
	l := Open(t.Context(), o)
	t.Cleanup(l.Close)
	return l
}

// web is a Deployment in a member, and the Ref to it.
func (m *fakeMember) web(member string) Ref {
	m.objects["/apis/apps/v1/namespaces/shop/deployments/web"] = `{"spec":{"selector":{"matchLabels":{"app":"web"}}}}`
	return Ref{Member: member, Group: "apps", Version: "v1", Resource: "deployments", Namespace: "shop", Name: "web"}
}

// webA is the Ref to the pod web-a of the first member.
func webA() Ref {
	return Ref{Member: "m0", Version: "v1", Resource: "pods", Namespace: "shop", Name: "web-a"}
}

func texts(w Window) []string {
	all := []string{}
	for _, l := range w.Lines {
		all = append(all, l.Text)
	}
	return all
}

// states are the sources as "pod/container state".
func states(w Window) []string {
	all := []string{}
	for _, s := range w.Sources {
		all = append(all, s.Pod+"/"+s.Container+" "+string(s.State))
	}
	return all
}
