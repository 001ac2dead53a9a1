package plugin

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

func TestAskedAgain(t *testing.T) {
	type asked struct {
		program  *kubeconfig.Program
		endpoint *kubeconfig.Endpoint
		dir      string // "a" and "b" are on the PATH
	}
	for name, c := range map[string]struct {
		change func(tb testing.TB, a asked)
		want   []string // beginnings
	}{
		"nothing": {func(testing.TB, asked) {}, nil},
		"the file": {func(tb testing.TB, a asked) {
			tb.Helper()
			path := filepath.Join(a.dir, "b", "tool"+ending())
			forks(func() {
				f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
				if err != nil {
					tb.Fatal(err)
				}
				defer f.Close()
				if _, err := f.WriteString("# a good program still\n"); err != nil {
					tb.Fatal(err)
				}
			})
		}, []string{"The file has changed"}},
		"the place": {func(tb testing.TB, a asked) { tb.Helper(); shim(tb, filepath.Join(a.dir, "a", "tool")) }, []string{"It is now found at"}},
		"a link": {func(tb testing.TB, a asked) {
			tb.Helper()
			path, other := filepath.Join(a.dir, "b", "tool"+ending()), filepath.Join(a.dir, "other"+ending())
			if err := errors.Join(os.Rename(path, other), os.Symlink(other, path)); err != nil {
				tb.Skip(err)
			}
		}, []string{filepath.Join("<dir>", "b", "tool"+ending()) + " now leads to"}},
		"an argument":      {func(_ testing.TB, a asked) { a.program.Args[len(a.program.Args)-1] = "other" }, []string{"It would be started with other arguments"}},
		"an argument less": {func(_ testing.TB, a asked) { a.program.Args = a.program.Args[:3] }, []string{"It would be started with other arguments"}},
		"arguments cut elsewhere": {func(_ testing.TB, a asked) {
			n := len(a.program.Args)
			a.program.Args = append(a.program.Args[:n-2:n-2], strings.Join(a.program.Args[n-2:], ","))
		}, []string{"It would be started with other arguments"}},
		"a variable":  {func(_ testing.TB, a asked) { a.program.Env[0].Name = "LD_PRELOAD" }, []string{"It would get other environment variables: LD_PRELOAD instead of EXTRA."}},
		"no variable": {func(_ testing.TB, a asked) { a.program.Env = nil }, []string{"It would get other environment variables: none instead of EXTRA."}},
		"its value":   {func(_ testing.TB, a asked) { a.program.Env[0].Value = value("other") }, []string{"One of its environment variables has another value"}},
		"the cluster": {func(_ testing.TB, a asked) { a.endpoint.Server = "https://evil.example:6443" }, nil},
		"its CA":      {func(_ testing.TB, a asked) { a.endpoint.CA = "insecure" }, []string{"The cluster is recognised by another"}},
		"two things": {func(_ testing.TB, a asked) { a.program.Env, a.program.Args = nil, a.program.Args[:3] }, []string{
			"It would be started with other arguments", "It would get other environment variables",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			r := newRig(t, func(o *Options) { o.Folders = []string{filepath.Join(dir, "a"), filepath.Join(dir, "b")} })
			shim(t, filepath.Join(dir, "b", "tool"))
			p, where := r.program("-password", "hunter2-is-secret"), here()
			p.Command, p.Env = "tool", []kubeconfig.EnvVar{{Name: "EXTRA", Value: value("also-secret")}}
			token(t, r.allowed(t, p), kubeconfig.Proof{})
			kept, err := json.Marshal(r.store.all)
			if err != nil || bytes.Contains(kept, []byte("secret")) || bytes.Contains(kept, []byte(r.ledger)) {
				t.Errorf("what is kept: %s, %v", kept, err)
			}

			p.Args = slices.Clone(p.Args)
			p.Env = slices.Clone(p.Env)
			c.change(t, asked{&p, &where, dir})
			q, err := r.Inspect(t.Context(), p, where)
			if err != nil {
				t.Fatal(err)
			}
			if q.Approved != (name == "nothing") || len(q.Changed) != len(c.want) {
				t.Fatalf("approved %v, changed %q, want %q", q.Approved, q.Changed, c.want)
			}
			for i, want := range c.want {
				if !strings.HasPrefix(q.Changed[i], strings.ReplaceAll(want, "<dir>", dir)) {
					t.Errorf("got %q, want %q", q.Changed[i], want)
				}
			}
			if name == "nothing" {
				return
			}
			s := r.Source(p, where)
			s.entry.forget() // what it gave before the change is as good as it was
			_, err = s.Proof(t.Context(), kubeconfig.Proof{})
			why := needs(t, err, kubeconfig.NeedApprove).Why
			if len(r.ran()) != 1 || len(c.want) > 0 && !strings.Contains(why, q.Changed[0]) {
				t.Errorf("it ran %d times; %q", len(r.ran()), why)
			}
			if err := r.Approve(q); err != nil {
				t.Fatal(err)
			}
			if _, err = s.Proof(t.Context(), kubeconfig.Proof{}); err != nil && !strings.HasPrefix(name, "arguments") {
				t.Error(err) // but for arguments that the program doesn't know
			}
		})
	}
}

// TestAnUpdateEndsTheOldYes keeps a bad old version from coming back.
func TestAnUpdateEndsTheOldYes(t *testing.T) {
	r := newRig(t)
	path := filepath.Join(t.TempDir(), "tool.sh")
	p := kubeconfig.Program{Command: put(t, path, "#!/bin/sh\n# old\n")}
	old := r.ask(t, p)
	put(t, path, "#!/bin/sh\n# new\n")
	current := r.ask(t, p)
	if old.ID == current.ID {
		t.Error("two questions, one ID")
	}
	if again := r.ask(t, p); current.ID != again.ID {
		t.Error("one question, two IDs")
	}
	if err := r.Approve(old, current); err != nil {
		t.Fatal(err)
	}
	if q := r.ask(t, p); !q.Approved || len(r.store.all) != 1 {
		t.Errorf("%+v of %d", q, len(r.store.all))
	}
	put(t, path, "#!/bin/sh\n# old\n")
	if q := r.ask(t, p); q.Approved {
		t.Error("the old version is allowed still")
	}
}

func TestTheListCannotBeRead(t *testing.T) {
	r := newRig(t)
	s := r.allowed(t, r.program())
	r.store.err = errors.New("broken")
	_, err := s.Proof(t.Context(), kubeconfig.Proof{})
	if p := proofError(t, err); p.Err == nil || len(r.ran()) != 0 {
		t.Errorf("%v, and it ran %d times", p, len(r.ran()))
	}
	if err := r.Approve(Question{facts: facts{hash: "x"}}); err == nil {
		t.Error("a yes got lost")
	}
}

func TestTheListHasAnEnd(t *testing.T) {
	r := newRig(t)
	for range maxApprovals {
		r.store.all = append(r.store.all, Approval{Path: "/old"})
	}
	r.allowed(t, r.program())
	if n := len(r.store.all); n != maxApprovals || r.store.all[n-1].Path == "/old" {
		t.Errorf("%d are kept", n)
	}
}

func TestQuestion(t *testing.T) {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	r := newRig(t)
	target := put(t, filepath.Join(dir, "real.sh"), "#! /usr/bin/env python3 \nprint()\n")
	link := filepath.Join(dir, "link")
	if err := os.Symlink(target, link); err != nil {
		t.Skip(err)
	}
	p := kubeconfig.Program{
		Command: link, Args: []string{"get\u202e", "--token=hush"}, InstallHint: "a\nb",
		Env: []kubeconfig.EnvVar{{Name: "LD_PRELOAD", Value: value("/evil.so")}, {Name: "AWS_PROFILE", Value: value("x")}},
	}
	q := r.ask(t, p)
	script, loads := q.Warnings[len(q.Warnings)-2], q.Warnings[len(q.Warnings)-1]
	if !strings.Contains(script, "script") || !strings.Contains(loads, "LD_PRELOAD:") {
		t.Errorf("%q", q.Warnings)
	}
	if len(q.ID) != 32 || len(q.Hash) != 64 {
		t.Errorf("ID %s, hash %s", q.ID, q.Hash)
	}
	q.ID, q.Hash, q.Warnings, q.facts = "", "", nil, facts{}
	want := Question{
		Command: link, Path: link, Target: target, Script: "/usr/bin/env python3", ShownArgs: []string{`get\u202e`, "--token=redacted"},
		EnvNames: []string{"LD_PRELOAD", "AWS_PROFILE"}, Server: here().Server, InstallHint: `a\u000ab`,
	}
	if diff := cmp.Diff(want, q, cmp.AllowUnexported(Question{}, facts{}), cmp.Comparer(sameFacts)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func sameFacts(facts, facts) bool { return true }

func TestMissing(t *testing.T) {
	dir := t.TempDir()
	r := newRig(t, func(o *Options) {
		o.Environ = func() []string { return []string{"PATH=" + dir} }
		o.Folders = []string{filepath.Join(dir, "usual")}
	})
	if err := os.WriteFile(filepath.Join(dir, "tool"), nil, 0o600); err != nil { // can't be run
		t.Fatal(err)
	}
	p := kubeconfig.Program{Command: "tool", InstallHint: "brew install tool"}
	q := r.ask(t, p)
	if !q.Missing || q.Approved || !slices.Equal(q.Looked, []string{dir, filepath.Join(dir, "usual")}) {
		t.Errorf("%+v", q)
	}
	if err := r.Approve(q); err == nil {
		t.Error("nothing was allowed")
	}
	_, err := r.Source(p, here()).Proof(t.Context(), kubeconfig.Proof{})
	if e := proofError(t, err); !strings.Contains(e.Why, "brew install tool") {
		t.Error(e.Why)
	}
	p.Command = filepath.Join(dir, "gone")
	if q := r.ask(t, p); !q.Missing || !slices.Equal(q.Looked, []string{p.Command}) {
		t.Errorf("%+v", q)
	}
}
