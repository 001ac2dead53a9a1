package issuer

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/binnacle-dev/binnacle/build/rig/certs"
	"github.com/binnacle-dev/binnacle/build/rig/child"
	"github.com/binnacle-dev/binnacle/build/rig/faultproxy"
)

// start starts a provider below a path of a new proxy's address. The provider is
// closed with an error, too.
func start(ctx context.Context, o Options, kind, path string, p provider, users []User) (*Issuer, error) {
	// A port found free can be taken by somebody else before the provider listens
	// on it; then the whole start is tried again with another.
	for tries := 4; ; tries-- {
		i, err := tryStart(ctx, o, kind, path, p, users)
		if err == nil {
			return i, nil
		}
		if tries == 1 || !errors.Is(err, child.ErrPortTaken) {
			p.close()
			return nil, fmt.Errorf("start %s: %w", kind, err)
		}
	}
}

func tryStart(ctx context.Context, o Options, kind, path string, p provider, users []User) (*Issuer, error) {
	ports, err := child.FreePorts(4)
	if err != nil {
		return nil, err
	}
	ca, err := certs.NewAuthority("ca of " + kind)
	if err != nil {
		return nil, err
	}
	server, err := ca.TLS(certs.Leaf{Name: kind, Hosts: []string{"127.0.0.1", "::1", "localhost"}})
	if err != nil {
		return nil, err
	}
	upstream := &url.URL{Scheme: "http", Host: fmt.Sprintf("127.0.0.1:%d", ports[0])}
	front, err := faultproxy.Start(faultproxy.Options{Upstream: upstream, Server: server})
	if err != nil {
		return nil, err
	}
	i := &Issuer{
		Proxy: front, Visitors: Visitors{host: strings.TrimPrefix(front.URL(), "https://"), trust: ca.Pool()},
		URL: front.URL() + path, CAPEM: ca.PEM(), ClientID: clientID, DeviceID: clientID + "-device",
		Fixed:  Client{ID: clientID + "-fixed", Secret: rand.Text(), Ports: ports[1:]},
		prefix: kind + ":", provider: p, options: o, key: rand.Text(), port: ports[0], users: users,
	}
	if err = p.prepare(i); err == nil {
		err = i.Restart(ctx)
	}
	if err != nil {
		front.Close()
		return nil, err
	}
	return i, nil
}

// Stop ends the provider's process at once and refuses connections. What it
// remembers stays for Restart.
func (i *Issuer) Stop(ctx context.Context) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.kill()
	return i.SetMode(ctx, faultproxy.Refusing)
}

// kill needs the lock.
func (i *Issuer) kill() {
	if i.server != nil {
		i.server.Kill()
		i.server = nil
	}
}

// Restart starts the stopped provider again, on its old address and with its
// sessions. It does nothing while the provider runs.
func (i *Issuer) Restart(ctx context.Context) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.server != nil {
		return nil
	}
	if err := child.AwaitPorts(ctx, 10*time.Second, i.port); err != nil {
		return err
	}
	path, args := i.provider.command(i)
	server, err := child.Start(ctx, i.logFile(), nil, path, args...)
	if err != nil {
		return err
	}
	if err := i.awaitReady(ctx, server); err != nil {
		server.Kill()
		return fmt.Errorf("%w; the end of its log:\n%s", err, i.Log(30))
	}
	i.server = server
	return i.SetMode(ctx, faultproxy.Open)
}

// Freeze stops the provider's process without closing anything: it accepts and
// never answers.
func (i *Issuer) Freeze() error { return i.signal((*child.Process).Freeze) }

// Thaw lets a frozen provider go on.
func (i *Issuer) Thaw() error { return i.signal((*child.Process).Thaw) }

func (i *Issuer) signal(send func(*child.Process) error) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.server == nil {
		return errors.New("the issuer is stopped")
	}
	return send(i.server)
}

// Close ends the provider, what it needs and the proxy.
func (i *Issuer) Close() {
	i.mu.Lock()
	i.kill()
	i.provider.close()
	i.mu.Unlock()
	i.Proxy.Close()
}
