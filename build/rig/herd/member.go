package herd

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"sync/atomic"

	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"

	"github.com/binnacle-dev/binnacle/build/rig/certs"
)

// Member is one simulated cluster.
type Member struct {
	name   string
	number int
	server *http.Server
	url    string
	ca     *certs.Authority
	tokens bool
	hole   *gate
	kinds  []*kind
	stores map[*kind]*store
	bytes  atomic.Int64 // of bodies that were sent, as sent
	served sync.WaitGroup

	mu      sync.Mutex
	version uint64            // of the newest change
	known   map[string]string // users by token
}

func startMember(ctx context.Context, name string, number int, kinds []*kind, o Options) (*Member, error) {
	ca, err := certs.NewAuthority("ca of " + name)
	if err != nil {
		return nil, err
	}
	pair, err := ca.TLS(certs.Leaf{Name: "kube-apiserver", Hosts: []string{"127.0.0.1", "::1", "localhost"}})
	if err != nil {
		return nil, err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("member %s: %w", name, err)
	}
	m := &Member{
		name: name, number: number, ca: ca, tokens: o.Tokens, hole: newGate(), kinds: kinds,
		url: "https://" + listener.Addr().String(), stores: map[*kind]*store{}, known: map[string]string{},
	}
	m.fill(o)
	m.server = &http.Server{
		Handler: m, BaseContext: func(net.Listener) context.Context { return ctx },
		ErrorLog: log.New(io.Discard, "", 0), // clients that go away
		TLSConfig: &tls.Config{
			Certificates: []tls.Certificate{pair}, ClientCAs: ca.Pool(), ClientAuth: tls.VerifyClientCertIfGiven, MinVersion: tls.VersionTLS12,
		},
		ReadHeaderTimeout: 0, // a black hole mustn't close
	}
	m.served.Go(func() {
		if err := m.server.ServeTLS(&gatedListener{listener, m.hole}, "", ""); !errors.Is(err, http.ErrServerClosed) {
			panic(err) // it listens already: nothing else can fail
		}
	})
	return m, nil
}

// stop ends the member and cuts its connections.
func (m *Member) stop() {
	m.hole.set(true)
	_ = m.server.Close()
	m.served.Wait()
}

// Name is the member's name in kubeconfigs.
func (m *Member) Name() string { return m.name }

// URL is where the member listens.
func (m *Member) URL() string { return m.url }

// BlackHole has the member take connections and requests and never answer; what is
// under way stops too. With false it goes on as if nothing had been.
func (m *Member) BlackHole(on bool) { m.hole.set(!on) }

// Sent is how many bytes of bodies were sent so far, compressed where they were.
func (m *Member) Sent() int64 { return m.bytes.Load() }

// config is the kubeconfig of a user of this member.
func (m *Member) config(user string) (*clientcmdapi.Config, error) {
	auth := &clientcmdapi.AuthInfo{}
	if m.tokens {
		auth.Token = "herd-" + m.name + "-" + user
		m.mu.Lock()
		m.known[auth.Token] = user
		m.mu.Unlock()
	} else {
		pair, err := m.ca.Issue(certs.Leaf{Name: user, Groups: []string{"herders"}})
		if err != nil {
			return nil, err
		}
		auth.ClientCertificateData, auth.ClientKeyData = pair.Cert, pair.Key
	}
	config := clientcmdapi.NewConfig()
	config.Clusters[m.name] = &clientcmdapi.Cluster{Server: m.url, CertificateAuthorityData: m.ca.PEM()}
	config.AuthInfos[user+"@"+m.name] = auth
	config.Contexts[m.name] = &clientcmdapi.Context{Cluster: m.name, AuthInfo: user + "@" + m.name}
	config.CurrentContext = m.name
	return config, nil
}

// next is the version of a change.
func (m *Member) next() uint64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.version++
	return m.version
}

func (m *Member) now() uint64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.version
}
