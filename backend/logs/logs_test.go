package logs_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/quick"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/logs"
	"github.com/binnacle-dev/binnacle/backend/secret"
)

// known is a secret that no pattern could guess: only the names around it tell.
const known = "Tr0ub4dor-and-3"

// session is a struct that somebody logs whole.
type session struct {
	User         string
	RefreshToken string
	Nested       map[string]any
	Env          []struct{ Name, Value string }
	hidden       string
}

// chatty has its secret in every way to print it.
type chatty struct{ Password string }

func (c chatty) String() string               { return "password=" + c.Password }
func (c chatty) MarshalText() ([]byte, error) { return []byte("password=" + c.Password), nil }

// lazy is only known when it is logged.
type lazy struct{}

func (lazy) LogValue() slog.Value {
	return slog.GroupValue(slog.String("client_secret", known), slog.String("text", "Bearer "+known))
}

// broken can't be marshalled, and says why in its own words.
type broken struct{}

func (broken) MarshalJSON() ([]byte, error) { return nil, errors.New("token " + known) }

// bomb panics.
type bomb struct{}

func (*bomb) Error() string { panic(known) }

func shapes() map[string]slog.Attr {
	header := http.Header{"Authorization": {"Bearer " + known}, "Cookie": {"a=" + known}, "Accept": {"*/*"}}
	address := &url.URL{Scheme: "https", User: url.UserPassword("alice", known), Host: "proxy.example"}
	inner := session{User: "alice", RefreshToken: known, hidden: known, Nested: map[string]any{"api_key": known, "list": []any{map[string]any{"idToken": known}}}}
	inner.Env = []struct{ Name, Value string }{{"AWS_SECRET_ACCESS_KEY", known}}
	return map[string]slog.Attr{
		"a telling key":      slog.String("access_token", known),
		"another spelling":   slog.String("Client-Secret", known),
		"text":               slog.String("text", "token="+known),
		"bytes":              slog.Any("body", []byte(known)),
		"telling bytes":      slog.Any("password", []byte(known)),
		"raw JSON":           slog.Any("raw", json.RawMessage(`{"a":{"password":"`+known+`"}}`)),
		"error":              slog.Any("err", fmt.Errorf("sign in: %w", errors.New("password="+known))),
		"url error":          slog.Any("err", &url.Error{Op: "Get", URL: address.String(), Err: errors.New("refused")}),
		"url":                slog.Any("url", address),
		"url value":          slog.Any("url", *address),
		"header":             slog.Any("header", header),
		"header as text":     slog.String("header", fmt.Sprint(header)),
		"struct":             slog.Any("session", inner),
		"pointer":            slog.Any("session", &inner),
		"slice":              slog.Any("sessions", []session{inner}),
		"struct under a key": slog.Any("credential", struct{ A []string }{[]string{known}}),
		"text marshaler":     slog.Any("who", chatty{known}),
		"map key":            slog.Any("m", map[string]int{"token=" + known: 1}),
		"telling number":     slog.Any("passwords", map[string]any{"n": json.Number("1"), "s": known}),
		"group":              slog.Group("oidc", slog.String("id_token", known), slog.Group("in", slog.String("cookie", known))),
		"telling group":      slog.Group("kubeconfig", slog.String("a", known), slog.Any("b", []string{known})),
		"valuer":             slog.Any("lazy", lazy{}),
		"can't be marshaled": slog.Any("broken", broken{}),
		"panics":             slog.Any("err", (*bomb)(nil)),
		"secret":             slog.Any("value", secret.New([]byte(known))),
		"secret inside":      slog.Any("value", struct{ V secret.Value }{secret.New([]byte(known))}),
		"key":                slog.Int("password="+known, 1),
	}
}

func record(log func(*slog.Logger)) string {
	var b bytes.Buffer
	log(slog.New(logs.NewHandler(slog.NewJSONHandler(&b, nil))))
	return b.String()
}

func TestNoShapeShowsASecret(t *testing.T) {
	for name, a := range shapes() {
		for how, log := range map[string]func(*slog.Logger){
			"record":    func(l *slog.Logger) { l.Info("m", a) },
			"with":      func(l *slog.Logger) { l.With(a).Info("m") },
			"in group":  func(l *slog.Logger) { l.WithGroup("g").With(a).WithGroup("h").Info("m", a) },
			"message":   func(l *slog.Logger) { l.Info("password=" + known) },
			"group key": func(l *slog.Logger) { l.WithGroup("token").Info("m", slog.String("a", known), a) },
		} {
			line := record(log)
			if strings.Contains(line, known) {
				t.Errorf("%s, %s: %s", name, how, line)
			}
			if !json.Valid([]byte(line)) {
				t.Errorf("%s, %s: not JSON: %s", name, how, line)
			}
		}
	}
}

// Any text under a telling name, at any depth, is gone.
func TestTellingNamesHideAnything(t *testing.T) {
	check := func(text string, depth uint8, which uint8) bool {
		s := "<" + text + "-" + known + ">"
		keys := []string{"token", "refreshToken", "PASSWORD", "passphrase", "client_secret", "kubeconfig", "private-key", "x-api-key", "view.key", "Set-Cookie"}
		var v any = map[string]any{keys[int(which)%len(keys)]: s}
		for range depth % 6 {
			v = map[string]any{"a": []any{v}}
		}
		return !strings.Contains(record(func(l *slog.Logger) { l.Info("m", slog.Any("v", v)) }), known)
	}
	if err := quick.Check(check, nil); err != nil {
		t.Error(err)
	}
}

func TestHarmlessStaysReadable(t *testing.T) {
	line := record(func(l *slog.Logger) {
		l.Info("member ready", slog.String("member", "a"), slog.Int("n", 3), slog.Duration("took", time.Second), slog.Bool("ok", true),
			slog.Any("err", errors.New("dial tcp: connection refused")), slog.Any("list", []string{"x"}), slog.Any("nothing", nil), slog.Group("g", slog.Float64("f", 0.5)))
	})
	var got map[string]any
	if err := json.Unmarshal([]byte(line), &got); err != nil {
		t.Fatal(err)
	}
	delete(got, "time")
	want := map[string]any{
		"level": "INFO", "msg": "member ready", "member": "a", "n": 3.0, "took": 1e9, "ok": true,
		"err": "dial tcp: connection refused", "list": []any{"x"}, "nothing": nil, "g": map[string]any{"f": 0.5},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestLevel(t *testing.T) {
	var b bytes.Buffer
	log, closer, level := logs.New(logs.Options{Level: slog.LevelWarn, Also: &b})
	log.Info("before")
	level.Set(slog.LevelDebug)
	log.Debug("after")
	if err := closer.Close(); err != nil {
		t.Error(err)
	}
	if s := b.String(); strings.Contains(s, "before") || !strings.Contains(s, "after") {
		t.Error(s)
	}
}

func TestFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "logs")
	log, closer, _ := logs.New(logs.Options{Dir: dir})
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the disk is touched before the first line: %v", err)
	}
	log.Info("first", slog.String("token", known))
	again, closer2, _ := logs.New(logs.Options{Dir: dir})
	again.Info("second")
	if err := errors.Join(closer.Close(), closer.Close(), closer2.Close()); err != nil {
		t.Error(err)
	}
	log.Info("lost")
	b, err := os.ReadFile(filepath.Join(dir, logs.Name))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(b)), "\n")
	if len(lines) != 2 || !strings.Contains(lines[0], "first") || !strings.Contains(lines[1], "second") || strings.Contains(string(b), known) {
		t.Errorf("%q", lines)
	}
	info, err := os.Stat(filepath.Join(dir, logs.Name))
	if err != nil || info.Mode().Perm()&0o077 != 0 && os.PathSeparator == '/' {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

// Lines stay whole over rotation, and no more than three files of five MB are kept.
func TestRotation(t *testing.T) {
	dir := t.TempDir()
	log, closer, _ := logs.New(logs.Options{Dir: dir})
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			for n := range 300 {
				log.Info("m", slog.Int("w", w), slog.Int("n", n), slog.String("text", strings.Repeat("x ", 6000)))
			}
		})
	}
	wg.Wait()
	if err := closer.Close(); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	last := map[float64]float64{}
	for _, name := range []string{logs.Name + ".2", logs.Name + ".1", logs.Name} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || len(b) > 5<<20 {
			t.Fatalf("%s: %d bytes, %v", name, len(b), err)
		}
		for line := range bytes.Lines(b) {
			var r struct{ W, N float64 }
			if err := json.Unmarshal(line, &r); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if before, ok := last[r.W]; ok && r.N != before+1 {
				t.Fatalf("%s: line %v after %v", name, r.N, before)
			}
			last[r.W] = r.N
		}
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if diff := cmp.Diff([]string{logs.Name, logs.Name + ".1", logs.Name + ".2"}, names); diff != "" {
		t.Errorf("files (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff(map[float64]float64{0: 299, 1: 299, 2: 299, 3: 299}, last); diff != "" {
		t.Errorf("last lines (-want +got)\n%s", diff)
	}
}

// A disk that can't be written never stops the program, and the other place still gets every line.
func TestNoDisk(t *testing.T) {
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	log, closer, _ := logs.New(logs.Options{Dir: blocked, Also: &b})
	log.Info("still here")
	if err := closer.Close(); err != nil || !strings.Contains(b.String(), "still here") {
		t.Errorf("%v, %s", err, b.String())
	}
}

// wailsLogger is the interface that Wails wants.
type wailsLogger interface {
	Print(message string)
	Trace(message string)
	Debug(message string)
	Info(message string)
	Warning(message string)
	Error(message string)
	Fatal(message string)
}

func TestWails(t *testing.T) {
	var b bytes.Buffer
	base := slog.New(logs.NewHandler(slog.NewJSONHandler(&b, &slog.HandlerOptions{Level: slog.LevelDebug})))
	var w wailsLogger = logs.ForWails(func() *slog.Logger { return base })
	for name, c := range map[string]struct {
		call      func(string)
		in        string
		want, not string
	}{
		"print":   {w.Print, "hello", `"level":"INFO","msg":"wails","text":"hello"`, known},
		"trace":   {w.Trace, "json call result data: {\"a\":\"" + known + "\"}\n", `"dropped":`, known},
		"debug":   {w.Debug, "[DevWebServer] x", `"level":"DEBUG"`, known},
		"info":    {w.Info, "password=" + known, "[redacted]", known},
		"warning": {w.Warning, "x", `"level":"WARN"`, known},
		"error":   {w.Error, "process message error: C{\"name\":\"main.App.Unlock\",\"args\":[\"" + known + "\"]} -> panic", `"text":"process message error:"`, known},
		"fatal":   {w.Fatal, "x", `"level":"ERROR"`, known},
	} {
		b.Reset()
		c.call(c.in)
		if got := b.String(); !strings.Contains(got, c.want) || strings.Contains(got, c.not) {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestEnabled(t *testing.T) {
	h := logs.NewHandler(slog.NewJSONHandler(&bytes.Buffer{}, nil))
	if h.Enabled(t.Context(), slog.LevelDebug) || !h.Enabled(t.Context(), slog.LevelInfo) {
		t.Error("the next handler decides")
	}
	var _ slog.Handler = h
}
