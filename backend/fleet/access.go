package fleet

import (
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation"
)

// Access is what a person can get at in a member, as far as it can be known without trying each namespace.
type Access struct {
	Known bool `json:"known"` // the cluster was asked; else the rest says nothing
	All   bool `json:"all"`   // may list namespaces: what is in them is looked for there, and Namespaces is empty
	// Namespaces are those that are worth trying, sorted. Nobody promises that each of them exists or allows anything.
	Namespaces []string        `json:"namespaces"`
	Sources    []NamespaceFrom `json:"sources"`   // how they were found
	Missing    []Missing       `json:"missing"`   // what the person doesn't get
	Succeeded  []string        `json:"succeeded"` // of Namespaces, where something was read: see Fleet.Tried
}

// NamespaceFrom says how namespaces were found. The set is closed.
type NamespaceFrom string

// The sources of namespaces.
const (
	FromRules      NamespaceFrom = "rules"      // the person's own rights name them
	FromProjects   NamespaceFrom = "projects"   // OpenShift lists those that one may see
	FromKubeconfig NamespaceFrom = "kubeconfig" // the context's default one
	FromAdmin      NamespaceFrom = "admin"      // the ConfigMap that an administrator made for Binnacle
	FromSuccess    NamespaceFrom = "success"    // something was read there before
)

// Missing is something that the person doesn't get, for people.
type Missing struct {
	What string `json:"what"`
	Why  string `json:"why"`
	// Rule is YAML for kubectl apply that an administrator can grant it with, to this user alone; "" when there is none to offer.
	Rule string `json:"rule"`
}

const maxNamespaces = 2000 // kept of one member

// namespaces collects names from several sources. What can't be a namespace's name is dropped.
type namespaces struct {
	names   []string
	sources []NamespaceFrom
}

func (n *namespaces) add(from NamespaceFrom, names ...string) {
	found := false
	for _, name := range names[:min(len(names), maxNamespaces)] {
		if len(validation.IsDNS1123Label(name)) == 0 {
			n.names, found = append(n.names, name), true
		}
	}
	if found {
		n.sources = append(n.sources, from)
	}
}

// sorted are the names, each once.
func (n *namespaces) sorted() []string {
	slices.Sort(n.names)
	all := slices.Compact(n.names)
	return all[:min(len(all), maxNamespaces)]
}

// listed reads an administrator's list: one namespace a line, for everybody, or followed by the users and groups that it is for.
func listed(text string, user Identity) []string {
	var names []string
	for line := range strings.Lines(text[:min(len(text), maxAdminList)]) {
		fields := strings.Fields(line)
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		ours := func(who string) bool { return who == user.Username || slices.Contains(user.Groups, who) }
		if len(fields) == 1 || slices.ContainsFunc(fields[1:], ours) {
			names = append(names, fields[0])
		}
	}
	return names
}

// maxAdminList is the size of the largest ConfigMap.
const maxAdminList = 1 << 20

// remember is a with the namespaces where something was read before.
func (a Access) remember(succeeded []string) Access {
	a.Succeeded = succeeded
	if a.All || len(succeeded) == 0 {
		return a
	}
	n := namespaces{names: slices.Clone(a.Namespaces), sources: slices.Clone(a.Sources)}
	n.add(FromSuccess, succeeded...)
	slices.Sort(n.sources)
	a.Namespaces, a.Sources = n.sorted(), slices.Compact(n.sources)
	return a
}

// Tried tells whether something in a namespace of the member could be read: it stays known to be of use, or no longer is.
func (f *Fleet) Tried(id, namespace string, allowed bool) {
	f.mu.Lock()
	m := f.members[id]
	if m == nil || len(validation.IsDNS1123Label(namespace)) > 0 || slices.Contains(m.status.Facts.Access.Succeeded, namespace) == allowed {
		f.mu.Unlock()
		return
	}
	a := m.status.Facts.Access
	others := slices.DeleteFunc(slices.Clone(a.Succeeded), func(name string) bool { return name == namespace })
	if allowed {
		m.status.Facts.Access = a.remember(append([]string{namespace}, others[:min(len(others), maxList-1)]...))
	} else {
		m.status.Facts.Access.Succeeded = others // the next survey says whether another source names it
	}
	f.mu.Unlock()
	f.o.Changed(id)
}
