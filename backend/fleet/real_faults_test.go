package fleet

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
)

// fault is what a proxy in front of a real cluster does, and what the fleet must make of it.
type fault struct {
	spoil  func(*kubetest.Proxy) (mend func())
	state  State // when it is there from the start
	later  State // when it comes while the member is ready; "": as state
	cause  string
	action Action
}

func byRule(r kubetest.Rule) func(*kubetest.Proxy) func() {
	return func(p *kubetest.Proxy) func() { return p.Add(r) }
}

func faults() map[string]fault {
	const review = "/apis/authentication.k8s.io/"
	refuse := func(code int) func(*kubetest.Proxy) func() {
		return byRule(kubetest.Rule{Status: code, Message: "says the proxy"})
	}
	return map[string]fault{
		"401 to everything": {refuse(http.StatusUnauthorized), StateNeedsLogin, "", "(401)", ActionReplaceCredentials},
		"403 to everything": {refuse(http.StatusForbidden), StateDenied, "", "says no: says the proxy. Ask", ActionRetry},
		"403 of the version": {
			byRule(kubetest.Rule{Path: "/version", Status: http.StatusForbidden}), StateReady, StateReady, "", ActionNone,
		},
		"403 of the review": {
			byRule(kubetest.Rule{Path: review, Status: http.StatusForbidden, Message: "no way"}), StateDenied, StateReady, "no way", ActionRetry,
		},
		"403 of discovery": {
			byRule(kubetest.Rule{Method: http.MethodGet, Path: "/apis", Status: http.StatusForbidden}), StateReady, StateReady, "", ActionNone,
		},
		"404 to everything": {refuse(http.StatusNotFound), StateUnreachable, "", "not a Kubernetes API server", ActionRetry},
		"429":               {refuse(http.StatusTooManyRequests), StateUnreachable, StateReady, "too busy", ActionRetry},
		"500":               {refuse(http.StatusInternalServerError), StateUnreachable, "", "(500): says the proxy", ActionRetry},
		"503":               {refuse(http.StatusServiceUnavailable), StateUnreachable, "", "(503)", ActionRetry},
		"a redirect":        {refuse(http.StatusFound), StateUnreachable, "", "sends us elsewhere", ActionRetry},
		"a captive portal": {
			byRule(kubetest.Rule{Body: "<html>Welcome</html>"}), StateUnreachable, "", "not a Kubernetes API server", ActionRetry,
		},
		"a delay":         {byRule(kubetest.Rule{Delay: 150 * time.Millisecond}), StateReady, StateReady, "", ActionNone},
		"cut before":      {byRule(kubetest.Rule{Cut: kubetest.CutBefore}), StateUnreachable, "", "cut before", ActionRetry},
		"cut in the body": {byRule(kubetest.Rule{Cut: kubetest.CutBody, CutAfter: 20}), StateUnreachable, "", "cut before", ActionRetry},
		"cut in discovery": {
			byRule(kubetest.Rule{Path: "/apis", Cut: kubetest.CutBody, CutAfter: 100}), StateUnreachable, StateReady, "cut before", ActionRetry,
		},
		"hanging":             {byRule(kubetest.Rule{Path: "/version", Hang: true}), StateUnreachable, "", "in time", ActionRetry},
		"a slow body":         {byRule(kubetest.Rule{BytesPerSecond: 20}), StateUnreachable, "", "in time", ActionRetry},
		"hanging over rights": {byRule(kubetest.Rule{Path: "/apis/authorization.k8s.io/", Hang: true}), StateReady, StateReady, "", ActionNone},
		"half open": { // the connection stands, and nothing comes
			func(p *kubetest.Proxy) func() {
				p.Mode(kubetest.Silent)
				return func() { p.Mode(kubetest.Open) }
			}, StateUnreachable, "", "in time", ActionRetry,
		},
		"refusing": {
			func(p *kubetest.Proxy) func() {
				p.Mode(kubetest.Refusing)
				return func() { p.Mode(kubetest.Open) }
			}, StateUnreachable, "", "", ActionRetry,
		},
	}
}

// Every fault has a state, a cause in words and the one action that helps, at the start as well as later, and is got over by
// itself once it ends. Nothing that was known is forgotten meanwhile.
func TestRealFaults(t *testing.T) {
	t.Parallel()
	for name, c := range faults() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cluster := kubetest.Shared(t)
			p := cluster.Proxy(t)
			l := newLive(t)
			mend := c.spoil(p)
			m := l.add("a", p.Kubeconfig(cluster.Admin()))
			l.Set([]Member{m})
			c.check(t, "at the start", c.state, l.until("a", func(s Status) bool { return s.State != StateConnecting }))
			mend()
			before := l.until("a", surveyed) // by itself: the waits are short here
			mend = c.spoil(p)
			defer mend()
			if began := time.Now(); c.later == StateReady {
				several := func(s Status) bool { return s.State != StateReady || s.Seen.After(began.Add(time.Second)) } // signs of life
				c.check(t, "while ready", StateReady, l.until("a", several))
				return
			}
			lost := l.until("a", func(s Status) bool { return s.State != StateReady })
			c.check(t, "while ready", c.state, lost)
			if lost.Facts.Version != before.Facts.Version || lost.Seen.Before(before.Seen) {
				t.Errorf("the facts are gone: %+v", lost)
			}
			mend()
			l.until("a", is(StateReady))
		})
	}
}

func (c fault) check(t *testing.T, when string, want State, got Status) {
	t.Helper()
	switch {
	case got.State != want:
		t.Errorf("%s: %s (%s), want %s", when, got.State, got.Cause, want)
	case want == StateReady && (got.Cause != "" || got.Action != ActionNone):
		t.Errorf("%s: ready, but %q, %s", when, got.Cause, got.Action)
	case want != StateReady && (!strings.Contains(got.Cause, c.cause) || got.Cause == "" || got.Action != c.action || got.NextTry.IsZero()):
		t.Errorf("%s: %q, %s, next try %v", when, got.Cause, got.Action, got.NextTry)
	}
}

// A way of TLS that can't be trusted is one that nothing is sent on.
func TestRealServerCertificateFaults(t *testing.T) {
	t.Parallel()
	c := kubetest.Shared(t)
	expired, other := c.Proxy(t, kubetest.ServerCertificate(-time.Hour)), c.Proxy(t, kubetest.ServerCertificate(time.Hour, "somewhere.else"))
	stranger := file(c.Server(), []string{"certificate-authority-data: " + b64(newAuthority(t).pem())}, []string{"token: x"})
	named := file(other.URL(), append(caOf(c), "tls-server-name: somewhere.else"), []string{"token: x"})
	plain := strings.Replace(c.Server(), "https://", "http://", 1)
	l := newLive(t)
	l.Set([]Member{
		l.add("expired", expired.Kubeconfig(c.Admin())), l.add("other", other.Kubeconfig(c.Admin())),
		l.add("stranger", []byte(stranger)), l.add("system", []byte(file(c.Server(), nil, []string{"token: x"}))),
		l.add("named", []byte(named)), l.add("plain", []byte(file(plain, nil, []string{"token: x"}))),
	})
	for id, want := range map[string]struct {
		words  string
		action Action
	}{
		"expired":  {"server's certificate expired on", ActionRetry},
		"other":    {"somewhere.else", ActionReplaceCredentials},
		"stranger": {"CA that this credential doesn't trust", ActionReplaceCredentials},
		"system":   {"CA that this credential doesn't trust", ActionReplaceCredentials},
		"plain":    {"the server speaks HTTPS", ActionRetry},
	} {
		if s := l.until(id, is(StateUnreachable)); !strings.Contains(s.Cause, want.words) || s.Action != want.action {
			t.Errorf("%s: %s, %s", id, s.Cause, s.Action)
		}
	}
	if n := len(expired.Requests()); n != 0 {
		t.Errorf("%d requests to a server that can't be trusted", n)
	}
	l.until("named", is(StateNeedsLogin)) // the name is right: the token isn't
	if n := len(other.Requests()); n == 0 {
		t.Error("tls-server-name was not heeded")
	}
}
