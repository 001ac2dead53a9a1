package oidctest

import (
	"context"
	"testing"
	"time"

	"golang.org/x/oauth2"
)

// byDevice begins a device flow, has a person decide, and waits for the tokens.
func byDevice(t *testing.T, at *Issuer, decide func(context.Context, string, string, User) error, u User) (*oauth2.Token, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.WithValue(t.Context(), oauth2.HTTPClient, at.HTTP()), time.Minute)
	defer cancel()
	verifier := oauth2.GenerateVerifier()
	config := at.config("")
	config.ClientID = at.DeviceID
	code, err := config.DeviceAuth(ctx, oauth2.S256ChallengeOption(verifier))
	check(t, err)
	if err := decide(ctx, code.VerificationURI, code.UserCode, u); err != nil {
		return nil, err
	}
	code.Interval = 1
	return config.DeviceAccessToken(ctx, code, oauth2.VerifierOption(verifier))
}

func TestDeviceFlow(t *testing.T) {
	t.Parallel()
	dex, provider, c := both(t)
	for name, at := range map[string]*Issuer{"dex": dex, "provider": provider} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			jane := at.User("jane")
			token, err := byDevice(t, at, at.VisitDevice, jane)
			check(t, err)
			seen, _, err := whoami(t.Context(), c, IDToken(t, token))
			check(t, err)
			if want, _ := at.Seen(jane); seen != want {
				t.Errorf("the cluster knows the user as %s, want %s", seen, want)
			}
			wrong := func(ctx context.Context, address, _ string, u User) error {
				return at.VisitDevice(ctx, address, "BCDF-BCDF", u)
			}
			if _, err := byDevice(t, at, wrong, jane); err == nil {
				t.Error("a code that nobody showed was taken")
			}
		})
	}
}
