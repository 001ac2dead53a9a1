package fleet

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// probed runs Probe and gives each check's last report as "id state", with the details by id. It checks the order of reports.
func probed(t *testing.T, c *Client) (ends []string, details map[CheckID]string, facts Facts, err error) {
	t.Helper()
	details = map[CheckID]string{}
	var running CheckID
	facts, err = Probe(t.Context(), c, func(c Check) {
		if c.Title == "" || c.Title == string(c.ID) {
			t.Errorf("%s has no title", c.ID)
		}
		switch {
		case c.State == CheckRunning:
			running = c.ID
			return
		case c.State != CheckSkipped && running != c.ID:
			t.Errorf("%s ended while %s ran", c.ID, running)
		}
		ends = append(ends, fmt.Sprintf("%s %s", c.ID, c.State))
		details[c.ID] = c.Detail
	})
	return ends, details, facts, err
}

func TestProbe(t *testing.T) {
	const review = "POST /apis/authentication.k8s.io/v1/selfsubjectreviews"
	answer := func(request string, code int) func(*fake) {
		return func(f *fake) { f.answers[request] = refuse(code, "says the server") }
	}
	for name, c := range map[string]struct {
		prepare func(*fake)
		ends    string // of reach, tls, whoami, rights, version, t4k
		words   map[CheckID]string
		state   State // of the error
	}{
		"an administrator": {
			func(*fake) {},
			"ok ok ok ok ok ok",
			map[CheckID]string{
				CheckReach: "a.test:6443", CheckTLS: "valid until 2 January 2089", CheckWhoAmI: "You are ana.", CheckRights: "administrator",
				CheckVersion: "Kubernetes v1.36.3.", CheckT4K: "not installed",
			},
			StateReady,
		},
		"someone who may list": {
			func(f *fake) { f.rights = []string{"list namespaces"} }, "ok ok ok ok ok ok",
			map[CheckID]string{CheckRights: "You may list all namespaces."},
			StateReady,
		},
		"someone limited": {
			func(f *fake) { f.rights = nil }, "ok ok ok ok ok ok", map[CheckID]string{CheckRights: "That is fine: you will see those that you name"}, StateReady,
		},
		"someone limited to some": {
			func(f *fake) {
				f.rights = []string{"get namespaces/a", "get namespaces/b", "get namespaces/c", "get namespaces/d", "get namespaces/e"}
			}, "ok ok ok ok ok ok", map[CheckID]string{CheckRights: "you will see a, b, c and 2 more, and any"}, StateReady,
		},
		"rights that are not told": {
			func(f *fake) {
				f.answers["POST "+may], f.answers["POST "+whatmay] = refuse(403, "no"), refuse(403, "no")
			}, "ok ok ok ok ok ok",
			map[CheckID]string{CheckRights: "doesn't say"},
			StateReady,
		},
		"nobody": {
			func(f *fake) { f.user = "system:anonymous" }, "ok ok warning ok ok ok", map[CheckID]string{CheckWhoAmI: "stranger"}, StateReady,
		},
		"an old cluster": {
			func(f *fake) { f.groups, f.version = []string{"apps/v1"}, "v1.25.3" }, "ok ok ok ok ok ok", map[CheckID]string{CheckWhoAmI: "too old"}, StateReady,
		},
		"a hidden version": {
			answer("GET /version", 403), "ok ok ok ok ok ok", map[CheckID]string{CheckVersion: "doesn't tell"}, StateReady,
		},
		"hidden groups": {
			answer("GET /apis", 403), "ok ok ok ok ok ok", map[CheckID]string{CheckT4K: "not known"}, StateReady,
		},
		"T4K": {
			func(f *fake) {
				f.groups = append(f.groups, "triliovault.trilio.io/v1")
				f.managers = `{"spec":{"trilioVaultAppVersion":"2.10.6"}}`
			}, "ok ok ok ok ok ok", map[CheckID]string{CheckT4K: "Trilio for Kubernetes 2.10.6 is installed."}, StateReady,
		},
		"T4K out of sight": {
			func(f *fake) {
				f.groups = append(f.groups, "triliovault.trilio.io/v1")
				f.answers["GET /apis/triliovault.trilio.io/v1/triliovaultmanagers"] = refuse(403, "no")
			}, "ok ok ok ok ok ok", map[CheckID]string{CheckT4K: "may not see"}, StateReady,
		},
		"T4K in trouble": {
			func(f *fake) {
				f.groups = append(f.groups, "triliovault.trilio.io/v1")
				f.answers["GET /apis/triliovault.trilio.io/v1/triliovaultmanagers"] = refuse(500, "no")
			}, "ok ok ok ok ok warning", map[CheckID]string{CheckT4K: "(500)"}, StateReady,
		},
		"nobody listens": {
			func(f *fake) { f.become(refusing) }, "failed skipped skipped skipped skipped skipped",
			map[CheckID]string{CheckReach: "Connection refused"},
			StateUnreachable,
		},
		"no such name": {
			func(f *fake) { f.become(unknown) }, "failed skipped skipped skipped skipped skipped",
			map[CheckID]string{CheckReach: "no address for a.test"},
			StateUnreachable,
		},
		"a black hole": {
			func(f *fake) { f.become(silent) }, "failed skipped skipped skipped skipped skipped",
			map[CheckID]string{CheckReach: "No connection within 5 s"},
			StateUnreachable,
		},
		"401": {answer("GET /version", 401), "ok ok failed skipped skipped skipped", map[CheckID]string{CheckWhoAmI: "(401)"}, StateNeedsLogin},
		"403 of the review": {
			answer(review, 403), "ok ok failed skipped skipped skipped", map[CheckID]string{CheckWhoAmI: "says the server"}, StateDenied,
		},
		"404": {answer("GET /version", 404), "ok ok skipped skipped failed skipped", map[CheckID]string{CheckVersion: "not a Kubernetes API"}, StateUnreachable},
		"503": {answer("GET /version", 503), "ok ok skipped skipped failed skipped", map[CheckID]string{CheckVersion: "(503)"}, StateUnreachable},
		"a web page": {
			func(f *fake) {
				f.answers["GET /version"] = func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<html>") }
			}, "ok ok skipped skipped failed skipped", map[CheckID]string{CheckVersion: "not a Kubernetes API"}, StateUnreachable,
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				f, _ := w.cluster("a")
				f.set(c.prepare)
				client, err := dial(credential(t, f.file()), "binnacle/test", nil, w.net.dial)
				if err != nil {
					t.Fatal(err)
				}
				defer client.Close()
				ends, details, _, err := probed(t, client)
				want := []string{}
				states := strings.Fields(c.ends)
				for i, id := range []CheckID{CheckReach, CheckTLS, CheckWhoAmI, CheckRights, CheckVersion, CheckT4K} {
					want = append(want, fmt.Sprintf("%s %s", id, states[i]))
				}
				if diff := cmp.Diff(want, ends); diff != "" {
					t.Errorf("checks (-want +got):\n%s", diff)
				}
				for id, words := range c.words {
					if !strings.Contains(details[id], words) {
						t.Errorf("%s says %q", id, details[id])
					}
				}
				if state, _ := Classify(err); state != c.state {
					t.Errorf("error %v is %s, want %s", err, state, c.state)
				}
				if n := len(f.seen()); n > 6 {
					t.Errorf("%d requests: %v", n, f.seen())
				}
			})
		})
	}
}

func TestProbeTellsTLSFromReach(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f := newFake(t, w.net, w.ca, "a.test", newAuthority(t).server(t, year(1990), year(2080), "a.test"))
		client, err := dial(credential(t, f.file()), "", nil, w.net.dial)
		if err != nil {
			t.Fatal(err)
		}
		defer client.Close()
		ends, details, _, _ := probed(t, client)
		if got := strings.Join(ends[:2], ", "); got != "reach ok, tls failed" || !strings.Contains(details[CheckTLS], "CA") {
			t.Errorf("checks: %v, %q", ends, details[CheckTLS])
		}
	})
}

func TestProbeWarnsOfWhatEndsSoon(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		soon := time.Now().Add(3 * 24 * time.Hour)
		f := newFake(t, w.net, w.ca, "a.test", w.ca.server(t, year(1990), soon, "a.test"))
		cert, key := w.ca.client(t, "ana", soon)
		client, err := dial(credential(t, f.file("client-certificate-data: "+b64(cert), "client-key-data: "+b64(key))), "", nil, w.net.dial)
		if err != nil {
			t.Fatal(err)
		}
		defer client.Close()
		ends, details, facts, err := probed(t, client)
		if got := strings.Join(ends[:3], ", "); got != "reach ok, tls warning, whoami warning" || err != nil {
			t.Errorf("checks: %v, %v", ends, err)
		}
		for _, id := range []CheckID{CheckTLS, CheckWhoAmI} {
			if !strings.Contains(details[id], "4 January 2000") {
				t.Errorf("%s: %q", id, details[id])
			}
		}
		if !facts.CredentialExpires.Equal(soon) || !facts.ServerCertExpires.Equal(soon) {
			t.Errorf("facts: %+v", facts)
		}
	})
}

func TestProbeOfAnInsecureServer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		newFake(t, w.net, w.ca, "a.test", newAuthority(t).server(t, year(1990), year(2080), "b.test"))
		c := credential(t, file("https://a.test:6443", []string{"insecure-skip-tls-verify: true"}, []string{"token: x"}))
		client, err := dial(c, "", nil, w.net.dial)
		if err != nil {
			t.Fatal(err)
		}
		defer client.Close()
		ends, details, _, err := probed(t, client)
		if ends[1] != "tls warning" || !strings.Contains(details[CheckTLS], "not checked") || err != nil {
			t.Errorf("checks: %v, %q, %v", ends, details[CheckTLS], err)
		}
	})
}
