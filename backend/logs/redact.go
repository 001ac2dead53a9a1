package logs

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

const (
	hidden = "[redacted]"
	// maxText bounds one string of a line: more is of no use, and a webview or a server may send megabytes.
	maxText = 16 << 10
)

// Redact takes everything out of a text that looks like a secret, and cuts it at 16 KiB. Diagnostics use it too.
func Redact(s string) string {
	const looked = 4 * maxText // so that a secret across the cut is seen whole
	cut := len(s) > maxText
	s = s[:min(len(s), looked)]
	s = words(pairs(blocks(s)))
	if cut {
		s = strings.ToValidUTF8(s[:min(len(s), maxText)], "") + " [cut]"
	}
	return s
}

// Each pattern runs only on a text that has one of a few plain words which it needs: Go's regexp does about 1 MB/s on
// these, strings.Contains a thousand times that, and most texts have none. For the same reason none is compiled before it is
// needed: all of them together are some milliseconds of each start.
//
//nolint:gochecknoglobals // constants, as far as Go has such
var (
	// A PEM block, or as much as there is of it.
	pem = lazily(`(?s)-----BEGIN [A-Z0-9 ]+-----.*?(?:-----END [A-Z0-9 ]+-----|$)`)
	// The same in base64, as in a kubeconfig.
	pem64 = lazily(`LS0tLS1CRUdJTi[A-Za-z0-9+/=_-]*`)
	// A JWT, or as much as there is of it.
	jwt = lazily(`eyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){0,4}`)
	// Tokens that say what they are: age, AWS and EKS, Google, OpenShift, GitHub, GitLab, DigitalOcean, Slack.
	marked = lazily(`(?:AGE-SECRET-KEY-|AGE-PLUGIN-|AKIA|ASIA|k8s-aws-v1\.|ya29\.|sha256~|gh[pousr]_|glpat-|dop_v1_|xox[a-z]-)[A-Za-z0-9_.~+/=-]{8,}`)
	// An HTTP authorization, without its header's name.
	scheme = lazily(`(?i)\b(bearer|basic)(\s+|%20|\+)([A-Za-z0-9._~+/=%-]{6,})`)
	// user:password@host in a URL.
	userinfo = lazily(`([A-Za-z][A-Za-z0-9+.-]*://)[^\s"'<>]*@`)
	// What a sign-in sends back in a URL.
	query = lazily(`(?i)([?&#](?:code|state|session_state|nonce|ticket)=)[^&\s"']*`)
	// A telling name and its value: name=value, "name": "value", name: value, YAML's name: | and indented lines; a value
	// in escaped quotes goes to the end of its line.
	pair = lazily(`(?i)((?:token|passw(?:or)?d|passphrase|secret|credential|api[_-]?key|access[_-]?key|private[_-]?key|key[_-]?data|code[_-]?verifier)[a-z0-9_-]*)` +
		`(\\*["']?\s*[:=]\s*)` +
		`("(?:[^"\\]|\\.)*"?|'[^']*'?|\\.*|[|>][-+0-9]*[ \t]*\n(?:[ \t]+[^\n]*(?:\n|$))*|\S+)`)
	// The same for names whose values have blanks.
	line = lazily(`(?i)((?:authorization|cookie|passwords?|passwd|passphrase)\\*["']?\s*[:=]\s*)("(?:[^"\\]|\\.)*"|.+)`)
	// An environment variable of a kubeconfig's exec block.
	env = lazily(`(?i)(name\\*["']?:\s*\\*["']?[a-z0-9_]*(?:token|passw|secret|credential|key)[a-z0-9_]*\\*["']?,?\s+\\*["']?value\\*["']?:\s*)(\S.*)`)
	// What follows "secret:" in prose: get secret: forbidden.
	prose = lazily(`^[a-z]{1,15}[.,:;]?$`)
)

func lazily(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}

// blocks takes out what spans lines.
func blocks(s string) string {
	if strings.Contains(s, "-----BEGIN ") {
		s = pem().ReplaceAllLiteralString(s, hidden)
	}
	if strings.Contains(s, "LS0tLS1CRUdJTi") {
		s = pem64().ReplaceAllLiteralString(s, hidden)
	}
	return s
}

// pairs takes out what stands behind a telling name.
func pairs(s string) string {
	if !strings.ContainsAny(s, ":=") {
		return s
	}
	low := strings.ToLower(s)
	if has(low, "authorization", "cookie", "passw", "passphrase") {
		s = line().ReplaceAllString(s, "${1}"+hidden)
	}
	if has(low, "token", "passw", "passphrase", "secret", "credential", "key", "verifier") {
		s = replace(pair(), s, func(m []string) string {
			if prose().MatchString(m[3]) && strings.TrimSpace(m[2]) == ":" {
				return m[0]
			}
			return m[1] + m[2] + hidden
		})
		if strings.Contains(low, "value") {
			s = env().ReplaceAllString(s, "${1}"+hidden)
		}
	}
	if strings.Contains(s, "://") && strings.Contains(s, "@") {
		s = userinfo().ReplaceAllString(s, "${1}"+hidden+"@")
	}
	if has(low, "code=", "state=", "nonce=", "ticket=") {
		s = query().ReplaceAllString(s, "${1}"+hidden)
	}
	return s
}

// words takes out what is a secret by its own look.
func words(s string) string {
	if strings.Contains(s, "eyJ") {
		s = jwt().ReplaceAllLiteralString(s, hidden)
	}
	if has(s, "AGE-", "AKIA", "ASIA", "k8s-aws-v1.", "ya29.", "sha256~", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "glpat-", "dop_v1_", "xox") {
		s = marked().ReplaceAllLiteralString(s, hidden)
	}
	if has(strings.ToLower(s), "bearer", "basic") {
		s = replace(scheme(), s, func(m []string) string {
			if prose().MatchString(m[3]) && strings.EqualFold(m[1], "basic") {
				return m[0] // basic authentication
			}
			return m[1] + m[2] + hidden
		})
	}
	return blobs(s)
}

// blobs takes out long runs of base64. One without capitals is a path or a fingerprint.
func blobs(s string) string {
	const shortest = 80
	if len(s) < shortest {
		return s
	}
	var b strings.Builder
	done, start, capitals := 0, 0, false
	for i := 0; i <= len(s); i++ {
		if i < len(s) && base64Byte(s[i]) {
			capitals = capitals || 'A' <= s[i] && s[i] <= 'Z'
			continue
		}
		if i-start >= shortest && capitals {
			b.WriteString(s[done:start])
			b.WriteString(hidden)
			done = i
		}
		start, capitals = i+1, false
	}
	if done == 0 {
		return s
	}
	return b.String() + s[done:]
}

func base64Byte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '+' || c == '/' || c == '_' || c == '-'
}

func has(s string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

// replace is ReplaceAllStringFunc with the groups of each match.
func replace(re *regexp.Regexp, s string, f func(groups []string) string) string {
	return re.ReplaceAllStringFunc(s, func(m string) string { return f(re.FindStringSubmatch(m)) })
}

// telling says whether a name says that its value is a secret.
func telling(key string) bool {
	const shortest = 3
	if len(key) < shortest {
		return false
	}
	k := strings.NewReplacer("-", "", "_", "", ".", "", " ", "").Replace(strings.ToLower(key))
	for _, word := range []string{
		"token", "passw", "passphrase", "secret", "authorization", "cookie", "credential", "kubeconfig", "privatekey",
		"keydata", "apikey", "accesskey", "bearer", "codeverifier", "viewkey", "identityfile",
	} {
		if strings.Contains(k, word) {
			return true
		}
	}
	return k == "pwd" || k == "jwt" || k == "pem"
}
