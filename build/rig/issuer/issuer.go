// Package issuer runs real identity providers as child processes, for tests: Dex
// (build/dex) with users of its own and those of an OpenLDAP server, and the
// certified npm package oidc-provider (frontend/e2e/issuer). It can also be the
// person in front of their pages; see Visit.
//
// A provider speaks plain HTTP on loopback. In front of it stands a fault proxy
// that ends TLS with a certificate of the issuer's own CA, as an ingress does: it
// records the requests and spoils what a test wants spoiled.
//
// An Issuer owns its processes, its proxy and the folder it was given; Close ends
// them. All methods are safe for concurrent use.
package issuer

import (
	"cmp"
	"errors"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/binnacle-dev/binnacle/build/rig/child"
	"github.com/binnacle-dev/binnacle/build/rig/controlplane"
	"github.com/binnacle-dev/binnacle/build/rig/faultproxy"
)

// ErrNoBinary means that a provider was not built or a program it needs isn't installed.
var ErrNoBinary = errors.New("not there; run make issuers")

// Options say which issuer to start.
type Options struct {
	Dir  string // an existing private folder; configuration, data and logs go there
	Life Life
	// Dex only. With neither there are the local users; with both a person
	// without connector_id chooses on Dex' first page.
	Local, LDAP bool
}

// Life is how long what an issuer gives out is good, in whole seconds.
type Life struct {
	Token   time.Duration // ID and access tokens; 0: ten minutes
	Refresh time.Duration // refresh tokens; 0: a day. Dex counts from the sign-in, the other from the last refresh
	Device  time.Duration // codes of the device flow; 0: five minutes
}

// seconds are what both providers' control paths take.
func (l Life) seconds() map[string]int {
	of := func(d, otherwise time.Duration) int { return int(cmp.Or(d, otherwise).Seconds()) }
	return map[string]int{
		"idToken": of(l.Token, 10*time.Minute), "refresh": of(l.Refresh, 24*time.Hour), "device": of(l.Device, 5*time.Minute),
	}
}

// Client is a program that the issuer knows.
type Client struct {
	ID     string
	Secret string // "" for a public client
	Ports  []int  // of the only redirects that it may use, http://localhost:PORT/callback; nil: any port of loopback
}

// User is a person who can sign in.
type User struct {
	Name      string // as typed in
	Password  string
	Connector string // "ldap" or "local" at Dex, else ""
	Email     string
	Groups    []string
}

// Issuer is a running identity provider.
type Issuer struct {
	*faultproxy.Proxy // in front of it: rules, modes and the requests it saw
	Visitors

	URL      string // the issuer, to the letter
	CAPEM    []byte // the CA of its certificate
	ClientID string // of a public client that may redirect to any port of loopback: http://localhost:PORT/callback
	Fixed    Client // a client with a secret and exact redirects
	DeviceID string // of a public client for the device flow. Below a path, Dex has it only for clients whose exact redirects have its own callback
	prefix   string // of the names that a cluster gives to its users

	provider provider
	options  Options
	key      string // opens the control paths
	port     int    // of the plain HTTP

	mu     sync.Mutex
	server *child.Process // nil while stopped
	users  []User
}

// provider is what makes one kind of issuer differ from the other.
type provider interface {
	// prepare writes the configuration, so that command's program finds it. Who calls it holds Issuer.mu.
	prepare(*Issuer) error
	command(*Issuer) (path string, args []string)
	account(User) string // by which the control paths know the user
	close()
}

const clientID = "binnacle"

// User is one of the issuer's users, by name. It panics if there is none.
func (i *Issuer) User(name string) User {
	i.mu.Lock()
	defer i.mu.Unlock()
	at := slices.IndexFunc(i.users, func(u User) bool { return u.Name == name })
	if at < 0 {
		panic("the issuer has no user " + name)
	}
	return i.users[at]
}

// Users are all of them.
func (i *Issuer) Users() []User {
	i.mu.Lock()
	defer i.mu.Unlock()
	return slices.Clone(i.users)
}

// Seen is how a cluster that trusts the issuer knows the user.
func (i *Issuer) Seen(u User) (username string, groups []string) {
	for _, g := range u.Groups {
		groups = append(groups, i.prefix+g)
	}
	return i.prefix + u.Email, groups
}

// Trusted is the issuer as a cluster is told of it.
func (i *Issuer) Trusted() controlplane.Issuer {
	return controlplane.Issuer{URL: i.URL, CAPEM: i.CAPEM, Audiences: []string{i.ClientID, i.Fixed.ID, i.DeviceID}, Prefix: i.prefix}
}

// Log is the last lines of what the provider wrote.
func (i *Issuer) Log(lines int) string { return child.Tail(i.logFile(), lines) }

func (i *Issuer) logFile() string { return i.path("issuer.log") }

func (i *Issuer) path(name string) string { return filepath.Join(i.options.Dir, name) }
