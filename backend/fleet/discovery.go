package fleet

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
)

// Aggregated discovery brings groups and their resources in one request (since 1.26); older servers answer the last form,
// which has the groups alone.
const acceptDiscovery = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList," +
	"application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json"

const maxGroups = 2000

// apis is what a cluster serves. It is immutable once kept.
type apis struct {
	asked     bool
	etag      string
	groups    map[string][]string // name: versions
	resources map[string]bool     // "group/resource"; nil: the server doesn't tell
}

func (a apis) names() []string { return slices.Collect(maps.Keys(a.groups)) }

// serves says whether the resource is there; unknown counts as yes, for asking is how to find out.
func (a apis) serves(group, resource string) bool {
	if _, ok := a.groups[group]; !ok {
		return false
	}
	return a.resources == nil || a.resources[group+"/"+resource]
}

func (c *Client) learn(now apis) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.apis = now
}

func (c *Client) discovered() apis {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.apis
}

// discover asks what the cluster serves; what is known already comes back as it is.
func (c *Client) discover(ctx context.Context) (apis, error) {
	before := c.discovered()
	var list struct {
		Groups []struct { // the old form
			Name     string `json:"name"`
			Versions []struct {
				Version string `json:"version"`
			} `json:"versions"`
		} `json:"groups"`
		Items []struct {
			Metadata struct {
				Name string `json:"name"`
			} `json:"metadata"`
			Versions []struct {
				Version   string `json:"version"`
				Resources []struct {
					Resource string `json:"resource"`
				} `json:"resources"`
			} `json:"versions"`
		} `json:"items"`
	}
	answer, err := c.do(ctx, call{
		method: http.MethodGet, path: "/apis", accept: acceptDiscovery, etag: before.etag, into: &list,
	})
	if err != nil {
		return apis{}, fmt.Errorf("ask what the cluster serves: %w", err)
	}
	if answer.unchanged {
		return before, nil
	}
	if list.Groups == nil && list.Items == nil {
		return apis{}, fmt.Errorf("ask what the cluster serves: %w", errNotKubernetes)
	}
	now := apis{asked: true, groups: map[string][]string{}}
	if len(answer.etag) <= maxText { // it is sent back
		now.etag = answer.etag
	}
	for _, group := range list.Groups[:min(len(list.Groups), maxGroups)] {
		now.groups[group.Name] = []string{}
		for _, v := range group.Versions {
			now.groups[group.Name] = append(now.groups[group.Name], v.Version)
		}
	}
	if list.Items != nil {
		now.resources = map[string]bool{}
	}
	for _, group := range list.Items[:min(len(list.Items), maxGroups)] {
		name := group.Metadata.Name
		now.groups[name] = []string{}
		for _, v := range group.Versions {
			now.groups[name] = append(now.groups[name], v.Version)
			for _, r := range v.Resources {
				now.resources[name+"/"+r.Resource] = true
			}
		}
	}
	c.learn(now)
	return now, nil
}
