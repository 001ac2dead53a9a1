package herd

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func start(t *testing.T, o Options) *Herd {
	t.Helper()
	h, err := Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.Stop)
	return h
}

func one(t *testing.T, o Options) (*Herd, side) {
	t.Helper()
	o.Members = 1
	h := start(t, o)
	kubeconfig, err := h.Members[0].Kubeconfig("ana")
	if err != nil {
		t.Fatal(err)
	}
	return h, connect(t, kubeconfig)
}

func await(t *testing.T, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(2 * time.Minute); !done(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("there is no %s", what)
		}
	}
}

func (s side) send(t *testing.T, method, path, body string) (int, map[string]any) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, s.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	res, err := s.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	var answer map[string]any
	if err := json.NewDecoder(res.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, answer
}

// rows are the names in a list's pages, in order.
func rows(t *testing.T, s side, path string) (names []string) {
	t.Helper()
	for token := ""; ; {
		var list struct {
			Metadata struct{ Continue string }
			Items    []struct {
				Metadata struct{ Namespace, Name string }
			}
		}
		unmarshal(t, s.get(t, "application/json", path+token).body, &list)
		for _, item := range list.Items {
			names = append(names, item.Metadata.Namespace+"/"+item.Metadata.Name)
		}
		if list.Metadata.Continue == "" {
			return names
		}
		token = "&continue=" + list.Metadata.Continue
	}
}

func TestPagesMakeTheWholeList(t *testing.T) {
	_, s := one(t, Options{Pods: 230})
	all := rows(t, s, "/api/v1/pods?")
	if len(all) != 230 {
		t.Fatalf("%d pods", len(all))
	}
	if diff := cmp.Diff(all, rows(t, s, "/api/v1/pods?limit=37")); diff != "" {
		t.Errorf("the pages differ (-whole +pages):\n%s", diff)
	}
	name := strings.Split(all[7], "/")
	if diff := cmp.Diff([]string{all[7]}, rows(t, s, "/api/v1/namespaces/"+name[0]+"/pods?fieldSelector=metadata.name%3D"+name[1])); diff != "" {
		t.Errorf("by name (-want +got):\n%s", diff)
	}
	some := rows(t, s, "/api/v1/pods?labelSelector=app.kubernetes.io%2Fname%3D"+appName(3))
	if len(some) != 5 { // a fifth as many deployments as pods
		t.Errorf("by label: %v", some)
	}
}

// A large answer comes in gzip of the lowest level if the client likes that, a small one and a watch never.
func TestGzip(t *testing.T) {
	_, s := one(t, Options{Pods: 100})
	for path, want := range map[string]string{
		"/api/v1/pods": "gzip", "/api/v1/pods?limit=2": "", "/api/v1/pods?watch=1&timeoutSeconds=1": "", "/version": "",
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.url+path, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Accept-Encoding", "gzip")
		res, err := s.client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		if got := res.Header.Get("Content-Encoding"); got != want {
			t.Errorf("%s comes as %q, want %q", path, got, want)
		}
		if want == "gzip" {
			in, err := gzip.NewReader(res.Body)
			if err != nil {
				t.Fatal(err)
			}
			var list someList
			if err := json.NewDecoder(in).Decode(&list); err != nil || len(list.Items) != 100 {
				t.Errorf("%d pods, %v", len(list.Items), err)
			}
		}
		_ = res.Body.Close()
	}
}

// A watch from a list's version, under churn, leads to what a later list says.
func TestWatchFollowsChurn(t *testing.T) {
	h, s := one(t, Options{Pods: 50})
	at := version(t, s, "/api/v1/pods")
	note := func(m map[string]string, item json.RawMessage) string {
		var o struct {
			Metadata struct{ Name, ResourceVersion string }
		}
		unmarshal(t, item, &o)
		m[o.Metadata.Name] = o.Metadata.ResourceVersion
		return o.Metadata.Name
	}
	list := func() map[string]string {
		var all struct{ Items []json.RawMessage }
		unmarshal(t, s.get(t, "application/json", "/api/v1/pods").body, &all)
		m := map[string]string{}
		for _, item := range all.Items {
			note(m, item)
		}
		return m
	}
	pods := list()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.url+"/api/v1/pods?watch=1&timeoutSeconds=3&resourceVersion="+at, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	res, err := s.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	h.Churn(t.Context(), 2000)
	time.AfterFunc(time.Second, func() { h.Churn(context.WithoutCancel(t.Context()), 0) })
	kinds := map[string]int{}
	for in := bufio.NewScanner(res.Body); in.Scan(); {
		var e struct {
			Type   string
			Object json.RawMessage
		}
		unmarshal(t, in.Bytes(), &e)
		kinds[e.Type]++
		if name := note(pods, e.Object); e.Type == "DELETED" {
			delete(pods, name)
		}
	}
	if diff := cmp.Diff(list(), pods); diff != "" {
		t.Errorf("after the watch (-list +watch):\n%s", diff)
	}
	if n := kinds["MODIFIED"]; n < 1200 || n > 2000 || kinds["ADDED"] < 30 || kinds["DELETED"] < 30 {
		t.Errorf("%v events in a second", kinds)
	}
}

func TestWatchFromTooLongAgo(t *testing.T) {
	_, s := one(t, Options{Pods: 10})
	if got := string(s.get(t, asTable, "/api/v1/pods?watch=1&timeoutSeconds=2&resourceVersion=1").body); !strings.Contains(got, `"type":"ERROR"`) || !strings.Contains(got, `"code":410`) {
		t.Errorf("it says %s", got)
	}
}

// A primary keeps a view in a Secret: two machines must not write over each other.
func TestSecrets(t *testing.T) {
	_, s := one(t, Options{Pods: 1, Tokens: true})
	const path = "/api/v1/namespaces/binnacle/secrets"
	body := func(version, data string) string {
		return fmt.Sprintf(`{"metadata":{"name":"view","resourceVersion":%q},"type":"binnacle.dev/view","data":{"a":%q}}`, version, data)
	}
	code, made := s.send(t, http.MethodPost, path, body("", "MQ=="))
	if code != http.StatusCreated {
		t.Fatalf("%d %v", code, made)
	}
	metadata, _ := made["metadata"].(map[string]any)
	version, _ := metadata["resourceVersion"].(string)
	for _, step := range []struct {
		method, path, body string
		want               int
	}{
		{http.MethodPost, path, body("", "MQ=="), http.StatusConflict},
		{http.MethodPut, path + "/view", body(version, "Mg=="), http.StatusOK},
		{http.MethodPut, path + "/view", body(version, "Mw=="), http.StatusConflict},
		{http.MethodGet, path + "/view", "", http.StatusOK},
		{http.MethodPut, path + "/other", strings.Replace(body("", "MQ=="), "view", "other", 1), http.StatusNotFound},
		{http.MethodDelete, path + "/view", "", http.StatusOK},
		{http.MethodGet, path + "/view", "", http.StatusNotFound},
	} {
		code, answer := s.send(t, step.method, step.path, step.body)
		if code != step.want {
			t.Errorf("%s %s: %d %v, want %d", step.method, step.path, code, answer, step.want)
		}
		if data, _ := answer["data"].(map[string]any); step.method == http.MethodGet && code == http.StatusOK && data["a"] != "Mg==" {
			t.Errorf("the Secret is %v", answer)
		}
	}
}

func TestStrangersAreRefused(t *testing.T) {
	h, s := one(t, Options{Pods: 1})
	other := start(t, Options{Members: 1, Pods: 1})
	kubeconfig, err := other.Members[0].Kubeconfig("ana")
	if err != nil {
		t.Fatal(err)
	}
	stranger := connect(t, kubeconfig)
	stranger.url = h.Members[0].URL()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, stranger.url+"/api/v1/pods", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	if res, err := stranger.client.Do(r); err == nil {
		_ = res.Body.Close()
		t.Errorf("a user of another member got %d", res.StatusCode)
	}
	var who struct {
		Status struct {
			UserInfo struct {
				Username string
				Groups   []string
			}
		}
	}
	_, answer := s.send(t, http.MethodPost, "/apis/authentication.k8s.io/v1/selfsubjectreviews", `{"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"}`)
	raw, err := json.Marshal(answer)
	if err != nil {
		t.Fatal(err)
	}
	unmarshal(t, raw, &who)
	if diff := cmp.Diff([]string{"herders", "system:authenticated", "ana"}, append(who.Status.UserInfo.Groups, who.Status.UserInfo.Username)); diff != "" {
		t.Errorf("who (-want +got):\n%s", diff)
	}
}

// A black hole takes requests, old connections' and new ones', and answers none until it ends.
func TestBlackHole(t *testing.T) {
	h, s := one(t, Options{Pods: 1})
	s.get(t, asTable, "/api/v1/pods")
	h.Members[0].BlackHole(true)
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", strings.TrimPrefix(s.url, "https://"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url+"/version", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	if res, err := s.client.Do(r); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("it answered: %v, %v", res, err)
		if err == nil {
			_ = res.Body.Close()
		}
	}
	h.Members[0].BlackHole(false)
	if got := s.get(t, asTable, "/api/v1/pods"); got.Code != http.StatusOK {
		t.Errorf("after it, it said %d", got.Code)
	}
}

// BenchmarkList is the list of 5,000 pods as a Table, encoded and compressed, with a client that reads and discards it.
func BenchmarkList(b *testing.B) {
	h, err := Start(b.Context(), Options{Members: 1, Pods: 5000})
	if err != nil {
		b.Fatal(err)
	}
	defer h.Stop()
	kubeconfig, err := h.Members[0].Kubeconfig("ana")
	if err != nil {
		b.Fatal(err)
	}
	s := connect(b, kubeconfig)
	for b.Loop() {
		r, err := http.NewRequestWithContext(b.Context(), http.MethodGet, s.url+"/api/v1/pods", http.NoBody)
		if err != nil {
			b.Fatal(err)
		}
		r.Header.Set("Accept", asTable)
		res, err := s.client.Do(r)
		if err != nil {
			b.Fatal(err)
		}
		n, err := io.Copy(io.Discard, res.Body)
		if err != nil {
			b.Fatal(err)
		}
		_ = res.Body.Close()
		b.SetBytes(n)
	}
	b.ReportMetric(float64(h.Members[0].Sent())/float64(b.N), "sent/op")
}
