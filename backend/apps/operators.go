package apps

import (
	"context"
	"strings"

	"github.com/binnacle-dev/binnacle/backend/pane"
)

const olm = "operators.coreos.com"

// podSpec is what is read of the containers of a workload.
type podSpec struct {
	Containers     []container `json:"containers"`
	InitContainers []container `json:"initContainers"`
}

type container struct {
	Image string `json:"image"`
}

type podTemplate struct {
	Spec podSpec `json:"spec"`
}

func (p podTemplate) images(into imageSet) {
	for _, list := range [][]container{p.Spec.Containers, p.Spec.InitContainers} {
		for _, c := range list {
			into.add(c.Image)
		}
	}
}

// csv is a ClusterServiceVersion: one version of an operator, installed.
type csv struct {
	Metadata meta `json:"metadata"`
	Spec     struct {
		DisplayName string `json:"displayName"`
		Version     string `json:"version"`
		Install     struct {
			Spec struct {
				Deployments []struct {
					Name string `json:"name"`
					Spec struct {
						Template podTemplate `json:"template"`
					} `json:"spec"`
				} `json:"deployments"`
			} `json:"spec"`
		} `json:"install"`
		RelatedImages []container `json:"relatedImages"`
	} `json:"spec"`
	Status struct {
		Phase          string `json:"phase"`
		Message        string `json:"message"`
		LastUpdateTime moment `json:"lastUpdateTime"`
	} `json:"status"`
}

// subscription is what keeps an operator current.
type subscription struct {
	Metadata meta `json:"metadata"`
	Spec     struct {
		Package string `json:"name"`
		Channel string `json:"channel"`
	} `json:"spec"`
	Status struct {
		InstalledCSV string `json:"installedCSV"`
		CurrentCSV   string `json:"currentCSV"`
		State        string `json:"state"`
	} `json:"status"`
}

func readOperators(ctx context.Context, r *reader) found {
	subscriptions, served := r.kind(listing{what: "Operator subscriptions", key: "subscriptions." + olm, group: olm, resource: "subscriptions"})
	versions, installed := r.kind(listing{
		what: "Operators", key: "clusterserviceversions." + olm, group: olm, resource: "clusterserviceversions",
		selectors: []string{"!olm.copiedFrom"}, // one is copied to every namespace that it serves
	})
	var out found
	wanted := map[[2]string]subscription{} // by namespace and installed version
	if served {
		out.gaps = append(out.gaps, each(ctx, r, subscriptions, func(s subscription) {
			if s.Status.InstalledCSV == "" {
				out.others = append(out.others, s.pending())
				return
			}
			wanted[[2]string{s.Metadata.Namespace, s.Status.InstalledCSV}] = s
		}))
	}
	if installed {
		out.gaps = append(out.gaps, each(ctx, r, versions, func(v csv) {
			out.others = append(out.others, v.instance(wanted[[2]string{v.Metadata.Namespace, v.Metadata.Name}]))
		}))
	}
	return out
}

// pending is an operator that is subscribed to and not installed.
func (s subscription) pending() Instance {
	name := first(s.Spec.Package, s.Metadata.Name)
	return Instance{
		source: Operator, title: name, Namespace: clean(s.Metadata.Namespace), Name: clean(s.Metadata.Name), Chart: name,
		Revision: clean(s.Spec.Channel), Status: first(s.Status.State, "Not installed"), Tone: pane.ToneBusy,
		Ref: s.Metadata.ref("subscriptions." + olm),
	}
}

// instance is an installed version with the subscription that it came by; the zero one is none.
func (v csv) instance(by subscription) Instance {
	images := imageSet{}
	var runs group
	for _, d := range v.Spec.Install.Spec.Deployments {
		d.Spec.Template.images(images)
		runs = append(runs, workload{ref: meta{Name: d.Name, Namespace: v.Metadata.Namespace}.ref("deployments.apps")})
	}
	workloads, more := runs.refs()
	for _, image := range v.Spec.RelatedImages {
		images.add(image.Image)
	}
	bare, _, _ := strings.Cut(v.Metadata.Name, ".") // elastic-operator.v2.15.0
	name := first(by.Spec.Package, bare)
	upgrade := ""
	if to := by.Status.CurrentCSV; to != "" && to != v.Metadata.Name {
		upgrade = "An upgrade to " + to + " waits (" + first(by.Status.State, "pending") + ")"
	}
	return Instance{
		source: Operator, title: name, Namespace: clean(v.Metadata.Namespace), Name: clean(v.Metadata.Name), Chart: name,
		Version: clean(v.Spec.Version), Revision: clean(by.Spec.Channel), Status: first(v.Status.Phase, "Unknown"), Tone: csvTone(v.Status.Phase),
		Message: sentences(v.Status.Message, upgrade), Images: images.sorted(), Updated: v.Status.LastUpdateTime.Time,
		Ref: v.Metadata.ref("clusterserviceversions." + olm), Selector: selectorOf("olm.owner", v.Metadata.Name),
		Workloads: workloads, More: more,
	}
}

func csvTone(phase string) pane.Tone {
	switch phase {
	case "Succeeded":
		return pane.ToneGood
	case "Failed":
		return pane.ToneBad
	case "Pending", "InstallReady", "Installing", "Replacing", "Deleting", "":
		return pane.ToneBusy
	}
	return pane.ToneWarning
}
