package object

import (
	"strings"
)

func serviceFacts(f *facts, o object) {
	f.add("Type", o.text("spec", "type"))
	f.add("Cluster IPs", first(strings.Join(o.texts("spec", "clusterIPs"), ", "), o.text("spec", "clusterIP")))
	f.add("External name", o.text("spec", "externalName"))
	f.add("External IPs", strings.Join(o.texts("spec", "externalIPs"), ", "))
	switch addresses := balancer(o.tree); {
	case len(addresses) > 0:
		f.add("Load balancer", strings.Join(addresses, ", "))
	case o.raw("spec", "type") == "LoadBalancer":
		f.toned("Load balancer", "waiting for an address", ToneBusy)
	}
	for _, p := range o.trees("spec", "ports") {
		text := p.text("port")
		if target := p.text("targetPort"); target != "" && target != text {
			text += " → " + target
		}
		if node := p.text("nodePort"); node != "" {
			text += ", on nodes " + node
		}
		f.add(strings.TrimSpace("Port "+p.text("name")), text+" "+first(p.text("protocol"), "TCP"))
	}
	f.add("Selector", labelPairs(o.in("spec", "selector")))
	f.add("Session affinity", o.text("spec", "sessionAffinity"))
}

// balancer are the addresses that a service or an ingress was given.
func balancer(o tree) []string {
	var out []string
	for _, in := range o.trees("status", "loadBalancer", "ingress") {
		if a := first(in.text("ip"), in.text("hostname")); a != "" {
			out = append(out, a)
		}
	}
	return out
}

func labelPairs(m tree) string {
	var out []string
	for _, key := range m.keys() {
		out = append(out, key+"="+scalar(m[key]))
	}
	return strings.Join(out, ",")
}

func ingressFacts(f *facts, o object) {
	f.link("Class", "ingressclasses.networking.k8s.io", "", o.raw("spec", "ingressClassName"))
	f.add("Addresses", strings.Join(balancer(o.tree), ", "))
	for _, t := range o.trees("spec", "tls") {
		f.link("TLS for "+first(strings.Join(t.texts("hosts"), ", "), "any host"), secrets, o.namespace(), t.raw("secretName"))
	}
	if backend := backendText(o.in("spec", "defaultBackend")); backend != "" {
		f.add("By default", backend)
	}
	for _, r := range o.trees("spec", "rules") {
		for _, p := range r.trees("http", "paths") {
			f.add(first(r.text("host"), "*")+first(p.text("path"), "/"), backendText(p.in("backend")))
		}
	}
}

func backendText(backend tree) string {
	if s := backend.in("service"); s != nil {
		return strings.TrimSuffix(s.text("name")+":"+first(s.text("port", "name"), s.text("port", "number")), ":")
	}
	if r := backend.in("resource"); r != nil {
		return r.text("kind") + " " + r.text("name")
	}
	return ""
}

func storageFacts(f *facts, o object) {
	word, tone := status(o)
	f.toned("Phase", word, tone)
	f.add("Reason", o.text("status", "reason"))
	f.add("Message", o.text("status", "message"))
	f.add("Capacity", first(o.text("status", "capacity", "storage"), o.text("spec", "capacity", "storage")))
	f.add("Asked for", o.text("spec", "resources", "requests", "storage"))
	f.add("Access", strings.Join(o.texts("spec", "accessModes"), ", "))
	f.add("Mode", o.text("spec", "volumeMode"))
	f.link("Storage class", storageClasses, "", o.raw("spec", "storageClassName"))
	f.link("Volume", volumes, "", o.raw("spec", "volumeName"))
	claim := o.in("spec", "claimRef")
	f.link("Claim", claims, claim.raw("namespace"), claim.raw("name"))
	f.add("When released", o.text("spec", "persistentVolumeReclaimPolicy"))
	f.add("Driver", o.text("spec", "csi", "driver"))
	if source := o.in("spec", "dataSource"); source != nil {
		f.add("Made from", source.text("kind")+" "+source.text("name"))
	}
}
