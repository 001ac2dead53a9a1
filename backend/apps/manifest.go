package apps

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

const (
	maxManifest = 8 << 20 // bytes of a release's manifest that are looked through
	maxDocument = 1 << 20 // of one object in it; a larger one is a CRD, or data
	maxDepth    = 40      // levels below which no container is looked for
)

// manifestImages are the images of the containers in rendered YAML. What can't be read is left out: the rest may still be told.
func manifestImages(manifest string) []string {
	images := imageSet{}
	manifest = manifest[:min(len(manifest), maxManifest)]
	for document := range strings.SplitSeq(manifest, "\n---") {
		if len(document) > maxDocument || !strings.Contains(document, "ontainers:") { // containers:, initContainers:
			continue
		}
		var node yaml.Node
		if yaml.Unmarshal([]byte(strings.TrimLeft(document, "-")), &node) == nil && !isData(&node) { // its error would quote the manifest
			containerImages(&node, images, maxDepth)
		}
	}
	return images.sorted()
}

// isData says whether a document is an object whose content is anybody's: YAML in there isn't the cluster's.
func isData(document *yaml.Node) bool {
	if len(document.Content) != 1 {
		return true
	}
	for key, value := range pairs(document.Content[0]) {
		if key.Value == "kind" {
			return value.Value == "Secret" || value.Value == "ConfigMap"
		}
	}
	return true
}

// containerImages finds the lists of containers, wherever a kind keeps its pod template. Aliases aren't followed: they could go on
// without end, and Helm writes none.
func containerImages(node *yaml.Node, images imageSet, depth int) {
	if depth == 0 {
		return
	}
	for key, value := range pairs(node) {
		switch key.Value {
		case "containers", "initContainers":
			for _, container := range value.Content {
				for name, image := range pairs(container) {
					if name.Value == "image" && image.Kind == yaml.ScalarNode {
						images.add(image.Value)
					}
				}
			}
		default:
			containerImages(value, images, depth-1)
		}
	}
	if node.Kind == yaml.SequenceNode || node.Kind == yaml.DocumentNode {
		for _, one := range node.Content {
			containerImages(one, images, depth-1)
		}
	}
}

// pairs are the entries of a mapping; other nodes have none.
func pairs(node *yaml.Node) func(func(key, value *yaml.Node) bool) {
	return func(yield func(key, value *yaml.Node) bool) {
		if node.Kind != yaml.MappingNode {
			return
		}
		for i := 0; i+1 < len(node.Content); i += 2 {
			if !yield(node.Content[i], node.Content[i+1]) {
				return
			}
		}
	}
}
