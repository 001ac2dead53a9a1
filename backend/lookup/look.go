package lookup

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// NothingError says that nothing answered, at none of the addresses. Its text is for people.
type NothingError struct{ Tried []Attempt }

func (e *NothingError) Error() string {
	var all []string
	for _, a := range e.Tried {
		all = append(all, a.URL+": "+a.Why)
	}
	return "nothing answers. " + strings.Join(all, " ")
}

// Unwrap gives the causes, the preferred address' first.
func (e *NothingError) Unwrap() []error {
	var all []error
	for _, a := range e.Tried {
		all = append(all, a.Err)
	}
	return all
}

// reply is what came of one address.
type reply struct {
	address string
	answer  answer
	api     bool
	version string
	err     error
}

// Look finds out what is at the address that a person typed. It takes at most about 15 seconds. The error is what is wrong with the typed
// text, a *NothingError, or ctx's.
func Look(ctx context.Context, typed string, o Options) (Found, error) {
	a, err := readAddress(typed)
	if err != nil {
		return Found{}, err
	}
	l := newLooker(o)
	defer l.transport.CloseIdleConnections()
	var replies []reply
	best := -1
	for _, addresses := range [][]string{a.secure(), a.plain()} { // http only where nothing answers by https
		from := len(replies)
		replies = append(replies, l.contact(ctx, addresses)...)
		if best = choose(replies); best >= from {
			break
		}
	}
	if err := ctx.Err(); err != nil {
		return Found{}, fmt.Errorf("look at the address: %w", err)
	}
	tried := l.attempts(replies)
	if best < 0 {
		return Found{}, &NothingError{Tried: tried}
	}
	f, err := l.found(ctx, a, replies[best])
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return Found{}, fmt.Errorf("look at the address: %w", err)
	}
	f.Tried = tried
	return f, nil
}

// contact asks all addresses at once. When an API server has answered, the better ones have a little time left, the others none.
func (l *looker) contact(ctx context.Context, addresses []string) []reply {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	replies := make([]reply, len(addresses))
	done := make(chan int, len(addresses))
	for i, address := range addresses {
		go func() {
			replies[i] = l.ask(ctx, address)
			done <- i
		}()
	}
	var grace <-chan time.Time
	for answered := 0; answered < len(addresses); {
		select {
		case i := <-done:
			answered++
			if replies[i].version != "" && i == 0 {
				cancel()
			} else if replies[i].api && grace == nil {
				grace = time.After(graceTimeout)
			}
		case <-grace:
			cancel()
		}
	}
	return replies
}

func (l *looker) ask(ctx context.Context, address string) reply {
	r := reply{address: address}
	if r.answer, r.err = l.get(ctx, address+"/version"); r.err == nil {
		r.version, r.api = readVersion(r.answer)
		if wrongScheme(r.answer) {
			r.err = errors.New("the server speaks https here, not http")
		}
	}
	return r
}

// wrongScheme knows what Go's and nginx' servers say to plain http where TLS is spoken.
func wrongScheme(a answer) bool {
	body := string(a.body)
	return a.tls == nil && a.status == 400 && (strings.Contains(body, "HTTP request to an HTTPS server") || strings.Contains(body, "HTTP request was sent to HTTPS port"))
}

// choose takes the best, of equals the first; -1 when nothing answered.
func choose(replies []reply) int {
	best, rank := -1, 0
	for i, r := range replies {
		if r.rank() > rank {
			best, rank = i, r.rank()
		}
	}
	return best
}

// rank: an API server refuses in the same words under every path, so a path counts for more than none only with a version.
func (r reply) rank() int {
	u, err := url.Parse(r.address)
	switch {
	case r.err != nil || err != nil:
		return 0
	case r.version != "":
		return 4
	case r.api && u.Path == "":
		return 3
	case r.api:
		return 2
	}
	return 1
}

func (l *looker) attempts(replies []reply) []Attempt {
	var all []Attempt
	for _, r := range replies {
		a := Attempt{URL: shown(r.address), Err: r.err}
		switch {
		case errors.Is(r.err, context.Canceled):
			a.Why = "Not waited for: a cluster answered elsewhere."
		case r.err != nil && l.o.Words != nil:
			a.Why = shown(l.o.Words(r.err))
		case r.err != nil:
			a.Why = shown(r.err.Error()) + "."
		}
		all = append(all, a)
	}
	return all
}

// found says what answered.
func (l *looker) found(ctx context.Context, a address, r reply) (Found, error) {
	base := &url.URL{Scheme: r.answer.url.Scheme, Host: r.answer.url.Host}
	root := base.String()
	if r.api {
		base.Path = strings.TrimSuffix(r.answer.url.Path, "/version")
	}
	server, plain, err := kubeconfig.NormalServer(base.String())
	if err != nil { // of a redirect's making
		return Found{}, fmt.Errorf("the server's own redirect %w", err)
	}
	f := Found{Kind: KindUnknown, Server: server, Plain: plain, Elsewhere: r.answer.elsewhere}
	if r.api {
		f.Kind, f.Version = KindAPIServer, r.version
		l.apiServer(ctx, &f, r.answer)
	} else {
		l.other(ctx, &f, a, root)
	}
	if r.answer.tls != nil {
		f.TLS = l.judge(r.answer.tls, base.Hostname(), f.Cluster)
	}
	f.say()
	return f, nil
}
