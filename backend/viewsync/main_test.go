package viewsync

import (
	"crypto/rand"
	"strings"
	"testing"

	"k8s.io/client-go/rest"

	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
)

func TestMain(m *testing.M) { kubetest.Main(m) }

// user is someone with the rights to keep a view in a namespace of their own, and what tests need to act as them.
type user struct {
	name, namespace string
	kubeconfig      []byte
	cluster         *kubetest.Cluster
}

// newUser makes a user with fresh names; watches says whether they may watch their view.
func newUser(t *testing.T, c *kubetest.Cluster, watches bool) user {
	t.Helper()
	u := user{name: "user-" + strings.ToLower(rand.Text()[:8]), namespace: c.Namespace(t), cluster: c}
	u.kubeconfig = c.User(t, u.name)
	var watched []string
	if watches {
		watched = []string{SecretName(u.name)}
	}
	c.AllowSecrets(t, u.namespace, u.name, watched...)
	return u
}

func (u user) place() Place { return Place{u.namespace, SecretName(u.name)} }

// store is the user's, directly or through a proxy.
func (u user) store(t *testing.T, through ...*kubetest.Proxy) *Store {
	t.Helper()
	kubeconfig := u.kubeconfig
	if len(through) > 0 {
		kubeconfig = through[0].Kubeconfig(kubeconfig)
	}
	return storeOf(t, kubetest.Config(t, kubeconfig), u.name)
}

func storeOf(t *testing.T, cfg *rest.Config, username string) *Store {
	t.Helper()
	s, err := Open(cfg, username)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}
