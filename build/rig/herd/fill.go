package herd

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// fill makes the objects that a member begins with. They follow from its number, so that every herd of a size is the same
// but for the time.
func (m *Member) fill(o Options) {
	for _, k := range m.kinds {
		m.stores[k] = newStore()
	}
	f := &filler{Member: m, random: rand.New(rand.NewPCG(uint64(m.number), 42)), states: podStates(), now: time.Now().Unix()}
	for _, name := range []string{"binnacle", "default", "kube-system"} {
		f.add("namespaces", &object{name: name})
	}
	for i := range o.Namespaces {
		f.add("namespaces", &object{name: namespaceName(i)})
	}
	for i := range o.Nodes {
		f.add("nodes", &object{name: nodeName(i), ip: hostIP(i), state: f.states[0], hash: digest(32, m.name, nodeName(i))})
	}
	for i := range o.Deployments {
		app := appName(i)
		f.add("deployments", &object{namespace: namespaceName(i % o.Namespaces), name: app, hash: digest(9, app), count: max(1, o.Pods/o.Deployments)})
		f.add("services", &object{namespace: namespaceName(i % o.Namespaces), name: app, ip: fmt.Sprintf("10.96.%d.%d", i/250%250, i%250)})
	}
	for i := range o.Pods {
		f.add("pods", f.pod(i, o))
	}
	for i := range o.Events {
		f.add("events", f.event(i, o))
	}
	for _, s := range m.stores {
		s.history, s.gone = nil, m.version // nobody was there to watch it
	}
}

// filler makes objects of a member that nobody uses yet.
type filler struct {
	*Member

	random *rand.Rand
	states []*state
	now    int64
}

func (f *filler) add(resource string, o *object) {
	o.uid = uid(f.name, resource, o.namespace, o.name)
	if o.created == 0 {
		o.created = f.now - int64(f.random.IntN(90*24*3600)) - 3600
		o.changed = o.created + 5
	}
	_, _ = f.stores[f.kind(resource)].put(o.namespace, o.name, f.next, func(*object) (*object, error) { return o, nil })
}

func namespaceName(i int) string { return fmt.Sprintf("team-%02d", i) }
func nodeName(i int) string      { return fmt.Sprintf("node-%03d", i) }
func hostIP(i int) string        { return fmt.Sprintf("10.1.%d.%d", i/250, i%250+1) }
func appName(i int) string {
	first := [...]string{"cart", "checkout", "search", "billing", "ledger", "mailer", "gateway", "inventory", "pricing", "sessions"}
	return fmt.Sprintf("%s-%s-%d", first[i%len(first)], [...]string{"api", "worker", "web"}[i/len(first)%3], i)
}

// pod is the i-th of the member.
func (f *filler) pod(i int, o Options) *object {
	app := appName(i % o.Deployments)
	hash, node := digest(9, app), f.random.IntN(o.Nodes)
	p := &object{
		namespace: namespaceName(i % o.Deployments % o.Namespaces), app: app, hash: hash,
		name:   app + "-" + hash + "-" + digest(6, f.name, app, fmt.Sprint(i)),
		setUID: uid(f.name, "replicasets", app), node: nodeName(node), hostIP: hostIP(node),
		ip: fmt.Sprintf("10.200.%d.%d", i/250%250, i%250+1), state: f.states[f.random.IntN(len(f.states))],
	}
	if f.random.IntN(5) == 0 {
		p.restarts = 1 + f.random.IntN(30)
	}
	return p
}

func (f *filler) event(i int, o Options) *object {
	p := f.pod(f.random.IntN(max(1, o.Pods)), o)
	created := f.now - int64(f.random.IntN(3600))
	return &object{
		namespace: p.namespace, name: p.name + "." + digest(16, f.name, "event", fmt.Sprint(i)), app: p.name, setUID: p.uid, node: p.node,
		restarts: i, count: 1 + f.random.IntN(20), created: created, changed: created + 30,
	}
}

// kind is the kind with a plural; there must be one.
func (m *Member) kind(resource string) *kind {
	for _, k := range m.kinds {
		if k.resource == resource {
			return k
		}
	}
	panic("herd: there are no " + resource)
}
