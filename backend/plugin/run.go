package plugin

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

const (
	maxAnswer = 1 << 20 // bytes
	infoName  = "KUBERNETES_EXEC_INFO"
)

// RunError is a run that gave no credential. Said is the last 4 KiB that the program wrote to its stderr, cleaned and without secrets.
type RunError struct {
	Said  string
	cause error
}

func (e *RunError) Error() string { return e.cause.Error() }
func (e *RunError) Unwrap() error { return e.cause }

// run is one run of an admitted file.
type run struct {
	program kubeconfig.Program
	file    *file
	limit   time.Duration
	talk    *Talk // nil: in the background
}

func (p *Plugins) run(ctx context.Context, r run) (kubeconfig.Proof, error) {
	j, err := p.job(ctx, r)
	if err != nil {
		return kubeconfig.Proof{}, p.failed(r, "", err)
	}
	said := &tail{}
	if r.talk != nil {
		said.show, j.answers = r.talk.Show, r.talk.Answers
		if r.program.Mode == modeNever {
			j.answers = nil
		}
	}
	j.stderr = said
	limited, cancel := p.within(ctx, r.limit)
	defer cancel()
	begun := time.Now()
	out, err := launch(limited, j)
	if ctx.Err() != nil {
		return kubeconfig.Proof{}, ctx.Err()
	}
	var proof kubeconfig.Proof
	if err == nil {
		proof, err = parse(out, r.program.APIVersion, p.o.clock())
	}
	p.o.Log.Info("credential plugin ran", slog.String("program", r.file.path), slog.Duration("took", time.Since(begun)), slog.Bool("ok", err == nil))
	switch {
	case errors.Is(err, context.Canceled):
		return kubeconfig.Proof{}, ErrClosed
	case err != nil:
		return kubeconfig.Proof{}, p.failed(r, said.text(), err)
	}
	return proof, nil
}

// job says how the program is started: its own name first, as a shell would, for some programs are many by their names.
func (p *Plugins) job(ctx context.Context, r run) (job, error) {
	interactive := r.talk != nil && r.talk.Answers != nil && r.program.Mode != modeNever
	info, err := request(r.program, interactive)
	if err != nil {
		return job{}, err
	}
	if batch(r.file.target) && slices.ContainsFunc(r.program.Args, func(a string) bool { return strings.ContainsAny(a, "\"%&|<>^!\r\n") }) {
		return job{}, errors.New("its arguments have characters that cmd.exe would take for commands")
	}
	own := p.o.Environ()
	env := slices.Clone(own)
	if runtime.GOOS != "windows" {
		if r.talk == nil { // without a display no browser and no prompt comes up unasked
			env = slices.DeleteFunc(env, func(v string) bool {
				return strings.HasPrefix(v, "DISPLAY=") || strings.HasPrefix(v, "WAYLAND_DISPLAY=")
			})
		}
		env = append(env, "PWD="+home())
	}
	env = append(env, "PATH="+strings.Join(p.folders(ctx, own), string(os.PathListSeparator)))
	for _, v := range r.program.Env {
		if strings.ContainsAny(v.Name, "=\x00") { // would be another variable than the person was shown
			return job{}, errors.New("its kubeconfig sets a variable with an impossible name")
		}
		env = append(env, v.Name+"="+string(v.Value.Reveal()))
	}
	path, files := started(r.file)
	return job{
		path: path, files: files, argv: slices.Concat([]string{r.file.path}, r.program.Args),
		env: append(env, infoName+"="+string(info)), most: maxAnswer,
	}, nil
}

// failed puts a failure into words and decides whether the person can help.
func (p *Plugins) failed(r run, said string, err error) error {
	asked := wantsPerson(said)
	said = p.o.Redact(hide(said, r.program))
	what, slow := outcome(err, r.limit)
	why := fmt.Sprintf("%s %s.", name(r.program), what)
	if said != "" {
		why = fmt.Sprintf("%s %s, and said: “%s”.", name(r.program), what, quote(said))
	}
	if r.talk == nil && (asked || slow && said != "") {
		return &kubeconfig.NeedError{Need: kubeconfig.NeedRun, Why: why + " It seems to need you: start it."}
	}
	return &kubeconfig.ProofError{Why: why, Err: &RunError{Said: said, cause: err}}
}

// outcome is how a run ended, as the end of a sentence.
func outcome(err error, limit time.Duration) (what string, slow bool) {
	if e, ok := errors.AsType[answerError](err); ok {
		return string(e), false
	}
	if e, ok := errors.AsType[*exec.ExitError](err); ok {
		return "failed (" + e.Error() + ")", false
	}
	if e, ok := errors.AsType[*startError](err); ok {
		return "can't be started: " + kubeconfig.Clean(e.cause.Error()), false
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Sprintf("didn't end within %.0f seconds", limit.Seconds()), true
	case errors.Is(err, errTooMuch):
		return "gave more than any credential is long", false
	}
	return "can't run: " + kubeconfig.Clean(err.Error()), false
}
