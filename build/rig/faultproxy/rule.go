package faultproxy

import (
	"context"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Cut says where a response breaks off.
type Cut string

// The places where a response breaks off.
const (
	CutNone   Cut = ""
	CutBefore Cut = "before" // the connection is reset before anything is answered
	CutBody   Cut = "body"   // the connection ends after CutAfter bytes of the body
)

// Rule spoils the requests that it matches. The empty Rule matches every request
// and does nothing. The effects are applied in the order of the fields; of all
// rules that match a request, the one added first is applied.
type Rule struct {
	Method  string         // "": any
	Path    string         // a prefix of the URL's path
	Pattern *regexp.Regexp // nil, or what the path and query must match, as in /api/v1/pods?watch=true
	After   int            // let that many matching requests pass first
	Times   int            // then spoil that many; 0: all of them

	Accept string        // asks the server for this instead of what the client accepts
	Delay  time.Duration // wait before anything else
	Hang   bool          // wait until the rule is removed, then go on
	Cut    Cut

	Status     int           // answer with a metav1.Status of this code instead of asking the server
	Message    string        // of that Status; "": a plain one
	RetryAfter time.Duration // with Status: the header, in whole seconds; 429 has 1 s if it is 0
	Body       string        // answer 200, or Status, with this text as HTML, as a captive portal does
	Type       string        // of Body, instead of HTML

	CutAfter       int // bytes; see CutBody
	BytesPerSecond int // how fast the body goes; 0: as it comes
}

// Request is one request that reached the proxy.
type Request struct {
	Time      time.Time
	Method    string
	Path      string
	Query     string
	UserAgent string
	User      string // by client certificate, "" if there was none
	Grant     string // the grant_type of a form, as at an identity provider's token endpoint
	Spoiled   bool   // a rule was applied
}

// rule is a Rule in use.
type rule struct {
	Rule
	seen    int // guarded by Proxy.mu
	removed chan struct{}
}

// Add puts a rule in force. The function returned removes it; what hangs by it
// goes on then. It may be called twice.
func (p *Proxy) Add(r Rule) (remove func()) {
	added := &rule{Rule: r, removed: make(chan struct{})}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.rules = append(p.rules, added)
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.rules = slices.DeleteFunc(p.rules, func(x *rule) bool {
			if x == added {
				close(x.removed)
			}
			return x == added
		})
	}
}

// Clear removes all rules and forgets the requests.
func (p *Proxy) Clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, r := range p.rules {
		close(r.removed)
	}
	p.rules, p.requests = nil, nil
}

// Requests are those that came since the start or the last Clear, oldest first.
func (p *Proxy) Requests() []Request {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.requests)
}

// Count is how many of them match.
func (p *Proxy) Count(match func(Request) bool) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.count(match)
}

// Wait returns when n requests that match have come.
func (p *Proxy) Wait(ctx context.Context, n int, match func(Request) bool) error {
	for {
		p.mu.Lock()
		enough, arrived := p.count(match) >= n, p.arrived
		p.mu.Unlock()
		if enough {
			return nil
		}
		select {
		case <-arrived:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (p *Proxy) count(match func(Request) bool) int {
	n := 0
	for _, r := range p.requests {
		if match(r) {
			n++
		}
	}
	return n
}

// note records a request and returns what spoils it, or nil.
func (p *Proxy) note(r *http.Request, user identity, grant string) *fault {
	p.mu.Lock()
	defer p.mu.Unlock()
	var f *fault
	for _, x := range p.rules {
		if x.matches(r) {
			x.seen++
			if x.seen > x.After && (x.Times == 0 || x.seen <= x.After+x.Times) {
				f = &fault{rule: x}
				break
			}
		}
	}
	p.requests = append(p.requests, Request{
		Time: time.Now(), Method: r.Method, Path: r.URL.Path, Query: r.URL.RawQuery,
		UserAgent: r.UserAgent(), User: user.name, Grant: grant, Spoiled: f != nil,
	})
	close(p.arrived)
	p.arrived = make(chan struct{})
	return f
}

func (x *rule) matches(r *http.Request) bool {
	return (x.Method == "" || x.Method == r.Method) &&
		strings.HasPrefix(r.URL.Path, x.Path) &&
		(x.Pattern == nil || x.Pattern.MatchString(r.URL.RequestURI()))
}
