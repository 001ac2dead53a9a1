package guard_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/binnacle-dev/binnacle/backend/fleet"
	"github.com/binnacle-dev/binnacle/backend/guard"
	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

func TestMain(m *testing.M) { kubetest.Main(m) }

type vault struct{ credential kubeconfig.Credential }

func (v vault) Credential(context.Context, string) (kubeconfig.Credential, error) {
	return v.credential, nil
}

// connected is a member "a", called prod, of a real cluster behind a proxy, with the book as its gate.
func connected(t *testing.T, p *kubetest.Proxy, admin []byte, b *guard.Book) *fleet.Client {
	t.Helper()
	file, err := kubeconfig.Parse(p.Kubeconfig(admin), "test")
	if err != nil {
		t.Fatal(err)
	}
	credential, err := file.Contexts[0].Credential(nil)
	if err != nil {
		t.Fatal(err)
	}
	rung := make(chan struct{}, 1)
	f := fleet.New(fleet.Options{
		Vault: vault{credential}, Timing: fleet.Timing{Heartbeat: time.Hour},
		Gate: func(id string, r fleet.GateRequest) error { return b.Check(id, guard.Request(r)) },
		Changed: func(string) {
			select {
			case rung <- struct{}{}:
			default:
			}
		},
	})
	t.Cleanup(f.Close)
	f.Set([]fleet.Member{{ID: "a", Name: "prod", Endpoint: credential.Endpoint()}})
	for {
		select {
		case <-rung:
		case <-t.Context().Done():
			t.Fatal("it isn't ready")
		}
		if s, _ := f.Status("a"); s.State == fleet.StateReady && s.Facts.Access.Known {
			break // though nothing may be changed: it asks, and keeps nothing
		}
	}
	client, err := f.Client("a")
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// A guard holds in front of a real API server: what it refuses is never on the way, and what it lets pass is heeded.
func TestRealGuard(t *testing.T) {
	t.Parallel()
	cluster := kubetest.Shared(t)
	namespace, p := cluster.Namespace(t), cluster.Proxy(t)
	maps := "/api/v1/namespaces/" + namespace + "/configmaps"
	now := time.Now()
	b := guard.New(guard.Options{Now: func() time.Time { return now }})
	set := func(m guard.Mode) { b.Set([]guard.Member{{ID: "a", Name: "prod", Mode: m}}) }
	set(guard.ReadOnly)
	client := connected(t, p, cluster.Admin(), b)
	create := func(query string) error {
		_, err := client.Send(t.Context(), fleet.Request{Method: http.MethodPost, Path: maps + query, Body: []byte(`{"metadata":{"generateName":"x"}}`)})
		return err
	}
	count := func() int {
		var list struct{ Items []struct{} }
		if err := client.Get(t.Context(), maps, &list); err != nil {
			t.Fatal(err)
		}
		return len(list.Items)
	}
	before := count()
	for _, step := range []struct {
		name   string
		do     func()
		passes bool
	}{
		{"read-only", func() {}, false},
		{"protected", func() { set(guard.Protected) }, false},
		{"unlocked", func() { _ = b.Unlock("a", "prod", 5*time.Minute) }, true},
		{"locked by time", func() { now = now.Add(5 * time.Minute) }, false},
		{"not in the view any more", func() { b.Set(nil) }, false},
		{"unguarded", func() { set(guard.None) }, true},
	} {
		step.do()
		p.Clear()
		err := create("")
		refusal, refused := errors.AsType[*guard.Refusal](err)
		if refused == step.passes || (refused && refusal.Member != "a") || (err != nil) == step.passes {
			t.Errorf("%s: %v", step.name, err)
		}
		if sent := len(p.Requests()); (sent > 0) != step.passes {
			t.Errorf("%s: %d requests were sent", step.name, sent)
		}
		if dry := create("?dryRun=All"); dry != nil {
			t.Errorf("%s: a dry run: %v", step.name, dry)
		}
	}
	if after := count(); after != before+2 {
		t.Errorf("%d objects were made, want the 2 of when it was open", after-before)
	}
	set(guard.ReadOnly)
	all := client.Dynamic().Resource(schema.GroupVersionResource{Version: "v1", Resource: "configmaps"}).Namespace(namespace)
	err := all.DeleteCollection(t.Context(), metav1.DeleteOptions{DryRun: []string{"All"}}, metav1.ListOptions{})
	if _, refused := errors.AsType[*guard.Refusal](err); !refused {
		t.Errorf("client-go's dry run of a deletion has a body that nobody reads here: %v", err)
	}
}
