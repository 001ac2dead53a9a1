package plugin

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/secret"
)

const (
	maxApprovals = 1000 // a fleet's worth; the oldest go
	saltSize     = 16
)

// Store keeps the approvals of this machine. They are for no other: a path and a hash mean nothing elsewhere.
type Store interface {
	Load() ([]Approval, error) // none yet is no error
	Save(all []Approval) error
}

// Approval is the person's yes to one program for one cluster. It has no secret: arguments and values of variables may be
// some, so they are kept as salted digests.
type Approval struct {
	Path     string              `json:"path"`   // as found
	Target   string              `json:"target"` // without symbolic links
	Hash     string              `json:"hash"`   // SHA-256 of the file, hexadecimal
	Endpoint kubeconfig.Endpoint `json:"endpoint"`
	EnvNames []string            `json:"envNames,omitempty"`
	Salt     []byte              `json:"salt"`
	Args     []byte              `json:"args"`
	Values   []byte              `json:"values"`
	When     time.Time           `json:"when"`
}

// facts is what an approval is about, with secrets.
type facts struct {
	path, target, hash string
	endpoint           kubeconfig.Endpoint
	env                []string
	args, values       secret.Value
}

func newFacts(p kubeconfig.Program, endpoint kubeconfig.Endpoint) facts {
	f := facts{endpoint: endpoint, args: secret.New(marshal(p.Args))}
	values := make([][]byte, len(p.Env))
	for i, v := range p.Env {
		f.env = append(f.env, v.Name)
		values[i] = v.Value.Reveal()
	}
	f.values = secret.New(marshal(values))
	return f
}

func (f facts) approval(now time.Time) Approval {
	salt := make([]byte, saltSize)
	_, _ = rand.Read(salt) // never fails
	return Approval{
		Path: f.path, Target: f.target, Hash: f.hash, Endpoint: f.endpoint, EnvNames: f.env,
		Salt: salt, Args: digest(salt, f.args), Values: digest(salt, f.values), When: now.UTC().Truncate(time.Second),
	}
}

func digest(key []byte, v secret.Value) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write(v.Reveal())
	return mac.Sum(nil)
}

func (a Approval) sameArgs(f facts) bool   { return hmac.Equal(a.Args, digest(a.Salt, f.args)) }
func (a Approval) sameValues(f facts) bool { return hmac.Equal(a.Values, digest(a.Salt, f.values)) }

// asked says whether both are about the same request of a kubeconfig, whatever the program looks like now.
func (a Approval) asked(f facts) bool {
	return a.Endpoint == f.endpoint && slices.Equal(a.EnvNames, f.env) && a.sameArgs(f) && a.sameValues(f)
}

// differences says in words what is another than was allowed; none: f is allowed.
func (a Approval) differences(f facts) []string {
	var words []string
	add := func(differs bool, text string, with ...any) {
		if differs {
			words = append(words, fmt.Sprintf(text, with...))
		}
	}
	add(a.Path != f.path, "It is now found at %s, not at %s.", shownPath(f.path), shownPath(a.Path))
	add(a.Target != f.target && (a.Target != a.Path || f.target != f.path), "%s now leads to %s, not to %s.", shownPath(f.path), shownPath(f.target), shownPath(a.Target))
	add(a.Hash != f.hash, "The file has changed; an update does that, too.")
	add(!a.sameArgs(f), "It would be started with other arguments.")
	switch {
	case !slices.Equal(a.EnvNames, f.env):
		add(true, "It would get other environment variables: %s instead of %s.", shownNames(f.env), shownNames(a.EnvNames))
	default:
		add(!a.sameValues(f), "One of its environment variables has another value.")
	}
	add(a.Endpoint.Server != f.endpoint.Server, "Its answer would go to %s, not to %s.", kubeconfig.Clean(f.endpoint.Server), kubeconfig.Clean(a.Endpoint.Server))
	add(a.Endpoint.CA != f.endpoint.CA || a.Endpoint.TLSName != f.endpoint.TLSName, "The cluster is recognised by another certificate authority or TLS name.")
	return words
}

func shownNames(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return kubeconfig.Clean(strings.Join(names, ", "))
}

// compare gives whether f is allowed and, if not, what has changed since something similar was for the same server.
func compare(all []Approval, f facts) (allowed bool, changed []string) {
	for _, a := range slices.Backward(all) {
		switch words := a.differences(f); {
		case len(words) == 0:
			return true, nil
		case a.Endpoint.Server == f.endpoint.Server && (changed == nil || len(words) < len(changed)):
			changed = words
		}
	}
	return false, changed
}

// Approve allows what was asked. An earlier yes to the same request (before an update of the program) ends.
func (p *Plugins) Approve(questions ...Question) error {
	for _, q := range questions {
		if q.facts.hash == "" {
			return errors.New("allow a program: nothing was found that could be allowed")
		}
	}
	return p.change(func(all []Approval) []Approval {
		for _, q := range questions {
			all = slices.DeleteFunc(all, func(a Approval) bool { return a.asked(q.facts) })
			all = append(all, q.facts.approval(time.Now()))
		}
		return all[max(0, len(all)-maxApprovals):]
	})
}

// Withdraw takes the person's yes to a file back, for every cluster and all arguments. What it gave is forgotten, too.
func (p *Plugins) Withdraw(path string) error {
	err := p.change(func(all []Approval) []Approval {
		return slices.DeleteFunc(all, func(a Approval) bool { return a.Path == path })
	})
	p.mu.Lock()
	all := slices.Collect(maps.Values(p.entries))
	p.mu.Unlock()
	for _, e := range all { // which file each came from isn't kept, and asking anew is cheap
		e.forget()
	}
	return err
}

func (p *Plugins) change(how func([]Approval) []Approval) error {
	p.saves.Lock()
	defer p.saves.Unlock()
	all, err := p.o.Approvals.Load()
	if err != nil {
		return fmt.Errorf("read the allowed programs: %w", err)
	}
	if err := p.o.Approvals.Save(how(all)); err != nil {
		return fmt.Errorf("keep the allowed programs: %w", err)
	}
	return nil
}
