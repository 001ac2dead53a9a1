package tables

import (
	"context"
	"net/url"
	"slices"
	"sync"
	"time"

	"k8s.io/apimachinery/pkg/util/validation"

	"github.com/binnacle-dev/binnacle/backend/pane"
)

// feed brings one member's rows of one kind, over one connection and in one version. For another there is another feed.
type feed struct {
	options  *Options
	kind     Kind
	member   Member
	version  string
	seat     *seat
	known    bool // there were rows before
	decoders turns
	stop     context.CancelFunc
	arrives  func() (arrived func()) // a list has begun to come; and it is there
	lists    turns                   // requests for lists that are on their way
	writing  turns                   // one list at a time goes into the store, from its beginning to its end
}

// end makes run return, some time. There may be no feed.
func (f *feed) end() {
	if f != nil {
		f.stop()
	}
}

// run goes on until ctx ends.
func (f *feed) run(ctx context.Context) {
	for {
		all := f.part("")
		_ = all.run(ctx) // it ended, or was refused
		if ctx.Err() != nil {
			return
		}
		names, over := f.candidates(ctx)
		if ctx.Err() != nil {
			return
		}
		if len(names) > 0 {
			f.narrow(ctx, names, over)
			continue
		}
		why := whyNowhere
		if !f.kind.Namespaced {
			why = whyCluster
		}
		all.gone(Denied, why)
		sleep(ctx, f.options.Timing.Refused)
	}
}

func (f *feed) part(namespace string) *part {
	t := f.options.Timing
	return &part{feed: f, namespace: namespace, listed: f.known, again: backoff{min: t.BackoffMin, max: t.BackoffMax}}
}

// narrow keeps single namespaces going until all of them may be listed at once.
func (f *feed) narrow(ctx context.Context, names, over []string) {
	ctx, cancel := context.WithCancel(ctx)
	var all sync.WaitGroup
	defer all.Wait()
	defer cancel()
	f.seat.narrowed(f, names, over)
	for _, namespace := range names {
		all.Go(func() { f.namespace(ctx, namespace) })
	}
	for sleep(ctx, f.options.Timing.Refused) {
		if f.allowed(ctx) {
			return
		}
	}
}

// namespace keeps one going. It is left alone for a while when it says no.
func (f *feed) namespace(ctx context.Context, namespace string) {
	for {
		part := f.part(namespace)
		_ = part.run(ctx) // it ended, or was refused
		if ctx.Err() != nil {
			return
		}
		part.gone(Denied, whyRefused)
		f.options.Tried(f.member.ID, namespace, false)
		if !sleep(ctx, f.options.Timing.Refused) {
			return
		}
	}
}

// allowed says whether the list over all namespaces is refused no more.
func (f *feed) allowed(ctx context.Context) bool {
	body, err := f.open(ctx, "", "List", url.Values{"limit": {"1"}}, f.options.Timing.Stall)
	if err != nil {
		return false
	}
	body.Close()
	return true
}

// candidates are the namespaces to look in, and those that are known beyond what is asked.
func (f *feed) candidates(ctx context.Context) (names, over []string) {
	if !f.kind.Namespaced {
		return nil, nil
	}
	known := slices.Clone(f.member.Namespaces)
	if f.member.All && len(known) < f.options.Limits.Namespaces {
		known = append(known, f.namespaces(ctx)...)
	}
	seen := map[string]bool{}
	for _, name := range known {
		if !seen[name] && len(validation.IsDNS1123Label(name)) == 0 {
			seen[name] = true
			names = append(names, name)
		}
	}
	most := min(len(names), f.options.Limits.Namespaces)
	return names[:most], names[most:]
}

// namespaces are the names that the member gives, for people who may list those, but not what is in them.
func (f *feed) namespaces(ctx context.Context) []string {
	kind := Kind{Resource: "namespaces"}
	path := kind.path("v1", "", url.Values{"limit": {"500"}})
	body, err := f.options.open(ctx, f.member.ID, path, kind.accept("List"), f.options.Timing.Stall)
	if err != nil {
		return nil
	}
	defer body.Close()
	var found names
	_, _ = newDecoder(body, listFirst, &found).list() // what came before an error is good
	return found
}

// names is a sink for objects of which nothing else is wanted.
type names []string

func (n *names) put(_ []pane.Definition, records []pane.Record) {
	for _, r := range records {
		*n = append(*n, r.Name)
	}
}

func (n *names) remove([]string) {}

// open sends a request about the kind.
func (f *feed) open(ctx context.Context, namespace, list string, query url.Values, limit time.Duration) (*patient, error) {
	path := f.kind.path(f.version, namespace, query)
	return f.options.open(ctx, f.member.ID, path, f.kind.accept(list), limit)
}

// store runs do with the store, one at a time, unless another feed has taken over.
func (f *feed) store(do func(*pane.Store)) {
	f.seat.by(f, func() { do(f.seat.store) })
}
