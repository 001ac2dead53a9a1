// Package oidc signs people in: OpenID Connect in the system's browser or by a code on another device, and OpenShift's own OAuth.
// It is the protocol only: it keeps no session, touches no keychain and never opens a browser by itself but by Options.Open.
//
// What an identity provider, or anything that can reach the loopback port, sends is hostile: it is capped, checked, and cleaned before it
// is shown. Tokens, codes and client secrets stand in no error. A Client is safe for concurrent use; each call waits for every goroutine
// and closes every socket that it made.
package oidc

import (
	"context"
	"net/http"
	"sync"
	"time"
)

// DefaultTimeout is how long a person has for signing in with the browser.
const DefaultTimeout = 5 * time.Minute

// Options are what a Client needs from its surroundings.
type Options struct {
	// Open shows a page in the system's browser. It returns as soon as the browser has been asked, and when ctx ends at the latest.
	Open      func(ctx context.Context, url string) error
	UserAgent string
	Timeout   time.Duration // of a sign-in with the browser; 0 is DefaultTimeout

	transport http.RoundTripper // for tests; nil is HTTP through the environment's proxy
}

// Client speaks with identity providers.
type Client struct {
	o Options

	mu    sync.Mutex
	known map[string]*provider // by address and trusted CA
}

// New makes a client that contacts nobody yet.
func New(o Options) *Client {
	if o.Timeout == 0 {
		o.Timeout = DefaultTimeout
	}
	return &Client{o: o, known: map[string]*provider{}}
}
