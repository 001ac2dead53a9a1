package fleet

import (
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// What must hold before anything is sent. Every case ends with a look at the network: nobody may have been called.
func TestNothingIsSent(t *testing.T) {
	proof := filepath.Join(t.TempDir(), "ran")
	for name, c := range map[string]struct {
		prepare  func(w *world, m Member) Member
		state    State
		cause    []string
		proposed bool
	}{
		"another server": {
			func(_ *world, m Member) Member { m.Endpoint.Server = "https://evil.test:6443"; return m },
			StateNeedsCredentials,
			[]string{"https://evil.test:6443 instead of https://a.test:6443"},
			true,
		},
		"another CA": {
			func(_ *world, m Member) Member { m.Endpoint.CA = ""; return m },
			StateNeedsCredentials,
			[]string{"this machine's own CAs instead of the CA"},
			true,
		},
		"no check of the certificate": {
			func(_ *world, m Member) Member { m.Endpoint.CA = kubeconfig.CAInsecure; return m },
			StateNeedsCredentials,
			[]string{"no check of the server's certificate instead of the CA"},
			true,
		},
		"another TLS name": {
			func(_ *world, m Member) Member { m.Endpoint.TLSName = "x.test"; return m },
			StateNeedsCredentials,
			[]string{"the TLS name x.test instead of (none)"},
			true,
		},
		"no credential": {
			func(w *world, m Member) Member { delete(w.vault.held, "a"); return m },
			StateNeedsCredentials,
			[]string{"no credential", "kubeconfig"},
			false,
		},
		"a locked keychain": {
			func(w *world, m Member) Member { w.vault.fails["a"] = errors.New("the keyring is locked"); return m },
			StateNeedsCredentials,
			[]string{"keychain", "the keyring is locked"},
			false,
		},
		"a program": {
			func(w *world, _ Member) Member {
				return w.vault.put("a", credential(w.t, file("https://a.test:6443", nil, []string{
					"exec: {apiVersion: client.authentication.k8s.io/v1, command: touch, args: ['" + proof + "'], interactiveMode: Never}",
				})))
			},
			StateNeedsLogin,
			[]string{"running a program", "touch", "runs none unasked"},
			false,
		},
		"an auth-provider": {
			func(w *world, _ Member) Member {
				return w.vault.put("a", credential(w.t, file("https://a.test:6443", nil, []string{"auth-provider: {name: gcp}"})))
			},
			StateNeedsLogin,
			[]string{"auth-provider"},
			false,
		},
		"an expired client certificate": {
			func(w *world, _ Member) Member {
				cert, key := w.ca.client(w.t, "ana", year(1999))
				return w.vault.put("a", credential(w.t, file("https://a.test:6443", nil, []string{
					"client-certificate-data: " + base64.StdEncoding.EncodeToString(cert),
					"client-key-data: " + base64.StdEncoding.EncodeToString(key),
				})))
			},
			StateNeedsLogin,
			[]string{"client certificate expired on 2 January 1999"},
			false,
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				_, m := w.cluster("a")
				m = c.prepare(w, m)
				w.Set([]Member{m})
				got := w.wants("a", c.state)
				for _, part := range c.cause {
					if !strings.Contains(got.Cause, part) {
						t.Errorf("the cause %q doesn't say %q", got.Cause, part)
					}
				}
				if (got.Proposed != nil) != c.proposed || (c.proposed && *got.Proposed != m.Endpoint) {
					t.Errorf("proposed is %v", got.Proposed)
				}
				if !got.NextTry.IsZero() {
					t.Errorf("the next try is planned for %v", got.NextTry)
				}
				time.Sleep(time.Hour)
				w.Retry("a")
				w.wants("a", c.state)
				if n := len(w.net.dials); n != 0 {
					t.Errorf("%d addresses were called: %v", n, w.net.dials)
				}
			})
		})
	}
	if _, err := os.Stat(proof); err == nil {
		t.Error("the program ran")
	}
}

func TestAnEndpointThatIsSetRightIsUsedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		_, m := w.cluster("a")
		wrong := m
		wrong.Endpoint.Server = "https://evil.test:6443"
		w.Set([]Member{wrong})
		w.wants("a", StateNeedsCredentials)
		w.Set([]Member{m})
		if got := w.wants("a", StateReady); got.Proposed != nil {
			t.Errorf("still proposed: %v", got.Proposed)
		}
	})
}

func TestACredentialThatArrivesIsUsedAfterRenew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f, m := w.cluster("a")
		delete(w.vault.held, "a")
		w.Set([]Member{m})
		w.wants("a", StateNeedsCredentials)
		if _, err := w.Client("a"); !errors.Is(err, ErrNoClient) {
			t.Errorf("a client without a credential: %v", err)
		}
		w.vault.put("a", credential(t, f.file()))
		w.Renew("a")
		w.wants("a", StateReady)
		if _, err := w.Client("a"); err != nil {
			t.Errorf("no client: %v", err)
		}
	})
}
