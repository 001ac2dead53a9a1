package apps

import (
	"context"
	"time"
)

const (
	labelName     = "app.kubernetes.io/name"
	labelInstance = "app.kubernetes.io/instance"
	labelVersion  = "app.kubernetes.io/version"
	labelManager  = "app.kubernetes.io/managed-by"
)

// workload is a Deployment, StatefulSet, DaemonSet or CronJob that says of which application it is.
type workload struct {
	ref                              Ref
	instance, name, version, manager string // by its labels
	helmRelease, helmNamespace       string // by Helm's annotations
	images                           []string
	ready, wanted                    int
	scheduled, suspended             bool // it is a CronJob; that doesn't run
	updated                          time.Time
}

// object is what is read of a workload's JSON, of any of its kinds.
type object struct {
	Metadata meta `json:"metadata"`
	Spec     struct {
		Replicas    *int        `json:"replicas"`
		Suspend     bool        `json:"suspend"`
		Template    podTemplate `json:"template"`
		JobTemplate struct {
			Spec struct {
				Template podTemplate `json:"template"`
			} `json:"spec"`
		} `json:"jobTemplate"`
	} `json:"spec"`
	Status struct {
		ReadyReplicas          int `json:"readyReplicas"`
		NumberReady            int `json:"numberReady"`
		DesiredNumberScheduled int `json:"desiredNumberScheduled"`
		Conditions             []struct {
			Type           string `json:"type"`
			LastUpdateTime moment `json:"lastUpdateTime"`
		} `json:"conditions"`
	} `json:"status"`
}

func readWorkloads(ctx context.Context, r *reader) found {
	var out found
	for _, l := range []listing{
		{what: "Deployments", key: "deployments.apps", group: "apps", resource: "deployments"},
		{what: "StatefulSets", key: "statefulsets.apps", group: "apps", resource: "statefulsets"},
		{what: "DaemonSets", key: "daemonsets.apps", group: "apps", resource: "daemonsets"},
		{what: "CronJobs", key: "cronjobs.batch", group: "batch", resource: "cronjobs"},
	} {
		l.selectors = []string{labelInstance, labelName + ",!" + labelInstance}
		l, served := r.kind(l)
		if !served {
			continue
		}
		out.gaps = append(out.gaps, each(ctx, r, l, func(o object) { out.workloads = append(out.workloads, o.workload(l.key)) }))
	}
	return out
}

func (o object) workload(kind string) workload {
	images := imageSet{}
	o.Spec.Template.images(images)
	o.Spec.JobTemplate.Spec.Template.images(images)
	labels, notes := o.Metadata.Labels, o.Metadata.Annotations
	w := workload{
		ref: o.Metadata.ref(kind), images: images.sorted(),
		instance: clean(labels[labelInstance]), name: clean(labels[labelName]), version: clean(labels[labelVersion]), manager: clean(labels[labelManager]),
		helmRelease: clean(notes["meta.helm.sh/release-name"]), helmNamespace: clean(notes["meta.helm.sh/release-namespace"]),
	}
	switch kind {
	case "cronjobs.batch":
		w.scheduled, w.suspended = true, o.Spec.Suspend
	case "daemonsets.apps":
		w.ready, w.wanted = o.Status.NumberReady, o.Status.DesiredNumberScheduled
	default:
		w.ready, w.wanted = o.Status.ReadyReplicas, 1
		if o.Spec.Replicas != nil {
			w.wanted = *o.Spec.Replicas
		}
	}
	w.ready, w.wanted = max(w.ready, 0), max(w.wanted, 0)
	w.ready = min(w.ready, w.wanted) // more run while it is updated
	for _, c := range o.Status.Conditions {
		if c.Type == "Progressing" {
			w.updated = c.LastUpdateTime.Time
		}
	}
	return w
}
