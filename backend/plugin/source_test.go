package plugin

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/secret"
)

func TestOneRunAtATime(t *testing.T) {
	r := newRig(t)
	r.allowed(t, r.program())
	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() {
			proof, err := r.Source(r.program(), here()).Proof(t.Context(), kubeconfig.Proof{})
			if got := string(proof.Token.Reveal()); err != nil || got != "token-1" {
				t.Errorf("got %s, %v", got, err)
			}
		})
	}
	wg.Wait()
	if n := len(r.ran()); n != 1 {
		t.Errorf("it ran %d times", n)
	}
}

func TestKeptUntilShortlyBeforeItsEnd(t *testing.T) {
	for name, c := range map[string]struct {
		life, after time.Duration
		want        string
	}{
		"fresh":      {time.Hour, 58 * time.Minute, "token-1"},
		"nearly out": {time.Hour, 59*time.Minute + time.Second, "token-2"},
		"short":      {time.Minute, 50 * time.Second, "token-1"},
		"short, out": {time.Minute, 55 * time.Second, "token-2"},
		"endless":    {0, 1000 * time.Hour, "token-1"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			s := r.allowed(t, r.program("-life", c.life.String()))
			token(t, s, kubeconfig.Proof{})
			r.time.pass(c.after)
			if got := token(t, s, kubeconfig.Proof{}); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func proofError(t *testing.T, err error) *kubeconfig.ProofError {
	t.Helper()
	p, ok := errors.AsType[*kubeconfig.ProofError](err)
	if !ok {
		t.Fatalf("got %v, want a ProofError", err)
	}
	return p
}

func needs(t *testing.T, err error, need kubeconfig.Need) *kubeconfig.NeedError {
	t.Helper()
	n, ok := errors.AsType[*kubeconfig.NeedError](err)
	if !ok || n.Need != need {
		t.Fatalf("got %v, want a NeedError for %s", err, need)
	}
	return n
}

func TestAFailureIsKeptForAWhile(t *testing.T) {
	r := newRig(t)
	s := r.allowed(t, r.program("-exit", "3", "-say", "the network\x1b[31m is\ndown"))
	try := func(want int) {
		t.Helper()
		_, err := s.Proof(t.Context(), kubeconfig.Proof{})
		p := proofError(t, err)
		if !strings.Contains(p.Why, "the network is down") || !strings.Contains(p.Why, "exit status 3") {
			t.Fatalf("got %q", p.Why)
		}
		if e, ok := errors.AsType[*RunError](err); !ok || e.Said != "the network is\ndown" {
			t.Fatalf("it said %+v", e)
		}
		if got := len(r.ran()); got != want {
			t.Fatalf("ran %d times, want %d", got, want)
		}
	}
	for i, seconds := range []int64{1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300} {
		wait := time.Duration(seconds * 1e9)
		try(i + 1)
		r.time.pass(wait * 3 / 4) // a wait is shortened by a fifth at most
		try(i + 1)
		r.time.pass(wait / 4)
	}
	try(12)
	s.Reset()
	try(13)
	r.time.pass(time.Second)
	try(14)
}

func TestRefusedByTheCluster(t *testing.T) {
	r := newRig(t)
	s := r.allowed(t, r.program())
	first, err := s.Proof(t.Context(), kubeconfig.Proof{})
	if err != nil {
		t.Fatal(err)
	}
	second, err := s.Proof(t.Context(), first)
	if err != nil || string(second.Token.Reveal()) != "token-2" {
		t.Fatalf("the refusal gave %v", err)
	}
	if got := token(t, s, first); got != "token-2" { // one who is late has no news
		t.Errorf("got %s", got)
	}
	if _, err = s.Proof(t.Context(), second); len(r.ran()) != 2 {
		t.Fatal("a cluster that refuses everything has the program run without a pause")
	}
	_ = proofError(t, err)
	r.time.pass(time.Second)
	if got := token(t, s, second); got != "token-3" {
		t.Errorf("got %s", got)
	}
}

func TestTheSameAgain(t *testing.T) {
	r := newRig(t)
	s := r.allowed(t, r.program("-answer", `{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"same"}}`))
	same, err := s.Proof(t.Context(), kubeconfig.Proof{})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		_, err = s.Proof(t.Context(), same)
		_ = proofError(t, err)
	}
	if n := len(r.ran()); n != 2 {
		t.Errorf("it ran %d times, want the first and one forced", n)
	}
	r.time.pass(time.Second) // the server may have been at fault
	if got := token(t, s, same); got != "same" {
		t.Errorf("got %s", got)
	}
}

func TestARunOutlivesItsCaller(t *testing.T) {
	r := newRig(t)
	s := r.allowed(t, r.program())
	ctx, cancel := context.WithCancel(t.Context())
	for range running {
		r.slots <- struct{}{} // so that the run begins only later
	}
	asked := make(chan error)
	go func() {
		_, err := s.Proof(ctx, kubeconfig.Proof{})
		asked <- err
	}()
	cancel()
	if err := <-asked; !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	for range running {
		<-r.slots
	}
	if got := token(t, s, kubeconfig.Proof{}); got != "token-1" {
		t.Errorf("got %s", got)
	}
}

func TestCloseEndsARun(t *testing.T) {
	r := newRig(t)
	s := r.allowed(t, r.program("-hang"))
	asked := make(chan error)
	go func() {
		_, err := s.Proof(t.Context(), kubeconfig.Proof{})
		asked <- err
	}()
	for len(r.ran()) == 0 {
		<-time.After(time.Millisecond)
	}
	r.Close()
	if err := <-asked; !errors.Is(err, ErrClosed) {
		t.Errorf("got %v", err)
	}
	if _, err := s.Proof(t.Context(), kubeconfig.Proof{}); !errors.Is(err, ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
}

func TestWithdrawn(t *testing.T) {
	r := newRig(t)
	p := r.program()
	s := r.allowed(t, p)
	token(t, s, kubeconfig.Proof{})
	if err := r.Withdraw(r.store.all[0].Path); err != nil {
		t.Fatal(err)
	}
	_, err := s.Proof(t.Context(), kubeconfig.Proof{})
	_ = needs(t, err, kubeconfig.NeedApprove)
	if len(r.ran()) != 1 {
		t.Error("it ran")
	}
}

func TestWithdrawnWhileItRuns(t *testing.T) {
	r := newRig(t)
	s := r.allowed(t, r.program("-ask"))
	answers, ended := make(chan secret.Value), make(chan error)
	go func() { ended <- s.Run(t.Context(), Talk{Show: func(string) {}, Answers: answers}) }()
	for len(r.ran()) == 0 {
		<-time.After(time.Millisecond)
	}
	if err := r.Withdraw(r.store.all[0].Path); err != nil {
		t.Fatal(err)
	}
	close(answers)
	if err := <-ended; err == nil {
		t.Error("its answer was taken")
	}
}

func TestSurroundings(t *testing.T) {
	t.Setenv("DISPLAY", ":7")
	t.Setenv("PATH", "relative:/somewhere::/else")
	r := newRig(t, func(o *Options) {
		o.LoginPath = func(context.Context) string { return "/login:/else:." }
		o.Folders = []string{"/usual"}
	})
	p := r.program()
	p.Env = []kubeconfig.EnvVar{{Name: "EXTRA", Value: value("more")}, {Name: infoName, Value: value("forged")}}
	p.ClusterInfo = []byte(`{"server":"https://one.example:6443","tls-server-name":"inner","config":{"audience":"x"}}`)
	token(t, r.allowed(t, p), kubeconfig.Proof{})
	got := r.ran()[0]
	want := ran{
		Name: p.Command, Dir: home(), Path: "/somewhere:/else:/login:/usual", Extra: "more",
		Info: `{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","spec":{"cluster":{"server":"https://one.example:6443","tls-server-name":"inner","config":{"audience":"x"}},"interactive":false}}`,
	}
	if got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestManyAtOnce(t *testing.T) {
	r := newRig(t)
	var sources []Source
	for i := range 2 * running {
		p := r.program("-password", strings.Repeat("x", i))
		sources = append(sources, r.allowed(t, p))
	}
	var wg sync.WaitGroup
	for _, s := range sources {
		wg.Go(func() {
			if _, err := s.Proof(t.Context(), kubeconfig.Proof{}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := len(r.ran()); n != len(sources) || len(r.slots) != 0 {
		t.Errorf("%d of %d ran, %d places are taken still", n, len(sources), len(r.slots))
	}
}

func TestASlowOneGivesItsPlaceAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := make(slots, 1)
		begun := time.Now()
		slow, err := s.take(nil)
		if err != nil {
			t.Fatal(err)
		}
		next, err := s.take(nil)
		if err != nil || time.Since(begun) != starts {
			t.Errorf("the next one waited %s: %v", time.Since(begun), err)
		}
		slow() // has given its place already, and not that of the next one
		if len(s) != 1 {
			t.Errorf("%d places are taken", len(s))
		}
		next()
		if len(s) != 0 {
			t.Error("a place is lost")
		}
	})
}
