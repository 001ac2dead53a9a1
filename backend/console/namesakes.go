package console

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"sync"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/catalog"
	"github.com/binnacle-dev/binnacle/backend/pane"
	"github.com/binnacle-dev/binnacle/backend/tables"
)

// namesakeLimit is how long one member may take to say whether it has an object: the others' answers wait for it.
const namesakeLimit = 4 * time.Second

// holding says whether a member has an object. The set is closed.
type holding string

const (
	hasIt   holding = "has"
	lacksIt holding = "lacks"
	unsure  holding = "unsure"
)

// Namesakes finds in which other members there is an object of the same kind, namespace and name. Where its table is live, the rows
// tell; the other members are asked, all at once.
func (c *Console) Namesakes(ctx context.Context, ref bridge.ObjectRef) (bridge.Namesakes, error) {
	open, err := c.viewing()
	if err != nil {
		return bridge.Namesakes{}, err
	}
	kind, known := c.merged.kinds.of(ref.Kind)
	if !known {
		return bridge.Namesakes{}, notFound("kind of object")
	}
	document, statuses := open.keeper.Document(), c.fleet.Statuses()
	var ids []string
	for _, id := range document.Ordered() {
		if _, engaged := statuses[id]; engaged && id != ref.Member {
			ids = append(ids, id)
		}
	}
	told := c.fromRows(ref)
	answers, whys := make([]holding, len(ids)), make([]string, len(ids))
	var asking sync.WaitGroup
	for i, id := range ids {
		if answers[i] = told[id]; answers[i] == "" {
			asking.Go(func() { answers[i], whys[i] = c.askFor(ctx, kind, ref, id, document.Members[id].Name) })
		}
	}
	asking.Wait()
	out := bridge.Namesakes{Refs: []bridge.ObjectRef{}, Unsure: []bridge.Unsure{}}
	for i, id := range ids {
		switch answers[i] {
		case hasIt:
			out.Refs = append(out.Refs, bridge.ObjectRef{Member: id, Kind: ref.Kind, Namespace: ref.Namespace, Name: ref.Name})
		case unsure:
			out.Unsure = append(out.Unsure, bridge.Unsure{Member: id, Why: whys[i]})
		case lacksIt:
		}
	}
	return out, nil
}

// fromRows is what the rows tell that are here already; members of which they tell nothing are missing.
func (c *Console) fromRows(ref bridge.ObjectRef) map[string]holding {
	told := map[string]holding{}
	loaded := c.merged.tables.Loaded()
	i := slices.IndexFunc(loaded, func(t *tables.Table) bool { return t.Kind().Key == ref.Kind })
	if i < 0 {
		return told
	}
	for _, m := range loaded[i].Members() {
		if m.State == tables.Live || m.State == tables.Missing {
			told[m.Member] = lacksIt
		}
	}
	filter := pane.Filter{Cells: []string{pane.ColumnName + "=" + ref.Name, pane.ColumnNamespace + "=" + ref.Namespace}}
	for _, row := range loaded[i].Pane().Window(pane.Query{Filter: filter, Limit: maxWindow}).Rows {
		told[row.Member] = hasIt // or had it, when the rows are old: its logs will say more
	}
	return told
}

// askFor asks one member for the object.
func (c *Console) askFor(ctx context.Context, kind catalog.Entry, ref bridge.ObjectRef, id, name string) (holding, string) {
	version, serves, known := c.merged.kinds.served(id)(kind.Key)
	if known && !serves {
		return lacksIt, ""
	}
	client, err := c.fleet.Client(id)
	if err != nil || !known {
		return unsure, shape(c.unconnected(id, name, err)).Message
	}
	ctx, cancel := context.WithTimeout(ctx, namesakeLimit)
	defer cancel()
	path := "/apis/" + url.PathEscape(kind.Group) + "/" + url.PathEscape(version)
	if kind.Group == "" {
		path = "/api/" + url.PathEscape(cmp.Or(version, "v1"))
	}
	if kind.Namespaced {
		path += "/namespaces/" + url.PathEscape(ref.Namespace)
	}
	var nothing struct{}
	switch err := client.Get(ctx, path+"/"+url.PathEscape(kind.Resource)+"/"+url.PathEscape(ref.Name), &nothing); {
	case err == nil:
		return hasIt, ""
	case apierrors.IsNotFound(err):
		return lacksIt, ""
	default:
		return unsure, memberError(name, err).Message
	}
}
