package pane

import "strings"

// Definition is a column as a server defines it: see metav1.TableColumnDefinition.
type Definition struct {
	Name, Type, Format, Description string
	Priority                        int32
}

// customColumn begins the description of a custom resource's column whose author gave none; the path follows.
const customColumn = "Custom resource definition column (in JSONPath format): "

// Common says that the column shows what every row has anyway: its name, namespace or age.
func (d Definition) Common() bool {
	path, custom := d.path()
	switch d.Name {
	case "Name":
		return !custom || path == ".metadata.name"
	case "Namespace":
		return !custom || path == ".metadata.namespace"
	case "Age":
		return !custom || path == ".metadata.creationTimestamp"
	}
	return false
}

// Time says that the cells are moments, which the server tells as the time since then, or as text.
func (d Definition) Time() bool {
	if d.Type == "date" {
		return true
	}
	if d.Type != "string" {
		return false
	}
	switch d.Name {
	case "Last Seen", "First Seen", "Last Schedule", "TimeAdded":
		return true
	}
	path, _ := d.path()
	return strings.HasSuffix(path, "Timestamp") || strings.HasSuffix(path, "TransitionTime")
}

func (d Definition) path() (path string, custom bool) {
	return strings.CutPrefix(d.Description, customColumn)
}

// kept are the places of the definitions that make columns of their own: a title is taken once, and not too many are.
func kept(defs []Definition) []int {
	const most = 64
	var places []int
	seen := map[string]bool{}
	for i, d := range defs {
		if d.Name != "" && !d.Common() && !seen[d.Name] && len(places) < most {
			seen[d.Name] = true
			places = append(places, i)
		}
	}
	return places
}
