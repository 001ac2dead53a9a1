package fleet

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// found is what the rest of a survey brought, each part asked side by side.
type found struct {
	everywhere rules // hold for the whole cluster
	told       bool  // the cluster said what we may do
	all        bool  // list namespaces
	here       rules // in the kubeconfig's namespace
	asked      bool  // for those
	projects   []string
	admin      string // the text of an administrator's list
	node       *Node
	t4k        T4K
	t4kErr     error
}

// rest asks what can't stand in the way of being ready: rights, kind of cluster, T4K. It never fails: people with few rights
// are welcome.
func (s *survey) rest(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, s.limit) // for all of it: a member is not watched meanwhile
	defer cancel()
	s.start(CheckRights)
	f := s.rights(ctx)
	s.look(ctx, &f)
	s.conclude(f)
	s.endRights(f)

	s.start(CheckVersion)
	s.endVersion()
	s.start(CheckT4K)
	s.endT4K(f.t4kErr)
}

// rights asks one question for all that holds cluster-wide, and a second where the first has no full answer.
func (s *survey) rights(ctx context.Context) found {
	f := found{everywhere: rules{incomplete: true}}
	if !s.afford() {
		return f
	}
	err := s.ask(ctx, func(ctx context.Context) (err error) {
		f.everywhere, err = s.client.rules(ctx, nowhere)
		return err
	})
	f.told, f.all = err == nil, f.everywhere.allow("list", "", "namespaces")
	if f.all || !f.everywhere.incomplete || !s.afford() {
		return f
	}
	err = s.ask(ctx, func(ctx context.Context) (err error) {
		f.all, err = s.client.May(ctx, "list", "", "namespaces", "")
		return err
	})
	f.told = f.told || err == nil
	return f
}

// look asks for all that may be known, the most useful first as long as requests are left.
func (s *survey) look(ctx context.Context, f *found) {
	var group sync.WaitGroup
	defer group.Wait()
	ask := func(request func(context.Context) error) {
		if s.afford() {
			group.Go(func() { _ = s.ask(ctx, request) }) // what isn't told is missing, no more
		}
	}
	_, installed := s.served.groups.versions[t4kGroup]
	switch {
	case !installed || !s.served.serves(t4kGroup, t4kManagers):
		f.t4k, _ = s.t4k(ctx) // asks nothing
	case !f.everywhere.perhaps("list", t4kGroup, t4kManagers):
		f.t4k = T4K{State: T4KNotVisible}
	default:
		f.t4k = s.known.T4K
		ask(func(ctx context.Context) error {
			f.t4k, f.t4kErr = s.t4k(ctx)
			return nil
		})
	}
	if !f.all {
		s.lookForNamespaces(ask, f)
	}
	if s.wantsNode() && f.everywhere.perhaps("list", "", "nodes") {
		ask(func(ctx context.Context) (err error) {
			f.node, err = s.node(ctx)
			return err
		})
	}
	// A Probe wants no kinds, and the want of them is no reason to ask all the rest again.
	if s.served.asked && !s.bare && s.left > 0 {
		ask(s.client.discoverCore)
	}
}

// lookForNamespaces asks whoever may know; never one question per namespace.
func (s *survey) lookForNamespaces(ask func(func(context.Context) error), f *found) {
	if namespace := s.client.credential.Namespace(); namespace != "" {
		ask(func(ctx context.Context) (err error) {
			f.here, err = s.client.rules(ctx, namespace)
			f.asked = err == nil
			return err
		})
	}
	if s.served.serves(projectGroup, "projects") {
		ask(func(ctx context.Context) (err error) {
			f.projects, err = s.client.projects(ctx)
			return err
		})
		return // OpenShift knows them all
	}
	ask(func(ctx context.Context) (err error) {
		f.admin, err = s.client.adminList(ctx)
		return err
	})
}

// conclude makes facts of what was found.
func (s *survey) conclude(f found) {
	s.detect(f.node)
	s.facts.T4K = f.t4k
	if s.facts.T4K.State == "" {
		s.facts.T4K.State = T4KUnknown
	}
	namespace, useless := s.client.credential.Namespace(), ""
	if f.asked && !f.here.incomplete && !f.here.beyond(f.everywhere) && !f.everywhere.allow("list", "", "pods") {
		useless = clean(namespace)
	}
	a := Access{Known: true, All: f.all}
	if !a.All {
		var n namespaces
		n.add(FromRules, append(f.everywhere.named("get", "", "namespaces"), f.here.named("get", "", "namespaces")...)...)
		n.add(FromProjects, f.projects...)
		if namespace != "" && useless == "" {
			n.add(FromKubeconfig, namespace)
		}
		n.add(FromAdmin, listed(f.admin, s.who)...)
		slices.Sort(n.sources)
		a.Namespaces, a.Sources = n.sorted(), n.sources
	}
	s.facts.Access = a
	if f.told {
		blind := f.node == nil && !f.everywhere.perhaps("list", "", "nodes")
		s.facts.Access.Missing = missing(s.facts, s.who.Username, useless, blind)
	}
}

func (s *survey) endRights(f found) {
	switch n := s.facts.Access.Namespaces; {
	case !f.told:
		s.end(CheckOK, "The cluster doesn't say what you may do. You will see what it lets you see.")
	case f.everywhere.allow("*", "*", "*"):
		s.end(CheckOK, "You are an administrator of this cluster: everything is allowed.")
	case f.all:
		s.end(CheckOK, "You may list all namespaces. What else you may do depends on each of them.")
	case len(n) > 0:
		s.end(CheckOK, "You may not list all namespaces. That is fine: you will see "+several(n)+", and any other that you name.")
	default:
		s.end(CheckOK, "You may not list this cluster's namespaces. That is fine: you will see those that you name, and for the rest who says no.")
	}
}

// several names the first few.
func several(names []string) string {
	const few = 3
	if len(names) <= few+1 {
		return strings.Join(names, ", ")
	}
	return strings.Join(names[:few], ", ") + " and " + strconv.Itoa(len(names)-few) + " more"
}
