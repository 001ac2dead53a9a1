package object

import (
	"context"
	"slices"
	"strings"

	"github.com/binnacle-dev/binnacle/backend/plain"
)

// Deletion is what goes when an object is deleted.
type Deletion struct {
	Groups     []Group // what it owns, or what lives in it
	Finalizers []string
	Warnings   []string
}

const shownOfDeletion = 10 // links of a group; the rest is counted

// Deletion reads what goes with the object. It fails only when the object itself can't be read.
func (m Member) Deletion(ctx context.Context, ref Ref) (Deletion, error) {
	o, err := m.read(ctx, ref)
	if err != nil {
		return Deletion{}, err
	}
	out := Deletion{
		Finalizers: append(o.texts("metadata", "finalizers"), o.texts("spec", "finalizers")...),
		Warnings:   m.warnings(ctx, o),
	}
	var groups []Group
	switch o.kind.Key() {
	case namespaces:
		groups = together(ctx, m.counting(o.name(), pods, deployments, statefulSets, daemonSets, services, configMaps, secrets, claims))
	case definitions:
		groups = together(ctx, []asking{m.objectsOf(o)})
	case nodes:
		groups = together(ctx, m.asked(o))
	default:
		groups = m.owned(ctx, o)
	}
	for _, g := range groups {
		if n := len(g.Links) - shownOfDeletion; n > 0 {
			g.Links, g.More = g.Links[:shownOfDeletion], g.More+n
		}
		if len(g.Links) > 0 || g.More > 0 || g.Why != "" {
			out.Groups = append(out.Groups, g)
		}
	}
	return out, ctx.Err()
}

// warnings are what a person may not expect of the deletion.
func (m Member) warnings(ctx context.Context, o object) []string {
	var out []string
	warn := func(so bool, text string) {
		if so {
			out = append(out, text)
		}
	}
	warn(o.deleting(), "It is being deleted already. It goes when its finalizers are done.")
	warn(inSystem(o.namespace()), "It is in a namespace of the cluster itself ("+o.namespace()+"): the cluster may need it to work.")
	switch o.kind.Key() {
	case namespaces:
		warn(inSystem(o.name()), "This namespace is the cluster's own: the cluster may need it to work.")
		warn(slices.Contains([]string{"default", "kube-system", "kube-public"}, o.name()), "The cluster doesn't let anybody delete this namespace.")
		warn(true, "Everything in it goes, also what isn't listed here.")
	case definitions:
		warn(true, "Deleting the definition deletes all objects of its kind, in all namespaces.")
	case nodes:
		warn(true, "Only the entry goes: a machine whose kubelet runs on registers itself again. Its pods are started elsewhere, if something manages them.")
	case volumes:
		bound := o.raw("status", "phase") == "Bound"
		warn(bound, "A claim is bound to it: "+o.raw("spec", "claimRef", "namespace")+"/"+o.raw("spec", "claimRef", "name")+". It stays until the claim is gone.")
		warn(o.raw("spec", "persistentVolumeReclaimPolicy") == "Delete", "Its data may go with it: its reclaim policy is Delete.")
	case claims:
		out = append(out, m.volumeWarning(ctx, o)...)
	case pods:
		mirror := o.in("metadata", "annotations")["kubernetes.io/config.mirror"] != nil
		warn(mirror, "It is a static pod: its node brings it back.")
		warn(controller(o.tree) == nil, "Nothing manages this pod: it doesn't come back.")
	}
	if ref := controller(o.tree); ref != nil && ref.flag("controller") {
		warn(true, ref.text("kind")+" "+ref.text("name")+" manages it, and probably makes a new one.")
	}
	warn(madeBy(o.tree) != "", madeBy(o.tree)+" keeps this object, and may make it again.")
	for i, w := range out {
		out[i] = plain.Line(w, maxText)
	}
	return out
}

// volumeWarning says what becomes of the data behind a claim.
func (m Member) volumeWarning(ctx context.Context, claim object) []string {
	name := claim.raw("spec", "volumeName")
	if name == "" {
		return nil
	}
	volume, err := m.read(ctx, Ref{Kind: volumes, Name: name})
	switch {
	case err != nil:
		return []string{"Whether the data of its volume " + name + " go with it can't be told: " + gone(err)}
	case volume.raw("spec", "persistentVolumeReclaimPolicy") == "Delete":
		return []string{"The volume " + name + " and its data go with it: its reclaim policy is Delete."}
	}
	return []string{"The volume " + name + " stays, with its data: its reclaim policy is " + volume.text("spec", "persistentVolumeReclaimPolicy") + "."}
}

// madeBy names the tool that says of the object that it applies it.
func madeBy(o tree) string {
	labels, annotations := o.in("metadata", "labels"), o.in("metadata", "annotations")
	switch {
	case labels["kustomize.toolkit.fluxcd.io/name"] != nil, labels["helm.toolkit.fluxcd.io/name"] != nil:
		return "Flux"
	case annotations["argocd.argoproj.io/tracking-id"] != nil, labels["argocd.argoproj.io/instance"] != nil:
		return "Argo CD"
	case labels["olm.owner"] != nil:
		return "The Operator Lifecycle Manager"
	case strings.EqualFold(scalar(labels["addonmanager.kubernetes.io/mode"]), "Reconcile"):
		return "The add-on manager"
	}
	return ""
}
