package fleet

import "github.com/binnacle-dev/binnacle/backend/plain"

const (
	maxText = 300  // characters of anything that a cluster says of itself and that is kept
	maxList = 200  // entries of a list of such
	maxSaid = 3000 // characters of why a request is refused: admission lists all that it minds
)

// clean makes a stranger's text fit to be shown.
func clean(s string) string { return plain.Line(s, maxText) }

func cleanAll(list []string) []string {
	out := make([]string, 0, min(len(list), maxList))
	for _, s := range list[:min(len(list), maxList)] {
		out = append(out, clean(s))
	}
	return out
}
