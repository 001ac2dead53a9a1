package plugin

import (
	"context"
	"encoding/hex"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/secret"
)

// Question is what the person is asked before a program runs. Its texts are cleaned and hold no secret.
type Question struct {
	ID          string   // of all that is asked, in this process only: equal IDs, equal questions
	Command     string   // as the kubeconfig names it
	Path        string   // where it was found
	Target      string   // the file itself, where Path has symbolic links; else ""
	Hash        string   // SHA-256 of the file, hexadecimal
	Script      string   // what the file is run by, when it is a script: its first line without #!; else ""
	ShownArgs   []string // with what looks like a secret kept back
	EnvNames    []string // of the variables that the kubeconfig sets; values aren't shown
	Server      string   // that gets the answer
	InstallHint string   // by the kubeconfig
	Warnings    []string // sentences
	Changed     []string // sentences: what is another than the person allowed for the same server; none: never allowed
	Approved    bool
	Missing     bool     // there is nothing to allow
	Looked      []string // where it was looked for

	facts facts // what Approve keeps
}

// Inspect looks at what would run. It runs nothing but, once, the person's login shell for its PATH.
func (p *Plugins) Inspect(ctx context.Context, program kubeconfig.Program, endpoint kubeconfig.Endpoint) (Question, error) {
	leave, err := p.enter()
	if err != nil {
		return Question{}, err
	}
	defer leave()
	q, f, err := p.inspect(ctx, program, endpoint)
	if f != nil {
		f.close()
	}
	return q, err
}

// inspect is Inspect for one who may run the file; the caller closes it. It is nil when the program is missing or can't be read.
func (p *Plugins) inspect(ctx context.Context, program kubeconfig.Program, endpoint kubeconfig.Endpoint) (Question, *file, error) {
	facts := newFacts(program, endpoint)
	q := Question{
		Command: shownPath(program.Command), ShownArgs: cleanAll(program.ShownArgs()), EnvNames: cleanAll(facts.env),
		Server: kubeconfig.Clean(endpoint.Server), InstallHint: clip(kubeconfig.Clean(program.InstallHint), maxHint),
	}
	path, looked, err := p.find(ctx, program.Command)
	if err != nil {
		return q, nil, err
	}
	if path == "" {
		q.Missing, q.Looked = true, looked
		return q, nil, nil
	}
	f, err := examine(path)
	if err != nil {
		return q, nil, err
	}
	facts.path, facts.target, facts.hash = f.path, f.target, f.hash
	q.facts = facts
	q.Path, q.Hash, q.Script = shownPath(f.path), f.hash, f.script
	if f.target != f.path {
		q.Target = shownPath(f.target)
	}
	all, err := p.o.Approvals.Load()
	if err != nil {
		f.close()
		return q, nil, &kubeconfig.ProofError{Why: "The list of allowed programs can't be read. Try again; if that doesn't help, they must be allowed anew.", Err: err}
	}
	q.ID = p.questionID(facts)
	q.Approved, q.Changed = compare(all, facts)
	q.Warnings = warnings(f, program)
	return q, f, nil
}

func (p *Plugins) questionID(f facts) string {
	text := marshal([]any{f.path, f.target, f.hash, f.endpoint, f.env, f.args.Reveal(), f.values.Reveal()})
	return hex.EncodeToString(digest(p.key, secret.New(text))[:16])
}

func warnings(f *file, program kubeconfig.Program) []string {
	words := strangers(f.path, f.target)
	if f.script != "" {
		words = append(words, "It is a script: the programs that it calls are not part of what you allow.")
	}
	if names := takeover(program.Env); len(names) > 0 {
		words = append(words, fmt.Sprintf("The kubeconfig sets %s: that can make the program run other code.", strings.Join(names, ", ")))
	}
	return words
}

// takeover gives the variables that lead programs to code of someone else's choice.
func takeover(env []kubeconfig.EnvVar) []string {
	var names []string
	for _, v := range env {
		name := strings.ToUpper(v.Name)
		loads := slices.Contains([]string{
			"PATH", "PATHEXT", "BASH_ENV", "ENV", "IFS", "PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "PERL5LIB", "PERL5OPT",
			"RUBYOPT", "RUBYLIB", "NODE_OPTIONS", "NODE_PATH", "JAVA_TOOL_OPTIONS", "GCONV_PATH", "AWS_CONFIG_FILE", "CLOUDSDK_CONFIG",
		}, name)
		if loads || strings.HasPrefix(name, "LD_") || strings.HasPrefix(name, "DYLD_") {
			names = append(names, kubeconfig.Clean(v.Name))
		}
	}
	return names
}

// admit is the one way to a run: it gives the file only when exactly this was allowed. The caller closes it.
func (p *Plugins) admit(ctx context.Context, program kubeconfig.Program, endpoint kubeconfig.Endpoint) (*file, error) {
	q, f, err := p.inspect(ctx, program, endpoint)
	switch {
	case err != nil:
		return nil, err
	case q.Missing:
		return nil, missing(q)
	case !q.Approved:
		f.close()
		why := fmt.Sprintf("%s must be allowed before it runs.", name(program))
		if len(q.Changed) > 0 {
			why = fmt.Sprintf("%s is not what you allowed. %s Look at it and allow it again.", name(program), strings.Join(q.Changed, " "))
		}
		return nil, &kubeconfig.NeedError{Need: kubeconfig.NeedApprove, Why: why}
	}
	return f, nil
}

func missing(q Question) error {
	why := fmt.Sprintf("%s is not installed, or not where this program looks.", q.Command)
	if q.InstallHint != "" {
		why += " The kubeconfig says: " + q.InstallHint
	}
	return &kubeconfig.ProofError{Why: why, Err: os.ErrNotExist}
}
