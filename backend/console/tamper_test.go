package console_test

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/dynamic"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
	"github.com/binnacle-dev/binnacle/backend/viewsync"
)

func secrets(c *kubetest.Cluster) dynamic.ResourceInterface {
	return c.Dynamic().Resource(schema.GroupVersionResource{Version: "v1", Resource: "secrets"}).Namespace("binnacle")
}

// rewrite changes one key of a user's view on the primary, as its administrator can.
func rewrite(t *testing.T, c *kubetest.Cluster, user, key string, change func(string) string) {
	t.Helper()
	secret, err := secrets(c).Get(t.Context(), viewsync.SecretName(user), metav1.GetOptions{})
	if err != nil {
		t.Fatal(err)
	}
	encoded, _, err := unstructured.NestedString(secret.Object, "data", key)
	if err != nil {
		t.Fatal(err)
	}
	old, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		t.Fatal(err)
	}
	changed := change(string(old))
	if changed == string(old) {
		t.Fatalf("nothing to change in %s", key)
	}
	if err := unstructured.SetNestedField(secret.Object, base64.StdEncoding.EncodeToString([]byte(changed)), "data", key); err != nil {
		t.Fatal(err)
	}
	if _, err := secrets(c).Update(t.Context(), secret, metav1.UpdateOptions{}); err != nil {
		t.Fatal(err)
	}
}

// TestTamperedServerGetsNothing swaps a member's server in an open list on the primary: the credential that is here was
// given for another one, so the new one is not even contacted, and the person is asked.
func TestTamperedServerGetsNothing(t *testing.T) {
	one, two := kubetest.Shared(t, "1.36"), kubetest.Shared(t, "1.33")
	primaryFor(t, one)
	user := "tampered"
	var contacted atomic.Int64
	evil := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { contacted.Add(1) }))
	defer evil.Close()

	p := newMachine(t).start(t)
	p.logIn("one", one.User(t, user))
	p.choose(bridge.ModeOpen, "", false)
	p.connect("two", two.User(t, user))
	p.live("one", "two")
	p.synced()

	rewrite(t, one, user, "view.json", func(s string) string {
		var doc map[string]any
		if err := json.Unmarshal([]byte(s), &doc); err != nil {
			t.Fatal(err)
		}
		revision, _ := doc["revision"].(float64)
		doc["revision"] = revision + 1
		raw, err := json.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Replace(string(raw), two.Server(), evil.URL, 1)
	})
	p.until("the question", func() bool {
		m := p.member("two")
		return m.State == bridge.StateNeedsCredentials && m.Proposed != nil && m.Proposed.Server == evil.URL
	})
	if n := contacted.Load(); n != 0 {
		t.Errorf("the swapped server got %d requests", n)
	}
	if err := p.SettleProposed(t.Context(), p.member("two").ID, true); err == nil {
		t.Error("the new server was taken without a credential of its own")
	}
	if err := p.SettleProposed(t.Context(), p.member("two").ID, false); err != nil {
		t.Fatal(err)
	}
	p.live("one", "two")
	p.synced()
}

// TestGarbageOnThePrimaryIsAQuestion wants nothing merged and nothing lost.
func TestGarbageOnThePrimaryIsAQuestion(t *testing.T) {
	one := kubetest.Shared(t, "1.36")
	primaryFor(t, one)
	user := "garbage"
	p := newMachine(t).start(t)
	p.logIn("one", one.User(t, user))
	p.choose(bridge.ModeSealed, passphrase, false)
	rewrite(t, one, user, "sealed", func(s string) string { return "x" + s[1:] })
	p.until("the question", func() bool { return p.Session().Sync.Question != nil })
	if got := p.names(""); len(got) != 1 || got[0] != "one" {
		t.Errorf("fleet: %v", got)
	}
	q := p.Session().Sync.Question
	if err := p.Answer(q.ID, "mine"); err != nil {
		t.Fatal(err)
	}
	p.synced()
}
