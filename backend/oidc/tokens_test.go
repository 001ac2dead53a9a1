package oidc

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/secret"
)

func TestTokensKept(t *testing.T) {
	want := Tokens{
		ID: secret.New([]byte("id-1")), Access: secret.New([]byte("access-1")), Refresh: secret.New([]byte("refresh-0")),
		Expires: time.Date(2030, 1, 2, 3, 4, 5, 6, time.UTC), Name: "ana", Subject: "u\x001", Groups: []string{"dev"},
	}
	for name, tokens := range map[string]Tokens{"all": want, "one": {Access: want.Access}} {
		got, err := Parse(tokens.Secret())
		if diff := cmp.Diff(tokens, got, cmp.Comparer(secret.Value.Equal)); err != nil || diff != "" {
			t.Errorf("%s: %v (-want +got):\n%s", name, err, diff)
		}
	}
	holds(t, "Tokens", fmt.Sprintf("%v %+v %#v", want, want, want))
	for name, bad := range map[string]string{"empty": "", "no JSON": "access-1", "nothing": "{}", "cut": `{"access":"access-1`, "list": "[]"} {
		if _, err := Parse(secret.New([]byte(bad))); !errors.Is(err, errTokens) {
			t.Errorf("%s gave %v", name, err)
		} else {
			holds(t, "the error", err.Error())
		}
	}
}

func TestProof(t *testing.T) {
	tokens := Tokens{ID: secret.New([]byte("id")), Access: secret.New([]byte("access")), Expires: time.Unix(5, 0)}
	for name, c := range map[string]struct {
		s    kubeconfig.SignIn
		want string
	}{
		"browser":      {kubeconfig.SignIn{Flow: kubeconfig.FlowBrowser}, "id"},
		"device":       {kubeconfig.SignIn{Flow: kubeconfig.FlowDevice}, "id"},
		"access token": {kubeconfig.SignIn{Flow: kubeconfig.FlowBrowser, AccessToken: true}, "access"},
		"OpenShift":    {kubeconfig.SignIn{Flow: kubeconfig.FlowOpenShift}, "access"},
	} {
		if got := tokens.Proof(c.s); text(got.Token) != c.want || !got.Expires.Equal(tokens.Expires) {
			t.Errorf("%s shows %s", name, text(got.Token))
		}
	}
}
