package fleet

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation"
)

// Limits of what is kept of one cluster's kinds. Clusters with thousands of CRDs exist; a longer list is cut.
const (
	maxGroups   = 2000
	maxVersions = 20 // of a group
	maxKinds    = 5000
	maxWords    = 40 // verbs, short names, categories or subresources of one kind
)

// Kind is one resource that a cluster serves. What can't be part of a path, or a word of the API, was left out.
type Kind struct {
	Group        string   `json:"group,omitempty"` // "": the core one
	Version      string   `json:"version"`         // the one to use: the first of Versions
	Resource     string   `json:"resource"`        // pods
	Kind         string   `json:"kind"`            // Pod
	Namespaced   bool     `json:"namespaced,omitempty"`
	Verbs        []string `json:"verbs,omitempty"`
	ShortNames   []string `json:"shortNames,omitempty"`
	Categories   []string `json:"categories,omitempty"`   // all, api-extensions
	Versions     []string `json:"versions,omitempty"`     // in which it is served, as the cluster prefers them
	Subresources []string `json:"subresources,omitempty"` // status, scale, log
}

// Path is where its objects are, of all namespaces for namespace "": "/apis/apps/v1/namespaces/x/deployments". It has no "?".
func (k Kind) Path(namespace string) string {
	path := "/apis/" + k.Group + "/" + k.Version
	if k.Group == "" {
		path = "/api/" + k.Version
	}
	if namespace != "" && k.Namespaced {
		path += "/namespaces/" + namespace
	}
	return path + "/" + k.Resource
}

func (k Kind) equal(o Kind) bool {
	return k.Group == o.Group && k.Version == o.Version && k.Resource == o.Resource && k.Kind == o.Kind && k.Namespaced == o.Namespaced &&
		slices.Equal(k.Verbs, o.Verbs) && slices.Equal(k.ShortNames, o.ShortNames) && slices.Equal(k.Categories, o.Categories) &&
		slices.Equal(k.Versions, o.Versions) && slices.Equal(k.Subresources, o.Subresources)
}

func compareKinds(a, b Kind) int {
	return cmp.Or(strings.Compare(a.Group, b.Group), strings.Compare(a.Resource, b.Resource))
}

// find is the kind of that group and resource among sorted ones.
func find(kinds []Kind, group, resource string) (Kind, bool) {
	i, found := slices.BinarySearchFunc(kinds, Kind{Group: group, Resource: resource}, compareKinds)
	if !found {
		return Kind{}, false
	}
	return kinds[i], true
}

// gathering makes one Kind of a resource's several versions.
type gathering struct {
	kinds []Kind
	at    map[[2]string]int // group and resource: in kinds
}

// add takes k in, as the next version of what is there.
func (g *gathering) add(k Kind) {
	key := [2]string{k.Group, k.Resource}
	if i, there := g.at[key]; there {
		if !slices.Contains(g.kinds[i].Versions, k.Version) {
			g.kinds[i].Versions = append(g.kinds[i].Versions, k.Version)
		}
		return
	}
	if len(g.kinds) == maxKinds {
		return
	}
	k.Versions = []string{k.Version}
	g.at[key] = len(g.kinds)
	g.kinds = append(g.kinds, k)
}

func (g *gathering) sorted() []Kind {
	slices.SortFunc(g.kinds, compareKinds)
	return g.kinds
}

// sound is k without what it can't have; false when too little is left to be of use.
func sound(k Kind) (Kind, bool) {
	if !(groupVersion{k.Group, k.Version}).sound() ||
		len(validation.IsDNS1123Label(k.Resource)) > 0 || len(validation.IsDNS1035Label(strings.ToLower(k.Kind))) > 0 {
		return Kind{}, false
	}
	k.Verbs, k.ShortNames, k.Categories, k.Subresources = words(k.Verbs), words(k.ShortNames), words(k.Categories), words(k.Subresources)
	return k, true
}

// words are those that look like one of the API's.
func words(list []string) []string {
	word := regexp.MustCompile(`^[a-z0-9]([-a-z0-9./]{0,61}[a-z0-9])?$`)
	kept := make([]string, 0, min(len(list), maxWords))
	for _, s := range list[:min(len(list), maxWords)] {
		if word.MatchString(s) && !slices.Contains(kept, s) {
			kept = append(kept, s)
		}
	}
	return kept
}
