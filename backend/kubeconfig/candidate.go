package kubeconfig

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/util/validation"
)

// file lets contexts, clusters and users find each other.
func (d *document) file() *File {
	f := &File{Source: sourceName(d.source), doc: d}
	clusters, users := index(d.clusters), index(d.users)
	twins := index(d.contexts)
	found := false
	for _, c := range d.contexts {
		candidate := Context{
			Source: sourceName(c.source), Name: shown(c.name), Cluster: shown(c.cluster), User: shown(c.user),
			Current: c.name != "" && c.name == d.current, Auth: AuthNone, context: c, now: d.now,
		}
		found = found || candidate.Current
		problems := slices.Clone(c.wrong)
		if c.name == "" {
			problems = append(problems, c.says("name", "it has no name; a context needs one"))
		}
		candidate.setNamespace(c)
		candidate.cluster = pick(c, "cluster", c.cluster, clusters[c.cluster], &problems)
		candidate.user = pick(c, "user", c.user, users[c.user], &problems)
		candidate.judge(problems)
		if same := twins[c.name].all; len(same) > 1 && c.name != "" {
			candidate.flag(FlagDuplicate, SeverityWarning, "Name used twice", "The file has "+quoted(c.name)+" in lines "+lines(same)+": kubectl refuses such a file. Compare the servers before you choose.")
		}
		candidate.sortFlags()
		f.Contexts = append(f.Contexts, candidate)
	}
	f.Notes = slices.Clone(d.notes)
	if len(d.contexts) == 0 {
		f.Notes = append(f.Notes, "there are no contexts, so there is nothing to import")
	}
	if d.current != "" && !found {
		f.Notes = append(f.Notes, fmt.Sprintf("line %d: current-context names %s, which is not there", d.currentLine, quoted(d.current)))
	}
	return f
}

// named is what the three kinds of entries share.
type named interface{ base() *entry }

func (e *entry) base() *entry { return e }

// settled is the entry once what could not be decoded no longer matters.
func (e *entry) settled() *entry {
	c := *e
	c.wrong = nil
	return &c
}

// homonyms are the entries of one name.
type homonyms[T named] struct {
	all   []T
	clash bool // they differ
}

func index[T named](all []T) map[string]homonyms[T] {
	m := make(map[string]homonyms[T], len(all))
	for _, item := range all {
		e := item.base()
		h := m[e.name]
		h.clash = h.clash || len(h.all) > 0 && !e.sum.Equal(h.all[0].base().sum)
		h.all = append(h.all, item)
		m[e.name] = h
	}
	return m
}

// pick finds what a context names. Two of one name are fine as long as they are equal.
func pick[T named](c *contextEntry, kind, name string, found homonyms[T], problems *[]string) (item T) {
	switch {
	case name == "":
		*problems = append(*problems, c.says(kind, "it names no %s", kind))
	case len(found.all) == 0:
		*problems = append(*problems, c.says(kind, "it names the %s %s, which the file does not have", kind, quoted(name)))
	case found.clash:
		*problems = append(*problems, c.says(kind, "there are different %ss named %s, in lines %s; rename one", kind, quoted(name), lines(found.all)))
	default:
		return found.all[0]
	}
	return item
}

func lines[T named](all []T) string {
	var text []string
	for i, e := range all {
		if i == 5 {
			text = append(text, "...")
			break
		}
		text = append(text, fmt.Sprint(e.base().line))
	}
	return strings.Join(text, ", ")
}

// setNamespace keeps a possible namespace. It is a hint only, so an impossible one doesn't stop an import as it stops kubectl.
func (c *Context) setNamespace(from *contextEntry) {
	if from.namespace == "" {
		return
	}
	if len(validation.IsDNS1123Label(from.namespace)) > 0 {
		c.flag(FlagIgnored, SeverityInfo, "Namespace not used", "No namespace can be named "+quoted(from.namespace)+".")
		return
	}
	c.Namespace = from.namespace
}

func (c *Context) flag(kind FlagKind, severity Severity, title, detail string) {
	c.Flags = append(c.Flags, Flag{kind, severity, title, detail})
}

// judge takes the facts of cluster and user over.
func (c *Context) judge(problems []string) {
	if c.cluster != nil {
		c.Endpoint = c.cluster.endpoint
		c.Flags = append(c.Flags, c.cluster.flags...)
		problems = append(problems, c.elsewhere(&c.cluster.entry, c.cluster.problems)...)
	}
	if c.user != nil {
		facts := c.user.userFacts
		if c.plain() {
			facts = c.user.overPlainHTTP(c.now)
			c.leaveOut(c.user.auth)
		}
		c.Auth, c.Identity, c.Groups, c.Expires = facts.auth, facts.identity, facts.groups, facts.expires
		c.Flags = append(c.Flags, facts.flags...)
		problems = append(problems, c.elsewhere(&c.user.entry, facts.problems)...)
	}
	if len(problems) > 3 {
		problems = append(problems[:3:3], fmt.Sprintf("and %d more", len(problems)-3))
	}
	c.Problem = strings.Join(problems, "; ")
}

func (c *Context) plain() bool { return c.cluster != nil && c.cluster.plain }

// overPlainHTTP leaves a user nothing to lose, as client-go does.
func (u *user) overPlainHTTP(now time.Time) userFacts {
	return judgeUser(u.settled(), userSpec{as: u.as}, now)
}

// leaveOut says under the flag for plain http what of the file is neither sent nor kept.
func (c *Context) leaveOut(auth Auth) {
	what, has := map[Auth]string{
		AuthClientCertificate: "client certificate", AuthToken: "token", AuthTokenFile: "token", AuthBasic: "password",
		AuthExec: "program", AuthProvider: "auth-provider", AuthSignIn: "sign-in",
	}[auth]
	if !has {
		return
	}
	c.Flags = slices.Clone(c.Flags) // the cluster's, which other contexts share
	for i := range c.Flags {
		if c.Flags[i].Kind == FlagHTTP {
			c.Flags[i].Detail += " The " + what + " in the file is therefore left out: it is neither sent nor kept."
		}
	}
}

// elsewhere names the file of problems that stand in another than the context's own.
func (c *Context) elsewhere(e *entry, problems []string) []string {
	if e.source == c.context.source {
		return problems
	}
	out := make([]string, len(problems))
	for i, p := range problems {
		out[i] = sourceName(e.source) + ", " + p
	}
	return out
}

func (c *Context) sortFlags() {
	order := []Severity{SeverityDanger, SeverityWarning, SeverityInfo}
	c.Flags = slices.Clone(c.Flags) // clusters and users are shared between contexts
	slices.SortStableFunc(c.Flags, func(a, b Flag) int {
		return slices.Index(order, a.Severity) - slices.Index(order, b.Severity)
	})
}
