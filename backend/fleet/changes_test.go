package fleet

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/rest"
)

var errShut = errors.New("this cluster is read-only")

// shut is a Gate that lets nothing pass and notes what it was asked.
type shut struct {
	mu    sync.Mutex
	asked []GateRequest
	of    []string
}

func (g *shut) refuse(id string, r GateRequest) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.asked, g.of = append(g.asked, r), append(g.of, id)
	return errShut
}

// guarded is a cluster behind a shut gate. Everything that the fleet itself asks must have passed by then.
func guarded(t *testing.T, prepare func(*world, *fake) string) (*shut, *fake, *Client) {
	t.Helper()
	w, g := newWorld(t), &shut{}
	w.Close()
	w.gate = g.refuse
	w.open()
	f, m := w.cluster("a")
	if prepare != nil {
		m = w.vault.put("a", credential(t, prepare(w, f)))
	}
	w.Set([]Member{m})
	w.wants("a", StateReady)
	if len(g.asked) > 0 {
		t.Fatalf("the fleet's own questions are no changes: %+v", g.asked)
	}
	c, err := w.Client("a")
	if err != nil {
		t.Fatal(err)
	}
	f.forget()
	return g, f, c
}

// ways are all by which a change could leave.
func ways(t *testing.T, c *Client) map[string]func() error {
	t.Helper()
	ctx, body := t.Context(), []byte(`{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"x"}}`)
	object := &unstructured.Unstructured{}
	if err := object.UnmarshalJSON(body); err != nil {
		t.Fatal(err)
	}
	configMaps := schema.GroupVersionResource{Version: "v1", Resource: "configmaps"}
	own, err := dynamic.NewForConfig(c.Config())
	if err != nil {
		t.Fatal(err)
	}
	plain, err := rest.HTTPClientFor(c.Config())
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]func() error{
		"Post": func() error { return c.Post(ctx, "/api/v1/namespaces/x/configmaps", object, &struct{}{}) },
	}
	for name, d := range map[string]dynamic.Interface{"Dynamic": c.Dynamic(), "Config": own} {
		r := d.Resource(configMaps).Namespace("x")
		all[name+" create"] = func() error { _, err := r.Create(ctx, object, metav1.CreateOptions{}); return err }
		all[name+" update"] = func() error { _, err := r.Update(ctx, object, metav1.UpdateOptions{}); return err }
		all[name+" status"] = func() error { _, err := r.UpdateStatus(ctx, object, metav1.UpdateOptions{}); return err }
		all[name+" delete"] = func() error { return r.Delete(ctx, "x", metav1.DeleteOptions{}) }
		all[name+" delete all"] = func() error { return r.DeleteCollection(ctx, metav1.DeleteOptions{}, metav1.ListOptions{}) }
		all[name+" patch"] = func() error {
			_, err := r.Patch(ctx, "x", types.MergePatchType, body, metav1.PatchOptions{})
			return err
		}
		all[name+" apply"] = func() error { _, err := r.Apply(ctx, "x", object, metav1.ApplyOptions{FieldManager: "b"}); return err }
	}
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodConnect, "post", "LINK"} {
		all["Send "+method] = func() error {
			_, err := c.Send(ctx, Request{Method: method, Path: "/api/v1/namespaces/x/configmaps/x", Body: body})
			return err
		}
	}
	for name, header := range map[string]http.Header{
		"exec":             {"Upgrade": {"websocket"}, "Connection": {"Upgrade"}},
		"exec by SPDY":     {"Upgrade": {"SPDY/3.1"}, "Connection": {"keep-alive, UPGRADE"}},
		"exec in disguise": {"upgrade": {"websocket"}},
	} {
		all[name] = func() error {
			r, err := http.NewRequestWithContext(ctx, http.MethodGet, c.Config().Host+"/api/v1/namespaces/x/pods/p/exec?command=sh", nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Header = header
			answer, err := plain.Do(r)
			if err == nil {
				_ = answer.Body.Close()
			}
			return err
		}
	}
	return all
}

func TestAShutGateLetsNoChangePass(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g, f, c := guarded(t, nil)
		n := 0
		for name, change := range ways(t, c) {
			err := change()
			if n++; !errors.Is(err, errShut) || len(g.asked) != n || g.of[n-1] != "a" {
				t.Errorf("%s: %v, the gate was asked %d times, want %d", name, err, len(g.asked), n)
				n = len(g.asked)
			}
		}
		if seen := f.seen(); len(seen) > 0 {
			t.Errorf("it arrived: %v", seen)
		}
	})
}

// The gate comes before the proof, too: a change that isn't allowed wears out no sign-in.
func TestAShutGateLetsNothingPassWithASource(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g, f, c := guarded(t, func(w *world, f *fake) string {
			w.sources["a"] = &issuer{}
			return f.program()
		})
		for name, change := range ways(t, c) {
			if err := change(); !errors.Is(err, errShut) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if seen := f.seen(); len(seen) > 0 || len(g.asked) == 0 {
			t.Errorf("it arrived: %v", seen)
		}
	})
}

func TestReadsPassAShutGate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g, _, c := guarded(t, nil)
		if _, err := c.WhoAmI(t.Context()); err != nil {
			t.Error(err)
		}
		if _, err := c.May(t.Context(), "list", "", "pods", ""); err != nil {
			t.Error(err)
		}
		if _, err := c.rules(t.Context(), "x"); err != nil {
			t.Error(err)
		}
		if err := c.Get(t.Context(), "/api/v1/nodes", &struct{}{}); err != nil {
			t.Error(err)
		}
		body, err := c.Stream(t.Context(), "/api/v1/nodes?watch=1", "")
		if err != nil {
			t.Fatal(err)
		}
		_ = body.Close()
		if len(g.asked) > 0 {
			t.Errorf("the gate was asked: %+v", g.asked)
		}
	})
}

// What looks like one of the fleet's own questions isn't one.
func TestOnlySelfReviewsPassUnasked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g, f, c := guarded(t, nil)
		paths := []string{
			"/apis/authorization.k8s.io/v1/selfsubjectaccessreviews/x",
			"/apis/authorization.k8s.io/v1/namespaces/x/selfsubjectaccessreviews",
			"/apis/authorization.k8s.io/v1/../../../api/v1/selfsubjectaccessreviews",
			"/apis/evil.io/v1/selfsubjectaccessreviews",
			"/apis/authorization.k8s.io/v1/subjectaccessreviews",
			"/api/v1/namespaces/selfsubjectaccessreviews",
			"/apis/authorization.k8s.io/v1/selfsubjectaccessreviews/",
			"x/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
		}
		for _, path := range paths {
			if err := c.Post(t.Context(), path, struct{}{}, &struct{}{}); !errors.Is(err, errShut) {
				t.Errorf("%s: %v", path, err)
			}
		}
		if _, err := c.Send(t.Context(), Request{Method: http.MethodDelete, Path: "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"}); !errors.Is(err, errShut) {
			t.Errorf("a deletion there: %v", err)
		}
		if len(f.seen()) > 0 || len(g.asked) != len(paths)+1 {
			t.Errorf("arrived: %v, asked %d times", f.seen(), len(g.asked))
		}
	})
}

func TestWhatTheGateIsTold(t *testing.T) {
	for name, c := range map[string]struct {
		send Request
		want GateRequest
	}{
		"a dry run": {
			Request{Method: http.MethodDelete, Path: "/api/v1/namespaces/x/pods/p?dryRun=All&gracePeriodSeconds=0"},
			GateRequest{Method: "DELETE", Path: "/api/v1/namespaces/x/pods/p", Query: url.Values{"dryRun": {"All"}, "gracePeriodSeconds": {"0"}}},
		},
		"one that isn't, for its body": {
			Request{Method: http.MethodDelete, Path: "/api/v1/namespaces/x/pods/p?dryRun=All", Body: []byte("{}")},
			GateRequest{Method: "DELETE", Path: "/api/v1/namespaces/x/pods/p", Query: url.Values{"dryRun": {"All"}}, HasBody: true},
		},
		"a path that needs no decoding": {
			Request{Method: http.MethodPost, Path: "/api/v1/namespaces/x/pods/p%2Fexec"},
			GateRequest{Method: "POST", Path: "/api/v1/namespaces/x/pods/p%2Fexec", Query: url.Values{}},
		},
	} {
		for _, root := range []string{"", "/k8s/clusters/c-1"} {
			t.Run(name+root, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					w, g := newWorld(t), &shut{}
					f := newFake(t, w.net, w.ca, "a.test")
					client, err := dial(credential(t, strings.Replace(f.file(), ":6443", ":6443"+root, 1)), "", nil, w.net.dial)
					if err != nil {
						t.Fatal(err)
					}
					defer client.Close()
					client.wire.gate = func(r GateRequest) error { return g.refuse("a", r) }
					_, _ = client.Send(t.Context(), c.send)
					if diff := cmp.Diff([]GateRequest{c.want}, g.asked); diff != "" {
						t.Errorf("-want +got:\n%s", diff)
					}
				})
			})
		}
	}
}

// What client-go builds beside a transport (as for exec) would go around the wire; it has no credential to show.
func TestConfigHoldsNoCredential(t *testing.T) {
	ca := newAuthority(t)
	for name, lines := range map[string][]string{
		"token": {"token: hush-hush"}, "password": {"username: ana", "password: hush-hush"}, "as another": {"token: hush-hush", "as: eve"},
	} {
		c, err := Dial(credential(t, file("https://a.test:6443", authorityOf(ca), lines)), "b/1")
		if err != nil {
			t.Fatal(err)
		}
		config := c.Config()
		bare := config.BearerToken + config.Username + config.Password + config.Impersonate.UserName + string(config.KeyData)
		if bare != "" || config.Transport == nil || config.UserAgent != "b/1" {
			t.Errorf("%s: it holds %d bytes", name, len(bare))
		}
		c.Close()
	}
}
