package console_test

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
	"github.com/binnacle-dev/binnacle/backend/internal/oidctest"
	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// post sends what the page sends as a request body.
func (p *program) post(path string, body, into any) {
	p.t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		p.t.Fatal(err)
	}
	w := httptest.NewRecorder()
	p.handler.ServeHTTP(w, httptest.NewRequestWithContext(p.t.Context(), http.MethodPost, path, bytes.NewReader(text)))
	if w.Code != http.StatusOK {
		p.t.Fatalf("%s: %d %s", path, w.Code, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), into); err != nil {
		p.t.Fatal(err)
	}
}

// lookUp types an address and waits for what is found there.
func (p *program) lookUp(address string) bridge.Lookup {
	p.t.Helper()
	ticket, err := p.LookUp(address)
	if err != nil {
		p.t.Fatal(err)
	}
	var l bridge.Lookup
	p.until("what is at "+address, func() bool {
		l, err = p.Lookup(ticket)
		return err == nil && l.State != bridge.LookupLooking
	})
	if l.State != bridge.LookupFound {
		p.t.Fatalf("nothing at %s: %s", address, l.Problem)
	}
	return l
}

// typeIssuer names an issuer and gives the way in, once the issuer has answered.
func (p *program) typeIssuer(l bridge.Lookup, issuer *oidctest.Issuer, ok func(bridge.Way) bool) bridge.Way {
	p.t.Helper()
	p.post("/api/lookup/"+l.Ticket+"/issuer", bridge.IssuerRequest{Issuer: issuer.URL, CA: string(issuer.CAPEM), ClientID: issuer.ClientID}, &struct{}{})
	var found bridge.Way
	p.until("the issuer's answer", func() bool {
		now, err := p.Lookup(l.Ticket)
		if err != nil {
			return false
		}
		for _, w := range now.Ways {
			if w.Issuer == issuer.URL && ok(w) {
				found = w
				return true
			}
		}
		return false
	})
	return found
}

// use makes an import of a way.
func (p *program) use(l bridge.Lookup, r bridge.WayRequest) string {
	p.t.Helper()
	var out struct{ Ticket string }
	p.post("/api/lookup/"+l.Ticket+"/way", r, &out)
	return out.Ticket
}

// browserOf is a system browser in which a user signs in with every page that opens.
func browserOf(t *testing.T, issuer *oidctest.Issuer, user oidctest.User) func(context.Context, string) error {
	t.Helper()
	var open sync.WaitGroup
	t.Cleanup(open.Wait)
	return func(_ context.Context, url string) error {
		open.Go(func() {
			if err := issuer.Visit(t.Context(), url, user); err != nil {
				t.Errorf("the browser: %v", err)
			}
		})
		return nil
	}
}

// signIn signs in for a subject and waits until that is done.
func (p *program) signIn(s bridge.Subject, key string) {
	p.t.Helper()
	if err := p.StartSignIn(p.t.Context(), s, bridge.SignInChoice{}); err != nil {
		p.t.Fatal(err)
	}
	p.until("signed in", func() bool { return p.session(key).State == bridge.SignInOK })
}

func (p *program) session(key string) bridge.SignIn {
	for _, s := range p.Session().SignIns {
		if s.Key == key {
			return s
		}
	}
	return bridge.SignIn{}
}

// TestAddedBySignIn is J4: an address is typed, Dex' choices show, LDAP is chosen, and the member is live; the session is found
// again at the next start, and ends when it is signed out of.
func TestAddedBySignIn(t *testing.T) {
	dex := oidctest.Dex(t, oidctest.WithLocal(), oidctest.WithLDAP())
	home := kubetest.Shared(t, "1.36")
	primaryFor(t, home)
	far := kubetest.Start(t, kubetest.Trusting(dex))
	jane := dex.User("jane")

	m := newMachine(t)
	p := m.start(t)
	p.browser = browserOf(t, dex, jane)
	p.logIn("home", home.User(t, "j4"))
	p.choose(bridge.ModeSealed, passphrase, true)

	l := p.lookUp(strings.TrimPrefix(far.Server(), "https://"))
	if l.Certificate == nil || l.Server != far.Server() {
		t.Fatalf("found %+v", l)
	}
	way := p.typeIssuer(l, dex, func(w bridge.Way) bool { return len(w.Connectors) == 2 })
	if !way.Dex || !way.Device {
		t.Errorf("the way in: %+v", way)
	}
	ticket := p.use(l, bridge.WayRequest{
		Way: way.ID, Trust: l.Certificate.Fingerprint, Name: "far", ClientID: dex.ClientID, Connector: "ldap",
		Scopes: []string{"email", "groups", "offline_access"},
	})
	im, err := p.Import(ticket)
	if err != nil || len(im.Candidates) != 1 || im.Candidates[0].AuthKind != "signIn" || im.Candidates[0].SignIn == "" {
		t.Fatalf("the candidate: %+v %v", im.Candidates, err)
	}
	key := im.Candidates[0].SignIn
	p.signIn(bridge.Subject{Ticket: ticket}, key)
	if err := p.TestCandidates(ticket, []int{0}); err != nil {
		t.Fatal(err)
	}
	p.until("the test of the candidate", func() bool {
		im, err = p.Import(ticket)
		return err == nil && im.Candidates[0].Tested
	})
	if !im.Candidates[0].Passed {
		t.Fatalf("the test failed: %+v", im.Candidates[0].Checks)
	}
	if err := p.AddMembers(t.Context(), bridge.AddRequest{Ticket: ticket, Picks: []bridge.Pick{{Name: "far"}}}); err != nil {
		t.Fatal(err)
	}
	p.live("far", "home")
	name, _ := dex.Seen(jane)
	if got := p.member("far"); got.Identity != name || !got.IdentityVerified || got.SignIn != key {
		t.Errorf("the member: %+v", got)
	}
	if diff := cmp.Diff([]string{"far"}, p.session(key).Members); diff != "" {
		t.Errorf("the session's members (-want +got):\n%s", diff)
	}
	p.keepsToItself(dex, key)
	p.synced()
	p.quit()

	p = m.start(t) // with no browser: nothing may need one
	p.live("far", "home")
	if err := p.SignOut(t.Context(), key); err != nil {
		t.Fatal(err)
	}
	p.until("a member that needs a sign-in", func() bool {
		far := p.member("far")
		return far.State == bridge.StateNeedsLogin && far.Action == "signIn" && p.member("home").State == bridge.StateReady
	})
	p.browser = browserOf(t, dex, jane)
	p.signIn(bridge.Subject{MemberID: p.member("far").ID}, key)
	p.live("far", "home")

	if err := p.RemoveMembers(t.Context(), []string{p.member("far").ID}, true); err != nil {
		t.Fatal(err)
	}
	p.quit()
	if left := accountsOf(t, m, key); len(left) > 0 {
		t.Errorf("the session outlived its last member: %v", left)
	}
	m.nowhere(t, jane.Password, "refresh_token", "eyJ")
}

// keepsToItself imports a kubeconfig that names the person's own provider and somebody else's server: the session that is there
// must not go to that server before the person gave it.
func (p *program) keepsToItself(dex *oidctest.Issuer, key string) {
	p.t.Helper()
	var mu sync.Mutex
	got := ""
	thief := httptest.NewTLSServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		got += r.Header.Get("Authorization")
	}))
	p.t.Cleanup(thief.Close)
	ca := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: thief.Certificate().Raw})
	credential, err := kubeconfig.NewSignIn("thief", kubeconfig.Target{Server: thief.URL, CAPEM: ca}, kubeconfig.SignIn{
		Flow: kubeconfig.FlowBrowser, Issuer: dex.URL, IssuerCA: dex.CAPEM, ClientID: dex.ClientID, Connector: "ldap",
		Scopes: []string{"email", "groups", "offline_access"},
	})
	if err != nil {
		p.t.Fatal(err)
	}
	file := credential.Kubeconfig().Reveal()
	ticket := p.paste(file)
	im, err := p.Import(ticket)
	if err != nil || im.Candidates[0].SignIn != key {
		p.t.Fatalf("not the same session: %+v %v", im.Candidates, err)
	}
	if err := p.TestCandidates(ticket, []int{0}); err != nil {
		p.t.Fatal(err)
	}
	p.until("the test", func() bool {
		im, err := p.Import(ticket)
		return err == nil && im.Candidates[0].Tested && !im.Candidates[0].Passed
	})
	p.connect("thief", file)
	p.until("a member that asks", func() bool { return p.member("thief").Action == "signIn" })
	if err := p.Retry([]string{p.member("thief").ID}); err != nil {
		p.t.Fatal(err)
	}
	mu.Lock()
	if got != "" {
		p.t.Errorf("another server got the session")
	}
	mu.Unlock()
	if err := p.RemoveMembers(p.t.Context(), []string{p.member("thief").ID}, true); err != nil {
		p.t.Fatal(err)
	}
}
