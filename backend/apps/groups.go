package apps

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/binnacle-dev/binnacle/backend/pane"
)

// group are the workloads of one application in one namespace.
type group []workload

// fold gives the instances of one member: Helm's with the state of their workloads, then those of the workloads that aren't Helm's.
func (f found) fold() []Instance {
	out := slices.Clone(f.helm)
	releases := make(map[[2]string]int, len(out))
	for i, one := range out {
		releases[[2]string{one.Namespace, one.Name}] = i
	}
	ofHelm, others := map[int]group{}, map[[2]string]group{}
	for _, w := range f.workloads {
		at := [2]string{cmp.Or(w.helmNamespace, w.ref.Namespace), cmp.Or(w.helmRelease, w.instance)}
		if i, ours := releases[at]; ours && (w.manager == "Helm" || w.helmRelease != "") {
			ofHelm[i] = append(ofHelm[i], w)
			continue
		}
		if title := cmp.Or(w.instance, w.name); title != "" {
			at = [2]string{w.ref.Namespace, title}
			others[at] = append(others[at], w)
		}
	}
	for i, g := range ofHelm {
		g.within(&out[i])
	}
	for at, g := range others {
		out = append(out, g.instance(at[0], at[1]))
	}
	return append(out, f.others...)
}

// maxWorkloads is how many workloads of an instance are named.
const maxWorkloads = 50

// refs names the workloads, those first that stand best for the whole, and counts those that are too many.
func (g group) refs() (refs []Ref, more int) {
	for _, w := range g.sorted()[:min(len(g), maxWorkloads)] {
		refs = append(refs, w.ref)
	}
	return refs, len(g) - len(refs)
}

func (g group) sorted() group {
	return slices.SortedFunc(slices.Values(g), func(a, b workload) int {
		return cmp.Or(rank(a.ref.Kind)-rank(b.ref.Kind), cmp.Compare(a.ref.Name, b.ref.Name))
	})
}

// within adds the state of Helm's workloads to their release: that was installed well, and may still not run.
func (g group) within(release *Instance) {
	if len(release.Images) == 0 {
		release.Images = g.images()
	}
	release.Workloads, release.More = g.refs()
	status, tone := g.state()
	if release.Status == "deployed" && tone != pane.ToneGood && tone != pane.ToneNone {
		release.Tone, release.Message = worse(release.Tone, tone), sentences(release.Message, status)
	}
}

func (g group) instance(namespace, title string) Instance {
	g = g.sorted()
	out := Instance{
		source: Labels, title: title, Namespace: namespace, Name: title, Images: g.images(), Ref: g[0].ref,
		Selector: cmp.Or(selectorOf(labelInstance, g[0].instance), selectorOf(labelName, g[0].name)),
	}
	out.Workloads, out.More = g.refs()
	out.Status, out.Tone = g.state()
	for _, w := range g {
		out.Chart, out.App = cmp.Or(out.Chart, w.name), cmp.Or(out.App, w.version)
		if w.updated.After(out.Updated) {
			out.Updated = w.updated
		}
	}
	return out
}

// rank orders kinds by how well they stand for the whole.
func rank(kind string) int {
	return slices.Index([]string{"deployments.apps", "statefulsets.apps", "daemonsets.apps", "cronjobs.batch"}, kind)
}

func (g group) images() []string {
	images := imageSet{}
	for _, w := range g {
		for _, image := range w.images {
			images.add(image)
		}
	}
	return images.sorted()
}

// state is how many of its pods are ready, in words.
func (g group) state() (string, pane.Tone) {
	ready, wanted, scheduled, suspended := 0, 0, 0, 0
	for _, w := range g {
		ready, wanted = ready+w.ready, wanted+w.wanted
		if w.scheduled {
			scheduled++
		}
		if w.suspended {
			suspended++
		}
	}
	switch {
	case wanted > 0 && ready >= wanted:
		return "Ready", pane.ToneGood
	case wanted > 0 && ready == 0:
		return fmt.Sprintf("0 of %d ready", wanted), pane.ToneBad
	case wanted > 0:
		return fmt.Sprintf("%d of %d ready", ready, wanted), pane.ToneWarning
	case scheduled > suspended:
		return "Scheduled", pane.ToneGood
	case scheduled > 0:
		return "Suspended", pane.ToneNone
	}
	return "Scaled to none", pane.ToneNone
}

// worse is the heavier of two tones.
func worse(a, b pane.Tone) pane.Tone {
	order := []pane.Tone{pane.ToneNone, pane.ToneGood, pane.ToneBusy, pane.ToneWarning, pane.ToneBad}
	return order[max(slices.Index(order, a), slices.Index(order, b), 0)]
}
