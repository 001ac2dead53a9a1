package apps

import (
	"context"

	"github.com/binnacle-dev/binnacle/backend/pane"
)

// fluxObject is a Kustomization or a HelmRelease of Flux. The values of a HelmRelease aren't read.
type fluxObject struct {
	Metadata meta `json:"metadata"`
	Spec     struct {
		Suspend bool       `json:"suspend"`
		Source  fluxSource `json:"sourceRef"`
		Chart   struct {
			Spec struct {
				Chart   string `json:"chart"`
				Version string `json:"version"`
			} `json:"spec"`
		} `json:"chart"`
		ChartRef fluxSource `json:"chartRef"`
	} `json:"spec"`
	Status struct {
		LastAppliedRevision string `json:"lastAppliedRevision"`
		History             []struct {
			ChartName    string `json:"chartName"`
			ChartVersion string `json:"chartVersion"`
			AppVersion   string `json:"appVersion"`
			LastDeployed moment `json:"lastDeployed"`
		} `json:"history"`
		Conditions []fluxCondition `json:"conditions"`
	} `json:"status"`
}

type fluxSource struct {
	Name string `json:"name"`
}

type fluxCondition struct {
	Type    string `json:"type"`
	Status  string `json:"status"`
	Reason  string `json:"reason"`
	Message string `json:"message"`
	Changed moment `json:"lastTransitionTime"`
}

func readFlux(ctx context.Context, r *reader) found {
	var out found
	for _, l := range []listing{
		{what: "Flux Kustomizations", group: "kustomize.toolkit.fluxcd.io", resource: "kustomizations"},
		{what: "Flux HelmReleases", group: "helm.toolkit.fluxcd.io", resource: "helmreleases"},
	} {
		l.key = l.resource + "." + l.group
		l, served := r.kind(l)
		if !served {
			continue
		}
		out.gaps = append(out.gaps, each(ctx, r, l, func(o fluxObject) { out.others = append(out.others, o.instance(l)) }))
	}
	return out
}

func (o fluxObject) instance(l listing) Instance {
	name := clean(o.Metadata.Name)
	ready := o.ready()
	status, tone := ready.state(o.Spec.Suspend)
	out := Instance{
		source: Flux, title: name, group: l.resource, Namespace: clean(o.Metadata.Namespace), Name: name,
		Chart: first(o.Spec.Chart.Spec.Chart, o.Spec.ChartRef.Name, o.Spec.Source.Name), Version: shortCommit(o.Status.LastAppliedRevision),
		Revision: clean(o.Spec.Chart.Spec.Version), Status: status, Tone: tone, Message: clean(ready.Message), Updated: ready.Changed.Time,
		Images: []string{}, Ref: o.Metadata.ref(l.key),
	}
	if l.resource == "kustomizations" {
		out.Selector = selectorOf("kustomize.toolkit.fluxcd.io/name", name)
	} else {
		out.Selector = selectorOf("helm.toolkit.fluxcd.io/name", name)
	}
	if len(o.Status.History) > 0 {
		h := o.Status.History[0]
		out.Chart, out.App = first(h.ChartName, out.Chart), clean(h.AppVersion)
		out.Version = first(h.ChartVersion, out.Version)
		if !h.LastDeployed.IsZero() {
			out.Updated = h.LastDeployed.Time
		}
	}
	return out
}

func (o fluxObject) ready() fluxCondition {
	for _, c := range o.Status.Conditions {
		if c.Type == "Ready" {
			return c
		}
	}
	return fluxCondition{}
}

func (c fluxCondition) state(suspended bool) (string, pane.Tone) {
	switch {
	case suspended:
		return "Suspended", pane.ToneNone
	case c.Status == "True":
		return "Ready", pane.ToneGood
	case c.Status == "False":
		return first(c.Reason, "NotReady"), pane.ToneBad
	case c.Status == "Unknown":
		return first(c.Reason, "Progressing"), pane.ToneBusy
	}
	return "Unknown", pane.ToneWarning
}
