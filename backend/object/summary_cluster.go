package object

import (
	"fmt"
	"strings"

	"github.com/binnacle-dev/binnacle/backend/plain"
)

func nodeFacts(f *facts, o object) {
	word, tone := status(o)
	f.toned("Status", word, tone)
	f.add("Roles", first(strings.Join(roles(o.tree), ", "), "none"))
	info := o.in("status", "nodeInfo")
	f.add("Kubelet", info.text("kubeletVersion"))
	f.add("System", info.text("osImage"))
	f.add("Kernel", info.text("kernelVersion"))
	f.add("Architecture", strings.Trim(info.text("operatingSystem")+"/"+info.text("architecture"), "/"))
	f.add("Container runtime", info.text("containerRuntimeVersion"))
	f.add("Provider's name", o.text("spec", "providerID"))
	for _, a := range o.trees("status", "addresses") {
		f.add(a.text("type"), a.text("address"))
	}
	capacity, free := o.in("status", "capacity"), o.in("status", "allocatable")
	for _, key := range capacity.keys() {
		if all, usable := quantity(scalar(capacity[key])), quantity(scalar(free[key])); strings.Trim(all+usable, "0") != "" {
			f.add("Capacity of "+key, all+", "+first(usable, "nothing")+" for pods")
		}
	}
	for _, t := range o.trees("spec", "taints") {
		text := t.text("key")
		if v := t.text("value"); v != "" {
			text += "=" + v
		}
		f.add("Taint", text+":"+t.text("effect"))
	}
}

func roles(node tree) []string {
	var out []string
	labels := node.in("metadata", "labels")
	for _, key := range labels.keys() {
		if role, ok := strings.CutPrefix(key, "node-role.kubernetes.io/"); ok && role != "" {
			out = append(out, plain.Line(role, maxName))
		} else if key == "kubernetes.io/role" {
			out = append(out, plain.Line(scalar(labels[key]), maxName))
		}
	}
	return out
}

func definitionFacts(f *facts, o object) {
	names := o.in("spec", "names")
	f.add("Kind", names.text("kind"))
	f.add("Group", o.text("spec", "group"))
	f.add("Names", strings.Join(append([]string{names.text("plural"), names.text("singular")}, names.texts("shortNames")...), ", "))
	f.add("Scope", o.text("spec", "scope"))
	var versions []string
	for _, v := range o.trees("spec", "versions") {
		text := v.text("name")
		switch {
		case v.flag("storage"):
			text += " (stored)"
		case v.flag("deprecated"):
			text += " (deprecated)"
		case !v.flag("served"):
			text += " (not served)"
		}
		versions = append(versions, text)
	}
	f.add("Versions", strings.Join(versions, ", "))
	f.add("Conversion", o.text("spec", "conversion", "strategy"))
}

// eventFacts are those of both of the groups that serve events.
func eventFacts(f *facts, o object) {
	tone := ToneNone
	if o.raw("type") == "Warning" {
		tone = ToneWarning
	}
	f.toned("Type", o.text("type"), tone)
	f.add("Reason", o.text("reason"))
	f.add("Message", first(o.text("message"), o.text("note")))
	about := o.in("involvedObject")
	if about == nil {
		about = o.in("regarding")
	}
	f.add("About", strings.TrimSpace(fmt.Sprintf("%s %s", about.text("kind"), about.text("name"))))
	e := eventOf(o.tree)
	f.count("Times", int64(e.Count))
	f.add("Source", e.Source)
	f.at("First", e.First)
	f.at("Last", e.Last)
}
