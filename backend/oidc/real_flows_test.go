package oidc_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/binnacle-dev/binnacle/backend/internal/oidctest"
	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/oidc"
	"github.com/binnacle-dev/binnacle/backend/secret"
)

func TestRealRefused(t *testing.T) {
	op := oidctest.Provider(t)
	user := op.User("jane")
	denies := oidc.New(oidc.Options{Timeout: patience, Open: browserOf(t, func(ctx context.Context, address string) error { return op.Deny(ctx, address, user) })})
	_, err := denies.Browser(t.Context(), signInAt(op, user), silent)
	if no, ok := errors.AsType[*oidc.Refusal](err); !ok || no.Code != "access_denied" {
		t.Errorf("a denied sign-in gave %v", err)
	}
	s := signInAt(op, user)
	s.ClientID = "nobody-knows"
	ctx, cancel := context.WithCancel(t.Context())
	unknown := oidc.New(oidc.Options{Timeout: patience, Open: func(ctx context.Context, address string) error {
		defer cancel() // the provider's own page says what is wrong; the person comes back and gives up
		return op.Visit(ctx, address, user)
	}})
	if _, err := unknown.Browser(ctx, s, silent); !errors.Is(err, oidc.ErrCancelled) {
		t.Errorf("an unknown client gave %v", err)
	}
}

// TestRealStranger holds that a changed answer doesn't end a sign-in, and that the right one still does.
func TestRealStranger(t *testing.T) {
	dex := oidctest.Dex(t)
	user := dex.User("lena@local.test")
	client := oidc.New(oidc.Options{Timeout: patience, Open: browserOf(t, func(ctx context.Context, address string) error {
		back, err := dex.Redirect(ctx, address, user)
		if err != nil {
			return err
		}
		right := back.RawQuery
		wrong := back.Query()
		wrong.Set("state", "guessed")
		for _, query := range []string{wrong.Encode(), right} {
			back.RawQuery = query
			r, err := http.NewRequestWithContext(ctx, http.MethodGet, back.String(), nil)
			if err != nil {
				return err
			}
			resp, err := http.DefaultClient.Do(r)
			if err != nil {
				return err
			}
			if err := resp.Body.Close(); err != nil {
				return err
			}
			if ok := query == right; (resp.StatusCode == http.StatusOK) != ok || (resp.StatusCode == http.StatusBadRequest) == ok {
				t.Errorf("%s got %d", query, resp.StatusCode)
			}
		}
		return nil
	})})
	if _, err := client.Browser(t.Context(), signInAt(dex, user), silent); err != nil {
		t.Error(err)
	}
}

// TestRealFixed signs in as a client with a secret and a list of redirects that must fit to the letter.
func TestRealFixed(t *testing.T) {
	for name, c := range places(t) {
		t.Run(name, func(t *testing.T) {
			user := c.user
			s := signInAt(c.issuer, user)
			s.ClientID, s.ClientSecret, s.Redirects = c.issuer.Fixed.ID, secret.New([]byte(c.issuer.Fixed.Secret)), c.issuer.Fixed.Ports
			tokens, err := clientFor(t, c.issuer, user).Browser(t.Context(), s, silent)
			if err != nil {
				t.Fatal(err)
			}
			if user.Connector == "local" {
				return // see lasting
			}
			if _, err := oidc.New(oidc.Options{}).Refresh(t.Context(), s, tokens); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestRealDevice(t *testing.T) {
	for name, c := range places(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			user := c.user
			s := signInAt(c.issuer, user)
			s.Flow, s.ClientID = kubeconfig.FlowDevice, c.issuer.DeviceID
			done := make(chan error, 1)
			tokens, err := oidc.New(oidc.Options{}).Device(t.Context(), s, func(code oidc.Code) {
				if code.UserCode == "" || !strings.HasPrefix(code.URL, c.issuer.URL[:8]) || time.Until(code.Expires) < time.Minute {
					t.Errorf("the code is %+v", code)
				}
				go func() { done <- c.issuer.VisitDevice(t.Context(), code.URL, code.UserCode, user) }()
			})
			if visit := <-done; visit != nil || err != nil {
				t.Fatal(visit, err)
			}
			if tokens.Name != user.Email || tokens.Refresh.Empty() {
				t.Errorf("%+v is signed in", tokens)
			}
		})
	}
	t.Run("denied", func(t *testing.T) {
		t.Parallel()
		op := oidctest.Provider(t)
		user := op.User("jane")
		s := signInAt(op, user)
		s.ClientID = op.DeviceID
		done := make(chan error, 1)
		_, err := oidc.New(oidc.Options{}).Device(t.Context(), s, func(code oidc.Code) {
			go func() { done <- op.DenyDevice(t.Context(), code.URL, code.UserCode, user) }()
		})
		if no, ok := errors.AsType[*oidc.Refusal](err); !ok || no.Code != "access_denied" {
			t.Errorf("a denied code gave %v", err)
		}
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

func TestRealLook(t *testing.T) {
	both, one, op := oidctest.Dex(t, oidctest.WithLocal(), oidctest.WithLDAP()), oidctest.Dex(t, oidctest.WithLDAP()), oidctest.Provider(t)
	client := oidc.New(oidc.Options{})
	look := func(i *oidctest.Issuer) (oidc.Issuer, []oidc.Connector) {
		t.Helper()
		got, err := client.Look(t.Context(), i.URL, i.CAPEM)
		if err != nil {
			t.Fatal(err)
		}
		if !got.Browser || !got.Device || got.Plain || !slices.Contains(got.Scopes, "offline_access") {
			t.Errorf("%s is %+v", i.URL, got)
		}
		if !got.Dex {
			return got, nil
		}
		connectors, err := client.Connectors(t.Context(), kubeconfig.SignIn{Issuer: i.URL, IssuerCA: i.CAPEM, ClientID: i.ClientID})
		if err != nil {
			t.Fatal(err)
		}
		return got, connectors
	}
	got, connectors := look(both)
	if !got.Dex || got.Revokes || len(connectors) != 2 {
		t.Errorf("Dex is %+v with %+v", got, connectors)
	}
	for _, c := range connectors {
		if (c.ID != "ldap" && c.ID != "local") || c.Name == "" || strings.Contains(c.Name, "Log in") || c.Kind == "" {
			t.Errorf("a connector is %+v", c)
		}
	}
	if _, connectors = look(one); len(connectors) != 1 || connectors[0].ID != "ldap" {
		t.Errorf("Dex with LDAP only has %+v", connectors)
	}
	if got, _ = look(op); got.Dex || !got.Revokes {
		t.Errorf("oidc-provider is %+v", got)
	}
	_, err := client.Look(t.Context(), op.URL+"/", op.CAPEM)
	if other, ok := errors.AsType[*oidc.IssuerError](err); !ok || other.Says != op.URL {
		t.Errorf("another spelling gave %v", err)
	}
	if _, err := client.Look(t.Context(), op.URL, nil); err == nil {
		t.Error("an unknown CA is trusted")
	} else if _, ok := errors.AsType[*url.Error](err); !ok {
		t.Errorf("an unknown CA gave %v", err)
	}
}

// TestOpenShiftFake signs in at the rig's fake of OpenShift's OAuth server.
func TestOpenShiftFake(t *testing.T) {
	fake := oidctest.OpenShift(t)
	user := fake.Users[0]
	client := oidc.New(oidc.Options{Timeout: patience, Open: browserOf(t, func(ctx context.Context, address string) error {
		return fake.Visit(ctx, address, user)
	})})
	s, err := client.OpenShiftOf(t.Context(), func(string) ([]byte, error) { return json.Marshal(fake.WellKnown()) })
	if err != nil {
		t.Fatal(err)
	}
	s.IssuerCA = fake.CAPEM
	tokens, err := client.Browser(t.Context(), s, silent)
	if err != nil {
		t.Fatal(err)
	}
	if who, ok := fake.Whose(string(tokens.Proof(s).Token.Reveal())); !ok || who.Name != user.Name || tokens.Expires.Before(time.Now()) {
		t.Errorf("the token is %+v's", who)
	}
}
