package console

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/fleet"
	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/lookup"
	"github.com/binnacle-dev/binnacle/backend/oidc"
)

// waysOf are the ways in: what the server names, what other members use, and what the person may have.
func (c *Console) waysOf(found lookup.Found) []*way {
	var all []*way
	add := func(row bridge.Way, signIn kubeconfig.SignIn) {
		row.ID, row.Scopes, row.Connectors = fmt.Sprint("way", len(all)), list(row.Scopes), []bridge.Connector{}
		all = append(all, &way{row: row, signIn: signIn})
	}
	oidcWay := func(w lookup.Way, from string) {
		add(bridge.Way{Kind: bridge.WayOIDC, Title: issuerTitle(w.Issuer), From: from, Issuer: w.Issuer, Warning: w.Why}, kubeconfig.SignIn{Flow: kubeconfig.FlowBrowser, Issuer: w.Issuer})
	}
	for _, w := range found.Ways {
		switch w.Kind {
		case lookup.WayOpenShift:
			add(bridge.Way{Kind: bridge.WayOpenShift, Title: "OpenShift", From: "the server", Issuer: w.Issuer, Warning: w.Why}, kubeconfig.SignIn{Issuer: w.Issuer})
		case lookup.WayOIDC:
			oidcWay(w, from(w.From))
		case lookup.WayDex: // it is the console's, and a console is no member: it may serve for the cluster behind it
			c.lookups.mu.Lock()
			c.lookups.consoles[found.Server] = w
			c.lookups.mu.Unlock()
		case lookup.WayToken, lookup.WayKubeconfig:
		}
	}
	if found.Kind == lookup.KindAPIServer && !found.Plain {
		for _, used := range c.usedSignIns() {
			row := bridge.Way{
				Kind: bridge.WayOIDC, Title: providerTitle(used.signIn), From: "the cluster " + used.member,
				Issuer: used.signIn.Issuer, ClientID: used.signIn.ClientID, Scopes: used.signIn.Scopes,
			}
			if used.signIn.Flow != kubeconfig.FlowOpenShift {
				add(row, used.signIn)
			}
		}
		for console, w := range c.seenConsoles() {
			oidcWay(w, "the T4K console at "+hostOf(console))
		}
	}
	for _, w := range found.Ways {
		switch w.Kind {
		case lookup.WayToken:
			add(bridge.Way{Kind: bridge.WayToken, Title: "A token", From: "you", Warning: w.Why}, kubeconfig.SignIn{})
		case lookup.WayKubeconfig:
			add(bridge.Way{Kind: bridge.WayKubeconfig, Title: "A kubeconfig", From: "you", Warning: w.Why}, kubeconfig.SignIn{})
		case lookup.WayOpenShift, lookup.WayOIDC, lookup.WayDex:
		}
	}
	return all
}

func (c *Console) seenConsoles() map[string]lookup.Way {
	c.lookups.mu.Lock()
	defer c.lookups.mu.Unlock()
	return maps.Clone(c.lookups.consoles)
}

func issuerTitle(issuer string) string {
	if issuer == "" {
		return "An identity provider"
	}
	return providerTitle(kubeconfig.SignIn{Issuer: issuer})
}

func from(f lookup.From) string {
	if f == lookup.FromServer {
		return "the server"
	}
	return "you"
}

// usedSignIn is how a member signs in.
type usedSignIn struct {
	member string
	signIn kubeconfig.SignIn
}

// usedSignIns are the sign-ins of the current view, each once, as far as this run has met them.
func (c *Console) usedSignIns() []usedSignIn {
	var out []usedSignIn
	document := c.document()
	for _, id := range document.Ordered() {
		open := c.current()
		if open == nil {
			break
		}
		key := c.sessions.of(memberAccount(open.slot, id))
		signIn, err := c.sessions.signIn(key)
		if err == nil && !slices.ContainsFunc(out, func(u usedSignIn) bool { return u.signIn.Key() == key }) {
			out = append(out, usedSignIn{document.Members[id].Name, signIn})
		}
	}
	return out
}

// askIssuer fills in what an issuer tells of itself, or what its certificate is when nobody vouches for it.
func (c *Console) askIssuer(ctx context.Context, tell func(func()), w *way) {
	ctx, cancel := context.WithTimeout(ctx, issuerLimit)
	defer cancel()
	c.lookups.mu.Lock()
	signIn, kind := w.signIn, w.row.Kind
	c.lookups.mu.Unlock()
	var pin *lookup.Pin
	var certificate *bridge.Certificate
	if len(signIn.IssuerCA) == 0 {
		if found, err := lookup.Look(ctx, signIn.Issuer, lookup.Options{UserAgent: c.userAgent()}); err == nil && found.TLS != nil && found.TLS.Pin != nil {
			pin, certificate = found.TLS.Pin, untrusted(found.TLS)
		}
	}
	var issuer oidc.Issuer
	var err error
	if certificate == nil && kind == bridge.WayOIDC {
		issuer, err = c.protocol.Look(ctx, signIn.Issuer, signIn.IssuerCA)
		if err == nil && issuer.Dex && len(issuer.Connectors) == 0 && signIn.ClientID != "" {
			issuer.Connectors, err = c.protocol.Connectors(ctx, signIn)
		}
	}
	tell(func() {
		w.pin, w.row.Certificate, w.row.Problem = pin, certificate, ""
		if err != nil {
			w.row.Problem = issuerTrouble(err)
			return
		}
		w.row.Device, w.row.Dex, w.row.Connectors = issuer.Device, issuer.Dex, connectorRows(issuer.Connectors)
	})
}

func issuerTrouble(err error) string {
	if is, ok := errors.AsType[*oidc.IssuerError](err); ok {
		return sentence(is.Error())
	}
	_, words := fleet.Classify(err)
	return "The identity provider can't be asked. " + words
}

func connectorRows(all []oidc.Connector) []bridge.Connector {
	out := []bridge.Connector{}
	for _, one := range all {
		out = append(out, bridge.Connector{ID: one.ID, Name: one.Name})
	}
	return out
}
