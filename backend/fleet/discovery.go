package fleet

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

// Aggregated discovery brings groups and their kinds in one request (since 1.26). Older servers, and some that stand in front of
// newer ones, answer the last form, which has the groups alone.
const acceptDiscovery = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList," +
	"application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json"

// apis is what a cluster serves. It is immutable once kept.
type apis struct {
	asked  bool // for the groups
	groups part
	core   part   // lies outside of the groups, and has an address of its own
	all    []Kind // both, sorted; made by learn
}

// part is what one of the two addresses tells.
type part struct {
	etag     string
	versions map[string][]string // by group, the preferred one first
	kinds    []Kind              // sorted
	told     bool                // that these are all; else some were not told yet
	due      []groupVersion      // whose kinds must be asked for one by one: see oneByOne
	failed   []groupVersion      // of which that was in vain so far
}

func (a apis) names() []string { return slices.Collect(maps.Keys(a.groups.versions)) }

// serves says whether the resource of a named group is there; unknown counts as yes, for asking is how to find out.
func (a apis) serves(group, resource string) bool {
	if _, ok := a.groups.versions[group]; !ok {
		return false
	}
	_, found := find(a.groups.kinds, group, resource)
	return found || !a.groups.told
}

// known says whether everything was told.
func (a apis) known() bool { return a.groups.told && a.core.told }

// done says whether nothing is left to ask.
func (a apis) done() bool { return a.known() && len(a.groups.ask()) == 0 && len(a.core.ask()) == 0 }

// Kinds is what the cluster serves, sorted by group and resource: as it told last, if in an earlier run. known says whether it
// told all of it yet. The list is shared: nobody may change it. While nothing changes it is the same one.
func (c *Client) Kinds() (kinds []Kind, known bool) {
	a := c.discovered()
	return a.all, a.known()
}

// learn keeps what is served.
func (c *Client) learn(now apis) {
	now.all = slices.Concat(now.core.kinds, now.groups.kinds) // the core group's name is the first of all
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

// discover asks what the cluster serves in groups; what is known already comes back as it is. With anew even kinds that are known
// become due where they must be asked for one by one.
func (c *Client) discover(ctx context.Context, anew bool) (apis, error) {
	now := c.discovered()
	groups, err := c.discovery(ctx, "/apis", now.groups, anew)
	if err != nil {
		return apis{}, err
	}
	now.asked, now.groups = true, groups
	c.learn(now)
	return c.discovered(), nil
}

// discoverCore asks for the kinds outside of the groups. A cluster that has no list of them for us isn't asked in vain for ever:
// it has none.
func (c *Client) discoverCore(ctx context.Context) error {
	now := c.discovered()
	core, err := c.discovery(ctx, "/api", now.core, true)
	switch {
	case apierrors.IsNotFound(err) && !now.core.told:
		now.core = part{told: true} // as at a server of aggregated APIs alone
	case err != nil:
		return err
	default:
		now.core = core
	}
	c.learn(now)
	return nil
}

// discovery asks one of the two addresses, with the tag of the last answer. A server that refuses to choose a form is asked for
// the plain one.
func (c *Client) discovery(ctx context.Context, path string, before part, anew bool) (part, error) {
	var list discoveryList
	ask := call{method: http.MethodGet, path: path, accept: acceptDiscovery, etag: before.etag, into: &list}
	h, err := c.do(ctx, ask)
	if apierrors.IsNotAcceptable(err) {
		ask.accept, ask.etag = "", ""
		h, err = c.do(ctx, ask)
	}
	switch {
	case err != nil:
		return part{}, fmt.Errorf("ask what the cluster serves: %w", err)
	case h.unchanged:
		return before, nil
	case list.Items != nil:
		if len(h.etag) > maxText { // it is sent back
			h.etag = ""
		}
		return part{etag: h.etag, versions: list.served(), kinds: kindsOf(list.Items, before.kinds), told: true}, nil
	case list.Groups == nil && (path != "/api" || list.Versions == nil):
		return part{}, fmt.Errorf("ask what the cluster serves: %w", errNotKubernetes)
	}
	return oneByOne(list.served(), before, anew), nil
}
