package kubeconfig

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"github.com/binnacle-dev/binnacle/backend/secret"
)

// The errors here follow the name of a field: "server" + error. None quotes what it was given, for that may hold a password.

// NormalServer gives a server its one spelling (see the package comment) and says whether it is plain http. Its error follows the words
// "the server" and quotes nothing.
func NormalServer(raw string) (server string, plain bool, err error) {
	raw = strings.TrimSpace(raw)
	if raw == "" {
		return "", false, errors.New("is missing; a cluster needs one, such as https://host:6443")
	}
	u, err := url.Parse(raw)
	scheme, _, ok := strings.Cut(raw, "://")
	switch {
	case !ok:
		return "", false, errors.New("does not begin with https://; kubectl would use plain http, so write the scheme out")
	case !strings.EqualFold(scheme, "https") && !strings.EqualFold(scheme, "http"):
		return "", false, errors.New("is neither https:// nor http://")
	case err != nil:
		return "", false, errors.New("is not a valid URL")
	}
	host, err := normalHost(u.Hostname())
	if err != nil {
		return "", false, fmt.Errorf("has a host that %w", err)
	}
	port, err := normalPort(u)
	if err != nil {
		return "", false, err
	}
	if strings.Contains(host, ":") {
		host = "[" + strings.ReplaceAll(host, "%", "%25") + "]"
	}
	server = u.Scheme + "://" + host + port
	if path := strings.Trim(u.EscapedPath(), "/"); path != "" {
		server += "/" + path
	}
	switch {
	case u.User != nil:
		err = errors.New("holds a user name or password; remove it and name a user in the context")
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		err = errors.New("has a query or fragment (? or #); remove it")
	case Clean(server) != server || len(server) > 2048:
		err = errors.New("is too long or holds unreadable characters")
	}
	if err != nil {
		return shown(server), u.Scheme == "http", err
	}
	return server, u.Scheme == "http", nil
}

func normalPort(u *url.URL) (string, error) {
	port := u.Port()
	if port == "" || u.Scheme == "https" && port == "443" || u.Scheme == "http" && port == "80" {
		return "", nil
	}
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil || n == 0 {
		return "", errors.New("has an impossible port")
	}
	if port = strconv.FormatUint(n, 10); u.Scheme == "https" && n == 443 || u.Scheme == "http" && n == 80 {
		return "", nil
	}
	return ":" + port, nil
}

// normalHost lower-cases a name and shortens an address; its errors follow "a host that" or the name of a field.
func normalHost(host string) (string, error) {
	if addr, err := netip.ParseAddr(host); err == nil {
		if addr.Zone() != "" && checkHost(addr.Zone()) != nil {
			return "", errors.New("names an impossible network zone")
		}
		return addr.Unmap().String(), nil
	}
	if err := checkHost(host); err != nil {
		return "", err
	}
	return strings.ToLower(host), nil
}

func checkHost(host string) error {
	if host == "" || len(host) > 253 {
		return errors.New("is empty or longer than 253 characters")
	}
	for i := range len(host) {
		c := host[i]
		if c >= 0x80 {
			return errors.New("has letters outside ASCII; write it in its xn-- form")
		}
		if (c|0x20 < 'a' || c|0x20 > 'z') && (c < '0' || c > '9') && !strings.ContainsRune("-._", rune(c)) {
			return errors.New("holds characters that no host has")
		}
	}
	return nil
}

// parseProxy takes what client-go takes.
func parseProxy(v secret.Value) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(string(v.Reveal())))
	if err != nil {
		return nil, errors.New("is not a valid URL")
	}
	if u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "socks5" {
		return nil, errors.New("begins with none of http://, https:// and socks5://")
	}
	if _, err := normalHost(u.Hostname()); err != nil {
		return nil, fmt.Errorf("has a host that %w", err)
	}
	return u, nil
}

// shownURL keeps the password back, and a user name without one: it is a token as often as not.
func shownURL(u *url.URL) string {
	bare := &url.URL{Scheme: u.Scheme, Host: u.Host}
	if u.User != nil {
		bare.User = url.User("redacted")
		if _, has := u.User.Password(); has {
			bare.User = url.UserPassword(u.User.Username(), "redacted")
		}
	}
	return shown(bare.String())
}
