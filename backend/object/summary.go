package object

import (
	"strconv"
	"strings"

	kresource "k8s.io/apimachinery/pkg/api/resource"

	"github.com/binnacle-dev/binnacle/backend/plain"
)

// summary says what people want to know first of the object, by its kind.
func summary(o object) []Fact {
	var f facts
	switch o.kind.Key() {
	case pods:
		podFacts(&f, o)
	case deployments, statefulSets, daemonSets, replicaSets, controllers:
		workloadFacts(&f, o)
	case jobs:
		jobFacts(&f, o)
	case cronJobs:
		cronJobFacts(&f, o)
	case nodes:
		nodeFacts(&f, o)
	case services:
		serviceFacts(&f, o)
	case ingresses:
		ingressFacts(&f, o)
	case claims, volumes:
		storageFacts(&f, o)
	case configMaps, secrets:
		configFacts(&f, o)
	case namespaces:
		f.add("Phase", o.text("status", "phase"))
		f.add("Finalizers", strings.Join(o.texts("spec", "finalizers"), ", "))
	case events, "events.events.k8s.io":
		eventFacts(&f, o)
	case definitions:
		definitionFacts(&f, o)
	case autoscalers:
		autoscalerFacts(&f, o)
	default:
		otherFacts(&f, o)
	}
	if list := o.texts("metadata", "finalizers"); len(list) > 0 && o.deleting() {
		f.toned("Waits for", strings.Join(list, ", "), ToneWarning)
	}
	return f
}

// configFacts are the keys and their sizes; a Secret's values are never looked into.
func configFacts(f *facts, o object) {
	f.add("Type", o.text("type"))
	if o.flag("immutable") {
		f.add("Immutable", "yes")
	}
	data, binary := o.in("data"), o.in("binaryData")
	f.count("Keys", int64(len(data)+len(binary)))
	for _, key := range data.keys() {
		n := len(scalar(data[key]))
		if o.secret() {
			n = valueSize(data[key])
		}
		f.add(key, size(n))
	}
	for _, key := range binary.keys() {
		f.add(key, size(valueSize(binary[key]))+" of binary data")
	}
}

// size is a number of bytes for people.
func size(n int) string {
	switch {
	case n == 1:
		return "1 byte"
	case n < 1<<10:
		return strconv.Itoa(n) + " bytes"
	case n < 1<<20:
		return strconv.FormatFloat(float64(n)/(1<<10), 'f', 1, 64) + " KiB"
	}
	return strconv.FormatFloat(float64(n)/(1<<20), 'f', 1, 64) + " MiB"
}

// quantity is an amount such as memory in units that people read: 16384256Ki is 15.6Gi.
func quantity(s string) string {
	q, err := kresource.ParseQuantity(s)
	if err != nil || q.Format != kresource.BinarySI {
		return plain.Line(s, maxName)
	}
	n, units := float64(q.Value()), []string{"", "Ki", "Mi", "Gi", "Ti", "Pi"}
	unit := 0
	for n >= 1024 && unit < len(units)-1 {
		n, unit = n/1024, unit+1
	}
	return strings.TrimSuffix(strconv.FormatFloat(n, 'f', 1, 64), ".0") + units[unit]
}

// selector is a label selector as kubectl takes it, "" when it selects nothing or everything.
func selector(s tree) string {
	var parts []string
	labels := s.in("matchLabels")
	for _, key := range labels.keys() {
		parts = append(parts, key+"="+scalar(labels[key]))
	}
	for _, e := range s.trees("matchExpressions") {
		key, values := e.raw("key"), strings.Join(e.texts("values"), ",")
		switch e.raw("operator") {
		case "In":
			parts = append(parts, key+" in ("+values+")")
		case "NotIn":
			parts = append(parts, key+" notin ("+values+")")
		case "Exists":
			parts = append(parts, key)
		case "DoesNotExist":
			parts = append(parts, "!"+key)
		}
	}
	return strings.Join(parts, ",")
}
