package fleet

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

// Aggregated discovery brings groups and their resources in one request (since 1.26); older servers answer the last form,
// which has the groups alone.
const acceptDiscovery = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList," +
	"application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json"

// apis is what a cluster serves. It is immutable once kept.
type apis struct {
	asked  bool
	etag   string
	groups map[string][]string // name: versions
	kinds  []Kind              // of the groups, sorted; nil: the server doesn't tell
	core   core
	all    []Kind // both, sorted; made by learn
}

// core is the part that lies outside of the groups, and has an address of its own.
type core struct {
	etag  string
	kinds []Kind // sorted; nil: not told yet
}

func (a apis) names() []string { return slices.Collect(maps.Keys(a.groups)) }

// serves says whether the resource of a named group is there; unknown counts as yes, for asking is how to find out.
func (a apis) serves(group, resource string) bool {
	if _, ok := a.groups[group]; !ok {
		return false
	}
	_, found := find(a.kinds, group, resource)
	return found || a.kinds == nil
}

// known says whether everything was told.
func (a apis) known() bool { return a.kinds != nil && a.core.kinds != nil }

// Kinds is what the cluster serves, sorted by group and resource: as it told last, if in an earlier run. known says whether it
// told all of it yet. The list is shared: nobody may change it. While nothing changes it is the same one.
func (c *Client) Kinds() (kinds []Kind, known bool) {
	a := c.discovered()
	return a.all, a.known()
}

// learn keeps what is served.
func (c *Client) learn(now apis) {
	now.all = slices.Concat(now.core.kinds, now.kinds) // the core group's name is the first of all
	c.mu.Lock()
	defer c.mu.Unlock()
	if slices.EqualFunc(now.all, c.apis.all, Kind.equal) {
		now.all = c.apis.all
	}
	c.apis = now
}

func (c *Client) discovered() apis {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.apis
}

// discover asks what the cluster serves in groups; what is known already comes back as it is.
func (c *Client) discover(ctx context.Context) (apis, error) {
	before := c.discovered()
	var list discoveryList
	h, err := c.discovery(ctx, "/apis", before.etag, &list)
	switch {
	case err != nil:
		return apis{}, err
	case h.unchanged:
		return before, nil
	}
	now := apis{asked: true, etag: h.etag, groups: map[string][]string{}, core: before.core}
	for _, group := range list.Groups[:min(len(list.Groups), maxGroups)] {
		now.groups[group.Name] = names(group.Versions)
	}
	for _, group := range list.Items[:min(len(list.Items), maxGroups)] {
		now.groups[group.Metadata.Name] = names(group.Versions)
	}
	if list.Items != nil {
		now.kinds = kindsOf(list.Items, before.kinds)
	}
	c.learn(now)
	return c.discovered(), nil
}

// discoverCore asks for the kinds outside of the groups. A cluster that has no list of them for us isn't asked in vain for ever:
// it has none.
func (c *Client) discoverCore(ctx context.Context) error {
	before := c.discovered()
	var list discoveryList
	h, err := c.discovery(ctx, "/api", before.core.etag, &list)
	switch {
	case apierrors.IsNotFound(err) && before.core.kinds == nil:
		before.core.kinds = []Kind{} // as at a server of aggregated APIs alone
	case err != nil:
		return err
	case h.unchanged || list.Items == nil: // an old server tells only that there is a v1
		return nil
	default:
		before.core = core{etag: h.etag, kinds: kindsOf(list.Items, before.core.kinds)}
	}
	c.learn(before)
	return nil
}

// discovery asks one of the two addresses, with the tag of the last answer.
func (c *Client) discovery(ctx context.Context, path, etag string, list *discoveryList) (head, error) {
	h, err := c.do(ctx, call{method: http.MethodGet, path: path, accept: acceptDiscovery, etag: etag, into: list})
	if err != nil {
		return head{}, fmt.Errorf("ask what the cluster serves: %w", err)
	}
	if !h.unchanged && list.Groups == nil && list.Items == nil && path == "/apis" {
		return head{}, fmt.Errorf("ask what the cluster serves: %w", errNotKubernetes)
	}
	if len(h.etag) > maxText { // it is sent back
		h.etag = ""
	}
	return h, nil
}
