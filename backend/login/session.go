package login

import (
	"cmp"
	"slices"
	"time"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/oidc"
)

// State is a closed set.
type State string

// The states of a session.
const (
	StateNeeded     State = "needed"         // the person must sign in
	StateRunning    State = "running"        // a sign-in has begun; the provider is asked how
	StateBrowser    State = "waitingBrowser" // the browser is open, at URL
	StateDevice     State = "device"         // the person types Code in on another device
	StateOK         State = "ok"             // signed in; with a Why something is wrong that needn't stop anybody yet
	StateRefreshing State = "refreshing"     // signed in, and a new token is on its way
	StateFailed     State = "failed"         // the last sign-in failed, or the token has expired and can't be renewed at the moment
)

// Session is what there is to know of one session; it holds no secret.
type Session struct {
	Key     string
	Issuer  string
	State   State
	Why     string    // sentences for the person: what happened and what to do; "" when all is well
	Name    string    // of the person at the provider, once signed in
	Expires time.Time // of the token in use, which is renewed before if it can be; zero: unknown
	NextTry time.Time // of a renewal or a save that failed; zero: none is planned
	Unsaved bool      // the tokens are in memory only, for the keychain didn't take them
	URL     string    // in StateBrowser: the page, to be copied into another browser
	Code    oidc.Code // in StateDevice
}

// held is a set of tokens in memory, and what is known about it.
type held struct {
	tokens  oidc.Tokens
	proof   kubeconfig.Proof // empty: there are none
	since   time.Time        // when the provider gave them to this program; zero: they were read from the keychain
	due     time.Time        // when to renew them; zero: their lifetime is unknown
	unsaved bool
	futile  time.Time // when a server refused them though they were young
	refused bool      // a server refused them, and they can't be renewed
}

func (h held) renewable() bool { return !h.tokens.Refresh.Empty() }

// young tokens needn't be renewed for a server that refuses them: it would refuse the next ones, too.
func (h held) young(now time.Time) bool { return !h.since.IsZero() && now.Sub(h.since) < fresh }

// good tokens can be shown to a server.
func (h held) good(now time.Time) bool {
	return !h.proof.Empty() && (h.tokens.Expires.IsZero() || now.Before(h.tokens.Expires))
}

// flight is a piece of background work that others may wait for.
type flight struct {
	cancel func()
	done   chan struct{}
}

// session is one life of a session, from the first Source or Start to Forget. Book.mu guards its fields, but for the first four.
type session struct {
	book    *Book
	key     string
	turns   chan struct{} // holds one: who takes it may use the keychain for writing, in this program
	account string

	signIn  kubeconfig.SignIn // as given last
	gone    bool              // forgotten
	leaving int               // sign-outs under way
	loaded  bool              // what the keychain had is known
	used    bool              // someone asked for a proof since the tokens came
	held    held
	flight  *flight
	attempt *attempt
	turn    func() // ends our turn among programs; nil: it isn't ours

	renewing retry   // of renewals and loads
	saving   retry   // of saves
	missed   string  // why the last sign-in failed
	ended    string  // why there are no tokens
	shown    Session // as the bell told last
}

func (b *Book) session(s kubeconfig.SignIn) *session {
	b.mu.Lock()
	defer b.mu.Unlock()
	key := s.Key()
	found := b.sessions[key]
	if found == nil {
		found = b.newSession(key)
		b.sessions[key] = found
	}
	found.signIn = s
	return found
}

func (b *Book) newSession(key string) *session {
	return &session{book: b, key: key, account: Account(key), turns: make(chan struct{}, 1)}
}

// Sessions are those that someone asked for, first those that need the person.
func (b *Book) Sessions() []Session {
	b.mu.Lock()
	all := make([]Session, 0, len(b.sessions))
	for _, s := range b.sessions {
		if view := s.view(b.now()); view.State != "" {
			all = append(all, view)
		}
	}
	b.mu.Unlock()
	order := []State{StateBrowser, StateDevice, StateRunning, StateNeeded, StateFailed, StateRefreshing, StateOK}
	slices.SortFunc(all, func(x, y Session) int {
		return cmp.Or(cmp.Compare(slices.Index(order, x.State), slices.Index(order, y.State)), cmp.Compare(x.Issuer, y.Issuer), cmp.Compare(x.Key, y.Key))
	})
	return all
}

// view is the session as the person sees it; no State before it is known. The caller holds mu.
func (s *session) view(now time.Time) Session {
	v := Session{Key: s.key, Issuer: shown(s.signIn.Issuer), Unsaved: s.held.unsaved}
	if !s.held.proof.Empty() {
		v.Name, v.Expires = shown(s.held.tokens.Name), s.held.tokens.Expires
	}
	trouble := s.renewing
	if trouble.why == "" {
		trouble = s.saving
	}
	v.NextTry = trouble.next
	good := s.held.good(now)
	switch {
	case s.attempt != nil:
		v.State, v.URL, v.Code = s.attempt.state, s.attempt.page.URL, s.attempt.code
		if s.attempt.page.NotOpened {
			v.Why = "No browser could be opened. Copy the address into one."
		}
	case !s.loaded && s.renewing.why == "":
		return Session{Key: s.key}
	case s.held.refused, !good && s.loaded && !s.held.renewable():
		v.State, v.Why = StateNeeded, s.needs(now)
		if s.missed != "" {
			v.State = StateFailed
		}
	case s.flight != nil && trouble.why == "": // what goes on failing shows that, not each try
		v.State = StateRefreshing
	case !good && s.renewing.why != "":
		v.State, v.Why = StateFailed, s.renewing.why
	default:
		v.State, v.Why = StateOK, cmp.Or(trouble.why, s.missed)
	}
	return v
}

// change applies f under the lock, and rings if it shows.
func (s *session) change(f func()) {
	b := s.book
	b.mu.Lock()
	f()
	rang := s.restate()
	b.mu.Unlock()
	if rang {
		b.o.Changed(s.key)
	}
}

// restate says whether the session shows something else than was told last; the caller holds mu and rings without it.
func (s *session) restate() bool {
	view := s.view(s.book.now())
	if view == s.shown {
		return false
	}
	s.shown = view
	return true
}
