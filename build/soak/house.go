package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"k8s.io/client-go/tools/clientcmd"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"

	"github.com/binnacle-dev/binnacle/backend/fleet"
	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/secret"
	"github.com/binnacle-dev/binnacle/build/rig/controlplane"
	"github.com/binnacle-dev/binnacle/build/rig/faultproxy"
)

// each is how many members there are of each kind.
const each = 5

// house is a real cluster, an issuer that it trusts, and members that reach it in all the ways there are, or don't.
type house struct {
	dir     string
	cluster *controlplane.Cluster
	issuer  *issuer
	hole    net.Listener // takes connections and says nothing
	proxies []*faultproxy.Proxy
	proofs  atomic.Int64

	members []fleet.Member
	held    map[string]kubeconfig.Credential
	sources map[string]*source
	who     map[string]string // whom the cluster must take a member for; "": it can't be reached

	mu    sync.Mutex
	cache map[string][]byte
}

func build(ctx context.Context) (h *house, err error) {
	h = &house{held: map[string]kubeconfig.Credential{}, sources: map[string]*source{}, who: map[string]string{}, cache: map[string][]byte{}}
	defer func() {
		if err != nil {
			h.close()
		}
	}()
	if h.dir, err = os.MkdirTemp("", "binnacle-soak-"); err != nil {
		return h, fmt.Errorf("make a folder: %w", err)
	}
	if h.issuer, err = newIssuer(ctx); err != nil {
		return h, err
	}
	h.cluster, err = controlplane.Start(ctx, controlplane.Options{
		Name: "soak", Version: controlplane.Versions()[0], Dir: h.dir, Issuers: []controlplane.Issuer{h.issuer.trusted()},
	})
	if err != nil {
		return h, err
	}
	if h.hole, err = (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0"); err != nil {
		return h, fmt.Errorf("dig the black hole: %w", err)
	}
	for i := range each {
		for _, add := range []func(int) error{h.addPlain, h.addSignIns, h.addProgram, h.addFaulty, h.addDead} {
			if err := add(i); err != nil {
				return h, err
			}
		}
	}
	return h, nil
}

func (h *house) close() {
	for _, p := range h.proxies {
		p.Close()
	}
	if h.hole != nil {
		_ = h.hole.Close()
	}
	if h.cluster != nil {
		h.cluster.Stop()
	}
	if h.issuer != nil {
		_ = h.issuer.server.Close()
	}
	_ = os.RemoveAll(h.dir)
}

// addPlain is a member with a client certificate that outlives us.
func (h *house) addPlain(i int) error {
	return h.addUser(fmt.Sprintf("plain-%d", i), h.cluster.Server(), true)
}

// addFaulty is one behind a proxy that storms spoil.
func (h *house) addFaulty(i int) error {
	p, err := h.cluster.Proxy(controlplane.ProxyOptions{})
	if err != nil {
		return err
	}
	h.proxies = append(h.proxies, p)
	return h.addUser(fmt.Sprintf("faulty-%d", i), p.URL(), true)
}

// addDead are a black hole and one where nobody listens.
func (h *house) addDead(i int) error {
	err := h.addUser(fmt.Sprintf("hole-%d", i), "https://"+h.hole.Addr().String(), false)
	return errors.Join(err, h.addUser(fmt.Sprintf("nobody-%d", i), "https://127.0.0.1:9", false))
}

func (h *house) addUser(name, server string, reachable bool) error {
	file, err := h.cluster.Kubeconfig(controlplane.User{Name: name})
	if err != nil {
		return err
	}
	if file, err = controlplane.WithServer(file, server); err != nil {
		return err
	}
	c, err := credential(file)
	if err != nil {
		return err
	}
	if reachable {
		h.who[name] = name
	}
	h.add(name, c)
	return nil
}

// addSignIns are two with ID tokens: one whose source is ahead of their end, and one whose source waits until it is refused.
func (h *house) addSignIns(i int) error {
	for kind, early := range map[string]time.Duration{"early": 10 * time.Second, "late": 0} {
		name := fmt.Sprintf("%s-%d@soak", kind, i)
		c, err := kubeconfig.NewSignIn(name, kubeconfig.Target{Server: h.cluster.Server(), CAPEM: h.cluster.CAPEM()}, kubeconfig.SignIn{
			Flow: kubeconfig.FlowBrowser, Issuer: h.issuer.url, ClientID: clientID, IssuerCA: h.issuer.ca,
		})
		if err != nil {
			return err
		}
		h.sources[name] = &source{given: &h.proofs, early: early, issue: func(until time.Time) (kubeconfig.Proof, error) {
			token, err := h.issuer.token(name, until)
			return kubeconfig.Proof{Token: secret.New(token), Expires: until}, err
		}}
		h.who[name] = name
		h.add(name, c)
	}
	return nil
}

// addProgram is one whose program gives a client certificate for a minute.
func (h *house) addProgram(i int) error {
	name := fmt.Sprintf("program-%d", i)
	file, err := h.cluster.KubeconfigWith(name, &clientcmdapi.AuthInfo{Exec: &clientcmdapi.ExecConfig{
		APIVersion: "client.authentication.k8s.io/v1", Command: "none", InteractiveMode: clientcmdapi.NeverExecInteractiveMode,
	}})
	if err != nil {
		return err
	}
	c, err := credential(file)
	if err != nil {
		return err
	}
	h.sources[name] = &source{given: &h.proofs, early: 10 * time.Second, issue: func(until time.Time) (kubeconfig.Proof, error) {
		return h.certificate(name, until)
	}}
	h.who[name] = name
	h.add(name, c)
	return nil
}

func (h *house) certificate(name string, until time.Time) (kubeconfig.Proof, error) {
	file, err := h.cluster.Kubeconfig(controlplane.User{Name: name, Valid: time.Until(until)})
	if err != nil {
		return kubeconfig.Proof{}, err
	}
	k, err := clientcmd.Load(file)
	if err != nil {
		return kubeconfig.Proof{}, fmt.Errorf("read a kubeconfig: %w", err)
	}
	for _, user := range k.AuthInfos {
		return kubeconfig.Proof{CertPEM: user.ClientCertificateData, KeyPEM: secret.New(user.ClientKeyData), Expires: until}, nil
	}
	return kubeconfig.Proof{}, errors.New("a kubeconfig without a user")
}

func (h *house) add(id string, c kubeconfig.Credential) {
	h.held[id] = c
	h.members = append(h.members, fleet.Member{ID: id, Name: id, Endpoint: c.Endpoint()})
}

func credential(file []byte) (kubeconfig.Credential, error) {
	parsed, err := kubeconfig.Parse(file, "soak")
	if err != nil {
		return kubeconfig.Credential{}, err
	}
	return parsed.Contexts[0].Credential(nil)
}
