package object

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// answering is a server of one answer, for what no server of the rig can be made to say.
type answering struct {
	body string
	err  error
	last Request
}

func (a *answering) Send(_ context.Context, r Request) (Answer, error) {
	a.last = r
	return Answer{Body: []byte(a.body)}, a.err
}

// A server that makes no tables (an aggregated one), and ones that answer nonsense.
func TestListWithoutTables(t *testing.T) {
	kind := Kind{Group: "metrics.k8s.io", Version: "v1", Resource: "pods", Kind: "PodMetrics", Namespaced: true}
	server := &answering{body: `{"kind":"PodMetricsList","items":[{"metadata":{"name":"a","namespace":"n","uid":"1","ownerReferences":[{"uid":"2"}]},"cpu":"1"}],"metadata":{"continue":"x","remainingItemCount":4}}`}
	m := Member{Requests: server}
	got, err := m.list(t.Context(), kind, "n", nil, 10)
	if err != nil || len(got.rows) != 1 || got.rows[0].link.Ref.Name != "a" || got.rows[0].owners[0] != "2" || !got.more || got.left != 4 {
		t.Errorf("%+v, %v", got, err)
	}
	for _, nonsense := range []string{"", "[]", "<html>", `{"rows":1}`, `{"items":{}}`} {
		server.body = nonsense
		if _, err := m.list(t.Context(), kind, "n", nil, 10); !errors.Is(err, errNotKubernetes) {
			t.Errorf("%q gives %v", nonsense, err)
		}
		if _, err := m.Open(t.Context(), Ref{Kind: "nowhere", Name: "a"}); err == nil {
			t.Errorf("%q opens", nonsense)
		}
	}
	m.Kinds = []Kind{kind}
	for _, nonsense := range []string{"null", "[]", "{}", `{"metadata":{"name":"b","uid":"1"}}`, `{"metadata":{"name":"a"}}`} {
		server.body = nonsense
		if _, err := m.Open(t.Context(), Ref{Kind: kind.Key(), Namespace: "n", Name: "a"}); !errors.Is(err, errNotKubernetes) {
			t.Errorf("%q gives %v", nonsense, err)
		}
	}
}

// Of Secrets only metadata are ever asked for in lists.
func TestSecretsAreListedAsMetadata(t *testing.T) {
	server := &answering{body: "{}"}
	m := Member{Requests: server}
	kind := Kind{Version: "v1", Resource: "secrets", Kind: "Secret", Namespaced: true, Verbs: []string{"list"}}
	for name, ask := range map[string]func() error{
		"list":  func() error { _, err := m.list(t.Context(), kind, "n", nil, 10); return err },
		"count": func() error { _, err := m.count(t.Context(), kind, "n"); return err },
	} {
		if err := ask(); err != nil || !strings.HasPrefix(server.last.Accept, "application/json;as=PartialObjectMetadataList") {
			t.Errorf("%s asks for %q, %v", name, server.last.Accept, err)
		}
	}
}

func TestCellStatus(t *testing.T) {
	for name, c := range map[string]struct {
		columns string
		cells   []any
		word    string
		tone    Tone
	}{
		"pod":         {"name ready status", []any{"a", "0/1", "CrashLoopBackOff"}, "CrashLoopBackOff", ToneBad},
		"deployment":  {"name ready up-to-date", []any{"a", "1/2", int64(1)}, "1/2", ToneWarning},
		"replica set": {"name desired current ready", []any{"a", 2.0, 2.0, 2.0}, "2/2", ToneGood},
		"job":         {"name completions", []any{"a", "0/1"}, "0/1", ToneBusy},
		"ready":       {"name ready", []any{"a", "True"}, "True", ToneGood},
		"short":       {"name status", []any{"a"}, "", ToneNone},
		"odd":         {"name ready", []any{"a", map[string]any{}}, "", ToneNone},
		"no number":   {"name ready", []any{"a", "x/y"}, "x/y", ToneNone},
		"none":        {"name", []any{"a"}, "", ToneNone},
	} {
		if word, tone := cellStatus(strings.Fields(c.columns), c.cells); word != c.word || tone != c.tone {
			t.Errorf("%s: %q, %s", name, word, tone)
		}
	}
}

func TestWhy(t *testing.T) {
	refusal := func(code int32, message string) error {
		return fmt.Errorf("GET /x: %w", &apierrors.StatusError{ErrStatus: metav1.Status{Code: code, Message: message}})
	}
	for name, c := range map[string]struct {
		err  error
		says string
	}{
		"nothing":    {nil, ""},
		"sign in":    {refusal(http.StatusUnauthorized, "no"), "Sign in again"},
		"forbidden":  {refusal(http.StatusForbidden, "lea may not\x1b[0m"), "The cluster doesn't allow it: lea may not[0m"},
		"gone":       {refusal(http.StatusNotFound, ""), "isn't there"},
		"busy":       {refusal(http.StatusTooManyRequests, ""), "busy"},
		"broken":     {refusal(http.StatusInternalServerError, "boom"), "The cluster refused: boom."},
		"mute":       {refusal(http.StatusInternalServerError, ""), "it gave no reason"},
		"slow":       {fmt.Errorf("x: %w", context.DeadlineExceeded), "in time"},
		"cancelled":  {fmt.Errorf("x: %w", context.Canceled), "cancelled"},
		"no network": {errors.New("connection refused"), "connection refused"},
	} {
		if got := Why(c.err); !strings.Contains(got, c.says) || (c.says == "") != (got == "") {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestConditions(t *testing.T) {
	o := of(t, "things", `status:
  conditions: [{type: Ready, status: "True", reason: Up, message: "a\nb", lastTransitionTime: "2026-01-01T00:00:00Z"}, {}, text, {type: 3}]
  condition: [{phase: MetaSnapshot, status: Failed, reason: it broke, timestamp: "2026-01-02T00:00:00Z"}]
`)
	want := []Condition{
		{Type: "Ready", Status: "True", Reason: "Up", Message: "a b", Since: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Tone: ToneGood},
		{Type: "MetaSnapshot", Status: "Failed", Message: "it broke", Since: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC), Tone: ToneBad},
	}
	if diff := cmp.Diff(want, conditions(o)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Events of both groups and of all ages tell the same.
func TestEventOf(t *testing.T) {
	at := func(day int) time.Time { return time.Date(2026, 1, day, 0, 0, 0, 0, time.UTC) }
	for name, c := range map[string]struct {
		text string
		want Event
	}{
		"counted": {
			`{type: Warning, reason: R, message: m, count: 4, source: {component: kubelet, host: n1}, firstTimestamp: "2026-01-01T00:00:00Z", lastTimestamp: "2026-01-03T00:00:00Z"}`,
			Event{Warning: true, Reason: "R", Message: "m", Source: "kubelet, n1", Count: 4, First: at(1), Last: at(3)},
		},
		"a series": {
			`{reason: R, message: m, eventTime: "2026-01-01T00:00:00.000000Z", reportingComponent: c, series: {count: 9, lastObservedTime: "2026-01-02T00:00:00.000000Z"}}`,
			Event{Reason: "R", Message: "m", Source: "c", Count: 9, First: at(1), Last: at(2)},
		},
		"once": {
			`{reason: R, note: m, eventTime: "2026-01-01T00:00:00Z", reportingController: c}`,
			Event{Reason: "R", Message: "m", Source: "c", Count: 1, First: at(1), Last: at(1)},
		},
		"timeless": {`{metadata: {creationTimestamp: "2026-01-05T00:00:00Z"}}`, Event{Count: 1, First: at(5), Last: at(5)}},
	} {
		if diff := cmp.Diff(c.want, eventOf(read(t, c.text))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestSchemasAreBounded(t *testing.T) {
	s := NewSchemas()
	for i := range maxSchemas + 10 {
		s.keep(schemaEntry{member: "m", kind: fmt.Sprint(i), suspends: true})
		s.find("m", "0") // and so it stays
	}
	_, used := s.find("m", "0")
	_, old := s.find("m", "1")
	if len(s.kept) != maxSchemas || !used || old {
		t.Errorf("%d are kept, %v %v", len(s.kept), used, old)
	}
	var none *Schemas
	none.keep(schemaEntry{})
	none.Forget("m")
	if none.suspends("m", Kind{Resource: "pods"}) {
		t.Error("nothing knows of a switch")
	}
}

func TestWords(t *testing.T) {
	for kind, want := range map[string]string{"Pod": "Pods", "Ingress": "Ingresses", "NetworkPolicy": "NetworkPolicies", "Endpoints": "Endpoints", "Gateway": "Gateways"} {
		if got := plural(Kind{Kind: kind}); got != want {
			t.Errorf("many of %s are %s", kind, got)
		}
	}
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567"} {
		if got := thousands(n); got != want {
			t.Errorf("%d is %s", n, got)
		}
	}
	for key, want := range map[string]string{"lastScheduleTime": "Last schedule time", "podCIDR": "Pod CIDR", "x": "X", "": "", "URL": "URL", "clusterIPs": "Cluster IPs"} {
		if got := spoken(key); got != want {
			t.Errorf("%q is %q", key, got)
		}
	}
}

func TestActions(t *testing.T) {
	verbs := []string{"get", "update", "patch", "delete"}
	for name, c := range map[string]struct {
		kind Kind
		text string
		want string
	}{
		"done job":        {Kind{Group: "batch", Resource: "jobs", Verbs: verbs}, "status: {conditions: [{type: Complete, status: 'True'}]}", "logs edit suspend! delete"},
		"Flux":            {Kind{Group: "kustomize.toolkit.fluxcd.io", Resource: "kustomizations", Verbs: verbs}, "spec: {path: x}", "edit suspend delete"},
		"Flux, held":      {Kind{Group: "helm.toolkit.fluxcd.io", Resource: "helmreleases", Verbs: verbs}, "spec: {suspend: true}", "edit resume delete"},
		"by its field":    {Kind{Group: "example.com", Resource: "things", Verbs: verbs}, "spec: {suspend: false}", "edit suspend delete"},
		"not a switch":    {Kind{Group: "example.com", Resource: "things", Verbs: verbs}, "spec: {suspend: sometimes}", "edit delete"},
		"only to be read": {Kind{Group: "metrics.k8s.io", Resource: "nodes", Verbs: []string{"get", "list"}}, "{}", ""},
		"being deleted":   {Kind{Resource: "pods", Verbs: verbs}, "metadata: {deletionTimestamp: '2026-01-01T00:00:00Z'}", "logs edit delete!"},
	} {
		got := actionsOf(Object{Actions: Member{}.actions(object{tree: read(t, c.text), kind: c.kind})})
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// What others keep is told before it is deleted in vain.
func TestMadeBy(t *testing.T) {
	for text, want := range map[string]string{
		"labels: {helm.toolkit.fluxcd.io/name: x}": "Flux", "annotations: {argocd.argoproj.io/tracking-id: x}": "Argo CD",
		"labels: {olm.owner: x}": "The Operator Lifecycle Manager", "labels: {addonmanager.kubernetes.io/mode: Reconcile}": "The add-on manager",
		"labels: {addonmanager.kubernetes.io/mode: EnsureExists}": "", "{}": "", "labels: text": "",
	} {
		if got := madeBy(tree{"metadata": map[string]any(read(t, text))}); got != want {
			t.Errorf("%s is made by %q", text, got)
		}
	}
}

// A group shows so many, counts the rest, and says when it didn't look at all.
func TestGroupsAreBounded(t *testing.T) {
	var items []string
	for i := range maxLinks + 50 {
		items = append(items, fmt.Sprintf(`{"metadata":{"name":"p%d","uid":"%d"}}`, i, i))
	}
	server := &answering{body: `{"items":[` + strings.Join(items, ",") + `],"metadata":{"continue":"x"}}`}
	m := Member{Requests: server, Kinds: builtIns()}
	g := m.listed("Pods", pods, "", nil)(t.Context())
	if len(g.Links) != maxLinks || g.More != 50 || g.Why != "Only the first 1,000 pods were looked at." {
		t.Errorf("%d links, %d more, %q", len(g.Links), g.More, g.Why)
	}
	server.err = context.DeadlineExceeded
	if g = m.listed("Pods", pods, "", nil)(t.Context()); !strings.Contains(g.Why, "in time") {
		t.Errorf("it says %q", g.Why)
	}
	if g = m.listed("Lamps", "lamps", "", nil)(t.Context()); len(g.Links)+g.More != 0 || g.Why != "" {
		t.Errorf("what isn't served is %+v", g)
	}
}

func TestNamed(t *testing.T) {
	m := Member{Kinds: append(builtIns(), Kind{Version: "v1", Resource: "persistentvolumeclaims", Kind: "PersistentVolumeClaim", Namespaced: true})}
	for name, c := range map[string]struct{ key, text, title, want string }{
		"ingress": {ingresses, "{metadata: {namespace: n}, spec: {defaultBackend: {service: {name: z}}, rules: [{http: {paths: [{backend: {service: {name: a}}}, {backend: {service: {name: a}}}]}}]}}", "Services", "services n/a, services n/z"},
		"volume":  {volumes, "spec: {claimRef: {namespace: n, name: c}}", "Claim", "persistentvolumeclaims n/c"},
		"scaler":  {autoscalers, "{metadata: {namespace: n}, spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}}", "Scales", "deployments.apps n/web"},
		"unknown": {autoscalers, "{metadata: {namespace: n}, spec: {scaleTargetRef: {apiVersion: example.com/v1, kind: Lamp, name: web}}}", "Scales", " /web!"},
		"event":   {events, "{involvedObject: {apiVersion: v1, kind: Node, name: n1}}", "About", "nodes /n1"},
		"pod": {
			pods, "{metadata: {namespace: n}, spec: {imagePullSecrets: [{name: pull}], volumes: [{secret: {secretName: s}}, {projected: {sources: [{secret: {name: p}}]}}], containers: [{envFrom: [{secretRef: {name: e}}], env: [{valueFrom: {secretKeyRef: {name: k}}}]}]}}",
			"Secrets", "secrets n/e, secrets n/k, secrets n/p, secrets n/pull, secrets n/s",
		},
	} {
		g, _ := groupOf(m.named(of(t, c.key, c.text)), c.title)
		var got []string
		for _, l := range g.Links {
			text := l.Ref.Kind + " " + l.Ref.Namespace + "/" + l.Ref.Name
			if l.Gone != "" {
				text += "!"
			}
			got = append(got, text)
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
