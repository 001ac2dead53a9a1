package console_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/keychain"
)

// deadKubeconfig names a server on a port where nothing listens.
func deadKubeconfig(name, token string) []byte {
	return fmt.Appendf(nil, `apiVersion: v1
kind: Config
clusters: [{name: %[1]s, cluster: {server: "https://127.0.0.1:9/%[1]s"}}]
users: [{name: me, user: {token: %[2]s}}]
contexts: [{name: %[1]s, context: {cluster: %[1]s, user: me}}]
current-context: %[1]s
`, name, token)
}

// offline begins a view on this machine, for a primary that doesn't answer and a certificate that names the user.
func offline(t *testing.T, p *program) {
	t.Helper()
	const name = "home"
	request := bridge.LogInRequest{Ticket: p.paste(deadKubeconfig(name, jwt("ana"))), Primary: bridge.Pick{Name: name}}
	err := p.LogIn(t.Context(), request)
	if e, ok := errors.AsType[*bridge.Error](err); !ok || e.Code != bridge.CodeUnreachable {
		t.Fatalf("log in to nothing: %v", err)
	}
	request.Offline = true
	if err := p.LogIn(t.Context(), request); err != nil {
		t.Fatal(err)
	}
	if got := p.Session().Phase; got != bridge.PhaseChoose {
		t.Fatalf("phase %s, want choose", got)
	}
	if err := p.Seal(t.Context(), bridge.SealRequest{Action: "choose", Mode: bridge.ModeOpen}); err != nil {
		t.Fatal(err)
	}
	if got := p.Session().Phase; got != bridge.PhaseReady {
		t.Fatalf("phase %s, want ready", got)
	}
}

// jwt is a token that names a user; nobody checks its signature before a server does.
func jwt(user string) string {
	// {"alg":"none"} . {"sub":"<user>"} . x
	claims, _ := json.Marshal(map[string]string{"sub": user})
	return "eyJhbGciOiJub25lIn0." + encode(claims) + ".c2ln"
}

func addMembers(p *program, names ...string) error {
	for _, name := range names[:len(names)-1] {
		if err := addMembers(p, name); err != nil {
			return err
		}
	}
	name := names[len(names)-1]
	return p.AddMembers(p.t.Context(), bridge.AddRequest{
		Ticket: p.paste(deadKubeconfig(name, "token-of-"+name)), Picks: []bridge.Pick{{Name: name}},
	})
}

func TestRemoveAndUndo(t *testing.T) {
	m := newMachine(t)
	p := m.start(t)
	offline(t, p)
	if err := addMembers(p, "lab"); err != nil {
		t.Fatal(err)
	}
	id := p.member("lab").ID
	if err := p.RemoveMembers(t.Context(), []string{id}, true); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"home"}, p.names("")); diff != "" {
		t.Fatalf("after removing (-want +got):\n%s", diff)
	}
	undo := p.Session().Undo
	if undo == nil || !strings.Contains(undo.Text, "lab") {
		t.Fatalf("nothing to undo: %+v", undo)
	}
	if err := p.Undo(undo.ID); err != nil {
		t.Fatal(err)
	}
	if got := p.member("lab").ID; got != id {
		t.Errorf("it came back as another member: %s, was %s", got, id)
	}
	if err := p.CopyKubeconfig(t.Context(), id, bridge.KubeconfigSecrets); err != nil || !strings.Contains(p.clipboard, "token-of-lab") {
		t.Errorf("its secret did not come back: %v", err)
	}
	if err := p.CopyKubeconfig(t.Context(), id, bridge.KubeconfigPublic); err != nil || strings.Contains(p.clipboard, "token-of-lab") || !strings.Contains(p.clipboard, "https://127.0.0.1:9/lab") {
		t.Errorf("copy without secrets: %v\n%s", err, p.clipboard)
	}
	primary := p.member("home").ID
	for what, err := range map[string]error{
		"remove the primary":     p.RemoveMembers(t.Context(), []string{primary}, false),
		"switch the primary off": p.SwitchMembers([]string{primary}, true),
		"undo twice":             p.Undo(undo.ID),
	} {
		if err == nil {
			t.Errorf("%s: no error", what)
		}
	}
}

func TestForgettingLeavesNothing(t *testing.T) {
	m := newMachine(t)
	p := m.start(t)
	offline(t, p)
	if err := addMembers(p, "lab", "edge"); err != nil {
		t.Fatal(err)
	}
	if err := p.RemoveMembers(t.Context(), []string{p.member("edge").ID}, false); err != nil {
		t.Fatal(err)
	}
	if err := p.LogOut(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	s := p.Session()
	if s.Phase != bridge.PhaseWelcome || len(s.Known) != 0 {
		t.Errorf("phase %s, known %+v", s.Phase, s.Known)
	}
	memory, ok := m.keychain.(*keychain.Memory)
	if !ok {
		t.Fatal("not the memory keychain")
	}
	if left := memory.Users(serviceOf(m)); len(left) > 0 {
		t.Errorf("the keychain still holds %v", left)
	}
	p.quit()
	if got := m.start(t).Session().Phase; got != bridge.PhaseWelcome {
		t.Errorf("the next start is in phase %s", got)
	}
}

func TestLoggedOutPrimaryIsKnown(t *testing.T) {
	p := newMachine(t).start(t)
	offline(t, p)
	if err := p.LogOut(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	known := p.Session().Known
	if len(known) != 1 || known[0].Name != "home" || known[0].Identity != "ana" || known[0].Current {
		t.Fatalf("known: %+v", known)
	}
	if err := p.LogInKnown(known[0].ViewID); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"home"}, p.names("")); diff != "" {
		t.Error(diff)
	}
}

func TestKeychainMissing(t *testing.T) {
	p := (&machine{dir: t.TempDir(), keychain: broken{}}).start(t)
	p.until("the welcome says so", func() bool { return p.Session().Keychain.State == bridge.KeychainMissing })
	err := p.LogIn(t.Context(), bridge.LogInRequest{Ticket: p.paste(deadKubeconfig("home", jwt("ana"))), Primary: bridge.Pick{Name: "home"}, Offline: true})
	e, ok := errors.AsType[*bridge.Error](p.Failed(err))
	if !ok || e.Code != bridge.CodeKeychain || e.Hint == "" {
		t.Fatalf("without a keychain: %+v", e)
	}
	if s := p.Session(); s.Keychain.State != bridge.KeychainMissing || s.Keychain.Hint == "" || len(s.Known) != 0 {
		t.Errorf("session: %+v, known %+v", s.Keychain, s.Known)
	}
	if err := p.UseMemoryOnly(); err != nil {
		t.Fatal(err)
	}
	offline(t, p)
	if got := p.Session().Keychain.State; got != bridge.KeychainMemory {
		t.Errorf("keychain state %s", got)
	}
}

func TestClashesAreShown(t *testing.T) {
	p := newMachine(t).start(t)
	offline(t, p)
	if err := addMembers(p, "lab"); err != nil {
		t.Fatal(err)
	}
	found, err := p.Import(p.paste(deadKubeconfig("lab", "token-of-lab")))
	if err != nil {
		t.Fatal(err)
	}
	c := found.Candidates[0]
	if c.MemberName != "lab" || c.MemberID != p.member("lab").ID || !c.NameTaken {
		t.Errorf("the clash is not shown: %+v", c)
	}
}

// TestBadInput wants a clear error in the envelope for whatever is pasted, and the program as it was.
func TestBadInput(t *testing.T) {
	p := newMachine(t).start(t)
	for name, body := range map[string]string{
		"empty":     "",
		"binary":    "\x00\x01\x02\xff\xfe",
		"truncated": "apiVersion: v1\nkind: Config\nclusters: [{name: a, cluster: {ser",
		"wrong":     "apiVersion: v2\nkind: Pod\n",
		"50 MB":     strings.Repeat("a: b\n", 10<<20),
		"duplicate": "apiVersion: v1\nkind: Config\ncontexts: []\ncontexts: []\n",
		"bomb":      bomb(),
	} {
		t.Run(name, func(t *testing.T) {
			found, err := p.Import(p.paste([]byte(body)))
			if err != nil {
				t.Fatal(err)
			}
			if s := found.Sources[0]; s.Problem == "" || len(found.Candidates) != 0 {
				t.Errorf("no problem is shown: %+v, %d candidates", s, len(found.Candidates))
			}
		})
	}
}

// bomb is text of some hundred bytes that would expand to a billion nodes.
func bomb() string {
	s := "a0: &a0 [x]\n"
	for n := range 9 {
		s += fmt.Sprintf("a%d: &a%d [%s]\n", n+1, n+1, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d,", n), 10), ","))
	}
	return s + "kind: Config\n"
}

func TestAnswersOfTheHandler(t *testing.T) {
	p := newMachine(t).start(t)
	for _, c := range []struct {
		method, path, body string
		status             int
		code               bridge.Code
	}{
		{http.MethodGet, "/api/session", "", http.StatusOK, ""},
		{http.MethodGet, "/api/fleet", "", http.StatusOK, ""},
		{http.MethodGet, "/api/import/nothing", "", http.StatusUnprocessableEntity, bridge.CodeNotFound},
		{http.MethodGet, "/api/members/x/diagnostics", "", http.StatusUnprocessableEntity, bridge.CodeBusy},
		{http.MethodPost, "/api/seal", "{not json", http.StatusUnprocessableEntity, bridge.CodeInternal},
		{http.MethodPost, "/api/seal", `{"action":"unlock"}`, http.StatusUnprocessableEntity, bridge.CodeBusy},
		{http.MethodGet, "/api/nothing", "", http.StatusNotFound, bridge.CodeNotFound},
	} {
		t.Run(c.method+" "+c.path, func(t *testing.T) {
			w := httptest.NewRecorder()
			p.handler.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), c.method, c.path, strings.NewReader(c.body)))
			var e bridge.Error
			if err := json.Unmarshal(w.Body.Bytes(), &e); err != nil {
				t.Fatalf("no JSON: %s", w.Body)
			}
			if w.Code != c.status || e.Code != c.code {
				t.Errorf("%d %q, want %d %q: %s", w.Code, e.Code, c.status, c.code, w.Body)
			}
		})
	}
}

func TestSecondProgramOnOneProfile(t *testing.T) {
	m := newMachine(t)
	m.start(t)
	second := m.start(t)
	_, err := second.ImportDefaults()
	if e := second.Failed(err); e.Code != bridge.CodeBusy || !strings.Contains(e.Message, "already runs") {
		t.Errorf("the second program says %+v", e)
	}
}

func TestSettingsAreParsedNotTrusted(t *testing.T) {
	m := newMachine(t)
	p := m.start(t)
	if err := p.SaveSettings(bridge.Settings{Theme: "<script>", Density: "compact", LogLevel: "debug"}); err != nil {
		t.Fatal(err)
	}
	p.quit()
	want := bridge.Settings{Theme: "system", Density: "compact", LogLevel: "debug"}
	if diff := cmp.Diff(want, m.start(t).Session().Settings); diff != "" {
		t.Errorf("settings after a restart (-want +got):\n%s", diff)
	}
}

// TestDamagedFilesDontStopTheStart spoils each of the program's files in turn: the start shows the welcome or the view, and keeps the damaged file.
func TestDamagedFilesDontStopTheStart(t *testing.T) {
	m := newMachine(t)
	p := m.start(t)
	offline(t, p)
	if err := p.SaveSettings(bridge.Settings{Theme: "dark"}); err != nil {
		t.Fatal(err)
	}
	p.quit()
	files := 0
	err := filepath.WalkDir(m.dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == "lock" || filepath.Base(filepath.Dir(path)) == "logs" {
			return err
		}
		files++
		good, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(`{"half`), 0o600); err != nil {
			return err
		}
		damaged := m.start(t)
		if phase := damaged.Session().Phase; phase != bridge.PhaseWelcome && phase != bridge.PhaseReady {
			t.Errorf("%s damaged: phase %s", d.Name(), phase)
		}
		if _, err := damaged.Import(damaged.paste(deadKubeconfig("x", "t"))); err != nil {
			t.Errorf("%s damaged: %v", d.Name(), err)
		}
		damaged.quit()
		return os.WriteFile(path, good, 0o600)
	})
	if err != nil || files < 4 {
		t.Fatalf("%d files, %v", files, err)
	}
}

func TestOfferedFilesOpenTheImport(t *testing.T) {
	m := newMachine(t)
	p := m.start(t)
	file := write(t, "config", deadKubeconfig("lab", "t"))
	p.Offer([]string{file})
	p.until("the import opens", func() bool {
		p.mu.Lock()
		defer p.mu.Unlock()
		return len(p.opened) == 1
	})
	found, err := p.Import(p.opened[0])
	if err != nil || len(found.Candidates) != 1 || found.Candidates[0].Context != "lab" {
		t.Errorf("%v %+v", err, found)
	}
}

// TestColorsAgree holds the page's colours to the view's.
func TestColorsAgree(t *testing.T) {
	if diff := cmp.Diff(sorted(bridge.Colors), sorted(viewColors())); diff != "" {
		t.Error(diff)
	}
	if !slices.Contains(bridge.Colors, "blue") {
		t.Error("no blue")
	}
}
