package fleet

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/dynamic"

	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// hasty makes real time bearable.
func hasty() Timing {
	return Timing{
		Heartbeat: 300 * time.Millisecond, Beat: 400 * time.Millisecond, Request: 3 * time.Second,
		BackoffMin: 100 * time.Millisecond, BackoffMax: 500 * time.Millisecond, Refused: 300 * time.Millisecond,
	}
}

// live is a fleet on the real network.
type live struct {
	*Fleet

	t     *testing.T
	vault *vault
	rung  chan struct{}
}

func newLive(t *testing.T) *live {
	t.Helper()
	return newLiveWith(t, Options{Timing: hasty()})
}

func newLiveWith(t *testing.T, o Options) *live {
	t.Helper()
	l := &live{t: t, vault: newVault(), rung: make(chan struct{}, 1)}
	o.Vault, o.UserAgent = l.vault, "binnacle/test"
	o.Changed = func(string) {
		select {
		case l.rung <- struct{}{}:
		default:
		}
	}
	l.Fleet = New(o)
	t.Cleanup(l.Close)
	return l
}

func (l *live) add(id string, file []byte) Member {
	l.t.Helper()
	return l.vault.put(id, credential(l.t, string(file)))
}

// until waits until the member's status is wanted.
func (l *live) until(id string, wanted func(Status) bool) Status {
	l.t.Helper()
	ctx, cancel := context.WithTimeout(l.t.Context(), 20*time.Second)
	defer cancel()
	for {
		s, _ := l.Status(id)
		if wanted(s) {
			return s
		}
		select {
		case <-l.rung:
		case <-ctx.Done():
			l.t.Fatalf("%s stays %s: %s", id, s.State, s.Cause)
		}
	}
}

func is(state State) func(Status) bool { return func(s Status) bool { return s.State == state } }

// surveyed is ready with all facts, which come a moment later.
func surveyed(s Status) bool { return s.State == StateReady && s.Facts.Access.Known }

func TestRealClusters(t *testing.T) {
	t.Parallel()
	for _, version := range []string{"1.36", "1.33"} {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			c := kubetest.Shared(t, version)
			p := c.Proxy(t)
			l := newLive(t)
			l.Set([]Member{l.add("a", p.Kubeconfig(c.Admin()))})
			f := l.until("a", surveyed).Facts
			if !strings.HasPrefix(f.Version, "v"+version+".") || !f.IdentityVerified || !slices.Contains(f.Groups, "system:masters") {
				t.Errorf("facts: %+v", f)
			}
			if f.T4K.State != T4KNotInstalled || f.AuthKind != kubeconfig.AuthClientCertificate || f.Distribution != "" || f.Latency <= 0 {
				t.Errorf("facts: %+v", f)
			}
			if f.ServerCertExpires.Before(time.Now()) || f.CredentialExpires.Before(time.Now()) {
				t.Errorf("expiries: %v, %v", f.ServerCertExpires, f.CredentialExpires)
			}
			p.Mode(kubetest.Refusing)
			l.until("a", is(StateUnreachable))
			p.Mode(kubetest.Open)
			began := time.Now()
			l.Retry("a")
			l.until("a", is(StateReady))
			if took := time.Since(began); took > 2*time.Second {
				t.Errorf("recovered after %v", took)
			}
		})
	}
}

func TestRealUsers(t *testing.T) {
	t.Parallel()
	c := kubetest.Shared(t)
	namespace := c.Namespace(t)
	l := newLive(t)
	l.Set([]Member{
		l.add("limited", c.User(t, "lea", "readers")),
		l.add("expired", c.ExpiredUser(t, "old")),
		l.add("robot", c.TokenUser(t, namespace, "robot")),
		l.add("forged", []byte(file(c.Server(), caOf(c), []string{"token: forged"}))),
		l.add("nobody", []byte(file(c.Server(), caOf(c), []string{"{}"}))),
	})
	if f := l.until("limited", is(StateReady)).Facts; f.Identity != "lea" || !f.IdentityVerified || !slices.Contains(f.Groups, "readers") {
		t.Errorf("limited: %+v", f)
	}
	if s := l.until("expired", is(StateNeedsLogin)); !strings.Contains(s.Cause, "client certificate expired on") {
		t.Errorf("expired: %s", s.Cause)
	}
	if f := l.until("robot", is(StateReady)).Facts; f.Identity != "system:serviceaccount:"+namespace+":robot" || f.AuthKind != kubeconfig.AuthToken {
		t.Errorf("robot: %+v", f)
	}
	if s := l.until("forged", is(StateNeedsLogin)); !strings.Contains(s.Cause, "(401)") {
		t.Errorf("forged: %s", s.Cause)
	}
	// RBAC lets strangers read /version alone; who they are, they may not ask.
	s := l.until("nobody", func(s Status) bool { return s.State != StateConnecting })
	if s.State != StateDenied && s.State != StateNeedsLogin {
		t.Errorf("nobody is %s: %s", s.State, s.Cause)
	}
}

func caOf(c *kubetest.Cluster) []string {
	return []string{"certificate-authority-data: " + b64(c.CAPEM())}
}

// One cluster of its own for what would disturb the other tests: servers are dear.
func TestRealChangesOfACluster(t *testing.T) {
	t.Parallel()
	c := kubetest.Start(t)
	c.Apply(t, managerCRD)
	c.Apply(t, "apiVersion: v1\nkind: Node\nmetadata: {name: node-1, labels: {topology.kubernetes.io/region: here}}\nspec: {providerID: kind://docker/k/n}\n")
	l := newLive(t)
	l.Set([]Member{l.add("admin", c.Admin()), l.add("lea", c.User(t, "lea"))})
	if f := l.until("admin", surveyed).Facts; f.T4K.State != T4KNotInstalled || f.Distribution != KinD || f.Region != "here" {
		t.Errorf("admin sees %+v", f)
	}
	if f := l.until("lea", surveyed).Facts; f.T4K.State != T4KNotVisible || f.Distribution != "" {
		t.Errorf("lea, who may see neither managers nor nodes, sees %+v", f)
	}
	c.Apply(t, "apiVersion: triliovault.trilio.io/v1\nkind: TrilioVaultManager\nmetadata: {name: t, namespace: default}\nspec: {trilioVaultAppVersion: 5.3.1}\n")
	l.Renew("admin")
	l.until("admin", func(s Status) bool { return s.State == StateReady && s.Facts.T4K == T4K{T4KInstalled, "5.3.1"} })

	c.Freeze(t)
	l.until("admin", is(StateUnreachable))
	c.Thaw(t)
	l.Retry("admin")
	l.until("admin", is(StateReady))
	c.Stop(t)
	if s := l.until("admin", is(StateUnreachable)); !strings.Contains(s.Cause, "Connection refused") && !strings.Contains(s.Cause, "cut before") {
		t.Errorf("stopped: %s", s.Cause)
	}
	c.Restart(t)
	l.until("admin", is(StateReady))
}

const managerCRD = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: triliovaultmanagers.triliovault.trilio.io}
spec:
  group: triliovault.trilio.io
  names: {kind: TrilioVaultManager, plural: triliovaultmanagers, singular: triliovaultmanager, listKind: TrilioVaultManagerList}
  scope: Namespaced
  versions:
  - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}
`

func TestRealClient(t *testing.T) {
	t.Parallel()
	c := kubetest.Shared(t)
	namespace := c.Namespace(t)
	c.AllowSecrets(t, namespace, "lea")
	client, err := Dial(credential(t, string(c.User(t, "lea"))), "binnacle/test")
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	for asked, want := range map[[4]string]bool{
		{"get", "", "secrets", namespace}:            true,
		{"list", "", "namespaces", ""}:               false,
		{"create", "apps", "deployments", namespace}: false,
	} {
		if got, err := client.May(t.Context(), asked[0], asked[1], asked[2], asked[3]); got != want || err != nil {
			t.Errorf("may %v: %v, %v", asked, got, err)
		}
	}
	if who, err := client.WhoAmI(t.Context()); who.Username != "lea" || !who.Verified || err != nil {
		t.Errorf("who am I: %+v, %v", who, err)
	}
	secrets := schema.GroupVersionResource{Version: "v1", Resource: "secrets"}
	own, err := dynamic.NewForConfig(client.Config())
	if err != nil {
		t.Fatal(err)
	}
	for name, d := range map[string]dynamic.Interface{"Dynamic": client.Dynamic(), "Config": own} {
		if _, err := d.Resource(secrets).Namespace(namespace).Get(t.Context(), "none", metav1.GetOptions{}); err == nil || !strings.Contains(err.Error(), "not found") {
			t.Errorf("%s: %v", name, err)
		}
		_, err := d.Resource(secrets).Namespace("kube-system").Get(t.Context(), "none", metav1.GetOptions{})
		if state, cause := Classify(err); state != StateDenied || !strings.Contains(cause, `User "lea" cannot get`) {
			t.Errorf("%s: %s, %s", name, state, cause)
		}
	}
	ends, details, _, err := probed(t, client)
	if want := "[reach ok tls ok whoami ok rights ok version ok t4k ok]"; fmt.Sprint(ends) != want || err != nil {
		t.Errorf("probe: %v, %v, %v", ends, details, err)
	}
}
