package oidctest

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/oauth2"
)

// nobody listens there: the tests below end before the program.
const nobody = "http://localhost:1/callback"

func address(at *Issuer, options ...oauth2.AuthCodeOption) string {
	options = append(options, oauth2.S256ChallengeOption(oauth2.GenerateVerifier()), oauth2.SetAuthURLParam("prompt", "consent"))
	return at.config(nobody).AuthCodeURL("the-state", options...)
}

func TestPersonIsSentBack(t *testing.T) {
	t.Parallel()
	dex, provider := Dex(t, WithLDAP(), WithLocal()), Provider(t)
	for name, at := range map[string]*Issuer{"dex": dex, "provider": provider} {
		t.Run(name, func(t *testing.T) {
			back, err := at.Redirect(t.Context(), address(at), at.User("mallory"))
			check(t, err)
			if back.Host != "localhost:1" || back.Query().Get("state") != "the-state" || back.Query().Get("code") == "" {
				t.Errorf("the person was sent to %s", back)
			}
			var refused *url.Error
			if err := at.Visit(t.Context(), address(at), at.User("mallory")); !errors.As(err, &refused) {
				t.Errorf("a program that isn't there gave %v", err)
			}
		})
	}
}

func TestPersonSaysNo(t *testing.T) {
	t.Parallel()
	dex, provider := Dex(t, WithLDAP()), Provider(t)
	for name, at := range map[string]*Issuer{"dex": dex, "provider": provider} {
		t.Run(name, func(t *testing.T) {
			var came url.Values
			program := listen(t, func(_ http.ResponseWriter, r *http.Request) { came = r.URL.Query() })
			config := at.config(program + "/callback")
			no := config.AuthCodeURL("s", oauth2.S256ChallengeOption(oauth2.GenerateVerifier()), oauth2.SetAuthURLParam("prompt", "consent"))
			check(t, at.Deny(t.Context(), no, at.User("jane")))
			if at == dex {
				if came != nil {
					t.Errorf("Dex told the program %v: say so where we say that it doesn't", came)
				}
				return
			}
			if came.Get("error") != "access_denied" || came.Get("state") != "s" {
				t.Errorf("the program was told %v", came)
			}
			_, err := byDevice(t, at, at.DenyDevice, at.User("jane"))
			if refusal := new(oauth2.RetrieveError); !errors.As(err, &refusal) || refusal.ErrorCode != "access_denied" {
				t.Errorf("the device was told %v", err)
			}
		})
	}
}

func TestConnectorID(t *testing.T) {
	t.Parallel()
	dex := Dex(t, WithLDAP(), WithLocal())
	u := dex.User("jane")
	u.Connector = "" // the person would be lost on the page of choices
	if _, err := dex.Redirect(t.Context(), address(dex), u); err == nil {
		t.Error("the person chose without knowing what")
	}
	if _, err := dex.Redirect(t.Context(), address(dex, oauth2.SetAuthURLParam("connector_id", "ldap")), u); err != nil {
		t.Error(err)
	}
}

func TestProviderWantsPKCE(t *testing.T) {
	t.Parallel()
	provider := Provider(t)
	back, err := provider.Redirect(t.Context(), provider.config(nobody).AuthCodeURL("s"), provider.User("jane"))
	check(t, err)
	if back.Query().Get("error") != "invalid_request" || !strings.Contains(back.Query().Get("error_description"), "PKCE") {
		t.Errorf("without PKCE the person was sent to %s", back)
	}
}

func TestUsersChange(t *testing.T) {
	t.Parallel()
	provider := Provider(t)
	jane, john := provider.User("jane"), provider.User("john")
	hers, his := provider.Login(t, jane), provider.Login(t, john)
	provider.SetUsers(t, john)
	if _, err := provider.Renew(t, hers.RefreshToken); err == nil {
		t.Error("who is gone can refresh")
	}
	if _, err := provider.Renew(t, his.RefreshToken); err != nil {
		t.Error(err)
	}
	if _, err := provider.Redirect(t.Context(), address(provider), jane); !errors.Is(err, ErrPassword) {
		t.Errorf("who is gone gets %v", err)
	}
}

func TestRevocation(t *testing.T) {
	t.Parallel()
	if dex := Dex(t); dex.Revocation != "" {
		t.Error("Dex revokes: tell those who rely on that it can't")
	}
	provider := Provider(t)
	refresh := provider.Login(t, provider.User("jane")).RefreshToken
	res, err := provider.HTTP().PostForm(provider.Revocation, url.Values{
		"client_id": {provider.ClientID}, "token": {refresh}, "token_type_hint": {"refresh_token"},
	})
	check(t, err)
	_ = res.Body.Close()
	if _, err := provider.Renew(t, refresh); res.StatusCode != http.StatusOK || err == nil {
		t.Errorf("the revocation gave %s, the token %v", res.Status, err)
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	for name, at := range map[string]*Issuer{"dex": Dex(t), "provider": Provider(t)} {
		t.Run(name, func(t *testing.T) {
			look := func(limit time.Duration) error {
				ctx, cancel := context.WithTimeout(t.Context(), limit)
				defer cancel()
				return at.describe(ctx)
			}
			at.Freeze(t)
			if err := look(200 * time.Millisecond); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("a frozen issuer gave %v", err)
			}
			at.Thaw(t)
			check(t, look(time.Minute))
			at.Stop(t)
			if err := look(time.Minute); err == nil || !strings.Contains(err.Error(), "refused") {
				t.Errorf("a stopped issuer gave %v", err)
			}
			at.Restart(t)
			defer at.Add(Rule{Status: http.StatusServiceUnavailable})()
			if err := look(time.Minute); err == nil {
				t.Error("a rule did nothing")
			}
		})
	}
}
