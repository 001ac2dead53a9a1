package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"

	"github.com/binnacle-dev/binnacle/backend/fleet"
	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/build/rig/controlplane"
)

const (
	blackHoles = 10 // take the connection and say nothing
	refusers   = 5
	idle       = 200 // members whose memory is measured together
)

// connections times a fleet of 50 until all that are well are ready, in units of as many plain GETs of /version side by side, and
// weighs members that are connected and idle. The members are users of one real API server, each over a link of its own.
func connections(ctx context.Context, l *lab) ([]figure, error) {
	cluster, err := l.cluster(ctx)
	if err != nil {
		return nil, err
	}
	c, err := newCrowdedHouse(ctx, cluster)
	if err != nil {
		return nil, err
	}
	defer c.close()
	if _, err := c.together(ctx); err != nil { // the server's caches, and ours
		return nil, err
	}
	var plain, whole samples
	for range 7 { // in turn, so that a busy machine slows both
		for _, series := range []struct {
			into *samples
			take func(context.Context) (time.Duration, error)
		}{{&plain, c.plainly}, {&whole, c.together}} {
			took, err := series.take(ctx)
			if err != nil {
				return nil, err
			}
			*series.into = append(*series.into, ms(took))
		}
	}
	each, err := weigh(ctx, cluster)
	if err != nil {
		return nil, err
	}
	about := fmt.Sprintf("%.0f ms (%s) for the %d that are well of %d", whole.median(), whole, len(c.well), len(c.all))
	return []figure{
		within(2, "fleet_ready_ratio", whole.median()/plain.median(), "plain GETs", about),
		within(1, "idle_member_mb", each, "MB", fmt.Sprintf("of this process, for each of %d members on one API server", idle)),
		explains("plain_versions_ms", plain.median(), "ms", plain.String()+"; GETs of /version side by side, new connections over 50 ms"),
	}, nil
}

// crowdedHouse is 50 members, some of them broken, and the files of those that are well.
type crowdedHouse struct {
	all   []fleet.Member
	well  [][]byte
	held  credentials
	links []*link
	hole  net.Listener
}

// credentials are a vault in memory.
type credentials map[string]kubeconfig.Credential

// Credential makes it a fleet.Vault.
func (c credentials) Credential(_ context.Context, id string) (kubeconfig.Credential, error) {
	return c[id], nil
}

func (c credentials) add(id string, file []byte) (fleet.Member, error) {
	parsed, err := kubeconfig.Parse(file, "bench")
	if err != nil {
		return fleet.Member{}, err
	}
	c[id], err = parsed.Contexts[0].Credential(nil)
	return fleet.Member{ID: id, Name: id, Endpoint: c[id].Endpoint()}, err
}

func newCrowdedHouse(ctx context.Context, cluster *controlplane.Cluster) (*crowdedHouse, error) {
	c := &crowdedHouse{held: credentials{}}
	var err error
	if c.hole, err = (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0"); err != nil {
		return nil, err
	}
	for i := range members {
		server := nobody
		switch {
		case i < blackHoles:
			server = "https://" + c.hole.Addr().String()
		case i >= blackHoles+refusers:
			far, err := newLink(ctx, cluster.Server())
			if err != nil {
				return nil, err
			}
			c.links = append(c.links, far)
			server = "https://" + far.listener.Addr().String()
		}
		file, err := cluster.Kubeconfig(controlplane.User{Name: fmt.Sprintf("team-%02d", i+1)})
		if err != nil {
			return nil, err
		}
		if file, err = controlplane.WithServer(file, server); err != nil {
			return nil, err
		}
		m, err := c.held.add(fmt.Sprintf("m%02d", i), file)
		if err != nil {
			return nil, err
		}
		c.all = append(c.all, m)
		if i >= blackHoles+refusers {
			c.well = append(c.well, file)
		}
	}
	return c, nil
}

func (c *crowdedHouse) close() {
	_ = c.hole.Close()
	for _, l := range c.links {
		l.close()
	}
}

// together connects all 50 and ends when the last of those that are well is ready.
func (c *crowdedHouse) together(ctx context.Context) (time.Duration, error) {
	began := time.Now()
	f, err := ready(ctx, c.held, c.all, len(c.well), false)
	if err != nil {
		return 0, err
	}
	took := time.Since(began)
	f.Close()
	return took, nil
}

// ready starts a fleet and waits until so many are ready, with all their facts if wanted. The caller closes it.
func ready(ctx context.Context, vault fleet.Vault, all []fleet.Member, n int, surveyed bool) (*fleet.Fleet, error) {
	changed := make(chan struct{}, 1)
	f := fleet.New(fleet.Options{Vault: vault, UserAgent: "binnacle/bench", Changed: func(string) {
		select {
		case changed <- struct{}{}:
		default:
		}
	}})
	f.Set(all)
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for {
		found := 0
		for _, s := range f.Statuses() {
			if s.State == fleet.StateReady && (s.Facts.Access.Known || !surveyed) {
				found++
			}
		}
		if found >= n {
			return f, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			f.Close()
			return nil, fmt.Errorf("%d of %d members are ready", found, n)
		}
	}
}

// plainly asks each that is well for /version, as curl would, all side by side.
func (c *crowdedHouse) plainly(ctx context.Context) (time.Duration, error) {
	errs := make([]error, len(c.well))
	var asking sync.WaitGroup
	began := time.Now()
	for i, file := range c.well {
		asking.Go(func() { errs[i] = plainVersion(ctx, file) })
	}
	asking.Wait()
	return time.Since(began), errors.Join(errs...)
}

func plainVersion(ctx context.Context, file []byte) error {
	config, err := clientcmd.RESTConfigFromKubeConfig(file)
	if err != nil {
		return err
	}
	security, err := rest.TLSConfigFor(config)
	if err != nil {
		return err
	}
	transport := &http.Transport{TLSClientConfig: security, ForceAttemptHTTP2: true}
	defer transport.CloseIdleConnections()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, config.Host+"/version", http.NoBody)
	if err != nil {
		return err
	}
	answer, err := transport.RoundTrip(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("the plain GET was answered %s", answer.Status)
	}
	return nil
}

// weigh is what one idle, connected member takes of this process, in MB. They are many, so that what they share doesn't count, and
// speak to the server directly, so that no link's buffers do.
func weigh(ctx context.Context, cluster *controlplane.Cluster) (float64, error) {
	vault := credentials{}
	all := make([]fleet.Member, 0, idle)
	file, err := cluster.Kubeconfig(controlplane.User{Name: "idle"})
	if err != nil {
		return 0, err
	}
	for i := range idle {
		m, err := vault.add(fmt.Sprintf("i%03d", i), file)
		if err != nil {
			return 0, err
		}
		all = append(all, m)
	}
	before, err := ownMemory()
	if err != nil {
		return 0, err
	}
	f, err := ready(ctx, vault, all, idle, true)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	after, err := ownMemory()
	return (after - before) / idle, err
}

func ownMemory() (float64, error) {
	debug.FreeOSMemory()
	return memoryOf([]int{os.Getpid()})
}
