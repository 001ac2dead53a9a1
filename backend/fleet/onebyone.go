package fleet

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/util/validation"
)

// Limits of asking for kinds by the group and version.
const (
	maxDue       = 600          // group versions; a large OpenShift has 200
	dueAtOnce    = 8            // requests side by side
	maxResources = 2 << 20      // bytes of one answer; that of the core has 10 KB
	maxTold      = 4 * maxKinds // of one round, for its answers are held at once
)

// groupVersion is what a server without aggregated discovery tells the kinds of.
type groupVersion struct{ group, version string }

func (gv groupVersion) path() string {
	if gv.group == "" {
		return "/api/" + gv.version
	}
	return "/apis/" + gv.group + "/" + gv.version
}

// sound says whether both can be part of a path.
func (gv groupVersion) sound() bool {
	return (gv.group == "" || len(validation.IsDNS1123Subdomain(gv.group)) == 0) && len(validation.IsDNS1123Label(gv.version)) == 0
}

// oneByOne is the part of a server that tells only which versions of groups there are. Their kinds are due: of all with anew, else of
// those that are new and of those that could not be told before. There is no tag: that the groups are the same says nothing of
// their kinds.
func oneByOne(served map[string][]string, before part, anew bool) part {
	gone := func(gv groupVersion) bool { return !slices.Contains(served[gv.group], gv.version) }
	now := part{
		versions: served,
		due:      slices.DeleteFunc(slices.Clone(before.due), gone),
		failed:   slices.DeleteFunc(slices.Clone(before.failed), gone),
	}
	anew = anew || !before.told && len(before.due) == 0
	for _, group := range slices.Sorted(maps.Keys(served)) {
		for _, version := range served[group] {
			gv := groupVersion{group, version}
			known := !anew && slices.Contains(before.versions[group], version)
			if !known && gv.sound() && !slices.Contains(now.due, gv) && !slices.Contains(now.failed, gv) && len(now.due) < maxDue {
				now.due = append(now.due, gv)
			}
		}
	}
	now.kinds, now.told = gather(served, before.kinds, nil), before.told || len(now.due) == 0
	return now
}

// gather makes the kinds of versions, from what was told of each now or else before.
func gather(served map[string][]string, before []Kind, told map[groupVersion]answer) []Kind {
	g := gathering{kinds: []Kind{}, at: map[[2]string]int{}}
	for _, group := range slices.Sorted(maps.Keys(served)) {
		for _, version := range served[group] {
			a, ok := told[groupVersion{group, version}]
			if !ok || a.err != nil {
				g.keep(before, group, version)
				continue
			}
			for _, k := range a.kinds {
				g.add(k)
			}
		}
	}
	return g.sorted()
}

// answer is what a server told of one group version.
type answer struct {
	kinds []Kind
	err   error // not told this time
}

// with is the part after some of what is due was asked for. All is told once everything was asked for: what failed is asked again,
// after the rest, and doesn't hide it.
func (p part) with(told map[groupVersion]answer) part {
	now := part{versions: p.versions, kinds: gather(p.versions, p.kinds, told)}
	var again []groupVersion
	for _, gv := range p.due {
		switch a, asked := told[gv]; {
		case !asked:
			now.due = append(now.due, gv)
		case a.err != nil:
			again = append(again, gv)
		}
	}
	for _, gv := range p.failed {
		switch a, asked := told[gv]; {
		case !asked:
			now.failed = append(now.failed, gv)
		case a.err != nil:
			again = append(again, gv)
		}
	}
	now.failed = append(now.failed, again...)
	silent := len(now.kinds) == 0 && len(now.failed) == len(p.due)+len(p.failed) && len(now.failed) > 0
	now.told = p.told || len(now.due) == 0 && !silent
	return now
}

// ask are those to ask for, in that order.
func (p part) ask() []groupVersion { return slices.Concat(p.due, p.failed) }

// askDue asks for the kinds that are due, some at a time. What came before ctx ended is kept, and the rest stays due.
func (c *Client) askDue(ctx context.Context) error {
	now := c.discovered()
	due := slices.Concat(now.core.ask(), now.groups.ask())
	if len(due) == 0 {
		return nil
	}
	var mu sync.Mutex
	told, left := map[groupVersion]answer{}, maxTold
	var group errgroup.Group
	group.SetLimit(dueAtOnce)
	for _, gv := range due {
		group.Go(func() error {
			if ctx.Err() != nil {
				return nil
			}
			kinds, err := c.resources(ctx, gv)
			mu.Lock()
			defer mu.Unlock()
			kinds = kinds[:min(len(kinds), left)]
			left -= len(kinds)
			told[gv] = answer{kinds, err}
			return nil
		})
	}
	_ = group.Wait() // none of them fails as a whole
	if len(now.core.ask()) > 0 {
		now.core = now.core.with(told)
	}
	if len(now.groups.ask()) > 0 {
		now.groups = now.groups.with(told)
	}
	c.learn(now)
	return ctx.Err()
}

// resources asks for the kinds of one group version; there are none for us if it is hidden from us or has just gone.
func (c *Client) resources(ctx context.Context, gv groupVersion) ([]Kind, error) {
	var list resourceList
	_, err := c.do(ctx, call{method: http.MethodGet, path: gv.path(), into: &list, most: maxResources})
	switch {
	case apierrors.IsForbidden(err), apierrors.IsNotFound(err):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("ask for the kinds of %s: %w", gv.path(), err)
	}
	return list.kinds(gv), nil
}

// resourceList is the plain form of a group version's kinds.
type resourceList struct {
	Resources []struct {
		Name       string   `json:"name"` // pods; pods/log is what lies below them
		Kind       string   `json:"kind"`
		Namespaced bool     `json:"namespaced"`
		Verbs      []string `json:"verbs"`
		ShortNames []string `json:"shortNames"`
		Categories []string `json:"categories"`
	} `json:"resources"`
}

func (l resourceList) kinds(gv groupVersion) []Kind {
	list := l.Resources[:min(len(l.Resources), 2*maxKinds)]
	below := map[string][]string{}
	for _, r := range list {
		if name, sub, ok := strings.Cut(r.Name, "/"); ok {
			below[name] = append(below[name], sub)
		}
	}
	kinds := make([]Kind, 0, len(list))
	for _, r := range list { // a name with a slash isn't sound
		k, ok := sound(Kind{
			Group: gv.group, Version: gv.version, Resource: r.Name, Kind: r.Kind, Namespaced: r.Namespaced,
			Verbs: r.Verbs, ShortNames: r.ShortNames, Categories: r.Categories, Subresources: below[r.Name],
		})
		if ok {
			kinds = append(kinds, k)
		}
	}
	return kinds
}
