package main

import (
	"crypto/tls"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/binnacle-dev/binnacle/build/rig/issuer"
)

// challenge is the S256 of some verifier: no code is traded here.
const challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"

func TestIssuerCommands(t *testing.T) {
	s, _ := begin(t, "--dir", t.TempDir()+"/rig", "--clusters", "1", "--users", "")
	made := s.do(`{"op":"issuer","issuer":"provider","life":{"token":30}}`)
	if strings.Contains(made.Error, issuer.ErrNoBinary.Error()) && os.Getenv("CI") != "true" {
		s.end()
		t.Skip(made.Error)
	}
	if !made.OK || made.Issuer == nil || len(made.Issuer.Users) != 3 || made.Issuer.Users[0].Username != "provider:jane@directory.test" {
		t.Fatalf("the provider: %+v", made)
	}
	if dex := s.must(`{"op":"issuer","issuer":"dex","ldap":true}`).Issuer; dex.Users[0].Connector != "ldap" {
		t.Errorf("Dex' first user: %+v", dex.Users[0])
	}
	s.must(`{"op":"trust","issuer":"provider","cluster":"c1"}`)
	s.must(`{"op":"allow","cluster":"c1","groups":["provider:developers"],"rules":["{apiGroups: [\"\"], resources: [pods], verbs: [list]}"]}`)

	var came url.Values
	program := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { came = r.URL.Query() }))
	defer program.Close()
	address := made.Issuer.URL + "/auth?" + url.Values{
		"client_id": {made.Issuer.ClientID}, "response_type": {"code"}, "scope": {"openid"}, "redirect_uri": {program.URL + "/callback"},
		"code_challenge": {challenge}, "code_challenge_method": {"S256"}, "state": {"s"},
	}.Encode()
	s.must(fmt.Sprintf(`{"op":"visit","issuer":"provider","user":"jane","address":%q}`, address))
	if came.Get("code") == "" || came.Get("state") != "s" {
		t.Errorf("the program was told %v", came)
	}
	s.must(fmt.Sprintf(`{"op":"visit","issuer":"provider","user":"jane","deny":true,"address":%q}`, address))
	if came.Get("error") != "access_denied" {
		t.Errorf("the program was told %v", came)
	}
	if seen := s.must(`{"op":"requests","issuer":"provider"}`).Requests; len(seen) == 0 {
		t.Error("no request was seen")
	}
	for _, auth := range []string{"kubelogin", "auth-provider"} {
		a := s.must(fmt.Sprintf(`{"op":"config","issuer":"provider","cluster":"c1","auth":%q}`, auth))
		if b, err := os.ReadFile(a.Kubeconfig); err != nil || !strings.Contains(string(b), made.Issuer.URL) {
			t.Errorf("the kubeconfig of %s: %v: %s", auth, err, b)
		}
	}
	for _, command := range []string{
		`{"op":"life","issuer":"provider","life":{"token":5}}`, `{"op":"revoke","issuer":"provider","user":"jane"}`,
		`{"op":"remove","issuer":"provider","user":"john"}`, `{"op":"fault","issuer":"provider","rule":{"path":"/token","status":503}}`,
		`{"op":"clear","issuer":"provider"}`, `{"op":"freeze","issuer":"provider"}`, `{"op":"thaw","issuer":"provider"}`,
		`{"op":"stop","issuer":"provider"}`, `{"op":"start","issuer":"provider"}`,
	} {
		s.must(command)
	}
	for command, want := range map[string]string{
		`{"op":"issuer","issuer":"provider"}`:                            "runs already",
		`{"op":"issuer","issuer":"keycloak"}`:                            `no issuer "keycloak"`,
		`{"op":"stop","issuer":"keycloak"}`:                              "does not run",
		`{"op":"dance","issuer":"provider"}`:                             `no op "dance"`,
		`{"op":"revoke","issuer":"provider","user":"john"}`:              `no user "john"`,
		`{"op":"trust","issuer":"provider","cluster":"c9"}`:              `no cluster "c9"`,
		`{"op":"config","issuer":"provider","cluster":"c1","auth":"no"}`: `no auth "no"`,
	} {
		if a := s.do(command); a.OK || !strings.Contains(a.Error, want) {
			t.Errorf("%s gave %+v, want %q", command, a, want)
		}
	}
	s.end()
}

func TestOpenShiftCluster(t *testing.T) {
	s, r := begin(t, "--clusters", "1", "--users", "", "--openshift")
	s.must(`{"op":"clear","cluster":"c1"}`)
	insecure := &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, DisableKeepAlives: true}
	res, err := (&http.Client{Transport: insecure}).Get(r.Clusters[0].Server + issuer.WellKnownPath)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	var described struct {
		Issuer string `json:"issuer"`
	}
	if err := json.NewDecoder(res.Body).Decode(&described); err != nil || described.Issuer != r.OpenShift.URL {
		t.Errorf("the cluster names the OAuth server %q: %v", described.Issuer, err)
	}
	if a := s.must(`{"op":"request","cluster":"c1","path":"/version"}`); a.Status != http.StatusOK {
		t.Errorf("the cluster answers %d", a.Status)
	}
	s.end()
}
