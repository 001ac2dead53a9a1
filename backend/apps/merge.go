package apps

import (
	"cmp"
	"slices"
	"strings"

	"github.com/binnacle-dev/binnacle/backend/pane"
)

// merge makes one App of all instances that are the same application. They come member by member, and stay in that order.
func merge(instances []Instance) []App {
	byKey := map[string]*App{}
	for _, one := range instances {
		key := string(one.source) + "/" + one.title
		if one.group != "" {
			key = string(one.source) + "/" + one.group + "/" + one.title
		}
		app := byKey[key]
		if app == nil {
			app = &App{Key: key, Name: one.title, Source: one.source, Tone: pane.ToneNone}
			byKey[key] = app
		}
		app.Instances = append(app.Instances, one)
		app.Tone = worse(app.Tone, one.Tone)
	}
	out := make([]App, 0, len(byKey))
	for _, app := range byKey {
		app.Drift = drift(app.Instances)
		out = append(out, *app)
	}
	slices.SortFunc(out, func(a, b App) int { return cmp.Or(pane.Natural(a.Name, b.Name), cmp.Compare(a.Key, b.Key)) })
	return out
}

// spread is what the instances have where they may differ: a value, and the members with it.
type spread map[string][]string

// add notes a value; "" is unknown, and differs from nothing.
func (s spread) add(value, member string) {
	if value != "" && !slices.Contains(s[value], member) {
		s[value] = append(s[value], member)
	}
}

// drift says in what the instances differ, and who has what.
func drift(instances []Instance) []Drift {
	if len(instances) < 2 {
		return nil
	}
	version, app, status, images := spread{}, spread{}, spread{}, map[string]spread{}
	for _, one := range instances {
		version.add(one.Version, one.Member)
		app.add(one.App, one.Member)
		status.add(one.Status, one.Member)
		for repository, tags := range tagsOf(one.Images) {
			if images[repository] == nil {
				images[repository] = spread{}
			}
			images[repository].add(tags, one.Member)
		}
	}
	out := appendDrift(nil, "version", version)
	out = appendDrift(out, "app", app)
	short := shortNames(images)
	var named []Drift
	for repository, tags := range images {
		named = appendDrift(named, "image "+short[repository], tags)
	}
	slices.SortFunc(named, func(a, b Drift) int { return cmp.Compare(a.Field, b.Field) })
	return appendDrift(append(out, named...), "status", status)
}

func appendDrift(out []Drift, field string, s spread) []Drift {
	if len(s) < 2 {
		return out
	}
	d := Drift{Field: field}
	for value, members := range s {
		d.Values = append(d.Values, Value{value, members})
	}
	slices.SortFunc(d.Values, func(a, b Value) int { // what most have comes first
		return cmp.Or(len(b.Members)-len(a.Members), pane.Natural(b.Value, a.Value), cmp.Compare(a.Value, b.Value))
	})
	return append(out, d)
}

// tagsOf are the tags of each repository, as one text: an instance may run two of one.
func tagsOf(images []string) map[string]string {
	tags := map[string][]string{}
	for _, image := range images {
		repository, tag := splitImage(image)
		if !slices.Contains(tags[repository], tag) {
			tags[repository] = append(tags[repository], tag)
		}
	}
	out := make(map[string]string, len(tags))
	for repository, list := range tags {
		slices.Sort(list)
		out[repository] = strings.Join(list, ", ")
	}
	return out
}

// shortNames are the repositories' last parts, or the whole of those that share it with another.
func shortNames(repositories map[string]spread) map[string]string {
	users, out := map[string]int{}, make(map[string]string, len(repositories))
	for repository := range repositories {
		users[last(repository)]++
	}
	for repository := range repositories {
		out[repository] = last(repository)
		if users[last(repository)] > 1 {
			out[repository] = repository
		}
	}
	return out
}

func last(repository string) string { return repository[strings.LastIndexByte(repository, '/')+1:] }
