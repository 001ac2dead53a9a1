package object

import (
	"fmt"
	"strconv"
	"strings"
)

func workloadFacts(f *facts, o object) {
	if o.is(daemonSets) {
		f.toned("Pods", daemonPods(o.tree), second(status(o)))
		f.count("Unavailable", o.number("status", "numberUnavailable"))
	} else {
		wanted := o.numberOr(1, "spec", "replicas")
		f.toned("Replicas", fmt.Sprintf("%d wanted, %d ready, %d updated, %d available", wanted,
			o.number("status", "readyReplicas"), o.number("status", "updatedReplicas"), o.number("status", "availableReplicas")), second(status(o)))
	}
	f.add("Strategy", strategy(o.tree))
	if o.flag("spec", "paused") {
		f.toned("Paused", "The rollout is paused.", ToneWarning)
	}
	f.add("Selector", first(selector(o.in("spec", "selector")), labelPairs(plainSelector(o))))
	f.link("Service", services, o.namespace(), o.raw("spec", "serviceName"))
	templateFacts(f, o.in("spec", "template"), o.namespace())
}

// plainSelector is that of a replication controller, which has labels alone.
func plainSelector(o object) tree {
	if o.is(controllers) {
		return o.in("spec", "selector")
	}
	return nil
}

func second(_ string, tone Tone) Tone { return tone }

func daemonPods(o tree) string {
	s := o.in("status")
	return fmt.Sprintf("%d wanted, %d ready, %d updated, %d available", s.number("desiredNumberScheduled"), s.number("numberReady"),
		s.number("updatedNumberScheduled"), s.number("numberAvailable"))
}

func strategy(o tree) string {
	s := o.in("spec", "strategy")
	if s == nil {
		s = o.in("spec", "updateStrategy")
	}
	text, rolling := s.text("type"), s.in("rollingUpdate")
	var limits []string
	for _, limit := range []struct{ key, title string }{{"maxUnavailable", "unavailable"}, {"maxSurge", "more"}, {"partition", "partition"}} {
		if v := rolling.text(limit.key); v != "" {
			limits = append(limits, limit.title+" "+v)
		}
	}
	if len(limits) > 0 {
		text += " (" + strings.Join(limits, ", ") + ")"
	}
	return text
}

func templateFacts(f *facts, template tree, namespace string) {
	for _, list := range []struct{ key, title string }{{"initContainers", "Init image "}, {"containers", "Image "}} {
		for _, c := range template.trees("spec", list.key) {
			f.add(list.title+c.raw("name"), c.text("image"))
		}
	}
	f.link("Service account", accounts, namespace, template.raw("spec", "serviceAccountName"))
}

func jobFacts(f *facts, o object) {
	s := o.in("status")
	f.add("Pods", fmt.Sprintf("%d active, %d succeeded, %d failed", s.number("active"), s.number("succeeded"), s.number("failed")))
	f.count("Completions wanted", o.numberOr(1, "spec", "completions"))
	f.count("Parallel", o.numberOr(1, "spec", "parallelism"))
	f.count("Tries", o.numberOr(6, "spec", "backoffLimit"))
	if o.flag("spec", "suspend") {
		f.toned("Suspended", "yes", ToneWarning)
	}
	if seconds := o.number("spec", "activeDeadlineSeconds"); seconds > 0 {
		f.add("Deadline", strconv.FormatInt(seconds, 10)+" s")
	}
	f.at("Started", s.moment("startTime"))
	f.at("Completed", s.moment("completionTime"))
	templateFacts(f, o.in("spec", "template"), o.namespace())
}

func cronJobFacts(f *facts, o object) {
	f.add("Schedule", o.text("spec", "schedule"))
	f.add("Time zone", o.text("spec", "timeZone"))
	f.add("Concurrency", o.text("spec", "concurrencyPolicy"))
	if o.flag("spec", "suspend") {
		f.toned("Suspended", "yes", ToneWarning)
	}
	f.count("Active jobs", int64(len(o.trees("status", "active"))))
	f.at("Last scheduled", o.moment("status", "lastScheduleTime"))
	f.at("Last succeeded", o.moment("status", "lastSuccessfulTime"))
	templateFacts(f, o.in("spec", "jobTemplate", "spec", "template"), o.namespace())
}

func autoscalerFacts(f *facts, o object) {
	target := o.in("spec", "scaleTargetRef")
	f.add("Scales", target.text("kind")+" "+target.text("name"))
	f.add("Replicas", fmt.Sprintf("%d now, %d wanted, %d to %d allowed", o.number("status", "currentReplicas"),
		o.number("status", "desiredReplicas"), o.numberOr(1, "spec", "minReplicas"), o.number("spec", "maxReplicas")))
	now := o.trees("status", "currentMetrics")
	for i, metric := range o.trees("spec", "metrics") {
		current := tree{}
		if i < len(now) {
			current = now[i]
		}
		f.add("Metric "+metric.text("type"), metricText(metric, current))
	}
	f.at("Last scaled", o.moment("status", "lastScaleTime"))
}

// metricText is "cpu 40% of 80%"; a metric lies under a key named after its type.
func metricText(metric, current tree) string {
	kind := metric.raw("type")
	if kind == "" {
		return ""
	}
	key := strings.ToLower(kind[:1]) + kind[1:]
	want, is := metric.in(key, "target"), current.in(key, "current")
	value := func(t tree) string {
		if n := t.text("averageUtilization"); n != "" {
			return n + "%"
		}
		return first(t.text("averageValue"), t.text("value"), "unknown")
	}
	name := first(metric.text(key, "name"), metric.text(key, "metric", "name"))
	return strings.TrimSpace(name + " " + value(is) + " of " + value(want))
}
