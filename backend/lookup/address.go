package lookup

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/idna"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// address is what a person typed, taken apart.
type address struct {
	scheme string // "" when none was typed
	host   string // ASCII; IPv6 without brackets
	port   string // "" when none was typed
	path   string // "" or /...; what only a web page has is taken off
}

var errAddress = errors.New("this is no address; type one such as https://api.example.com:6443")

// readAddress takes what people paste. A query or fragment is dropped unseen, since it may hold a token. Errors quote nothing.
func readAddress(typed string) (address, error) {
	typed = strings.Trim(strings.TrimSpace(typed), `"'<>`)
	switch {
	case typed == "":
		return address{}, errors.New("type the address of a cluster's API server or of a T4K console")
	case len(typed) > 2048 || strings.ContainsFunc(typed, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }):
		return address{}, errors.New("the address holds blanks or unreadable characters; type the address alone, such as https://api.example.com:6443")
	}
	var a address
	scheme, rest, has := strings.Cut(typed, "://")
	if has {
		if a.scheme = strings.ToLower(scheme); a.scheme != "https" && a.scheme != "http" {
			return address{}, errors.New("the address begins with neither https:// nor http://")
		}
	} else {
		rest = strings.TrimPrefix(typed, "//")
	}
	if ip, err := netip.ParseAddr(rest); err == nil && ip.Is6() { // without the brackets that a URL needs
		rest = "[" + strings.ReplaceAll(rest, "%", "%25") + "]"
	}
	u, err := url.Parse("https://" + rest)
	if err != nil {
		return address{}, errAddress
	}
	if u.User != nil {
		return address{}, errors.New("the address holds a user name or password; type it without")
	}
	a.host, a.port, a.path = u.Hostname(), u.Port(), withoutPage(strings.TrimRight(u.EscapedPath(), "/"))
	if ip, err := netip.ParseAddr(a.host); err == nil {
		a.host = ip.Unmap().String()
	} else {
		if a.host, err = idna.Lookup.ToASCII(a.host); err != nil || a.host == "" {
			return address{}, errAddress
		}
	}
	if _, _, err := kubeconfig.NormalServer(a.url("https", a.port, a.path)); err != nil {
		return address{}, fmt.Errorf("the address %w", err)
	}
	return a, nil
}

// withoutPage turns the address of a web page into that of what is behind it.
func withoutPage(path string) string {
	if m := regexp.MustCompile(`^/dashboard/c/([A-Za-z0-9-]+)(/|$)`).FindStringSubmatch(path); m != nil { // Rancher's
		return "/k8s/clusters/" + m[1]
	}
	return strings.TrimSuffix(path, "/login")
}

func (a address) url(scheme, port, path string) string {
	host := a.host
	if port != "" {
		host = net.JoinHostPort(a.host, port)
	} else if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	return scheme + "://" + strings.ReplaceAll(host, "%", "%25") + path
}

// secure gives the https addresses to try, the best first: 6443 is where API servers listen, 443 what is left out of addresses.
func (a address) secure() []string {
	if a.scheme == "http" && a.port == "" {
		return nil
	}
	var all []string
	if a.path != "" {
		all = append(all, a.url("https", a.port, a.path))
	}
	all = append(all, a.url("https", a.port, ""))
	if a.port == "" {
		all = append(all, a.url("https", "6443", ""))
	}
	return all
}

// plain gives the http addresses to try: none where the person asked for https.
func (a address) plain() []string {
	if a.scheme == "https" {
		return nil
	}
	all := []string{a.url("http", a.port, a.path)}
	if a.path != "" && a.scheme != "" { // else this is the last of many tries
		all = append(all, a.url("http", a.port, ""))
	}
	return all
}
