package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/viewsync"
	"github.com/binnacle-dev/binnacle/build/rig/controlplane"
	"github.com/binnacle-dev/binnacle/build/rig/faultproxy"
)

const (
	roundTrip = 50 * time.Millisecond
	// nobody listens there: members that must not take part in a login.
	nobody = "https://127.0.0.1:9"
)

// remote is the primary at the end of a long link.
type remote struct {
	lab     *lab
	cluster *controlplane.Cluster
	proxy   *faultproxy.Proxy
	others  []byte // 49 more clusters, all away
	trace   strings.Builder
}

// newRemote makes the link, of no length yet. The caller closes the proxy.
func newRemote(ctx context.Context, l *lab) (*remote, error) {
	cluster, err := l.cluster(ctx)
	if err != nil {
		return nil, err
	}
	others, err := crowd(cluster, members-1)
	if err != nil {
		return nil, err
	}
	if others, err = controlplane.WithServer(others, nobody); err != nil {
		return nil, err
	}
	proxy, err := cluster.Proxy(controlplane.ProxyOptions{})
	if err != nil {
		return nil, err
	}
	return &remote{lab: l, cluster: cluster, proxy: proxy, others: others}, nil
}

// resident makes a user with a view of 50 members, and gives their machine and their kubeconfig for the far end.
func (r *remote) resident(ctx context.Context, user string, mode bridge.Mode) (machine, []byte, error) {
	near, err := r.cluster.Kubeconfig(controlplane.User{Name: user})
	if err != nil {
		return machine{}, nil, err
	}
	far, err := controlplane.WithServer(near, r.proxy.URL())
	if err != nil {
		return machine{}, nil, err
	}
	m, err := r.lab.fresh()
	if err != nil {
		return machine{}, nil, err
	}
	p := m.start(ctx)
	defer p.Close()
	return m, far, p.begin(ctx, far, mode, r.others)
}

// plainGet reads the user's Secret as curl would.
func plainGet(ctx context.Context, file []byte, user string) (time.Duration, error) {
	config, err := clientcmd.RESTConfigFromKubeConfig(file)
	if err != nil {
		return 0, err
	}
	security, err := rest.TLSConfigFor(config)
	if err != nil {
		return 0, err
	}
	transport := &http.Transport{TLSClientConfig: security, ForceAttemptHTTP2: true}
	defer transport.CloseIdleConnections()
	url := config.Host + "/api/v1/namespaces/" + namespace + "/secrets/" + viewsync.SecretName(user)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
	if err != nil {
		return 0, err
	}
	began := time.Now()
	answer, err := transport.RoundTrip(request)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		return 0, err
	}
	took := time.Since(began)
	if answer.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("the plain GET was answered %s", answer.Status)
	}
	return took, nil
}

// note keeps what was asked for since began, with when it arrived at the far end. A new connection's first request comes
// 2.5 round trips after it was wanted (TCP, TLS and half of its own), one on an open connection half of one.
func (r *remote) note(what string, began time.Time) {
	trips := func(t time.Time) float64 { return float64(t.Sub(began)) / float64(roundTrip) }
	r.trace.Reset()
	fmt.Fprintf(&r.trace, "%s: ended after %.1f times %v\n", what, trips(time.Now()), roundTrip)
	for _, q := range r.proxy.Requests() {
		fmt.Fprintf(&r.trace, "  %5.1f  %-4s %s\n", trips(q.Time), q.Method, strings.TrimSuffix(q.Path+"?"+q.Query, "?"))
	}
}

// tell prints what was noted last.
func (r *remote) tell() {
	if r.lab.trace {
		fmt.Fprint(os.Stderr, r.trace.String())
	}
}
