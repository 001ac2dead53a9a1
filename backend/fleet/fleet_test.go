package fleet

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

func TestAMemberBecomesReadyWithItsFacts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, m := w.cluster("a")
		f.set(func(f *fake) {
			f.groups = append(f.groups, "triliovault.trilio.io/v1")
			f.managers = `{"status":{"releaseVersion":"5.3.1"}}`
			f.node = `{"spec":{"providerID":"kind://docker/k/n"},"metadata":{"labels":{"topology.kubernetes.io/region":"here"}}}`
		})
		w.Set([]Member{m})
		got := w.wants("a", StateReady)
		want := Facts{
			Version: "v1.36.3", Distribution: KinD, Region: "here", Identity: "ana", IdentityVerified: true,
			Groups: []string{"system:authenticated"}, AuthKind: kubeconfig.AuthToken, ServerCertExpires: year(2089),
			T4K: T4K{State: T4KInstalled, Version: "5.3.1"}, Access: Access{Known: true, All: true},
		}
		if diff := cmp.Diff(want, got.Facts, cmpopts.IgnoreFields(Facts{}, "Latency")); diff != "" {
			t.Errorf("facts (-want +got):\n%s", diff)
		}
		if got.Seen.IsZero() || got.Cause != "" || got.Facts.Latency <= 0 {
			t.Errorf("seen %v, cause %q, latency %v", got.Seen, got.Cause, got.Facts.Latency)
		}
		if w.rung["a"] == 0 {
			t.Error("nobody was told")
		}
	})
}

func TestRequestsColdAndWarm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, m := w.cluster("a")
		f.set(func(f *fake) { f.groups = append(f.groups, "triliovault.trilio.io/v1") })
		w.Set([]Member{m})
		w.wants("a", StateReady)
		wantRequests(t, f.seen(), "GET /version", "GET /apis", "POST "+whoami, "POST "+whatmay, "GET /api/v1/nodes", "GET "+managers)

		f.become(refusing)
		w.until("a", StateUnreachable, time.Minute)
		f.forget()
		f.become(up)
		w.until("a", StateReady, 3*time.Second)
		wantRequests(t, f.seen(), "GET /version", "POST "+whoami)
		f.forget()
		w.Retry("a") // a person wants to know how it is now
		w.wants("a", StateReady)
		wantRequests(t, f.seen(), "GET /version", "GET /apis", "GET /api", "POST "+whoami, "POST "+whatmay, "GET /api/v1/nodes", "GET "+managers)
	})
}

const (
	whoami   = "/apis/authentication.k8s.io/v1/selfsubjectreviews"
	whatmay  = "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews"
	may      = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"
	managers = "/apis/triliovault.trilio.io/v1/triliovaultmanagers"
	adminMap = "/api/v1/namespaces/binnacle/configmaps/binnacle-namespaces"
)

// wantRequests compares: /version comes first, the others side by side.
func wantRequests(t *testing.T, got []string, want ...string) {
	t.Helper()
	if len(got) == 0 || got[0] != "GET /version" {
		t.Errorf("the first request isn't /version: %v", got)
	}
	if diff := cmp.Diff(want, got, cmpopts.SortSlices(strings.Compare)); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
}

// The facts and the discovery of an earlier run: what is known isn't asked again before the member is ready, but soon after.
func TestRequestsOfAWarmStart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, m := w.cluster("a")
		f.set(func(f *fake) { f.groups = append(f.groups, "triliovault.trilio.io/v1") })
		w.Set([]Member{m})
		before := w.wants("a", StateReady)
		again := w.restart()
		m.Known, m.Seen = before.Facts, before.Seen
		f.forget()
		again.Set([]Member{m})
		now := again.wants("a", StateReady)
		wantRequests(t, f.seen(), "GET /version", "POST "+whoami)
		if diff := cmp.Diff(before.Facts, now.Facts, cmpopts.IgnoreFields(Facts{}, "Latency")); diff != "" {
			t.Errorf("facts (-before +now):\n%s", diff)
		}
		if c, err := again.Client("a"); err != nil || !c.discovered().serves(t4kGroup, t4kManagers) {
			t.Errorf("what is served was forgotten: %v", err)
		}
		f.forget()
		time.Sleep(26 * time.Second)
		wantRequests(t, f.seen(), "GET /version", "GET /apis", "GET /api", "POST "+whoami, "POST "+whatmay, "GET /api/v1/nodes", "GET "+managers)
	})
}

// Whatever is in the cache, or was known of somebody else, a warm start shows only what the cluster confirms.
func TestAWarmStartThatIsNone(t *testing.T) {
	for name, change := range map[string]func(w *world, f *fake, m *Member){
		"upgraded":         func(_ *world, f *fake, _ *Member) { f.set(func(f *fake) { f.version = "v1.37.0" }) },
		"another person":   func(_ *world, f *fake, _ *Member) { f.set(func(f *fake) { f.user = "ben" }) },
		"no facts":         func(_ *world, _ *fake, m *Member) { m.Known = Facts{} },
		"no cache":         func(w *world, _ *fake, _ *Member) { clear(w.cache.held) },
		"a spoiled cache":  func(w *world, _ *fake, _ *Member) { w.cache.spoil("{") },
		"another's format": func(w *world, _ *fake, _ *Member) { w.cache.spoil(`{"schema":2,"groups":{"x":["v1"]}}`) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				f, m := w.cluster("a")
				w.Set([]Member{m})
				m.Known = w.wants("a", StateReady).Facts
				again := w.restart()
				f.set(func(f *fake) { f.rights = []string{"list pods"} })
				f.forget()
				change(again, f, &m)
				again.Set([]Member{m})
				if got := again.wants("a", StateReady).Facts; got.Access.All || !got.Access.Known || len(f.seen()) > coldRequests {
					t.Errorf("access %+v after %v", got.Access, f.seen())
				}
			})
		})
	}
}
