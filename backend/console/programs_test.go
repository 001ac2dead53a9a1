package console_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"k8s.io/client-go/tools/clientcmd"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/console"
	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
)

// canary is a credential plugin that leaves a trace of each run.
type canary struct {
	path, trace string
}

func newCanary(t *testing.T, token string) canary {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the plugin is a shell script")
	}
	folder := t.TempDir()
	c := canary{filepath.Join(folder, "get-token"), filepath.Join(folder, "trace")}
	c.write(t, token)
	return c
}

func (c canary) write(t *testing.T, token string) {
	t.Helper()
	answer := `{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"` + token + `"}}`
	script := fmt.Sprintf("#!/bin/sh\necho run >>%q\ncat <<'X'\n%s\nX\n", c.trace, answer)
	if err := os.WriteFile(c.path, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
}

func (c canary) ran(t *testing.T) bool {
	t.Helper()
	_, err := os.Stat(c.trace)
	return err == nil
}

// tokenUser gives a user's kubeconfig whose token a plugin answers, and the token.
func tokenUser(t *testing.T, cluster *kubetest.Cluster, plugin func(token string) string) []byte {
	t.Helper()
	config, err := clientcmd.Load(cluster.TokenUser(t, cluster.Namespace(t), "robot"))
	if err != nil {
		t.Fatal(err)
	}
	for _, user := range config.AuthInfos {
		path := plugin(user.Token)
		*user = clientcmdapi.AuthInfo{Exec: &clientcmdapi.ExecConfig{
			Command: path, Args: []string{"--password", "hunter2"}, APIVersion: "client.authentication.k8s.io/v1", InteractiveMode: clientcmdapi.NeverExecInteractiveMode,
		}}
	}
	out, err := clientcmd.Write(*config)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestProgramRunsOnlyWhenAllowed is the other half of J9: whatever a person does with a kubeconfig that names a program, the
// program does not run before they allowed exactly that.
func TestProgramRunsOnlyWhenAllowed(t *testing.T) {
	cluster := kubetest.Shared(t, "1.36")
	primaryFor(t, cluster)
	var plugin canary
	kubeconfig := tokenUser(t, cluster, func(token string) string { plugin = newCanary(t, token); return plugin.path })
	m := newMachine(t)
	p := m.start(t)
	idle := func(after string) {
		t.Helper()
		if plugin.ran(t) {
			t.Fatalf("the program ran: %s", after)
		}
	}

	ticket := p.paste(kubeconfig)
	if err := p.LogIn(t.Context(), bridge.LogInRequest{Ticket: ticket, Primary: bridge.Pick{Name: "x"}}); err == nil {
		t.Error("logged in without a credential")
	}
	idle("log in")
	p.logIn("home", cluster.User(t, "careful"))
	p.choose(bridge.ModeSealed, passphrase, true)
	ticket = p.paste(kubeconfig)
	if err := p.TestCandidates(ticket, []int{0}); err != nil {
		t.Fatal(err)
	}
	p.until("the test", func() bool {
		im, err := p.Import(ticket)
		return err == nil && im.Candidates[0].Tested && !im.Candidates[0].Passed
	})
	idle("test")
	p.connect("robot", kubeconfig)
	id := p.member("robot").ID
	p.until("a member that asks", func() bool {
		m := p.member("robot")
		return m.State == bridge.StateNeedsLogin && m.Action == "approve"
	})
	for what, f := range map[string]func() error{
		"retry":                func() error { return p.Retry([]string{id}) },
		"make primary":         func() error { return p.MakePrimary(t.Context(), id) },
		"copy the view there":  func() error { return p.CopyViewTo(t.Context(), id) },
		"copy kubeconfig":      func() error { return p.CopyKubeconfig(t.Context(), id, bridge.KubeconfigProgram) },
		"run it":               func() error { return p.RunProgram(t.Context(), bridge.Subject{MemberID: id}) },
		"sign in":              func() error { return p.StartSignIn(t.Context(), bridge.Subject{MemberID: id}, bridge.SignInChoice{}) },
		"allow something else": func() error { return p.AllowProgram(t.Context(), bridge.Subject{MemberID: id}, "other") },
		"binnacle credential":  func() error { return m.credential(t, id, &bytes.Buffer{}) },
		"switch off and on": func() error {
			return errors.Join(p.SwitchMembers([]string{id}, true), p.SwitchMembers([]string{id}, false))
		},
		"look at it":             func() error { _, err := p.Program(t.Context(), bridge.Subject{MemberID: id}); return err },
		"synchronise":            func() error { return p.SyncNow(t.Context()) },
		"look at its state once": func() error { _, err := p.MemberDiagnostics(id); return err },
	} {
		_ = f() // most refuse; what counts is that nothing runs
		idle(what)
	}
	p.until("the run's end", func() bool {
		now, err := p.Program(t.Context(), bridge.Subject{MemberID: id})
		return err == nil && !now.Running
	})
	idle("everything")

	now, err := p.Program(t.Context(), bridge.Subject{MemberID: id})
	if err != nil || now.Allowed || now.Hash == "" || strings.Contains(fmt.Sprint(now), "hunter2") {
		t.Fatalf("what the person is shown: %+v %v", now, err)
	}
	if err := p.AllowProgram(t.Context(), bridge.Subject{MemberID: id}, now.ID); err != nil {
		t.Fatal(err)
	}
	p.until("the member live", func() bool { return p.member("robot").State == bridge.StateReady })
	if !plugin.ran(t) {
		t.Error("the member is live without its program")
	}
	var out bytes.Buffer
	if err := m.credential(t, id, &out); err != nil || !strings.Contains(out.String(), `"token"`) {
		t.Errorf("binnacle credential: %v", err)
	}
	p.synced()
	p.quit()

	plugin.write(t, "another-token") // someone put another program there
	if err := os.Remove(plugin.trace); err != nil {
		t.Fatal(err)
	}
	p = m.start(t)
	p.until("a member that asks again", func() bool { return p.member("robot").Action == "approve" })
	now, err = p.Program(t.Context(), bridge.Subject{MemberID: id})
	if err != nil || len(now.Changed) == 0 {
		t.Errorf("what changed is not told: %+v %v", now, err)
	}
	idle("a changed file")
	m.nowhere(t, "hunter2")
}

// credential is `binnacle credential` on that machine, as kubectl runs it.
func (m *machine) credential(t *testing.T, member string, out *bytes.Buffer) error {
	t.Helper()
	return console.Answer(t.Context(), console.Options{Profile: m.dir, Version: "test", Provider: m.keychain, Desktop: &program{t: t}}, console.Asked{
		Member: member, Out: out, Say: &bytes.Buffer{},
	})
}

// TestKubectlFromTheVault copies a kubeconfig that holds no secret and answers what kubectl asks with it, beside the running program.
func TestKubectlFromTheVault(t *testing.T) {
	m := newMachine(t)
	p := m.start(t)
	offline(t, p)
	if err := addMembers(p, "lab"); err != nil {
		t.Fatal(err)
	}
	id := p.member("lab").ID
	if err := p.CopyKubeconfig(t.Context(), id, bridge.KubeconfigProgram); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(p.clipboard, "token-of-lab") {
		t.Error("the kubeconfig holds the secret")
	}
	config, err := clientcmd.Load([]byte(p.clipboard))
	if err != nil {
		t.Fatal(err)
	}
	exec := config.AuthInfos[config.Contexts[config.CurrentContext].AuthInfo].Exec
	if got := exec.Args[len(exec.Args)-1]; got != id || exec.Args[0] != "credential" || !exec.ProvideClusterInfo {
		t.Fatalf("the command: %+v", exec)
	}
	info := func(server string, insecure bool) string {
		return fmt.Sprintf(`{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","spec":{"interactive":false,"cluster":{"server":%q,"insecure-skip-tls-verify":%v}}}`, server, insecure)
	}
	server := p.member("lab").Server
	for name, test := range map[string]struct {
		member, info, want string // want is in the error; "" is none
	}{
		"by id":             {id, info(server, false), ""},
		"by name":           {"lab", info(server, false), ""},
		"by hand":           {id, "", ""},
		"another server":    {id, info("https://evil.example", false), "evil.example"},
		"unchecked":         {id, info(server, true), "certificate"},
		"no cluster":        {id, `{"spec":{}}`, "provideClusterInfo"},
		"no JSON":           {id, "{", "KUBERNETES_EXEC_INFO"},
		"unknown":           {"nobody", "", "nobody"},
		"a hostile unknown": {"a\u202eb\x1b[31m", "", "no view"},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			err := console.Answer(t.Context(), console.Options{Profile: m.dir, Provider: m.keychain, Desktop: &program{t: t}}, console.Asked{
				Member: test.member, Info: test.info, Out: &out, Say: &bytes.Buffer{},
			})
			if test.want != "" {
				if err == nil || !strings.Contains(err.Error(), test.want) || out.Len() > 0 || strings.ContainsAny(err.Error(), "\x1b\u202e") {
					t.Errorf("error %v, out %d bytes", err, out.Len())
				}
				return
			}
			var answer struct {
				APIVersion, Kind string
				Status           struct{ Token string }
			}
			if err != nil || json.Unmarshal(out.Bytes(), &answer) != nil || answer.Status.Token != "token-of-lab" || answer.Kind != "ExecCredential" || answer.APIVersion != "client.authentication.k8s.io/v1" {
				t.Errorf("%v: %s", err, out.String())
			}
		})
	}
}
