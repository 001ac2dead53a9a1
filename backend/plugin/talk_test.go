package plugin

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/secret"
)

// person answers when they are shown something.
type person struct {
	answers chan secret.Value
	mu      sync.Mutex
	seen    string
	came    chan struct{}
}

func newPerson() *person {
	return &person{answers: make(chan secret.Value, 1), came: make(chan struct{}, 100)}
}

func (p *person) talk() Talk {
	return Talk{Answers: p.answers, Show: func(said string) {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.seen = said
		p.came <- struct{}{}
	}}
}

func TestItAsksThePerson(t *testing.T) {
	r := newRig(t)
	p := r.program("-ask", "-say", "Open https://login.example/device?state=abc and enter ABCD-EFGH\nPasscode: ")
	p.Mode = "Always"
	s := r.allowed(t, p)
	_, err := s.Proof(t.Context(), kubeconfig.Proof{})
	_ = needs(t, err, kubeconfig.NeedRun)
	if len(r.ran()) != 0 {
		t.Fatal("it ran unasked")
	}

	who, ended := newPerson(), make(chan error)
	go func() { ended <- s.Run(t.Context(), who.talk()) }()
	<-who.came
	if want := "Open https://login.example/device?state=abc and enter ABCD-EFGH\nPasscode:"; who.seen != want {
		t.Errorf("shown %q, want %q", who.seen, want)
	}
	if _, err = s.Proof(t.Context(), kubeconfig.Proof{}); !strings.Contains(needs(t, err, kubeconfig.NeedRun).Why, "is talking to you") {
		t.Error(err) // at once: background work doesn't wait for minutes
	}
	second := make(chan error)
	go func() { second <- s.Run(t.Context(), newPerson().talk()) }() // another window
	who.answers <- value("123456")
	if err := errors.Join(<-ended, <-second); err != nil {
		t.Fatal(err)
	}
	if got := token(t, s, kubeconfig.Proof{}); got != "123456" || len(r.ran()) != 1 && len(r.ran()) != 2 {
		t.Errorf("got %s from %d runs", got, len(r.ran()))
	}
	if info := r.ran()[0].Info; !strings.Contains(info, `"interactive":true`) {
		t.Error(info)
	}
}

// TestQuietFirst: a program that can ask the person is tried without.
func TestQuietFirst(t *testing.T) {
	t.Setenv("DISPLAY", ":7")
	r := newRig(t)
	p := r.program()
	p.Mode = "IfAvailable"
	s := r.allowed(t, p)
	token(t, s, kubeconfig.Proof{})
	if err := s.Run(t.Context(), newPerson().talk()); err != nil {
		t.Fatal(err)
	}
	got := r.ran()
	if len(got) != 2 || got[0].Display != "" || got[1].Display != ":7" || !strings.Contains(got[0].Info, `"interactive":false`) || !strings.Contains(got[1].Info, `"interactive":true`) {
		t.Errorf("%+v", got)
	}
	if got := token(t, s, kubeconfig.Proof{}); got != "token-2" {
		t.Errorf("got %s", got)
	}
}

func TestNeverHasNoInput(t *testing.T) {
	r := newRig(t)
	p := r.program("-ask", "-answer", `{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"x"}}`)
	if err := r.allowed(t, p).Run(t.Context(), newPerson().talk()); err != nil { // it reads to the end of an empty input
		t.Fatal(err)
	}
	if info := r.ran()[0].Info; !strings.Contains(info, `"interactive":false`) {
		t.Error(info)
	}
}

func TestItFailsAndWantsThePerson(t *testing.T) {
	r := newRig(t)
	s := r.allowed(t, r.program("-exit", "1", "-say", "Token has expired and refresh failed"))
	for range 2 {
		_, err := s.Proof(t.Context(), kubeconfig.Proof{})
		if n := needs(t, err, kubeconfig.NeedRun); !strings.Contains(n.Why, "Token has expired") {
			t.Error(n.Why)
		}
	}
	if len(r.ran()) != 1 {
		t.Errorf("it ran %d times", len(r.ran()))
	}
	err := s.Run(t.Context(), newPerson().talk())
	if p := proofError(t, err); len(r.ran()) != 2 {
		t.Errorf("it ran %d times: %s", len(r.ran()), p.Why)
	}
}

func TestThePersonCancels(t *testing.T) {
	r := newRig(t)
	s := r.allowed(t, r.program("-hang"))
	ctx, cancel := context.WithCancel(t.Context())
	who := newPerson()
	ended := make(chan error)
	go func() { ended <- s.Run(ctx, who.talk()) }()
	<-who.came
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if s.entry.trouble != nil {
		t.Error("that is no failure of the program's")
	}
}

func TestThePersonTakesTooLong(t *testing.T) {
	r := newRig(t, func(o *Options) { o.Timing.Interactive = 200 * time.Millisecond })
	err := r.allowed(t, r.program("-hang")).Run(t.Context(), newPerson().talk())
	if p := proofError(t, err); !strings.Contains(p.Why, "didn't end within") {
		t.Error(p.Why)
	}
}

// TestSlow: one that said something and went on probably waits for the person; one that said nothing, for a network.
func TestSlow(t *testing.T) {
	r := newRig(t)
	slow := run{program: r.program(), limit: time.Minute}
	n := needs(t, r.failed(slow, "Enter ABCD", context.DeadlineExceeded), kubeconfig.NeedRun)
	if want := "didn't end within 60 seconds, and said: “Enter ABCD”. It seems to need you: start it."; !strings.HasSuffix(n.Why, want) {
		t.Errorf("got %q", n.Why)
	}
	p := proofError(t, r.failed(slow, "", context.DeadlineExceeded))
	if want := "didn't end within 60 seconds."; !strings.HasSuffix(p.Why, want) {
		t.Errorf("got %q", p.Why)
	}
}

func TestNoSecretIsRepeated(t *testing.T) {
	r := newRig(t, func(o *Options) {
		o.Redact = func(s string) string { return strings.ReplaceAll(s, "eyJhbGci", "[jwt]") }
	})
	p := r.program("-exit", "1", "-password", "hunter2", "-say", "bad hunter2 and tr0ub4dor of eyJhbGci")
	p.Env = []kubeconfig.EnvVar{{Name: "EXTRA", Value: value("tr0ub4dor")}}
	_, err := r.allowed(t, p).Proof(t.Context(), kubeconfig.Proof{})
	e, ok := errors.AsType[*RunError](err)
	if want := "bad [redacted] and [redacted] of [jwt]"; !ok || e.Said != want || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v", err)
	}
	r.o.Redact = New(Options{}).o.Redact
	r.Source(p, here()).Reset()
	if _, err = r.Source(p, here()).Proof(t.Context(), kubeconfig.Proof{}); strings.Contains(err.Error(), "said") {
		t.Errorf("nothing to redact with, and yet: %v", err)
	}
}

// blocked is an input that nobody reads.
type blocked struct{ closed chan struct{} }

func (b blocked) Write([]byte) (int, error) { <-b.closed; return 0, io.ErrClosedPipe }
func (b blocked) Close() error              { close(b.closed); return nil }

func TestFeedEnds(*testing.T) {
	answers := make(chan secret.Value, 1)
	answers <- value("never read")
	feed(blocked{make(chan struct{})}, answers)() // hangs when it doesn't
}

func TestTailKeepsTheEnd(t *testing.T) {
	all := &tail{}
	for range 100 {
		for _, part := range slices.Repeat([]string{"0123456789", strings.Repeat("é", 3*maxSaid), "end"}, 3) {
			if n, err := all.Write([]byte(part)); n != len(part) || err != nil {
				t.Fatal(n, err)
			}
		}
	}
	if got := all.text(); len(got) > maxSaid || !strings.HasSuffix(got, "éend") || strings.Contains(got, `\x`) {
		t.Errorf("%d bytes: %.20q", len(got), got)
	}
}
