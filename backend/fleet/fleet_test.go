package fleet

import (
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
			Version: "v1.36.3", Distribution: Kind, Region: "here", Identity: "ana", IdentityVerified: true,
			Groups: []string{"system:authenticated"}, AuthKind: kubeconfig.AuthToken, ServerCertExpires: year(2089),
			T4K: T4K{State: T4KInstalled, Version: "5.3.1"},
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
		cold := []string{
			"GET /version", "GET /apis", "POST /apis/authentication.k8s.io/v1/selfsubjectreviews", "GET /api/v1/nodes",
			"GET /apis/triliovault.trilio.io/v1/triliovaultmanagers",
		}
		if diff := cmp.Diff(cold, f.seen()); diff != "" {
			t.Errorf("cold (-want +got):\n%s", diff)
		}

		f.become(refusing)
		w.until("a", StateUnreachable, time.Minute)
		f.forget()
		f.become(up)
		w.Retry("a")
		w.wants("a", StateReady)
		warm := []string{"GET /version", "GET /apis", "POST /apis/authentication.k8s.io/v1/selfsubjectreviews"}
		if diff := cmp.Diff(warm, f.seen()); diff != "" {
			t.Errorf("warm (-want +got):\n%s", diff)
		}
	})
}
