package plugin

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

func TestScreen(t *testing.T) {
	for in, want := range map[string]string{
		"plain":                                "plain",
		"\x1b[1;31mred\x1b[0m":                 "red",
		"\x1b]0;title\x07text":                 "text",
		"\x1b]8;;https://evil\x1b\\a link":     "a link",
		"10%\r50%\r100%\r\ndone":               "100%\ndone",
		"a\n\n\n  b  \n":                       "a\n  b",
		"turn\u202eround":                      `turn\u202eround`,
		"bell\x07 null\x00":                    `bell\u0007 null\u0000`,
		"\xa9cut in a character":               "cut in a character",
		"bad \xff byte":                        `bad \xff byte`,
		"an unended \x1b]0;title":              "an unended",
		"a\tb":                                 "a    b",
		"\x1b[?25lhidden cursor\x1b(B":         "hidden cursor",
		"https://x.example/?code=1 ABCD-EFGH ": "https://x.example/?code=1 ABCD-EFGH",
	} {
		if got := screen(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func FuzzScreen(f *testing.F) {
	f.Add("\x1b[31m\r\n\xff\x1b]8;;")
	f.Fuzz(func(t *testing.T, s string) {
		got := screen(s)
		if !utf8.ValidString(got) {
			t.Errorf("%q isn't UTF-8", got)
		}
		for line := range strings.SplitSeq(got, "\n") {
			if kubeconfig.Clean(line) != line {
				t.Errorf("%q isn't clean", line)
			}
		}
	})
}

// TestWantsPerson has what programs really say.
func TestWantsPerson(t *testing.T) {
	yes := []string{
		"Error when retrieving token from sso: Token has expired and refresh failed",
		"The SSO session associated with this profile has expired or is otherwise invalid. To refresh this SSO session run aws sso login with the corresponding profile.",
		"ERROR: (gcloud.config.config-helper) There was a problem refreshing your current auth tokens: Reauthentication failed. cannot prompt during non-interactive execution.\nPlease run:\n\n  $ gcloud auth login",
		"ERROR: Please run 'az login' to setup account.",
		"To sign in, use a web browser to open the page https://microsoft.com/devicelogin and enter the code ABC to authenticate.",
		"ERROR: Not logged in.",
		"error: You must be logged in to the server (Unauthorized)",
		"could not open a new TTY: open /dev/tty: no such device or address",
		"Assume Role MFA token code: EOF",
	}
	no := []string{
		"Error loading SSO Token: Token for prod does not exist",
		"Could not connect to the endpoint URL: \"https://sts.eu-west-1.amazonaws.com/\"",
		"Get \"https://login.microsoftonline.com/x\": dial tcp: lookup login.microsoftonline.com: no such host",
		"An error occurred (AccessDenied) when calling the AssumeRole operation",
		"panic: runtime error: index out of range",
		"",
	}
	for _, said := range slices.Concat(yes, no) {
		if got, want := wantsPerson(said), slices.Contains(yes, said); got != want {
			t.Errorf("%q: got %v", said, got)
		}
	}
}

func TestBatchFiles(t *testing.T) {
	for _, name := range []string{"tool.cmd", "TOOL.BAT"} {
		r := newRig(t)
		leave, err := r.enter()
		if err != nil {
			t.Fatal(err)
		}
		f := &file{path: name, target: name, script: runBy(name, "")}
		for arg, fine := range map[string]bool{"plain": true, "with blank": true, "a&calc": false, "%PATH%": false, `"`: false} {
			_, err := r.job(t.Context(), run{program: kubeconfig.Program{APIVersion: v1, Args: []string{arg}}, file: f})
			if (err == nil) != fine {
				t.Errorf("%s %s: %v", name, arg, err)
			}
		}
		leave()
	}
}

func TestImpossibleVariables(t *testing.T) {
	r := newRig(t)
	for _, name := range []string{"PATH=/evil", "A\x00B"} {
		p := r.program()
		p.Env = []kubeconfig.EnvVar{{Name: name, Value: value("x")}}
		_, err := r.allowed(t, p).Proof(t.Context(), kubeconfig.Proof{})
		_ = proofError(t, err)
	}
	if len(r.ran()) != 0 {
		t.Error("it ran")
	}
}
