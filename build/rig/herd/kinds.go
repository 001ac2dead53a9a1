package herd

import (
	"embed"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"k8s.io/apimachinery/pkg/util/duration"
)

//go:embed templates
var templates embed.FS

// kind is a resource that the members serve.
type kind struct {
	group, version, resource, name string // such as apps, v1, deployments, Deployment
	namespaced                     bool
	discovery                      string // its entry, as a real server has it
	columns                        json.RawMessage
	metadata, whole                template // nil: only clients make such objects
	cells                          func(o *object, now time.Time) []any
}

func (k *kind) apiVersion() string {
	if k.group == "" {
		return k.version
	}
	return k.group + "/" + k.version
}

// plural is how refusals name the kind.
func (k *kind) plural() string {
	if k.group == "" {
		return k.resource
	}
	return k.resource + "." + k.group
}

const verbs = `"verbs":["create","delete","deletecollection","get","list","patch","update","watch"]`

// entry is a kind's part of aggregated discovery.
func entry(resource, singular, name, scope, rest string) string {
	return fmt.Sprintf(`{"resource":%q,"responseKind":{"group":"","version":"","kind":%q},"scope":%q,"singularResource":%q%s}`, resource, name, scope, singular, rest)
}

func status(kind string) string {
	return fmt.Sprintf(`{"subresource":"status","responseKind":{"group":"","version":"","kind":%q},"verbs":["get","patch","update"]}`, kind)
}

// loadKinds makes the kinds of their templates.
func loadKinds() ([]*kind, error) {
	all := []*kind{
		{version: "v1", resource: "events", name: "Event", namespaced: true, cells: eventCells, discovery: entry("events", "event", "Event", "Namespaced", `,`+verbs+`,"shortNames":["ev"]`)},
		{
			version: "v1", resource: "namespaces", name: "Namespace", cells: namespaceCells,
			discovery: entry("namespaces", "namespace", "Namespace", "Cluster", `,"verbs":["create","delete","get","list","patch","update","watch"],"shortNames":["ns"],"subresources":[`+status("Namespace")+`]`),
		},
		{
			version: "v1", resource: "nodes", name: "Node", cells: nodeCells,
			discovery: entry("nodes", "node", "Node", "Cluster", `,`+verbs+`,"shortNames":["no"],"subresources":[`+status("Node")+`]`),
		},
		{
			version: "v1", resource: "pods", name: "Pod", namespaced: true, cells: podCells,
			discovery: entry("pods", "pod", "Pod", "Namespaced", `,`+verbs+`,"shortNames":["po"],"categories":["all"],"subresources":[`+status("Pod")+`]`),
		},
		{version: "v1", resource: "secrets", name: "Secret", namespaced: true, cells: secretCells, discovery: entry("secrets", "secret", "Secret", "Namespaced", `,`+verbs)},
		{
			version: "v1", resource: "services", name: "Service", namespaced: true, cells: serviceCells,
			discovery: entry("services", "service", "Service", "Namespaced", `,`+verbs+`,"shortNames":["svc"],"categories":["all"],"subresources":[`+status("Service")+`]`),
		},
		{
			group: "apps", version: "v1", resource: "deployments", name: "Deployment", namespaced: true, cells: deploymentCells,
			discovery: entry("deployments", "deployment", "Deployment", "Namespaced", `,`+verbs+`,"shortNames":["deploy"],"categories":["all"],"subresources":[`+status("Deployment")+`]`),
		},
	}
	var columns map[string]json.RawMessage
	raw, err := templates.ReadFile("templates/columns.json")
	if err == nil {
		err = json.Unmarshal(raw, &columns)
	}
	if err != nil {
		return nil, fmt.Errorf("read the columns: %w", err)
	}
	for _, k := range all {
		if k.columns, err = compact(columns[k.resource]); err != nil {
			return nil, fmt.Errorf("read the columns of %s: %w", k.resource, err)
		}
		text, err := templates.ReadFile("templates/" + k.resource + ".json")
		if k.resource == "secrets" {
			continue
		}
		if err == nil {
			k.metadata, k.whole, err = split(text)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", k.resource, err)
		}
	}
	return all, nil
}

const none = "<none>"

func age(since int64, now time.Time) string {
	return duration.HumanDuration(now.Sub(time.Unix(since, 0)))
}

func podCells(o *object, now time.Time) []any {
	ready, restarts, ip := "0/1", strconv.Itoa(o.restarts), o.ip
	if o.state.ready {
		ready = "1/1"
	}
	if o.restarts > 0 {
		restarts += " (" + age(o.changed, now) + " ago)"
	}
	return []any{o.name, ready, o.state.word, restarts, age(o.created, now), ip, o.node, none, none}
}

func nodeCells(o *object, now time.Time) []any {
	status := "Ready"
	if !o.state.ready {
		status = "NotReady"
	}
	return []any{o.name, status, none, age(o.created, now), "v1.36.3", o.ip, none, "Ubuntu 24.04.2 LTS", "6.8.0-1021-aws (amd64)", "containerd://2.1.4"}
}

func deploymentCells(o *object, now time.Time) []any {
	ready := max(0, o.count-o.restarts)
	return []any{
		o.name, strconv.Itoa(ready) + "/" + strconv.Itoa(o.count), o.count, ready, age(o.created, now),
		"app", "registry.example.com/shop/" + o.name + ":4.12.0", "app.kubernetes.io/instance=shop,app.kubernetes.io/name=" + o.name,
	}
}

func namespaceCells(o *object, now time.Time) []any {
	return []any{o.name, "Active", age(o.created, now)}
}

func serviceCells(o *object, now time.Time) []any {
	return []any{o.name, "ClusterIP", o.ip, none, "80/TCP", age(o.created, now), "app.kubernetes.io/name=" + o.name}
}

func eventCells(o *object, now time.Time) []any {
	e := eventOf(o)
	return []any{age(o.changed, now), e.kind, e.reason, "pod/" + o.app, "spec.containers{app}", "kubelet, " + o.node, e.message, age(o.created, now), o.count, o.name}
}

func secretCells(o *object, now time.Time) []any {
	data, _ := o.body["data"].(map[string]any)
	kind, _ := o.body["type"].(string)
	return []any{o.name, kind, len(data), age(o.created, now)}
}

// emptyCells are those of an object that has nothing, as a bookmark has them.
func (k *kind) emptyCells() []any {
	cells := k.cells(&object{state: &state{}}, time.Now())
	for i := range cells {
		if _, number := cells[i].(int); number {
			cells[i] = 0
		} else {
			cells[i] = ""
		}
	}
	return cells
}
