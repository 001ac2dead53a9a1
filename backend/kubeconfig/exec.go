package kubeconfig

import (
	"fmt"
	"slices"
	"strings"

	"github.com/binnacle-dev/binnacle/backend/secret"
)

// execSpec is a program that would be asked for the credential.
type execSpec struct {
	command, apiVersion, mode, hint string
	args                            []string // may hold secrets: shownArgs
	env                             []execEnv
	clusterInfo                     bool
}

type execEnv struct {
	name  string
	value secret.Value
}

func (e *entry) readExec(p pair) *execSpec {
	if isNull(p.value) {
		return nil
	}
	s := &execSpec{}
	for _, q := range e.object(p) {
		switch q.key {
		case "command":
			s.command = e.text(q)
		case "args":
			s.args = e.list(q)
		case "env":
			s.env = e.readEnv(q)
		case "apiVersion":
			s.apiVersion = e.text(q)
		case "interactiveMode":
			s.mode = e.text(q)
		case "installHint":
			s.hint = e.text(q)
		case "provideClusterInfo":
			s.clusterInfo = e.truth(q)
		}
	}
	return s
}

func (e *entry) readEnv(p pair) []execEnv {
	var env []execEnv
	for _, item := range deref(p.value).Content {
		var v execEnv
		for _, q := range e.object(pair{p.key, item.Line, item}) {
			switch q.key {
			case "name":
				v.name = e.text(q)
			case "value":
				v.value = e.secret(q)
			}
		}
		env = append(env, v)
	}
	return env
}

// judge holds the program to kubectl's rules and says what it is.
func (s *execSpec) judge(j userJudge) {
	if s.command == "" {
		j.bad("exec", "exec names no command")
	}
	if s.apiVersion == "" {
		j.bad("exec", "exec has no apiVersion, such as client.authentication.k8s.io/v1")
	}
	old := strings.HasSuffix(s.apiVersion, "/v1alpha1") || strings.HasSuffix(s.apiVersion, "/v1beta1")
	if modes := []string{"Never", "IfAvailable", "Always"}; !slices.Contains(modes, s.mode) && (s.mode != "" || !old) {
		j.bad("exec", "exec must have an interactiveMode of Never, IfAvailable or Always")
	}
	if slices.ContainsFunc(s.env, func(v execEnv) bool { return v.name == "" }) {
		j.bad("exec", "exec sets an environment variable that has no name")
	}
	if j.auth != AuthNone {
		j.flag(FlagIgnored, SeverityInfo, "Program not used", "The exec plugin "+quoted(s.command)+" never runs beside the other credential of this user.")
		return
	}
	j.is(AuthExec)
	detail := "Runs " + quoted(j.e.commandPath(s.command))
	if len(s.args) > 0 {
		detail += " with " + few(shownArgs(s.args), 20)
	}
	if len(s.env) > 0 {
		names := make([]string, len(s.env))
		for i, v := range s.env {
			names[i] = v.name
		}
		detail += fmt.Sprintf("; sets the environment variables %s (values not shown)", few(names, 20))
	}
	j.flag(FlagExec, SeverityDanger, "Runs a program", detail+". Nothing runs before you allow it."+j.convert(s.conversion()))
}

// shownArgs keeps back what follows --password, --client-secret= and the like.
func shownArgs(args []string) []string {
	out := make([]string, len(args))
	hide := false
	for i, arg := range args {
		name, _, has := strings.Cut(arg, "=")
		switch {
		case hide && !strings.HasPrefix(arg, "-"):
			out[i] = "redacted"
		case has && secretName(name):
			out[i] = name + "=redacted"
		default:
			out[i] = hideInline(arg)
		}
		hide = !has && strings.HasPrefix(arg, "-") && secretName(arg)
	}
	return out
}

func secretName(name string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc([]string{"secret", "password", "passwd", "passphrase", "token", "apikey", "api-key", "credential"}, func(end string) bool {
		return strings.HasSuffix(name, end)
	})
}

// hideInline keeps back user:password@ in a URL and what follows "Bearer".
func hideInline(arg string) string {
	if i := strings.Index(strings.ToLower(arg), "bearer "); i >= 0 && len(strings.ToLower(arg)) == len(arg) {
		return arg[:i] + "Bearer redacted"
	}
	before, address, ok := strings.Cut(arg, "://")
	userinfo, rest, at := strings.Cut(address, "@")
	if !ok || !at || strings.ContainsAny(userinfo, "/?#") {
		return arg
	}
	return before + "://redacted@" + rest
}
