package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"

	"golang.org/x/sync/errgroup"

	"github.com/binnacle-dev/binnacle/build/rig/controlplane"
	"github.com/binnacle-dev/binnacle/build/rig/demo"
	"github.com/binnacle-dev/binnacle/build/rig/issuer"
	"github.com/binnacle-dev/binnacle/build/rig/kwok"
)

// fleet is the clusters that run. Commands come one at a time, so that after the
// start it needs no lock.
type fleet struct {
	members   []*member
	dir       string
	issuers   map[string]*house
	openshift *issuer.OpenShift // nil unless the last cluster is one
}

// member is one cluster with what was made for it.
type member struct {
	*controlplane.Cluster
	front
	dir      string
	files    map[string]string // kubeconfigs by user
	kubelets *kwok.Kubelet     // nil until nodes are wanted
}

// report is what is said once the clusters are ready.
type report struct {
	Ready    bool            `json:"ready"`
	Clusters []clusterReport `json:"clusters"`

	OpenShift *issuerReport `json:"openshift,omitempty"` // of the last cluster
}

type clusterReport struct {
	Name        string            `json:"name"`
	Server      string            `json:"server"`
	Version     string            `json:"version"`
	Kubeconfigs map[string]string `json:"kubeconfigs"`
}

func startFleet(ctx context.Context, s settings) (*fleet, error) {
	f := &fleet{members: make([]*member, s.count), dir: s.dir, issuers: map[string]*house{}}
	if s.openshift {
		var err error
		if f.openshift, err = issuer.StartOpenShift(ctx); err != nil {
			return nil, err
		}
	}
	group, groupCtx := errgroup.WithContext(ctx)
	for i := range f.members {
		group.Go(func() error {
			var o controlplane.Options
			if f.openshift != nil && i == s.count-1 {
				o.TokenReview = f.openshift.WebhookKubeconfig()
			}
			m, err := startMember(groupCtx, s, i, o)
			f.members[i] = m
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, errors.Join(err, f.stop())
	}
	if f.openshift != nil {
		if err := f.members[s.count-1].poseAsOpenShift(f.openshift); err != nil {
			return nil, errors.Join(err, f.stop())
		}
	}
	return f, nil
}

// startMember starts and fills one cluster. With an error it still returns what
// has to be stopped, or nil.
func startMember(ctx context.Context, s settings, i int, o controlplane.Options) (*member, error) {
	name := fmt.Sprintf("c%d", i+1)
	if s.demo {
		name = demo.Name(i)
	}
	dir, err := filepath.Abs(filepath.Join(s.dir, name))
	if err != nil {
		return nil, fmt.Errorf("cluster %s: %w", name, err)
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		return nil, fmt.Errorf("make a folder: %w", err)
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make a folder, choose another --dir or remove what is there: %w", err)
	}
	m := &member{dir: dir, front: front{faults: map[int]func(){}}, files: map[string]string{}}
	data := filepath.Join(dir, "data")
	if err := os.Mkdir(data, 0o700); err != nil {
		return m, fmt.Errorf("make a folder: %w", err)
	}
	o.Name, o.Version, o.Dir, o.Controllers = name, s.versions[i%len(s.versions)], data, s.controllers
	m.Cluster, err = controlplane.Start(ctx, o)
	if err != nil {
		return m, err
	}
	if s.demo {
		if err := demo.Fill(ctx, m.Cluster, i); err != nil {
			return m, fmt.Errorf("cluster %s: %w", name, err)
		}
	}
	return m, m.writeUsers(s.users)
}

func (m *member) writeUsers(users []string) error {
	if _, err := m.save("admin", m.Admin()); err != nil {
		return err
	}
	for _, u := range users {
		kubeconfig, err := m.Kubeconfig(controlplane.User{Name: u})
		if err != nil {
			return fmt.Errorf("make user %s: %w", u, err)
		}
		if _, err := m.save(u, kubeconfig); err != nil {
			return err
		}
	}
	return nil
}

// save writes a kubeconfig and returns its file.
func (m *member) save(user string, kubeconfig []byte) (string, error) {
	if filepath.Base(user) != user {
		return "", fmt.Errorf("user %q can't be a file's name", user)
	}
	file := filepath.Join(m.dir, user+".kubeconfig")
	if err := os.WriteFile(file, kubeconfig, 0o600); err != nil {
		return "", fmt.Errorf("write a kubeconfig: %w", err)
	}
	m.files[user] = file
	return file, nil
}

func (f *fleet) report() report {
	r := report{Ready: true}
	for _, m := range f.members {
		r.Clusters = append(r.Clusters, clusterReport{
			Name: m.Name(), Server: m.address(), Version: m.Version(), Kubeconfigs: maps.Clone(m.files),
		})
	}
	if f.openshift != nil {
		r.OpenShift = reportOpenShift(f.openshift)
	}
	return r
}

func (f *fleet) find(name string) (*member, error) {
	for _, m := range f.members {
		if m.Name() == name {
			return m, nil
		}
	}
	return nil, fmt.Errorf("there is no cluster %q", name)
}

// stop ends the clusters and the issuers and removes their folders.
func (f *fleet) stop() error {
	var errs []error
	for _, m := range f.members {
		if m == nil {
			continue
		}
		if m.proxy != nil {
			m.proxy.Close()
		}
		if m.kubelets != nil {
			m.kubelets.Stop()
		}
		if m.Cluster != nil {
			m.Stop()
		}
		errs = append(errs, os.RemoveAll(m.dir))
	}
	for _, h := range f.issuers {
		h.Close()
		errs = append(errs, os.RemoveAll(h.dir))
	}
	if f.openshift != nil {
		f.openshift.Close()
	}
	return errors.Join(errs...)
}
