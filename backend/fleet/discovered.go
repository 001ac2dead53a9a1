package fleet

import "slices"

// discoveryList is any form of the answer.
type discoveryList struct {
	Items  []discoveredGroup `json:"items"`
	Groups []struct {        // the plain form of the groups
		Name      string              `json:"name"`
		Versions  []discoveredVersion `json:"versions"` // with nothing but their names
		Preferred discoveredVersion   `json:"preferredVersion"`
	} `json:"groups"`
	Versions []string `json:"versions"` // the plain form of the core
}

type discoveredGroup struct {
	Metadata struct {
		Name string `json:"name"`
	} `json:"metadata"`
	Versions []discoveredVersion `json:"versions"`
}

type discoveredVersion struct {
	Version   string `json:"version"`
	Freshness string `json:"freshness"`
	Resources []struct {
		Resource     string `json:"resource"`
		ResponseKind struct {
			Kind string `json:"kind"`
		} `json:"responseKind"`
		Scope        string   `json:"scope"`
		Verbs        []string `json:"verbs"`
		ShortNames   []string `json:"shortNames"`
		Categories   []string `json:"categories"`
		Subresources []struct {
			Subresource string `json:"subresource"`
		} `json:"subresources"`
	} `json:"resources"`
}

// served are the versions by group, the preferred one first.
func (l discoveryList) served() map[string][]string {
	served := make(map[string][]string, min(len(l.Items)+len(l.Groups), maxGroups))
	for _, group := range l.Items[:min(len(l.Items), maxGroups)] {
		served[group.Metadata.Name] = names(group.Versions)
	}
	for _, group := range l.Groups[:min(len(l.Groups), maxGroups)] {
		if group.Name == "" { // that is the core's
			continue
		}
		versions := names(group.Versions)
		if i := slices.Index(versions, group.Preferred.Version); i > 0 {
			versions = slices.Insert(slices.Delete(versions, i, i+1), 0, group.Preferred.Version)
		}
		served[group.Name] = versions
	}
	if len(l.Versions) > 0 {
		served[""] = l.Versions[:min(len(l.Versions), maxVersions)]
	}
	return served
}

func names(versions []discoveredVersion) []string {
	names := make([]string, 0, min(len(versions), maxVersions))
	for _, v := range versions[:min(len(versions), maxVersions)] {
		names = append(names, v.Version)
	}
	return names
}

// kindsOf are the kinds of a list. A version that the server itself could not ask for lately (its API server is down) and knows
// nothing of keeps what was known before.
func kindsOf(items []discoveredGroup, before []Kind) []Kind {
	g := gathering{kinds: []Kind{}, at: map[[2]string]int{}}
	for _, group := range items[:min(len(items), maxGroups)] {
		name := group.Metadata.Name
		for _, v := range group.Versions[:min(len(group.Versions), maxVersions)] {
			if v.Freshness == "Stale" && len(v.Resources) == 0 {
				g.keep(before, name, v.Version)
			}
			for _, k := range v.kinds(name) {
				g.add(k)
			}
		}
	}
	return g.sorted()
}

// keep adds what was known of a group's version.
func (g *gathering) keep(before []Kind, group, version string) {
	for _, k := range before {
		if k.Group == group && slices.Contains(k.Versions, version) {
			k.Version = version
			g.add(k)
		}
	}
}

func (v discoveredVersion) kinds(group string) []Kind {
	kinds := make([]Kind, 0, min(len(v.Resources), maxKinds))
	for _, r := range v.Resources[:min(len(v.Resources), maxKinds)] {
		k := Kind{
			Group: group, Version: v.Version, Resource: r.Resource, Kind: r.ResponseKind.Kind, Namespaced: r.Scope == "Namespaced",
			Verbs: r.Verbs, ShortNames: r.ShortNames, Categories: r.Categories,
		}
		for _, sub := range r.Subresources[:min(len(r.Subresources), maxWords)] {
			k.Subresources = append(k.Subresources, sub.Subresource)
		}
		if k, ok := sound(k); ok {
			kinds = append(kinds, k)
		}
	}
	return kinds
}
