package login

import (
	"cmp"
	"context"
	"errors"
	"log/slog"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/oidc"
)

// Choice is how the person wants to sign in.
type Choice struct {
	Device    bool   // by a code that is typed in on another device
	Connector string // Dex' connector_id; "" is the sign-in's own
}

// attempt is one try of the person to sign in; Book.mu guards what follows done.
type attempt struct {
	how    Choice
	cancel context.CancelFunc
	done   chan struct{}

	state State
	page  oidc.Progress
	code  oidc.Code
}

// Start begins the person's sign-in, or joins the one under way; one that goes another way is cancelled first. It returns at once: how it
// goes is told by Sessions. Tokens that are there stay in use until then.
func (b *Book) Start(in kubeconfig.SignIn, how Choice) {
	how.Device = how.Device || in.Flow == kubeconfig.FlowDevice
	s := b.session(in)
	s.change(func() {
		before := s.attempt
		if b.closed || s.gone || before != nil && before.how == how {
			return
		}
		ctx, cancel := context.WithCancel(b.asking)
		a := &attempt{how: how, cancel: cancel, done: make(chan struct{}), state: StateRunning}
		s.attempt, s.missed = a, ""
		if !s.loaded && s.flight == nil { // what stays when this comes to nothing
			s.fly(s.load)
		}
		in.Connector = cmp.Or(how.Connector, in.Connector)
		b.wg.Go(func() {
			defer close(a.done)
			defer cancel()
			if before != nil {
				before.cancel()
				<-before.done // it may listen where this one has to
			}
			s.try(ctx, a, in)
		})
	})
	b.nudge()
}

// Cancel ends a sign-in under way. What was there before stays.
func (b *Book) Cancel(key string) {
	cancel := func() {}
	b.mu.Lock()
	if s := b.sessions[key]; s != nil && s.attempt != nil {
		cancel = s.attempt.cancel
	}
	b.mu.Unlock()
	cancel()
}

// try takes the person through the sign-in and keeps what it brings.
func (s *session) try(ctx context.Context, a *attempt, in kubeconfig.SignIn) {
	tokens, err := s.ask(ctx, a, in)
	if err == nil && tokens.Proof(in).Empty() {
		err = errNoProof
	}
	if err == nil && ctx.Err() == nil {
		s.welcome(ctx, tokens)
	}
	s.change(func() {
		if s.attempt != a { // another way was chosen meanwhile
			return
		}
		s.attempt = nil
		if err != nil && ctx.Err() == nil && !errors.Is(err, oidc.ErrCancelled) {
			s.missed = missedWords(in, err)
		}
	})
	s.book.nudge()
}

// welcome keeps the tokens of a sign-in. A person isn't sent away because another program doesn't end its turn: they are saved later.
func (s *session) welcome(ctx context.Context, t oidc.Tokens) {
	since := s.book.now()
	ctx, cancel := context.WithTimeout(ctx, renewLimit)
	defer cancel()
	leave, err := s.enter(ctx)
	if err != nil {
		s.book.o.Log.Warn("a new session has no turn yet", slog.String("session", s.key), slog.Any("error", err))
		s.use(t, since, err)
		return
	}
	defer leave()
	s.take(ctx, t)
}

func (s *session) ask(ctx context.Context, a *attempt, in kubeconfig.SignIn) (oidc.Tokens, error) {
	if ctx.Err() != nil {
		return oidc.Tokens{}, ctx.Err()
	}
	if a.how.Device {
		return s.book.o.Protocol.Device(ctx, in, func(c oidc.Code) {
			s.change(func() { a.state, a.code = StateDevice, c })
		})
	}
	return s.book.o.Protocol.Browser(ctx, in, func(p oidc.Progress) {
		s.change(func() { a.state, a.page = StateBrowser, p })
	})
}
