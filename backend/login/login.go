// Package login keeps the person's sessions with identity providers: one for each kubeconfig.SignIn.Key(), shared by all members of the
// fleet that sign in that way.
//
// Only Start ever opens a browser or shows a code. Everything else works behind the person's back or says in a kubeconfig.NeedError that
// the person is needed; Sessions is the queue of those, and Changed the bell. A member gets its proof from a Source: from memory while the
// token is good, else by one renewal that all members wait for.
//
// Tokens rotate: the provider takes each refresh token once, and may end the session when it sees one again. So a renewal happens in a
// turn that Options.Lock gives to one program at a time; it starts from what the keychain has then, and ends with the new tokens saved there
// before anybody uses them. A program that couldn't save them uses them nevertheless, tries again, and keeps its turn until then: no other
// can renew from the old ones. A kill between the provider's answer and the save costs the session: the person signs in again.
// Only the provider's "invalid_grant", a sign-out, or tokens gone from the keychain end a session; a network that is down never does.
//
// All methods are safe for concurrent use. One mutex guards all sessions and is never held during a call of Options.
package login

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/oidc"
	"github.com/binnacle-dev/binnacle/backend/secret"
)

// Keychain keeps tokens by account name. A Put that answers without error has stored the value for good; Delete takes a missing one for success.
type Keychain interface {
	Get(ctx context.Context, account string) (secret.Value, error)
	Put(ctx context.Context, account string, v secret.Value) error
	Delete(ctx context.Context, account string) error
}

// Protocol talks to identity providers; see package oidc, whose Client is one.
type Protocol interface {
	Browser(ctx context.Context, s kubeconfig.SignIn, report func(oidc.Progress)) (oidc.Tokens, error)
	Device(ctx context.Context, s kubeconfig.SignIn, show func(oidc.Code)) (oidc.Tokens, error)
	Refresh(ctx context.Context, s kubeconfig.SignIn, t oidc.Tokens) (oidc.Tokens, error)
	Revoke(ctx context.Context, s kubeconfig.SignIn, t oidc.Tokens) error
}

// Options are a Book's parts. Keychain, Lost, Protocol and Lock must be set.
type Options struct {
	Keychain Keychain
	Lost     func(error) bool // whether an error of Get says that there is nothing to be had: never stored, or damaged
	Protocol Protocol
	// Lock waits for the turn of a name among all goroutines of all running programs, until ctx ends; the end of a program ends its turn.
	Lock func(ctx context.Context, name string) (unlock func(), err error)
	// Changed rings when Sessions shows something else for a key, from any goroutine. It must be quick and may call Sessions. Nil: nobody listens.
	Changed func(key string)
	Log     *slog.Logger     // nil: none
	Clock   func() time.Time // nil: time.Now
}

// Book is the sessions. Make it with New, end it with Close.
type Book struct {
	o Options

	wg       sync.WaitGroup  // of every goroutine
	asking   context.Context //nolint:containedctx // the life of sign-ins and of the keeper; Close ends it first
	renewing context.Context //nolint:containedctx // the life of renewals, which Close lets end by themselves if it can
	stop     context.CancelFunc
	abort    context.CancelFunc
	kick     chan struct{} // holds one: the keeper looks again

	mu       sync.Mutex
	closed   bool
	keeping  bool // the keeper runs
	sessions map[string]*session
}

// New makes a Book that knows of no session and does nothing before the first Source or Start is used.
func New(o Options) *Book {
	if o.Changed == nil {
		o.Changed = func(string) {}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	b := &Book{o: o, kick: make(chan struct{}, 1), sessions: map[string]*session{}}
	b.renewing, b.abort = context.WithCancel(context.Background()) //nolint:forbidigo // the sessions' life begins here and ends with Close
	b.asking, b.stop = context.WithCancel(b.renewing)
	return b
}

// Account is the name of the keychain account of a session's tokens: for a journal, or a sweep.
func Account(key string) string { return "t/" + key }

// Close ends sign-ins at once, gives renewals a moment to end, for their tokens would be lost, and waits for every goroutine.
func (b *Book) Close() {
	b.mu.Lock()
	b.closed = true
	b.mu.Unlock()
	b.stop()
	ended := make(chan struct{})
	go func() { // ends with wg
		defer close(ended)
		b.wg.Wait()
	}()
	patience := time.NewTimer(closeWait)
	defer patience.Stop()
	select {
	case <-ended:
	case <-patience.C:
		b.abort()
		<-ended
	}
	b.part()
	b.abort()
}

// part saves what couldn't be saved before, a last time, and gives back the turns. Nothing else runs any more.
func (b *Book) part() {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(b.renewing), closeWait)
	defer cancel()
	for _, s := range b.sessions {
		if s.held.unsaved {
			if err := s.saveAgain(ctx); err != nil {
				b.o.Log.Warn("a session ends with this program: it could not be saved", slog.String("session", s.key), slog.Any("error", err))
			}
		}
		if s.turn != nil {
			s.turn()
		}
	}
}

func (b *Book) now() time.Time { return b.o.Clock().Round(0) } // the wall's: the other clock stands still while the machine sleeps
