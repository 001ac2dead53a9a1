package fleet

import (
	"context"
	"fmt"
	"net/http"
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
	l := &live{t: t, vault: newVault(), rung: make(chan struct{}, 1)}
	l.Fleet = New(Options{Vault: l.vault, UserAgent: "binnacle/test", Timing: hasty(), Changed: func(string) {
		select {
		case l.rung <- struct{}{}:
		default:
		}
	}})
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

func TestRealClusters(t *testing.T) {
	t.Parallel()
	for _, version := range []string{"1.36", "1.33"} {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			c := kubetest.Shared(t, version)
			p := c.Proxy(t)
			l := newLive(t)
			l.Set([]Member{l.add("a", p.Kubeconfig(c.Admin()))})
			f := l.until("a", is(StateReady)).Facts
			if !strings.HasPrefix(f.Version, "v"+version+".") || !f.IdentityVerified || !slices.Contains(f.Groups, "system:masters") {
				t.Errorf("facts: %+v", f)
			}
			if f.T4K.State != T4KNotInstalled || f.AuthKind != kubeconfig.AuthClientCertificate || f.Distribution != "" || f.Latency <= 0 {
				t.Errorf("facts: %+v", f)
			}
			if f.ServerCertExpires.Before(time.Now()) || f.CredentialExpires.Before(time.Now()) {
				t.Errorf("expiries: %v, %v", f.ServerCertExpires, f.CredentialExpires)
			}
			cold := p.Requests()
			if i := slices.IndexFunc(cold[1:], func(r kubetest.Request) bool { return r.Path == "/version" }); i >= 0 {
				cold = cold[:i+1]
			}
			if len(cold) > 6 || cold[0].UserAgent != "binnacle/test" {
				t.Errorf("cold: %d requests: %+v", len(cold), cold)
			}

			p.Mode(kubetest.Refusing)
			l.until("a", is(StateUnreachable))
			p.Clear()
			p.Mode(kubetest.Open)
			began := time.Now()
			l.Retry("a")
			l.until("a", is(StateReady))
			if took := time.Since(began); took > 2*time.Second {
				t.Errorf("recovered after %v", took)
			}
			warm := slices.DeleteFunc(p.Requests(), func(r kubetest.Request) bool { return r.Path == "/version" })
			if len(warm) > 2 {
				t.Errorf("warm, besides /version: %d requests: %+v", len(warm), warm)
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

func TestRealFaults(t *testing.T) {
	t.Parallel()
	const review = "/apis/authentication.k8s.io/"
	for name, c := range map[string]struct {
		rule  kubetest.Rule
		state State
		cause string
	}{
		"401":                 {kubetest.Rule{Status: http.StatusUnauthorized}, StateNeedsLogin, "(401)"},
		"403 of the review":   {kubetest.Rule{Path: review, Status: http.StatusForbidden, Message: "no way"}, StateDenied, "no way"},
		"429":                 {kubetest.Rule{Status: http.StatusTooManyRequests}, StateUnreachable, "too busy"},
		"500":                 {kubetest.Rule{Status: http.StatusInternalServerError}, StateUnreachable, "(500)"},
		"cut before":          {kubetest.Rule{Cut: kubetest.CutBefore}, StateUnreachable, "cut before"},
		"cut in the body":     {kubetest.Rule{Path: "/apis", Cut: kubetest.CutBody, CutAfter: 100}, StateUnreachable, "cut before"},
		"hanging":             {kubetest.Rule{Path: "/version", Hang: true}, StateUnreachable, "in time"},
		"a captive portal":    {kubetest.Rule{Body: "<html>Welcome</html>"}, StateUnreachable, "not a Kubernetes API server"},
		"a slow body":         {kubetest.Rule{Path: "/apis", BytesPerSecond: 50}, StateUnreachable, "in time"},
		"discovery is denied": {kubetest.Rule{Method: http.MethodGet, Path: "/apis", Status: http.StatusForbidden}, StateReady, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cluster := kubetest.Shared(t)
			p := cluster.Proxy(t)
			l := newLive(t)
			remove := p.Add(c.rule)
			l.Set([]Member{l.add("a", p.Kubeconfig(cluster.Admin()))})
			if s := l.until("a", is(c.state)); !strings.Contains(s.Cause, c.cause) {
				t.Errorf("at the start: %s", s.Cause)
			}
			remove()
			l.until("a", is(StateReady)) // by itself: the waits are short here
		})
	}
}

func TestRealLossesWhileReady(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		lose  func(*kubetest.Proxy) (mend func())
		state State
	}{
		"silence": {func(p *kubetest.Proxy) func() {
			p.Mode(kubetest.Silent)
			return func() { p.Mode(kubetest.Open) }
		}, StateUnreachable},
		"refusal": {func(p *kubetest.Proxy) func() {
			p.Mode(kubetest.Refusing)
			return func() { p.Mode(kubetest.Open) }
		}, StateUnreachable},
		"login": {func(p *kubetest.Proxy) func() { return p.Add(kubetest.Rule{Status: http.StatusUnauthorized}) }, StateNeedsLogin},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cluster := kubetest.Shared(t)
			p := cluster.Proxy(t)
			l := newLive(t)
			l.Set([]Member{l.add("a", p.Kubeconfig(cluster.Admin()))})
			before := l.until("a", is(StateReady))
			mend := c.lose(p)
			lost := l.until("a", is(c.state))
			if lost.Facts.Version != before.Facts.Version || lost.Seen.Before(before.Seen) {
				t.Errorf("the facts are gone: %+v", lost)
			}
			mend()
			began := time.Now()
			l.Retry()
			l.until("a", is(StateReady))
			if took := time.Since(began); took > 2*time.Second {
				t.Errorf("recovered after %v", took)
			}
		})
	}
}

func TestRealServerCertificates(t *testing.T) {
	t.Parallel()
	c := kubetest.Shared(t)
	expired, other := c.Proxy(t, kubetest.ServerCertificate(-time.Hour)), c.Proxy(t, kubetest.ServerCertificate(time.Hour, "somewhere.else"))
	stranger := file(c.Server(), []string{"certificate-authority-data: " + b64(newAuthority(t).pem())}, []string{"token: x"})
	named := file(other.URL(), append(caOf(c), "tls-server-name: somewhere.else"), []string{"token: x"})
	l := newLive(t)
	l.Set([]Member{
		l.add("expired", expired.Kubeconfig(c.Admin())), l.add("other", other.Kubeconfig(c.Admin())),
		l.add("stranger", []byte(stranger)), l.add("system", []byte(file(c.Server(), nil, []string{"token: x"}))),
		l.add("named", []byte(named)),
	})
	for id, words := range map[string]string{
		"expired": "server's certificate expired on", "other": "somewhere.else", "stranger": "CA that this credential doesn't trust",
		"system": "CA that this credential doesn't trust",
	} {
		if s := l.until(id, is(StateUnreachable)); !strings.Contains(s.Cause, words) {
			t.Errorf("%s: %s", id, s.Cause)
		}
	}
	l.until("named", is(StateNeedsLogin)) // the name is right: the token isn't
	if n := len(other.Requests()); n == 0 {
		t.Error("tls-server-name was not heeded")
	}
}

// One cluster of its own for what would disturb the other tests: servers are dear.
func TestRealChangesOfACluster(t *testing.T) {
	t.Parallel()
	c := kubetest.Start(t)
	c.Apply(t, managerCRD)
	c.Apply(t, "apiVersion: v1\nkind: Node\nmetadata: {name: node-1, labels: {topology.kubernetes.io/region: here}}\nspec: {providerID: kind://docker/k/n}\n")
	l := newLive(t)
	l.Set([]Member{l.add("admin", c.Admin()), l.add("lea", c.User(t, "lea"))})
	if f := l.until("admin", is(StateReady)).Facts; f.T4K.State != T4KNotInstalled || f.Distribution != Kind || f.Region != "here" {
		t.Errorf("admin sees %+v", f)
	}
	if f := l.until("lea", is(StateReady)).Facts; f.T4K.State != T4KNotVisible || f.Distribution != "" {
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
	if want := "[reach ok tls ok whoami ok rights warning version ok t4k ok]"; fmt.Sprint(ends) != want || err != nil {
		t.Errorf("probe: %v, %v, %v", ends, details, err)
	}
}
