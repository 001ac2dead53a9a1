package podlogs

import (
	"bytes"
	"errors"
	"hash/maphash"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestPlain(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"as it is":                  {"GET /\t200", "GET /\t200"},
		"colours":                   {"\x1b[31;1mred\x1b[0m", "red"},
		"cursor and clear":          {"a\x1b[2J\x1b[H\x1b[?25lb", "ab"},
		"title":                     {"\x1b]0;you are hacked\x07text", "text"},
		"link":                      {"\x1b]8;;https://x.test\x1b\\click\x1b]8;;\x1b\\", "click"},
		"title that never ends":     {"\x1b]0;shown all the same", "0;shown all the same"},
		"sixel":                     {"a\x1bPq#0\x1b\\b", "ab"},
		"character set":             {"\x1b(Bok\x1b=", "ok"},
		"8-bit control":             {"a\u009b31mb", "ab"},
		"broken off":                {"a\x1b[31", "a"},
		"broken by a letter beyond": {"a\x1b[3\x01b", "ab"},
		"lone escape":               {"a\x1b", "a"},
		"bell and null":             {"a\a\x00b", "ab"},
		"backspaces":                {"a\b\bb", "ab"},
		"carriage returns":          {"10%\r20%", "10% 20%"},
		"invalid":                   {"a\xff\xfeb", "a\ufffd\ufffdb"},
		"right to left":             {"gpj.\u202eexe", "gpj.exe"},
		"isolates, zero width":      {"a\u2066b\u2069\u200bc\ufeff", "abc"},
		"line separator":            {"a\u2028b", "a b"},
		"letters of all kinds":      {"Grüße 日本 🚀", "Grüße 日本 🚀"},
		"markup":                    {`<img src=x onerror=alert(1)>`, `<img src=x onerror=alert(1)>`},
	} {
		t.Run(name, func(t *testing.T) {
			if got := plain([]byte(c.in)); got != c.want {
				t.Errorf("%q became %q, want %q", c.in, got, c.want)
			}
		})
	}
}

func TestLevelOf(t *testing.T) {
	for line, want := range map[string]Level{
		`{"ts":1,"level":"error","msg":"info"}`:               Error,
		`{"severity": "WARNING", "message": "x"}`:             Warning,
		`{"msg":"the level is error","lvl":"dbug"}`:           Unknown,
		`{"msg":"level","level":30}`:                          Info,
		`{"time":"x","level":50}`:                             Error,
		`{"log.level":"Trace"}`:                               Debug,
		`{"level":{"name":"error"}}`:                          Unknown,
		`time=x level=warn msg="error"`:                       Warning,
		`level="info" msg=x`:                                  Info,
		`ts=1 lvl=eror`:                                       Error,
		`sublevel=error`:                                      Unknown,
		`I1123 18:25:44.1   1 main.go:1] error count 0`:       Info,
		`W1123 18:25:44.1   1 main.go:1] x`:                   Warning,
		`E1123 18:25:44.1   1 main.go:1] x`:                   Error,
		`F1123 18:25:44.1   1 main.go:1] x`:                   Error,
		`E1234 is a form`:                                     Unknown,
		`2026-11-23 18:25:44,123 ERROR [main] o.a.C: x`:       Error,
		`2026-11-23 INFO retry after ERROR`:                   Info,
		`2026/11/23 18:25:44 [error] 29#29: *1 open() failed`: Error,
		`[WARN] x`:             Warning,
		`<debug> x`:            Debug,
		`error: no such host`:  Error,
		`panic: runtime error`: Error,
		`FATAL:  the database system is starting up`: Error,
		`an error, but who knows`:                    Unknown,
		`INFORMATIONAL x`:                            Info,
		`MIRROR ERRORS_TOTAL 3`:                      Unknown,
		``:                                           Unknown,
		`W`:                                          Unknown,
		`{"level":`:                                  Unknown,
		strings.Repeat("x ", 200) + "ERROR":          Unknown,
		"\tat com.example.Main(Main.java:1)":         Unknown,
		`NOTICE: table does not exist`:               Info,
		`ts=2026 caller=x level=`:                    Unknown,
	} {
		if got := levelOf(line); got != want {
			t.Errorf("%.60q is %s, want %s", line, got, want)
		}
	}
}

func readAll(in io.Reader) ([]record, *reader, error) {
	r := newReader(in, maphash.MakeSeed())
	var all []record
	for {
		next, err := r.next()
		if err != nil {
			return all, r, err
		}
		next.text = bytes.Clone(next.text)
		all = append(all, next)
	}
}

func TestReader(t *testing.T) {
	at := time.Date(2026, 11, 23, 18, 25, 44, 123456789, time.UTC)
	stamped := "2026-11-23T18:25:44.123456789Z "
	type want struct {
		Stamped bool
		Text    string
		Cut     int
	}
	for name, c := range map[string]struct {
		in   string
		want []want
		rest string
	}{
		"lines":             {stamped + "a\n" + stamped + "b\n", []want{{true, "a", 0}, {true, "b", 0}}, ""},
		"empty line":        {stamped + "\n", []want{{true, "", 0}}, ""},
		"other time zone":   {"2026-11-23T20:25:44.123456789+02:00 a\n", []want{{true, "a", 0}}, ""},
		"no time":           {"hello world\n\n", []want{{false, "hello world", 0}, {false, "", 0}}, ""},
		"windows":           {stamped + "a\r\n", []want{{true, "a", 0}}, ""},
		"no end":            {stamped + "a\n" + stamped + "b", []want{{true, "a", 0}}, "b"},
		"as long as may be": {stamped + strings.Repeat("x", maxLine) + "\n", []want{{true, strings.Repeat("x", maxLine), 0}}, ""},
		"one byte more":     {stamped + strings.Repeat("x", maxLine) + "y\n", []want{{true, strings.Repeat("x", maxLine), 1}}, ""},
		"cut in a letter":   {stamped + strings.Repeat("x", maxLine-1) + "ü\n", []want{{true, strings.Repeat("x", maxLine-1), 2}}, ""},
		"5 MB":              {stamped + strings.Repeat("x", 5<<20) + "\n" + stamped + "b\n", []want{{true, strings.Repeat("x", maxLine), 5<<20 - maxLine}, {true, "b", 0}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			records, r, err := readAll(iotest.OneByteReader(strings.NewReader(c.in)))
			if len(c.in) > 1<<20 {
				records, r, err = readAll(strings.NewReader(c.in))
			}
			if !errors.Is(err, io.EOF) {
				t.Fatal(err)
			}
			var got []want
			for _, l := range records {
				got = append(got, want{l.time.Equal(at), string(l.text), l.cut})
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("lines (-want +got):\n%s", diff)
			}
			if rest, _ := r.rest(); string(rest.text) != c.rest {
				t.Errorf("the rest is %q, want %q", rest.text, c.rest)
			}
		})
	}
}

// A line of 5 MB must not cost 5 MB.
func TestLongLinesCostNothing(t *testing.T) {
	line := []byte("2026-11-23T18:25:44Z " + strings.Repeat("x", 5<<20) + "\n")
	result := testing.Benchmark(func(b *testing.B) {
		b.Helper()
		b.ReportAllocs()
		for range b.N {
			if _, _, err := readAll(bytes.NewReader(line)); !errors.Is(err, io.EOF) {
				b.Fatal(err)
			}
		}
	})
	if got := result.AllocedBytesPerOp(); got > 200<<10 {
		t.Errorf("a line of 5 MB takes %d bytes of memory", got)
	}
}

// FuzzLine holds that whatever comes is shown as plain text, and that all bytes are accounted for.
func FuzzLine(f *testing.F) {
	for _, seed := range []string{
		"2026-11-23T18:25:44.123456789Z \x1b[31mE1123 18:25:44\x1b[0m\n", "x\r\n\xff\n", `{"level":"warn"` + "\n", "\x1b]0;\x1b\\\n", "a=\"level=",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		records, _, _ := readAll(bytes.NewReader(in))
		if len(records) != bytes.Count(in, []byte{'\n'}) {
			t.Fatalf("%d lines of %d", len(records), bytes.Count(in, []byte{'\n'}))
		}
		for _, r := range records {
			if r.cut < 0 || len(r.text) > maxLine {
				t.Fatalf("%d bytes, %d cut", len(r.text), r.cut)
			}
			text := plain(r.text)
			if !utf8.ValidString(text) || strings.IndexFunc(text, func(c rune) bool { return c != '\t' && !unicode.IsPrint(c) }) >= 0 {
				t.Fatalf("%q became %q", r.text, text)
			}
			if again := plain([]byte(text)); again != text {
				t.Fatalf("%q became %q, then %q", r.text, text, again)
			}
			levelOf(text)
		}
	})
}
