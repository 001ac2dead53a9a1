package plugin

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/secret"
)

// asPlugin as the first argument makes this test program be a credential plugin.
const asPlugin = "as-plugin"

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == asPlugin {
		os.Exit(bePlugin(os.Args[2:]))
	}
	goleak.VerifyTestMain(m)
}

// ran is what the plugin writes into its ledger: the proof that it ran, and how.
type ran struct {
	Name, Dir, Path, Display, Info, Extra string
}

// bePlugin answers with token-<number of the run>.
func bePlugin(args []string) int {
	flags := flag.NewFlagSet(asPlugin, flag.ContinueOnError)
	ledger := flags.String("ledger", "", "")
	answer := flags.String("answer", "", "a status in place of a token")
	life := flags.Duration("life", 0, "of the credential")
	say := flags.String("say", "", "on stderr")
	ask := flags.Bool("ask", false, "for the token")
	hang := flags.Bool("hang", false, "for ever, with a child")
	flood := flags.Bool("flood", false, "output")
	exit := flags.Int("exit", 0, "status")
	_ = flags.String("password", "", "")
	linger := flags.Bool("linger", false, "for longer than any test")
	if flags.Parse(args) != nil {
		return 99
	}
	if *linger {
		<-time.After(time.Minute)
		return 0
	}
	dir, _ := os.Getwd()
	line, _ := json.Marshal(ran{os.Args[0], dir, os.Getenv("PATH"), os.Getenv("DISPLAY"), os.Getenv(infoName), os.Getenv("EXTRA")})
	f, _ := os.OpenFile(*ledger, os.O_APPEND|os.O_WRONLY|os.O_CREATE, 0o600)
	_, _ = f.Write(append(line, '\n'))
	_ = f.Close()
	fmt.Fprint(os.Stderr, *say)
	token := fmt.Sprintf("token-%d", len(runs(*ledger)))
	switch {
	case *hang:
		child := exec.Command(os.Args[0], asPlugin, "-linger")
		_ = child.Start()
		fmt.Fprintf(os.Stderr, "child %d\n", child.Process.Pid)
		_ = child.Wait()
	case *flood:
		for {
			if _, err := os.Stdout.WriteString(strings.Repeat("x", 1<<16)); err != nil {
				return 1
			}
		}
	case *ask:
		input := bufio.NewScanner(os.Stdin)
		input.Scan()
		token = input.Text()
	}
	var info struct{ APIVersion string }
	_ = json.Unmarshal([]byte(os.Getenv(infoName)), &info)
	status := map[string]any{"token": token}
	if *life != 0 {
		status["expirationTimestamp"] = time.Now().Add(*life).UTC().Format(time.RFC3339Nano)
	}
	text, _ := json.Marshal(map[string]any{"kind": kind, "apiVersion": info.APIVersion, "status": status})
	if *answer != "" {
		text = []byte(*answer)
	}
	fmt.Println(string(text))
	return *exit
}

func runs(ledger string) []ran {
	text, _ := os.ReadFile(ledger)
	var all []ran
	for line := range strings.Lines(string(text)) {
		var r ran
		if json.Unmarshal([]byte(line), &r) == nil {
			all = append(all, r)
		}
	}
	return all
}

// memory is a Store.
type memory struct {
	mu  sync.Mutex
	all []Approval
	err error
}

func (m *memory) Load() ([]Approval, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.all), m.err
}

func (m *memory) Save(all []Approval) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.all = slices.Clone(all)
	return m.err
}

// clock is ahead of the real time by as much as a test wants.
type clock struct{ ahead atomic.Int64 }

func (c *clock) now() time.Time       { return now().Add(time.Duration(c.ahead.Load())) }
func (c *clock) pass(d time.Duration) { c.ahead.Add(int64(d)) }

type rig struct {
	*Plugins
	store  *memory
	time   *clock
	ledger string
}

func newRig(t *testing.T, change ...func(*Options)) *rig {
	t.Helper()
	r := &rig{store: &memory{}, time: &clock{}, ledger: filepath.Join(t.TempDir(), "ledger")}
	o := Options{
		Approvals: r.store, Redact: func(s string) string { return s }, LoginPath: func(context.Context) string { return "" }, Folders: []string{}, clock: r.time.now,
	}
	for _, c := range change {
		c(&o)
	}
	r.Plugins = New(o)
	t.Cleanup(r.Close)
	return r
}

func here() kubeconfig.Endpoint {
	return kubeconfig.Endpoint{Server: "https://one.example:6443", CA: "aa"}
}

// program is this test program as a plugin.
func (r *rig) program(args ...string) kubeconfig.Program {
	self, err := os.Executable()
	if err != nil {
		panic(err)
	}
	return kubeconfig.Program{
		Command: self, Args: append([]string{asPlugin, "-ledger", r.ledger}, args...), APIVersion: "client.authentication.k8s.io/v1", Mode: "Never",
	}
}

func (r *rig) ran() []ran { return runs(r.ledger) }

func (r *rig) ask(t *testing.T, p kubeconfig.Program) Question {
	t.Helper()
	q, err := r.Inspect(t.Context(), p, here())
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// allowed is the source of a program that the person allowed.
func (r *rig) allowed(t *testing.T, p kubeconfig.Program) Source {
	t.Helper()
	if err := r.Approve(r.ask(t, p)); err != nil {
		t.Fatal(err)
	}
	return r.Source(p, here())
}

func token(t *testing.T, s Source, stale kubeconfig.Proof) string {
	t.Helper()
	proof, err := s.Proof(t.Context(), stale)
	if err != nil {
		t.Fatal(err)
	}
	return string(proof.Token.Reveal())
}

func value(s string) secret.Value { return secret.New([]byte(s)) }

// put writes a file that can be run. Nothing is forked meanwhile, for a child would hold it open for writing, and then it can't be run.
func put(tb testing.TB, path, text string) string {
	tb.Helper()
	forks(func() {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			tb.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o700); err != nil {
			tb.Fatal(err)
		}
	})
	return path
}

// shim is this test program at a place of its own, by a script.
func shim(tb testing.TB, path string) {
	tb.Helper()
	self, err := os.Executable()
	if err != nil {
		tb.Fatal(err)
	}
	if runtime.GOOS == "windows" {
		put(tb, path+".cmd", "@\""+self+"\" %*\r\n")
		return
	}
	put(tb, path, "#!/bin/sh\nexec '"+self+"' \"$@\"\n")
}
