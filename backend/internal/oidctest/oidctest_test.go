package oidctest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/rest"

	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
)

func TestMain(m *testing.M) { kubetest.Main(m) }

// whoami asks a cluster whom a token proves.
func whoami(ctx context.Context, c *kubetest.Cluster, token string) (name string, groups []string, err error) {
	config := &rest.Config{Host: c.Server(), BearerToken: token, TLSClientConfig: rest.TLSClientConfig{CAData: c.CAPEM()}}
	client, err := dynamic.NewForConfig(config)
	if err != nil {
		return "", nil, err
	}
	reviews := schema.GroupVersionResource{Group: "authentication.k8s.io", Version: "v1", Resource: "selfsubjectreviews"}
	answer, err := client.Resource(reviews).Create(ctx, &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview",
	}}, metav1.CreateOptions{})
	if err != nil {
		return "", nil, err
	}
	name, _, _ = unstructured.NestedString(answer.Object, "status", "userInfo", "username")
	groups, _, _ = unstructured.NestedStringSlice(answer.Object, "status", "userInfo", "groups")
	slices.Sort(groups)
	return name, groups, nil
}

// both are an issuer of each kind and a cluster that trusts them.
func both(t *testing.T) (dex, provider *Issuer, c *kubetest.Cluster) {
	t.Helper()
	dex, provider = Dex(t, WithLocal(), WithLDAP()), Provider(t)
	return dex, provider, kubetest.Start(t, kubetest.Trusting(dex, provider))
}

func TestLogin(t *testing.T) {
	t.Parallel()
	dex, provider, c := both(t)
	for _, at := range []*Issuer{dex, provider} {
		for _, u := range at.Users() {
			t.Run(fmt.Sprintf("%s%s", u.Connector, u.Name), func(t *testing.T) {
				token := IDToken(t, at.Login(t, u))
				name, groups, err := whoami(t.Context(), c, token)
				check(t, err)
				wantName, wantGroups := at.Seen(u)
				wantGroups = append(wantGroups, "system:authenticated")
				if diff := cmp.Diff(append([]string{wantName}, wantGroups...), append([]string{name}, groups...)); diff != "" {
					t.Errorf("the cluster knows the user otherwise (-want +got):\n%s", diff)
				}
				u.Password = "wrong"
				if _, err := at.login(t.Context(), u); !errors.Is(err, ErrPassword) {
					t.Errorf("a wrong password gave %v", err)
				}
			})
		}
	}
}

func TestRefreshRotatesAndEnds(t *testing.T) {
	t.Parallel()
	dex, provider, c := both(t)
	for name, at := range map[string]*Issuer{"dex": dex, "provider": provider} {
		t.Run(name, func(t *testing.T) {
			user := at.User("jane")
			first := at.Login(t, user)
			at.Restart(t) // does nothing
			at.Stop(t)
			at.Restart(t) // keeps its sessions
			second, err := at.Renew(t, first.RefreshToken)
			check(t, err)
			if second.RefreshToken == "" || second.RefreshToken == first.RefreshToken {
				t.Error("the refresh token did not rotate")
			}
			if _, _, err := whoami(t.Context(), c, IDToken(t, second)); err != nil {
				t.Errorf("the renewed token: %v", err)
			}
			if n := at.Grants("refresh_token"); n != 1 {
				t.Errorf("%d refreshes were counted, want 1", n)
			}
			if n := at.Revoke(t, user); n != 1 {
				t.Errorf("%d refresh tokens were revoked, want 1", n)
			}
			if _, err := at.Renew(t, second.RefreshToken); err == nil {
				t.Error("a revoked refresh token is good")
			}
			third := at.Login(t, user)
			if _, err := at.Renew(t, third.RefreshToken); err != nil {
				t.Fatal(err)
			}
			if _, err := at.Renew(t, third.RefreshToken); err == nil {
				t.Error("a refresh token is good twice")
			}
		})
	}
}

func TestTokensExpire(t *testing.T) {
	t.Parallel()
	dex, provider, c := both(t)
	for name, at := range map[string]*Issuer{"dex": dex, "provider": provider} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at.SetLife(t, Life{Token: 3 * time.Second})
			token := IDToken(t, at.Login(t, at.User("john")))
			if _, _, err := whoami(t.Context(), c, token); err != nil {
				t.Fatal(err)
			}
			awaitRefusal(t, c, token)
		})
	}
}

// awaitRefusal waits until a cluster takes a token no more. It remembers what it found good for some seconds.
func awaitRefusal(t *testing.T, c *kubetest.Cluster, token string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for {
		_, _, err := whoami(ctx, c, token)
		if apierrors.IsUnauthorized(err) {
			return
		}
		check(t, err)
		select {
		case <-ctx.Done():
			t.Fatal("the token stays good")
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// listen is a program on loopback.
func listen(t *testing.T, handle http.HandlerFunc) string {
	t.Helper()
	address, end, err := serve(t.Context(), handle)
	check(t, err)
	t.Cleanup(end)
	return address
}
