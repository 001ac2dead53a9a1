package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/binnacle-dev/binnacle/build/rig/faultproxy"
	"github.com/binnacle-dev/binnacle/build/rig/issuer"
)

// house is an issuer that runs.
type house struct {
	*issuer.Issuer
	front
	dir string
}

// issuerReport is what a test must know of an issuer.
type issuerReport struct {
	URL      string        `json:"url"`
	CA       string        `json:"ca"` // PEM
	ClientID string        `json:"clientId"`
	DeviceID string        `json:"deviceId,omitempty"`
	Fixed    *clientReport `json:"fixed,omitempty"`
	Users    []userReport  `json:"users"`
}

type clientReport struct {
	ID     string `json:"id"`
	Secret string `json:"secret"`
	Ports  []int  `json:"ports"`
}

type userReport struct {
	Name      string   `json:"name"`
	Password  string   `json:"password"`
	Connector string   `json:"connector,omitempty"`
	Username  string   `json:"username"` // as a cluster knows them
	Groups    []string `json:"groups"`
}

// lifeSeconds is an issuer.Life as JSON.
type lifeSeconds struct {
	Token   int `json:"token"`
	Refresh int `json:"refresh"`
	Device  int `json:"device"`
}

func (l lifeSeconds) life() issuer.Life {
	return issuer.Life{Token: seconds(l.Token), Refresh: seconds(l.Refresh), Device: seconds(l.Device)}
}

func seconds(n int) time.Duration { return time.Duration(n) * time.Second }

func (h *house) report() *issuerReport {
	r := &issuerReport{
		URL: h.URL, CA: string(h.CAPEM), ClientID: h.ClientID, DeviceID: h.DeviceID,
		Fixed: &clientReport{ID: h.Fixed.ID, Secret: h.Fixed.Secret, Ports: h.Fixed.Ports},
	}
	for _, u := range h.Users() {
		name, groups := h.Seen(u)
		r.Users = append(r.Users, userReport{Name: u.Name, Password: u.Password, Connector: u.Connector, Username: name, Groups: groups})
	}
	return r
}

func reportOpenShift(o *issuer.OpenShift) *issuerReport {
	r := &issuerReport{URL: o.URL, CA: string(o.CAPEM), ClientID: o.ClientID}
	for _, u := range o.Users {
		r.Users = append(r.Users, userReport{Name: u.Name, Password: u.Password, Username: u.Name, Groups: u.Groups})
	}
	return r
}

// poseAsOpenShift has the cluster describe the OAuth server where OpenShift's API servers do.
func (m *member) poseAsOpenShift(o *issuer.OpenShift) error {
	p, err := m.ensureProxy()
	if err != nil {
		return err
	}
	description, err := json.Marshal(o.WellKnown())
	if err != nil {
		return fmt.Errorf("describe the fake: %w", err)
	}
	m.always = []faultproxy.Rule{{Path: issuer.WellKnownPath, Body: string(description), Type: "application/json"}}
	p.Add(m.always[0])
	return nil
}

// address is where a person reaches the cluster: OpenShift's is the one that describes itself so.
func (m *member) address() string {
	if len(m.always) > 0 {
		return m.proxy.URL()
	}
	return m.Server()
}

// startIssuer starts one and keeps it under its name.
func (f *fleet) startIssuer(ctx context.Context, c command, a *answer) error {
	kinds := map[string]func(context.Context, issuer.Options) (*issuer.Issuer, error){
		"dex": issuer.StartDex, "provider": issuer.StartProvider,
	}
	start, known := kinds[c.Issuer]
	if !known {
		return fmt.Errorf("there is no issuer %q", c.Issuer)
	}
	if f.issuers[c.Issuer] != nil {
		return fmt.Errorf("the issuer %s runs already", c.Issuer)
	}
	dir, err := filepath.Abs(filepath.Join(f.dir, c.Issuer))
	if err != nil {
		return fmt.Errorf("issuer %s: %w", c.Issuer, err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	core, err := start(ctx, issuer.Options{Dir: dir, LDAP: c.LDAP, Local: c.Local, Life: c.Life.life()})
	if err != nil {
		return errors.Join(err, os.RemoveAll(dir))
	}
	h := &house{Issuer: core, front: front{proxy: core.Proxy, faults: map[int]func(){}}, dir: dir}
	f.issuers[c.Issuer] = h
	a.Issuer = h.report()
	return nil
}
