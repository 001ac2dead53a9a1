package kubeconfig

import (
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// SuggestedName proposes a member's name from how the usual tools name contexts. It is never empty, has at most 253 runes and holds
// nothing invisible; it need not be unique.
func (c Context) SuggestedName() string {
	var raw, cluster string
	if c.context != nil {
		raw, cluster = c.context.name, c.context.cluster
	}
	for _, name := range []string{wellKnown(raw), wellKnown(cluster), host(c.Endpoint.Server), strings.TrimSpace(raw)} {
		if name = bare(name); name != "" && !slices.Contains([]string{"default", "kubernetes", "cluster", "cluster.local", "local", "context"}, strings.ToLower(name)) {
			return name
		}
	}
	if name := bare(raw); name != "" {
		return name
	}
	return "cluster"
}

// wellKnown takes the cluster's name out of a context's or cluster's name.
func wellKnown(s string) string {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, "arn:") { // EKS: arn:aws:eks:eu-west-1:123456789012:cluster/shop
		return s[strings.LastIndexAny(s, "/:")+1:]
	}
	if parts := strings.Split(s, "_"); parts[0] == "gke" && len(parts) == 4 { // gke_project_zone_name
		return parts[3]
	}
	if parts := strings.Split(s, "/"); len(parts) == 3 { // OpenShift: namespace/api-shop-example-com:6443/user
		if m := regexp.MustCompile(`^(?:api-)?(.+):\d+$`).FindStringSubmatch(parts[1]); m != nil {
			return m[1]
		}
	}
	if _, after, ok := cutLast(s, "@"); ok && after != "" { // kubeadm: kubernetes-admin@shop
		s = after
	}
	if before, ok := strings.CutSuffix(s, ".eksctl.io"); ok { // eksctl: me@shop.eu-west-1.eksctl.io
		name, _, _ := cutLast(before, ".")
		return name
	}
	return s
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// host names a cluster by its server: the first label that says something, or the address unless it is this machine's.
func host(server string) string {
	u, err := url.Parse(server)
	if err != nil {
		return ""
	}
	name := u.Hostname()
	if addr, err := netip.ParseAddr(name); err == nil {
		if addr.IsLoopback() || addr.IsUnspecified() {
			return ""
		}
		return name
	}
	for label := range strings.SplitSeq(name, ".") {
		if !slices.Contains([]string{"", "api", "kubernetes", "k8s", "localhost"}, label) {
			return label
		}
	}
	return ""
}

// bare drops what can't be seen and evens out blanks.
func bare(s string) string {
	s = strings.Map(func(r rune) rune {
		if !visible(r) || r == '\ufffd' {
			return ' '
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	return strings.TrimSpace(string([]rune(s)[:min(maxShown, len([]rune(s)))]))
}
