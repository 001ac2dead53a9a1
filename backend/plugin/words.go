package plugin

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

const (
	maxShown = 300     // runes of a path or an argument
	maxHint  = 1000    // runes of an install hint
	maxSaid  = 4 << 10 // bytes of what a program said that are kept: the last
	maxQuote = 400     // runes of that in a sentence
	shortest = 5       // characters of a value that is worth hiding: shorter ones are everywhere
)

func shownPath(path string) string { return clip(kubeconfig.Clean(path), maxShown) }

// name is how a program is called in a sentence.
func name(p kubeconfig.Program) string { return shownPath(filepath.Base(p.Command)) }

func cleanAll(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = shownPath(s)
	}
	return out
}

// clip cuts s after n runes.
func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}

// tail keeps the end of what a program says.
type tail struct {
	show func(string) // or nil; gets all that is kept, fit to be shown

	mu   sync.Mutex
	kept []byte
}

func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	t.kept = append(t.kept, b[max(0, len(b)-maxSaid):]...)
	t.kept = slices.Delete(t.kept, 0, max(0, len(t.kept)-maxSaid))
	t.mu.Unlock()
	if t.show != nil {
		t.show(t.text())
	}
	return len(b), nil
}

func (t *tail) text() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return screen(string(t.kept))
}

// escapes are what a terminal obeys instead of showing it: colours, titles, links.
var escapes = regexp.MustCompile("\x1b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\x07\x1b]*(?:\x07|\x1b\\\\)?|[()*+].|[@-Z\\\\^_])")

// screen is a program's output as a terminal would leave it, without colours and tricks.
func screen(s string) string {
	for i := 0; i < utf8.UTFMax && i < len(s); i++ { // it may begin amid a character
		if utf8.RuneStart(s[i]) {
			s = s[i:]
			break
		}
	}
	s = escapes.ReplaceAllLiteralString(s, "")
	var lines []string
	for line := range strings.Lines(s) {
		line = strings.TrimRight(line, "\r\n \t")
		line = line[strings.LastIndexByte(line, '\r')+1:] // progress that overwrites itself
		if line = kubeconfig.Clean(strings.ReplaceAll(line, "\t", "    ")); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// hide takes out of a text what the kubeconfig gives the program in confidence: values of variables and arguments that aren't shown.
func hide(text string, p kubeconfig.Program) string {
	var secrets []string
	for _, v := range p.Env {
		secrets = append(secrets, string(v.Value.Reveal()))
	}
	for i, shown := range p.ShownArgs() {
		if arg := p.Args[i]; arg != shown {
			_, value, _ := strings.Cut(arg, "=")
			secrets = append(secrets, arg, value)
		}
	}
	slices.SortFunc(secrets, func(a, b string) int { return len(b) - len(a) }) // a whole before its parts
	for _, s := range secrets {
		if len(s) >= shortest {
			text = strings.ReplaceAll(text, s, "[redacted]")
		}
	}
	return text
}

// quote is the end of what was said, for a sentence.
func quote(said string) string {
	said = strings.Join(strings.Fields(said), " ")
	if r := []rune(said); len(r) > maxQuote {
		said = "…" + string(r[len(r)-maxQuote:])
	}
	return said
}

// wantsPerson guesses from what a failed program said whether it needs the person. A wrong guess costs a click; a missed one costs
// tries that can't succeed, until the person looks.
func wantsPerson(said string) bool {
	said = strings.ToLower(said)
	return slices.ContainsFunc([]string{
		"log in again", "login again", "sign in again", "sign-in again", "please log in", "please login", "please sign in", "please run", "to log in", "to login", "to sign in",
		"not logged in", "must be logged in", "logged out", "sso login", "az login", "auth login", "tsh login", "oc login", "reauth", "re-auth",
		"session has expired", "session expired", "token has expired", "token expired", "credentials have expired", "refresh failed",
		"interactive", "a terminal", "a tty", "/dev/tty", "standard input", "stdin", "inappropriate ioctl", "device code", "devicelogin", "open the following", "in your browser", "a web browser",
		"password:", "passcode", "mfa", "one-time", "otp code", "no display",
	}, func(phrase string) bool { return strings.Contains(said, phrase) })
}
