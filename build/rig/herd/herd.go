// Package herd simulates many clusters in one process, for measures at a size that
// real ones don't fit on one machine: N API servers on loopback, each with its own
// port, certificate authority, users and objects.
//
// What is like a real kube-apiserver, held to one by a test: TLS with HTTP/2 and
// client certificates or tokens, /version, aggregated discovery with ETags, self
// reviews, lists and single objects as Tables, as metadata or whole, their columns,
// limit and continue, resource versions, selectors, watches with bookmarks and 410,
// refusals as Status, gzip of level 1 for answers over 128 KiB. The bytes of an
// object are those of a real one with its managedFields (templates/ was captured
// from kube-apiserver 1.36), with its own names, UIDs, times and states; every
// answer is put together and compressed anew for each request.
//
// What is not: there is no etcd, no admission, no RBAC (everybody who is known may
// do everything), no priority and fairness, no OpenAPI, only a few kinds. Objects
// are joined from templates, which takes less processor time than a real server's
// encoding. Later pages of a list show objects as they are by then. Besides churn,
// only Secrets can be made and changed, and any object deleted.
//
// A Herd owns its listeners and goroutines until Stop. All methods are safe for
// concurrent use.
package herd

import (
	"context"
	"fmt"
	"sync"

	"k8s.io/client-go/tools/clientcmd"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"
)

// Options say how large the herd is. All numbers but Members are for each member.
type Options struct {
	Members     int
	Namespaces  int // 20 if 0
	Pods        int
	Nodes       int // a fiftieth of Pods, at least 3, if 0
	Deployments int // a fifth of Pods if 0
	Events      int
	Tokens      bool // users have tokens in place of client certificates
}

func (o Options) withDefaults() Options {
	if o.Namespaces == 0 {
		o.Namespaces = 20
	}
	if o.Nodes == 0 {
		o.Nodes = max(3, o.Pods/50)
	}
	if o.Deployments == 0 {
		o.Deployments = max(1, o.Pods/5)
	}
	return o
}

// Herd is the members that run.
type Herd struct {
	Members []*Member

	cancel context.CancelFunc
	tasks  sync.WaitGroup // churn

	mu    sync.Mutex
	churn context.CancelFunc // ends the churn that goes on; nil: there is none
}

// Start runs the members and returns when all listen. It ends with ctx, or with Stop.
func Start(ctx context.Context, o Options) (*Herd, error) {
	o = o.withDefaults()
	kinds, err := loadKinds()
	if err != nil {
		return nil, fmt.Errorf("start the herd: %w", err)
	}
	ctx, cancel := context.WithCancel(ctx)
	h := &Herd{cancel: cancel}
	for i := range o.Members {
		m, err := startMember(ctx, fmt.Sprintf("herd-%02d", i+1), i, kinds, o)
		if err != nil {
			h.Stop()
			return nil, fmt.Errorf("start the herd: %w", err)
		}
		h.Members = append(h.Members, m)
	}
	context.AfterFunc(ctx, h.stopMembers)
	return h, nil
}

// Stop ends all members and waits for them.
func (h *Herd) Stop() {
	h.mu.Lock()
	h.endChurn()
	h.mu.Unlock()
	h.cancel()
	h.stopMembers()
}

func (h *Herd) stopMembers() {
	for _, m := range h.Members {
		m.stop()
	}
}

// Kubeconfig has a context of each member for the user, who need not be known before.
func (h *Herd) Kubeconfig(user string) ([]byte, error) {
	all := clientcmdapi.NewConfig()
	for _, m := range h.Members {
		one, err := m.config(user)
		if err != nil {
			return nil, err
		}
		name := m.name
		all.Clusters[name] = one.Clusters[name]
		all.AuthInfos[user+"@"+name] = one.AuthInfos[user+"@"+name]
		all.Contexts[name] = one.Contexts[name]
		if all.CurrentContext == "" {
			all.CurrentContext = name
		}
	}
	return clientcmd.Write(*all)
}

// Kubeconfig is that of one member.
func (m *Member) Kubeconfig(user string) ([]byte, error) {
	config, err := m.config(user)
	if err != nil {
		return nil, err
	}
	return clientcmd.Write(*config)
}
