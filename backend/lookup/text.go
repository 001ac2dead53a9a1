package lookup

import (
	"net/url"
	"strings"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

const maxText = 300 // characters of anything that a server says of itself

// shown makes a stranger's text one short readable line.
func shown(s string) string {
	if len(s) > 8*maxText {
		s = s[:8*maxText]
	}
	runes := []rune(strings.Join(strings.Fields(s), " "))
	if len(runes) > maxText {
		runes = append(runes[:maxText], '…')
	}
	return kubeconfig.Clean(string(runes))
}

// webAddress passes what a server calls a URL if it is one that may be shown and used, else "".
func webAddress(s string) string {
	u, err := url.Parse(s)
	if err != nil || len(s) > 2048 || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || kubeconfig.Clean(s) != s {
		return ""
	}
	return s
}
